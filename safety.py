"""The commands ``undo``, ``forget`` and ``check``, and the options about access to the database.

Imports nothing heavy, since every command reads its arguments.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

from notworking.errors import DatabaseError, UsageError
from notworking.store.access import Access

Make = Callable[[str, Callable[[argparse.Namespace], int], str], argparse.ArgumentParser]

#: Environment variable that holds the key of an encrypted database.
KEY_VARIABLE = "NOTWORKING_KEY"
_WAIT = 10.0


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that every command takes."""
    parser.add_argument(
        "--wait",
        type=_seconds,
        metavar="SECONDS",
        default=_WAIT,
        help="how long to wait while another program holds the database (default: 10)",
    )
    parser.add_argument(
        "--key-file",
        type=Path,
        metavar="FILE",
        help="file with the key of an encrypted database (else $NOTWORKING_KEY, else asked for)",
    )


def add(make: Make) -> None:
    """Add the commands to the parser."""
    undo = make("undo", _undo, "take an import back")
    undo.add_argument(
        "number",
        nargs="?",
        type=int,
        metavar="IMPORT",
        help="see 'notworking imports' (default: the latest)",
    )
    forget = make("forget", _forget, "erase a person, and keep them out of later imports")
    forget.add_argument(
        "who", metavar="WHO", help="a name, a person_id, an e-mail address or a phone number"
    )
    forget.add_argument("--yes", action="store_true", help="do not ask; this cannot be undone")
    make("check", _check, "check the database against what it promises")


def access(args: argparse.Namespace, tell: Callable[[str], None]) -> Access:
    """Return how the database is to be opened for a command."""
    encrypt = bool(getattr(args, "encrypt", False))
    key = cache(partial(_key, args.key_file, twice=encrypt))
    return Access(args.wait, key, encrypt, tell)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds <= 86400:
        raise argparse.ArgumentTypeError(f"'{text}' is no number of seconds, such as 30")
    return seconds


def _key(file: Path | None, *, twice: bool) -> str:
    """Return the key from the file, the environment or the terminal.

    Raises:
        DatabaseError: There is none, or the file cannot be read.
    """
    if file is not None:
        try:
            key = file.read_text(encoding="utf-8").strip("\r\n")
        except (OSError, UnicodeDecodeError) as error:
            raise DatabaseError(f"The key file {file} cannot be read as text: {error}.") from error
    elif KEY_VARIABLE in os.environ:
        key = os.environ[KEY_VARIABLE]
    elif sys.stdin.isatty():
        import getpass  # noqa: PLC0415 (seldom asked for, and --help is to be quick)

        key = getpass.getpass("Key of the database: ", sys.stderr)
        if twice and key != getpass.getpass("The same again: ", sys.stderr):
            raise DatabaseError("The two keys differ: nothing was done.")
    else:
        raise DatabaseError(
            f"The database needs a key: give it with --key-file or in ${KEY_VARIABLE}."
        )
    if not key:
        raise DatabaseError("The key is empty: nothing was done.")
    return key


def _undo(args: argparse.Namespace) -> int:
    from notworking import progress, undo  # noqa: PLC0415 (heavy; --help must not load it)

    with progress.shown() as bars:
        done = undo.undo(args.db, args.number, bars)
    sys.stderr.write(done + "\n")
    return 0


def _forget(args: argparse.Namespace) -> int:
    from notworking import forget, progress  # noqa: PLC0415 (heavy; --help must not load it)

    if not args.yes and sys.stdin.isatty():
        sys.stderr.write(f"Erase everything about '{args.who}'? This cannot be undone. [y/N] ")
        sys.stderr.flush()
        if sys.stdin.readline().strip().lower() not in ("y", "yes"):
            raise UsageError("Nothing was changed.")
    with progress.shown() as bars:
        done = forget.forget(args.db, args.who, bars)
    sys.stderr.write(done + "\n")
    return 0


def _check(args: argparse.Namespace) -> int:
    from notworking import check  # noqa: PLC0415 (heavy; --help must not load it)

    found = check.findings(args.db)
    for finding in found:
        sys.stdout.write(finding.line + "\n")
    return 1 if any(finding.broken for finding in found) else 0
