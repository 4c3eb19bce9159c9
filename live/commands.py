"""The commands of ``live``: their arguments, and one function each that calls and tells.

Kept beside ``cli`` and by its rules: data to standard output, narration to standard error, heavy
rooms imported inside the functions.
"""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

from notworking.errors import UsageError

Command = Callable[[str, Callable[[argparse.Namespace], int], str], argparse.ArgumentParser]

EXPORTS = ("vcard", "csv", "ics", "parquet", "graph", "settings")
_LAYOUTS = {"csv": ("google", "outlook"), "graph": ("gexf", "graphml", "edges")}


def add(command: Command, known: Callable[[], Iterable[str]]) -> None:
    """Add every command of this room.

    Args:
        command: Makes a parser from name, function and help.
        known: Names every command there is, once all are added.
    """
    _add_watch(command)
    _add_news(command)
    _add_week(command)
    _add_export(command)
    server = command("mcp", _mcp, "answer an assistant on this machine (needs notworking[mcp])")
    server.add_argument("--redact", action="store_true", help="no names and no texts")
    server.add_argument("--owner", metavar="NAME", help="what one owner's exports tell, no more")
    server.set_defaults(known=known)
    taken = command("settings", _settings, "read a settings file back")
    taken.add_argument(
        "file", type=Path, metavar="FILE", help="as 'export --format settings' wrote"
    )


def _add_watch(command: Command) -> None:
    watch = command(
        "watch", _watch, "import whatever is dropped into a folder, once it is complete"
    )
    watch.add_argument("folder", type=Path, metavar="FOLDER", help="the folder")
    watch.add_argument("--owner", metavar="NAME", help="whose exports arrive there")
    watch.add_argument("--region", metavar="CC", help="as for import")
    watch.add_argument("--no-text", action="store_true", help="keep no text of messages")
    watch.add_argument(
        "--steady",
        type=float,
        metavar="SECONDS",
        default=5.0,
        help="how long a file must stand still before it is read (default: 5)",
    )
    watch.add_argument("--once", action="store_true", help="read what is there, and end")


def _add_news(command: Command) -> None:
    news = command("news", _news, "say what changed between exports")
    news.add_argument(
        "--since",
        type=_day,
        metavar="DATE",
        help="from this day on (2026-01-31); ties are compared with that day",
    )
    news.add_argument("--owner", metavar="NAME", help="of one owner (default: of all)")
    news.add_argument("--limit", type=int, metavar="N", help="at most so many rows")
    _add_format(news)


def _add_week(command: Command) -> None:
    week = command("week", _week, "suggest whom to write to this week, and why")
    numbers = {"type": int, "nargs": "+", "metavar": "N", "default": []}
    week.add_argument("--done", **numbers, help="these are done")  # type: ignore[arg-type]
    week.add_argument("--snooze", **numbers, help="not now")  # type: ignore[arg-type]
    week.add_argument("--days", type=int, metavar="D", default=14, help="days to snooze (14)")
    week.add_argument("--dismiss", **numbers, help="never again")  # type: ignore[arg-type]
    week.add_argument("--reopen", **numbers, help="take an answer of today back")  # type: ignore[arg-type]
    week.add_argument("--owner", metavar="NAME", help="whose week")
    _add_format(week)


def _add_export(command: Command) -> None:
    export = command("export", _export, "hand people, dates, tables or your settings back")
    export.add_argument("--format", choices=EXPORTS, default="vcard", help="what (default: vcard)")
    export.add_argument(
        "-o", "--output", type=Path, metavar="FILE", help="write to a file (parquet: a folder)"
    )
    export.add_argument(
        "--layout",
        choices=[layout for layouts in _LAYOUTS.values() for layout in layouts],
        help="csv: google, outlook; graph: gexf, graphml, edges",
    )
    export.add_argument("--owner", metavar="NAME", help="of one owner (default: of all)")
    export.add_argument(
        "--only", metavar="SQL", help="only people for whom this holds: \"class <> 'card'\""
    )
    export.add_argument("--with-notes", action="store_true", help="put notes on the cards")
    export.add_argument(
        "--vcard-version", choices=("3.0", "4.0"), default="3.0", help="3.0 unless you say 4.0"
    )


def _add_format(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--format",
        choices=("table", "csv", "json", "parquet"),
        default="table",
        help="how to write the answer (default: table)",
    )
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="write to a file")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"'{text}' is no date: write 2026-01-31") from error


def _tell(text: str) -> None:
    sys.stderr.write(text + "\n")


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        sys.stdout.write(line + "\n")


def _watch(args: argparse.Namespace) -> int:
    from notworking import pipeline, progress
    from notworking.live import watch

    # A service is stopped with SIGTERM; it must end as clean as with Ctrl-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    options = pipeline.Options(args.owner, args.region, keep_text=not args.no_text)
    wanted = watch.Watch(args.folder, args.db, options, args.steady, args.once)
    with progress.shown() as bars:
        watch.run(wanted, bars, _tell)
    return 0


def _news(args: argparse.Namespace) -> int:
    from notworking import ask, output
    from notworking.live import owners
    from notworking.queries import query

    with ask.opened(args.db) as con:
        values = {"owner": owners.chosen(con, args.owner), "since": args.since}
        if values["owner"] is not None:
            owners.narrow(con, values["owner"])
        if args.since is not None:
            con.execute("set variable compare_since = $day::date", {"day": args.since})
        limit = "" if args.limit is None else f" limit {max(args.limit, 0)}"
        output.write(con, query("news") + limit, values, args.format, args.output)
    return 0


def _week(args: argparse.Namespace) -> int:
    from notworking import ask, output
    from notworking.live import owners, week

    given = week.Answers(
        tuple(args.done), tuple(args.snooze), tuple(args.dismiss), tuple(args.reopen), args.days
    )
    if list(given.each()):
        for sentence in week.answer(args.db, args.owner, given):
            _tell(sentence)
        return 0
    with ask.opened(args.db) as con:
        owner_id = owners.one(con, args.owner)
        owners.narrow(con, owner_id)
        if args.format == "table" and args.output is None:
            _print(week.lines(week.suggestions(con, owner_id)))
        else:
            output.write(con, week.select(con), week.values(owner_id), args.format, args.output)
    return 0


def _export(args: argparse.Namespace) -> int:
    from notworking import ask
    from notworking.live import export, owners

    layouts = _LAYOUTS.get(args.format, ())
    if args.layout is not None and args.layout not in layouts:
        known = f"one of {', '.join(layouts)}" if layouts else "no layout"
        raise UsageError(f"'{args.format}' has {known}; '{args.layout}' is not for it.")
    if args.format == "parquet":
        _tell(export.tables(args.db, args.output))
        return 0
    with ask.opened(args.db) as con:
        if (owner_id := owners.chosen(con, args.owner)) is not None and args.format != "settings":
            owners.narrow(con, owner_id)
        wanted = export.Wanted(
            layout=args.layout or (layouts[0] if layouts else None),
            owner_id=owner_id,
            only=args.only,
            with_notes=args.with_notes,
            vcard_version=args.vcard_version,
        )
        text, told = export.text(con, args.format, wanted)
        if args.output is None:
            sys.stdout.write(text)
        else:
            ask.save(args.output, text)
            _tell(f"Wrote {told} to {args.output}.")
    return 0


def _settings(args: argparse.Namespace) -> int:
    from notworking import progress
    from notworking.live import settings

    with progress.shown() as bars:
        done = settings.bring_in(args.db, args.file, bars)
    for sentence in done:
        _tell(sentence)
    return 0


def _mcp(args: argparse.Namespace) -> int:
    from notworking.live import mcp, redact

    mcp.serve(args.db, frozenset(args.known()), redact.Cut(args.owner, args.redact))
    return 0
