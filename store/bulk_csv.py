"""A bulk CSV into a staging table, read by the database engine itself.

The engine reads well-formed rows an order of magnitude faster than a row loop. What it refuses, and
what the select of the table sets aside, is read again here, leniently, and handed to the importer's
``mend``; nothing is lost in silence. This module knows no source: columns, select and meaning come
from the importer.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from importlib.resources import files
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO

import duckdb

from notworking.delimited import Row, decode, rows
from notworking.frames import EVENT_SCHEMA, as_frame
from notworking.records import Event, Reject, Table
from notworking.store.arrow import insert

#: ``Importer.mend``: column names, cells of one row, place; to what the row holds.
Mend = Callable[[tuple[str, ...], list[str], str], Event | Reject]

#: Rows handed to the engine at once.
CHUNK = 20_000
#: Longest row the engine accepts, in bytes.
MAX_LINE = 16_000_000
#: Bytes looked at in one go.
_BLOCK = 1 << 18
#: ``kind`` under which the select's set-aside rows wait in the target; no event has it.
_ASIDE = "?"
#: Errors that concern one row and leave the rows around it sound.
_LOCAL = frozenset({"MISSING COLUMNS", "TOO MANY COLUMNS", "INVALID ENCODING"})
_OFFLINE: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}
_READS = re.compile(r"^-- reads: *(.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Target:
    """Where the events of one file go.

    Attributes:
        table: Has the columns of ``frames.EVENT_SCHEMA``.
        tag: Further columns that are the same in all rows of the file and tell them from those of
            others.
        made: Columns that rows read by the engine get otherwise or in addition, as expressions
            over what the select yields.
    """

    table: str
    tag: Mapping[str, int] = field(default_factory=dict)
    made: Mapping[str, str] = field(default_factory=dict)

    def where(self, condition: str) -> str:
        """Return a condition that only rows of this file meet."""
        tagged = (f"{name} = {value:d}" for name, value in self.tag.items())
        return " and ".join([condition, *tagged])


@dataclass(frozen=True, slots=True)
class _Job:
    con: duckdb.DuckDBPyConnection
    path: Path
    table: Table
    mend: Mend
    target: Target


def stage_table(
    con: duckdb.DuckDBPyConnection, path: Path, table: Table, mend: Mend, target: Target
) -> list[Reject]:
    """Append every row of the file to ``target`` as an event; return the rows that are none.

    The select named by ``table`` reads ``bulk_rows``: the file's columns as text, those of its
    ``-- reads:`` line that the file lacks as NULL, and all columns in file order once more as
    ``cell_0``, ``cell_1`` ... It gives the columns of an event, ``words`` (how many the text has),
    and ``aside``: the list of all cells where the row needs ``mend``, else NULL.

    Args:
        con: The connection; an open transaction stays usable.
        path: The file, UTF-8.
        table: Where the data begins and what its columns are.
        mend: Reads one row that the engine or the select did not.
        target: Where the events go; no row of it that bears the tag is without a place as yet.
            Rows that the engine read have none.
    """
    job = _Job(con, path, table, mend, target)
    if not _engine_can_read(job):
        return _append(job, _all_rows(job))
    refused = _stage_sound_rows(job)
    if refused is None:
        return _append(job, _all_rows(job))
    rejects = _append(job, _rows_at(path, table, refused))
    return rejects + _mend_aside(job)


def _engine_can_read(job: _Job) -> bool:
    """Return whether the engine reads this file without an error that would end a transaction.

    It loses its way after a preamble, and raises where line ends are mixed. Inside a cell a
    carriage return does no harm; a trial elsewhere makes sure.
    """
    if job.table.skip != 1:
        return False
    with job.path.open("rb") as file:
        first = file.readline()
        if first.endswith(b"\r\n") or not first.endswith(b"\n"):
            return False
        file.seek(0)
        bare = _bare_return(file)
    return bare is None or (not bare and _trial_succeeds(job))


def _has_return(file: BinaryIO) -> bool:
    return any(b"\r" in block for block in iter(lambda: file.read(_BLOCK), b""))


def _bare_return(file: BinaryIO) -> bool | None:
    """Return whether a carriage return stands outside quotes, after an even number of them.

    None: the file has none at all. It is read in blocks: a mapped file would count as memory.
    """
    if not _has_return(file):
        return None
    file.seek(0)
    quotes = 0
    while block := file.read(_BLOCK):
        done, found = 0, block.find(b"\r")
        while found >= 0:
            quotes += block.count(b'"', done, found)
            if quotes % 2 == 0:
                return True
            done, found = found, block.find(b"\r", found + 1)
        quotes += block.count(b'"', done)
    return False


def _trial_succeeds(job: _Job) -> bool:
    with duckdb.connect(config=_OFFLINE) as trial:
        try:
            trial.execute(f"select count(columns(*)) from {_scan(job)}")
        except duckdb.Error:
            return False
    return True


def _stage_sound_rows(job: _Job) -> list[int] | None:
    """Insert what the engine reads; return the byte positions of the rows it refused.

    None: quoting is broken, and what the engine made of the rows around is not to be trusted;
    nothing of the file is in the target.
    """
    inserted = job.con.execute(_insert(job)).fetchone()
    errors = job.con.execute(
        "select line_byte_position, list(distinct error_type::varchar)"
        " from bulk_reject_errors group by all order by all"
    ).fetchall()
    job.con.execute("drop table bulk_reject_errors; drop table bulk_reject_scans")
    lost = not errors and inserted == (0,) and _has_data(job.path)
    with job.path.open("rb") as file:
        doubtful = bool(errors) and _has_return(file)
    if lost or doubtful or any(not _LOCAL.issuperset(kinds) for _, kinds in errors):
        job.con.execute(f"delete from {job.target.table} where {job.target.where('place is null')}")
        return None
    return [position - 1 for position, _ in errors]


def _has_data(path: Path) -> bool:
    with path.open("rb") as file:
        file.readline()
        return any(line.strip(b' \t\r\n,;"') for line in file)


def _insert(job: _Job) -> str:
    select = files(job.table.package).joinpath(job.table.select).read_text(encoding="utf-8")
    known = job.table.columns
    reads = _READS.search(select)
    wanted = reads[1].replace(" ", "").split(",") if reads else []
    missing = [f"null::varchar as {_quoted(name)}" for name in wanted if name not in known]
    names = ", ".join(map(_quoted, known))
    cells = [f"{_quoted(name)} as cell_{number}" for number, name in enumerate(known)]
    given = {name: _quoted(name) for name in EVENT_SCHEMA} | {
        "kind": f"case when aside is null then kind else '{_ASIDE}' end",
        "text": "case when aside is null then text else to_json(aside)::varchar end",
    }
    tag = {name: str(value) for name, value in job.target.tag.items()}
    filled = given | tag | dict(job.target.made)
    return f"""
        insert into {job.target.table} ({", ".join(map(_quoted, filled))})
        with bulk_rows as (
            select {", ".join([names, *missing, *cells])}
            from {_scan(job)}
            where coalesce({names}) is not null
        ),
        bulk_events as ({select})
        select {", ".join(filled.values())}
        from bulk_events
    """


def _scan(job: _Job) -> str:
    columns = ", ".join(f"{_quoted(name)}: 'VARCHAR'" for name in job.table.columns)
    return f"""read_csv({_literal(str(job.path))},
        columns = {{{columns}}}, auto_detect = false, header = false, skip = {job.table.skip},
        delim = {_literal(job.table.delimiter)}, quote = '"', escape = '"', strict_mode = true,
        compression = 'none', hive_partitioning = false, null_padding = false, parallel = true,
        max_line_size = {MAX_LINE}, store_rejects = true,
        rejects_table = 'bulk_reject_errors', rejects_scan = 'bulk_reject_scans')"""


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _all_rows(job: _Job) -> Iterator[Row]:
    with job.path.open("rb") as file:
        for _ in range(job.table.skip):
            file.readline()
        lines = map(decode, file)
        yield from rows(lines, job.table.delimiter, len(job.table.columns), job.table.skip + 1)


def _rows_at(path: Path, table: Table, positions: list[int]) -> Iterator[Row]:
    """Yield the row at each byte position; the positions ascend."""
    passed, done = 0, 0
    with path.open("rb") as file:
        for position in positions:
            passed += _newlines(file, done, position)
            done = position
            # The engine counts empty lines to the row that follows them.
            lines = enumerate(map(decode, file), start=passed + 1)
            number, first = next((one for one in lines if one[1].strip("\r\n")), (0, ""))
            rest = (line for _, line in lines)
            found = rows(chain([first], rest), table.delimiter, len(table.columns), number)
            # A row of nothing but delimiters is none, and the next one is not meant.
            yield from (row for row in islice(found, 1) if row.line == number)


def _newlines(file: BinaryIO, start: int, end: int) -> int:
    """Count the line ends in a stretch of the file, and stay at its end."""
    file.seek(start)
    count = 0
    while start < end:
        block = file.read(min(end - start, _BLOCK))
        count += block.count(b"\n")
        start += len(block)
    return count


def _append(job: _Job, found: Iterable[Row]) -> list[Reject]:
    """Mend rows, append the events among them, and return the rejects."""
    columns = job.table.columns
    made = (job.mend(columns, row.cells, f"line {row.line}") for row in found)
    rejects: list[Reject] = []
    while chunk := list(islice(made, CHUNK)):
        rejects += [one for one in chunk if isinstance(one, Reject)]
        _write(job, [one for one in chunk if isinstance(one, Event)])
    return rejects


def _mend_aside(job: _Job) -> list[Reject]:
    """Mend the rows that the select set aside; what is no event is looked up for its line."""
    is_aside = job.target.where(f"kind = '{_ASIDE}'")
    held = job.con.execute(
        f"delete from {job.target.table} where {is_aside} returning text"
    ).fetchall()
    events: list[Event] = []
    refused: dict[tuple[str, ...], list[Reject]] = {}
    for (text,) in held:
        cells = [cell or "" for cell in json.loads(text)]
        made = job.mend(job.table.columns, cells, "line unknown")
        if isinstance(made, Reject):
            refused.setdefault(tuple(cells), []).append(made)
        else:
            events.append(made)
    _write(job, events)
    return list(_placed(job, refused))


def _placed(job: _Job, refused: dict[tuple[str, ...], list[Reject]]) -> Iterator[Reject]:
    """Yield the reject of each row with the line on which the file has that row."""
    width = len(job.table.columns)
    for row in _all_rows(job) if refused else ():
        # The engine drops surplus cells that are empty, and refuses rows with others.
        cells = tuple(row.cells[:width])
        if cells in refused and not any(row.cells[width:]):
            yield replace(refused[cells].pop(), place=f"line {row.line}")
            if not refused[cells]:
                del refused[cells]
        if not refused:
            return
    for rejects in refused.values():
        yield from rejects


def _write(job: _Job, events: list[Event]) -> None:
    if events:
        insert(job.con, job.target.table, as_frame(events).frame, job.target.tag)
