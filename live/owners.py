"""Whose network a command speaks of, where one database pools several owners."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notworking.errors import UsageError
from notworking.queries import query
from notworking.store.narrowed import narrow

if TYPE_CHECKING:
    import duckdb


__all__ = ["chosen", "narrow", "one"]


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
