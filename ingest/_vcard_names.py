"""vCard files: what somebody is called."""

from __future__ import annotations

import msgspec

from notworking.ingest._vcard_said import Said
from notworking.ingest.importer import full_name

_SPOKEN = ("first", "middle", "last")


class Names(msgspec.Struct):
    """What one card calls its subject.

    Attributes:
        full: Display name; None if nothing on the card can serve as one.
        others: Nicknames and earlier names.
        made_up: Whether ``full`` is not what the card gives as the name.
        of_company: Whether the name is the company's.
    """

    full: str | None
    given: str | None
    family: str | None
    others: list[str]
    company: str | None
    made_up: bool
    of_company: bool


def _substitute(said: Said, others: list[str], company: str | None) -> str | None:
    """Return the best name for a card that has none."""
    if others:
        return others[0]
    if company:
        return company
    for mail in said.mails:
        local = mail.value.partition("@")[0]
        if local:
            return local
    return next((number.value for number in said.numbers if number.value), None)


def read_names(said: Said) -> Names:
    """Return the names on a card."""
    parts = said.lists.get("n", [])
    family, given, additional = (*parts, "", "", "")[:3]
    company = (said.lists["org"][0] or None) if "org" in said.lists else None
    others = list(filter(None, dict.fromkeys(said.lists.get("other_names", ()))))
    shown = said.texts.get("fn")
    full = shown or full_name(full_name(given, additional), family)
    full = full or _substitute(said, others, company)
    if family and not given and " " in family and full == family:
        family = ""  # the whole name was written where the family name belongs
    return Names(
        full=full,
        given=given or None,
        family=family or None,
        others=others,
        company=company,
        made_up=full is not None and shown is None,
        of_company=not parts and company is not None and full == company,
    )


def phonetic_names(said: Said) -> list[str]:
    """Return spoken and sorting forms of the name, a second form for matching."""
    spoken = " ".join(said.spoken[part] for part in _SPOKEN if part in said.spoken)
    found = dict.fromkeys([spoken, *said.lists.get("phonetic", ())])
    return [name for name in found if name]
