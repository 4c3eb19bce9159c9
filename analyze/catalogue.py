"""The catalogue: every question is one .sql file, and this makes the file an answer.

``refresh`` rebuilds what the questions share (``marts/*.sql``, tables in the schema ``mart``);
``publish`` turns each ``*.sql`` beside this module into a view in ``main`` of the same name, with
the words of its header as comments. Both run in the transaction of the caller and keep nothing
between calls. Reading or writing rows of the published tables is not done here.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from importlib.resources import files
from typing import TYPE_CHECKING

import duckdb

from notworking.errors import NotworkingError

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

#: What a header may say, and whether it must.
_KEYS = {
    "question": True,
    "columns": True,
    "source": True,
    "limits": False,
    "each": False,
    "adds": False,
    "follows": False,
}
_KEY_LINE = re.compile(r"-- (\w+):(?: (.*))?$")
_COLUMN_LINE = re.compile(r"--   (\w+): (.+)$")
_MORE_LINE = re.compile(r"--  +(\S.*)$")
_THRESHOLDS = "thresholds.sql"
_SAID = re.compile(r"--[^\n]*|'[^']*'")
_SELECT = re.compile(r"\s*(?:select|with|from)\b", re.I)
#: A table or view that a SELECT reads, and a step of it that hides one of the same name.
_READ = re.compile(r"\b(?:from|join)\s+(?:(\w+)\.)?\"?(\w+)\"?", re.I)
_STEP = re.compile(r"\b(\w+)\s+as\s+(?:not\s+)?(?:materialized\s+)?\(", re.I)


class CatalogueError(NotworkingError):
    """A file of the catalogue is not what it should be; the message names the file."""


@dataclass(frozen=True, slots=True)
class Analysis:
    """One file of the catalogue.

    Attributes:
        file: Path below ``analyze``, for messages.
        schema: ``main`` for a question, ``mart`` for a table that questions share.
        columns: Name and meaning of every column of the answer, in order.
        limits: What the answer cannot know; None if the header does not say.
        select: The SELECT below the header.
        each: For a shared table: ``person`` or ``conversation`` where the rows of one follow from
            rows that name it, ``word`` where they are kept by ``words.py``; None: from everything.
        adds: For a shared table: columns that name a row; all others are sums over people.
        follows: For a shared table: the only ones of those it reads that can change it.
    """

    file: str
    schema: str
    name: str
    question: str
    columns: tuple[tuple[str, str], ...]
    source: str
    limits: str | None
    select: str
    each: str | None = None
    adds: tuple[str, ...] = ()
    follows: tuple[str, ...] = ()

    @property
    def qualified(self) -> str:
        """The name with its schema, quoted."""
        return f'{self.schema}."{self.name}"'


def analyses() -> tuple[Analysis, ...]:
    """Return every published question, in the order of their names."""
    return _read(files("notworking.analyze"), "main", "analyze")


def marts() -> tuple[Analysis, ...]:
    """Return every table that questions share, in the order of their names."""
    return _read(files("notworking.analyze").joinpath("marts"), "mart", "analyze/marts")


def parse(text: str, schema: str, file: str) -> Analysis:
    """Read one file of the catalogue.

    Raises:
        CatalogueError: The header is missing, incomplete or not in the agreed form.
    """
    lines = text.splitlines()
    length = next((n for n, line in enumerate(lines) if not line.startswith("--")), len(lines))
    if not length:
        raise CatalogueError(f"{file}: the file has no header; start it with '-- question: ...'")
    said, columns = _header(lines[:length], file)
    for key, needed in _KEYS.items():
        if needed and not (columns if key == "columns" else said.get(key)):
            raise CatalogueError(f"{file}: the header does not say '{key}'; add '-- {key}: ...'")
    return Analysis(
        file=file,
        schema=schema,
        name=file.rsplit("/", 1)[-1].removesuffix(".sql"),
        question=said["question"],
        columns=tuple(columns.items()),
        source=said["source"],
        limits=said.get("limits"),
        select="\n".join(lines[length:]).strip().removesuffix(";"),
        each=said.get("each"),
        adds=_listed(said.get("adds")),
        follows=_listed(said.get("follows")),
    )


def refresh(con: duckdb.DuckDBPyConnection) -> None:
    """Rebuild every shared table from the published ones, each after those it reads."""
    _seed_thresholds(con)
    group = marts()
    for mart in in_order(group):
        _run(con, mart, f"create or replace table {mart.qualified} as\n{mart.select}")
    _describe(con, group, "table")


def publish(con: duckdb.DuckDBPyConnection) -> None:
    """Make every question a view in ``main``; does nothing if the same views stand there already.

    The shared tables are built first where one is missing, since a view cannot be made without
    what it reads.
    """
    questions = analyses()
    _seed_thresholds(con)
    if _missing(con, marts()):
        refresh(con)
    digest = _digest((*marts(), *questions))
    if not _missing(con, questions) and _published_digest(con) == digest:
        return
    for question in in_order(questions):
        _run(con, question, f"create or replace view {question.qualified} as\n{question.select}")
    _describe(con, questions, "view")
    _list(con, questions, digest)


def fingerprint() -> str:
    """Return a digest of every question and shared table: another one asks for a rebuild."""
    return _digest((*marts(), *analyses()))


def thresholds(con: duckdb.DuckDBPyConnection) -> str:
    """Return a digest of the thresholds as they stand: others ask for every table anew."""
    rows = con.execute("select count(*), sum(hash(name, value)) from main.thresholds").fetchall()
    return str(rows[0])


def in_order(group: tuple[Analysis, ...]) -> Iterator[Analysis]:
    """Yield a group so that each comes after those of the group that it reads.

    Raises:
        CatalogueError: Two read each other, or a file holds no SELECT.
    """
    by_name = {analysis.name: analysis for analysis in group}
    graph = {name: sorted(_reads(one) & by_name.keys()) for name, one in by_name.items()}
    try:
        names = tuple(TopologicalSorter(graph).static_order())
    except CycleError as error:
        circle = ", ".join(by_name[name].file for name in sorted(set(error.args[1])))
        raise CatalogueError(f"{circle}: they read each other; one must not") from error
    return (by_name[name] for name in names)


def _read(folder: Traversable, schema: str, prefix: str) -> tuple[Analysis, ...]:
    found = sorted(
        (entry for entry in folder.iterdir() if entry.name.endswith(".sql")),
        key=lambda entry: entry.name,
    )
    return tuple(
        parse(entry.read_text(encoding="utf-8"), schema, f"{prefix}/{entry.name}")
        for entry in found
        if entry.name != _THRESHOLDS
    )


def _header(lines: Iterable[str], file: str) -> tuple[dict[str, str], dict[str, str]]:
    said: dict[str, str] = {}
    columns: dict[str, str] = {}
    key = column = ""
    for line in lines:
        if match := _KEY_LINE.match(line):
            key, column = match[1], ""
            if key not in _KEYS or key in said:
                raise CatalogueError(f"{file}: '{line}' is a second or an unknown key")
            said[key] = match[2] or ""
        elif key == "columns" and (match := _COLUMN_LINE.match(line)):
            column = match[1]
            columns[column] = match[2]
        elif key and (match := _MORE_LINE.match(line)) and (column or key != "columns"):
            target, name = (columns, column) if column else (said, key)
            target[name] = f"{target[name]} {match[1]}".strip()
        else:
            raise CatalogueError(f"{file}: cannot read the header line '{line}'")
    return said, columns


def _listed(said: str | None) -> tuple[str, ...]:
    return tuple(one.strip() for one in said.split(",")) if said else ()


def _reads(analysis: Analysis) -> set[str]:
    """Return the names in the schema of an analysis that its SELECT reads.

    The engine's own parser says the same and takes twenty times as long: the tests compare.
    """
    text = _SAID.sub("", analysis.select)
    if ";" in text or not _SELECT.match(text):
        raise CatalogueError(f"{analysis.file}: this is not one SELECT")
    schemas = {"mart"} if analysis.schema == "mart" else {"main", ""}
    names = {name for schema, name in _READ.findall(text) if schema in schemas}
    return names if analysis.schema == "mart" else names - set(_STEP.findall(text))


def tables_read(analysis: Analysis) -> frozenset[str]:
    """Return the tables that an analysis reads, with their schemas."""
    found = _READ.findall(_SAID.sub("", analysis.select))
    return frozenset(f"{schema}.{name}".lower() for schema, name in found if schema)


def _run(con: duckdb.DuckDBPyConnection, analysis: Analysis, statement: str) -> None:
    try:
        con.execute(statement)
    except duckdb.Error as error:
        raise CatalogueError(f"{analysis.file}: DuckDB refuses it: {error}") from error


def _describe(con: duckdb.DuckDBPyConnection, group: tuple[Analysis, ...], kind: str) -> None:
    """Compare the columns of a group with the headers and comment on each."""
    actual = columns(con)
    statements: list[str] = []
    for analysis in group:
        _compare(analysis, actual[analysis.schema, analysis.name])
        statements.append(f"comment on {kind} {analysis.qualified} is {_quoted(analysis.question)}")
        statements += [
            f'comment on column {analysis.qualified}."{name}" is {_quoted(meaning)}'
            for name, meaning in analysis.columns
        ]
    con.execute(";\n".join(statements))


def columns(con: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], list[str]]:
    """Return the columns of every table and view: asked for one by one, they take far longer."""
    rows = con.execute(
        "select schema_name, table_name, column_name from duckdb_columns()"
        " where database_name = current_database()"
        " order by schema_name, table_name, column_index"
    ).fetchall()
    found: dict[tuple[str, str], list[str]] = {}
    for schema, name, column in rows:
        found.setdefault((schema, name), []).append(column)
    return found


def _compare(analysis: Analysis, actual: list[str]) -> None:
    """Refuse an answer whose columns are not those of the header."""
    documented = [name for name, _ in analysis.columns]
    for name in actual:
        if name not in documented:
            raise CatalogueError(f"{analysis.file}: the column '{name}' is not documented")
    for name in documented:
        if name not in actual:
            raise CatalogueError(f"{analysis.file}: documents '{name}', which it does not answer")
    if actual != documented:
        raise CatalogueError(f"{analysis.file}: the header has the columns in another order")


def _list(con: duckdb.DuckDBPyConnection, questions: tuple[Analysis, ...], digest: str) -> None:
    """Write the table and the view that list the questions."""
    con.execute(
        """
        create or replace table mart.catalogue (
            name varchar, question varchar, source varchar, limits varchar, digest varchar
        );
        comment on table mart.catalogue is 'The questions that were published.';
        comment on column mart.catalogue.name is 'Name of the view in main.';
        comment on column mart.catalogue.question is 'What it answers.';
        comment on column mart.catalogue.source is 'Where the measure comes from.';
        comment on column mart.catalogue.limits is 'What it cannot know.';
        comment on column mart.catalogue.digest is 'Tells whether the files changed since.';
        create or replace view main.analyses as
            select name, question, source, limits from mart.catalogue order by name;
        comment on view main.analyses is 'Every question that the database answers.';
        comment on column main.analyses.name is 'Name of the view to select from.';
        comment on column main.analyses.question is 'What it answers.';
        comment on column main.analyses.source is 'Where the measure comes from.';
        comment on column main.analyses.limits is 'What it cannot know.';
        """
    )
    con.executemany(
        "insert into mart.catalogue values (?, ?, ?, ?, ?)",
        [[item.name, item.question, item.source, item.limits, digest] for item in questions],
    )


def _seed_thresholds(con: duckdb.DuckDBPyConnection) -> None:
    text = files("notworking.analyze").joinpath(_THRESHOLDS).read_text(encoding="utf-8")
    con.execute(text)


def _missing(con: duckdb.DuckDBPyConnection, group: tuple[Analysis, ...]) -> bool:
    rows = con.execute(
        "select schema_name || '.' || table_name from duckdb_tables()"
        " union all select schema_name || '.' || view_name from duckdb_views()"
    ).fetchall()
    there = {row[0] for row in rows}
    return any(f"{analysis.schema}.{analysis.name}" not in there for analysis in group)


def _published_digest(con: duckdb.DuckDBPyConnection) -> str | None:
    known = con.execute(
        "select 1 from duckdb_tables() where schema_name = 'mart' and table_name = 'catalogue'"
    ).fetchall()
    if not known:
        return None
    rows = con.execute("select max(digest) from mart.catalogue").fetchall()
    return str(rows[0][0])


def _digest(group: Iterable[Analysis]) -> str:
    whole = hashlib.sha256()
    for analysis in group:
        whole.update(repr(analysis).encode("utf-8"))
    return whole.hexdigest()


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
