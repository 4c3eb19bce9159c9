"""Time the way of ``messages.csv`` into the database against two references in the same run.

Usage: ``python benchmarks/linkedin_messages.py [MESSAGES]``. The messages are invented and the same
at every run. Prints medians of five runs in processor time, which a busy machine disturbs least,
and their ratios to ``csv.reader`` only counting rows and to DuckDB's own ``read_csv`` into a table
of the same columns, once in memory (beside what is staged there) and once in a database file
(beside the finished raw tables of one, with identifiers, rejects and accounting).
"""

from __future__ import annotations

import csv
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb

from notworking.ingest.drop import FileContent
from notworking.ingest.linkedin import messages
from notworking.records import Table
from notworking.store import load
from notworking.store.bulk_csv import Target, stage_table
from notworking.store.database import STORAGE, connect, migrate, transaction
from notworking.store.private import workspace

COLUMNS = [
    "CONVERSATION ID",
    "CONVERSATION TITLE",
    "FROM",
    "SENDER PROFILE URL",
    "TO",
    "RECIPIENT PROFILE URLS",
    "DATE",
    "SUBJECT",
    "CONTENT",
    "FOLDER",
    "ATTACHMENTS",
    "IS MESSAGE DRAFT",
    "IS CONVERSATION DRAFT",
]
WORDS = [
    "thanks",
    "agreed",
    "Tuesday",
    "projector",
    "naïve",
    "sample,",
    "conference",
    "testing",
    "quickly",
    "house",
    "coffee",
    '"maybe"',
    "never",
    "writes",
    "again",
    "tomorrow",
    "with",
    "the",
    "other",
    "people",
    "of",
    "the",
    "team",
]
EVENTS = """create or replace temp table staged (
    place varchar, kind varchar, "key" varchar, party struct("key" varchar, name varchar),
    direction varchar, recipients struct("key" varchar, name varchar)[], thread_key varchar,
    thread_size integer, "at" timestamptz, text varchar, one_click boolean)"""
OWNER = ("Olive Owner", "https://www.linkedin.com/in/olive-owner")


def generate(path: Path, count: int) -> None:
    dice = random.Random(20)
    start = datetime(2026, 1, 1, tzinfo=UTC)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n")
        writer.writerow(COLUMNS)
        for number in range(count):
            writer.writerow(row(dice, start - timedelta(seconds=47 * number)))


def row(dice: random.Random, at: datetime) -> list[str]:
    who = dice.randrange(3000)
    accent = "é" if who % 20 == 0 else "e"
    other = (f"Exampl{accent} Person{who}", f"https://www.linkedin.com/in/exampl{accent}-{who}")
    members = [other]
    if who % 50 == 0:
        members += [("Mira Example, PhD", "https://www.linkedin.com/in/mira-example")]
    sides = [(OWNER, members), (other, [OWNER, *members[1:]])]
    (name, url), others = sides[dice.random() < 0.5]
    text = " ".join(dice.choices(WORDS, k=dice.choice((2, 8, 30, 90))))
    if dice.random() < 0.1:
        text = text.replace(" ", "\n", 2)
    title = "Sponsored Conversation" if who % 100 == 1 else ""
    if title:
        text = f"<p>Hi&nbsp;Olive</p><p>{text}</p>"
    names, urls = ",".join(n for n, _ in others), ",".join(u for _, u in others)
    when = at.strftime("%Y-%m-%d %H:%M:%S UTC")
    thread = f"2-MDAwMDAwMDAtMDAwMC00MDAwLTgwMDAtMDAwMDAwMDA{who:08d}XzAxMA=="
    return [thread, title, name, url, names, urls, when, "", text, "INBOX", "", "No", "No"]


def count_rows(path: Path) -> int:
    with path.open(encoding="utf-8", newline="") as file:
        return sum(1 for _ in csv.reader(file)) - 1


def read_plainly(con: duckdb.DuckDBPyConnection, path: Path, make: str = "create temp") -> int:
    con.execute("drop table if exists plain")
    con.execute(
        make  # noqa: S608 (the callers' own words)
        + " table plain as select * from read_csv($path, columns = $columns,"
        " auto_detect = false, header = true, delim = ',', quote = '\"', escape = '\"')",
        {"path": str(path), "columns": dict.fromkeys(COLUMNS, "VARCHAR")},
    )
    return con.table("plain").shape[0]


def read_events(con: duckdb.DuckDBPyConnection, path: Path) -> int:
    con.execute(EVENTS)
    (table,) = messages.extract(FileContent(path), path.name)
    if not isinstance(table, Table):
        raise SystemExit("the importer did not choose the fast path")
    rejects = stage_table(con, path, table, messages.mend, Target("staged"))
    return con.table("staged").shape[0] + len(rejects)


def fill_plainly(path: Path, target: Path) -> int:
    """Let the engine read the file into a table of a new database file."""
    target.unlink(missing_ok=True)
    with duckdb.connect(str(target), config={"storage_compatibility_version": STORAGE}) as con:
        con.execute("set preserve_insertion_order = false; set enable_progress_bar = false")
        return read_plainly(con, path, "create")


def fill(path: Path, empty: Path, target: Path) -> int:
    """Import the file into the raw tables of a database file; nothing is derived."""
    shutil.copyfile(empty, target)
    con = connect(target)
    with workspace(con, target):
        with transaction(con):
            loading = load.Loading(con, keep_text=True)
            file = load.File(
                1, 1, "linkedin", "linkedin.messages", messages.mend, lambda: path, lambda _: None
            )
            staged = loading.stage(file, messages.extract(FileContent(path), path.name))
            ((met, loaded),) = loading.merge().values()
        if met != loaded or con.table("raw.events").shape[0] != loaded:
            raise SystemExit("a message was taken for another")
        con.close()
    return loaded + staged.rejected


def make_empty(target: Path) -> None:
    con = connect(target)
    with transaction(con):
        migrate(con)
    con.close()


def median_of(runs: int, work: Callable[[], int], expected: int) -> float:
    taken = []
    for _ in range(runs + 1):
        begin = time.process_time()
        if work() != expected:
            raise SystemExit("a reader lost rows")
        taken.append(time.process_time() - begin)
    return statistics.median(taken[1:])


def measured(count: int, runs: int) -> dict[str, float]:
    """Return the processor seconds of every way to read the same messages."""
    with tempfile.TemporaryDirectory() as name, duckdb.connect() as con:
        con.execute("set preserve_insertion_order = false; set enable_progress_bar = false")
        folder = Path(name)
        path, empty, target = (folder / part for part in ("messages.csv", "empty", "full"))
        generate(path, count)
        make_empty(empty)
        ways: dict[str, Callable[[], int]] = {
            "csv.reader, counting": lambda: count_rows(path),
            "read_csv into memory": lambda: read_plainly(con, path),
            "staged in memory": lambda: read_events(con, path),
            "read_csv into a file": lambda: fill_plainly(path, target),
            "into raw of a file": lambda: fill(path, empty, target),
        }
        return {way: median_of(runs, work, count) for way, work in ways.items()}


def ratios(spent: dict[str, float]) -> Iterator[tuple[str, str, float, float]]:
    """Yield what is compared, beside what, the ratio, and its goal."""
    counting, file = spent["csv.reader, counting"], spent["read_csv into a file"]
    staged, raw = spent["staged in memory"], spent["into raw of a file"]
    yield "staged", "`csv.reader`", staged / counting, 1.5
    yield "staged", "`read_csv` into memory", staged / spent["read_csv into memory"], 2.0
    yield "in the database", "`csv.reader`", raw / counting, 1.5
    yield "in the database", "`read_csv` into a database", raw / file, 2.0


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    spent = measured(count, 5)
    print(f"{count} messages")
    for way, seconds in spent.items():
        print(f"{way:24}{seconds:6.2f} s")
    for ours, beside, ratio, goal in ratios(spent):
        print(f"{ours + ' / ' + beside:48}{ratio:6.2f}  (goal {goal})")


if __name__ == "__main__":
    main()
