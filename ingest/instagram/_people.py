"""One entry of a people list: its user name and since when, in any of the forms of record."""

from __future__ import annotations

from notworking.ingest.importer import to_json
from notworking.ingest.instagram._values import (
    fields,
    label_values,
    profile,
    records,
    user_of,
    user_of_link,
    when,
)
from notworking.records import Contact, Point

_USER_LABELS = frozenset(
    {
        *("username", "benutzername", "nutzername", "nom d’utilisateur", "nom d'utilisateur"),
        *("nome utente", "nombre de usuario", "nome de usuário", "gebruikersnaam"),
        *("uživatelské jméno", "यूज़रनेम"),
    }
)
_NAME_LABELS = frozenset({"name", "nom", "nome", "nombre", "naam"})


def user(record: object) -> str | None:
    """Return the user name of a record; None where it has none.

    The link labelled ``URL`` of the newest form stands in the person's own description and may
    lead anywhere: it is never asked.
    """
    own = fields(record)
    listed = [fields(entry) for entry in records(own.get("string_list_data"))]
    values = [entry.get("value") for entry in listed]
    labelled = [value for label, value, _ in label_values(own) if label in _USER_LABELS]
    for value in (*values, own.get("title"), *labelled):
        found = user_of(value)
        if found is not None:
            return found
    return next((found for entry in listed if (found := user_of_link(entry.get("href")))), None)


def since(record: object) -> object:
    """Return the time of a record as written."""
    own = fields(record)
    for entry in (*map(fields, records(own.get("string_list_data"))), own):
        if when(entry.get("timestamp")) is not None:
            return entry["timestamp"]
    return None


def display_name(record: object) -> str | None:
    """Return the display name, which only the newest form of record has."""
    return next((value for label, value, _ in label_values(record) if label in _NAME_LABELS), None)


def contact(place: str, record: object, name: str, relation: str, note: str | None) -> Contact:
    """Return the entry of a list as a contact."""
    at = when(since(record))
    ended = relation == "removed"
    return Contact(
        place=place,
        relation=relation,
        key=profile(name),
        raw=to_json(record),
        full_name=display_name(record),
        profile_url=profile(name),
        connected_at=None if ended else at,
        as_of=at if ended else None,
        note=note,
        points=(Point("handle", name, "Instagram"),),
    )
