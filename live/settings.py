"""The one settings file: what only the user knows, readable, and stronger than a lost database.

TOML, since people read and change it. It holds names and keys of contacts and what was written
about them, but no message; keep it as private as the database.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from notworking import curate, pipeline
from notworking.errors import UsageError
from notworking.store import settings

if TYPE_CHECKING:
    from notworking.reading import Progress

_FORMAT = 1
_HEAD = """\
# Settings of notworking: what only you know. Read them into another database, after its imports,
# with 'notworking settings FILE'. Change, add or delete entries as you like; an entry names
# its contact by owner, source and key, and 'name' is there for you alone.
"""
#: Table in the file for each part of the settings, and what an entry cannot do without.
_PARTS: dict[str, tuple[str, dict[str, type | tuple[type, ...]]]] = {
    "owners": ("owner", {}),
    "tags": ("tag", {"source": str, "key": str, "tag": str, "noted_at": datetime}),
    "notes": ("note", {"source": str, "key": str, "text": str, "noted_at": datetime}),
    "decisions": (
        "decision",
        {
            "verdict": str,
            "decided_at": datetime,
            "source_a": str,
            "key_a": str,
            "source_b": str,
            "key_b": str,
        },
    ),
    "answers": (
        "answer",
        {
            "source": str,
            "key": str,
            "kind": str,
            "occasion": str,
            "answer": str,
            "answered_on": date,
        },
    ),
    "dismissed_hints": ("dismissed_hint", {"event": int, "kind": str, "dismissed_at": datetime}),
}


def text(con: duckdb.DuckDBPyConnection) -> str:
    """Return the settings of an open database as a file."""
    return "\n".join([_HEAD, *_lines(settings.read(con, _delivered()))]) + "\n"


def _delivered() -> dict[str, float]:
    """Return the thresholds as they are when nobody changes them."""
    script = files("notworking.analyze").joinpath("thresholds.sql").read_text(encoding="utf-8")
    with duckdb.connect() as con:
        con.execute(
            "create table main.thresholds"
            " (name varchar primary key, value double, meaning varchar, source varchar)"
        )
        con.execute(script)
        return dict(con.execute("select name, value from thresholds").fetchall())


def _lines(held: settings.Settings) -> Iterator[str]:
    yield f"format = {_FORMAT}"
    if held.thresholds:
        yield ""
        yield "[thresholds]"
        for name, value in held.thresholds.items():
            yield f"{_string(name)} = {value!r}"
    for part, (table, _) in _PARTS.items():
        for item in getattr(held, part):
            yield ""
            yield f"[[{table}]]"
            yield from (f"{name} = {_value(value)}" for name, value in item.items())


def _value(value: Any) -> str:
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date():
            return value.isoformat()
        case int():
            return str(value)
        case _:
            return _string(str(value))


def _string(value: str) -> str:
    # A JSON string is a TOML basic string, but for the one control character JSON leaves alone.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def load(path: Path) -> settings.Settings:
    """Read a settings file.

    Raises:
        UsageError: It cannot be read, or an entry lacks something; the message names it.
    """
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} is no settings file: {error}.") from error
    if given.get("format") != _FORMAT:
        raise UsageError(
            f"{path} says format {given.get('format')}, and this notworking reads {_FORMAT}: "
            "upgrade it, or name a file that 'export --format settings' wrote."
        )
    found = settings.Settings(thresholds=_thresholds(path, given.get("thresholds", {})))
    for part, (table, needed) in _PARTS.items():
        entries = given.get(table, [])
        if not isinstance(entries, list) or not all(isinstance(e, dict) for e in entries):
            raise UsageError(f"{path}: '{table}' must be written as [[{table}]] entries.")
        for number, entry in enumerate(entries, start=1):
            _check(path, f"[[{table}]] number {number}", entry, needed)
        setattr(found, part, entries)
    return found


def _thresholds(path: Path, given: Any) -> dict[str, float]:
    if not isinstance(given, dict):
        raise UsageError(f"{path}: 'thresholds' must be written as a [thresholds] table.")
    for name, value in given.items():
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise UsageError(f"{path}: the threshold '{name}' is no number.")
    return {name: float(value) for name, value in given.items()}


def _check(
    path: Path, where: str, entry: dict[str, Any], needed: dict[str, type | tuple[type, ...]]
) -> None:
    for name, kind in needed.items():
        if not isinstance(entry.get(name), kind):
            raise UsageError(f"{path}: {where} has no usable '{name}'; add or correct it.")
    for name, value in entry.items():
        if isinstance(value, datetime) and value.tzinfo is None:
            raise UsageError(f"{path}: {where}: '{name}' needs a time zone, such as +00:00.")
    known = {"same", "different"} if "verdict" in needed else {"done", "snoozed", "dismissed"}
    said = entry.get("verdict", entry.get("answer")) if needed else None
    if said is not None and said not in known:
        raise UsageError(f"{path}: {where} says '{said}'; it can be {' or '.join(sorted(known))}.")


def bring_in(database_path: Path, path: Path, progress: Progress) -> list[str]:
    """Read a settings file into an existing database and rebuild; return what was done.

    Raises:
        UsageError: It is no settings file.
        DatabaseError: There is no database, or it cannot be used.
    """
    given = load(path)
    with curate.writing(database_path) as con:
        done = settings.write(con, given)
        newest = con.execute("select coalesce(max(import_id), 0) from imports").fetchall()
        pipeline.rebuild(con, int(newest[0][0]), progress)
    parts = [f"{count:,} {part.replace('_', ' ')}" for part, count in done.counts.items()]
    lines = [f"Read {path}; new: {', '.join(parts)}."]
    if done.missing:
        lines.append(
            f"{len(done.missing):,} entries name what is not in this database "
            "(import the exports first, then the settings again):"
        )
        lines += [f"  {line}" for line in done.missing]
    return lines
