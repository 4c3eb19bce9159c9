"""``python -m notworking.scale``: a pool of many owners' exports on Spark, from exports to answers.

Reads arguments, calls one function, prints. Data and figures go to standard output, everything said
to people to standard error, as with ``notworking`` itself.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from notworking.errors import NotworkingError, UsageError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_EXAMPLES = """\
  python -m notworking.scale import ROSTER.csv --pool POOL    one task per export
  python -m notworking.scale unload network.duckdb --pool POOL    a finished database instead
  python -m notworking.scale people --pool POOL               who is who, across owners
  python -m notworking.scale answer ties --pool POOL          the same questions, on Spark
  python -m notworking.scale load all.duckdb --pool POOL      back into DuckDB, for everybody
  python -m notworking.scale load FOLDER --each --pool POOL   or one file for each database
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    args = _parser().parse_args(arguments)
    os.umask(0o077)
    try:
        status: int = args.run(args)
    except NotworkingError as error:
        _tell(f"notworking.scale: {error}")
        return error.exit_status
    return status


def _tell(text: str) -> None:
    print(text, file=sys.stderr)


@contextmanager
def _session(args: argparse.Namespace) -> Iterator[SparkSession]:
    from notworking.scale import session

    args.pool.mkdir(mode=0o700, parents=True, exist_ok=True)
    with TemporaryDirectory(dir=args.pool) as work:
        spark = session.start(args.master, Path(work), partitions=args.partitions)
        try:
            yield spark
        finally:
            spark.stop()


def _import(args: argparse.Namespace) -> int:
    from notworking.scale import gather

    exports = gather.read_roster(args.roster)
    with _session(args) as spark:
        troubles = gather.gather(spark, exports, args.pool)
    for owner, trouble in troubles.items():
        _tell(f"owner {owner}: {trouble}")
    _tell(f"{len(exports) - len(troubles):,} of {len(exports):,} exports are in {args.pool}.")
    return 1 if troubles else 0


def _unload(args: argparse.Namespace) -> int:
    from notworking.scale import pool

    pool.unload(args.database, args.pool, args.name or args.database.stem, args.place)
    _tell(f"{args.database} is in {args.pool}.")
    return 0


def _people(args: argparse.Namespace) -> int:
    from notworking.scale import people, pool  # heavy

    pool.names(args.pool)
    with _session(args) as spark:
        found = people.find(spark, args.pool, parts=args.parts)
    _tell(f"{found:,} people in {args.pool / 'out'}.")
    return 0


def _answer(args: argparse.Namespace) -> int:
    from notworking.scale import session  # heavy

    session.require_extra()
    from notworking.scale import answers, pool  # needs the extra

    pool.names(args.pool)
    with _session(args) as spark:
        made = answers.answer(spark, args.pool, args.analysis)
    for table in made:
        print(args.pool / "out" / table)
    return 0


def _load(args: argparse.Namespace) -> int:
    from notworking.scale import load, pool

    if not args.each:
        load.load(args.pool, args.target)
        _tell(f"{args.target} holds the whole pool.")
        return 0
    if args.target.is_file():
        raise UsageError(f"{args.target} is a file: name a folder.")
    args.target.mkdir(mode=0o700, parents=True, exist_ok=True)
    names = pool.names(args.pool)
    for name in names:
        load.load(args.pool, args.target / f"{name}.duckdb", name)
    _tell(f"{len(names):,} databases are in {args.target}.")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m notworking.scale",
        description="Pools of many owners' exports on Apache Spark; see docs/scale.md.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    one = _command(commands, "import", "import every export of a list, each as one task", _import)
    one.add_argument("roster", type=Path, help="CSV with the columns owner_id, name, path")
    one = _command(commands, "unload", "put a finished database into the pool", _unload)
    one.add_argument("database", type=Path, help="the database file")
    one.add_argument("--name", help="what it is called in the pool; else the file's name")
    one.add_argument("--place", type=int, default=0, help="a number that no other one has")
    one = _command(commands, "people", "find out who is who, across owners", _people)
    one.add_argument("--parts", type=int, default=16, help="tasks to compare and group in")
    one = _command(commands, "answer", "answer questions, with all they need", _answer)
    one.add_argument("analysis", nargs="+", help="names of analyses, such as ties")
    one = _command(commands, "load", "make DuckDB files of the pool", _load)
    one.add_argument("target", type=Path, help="the new database, or a folder with --each")
    one.add_argument("--each", action="store_true", help="one file for each database that went in")
    return parser


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    what: str,
    run: object,
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=what, description=what)
    parser.add_argument("--pool", type=Path, required=True, help="the folder of the pool")
    parser.add_argument("--master", default="local[*]", help="where Spark runs")
    parser.add_argument("--partitions", type=int, help="parts of a shuffle; else Spark's choice")
    parser.set_defaults(run=run)
    return parser


if __name__ == "__main__":
    sys.exit(main())
