"""Whose network a command speaks of, where one database pools several owners."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notworking.errors import UsageError
from notworking.queries import query

if TYPE_CHECKING:
    import duckdb


#: Relations in the order in which they can be narrowed: contacts before what hangs on them.
_OWNED = ("contacts", "interactions", "ties")
_OF_CONTACTS = ("contact_points", "changes")
_OF_PEOPLE = ("people", "tags", "notes")


def chosen(con: duckdb.DuckDBPyConnection, name: str | None) -> int | None:
    """Return the owner meant by a name; None without a name.

    Raises:
        UsageError: Nobody of that name owns anything here; those who do are named.
    """
    if name is None:
        return None
    owners = con.execute(query("owners_named"), {"name": name}).fetchall()
    for owner_id, _, is_meant in owners:
        if is_meant:
            return int(owner_id)
    known = ", ".join(f'"{known}"' for _, known, _ in owners if known) or "nobody by name"
    raise UsageError(f"There is no owner '{name}' here; this database holds {known}.")


def one(con: duckdb.DuckDBPyConnection, name: str | None) -> int:
    """Return the owner meant, or the only one there is.

    Raises:
        UsageError: There are several and none was named, or there is none of that name.
    """
    meant = chosen(con, name)
    if meant is not None:
        return meant
    owners = con.execute(query("owners_named"), {"name": None}).fetchall()
    if len(owners) == 1:
        return int(owners[0][0])
    names = ", ".join(f'"{known}"' for _, known, _ in owners)
    raise UsageError(f"This database holds several owners: say --owner with one of {names}.")


def narrow(con: duckdb.DuckDBPyConnection, owner_id: int) -> None:
    """Let every later query of this connection see the rows of one owner alone.

    Temporary views stand before the tables and views of the same name. People, tags and notes
    belong to no owner: those about people whom this owner does not know are left out.
    """
    known = f"(select {{}} from contacts where owner_id = {owner_id:d})"  # noqa: S608 (a number)
    conditions = {
        **dict.fromkeys(_OWNED, f"owner_id = {owner_id:d}"),
        **dict.fromkeys(_OF_CONTACTS, "contact_id in " + known.format("contact_id")),
        **dict.fromkeys(_OF_PEOPLE, "person_id in " + known.format("person_id")),
    }
    catalog = con.execute("select current_database()").fetchall()[0][0]
    for name, condition in conditions.items():
        con.execute(
            f"create or replace temp view {name} as "  # noqa: S608 (names from the lists above)
            f'select * from "{catalog}".main.{name} where {condition}'
        )
