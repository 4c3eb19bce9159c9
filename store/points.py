"""Fill ``contact_points``: every distinct value as written, normalised once.

The normalising function comes from the caller, so that this room stays a stranger to ``resolve``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import duckdb
import polars as pl

from notworking.store.arrow import Arrow
from notworking.store.sql import sql

#: kind, raw, region of the same card -> (value, valid, sure) of each value in it.
Parse = Callable[[int, str, str, str | None], list[tuple[str, bool, bool]]]

_SCHEMA: dict[str, Any] = {
    "owner_id": pl.Int32,
    "kind": pl.String,
    "raw": pl.String,
    "region": pl.String,
    "value": pl.String,
    "valid": pl.Boolean,
    "sure": pl.Boolean,
}


def written(con: duckdb.DuckDBPyConnection) -> list[tuple[int, str, str, str | None]]:
    """Return owner, kind, text and region of every distinct point of the placed entries."""
    return con.execute(
        "select distinct v.owner_id, p.point.kind, p.point.raw, p.point.region"
        " from placed v, unnest(v.points) as p(point)"
        " where trim(p.point.raw) <> ''"
    ).fetchall()


def fill(con: duckdb.DuckDBPyConnection, parse: Parse) -> None:
    """Rebuild ``contact_points`` from the entries placed by the derivation."""
    rows = [
        (*point, value, valid, sure)
        for point in written(con)
        for value, valid, sure in parse(*point)
    ]
    frame = Arrow(pl.DataFrame(rows, schema=_SCHEMA, orient="row"))  # noqa: F841 (found by name)
    con.execute("create or replace temp table parsed as select * from frame")
    con.execute(sql("derive", "42_points"))
