"""A connection that sees what one owner's exports tell, where a database pools several owners.

Nothing is written; which owner is meant is decided by the caller.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from notworking.queries import query

if TYPE_CHECKING:
    import duckdb

#: Relations by what says whose their rows are.
_OWNED = ("owners", "imports", "contacts", "interactions", "ties")
_OF_CONTACTS = {
    "contact_points": "contact_id in (from {mine})",
    "changes": "contact_id in (from {mine})",
    "decisions": "contact_a in (from {mine}) and contact_b in (from {mine})",
    "matches": "contact_a in (from {mine}) and contact_b in (from {mine})",
    "notes": "contact_id in (from {mine})",
}
_MINE = "nw_contacts_of_owner"


def narrow(con: duckdb.DuckDBPyConnection, owner_id: int) -> None:
    """Let every later query of this connection see what one owner's exports tell, and no more.

    Temporary tables and views stand before those of the same name, also where a published view
    reads them. People are told anew from this owner's contacts; what the shared tables hold of
    every owner (words, terms) is not narrowed. Tags belong to no owner and stay; a note stays with
    the contact that it was written on. With a single owner there is nothing to hide.
    """
    if len(con.execute(query("owners_named"), {"name": None}).fetchall()) < 2:
        return
    catalog = con.execute("select current_database()").fetchall()[0][0]
    # Both read what is not narrowed yet.
    con.execute(f"create temp table people as {query('people_of_owner')}", {"owner": owner_id})
    con.execute(
        f"create temp table {_MINE} as select contact_id from contacts where owner_id = $owner",
        {"owner": owner_id},
    )
    conditions = {
        **dict.fromkeys(_OWNED, f"owner_id = {owner_id:d}"),
        **{name: said.format(mine=_MINE) for name, said in _OF_CONTACTS.items()},
        "source_files": "import_id in (select import_id from imports)",
        "rejects": "file_id in (select file_id from source_files)",
        "tags": "person_id in (select person_id from people)",
    }
    for name, condition in conditions.items():
        con.execute(
            f"create or replace temp view {name} as "
            f'select * from "{catalog}".main.{name} where {condition}'
        )
