"""Time the fast path for ``messages.csv`` against two references in the same run.

Usage: ``python benchmarks/linkedin_messages.py [MESSAGES]``. The messages are invented and the same
at every run. Prints medians of five runs in processor time, which a busy machine disturbs least,
and their ratios to ``csv.reader`` only counting rows and to DuckDB's own ``read_csv`` into a table
of the same columns.
"""

from __future__ import annotations

import csv
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb

from notworking.ingest.drop import FileContent
from notworking.ingest.linkedin import messages
from notworking.records import Table
from notworking.store.bulk_csv import stage_table

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


def read_plainly(con: duckdb.DuckDBPyConnection, path: Path) -> int:
    columns = dict.fromkeys(COLUMNS, "VARCHAR")
    con.execute(
        "create or replace temp table plain as select * from read_csv($path, columns = $columns,"
        " auto_detect = false, header = true, delim = ',', quote = '\"', escape = '\"')",
        {"path": str(path), "columns": columns},
    )
    found = con.execute("select count(*) from plain").fetchone()
    return found[0] if found else 0


def read_events(con: duckdb.DuckDBPyConnection, path: Path) -> int:
    con.execute(EVENTS)
    (table,) = messages.extract(FileContent(path), path.name)
    if not isinstance(table, Table):
        raise SystemExit("the importer did not choose the fast path")
    rejects = stage_table(con, path, table, messages.mend, "staged")
    found = con.execute("select count(*) from staged").fetchone()
    return (found[0] if found else 0) + len(rejects)


def median_of(runs: int, work: Callable[[], int], expected: int) -> float:
    taken = []
    for _ in range(runs + 1):
        begin = time.process_time()
        if work() != expected:
            raise SystemExit("a reader lost rows")
        taken.append(time.process_time() - begin)
    return statistics.median(taken[1:])


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as con:
        con.execute("set preserve_insertion_order = false")
        path = Path(folder) / "messages.csv"
        generate(path, count)
        megabytes = path.stat().st_size / 1e6
        counting = median_of(5, lambda: count_rows(path), count)
        plain = median_of(5, lambda: read_plainly(con, path), count)
        ours = median_of(5, lambda: read_events(con, path), count)
    print(f"{count} messages, {megabytes:.0f} MB")
    print(f"csv.reader, counting   {counting:6.2f} s")
    print(f"read_csv into a table  {plain:6.2f} s")
    print(f"stage_table            {ours:6.2f} s")
    print(f"ratio to csv.reader    {ours / counting:6.2f}  (goal 1.5)")
    print(f"ratio to read_csv      {ours / plain:6.2f}  (goal 2.0)")


if __name__ == "__main__":
    main()
