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

_BEFORE_PEOPLE = (
    "10_versions",
    "15_members",
    "20_parties",
    "22_by_name",
    "24_parties",
    "25_party_of",
    "28_notes",
    "29_repeated",
    "30_interactions",
    "32_twins",
    "40_contacts",
)


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
    "threads": pl.List(pl.Int64),
    "rooms": pl.List(pl.Int64),
    "first_message": _TEXT,
}
_POINTS: dict[str, Any] = {
    "contact_id": pl.Int64,
    "kind": _TEXT,
    "value": _TEXT,
    "sure": pl.Boolean,
    "label": _TEXT,
}
_POINTS_FOR_PEOPLE = (
    "select contact_id, kind, value, sure, label from main.contact_points where valid order by all"
)
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
        _POINTS_FOR_PEOPLE,
        _POINTS,
    )


def decisions_frame(con: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """Return the user's decisions, and that the owner's own entries are one person."""
    return _frame(
        con,
        sql("derive", "decisions_for_people"),
        _DECISIONS,
    )


def asked() -> str:
    """Return the SELECT of what people are recognised from, as a digest for each contact."""
    contacts = sql("derive", "contacts_for_people")
    return (
        "select contact_id, hash(t) as digest"
        f" from (select * exclude (messages) from ({contacts})) t"
    )


def people_asked(con: duckdb.DuckDBPyConnection) -> str:
    """Return a digest of all that recognising people looks at; how much was said is not of it."""
    con.execute("delete from core.asked")
    con.execute(f"insert into core.asked {asked()}")
    parts = con.execute("select count(*), bit_xor(digest) from core.asked").fetchall()
    for select in (_POINTS_FOR_PEOPLE, sql("derive", "decisions_for_people")):
        parts += con.execute(f"select count(*), bit_xor(hash(t)) from ({select}) t").fetchall()
    return " ".join(f"{count} {digest}" for count, digest in parts)


def take_people(
    con: duckdb.DuckDBPyConnection, clusters: pl.DataFrame, matches: pl.DataFrame
) -> None:
    """Hand over what the resolver found.

    Args:
        con: Inside the import's transaction, after ``derive_contacts``.
        clusters: contact_id, cluster.
        matches: contact_a, contact_b, score, verdict, evidence, decided_by.
    """
    for name, frame in (("clusters", clusters), ("found_matches", matches)):
        stream = Arrow(frame)  # noqa: F841 (DuckDB finds it by name)
        con.execute(f"create or replace temp table {name} as select * from stream")


def keep_people(con: duckdb.DuckDBPyConnection) -> None:
    """Hand over what the resolver found last time, since it would be asked the same again."""
    con.execute(sql("derive", "kept_people"))


def apply_people(con: duckdb.DuckDBPyConnection, import_id: int) -> None:
    """Write the matches and people handed over, under ids that outlive re-imports.

    Args:
        con: Inside the import's transaction, after ``take_people`` or ``keep_people``.
        import_id: The run, for redirects.
    """
    con.execute(sql("derive", "45_matches"))
    con.execute("set variable nw_import = $id", {"id": import_id})
    con.execute(sql("load", "ids_before"))
    con.execute(sql("derive", "50_people"))
    con.execute(sql("load", "ids_after"))
