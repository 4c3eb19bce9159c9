"""From what files said to what is published: contacts, interactions, people.

Everything here is a pure function of the raw schema and the user's decisions, so that neither the
order of files nor the order of imports can change it.
"""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import duckdb
import polars as pl

from notworking.store import points
from notworking.store.load import Arrow

_BEFORE_PEOPLE = ("10_versions", "20_parties", "30_interactions", "40_contacts")


def _sql(name: str) -> str:
    return files("notworking.store").joinpath("derive", f"{name}.sql").read_text(encoding="utf-8")


def derive_contacts(con: duckdb.DuckDBPyConnection, parse: points.Parse) -> None:
    """Rebuild contacts, interactions and contact points from raw."""
    for name in _BEFORE_PEOPLE:
        con.execute(_sql(name))
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


def _frame(con: duckdb.DuckDBPyConnection, sql: str, schema: dict[str, Any]) -> pl.DataFrame:
    # Polars reading a relation keeps the engine's module alive, which then complains at exit.
    return pl.DataFrame(con.execute(sql).fetchall(), schema=schema, orient="row")


def contacts_frame(con: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """Return the contacts that may be people, with how much was said to each."""
    return _frame(
        con,
        """
            select c.contact_id, c.owner_id, c.source, c.relation, c.source_key, c.full_name,
                c.given_name, c.family_name, c.nickname, c.company, c.title, c.birthday,
                c.location, c.profile_url, c.connected_at, coalesce(i.messages, 0) as messages
            from main.contacts c
            left join (
                select contact_id, count(*) as messages
                from core.interactions
                group by contact_id
            ) i using (contact_id)
            where c.relation not in ('group', 'organisation')
            order by c.contact_id
            """,
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
        """
            select contact_a, contact_b, verdict, decided_at as at_
            from main.decisions
            union all
            select least(contact_id, first), greatest(contact_id, first), 'same', 'epoch'::timestamptz
            from (
                select contact_id, min(contact_id) over (partition by owner_id) as first
                from main.contacts
                where relation = 'self'
            )
            where contact_id <> first
            order by all
            """,
        _DECISIONS,
    )


def apply_people(
    con: duckdb.DuckDBPyConnection, clusters: pl.DataFrame, matches: pl.DataFrame, import_id: int
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
    con.execute("delete from main.matches")
    con.execute(
        """
        insert into main.matches by name
        select m.contact_a, m.contact_b, m.score, m.verdict, m.evidence, m.decided_by,
            d.decided_at
        from found_matches m
        left join (
            select contact_a, contact_b, max(decided_at) as decided_at
            from main.decisions
            group by all
        ) d on d.contact_a = m.contact_a and d.contact_b = m.contact_b
            and m.decided_by = 'user'
        """
    )
    con.execute("set variable nw_import = $id", {"id": import_id})
    con.execute(_sql("50_people"))
