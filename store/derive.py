"""From what files said to what is published: contacts, interactions, people.

Everything here is a pure function of the raw schema and the user's decisions, so that neither the
order of files nor the order of imports can change it.
"""

from __future__ import annotations

import hashlib
from importlib.resources import files
from typing import Any

import duckdb
import polars as pl

from notworking.store import points
from notworking.store.arrow import Arrow
from notworking.store.sql import sql

_BEFORE_PEOPLE = ("10_versions", "20_parties", "30_interactions", "32_twins", "40_contacts")


def fingerprint() -> str:
    """Return a digest of the derivation: another one asks for a rebuild."""
    folder = files("notworking.store").joinpath("derive")
    texts = sorted(entry.read_bytes() for entry in folder.iterdir() if entry.name.endswith(".sql"))
    return hashlib.sha256(b"".join(texts)).hexdigest()


def derive_contacts(con: duckdb.DuckDBPyConnection, parse: points.Parse) -> None:
    """Rebuild contacts, interactions and contact points from raw."""
    for name in _BEFORE_PEOPLE:
        con.execute(sql("derive", name))
    points.fill(con, parse)


_TEXT = pl.String()
_CONTACTS: dict[str, Any] = {
    "contact_id": pl.Int64,
    "owner_id": pl.Int32,
    **dict.fromkeys(
        (
            "source",
            "relation",
            "source_key",
            "full_name",
            "given_name",
            "family_name",
            "nickname",
            "company",
            "title",
            "birthday",
            "location",
            "profile_url",
        ),
        _TEXT,
    ),
    "connected_at": pl.Datetime("us", "UTC"),
    "messages": pl.Int64,
}
_POINTS: dict[str, Any] = {
    "contact_id": pl.Int64,
    "kind": _TEXT,
    "value": _TEXT,
    "sure": pl.Boolean,
    "label": _TEXT,
}
_DECISIONS: dict[str, Any] = {
    "contact_a": pl.Int64,
    "contact_b": pl.Int64,
    "verdict": _TEXT,
    "at": pl.Datetime("us", "UTC"),
}


def _frame(con: duckdb.DuckDBPyConnection, select: str, schema: dict[str, Any]) -> pl.DataFrame:
    # Polars reading a relation keeps the engine's module alive, which complains at exit.
    return pl.DataFrame(con.execute(select).fetchall(), schema=schema, orient="row")


def contacts_frame(con: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """Return the contacts that may be people, with how much was said to each."""
    return _frame(
        con,
        sql("derive", "contacts_for_people"),
        _CONTACTS,
    )


def points_frame(con: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """Return the valid contact points."""
    return _frame(
        con,
        "select contact_id, kind, value, sure, label from main.contact_points where valid"
        " order by all",
        _POINTS,
    )


def decisions_frame(con: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """Return the user's decisions, and that the owner's own entries are one person."""
    return _frame(
        con,
        sql("derive", "decisions_for_people"),
        _DECISIONS,
    )


def apply_people(
    con: duckdb.DuckDBPyConnection,
    clusters: pl.DataFrame,
    matches: pl.DataFrame,
    import_id: int,
) -> None:
    """Write matches, and people under ids that outlive re-imports.

    Args:
        con: Inside the import's transaction, after ``derive_contacts``.
        clusters: contact_id, cluster.
        matches: contact_a, contact_b, score, verdict, evidence, decided_by.
        import_id: The run, for redirects.
    """
    for name, frame in (("clusters", clusters), ("found_matches", matches)):
        stream = Arrow(frame)  # noqa: F841 (DuckDB finds it by name)
        con.execute(f"create or replace temp table {name} as select * from stream")
    con.execute(sql("derive", "45_matches"))
    con.execute("set variable nw_import = $id", {"id": import_id})
    con.execute(sql("load", "ids_before"))
    con.execute(sql("derive", "50_people"))
    con.execute(sql("load", "ids_after"))
