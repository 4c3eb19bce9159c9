"""Measure asking: how long ``who`` and ``path`` take as whole processes, what their tables cost.

    python benchmarks/who.py [--rows 1000000] [--people 30000] [--keep FILE]

Makes an invented network of that size with invented words in every message, builds the shared
tables, and runs each command five times. Times are given in milliseconds and as ratios to the
start of Python with the database engine alone, so that a busy or slow machine says little. Nothing
is downloaded, and no user's database is opened.
"""

from __future__ import annotations

import argparse
import importlib.util
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import ModuleType

import duckdb

from notworking.analyze import catalogue
from notworking.store import database

#: Uses the macro ``lot`` of the network. Words of two to four syllables, drawn as in natural texts
#: (the n-th in frequency falls 1/n as often), and one in seven from what the two often talk about.
_WORDS = """
create temp macro syllable(n) as ['ba', 'ken', 'ri', 'sto', 'mel', 'dra', 'no', 'vi', 'tur', 'las',
    'pe', 'gon', 'si', 'mar', 'fe', 'kul', 'ot', 'ran', 'bel', 'tis', 'ho', 'van', 'der', 'li',
    'cro', 'zen', 'mi', 'par', 'tos', 'wen'][1 + (n % 30)::integer];
create temp macro lexeme(r) as syllable(r * 7 + 3) || syllable(r // 30 + r)
    || case when r >= 300 then syllable(r // 900) else '' end
    || case when r >= 27000 then syllable(r // 27000 + 11) else '' end;
update raw.events set text = array_to_string(
    list_transform(range(4 + (hash(event_id) % 18)::integer), lambda k: lexeme(
        case when lot(event_id * 31 + k, 21) < 0.85
            then floor(exp(lot(event_id * 31 + k, 22) * ln(250000)))::bigint
            else (hash((event_id % 997) * 50 + (lot(event_id * 31 + k, 23) * 50)::integer)
                % 250000)::bigint
        end
    )), ' ')
"""
_COMMANDS = (
    ("who", "engineer"),
    ("who", "head of sales"),
    ("who", "crosto"),
    ("who", "crosot melken"),
    ("who", "director company 77 country"),
    ("who", "xyzzyplugh"),
    ("path", "Company 77"),
    ("path", "Person 500"),
    ("path", "Compnay 1234"),
    ("path", "Unheard Of"),
)
_RUNS = 5


def _ties() -> ModuleType:
    """Return the benchmark of the ties, which invents the network."""
    spec = importlib.util.spec_from_file_location("ties", Path(__file__).with_name("ties.py"))
    if spec is None or spec.loader is None:
        raise SystemExit("benchmarks/ties.py is not beside this file.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def make(path: Path, rows: int, people: int) -> None:
    """Make the database, and print what the tables of words cost."""
    con = database.connect(path)
    with database.transaction(con):
        database.migrate(con)
        _ties().invent(con, rows, people)
        con.execute(_WORDS)
    con.execute("checkpoint")
    before = path.stat().st_size
    with database.transaction(con):
        catalogue.refresh(con)
        catalogue.publish(con)
    con.execute("checkpoint")
    print(
        f"{rows:,} interactions, {people:,} people; the file has {path.stat().st_size / 1e6:.0f} MB"
    )
    print(f"before the shared tables {before / 1e6:.0f} MB")
    _print_tables(con)
    con.close()


def _print_tables(con: duckdb.DuckDBPyConnection) -> None:
    for mart in catalogue.marts():
        if mart.name in ("passages", "words", "vocabulary"):
            began = time.perf_counter()
            con.execute(f"create or replace temp table timed as {mart.select}")
            spent = time.perf_counter() - began
            counted = con.execute("select count(*) from timed").fetchall()[0][0]
            print(f"{mart.name:16}{counted:12,} rows{spent:8.1f} s")


def print_times(path: Path) -> None:
    """Print how long each command takes, from start to end of its process, and of the processor."""
    notworking = str(Path(sys.executable).with_name("notworking"))
    bare, bare_work = _median([sys.executable, "-c", "import duckdb"])
    print(f"{'':36}{'passed':>9}{'ratio':>8}{'worked':>11}{'ratio':>8}")
    print(f"{'import duckdb alone':36}{bare * 1000:6.0f} ms{'':8}{bare_work * 1000:8.0f} ms")
    for name, text in _COMMANDS:
        passed, worked = _median([notworking, "--db", str(path), name, text])
        mark = "" if passed < 0.5 else "   over the goal of 500 ms"
        print(
            f"{f'{name} {text}':36}{passed * 1000:6.0f} ms{passed / bare:8.1f}"
            f"{worked * 1000:8.0f} ms{worked / bare_work:8.1f}{mark}"
        )


def _median(command: list[str]) -> tuple[float, float]:
    """Return the time that passed, and the processor time, which other programs disturb less."""
    passed, worked = [], []
    for _ in range(_RUNS):
        began, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        passed.append(time.perf_counter() - began)
        worked.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return statistics.median(passed), statistics.median(worked)


def main(arguments: list[str] | None = None) -> int:
    """Read the arguments, make the database, print the times."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", metavar="N", type=int, default=1_000_000)
    parser.add_argument("--people", metavar="N", type=int, default=30_000)
    parser.add_argument("--keep", metavar="FILE", type=Path, help="make it here, or use this one")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        path = given.keep or Path(folder) / "network.duckdb"
        if not path.exists():
            make(path, given.rows, given.people)
        print_times(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
