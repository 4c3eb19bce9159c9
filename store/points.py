"""Fill ``contact_points``: every distinct value as written, normalised once.

The normalising function comes from the caller, so that this room stays a stranger to ``resolve``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import duckdb
import polars as pl

from notworking.store.load import Arrow

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
    con.execute("delete from main.contact_points")
    con.execute(
        """
        insert into main.contact_points by name
        with points as (
            select v.contact_id, v.owner_id, p.point.kind as kind, p.point.raw as raw,
                p.point.label as label, p.point.region as region
            from placed v, unnest(v.points) as p(point)
            union
            select contact_id, owner_id, 'url', profile_url, source, null
            from main.contacts
            where profile_url is not null
        ),
        values as (
            select * from parsed
            union
            select owner_id, 'url', profile_url, null, profile_url, true, true
            from main.contacts
            where profile_url is not null
        )
        select p.contact_id, p.kind, v.value, min(p.raw) as raw, min(p.label) as label,
            bool_or(v.valid) as valid, bool_or(v.sure) as sure
        from points p
        join values v
            on v.owner_id = p.owner_id and v.kind = p.kind and v.raw = p.raw
            and v.region is not distinct from p.region
        where p.contact_id in (select contact_id from main.contacts)
        group by p.contact_id, p.kind, v.value
        """
    )
