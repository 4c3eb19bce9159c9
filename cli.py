"""The command line: reads arguments, calls one function, prints.

Data goes to standard output, narration to standard error. Rooms are imported inside the commands,
because the database engine and the frames take a third of a second that ``--help`` must not pay.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from notworking import __version__, completion, safety, usage
from notworking.errors import NotworkingError, UsageError
from notworking.live import commands as live
from notworking.report import command
from notworking.seek import commands as seek
from notworking.store import access

if TYPE_CHECKING:
    from notworking.pipeline import Summary


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    given = sys.argv[1:] if arguments is None else arguments
    args = _parser().parse_args(given or ["welcome"])
    # Whatever is written, by us or by the engine, is for its owner's eyes alone.
    os.umask(0o077)
    try:
        with access.using(safety.access(args, _tell)):
            status: int = args.run(args)
    except NotworkingError as error:
        _tell(f"notworking: {error}")
        return error.exit_status
    except (KeyboardInterrupt, RuntimeError) as error:
        if not access.is_interrupt(error):
            raise
        _tell("\nStopped. The database is as it was before.")
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return status


def _tell(text: str) -> None:
    print(text, file=sys.stderr)


def _ask(prompt: str) -> str:
    """Prompt on standard error, so that standard output stays data; EOFError at the end."""
    print(prompt, end="", file=sys.stderr, flush=True)
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="notworking",
        description="Tell real ties from card collections, from your own contact exports.",
        epilog=usage.EXAMPLES,
        formatter_class=usage.as_written,
    )
    parser.add_argument("--version", action="version", version=f"notworking {__version__}")
    parser.add_argument(
        "--db",
        type=Path,
        metavar="FILE",
        default=Path(os.environ.get("NOTWORKING_DB") or "network.duckdb"),
        help="the database (default: $NOTWORKING_DB, else network.duckdb in this folder)",
    )
    safety.add_options(parser)
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    _add_import(commands)
    _add_show(commands)
    _add_people(commands)
    _add_simple(commands)
    seek.add(partial(_command, commands))
    live.add(lambda *said: _command(commands, *said), lambda: commands.choices)
    return parser


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    run: Callable[[argparse.Namespace], int],
    text: str,
) -> argparse.ArgumentParser:
    parser = commands.add_parser(
        name, help=text, description=text[0].upper() + text[1:] + ".", formatter_class=usage.filled
    )
    parser.set_defaults(run=run)
    return parser


def _add_import(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = _command(commands, "import", _import, "read exports: files, folders and zips")
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="file, folder or zip")
    parser.add_argument("--owner", metavar="NAME", help="whose exports these are")
    parser.add_argument(
        "--region",
        type=_region,
        metavar="CC",
        help="country of phone numbers without a country code, as two letters (US, DE ...)",
    )
    parser.add_argument(
        "--map",
        action="append",
        default=[],
        type=_column,
        metavar="COLUMN=FIELD",
        help='what a column of a spreadsheet is, e.g. --map "Wer=full_name"; may be repeated',
    )
    parser.add_argument("--no-text", action="store_true", help="keep no text of messages")
    parser.add_argument("--encrypt", action="store_true", help="encrypt the database it makes")
    parser.add_argument("--dry-run", action="store_true", help="read and report, change nothing")
    parser.add_argument("--json", action="store_true", help="print the summary as one JSON object")
    parser.add_argument("--debug", action="store_true", help="show the traceback of faults")


def _add_show(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    show = _command(commands, "show", _show, "print the answer of one analysis")
    show.add_argument("name", metavar="NAME", help="see 'notworking analyses'")
    show.add_argument("--limit", type=int, metavar="N", help="at most so many rows")
    sql = _command(commands, "sql", _sql, "run a read-only query")
    sql.add_argument("query", metavar="SELECT", help="the query, as one argument")
    analyses = _command(
        commands, "analyses", _analyses, "list every analysis: name, question, source"
    )
    imports = _command(commands, "imports", _imports, "list what was read, and when")
    imports.add_argument("--files", action="store_true", help="every file, instead of every import")
    rejects = _command(commands, "rejects", _rejects, "list what was not read, and why")
    rejects.add_argument("--limit", type=int, metavar="N", help="at most so many rows")
    for parser in (show, sql, analyses, imports, rejects):
        parser.add_argument(
            "--format",
            choices=("table", "csv", "json", "parquet"),
            default="table",
            help="how to write the answer (default: table)",
        )
        parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="write to a file")


def _add_simple(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    _command(commands, "formats", _formats, "list every kind of file that is known")
    make = partial(_command, commands)
    command.add(make)
    safety.add(make)
    completion.add(make, _parser)
    _command(commands, "welcome", _welcome, "say what this folder holds and what to type")


def _add_people(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    whom = "a name, a person_id, an e-mail address or a phone number"
    person = _command(commands, "person", _person, "show everything known of one person")
    person.add_argument("who", metavar="WHO", help=whom)
    person.add_argument("--full", action="store_true", help="every weight behind a merge")
    person.add_argument("--owner", metavar="NAME", help="as one owner knows them (default: all)")
    review = _command(commands, "review", _review, "decide the uncertain merges one by one")
    review.add_argument("--limit", type=int, metavar="N", help="at most so many questions")
    review.add_argument("--undo", action="store_true", help="take the latest decision back")
    merge = _command(commands, "merge", _merge, "decide that two people are one")
    merge.add_argument("first", metavar="A", help=whom)
    merge.add_argument("second", metavar="B", help="likewise")
    split = _command(commands, "split", _split, "decide that two contacts are two people")
    split.add_argument("first", metavar="A", help="a contact_id, a source_key, or as for merge")
    split.add_argument("second", metavar="B", help="likewise")
    tag = _command(commands, "tag", _tag, "tag somebody in your own words")
    tag.add_argument("who", metavar="WHO", help=whom)
    tag.add_argument(
        "tags", nargs="+", metavar="TAG", help="a word of your own, or class:inner ..."
    )
    tag.add_argument("--remove", action="store_true", help="take the tags off")
    note = _command(commands, "note", _note, "write a note on somebody")
    note.add_argument("who", metavar="WHO", help=whom)
    note.add_argument("text", metavar="TEXT", help="the note, as one argument")
    dismiss = _command(commands, "dismiss", _dismiss, "say that a text hint is none")
    dismiss.add_argument("hint", metavar="HINT_ID", help="as the column hint_id shows it")
    dismiss.add_argument("--undo", action="store_true", help="take an earlier dismissal back")
    _command(commands, "audit", _audit, "say what your closest ties give you, in a quick round")


def _region(text: str) -> str:
    if len(text) == 2 and text.isalpha() and text.isascii():
        return text.upper()
    raise argparse.ArgumentTypeError(f"'{text}' is no country: give two letters, such as US or DE")


def _column(text: str) -> tuple[str, str]:
    name, separator, meaning = text.rpartition("=")
    if not separator or not name.strip() or not meaning.strip():
        raise argparse.ArgumentTypeError(f"'{text}' is not of the form COLUMN=FIELD")
    return name.strip(), meaning.strip()


def _import(args: argparse.Namespace) -> int:
    import json

    from notworking import pipeline, progress

    options = pipeline.Options(
        owner=args.owner,
        region=args.region,
        keep_text=not args.no_text,
        dry_run=args.dry_run,
        debug=args.debug,
        columns=dict(args.map),
    )
    with progress.shown() as bars:
        summary = pipeline.import_paths(args.paths, args.db, options, bars)
    if args.json:
        print(json.dumps(_as_json(summary), ensure_ascii=False))
    else:
        _tell_summary(summary)
    return 1 if summary.unread else 0


def _as_json(summary: Summary) -> dict[str, object]:
    from dataclasses import asdict

    from notworking.output import plain

    counts = ("rows_read", "rows_loaded", "rows_unchanged", "rows_rejected")
    found: dict[str, object] = plain(asdict(summary))
    return found | {"totals": {name: summary.total(name) for name in counts}}


def _tell_summary(summary: Summary) -> None:
    from notworking import narration
    from notworking.report import sketch

    for paragraph in narration.summary(summary):
        _tell(paragraph + "\n")
    if summary.verdict and (drawn := sketch.drawing(summary.verdict, sys.stderr, os.environ)):
        _tell(drawn)


def _show(args: argparse.Namespace) -> int:
    from notworking import ask

    with ask.opened(args.db) as con:
        ask.show(con, args.name, args.limit, args.format, args.output)
    return 0


def _sql(args: argparse.Namespace) -> int:
    from notworking import ask

    with ask.opened(args.db) as con:
        ask.run(con, args.query, args.format, args.output)
    return 0


def _analyses(args: argparse.Namespace) -> int:
    from notworking import ask

    with ask.opened(args.db) as con:
        ask.named(con, "analyses", args.format, args.output)
    return 0


def _imports(args: argparse.Namespace) -> int:
    from notworking import ask

    with ask.opened(args.db) as con:
        ask.named(con, "files" if args.files else "imports", args.format, args.output)
    return 0


def _rejects(args: argparse.Namespace) -> int:
    from notworking import ask

    with ask.opened(args.db) as con:
        ask.named(con, "rejects", args.format, args.output, args.limit)
    return 0


def _person(args: argparse.Namespace) -> int:
    from notworking import ask, dossier, who
    from notworking.live import owners

    with ask.opened(args.db) as con:
        if (owner_id := owners.chosen(con, args.owner)) is not None:
            owners.narrow(con, owner_id)
        for line in dossier.lines(con, who.find(con, args.who), full=args.full):
            print(line)
    return 0


def _review(args: argparse.Namespace) -> int:
    from notworking import ask, curate, progress, review

    if args.undo:
        with progress.shown() as bars:
            _tell(curate.undo_decision(args.db, bars))
        return 0
    with ask.opened(args.db) as con:
        asked = review.questions(con)[: args.limit]
    if not asked:
        _tell("Nothing to decide: no pair of contacts is uncertain.")
        return 0
    answers = review.run(asked, _ask, _tell)
    if answers:
        with progress.shown() as bars:
            curate.decide_all(args.db, answers, bars)
    _tell(f"{len(answers):,} decided, {len(asked) - len(answers):,} left open.")
    return 0


def _merge(args: argparse.Namespace) -> int:
    from notworking import curate, progress

    with progress.shown() as bars:
        done = curate.merge(args.db, args.first, args.second, bars)
    _tell(done)
    return 0


def _split(args: argparse.Namespace) -> int:
    from notworking import curate, progress

    with progress.shown() as bars:
        done = curate.split(args.db, args.first, args.second, bars)
    _tell(done)
    return 0


def _tag(args: argparse.Namespace) -> int:
    from notworking import curate

    _tell(curate.add_tags(args.db, args.who, args.tags, remove=args.remove))
    return 0


def _note(args: argparse.Namespace) -> int:
    from notworking import curate

    _tell(curate.add_note(args.db, args.who, args.text))
    return 0


def _dismiss(args: argparse.Namespace) -> int:
    from notworking import dismissal

    _tell(dismissal.dismiss(args.db, args.hint, undo=args.undo))
    return 0


def _audit(args: argparse.Namespace) -> int:
    from notworking import audit

    done, asked = audit.run(args.db, _ask, _tell)
    _tell(f"{done:,} of {asked:,} answered." if asked else "Nobody to ask about for now.")
    return 0


def _welcome(args: argparse.Namespace) -> int:
    from notworking import welcome

    here = welcome.look(Path.cwd(), args.db)
    for line in welcome.lines(here, args.db):
        _tell(line)
    return 0 if here.sources or here.database else 2


def _formats(args: argparse.Namespace) -> int:
    from notworking.ingest import ignored, importers

    if not importers():
        raise UsageError("No importer was found: the installation is broken.")
    for importer in importers():
        print(f"{importer.name:32} {importer.files}\n{'':32} -> {importer.yields}")
    for kind in ignored():
        print(f"{kind.name:32} {kind.files}\n{'':32} -> not read: {kind.reason}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
