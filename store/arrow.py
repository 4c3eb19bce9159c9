"""Frames from polars to DuckDB without pyarrow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import duckdb
import polars as pl


class Arrow:
    """Hands a polars frame to DuckDB: all it can do is stream it."""

    def __init__(self, frame: pl.DataFrame) -> None:
        """Keep the frame."""
        self.frame = frame

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Return the frame as an Arrow stream."""
        return self.frame.__arrow_c_stream__(requested_schema)


def insert(con: duckdb.DuckDBPyConnection, table: str, frame: pl.DataFrame) -> None:
    """Append a frame to a table, column by column name."""
    stream = Arrow(frame)  # noqa: F841 (DuckDB finds it by name)
    con.execute(f"insert into {table} by name select * from stream")


def insert_rows(
    con: duckdb.DuckDBPyConnection,
    table: str,
    rows: Sequence[dict[str, Any]],
    schema: dict[str, Any],
) -> None:
    """Append rows to a table, if there are any."""
    if rows:
        insert(con, table, pl.DataFrame(rows, schema=schema))
