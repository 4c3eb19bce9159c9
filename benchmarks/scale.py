"""Measure how far one machine carries a pool, and what Spark costs beside it.

    python benchmarks/scale.py --rows 1000000 2000000 4000000
    python benchmarks/scale.py --alone 8000000 16000000 32000000
    python benchmarks/scale.py --owners 20 40 80 160

The first invents a pool of so many interactions (1,000 for each owner and 200 contacts of theirs
per 1,000, at most 2,000 owners) and answers the same question, ``ties``, with all that it reads, on
DuckDB and on Spark in local mode; the second on DuckDB alone. The third recognises people in the
contacts of so many owners, on one machine and in parts. Processor seconds (user and system, the
JVM's included) and peak memory are those of a process of its own for each figure. Nothing is
downloaded.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import resource
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import polars as pl

from notworking.analyze import catalogue
from notworking.benchmarks.people_truth import invent
from notworking.resolve import resolve
from notworking.scale import answers, pool, recognise, session
from notworking.store import connecting, database

_QUESTION = ("ties",)
#: As much as an import holds in memory before it goes to disk.
_MEMORY = "1GB"
#: Parts of a shuffle: Spark's 200 are made for more cores.
_PARTITIONS = 16

#: Every figure comes from a hash of the row's number: activity falls off as in real logs, an eighth
#: of the contacts never write, every twentieth message goes to a group of four.
_INVENT = """
create temp macro lot(i, salt) as (hash(i * 1000 + salt) % 1000003) / 1.000003e6;
insert into owners (owner_id, name) select 1 + i, 'Owner ' || i from range({owners}) t(i);
insert into imports (import_id, owner_id, started_at, version)
    values (1, 1, timestamptz '2026-10-30', '0');
insert into source_files (file_id, import_id, path, status) values (1, 1, 'pool', 'loaded');
insert into raw.files values (1, 1, 'linkedin.messages', '0', timestamptz '2026-10-30', true);
insert into people (person_id, name, contacts, is_owner)
    select 1 + i, 'Person ' || i, 1, false from range({contacts}) t(i);
insert into contacts (contact_id, person_id, owner_id, source, source_key, relation, full_name,
        connected_at)
    select person_id, person_id, 1 + (person_id - 1) // 200, 'linkedin', 'key ' || person_id,
        'connection', name,
        timestamptz '2014-01-01 00:00:00+00' + to_days(floor(lot(person_id, 5) * 4300)::integer)
    from people;
insert into core.person_of select contact_id, person_id from contacts;
insert into core.interactions
    select i, 1 + owner, contact, contact, 'linkedin', 'message',
        case when lot(i, 1) < 0.5 then 'in' else 'out' end,
        timestamptz '2026-10-21 00:00:00+00' - to_seconds(floor(pow(lot(i, 2), 2) * 3.7e8)),
        case when i % 20 = 0 then 1000000000 + i // 200 else contact end,
        case when i % 20 = 0 then 4 else 2 end, 12, false, i, 1
    from (
        select i, i // {each} as owner,
            1 + i // {each} * 200 + floor(pow(lot(i, 3), 4) * 7 / 8 * 200)::bigint as contact
        from range({rows}) t(i)
    );
insert into raw.events (event_id, owner_id, source, kind, thread_key, one_click, file_id)
    select interaction_id, owner_id, source, kind, thread_id, false, 1
    from core.interactions;
"""


def make_pool(folder: Path, rows: int) -> None:
    """Invent a database of this size, and the pool that holds the same."""
    owners = max(min(rows // 1000, 2000), 1)
    con = database.connect(folder / "network.duckdb")
    pool.quiet(con)
    database.migrate(con)
    con.execute(
        _INVENT.format(owners=owners, contacts=owners * 200, each=-(-rows // owners), rows=rows)
    )
    catalogue._seed_thresholds(con)
    for table in pool.base_tables(con):
        pool.write(con, f"from {table}", folder / "pool" / "in" / table / "all.parquet")
    for table in ("core.person_of", "main.people", "main.matches", "main.tags", "main.notes"):
        pool.write(con, f"from {table}", folder / "pool" / "out" / table / "part.parquet")
    con.close()


def on_duckdb(folder: Path) -> None:
    """Answer the question in the database."""
    con = database.connect(folder / "network.duckdb")
    pool.quiet(con)
    con.execute(f"set memory_limit = '{_MEMORY}'")
    con.execute(f"set temp_directory = {connecting.quoted(str(folder))}")
    for one in answers.needed(_QUESTION):
        kind = "table" if one.schema == "mart" else "view"
        con.execute(f"create or replace {kind} {one.qualified} as {one.select}")
    con.execute("create temp table answered as from main.ties")
    con.close()


def on_spark(folder: Path) -> dict[str, float]:
    """Answer the question on Spark; return what its JVM used, beside this process."""
    spark = session.start(f"local[{os.cpu_count()}]", folder, partitions=_PARTITIONS)
    process = Path("/proc") / str(_jvm(os.getpid()))
    begun = _seconds(process)
    answers.answer(spark, folder / "pool", _QUESTION)
    used = {"jvm": _seconds(process), "start": begun, "peak": _peak(process)}
    spark.stop()
    return used


def _jvm(parent: int) -> int:
    for status in Path("/proc").glob("[0-9]*/stat"):
        name, _, rest = status.read_text(encoding="utf-8").partition(")")
        if name.endswith("(java") and int(rest.split()[1]) == parent:
            return int(status.parent.name)
    raise RuntimeError("Spark runs no JVM below this process")


def _seconds(process: Path) -> float:
    fields = (process / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _peak(process: Path) -> float:
    lines = (process / "status").read_text(encoding="utf-8").splitlines()
    return float(next(line for line in lines if line.startswith("VmHWM")).split()[1]) / 1024


def contacts_of(owners: int, each: int) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Return the contacts of so many owners, each with a book of their own."""
    found: list[tuple[pl.DataFrame, pl.DataFrame]] = []
    for owner in range(owners):
        book = invent("gentle", each, owner % 25)
        moved = pl.col("contact_id") + owner * 1_000_000
        contacts = book.contacts.with_columns(moved, owner_id=pl.lit(owner + 1, pl.Int32))
        found.append((contacts, book.points.with_columns(moved)))
    decisions = invent("gentle", 10, 1).decisions
    return pl.concat([one for one, _ in found]), pl.concat([two for _, two in found]), decisions


def people_on_one(folder: Path) -> None:
    """Recognise people as an import does."""
    resolve(*_frames(folder))


def people_in_parts(folder: Path) -> dict[str, float]:
    """Recognise people in parts; comparing and grouping are done by other processes."""
    spark = session.start(f"local[{os.cpu_count()}]", folder)
    recognise.recognise(spark, *_frames(folder), parts=8)
    spark.stop()
    return {}


def _frames(folder: Path) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    contacts, points, decisions = (pl.read_parquet(folder / f"{one}.parquet") for one in "cpd")
    return contacts, points, decisions


def measured(work: Callable[[Path], dict[str, float] | None], folder: Path) -> dict[str, float]:
    """Do something in a process of its own; return its seconds, peak in MB, and what it says."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as alone:
        return alone.submit(_measured, work, folder).result()


def _measured(work: Callable[[Path], dict[str, float] | None], folder: Path) -> dict[str, float]:
    before = time.process_time()
    said = work(folder) or {}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"cpu": time.process_time() - before, "rss": peak, **said}


def print_answers(sizes: list[int]) -> None:
    """Print what the same question costs on both engines, size by size."""
    print("| interactions | DuckDB, s | growth | peak, MB | Spark, s | growth | JVM peak, MB | "
          "Spark / DuckDB | Parquet, bytes each |")  # fmt: skip
    print("|---:|---:|---:|---:|---:|---:|---:|---:|---:|")
    before: tuple[float, float] | None = None
    for rows in sizes:
        with TemporaryDirectory() as name:
            folder = Path(name)
            make_pool(folder, rows)
            one, many = measured(on_duckdb, folder), measured(on_spark, folder)
            size = sum(file.stat().st_size for file in (folder / "pool" / "in").rglob("*.parquet"))
        now = (one["cpu"], many["cpu"] + many["jvm"])
        grown = [f"{b / a:.1f}" for a, b in zip(before, now, strict=True)] if before else ["", ""]
        print(
            f"| {rows:,} | {now[0]:.1f} | {grown[0]} | {one['rss']:.0f} | {now[1]:.1f} |"
            f" {grown[1]} | {many['peak']:.0f} | {now[1] / now[0]:.1f} | {size / rows:.0f} |",
            flush=True,
        )
        before = now


def print_alone(sizes: list[int]) -> None:
    """Print what the question costs on one machine, size by size."""
    print("| interactions | DuckDB, s | growth | peak, MB | database, bytes each |")
    print("|---:|---:|---:|---:|---:|")
    before = 0.0
    for rows in sizes:
        with TemporaryDirectory() as name:
            make_pool(Path(name), rows)
            one = measured(on_duckdb, Path(name))
            size = (Path(name) / "network.duckdb").stat().st_size
        grown = f"{one['cpu'] / before:.1f}" if before else ""
        print(
            f"| {rows:,} | {one['cpu']:.1f} | {grown} | {one['rss']:.0f} | {size / rows:.0f} |",
            flush=True,
        )
        before = one["cpu"]


def print_people(sizes: list[int], each: int) -> None:
    """Print what recognising people costs, by the number of owners."""
    print("| owners | contacts | one machine, s | peak, MB | driver of the parts, s | peak, MB |")
    print("|---:|---:|---:|---:|---:|---:|")
    for owners in sizes:
        with TemporaryDirectory() as name:
            folder = Path(name)
            frames = contacts_of(owners, each)
            for letter, frame in zip("cpd", frames, strict=True):
                frame.write_parquet(folder / f"{letter}.parquet")
            one, many = measured(people_on_one, folder), measured(people_in_parts, folder)
        print(
            f"| {owners:,} | {frames[0].height:,} | {one['cpu']:.1f} | {one['rss']:.0f} |"
            f" {many['cpu']:.1f} | {many['rss']:.0f} |",
            flush=True,
        )


def main(arguments: list[str] | None = None) -> int:
    """Read the arguments and print what they ask for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", metavar="N", type=int, nargs="+", default=[])
    parser.add_argument("--alone", metavar="N", type=int, nargs="+", default=[])
    parser.add_argument("--owners", metavar="N", type=int, nargs="+", default=[])
    parser.add_argument("--each", metavar="N", type=int, default=500, help="contacts of an owner")
    given = parser.parse_args(arguments)
    if not (given.rows or given.alone or given.owners):
        parser.error("give --rows N..., --alone N... or --owners N...")
    print(json.dumps({"cores": os.cpu_count(), "duckdb": duckdb.__version__}), file=sys.stderr)
    if given.rows:
        print_answers(given.rows)
    if given.alone:
        print_alone(given.alone)
    if given.owners:
        print_people(given.owners, given.each)
    return 0


if __name__ == "__main__":
    sys.exit(main())
