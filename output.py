"""Answers on their way out: tables for people; CSV, JSON and Parquet for other programs.

Data goes to standard output or a file, never narration.
"""

from __future__ import annotations

import csv
import json
import shutil
import sys
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from notworking import tables
from notworking.errors import UsageError

if TYPE_CHECKING:
    import duckdb

FORMATS = ("table", "csv", "json", "parquet")
#: Spreadsheets run cells that begin so as formulas.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_CELL_WIDTH = 600
#: Where no terminal says how wide it is.
_PAGE_WIDTH = 120


def write(
    con: duckdb.DuckDBPyConnection,
    sql: str,
    values: Sequence[Any] | dict[str, Any] | None,
    form: str,
    target: Path | None,
) -> None:
    """Write the answer to a query.

    Args:
        con: An open database.
        sql: One SELECT.
        values: Its parameters.
        form: One of ``FORMATS``.
        target: File to write; None: standard output.

    Raises:
        UsageError: Parquet without a file, or a file that cannot be written.
    """
    if form == "parquet":
        _write_parquet(con, sql, values, target)
        return
    cursor = con.execute(sql, values if values is not None else [])
    names = [column[0] for column in cursor.description or []]
    rows = cursor.fetchall()
    if target is None:
        _write_text(sys.stdout, form, names, rows)
        return
    try:
        with private_file(target) as stream:
            _write_text(stream, form, names, rows)
    except OSError as error:
        raise UsageError(f"{target} cannot be written: {error.strerror}.") from error


def private_file(target: Path) -> TextIO:
    """Open a text file for writing that only its owner can read."""
    _make_private(target)
    return target.open("w", encoding="utf-8", newline="")


def _make_private(target: Path) -> None:
    target.touch(mode=0o600)
    target.chmod(0o600)


def _write_parquet(
    con: duckdb.DuckDBPyConnection,
    sql: str,
    values: Sequence[Any] | dict[str, Any] | None,
    target: Path | None,
) -> None:
    if target is None:
        raise UsageError("Parquet is not for a terminal: name a file with -o.")
    import polars as pl  # noqa: PLC0415 (heavy, and only needed here)

    cursor = con.execute(sql, values if values is not None else [])
    names = [column[0] for column in cursor.description or []]
    # Polars reading a relation keeps the engine's module alive, which complains at exit.
    frame = pl.DataFrame(cursor.fetchall(), schema=names, orient="row", infer_schema_length=None)
    try:
        _make_private(target)
        frame.write_parquet(target)
    except OSError as error:
        raise UsageError(f"{target} cannot be written: {error.strerror}.") from error


def _write_text(stream: TextIO, form: str, names: list[str], rows: list[tuple[Any, ...]]) -> None:
    if form == "json":
        objects = [dict(zip(names, map(plain, row), strict=True)) for row in rows]
        stream.write(json.dumps(objects, ensure_ascii=False, indent=1) + "\n")
    elif form == "csv":
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(names)
        writer.writerows([[guarded(v) for v in row] for row in rows])
    else:
        _write_table(stream, names, rows)


def _write_table(stream: TextIO, names: list[str], rows: list[tuple[Any, ...]]) -> None:
    cells = [[shown(v) for v in row] for row in rows]
    places = shutil.get_terminal_size((_PAGE_WIDTH, 24)).columns
    for line in tables.lines(names, rows, cells, places):
        stream.write(line + "\n")


def shown(value: Any) -> str:
    """Return a value as a table cell: short, and without characters that steer a terminal."""
    match value:
        case None:
            return ""
        case float():
            return f"{value:,.2f}"
        case datetime():
            text = value.strftime("%Y-%m-%d %H:%M")
            return text.removesuffix(" 00:00")
        case list():
            text = ", ".join(shown(v) for v in value)
        case _:
            text = str(value)
    text = printable(text)
    return text if len(text) <= _CELL_WIDTH else text[: _CELL_WIDTH - 1] + "…"


def printable(text: str) -> str:
    """Replace control characters (terminal escape codes among them) and line breaks by blanks."""
    return "".join(c if c.isprintable() or c in "\u200d\ufe0f" else " " for c in text).strip()


def plain(value: Any) -> Any:
    """Return a value as JSON has it; times in ISO 8601."""
    match value:
        case datetime() | date():
            return value.isoformat()
        case Decimal():
            return float(value)
        case dict():
            return {key: plain(v) for key, v in value.items()}
        case list() | tuple():
            return [plain(v) for v in value]
        case None | bool() | int() | float() | str():
            return value
        case _:
            return str(value)


def guarded(value: Any) -> Any:
    """Return a value as a CSV cell that no spreadsheet runs as a formula."""
    if isinstance(value, list | dict):
        value = json.dumps(plain(value), ensure_ascii=False)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, str) and value.startswith(_FORMULA):
        return "'" + value
    return value
