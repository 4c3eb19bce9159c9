"""vCard files: what somebody is called."""

from __future__ import annotations

from dataclasses import dataclass

from notworking.ingest._vcard_fields import Fields
from notworking.ingest._vcard_points import mail_address
from notworking.ingest._vcard_values import one_line, split_escaped, split_values
from notworking.ingest.importer import full_name

_PHONETIC = ("X-PHONETIC-FIRST-NAME", "X-PHONETIC-MIDDLE-NAME", "X-PHONETIC-LAST-NAME")
_OTHER_NAMES = ("NICKNAME", "X-NICKNAME", "X-MAIDENNAME")
#: Every property that this module reads.
READ_NAMES = frozenset({"FN", "N", "ORG", "SORT-STRING", "SOUND", *_PHONETIC, *_OTHER_NAMES})


@dataclass(frozen=True, slots=True)
class Names:
    """What one card calls its subject.

    Attributes:
        full: Display name; None if nothing on the card can serve as one.
        parts: Family, given, additional, prefix, suffix as written; empty without them.
        others: Nicknames and earlier names.
        organisation: Company and its units.
        made_up: Whether ``full`` is not what the card gives as the name.
        company: Whether the name is the company's.
    """

    full: str | None
    given: str | None
    family: str | None
    parts: list[str]
    others: list[str]
    organisation: list[str]
    made_up: bool
    company: bool


def _name_parts(fields: Fields) -> list[str]:
    for prop in fields.all("N"):
        parts = [
            one_line(" ".join(one for one in split_values(part, ",") if one))
            for part in split_escaped(prop.value, ";")[:5]
        ]
        if any(parts):
            return parts
    return []


def _other_names(fields: Fields) -> list[str]:
    names = fields.lists(*_OTHER_NAMES)
    names += [columns[0] for columns in fields.android.get("nickname", ())]
    return [name for name in dict.fromkeys(map(one_line, names)) if name]


def _organisation(fields: Fields) -> list[str]:
    for prop in fields.all("ORG"):
        parts = [one_line(part) for part in split_escaped(prop.value, ";")]
        if any(parts):
            return parts
    return []


def _substitute(fields: Fields, others: list[str], company: str | None) -> str | None:
    """Return the best name for a card that has none."""
    if others:
        return others[0]
    if company:
        return company
    for prop in fields.all("EMAIL"):
        local = mail_address(prop.value).partition("@")[0]
        if local:
            return local
    return fields.first("TEL")


def read_names(fields: Fields) -> Names:
    """Return the names on a card."""
    parts = _name_parts(fields)
    family, given, additional = ([*parts, "", "", ""][place] or None for place in range(3))
    organisation = _organisation(fields)
    company = organisation[0] or None if organisation else None
    others = _other_names(fields)
    shown = fields.first("FN")
    full = shown or full_name(full_name(given, additional), family)
    full = full or _substitute(fields, others, company)
    if family and not given and " " in family and full == family:
        family = None  # the whole name was written where the family name belongs
    return Names(
        full=full,
        given=given,
        family=family,
        parts=parts,
        others=others,
        organisation=organisation,
        made_up=full is not None and shown is None,
        company=not parts and company is not None and full == company,
    )


def phonetic_names(fields: Fields) -> list[str]:
    """Return spoken and sorting forms of the name, a second form for matching."""
    spoken = " ".join(fields.texts(*_PHONETIC))
    sounds = [
        " ".join(part for part in split_values(prop.value, ";") if part)
        for prop in fields.all("SOUND")
    ]
    sort_as = [prop.head.params.get("SORT-AS", "") for prop in fields.all("N")]
    found = [spoken, *sounds, *fields.texts("SORT-STRING"), *sort_as]
    return [name for name in dict.fromkeys(found) if name]
