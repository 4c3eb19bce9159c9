"""The owner: ``personal_information.json`` of both layouts, and earlier names of the account.

Labels are in the language of some accounts. Conversations bear the display name, which an account
without one takes from its user name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from notworking.ingest._json import load
from notworking.ingest.importer import Content, Importer, shorten, to_json
from notworking.ingest.instagram._kinds import is_kind
from notworking.ingest.instagram._values import (
    is_list,
    labelled,
    placed,
    profile,
    user_of,
    value_of,
    when,
)
from notworking.records import Contact, Point, Record, Reject

_USER = (
    *("username", "nome utente", "nombre de usuario", "nom d’utilisateur", "nom d'utilisateur"),
    *("benutzername", "nutzername", "gebruikersnaam", "uživatelské jméno", "nome de usuário"),
    "यूज़रनेम",
)
_NAME = ("name", "nome", "nombre", "nom", "naam", "jméno")
_EMAIL = (
    *("email", "email address", "indirizzo e-mail", "correo electrónico", "adresse e-mail"),
    *("e-mail-adresse", "e-mail", "e-mailadres"),
)
_PHONE = (
    *("phone number", "numero di telefono", "número de teléfono", "numéro de téléphone"),
    *("telefonnummer", "telefoonnummer", "telefonní číslo"),
)
_BIRTH = (
    *("date of birth", "data di nascita", "fecha de nacimiento", "date de naissance"),
    *("geburtsdatum", "geboortedatum", "datum narození"),
)
_WEBSITE = ("website", "sito web", "sitio web", "site web", "webseite")
_CHANGED = ("changed", "geändert", "modificado", "modifié", "modificato")
_BEFORE = ("previous value", "vorheriger wert", "valor anterior", "valeur précédente")
_WHEN = ("change date", "änderungsdatum", "fecha de cambio", "date de modification")
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def _extract(content: Content, path: str) -> Iterator[Record]:
    value, damage = load(content)
    for place, record in placed(value, "profile_user"):
        yield _owner(place, record)
    if value is not None and not is_list(value, "profile_user"):
        yield Reject("file", "no profile under 'profile_user'", shorten(to_json(value)))
    if damage is not None:
        yield damage


def _owner(place: str, record: object) -> Contact | Reject:
    user, name = user_of(value_of(record, *_USER)), value_of(record, *_NAME)
    points = [Point("handle", user, "Instagram")] if user else []
    for kind, labels in (("email", _EMAIL), ("phone", _PHONE), ("url", _WEBSITE)):
        written = value_of(record, *labels)
        points += [Point(kind, written)] if written else []
    if not (name or points):
        return Reject(place, "a profile without name, user name, e-mail or phone", to_raw(record))
    born = value_of(record, *_BIRTH)
    return Contact(
        place=place,
        relation="self",
        key=profile(user) if user else "self:profile",
        raw=to_json(record),
        full_name=name or user,
        birthday=born if born and _DAY.fullmatch(born) else None,
        profile_url=profile(user) if user else None,
        points=tuple(points),
    )


def _changes(content: Content, path: str) -> Iterator[Record]:
    value, damage = load(content)
    if value is not None and not is_list(value, "profile_profile_change"):
        yield Reject("file", "no list of changes under 'profile_profile_change'", to_raw(value))
    for place, record in placed(value, "profile_profile_change"):
        changed = (value_of(record, *_CHANGED) or "").casefold()
        before = value_of(record, *_BEFORE)
        user = user_of(before)
        if changed in _USER and user is not None:
            # Comments and likes of that time name the account by its earlier address.
            points = (Point("handle", user, "Instagram"), Point("url", profile(user)))
            yield _earlier(place, record, profile(user), points=points)
        elif changed in _NAME and before is not None:
            yield _earlier(place, record, f"self:name:{before}", name=before)
        else:
            yield Reject(place, "a change of something else than a name", to_raw(record))
    if damage is not None:
        yield damage


def _earlier(
    place: str,
    record: object,
    key: str,
    *,
    name: str | None = None,
    points: tuple[Point, ...] = (),
) -> Contact:
    return Contact(
        place=place,
        relation="self",
        key=key,
        raw=to_json(record),
        full_name=name,
        as_of=when(labelled(record, *_WHEN).get("timestamp")),
        points=points,
    )


def to_raw(record: object) -> str:
    """Return a record for a reject."""
    return shorten(to_json(record))


IMPORTERS = (
    Importer(
        name="instagram.profile",
        source="instagram",
        files="personal_information.json",
        yields="you: names, e-mail, phone, birthday",
        identify=is_kind("profile"),
        extract=_extract,
    ),
    Importer(
        name="instagram.profile_changes",
        source="instagram",
        files="profile_changes.json",
        yields="earlier names of your account",
        identify=is_kind("profile_changes"),
        extract=_changes,
    ),
)
