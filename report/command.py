"""The command ``report``: its arguments, and what it says when it is done.

Imports nothing heavy, since every command reads its arguments.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

Make = Callable[[str, Callable[[argparse.Namespace], int], str], argparse.ArgumentParser]


def add(make: Make) -> None:
    """Add the command to the parser."""
    parser = make("report", run, "write everything as one page for a browser")
    page = Path("report.html")
    parser.add_argument(
        "-o", "--output", type=Path, metavar="FILE", default=page, help=f"the page ({page})"
    )
    parser.add_argument("--open", action="store_true", help="show it in the browser")
    parser.add_argument("--redact", action="store_true", help="no names, texts, companies, places")
    parser.add_argument("--owner", metavar="NAME", help="whose network (default: the first)")


def run(args: argparse.Namespace) -> int:
    """Write the page, and show it if that was asked for."""
    from notworking import ask  # noqa: PLC0415 (the database engine, which --help must not load)
    from notworking.report import page  # noqa: PLC0415

    with ask.opened(args.db) as con:
        size = page.write(con, args.output, page.Options(args.owner, args.redact))
    done = f"Wrote {args.output} ({size / 1e6:.1f} MB)"
    sys.stderr.write(f"{done}: one file that asks for nothing. Only you can read it.\n")
    if args.open:
        page.show(args.output)
    return 0
