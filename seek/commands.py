"""The commands ``who`` and ``path``: their arguments, and how their answers are told.

Imports nothing heavy, since every command reads its arguments.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from notworking.seek.asking import Asking

Make = Callable[[str, Callable[[argparse.Namespace], int], str], argparse.ArgumentParser]

_SHOWN = 10


def add(make: Make) -> None:
    """Add both commands to the parser."""
    who = make("who", _who, "say who knows about something, and whom to ask first")
    who.add_argument(
        "query", nargs="+", metavar="QUERY", help="a skill, a job, a company, a place, a subject"
    )
    path = make("path", _path, "find warm ways to a company or a person")
    path.add_argument("target", nargs="+", metavar="X", help="a company or a person")
    for parser in (who, path):
        parser.add_argument(
            "--limit", type=_count, metavar="N", default=_SHOWN, help=f"at most so many ({_SHOWN})"
        )
        parser.add_argument(
            "--format",
            choices=("table", "csv", "json", "parquet"),
            default="table",
            help="how to write the answer (default: table)",
        )
        parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="write to a file")
    who.add_argument(
        "--owner", metavar="NAME", help="where several pool their exports: whose messages to quote"
    )


def _count(text: str) -> int:
    if text.isdecimal() and int(text) > 0:
        return int(text)
    raise argparse.ArgumentTypeError(f"'{text}' is no number of lines: give 1 or more")


def _who(args: argparse.Namespace) -> int:
    from notworking import ask  # noqa: PLC0415 (the database engine, which --help must not load)
    from notworking.seek import answer  # noqa: PLC0415

    with ask.opened(args.db) as con:
        if args.owner is not None:
            answer.quote_only(con, args.owner)
        answer.who(con, _asking(args, args.query))
    return 0


def _path(args: argparse.Namespace) -> int:
    from notworking import ask  # noqa: PLC0415 (the database engine, which --help must not load)
    from notworking.seek import routes  # noqa: PLC0415

    with ask.opened(args.db) as con:
        routes.path(con, _asking(args, args.target))
    return 0


def _asking(args: argparse.Namespace, words: list[str]) -> Asking:
    from notworking.seek import lists  # noqa: PLC0415
    from notworking.seek.asking import Asking  # noqa: PLC0415

    extras = lists.extras_beside(args.db)
    # Bytes that are no text come from the shell as lone surrogates, which nothing can print.
    text = " ".join(words).encode("utf-8", "replace").decode("utf-8")
    return Asking(text, args.limit, extras, args.format, args.output, _say(args))


def _say(args: argparse.Namespace) -> Callable[[str], None]:
    """Return where the sentences go: before a table for people, else out of the way of data."""
    to_table = args.format == "table" and args.output is None
    stream = sys.stdout if to_table else sys.stderr

    def say(text: str) -> None:
        if text or to_table:
            stream.write(text + "\n")

    return say
