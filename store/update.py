"""What a small import changes: derived for its vicinity alone, by the statements of ``derive``.

A conversation more among people who are known changes what is known of those people and of nobody
else. Where a run can have changed more (a list of contacts, a name, who is who), this says so and
leaves everything as it was: then all is derived anew. The tests hold both ways equal.
"""

from __future__ import annotations

from collections.abc import Callable

import duckdb

from notworking.store import derive
from notworking.store.sql import sql
from notworking.vicinity import near, put_back

#: Tables of which the vicinity is looked at in the place of the whole.
TABLES = frozenset(
    (
        *("raw.events", "raw.threads", "raw.entries", "raw.sightings", "raw.hints"),
        *("raw.beginnings", "core.members", "core.parties", "core.bearers", "core.interactions"),
        *("core.twins", "core.person_of", "core.hints", "core.lang_hits"),
        *("main.contacts", "main.changes", "main.people", "main.matches"),
    )
)
_OF_TOUCHED = (
    "t.thread_key in (select thread_key from touched) and (t.owner_id, core.network(t.source),"
    " t.thread_key) in (select (owner_id, network, thread_key) from touched)"
)
_OF_CONTACTS = "t.contact_id in (from near_contacts)"
_OF_PEOPLE = "t.person_id in (from near_people)"
#: What is written at the end, and which rows of it are of the vicinity.
_WRITTEN = {
    "core.parties": "(t.owner_id, t.source, t.ref) in (select (owner_id, source, ref) from refs)",
    "core.interactions": _OF_CONTACTS,
    "core.twins": _OF_CONTACTS,
    "core.hints": _OF_CONTACTS,
    "core.lang_hits": "true",
    "core.members": _OF_TOUCHED,
    "main.contacts": _OF_CONTACTS,
    "main.people": _OF_PEOPLE,
}


def update(
    con: duckdb.DuckDBPyConnection, before: Callable[[duckdb.DuckDBPyConnection], None]
) -> frozenset[str] | None:
    """Bring what is derived up to date with a run, if its vicinity can tell.

    Args:
        con: Inside the import's transaction, right after ``Loading.merge``; what is derived is as
            it was before that. Afterwards the temporary tables ``near_contacts``, ``near_people``,
            ``near_threads``, ``touched`` and those of the vicinity stand there.
        before: Called once nothing speaks against it any more, before the first row is written.

    Returns:
        The tables of which rows changed; None if everything must be derived anew, and nothing was
        written then.
    """
    if _any(con, "refusals"):
        return None
    _talk(con)
    con.execute(sql("update", "30_scope"))
    if _any(con, "refusals_of_reach"):
        return None
    _derive(con, "32_twins", "10_versions", "40_contacts")
    if _any(con, "refusals_of_names"):
        return None
    con.execute(sql("update", "40_around"))
    con.execute(f"create or replace temp table asked_now as {near(derive.asked(), TABLES)}")
    if _any(con, "refusals_of_people"):
        return None
    con.execute(sql("update", "50_lang_hits"))
    if _any(con, "refusals_of_hints"):
        return None
    _derive(con, "kept_people", "50_people", "55_hints")
    con.execute(sql("update", "60_hints"))
    before(con)
    changed = _write(con)
    con.execute(sql("update", "80_selves"))
    return changed


def _talk(con: duckdb.DuckDBPyConnection) -> None:
    """Derive who is named in the touched conversations, and what was said in them."""
    con.execute(sql("update", "10_touched"))
    _derive(con, "15_members")
    con.execute(sql("update", "20_parties"))
    _derive(con, "22_by_name", "24_parties")
    con.execute(sql("update", "25_known_parties"))
    _derive(con, "25_party_of")
    # Notes are few, and those of all conversations count.
    con.execute(sql("derive", "28_notes"))
    _derive(con, "29_repeated", "30_interactions")


def _derive(con: duckdb.DuckDBPyConnection, *names: str) -> None:
    for name in names:
        con.execute(near(sql("derive", name), TABLES))


def _any(con: duckdb.DuckDBPyConnection, name: str) -> bool:
    return bool(con.execute(sql("update", name)).fetchall())


def _write(con: duckdb.DuckDBPyConnection) -> frozenset[str]:
    con.execute(sql("update", "70_bearers"))
    return frozenset(table for table, where in _WRITTEN.items() if put_back(con, table, where))
