"""What somebody is called, from a row's fields."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from notworking.ingest.contacts._fields import Fields, emails, first, is_address
from notworking.ingest.importer import full_name

_HAN_KANA_HANGUL = re.compile("[\u3005\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]+")
#: What follows a comma without being a first name.
_AFTER_COMMA = re.compile(
    r"(?:ph\.?d|m\.?d|mba|msc|bsc|ma|ba|jr|sr|ii|iii|iv|esq|cpa|cfa|pmp|dds|rn|llm|llb|j\.?d"
    r"|inc|llc|ltd|gmbh|ag)\b\.?",
    re.I,
)
_NOT_ALPHANUMERIC = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Names:
    """The names of one row, each None where the row has none."""

    full: str | None = None
    given: str | None = None
    family: str | None = None
    nickname: str | None = None


def read_names(fields: Fields, *, turned: bool, collected: bool) -> Names:
    """Return the names of one row.

    Args:
        fields: The row's.
        turned: The file writes whole names as ``Surname, First name``.
        collected: The address was collected by a mail program, which makes up names.
    """
    given, family = first(fields, "given_name"), first(fields, "family_name")
    middle = first(fields, "middle_name")
    given, family = _person(given), _person(family)
    whole = _person(first(fields, "full_name"))
    if whole and turned:
        whole = turn(whole)
    others = [cell.value for name in ("nickname", "maiden_name") for cell in fields.get(name, ())]
    built = _joined(given, middle, family)
    full = whole or built or _person(first(fields, "file_as")) or (others[0] if others else "")
    if collected and _is_made_up(full, fields):
        full = given = family = ""
    if given and not family and ("," in given or (full == given and " " in given)):
        given = ""  # the whole name was written where the first name belongs
    return Names(full or None, given or None, family or None, ", ".join(others) or None)


def is_turned(name: str) -> bool:
    """Whether a name has the shape ``Surname, First name``."""
    before, comma, after = name.partition(",")
    named = bool(comma and before.strip() and after.strip()) and "," not in after
    return named and _AFTER_COMMA.match(after.strip()) is None


def turn(name: str) -> str:
    """Return ``Surname, First name`` in the order in which names are spoken."""
    if not is_turned(name):
        return name
    family, _, given = name.partition(",")
    return f"{given.strip()} {family.strip()}"


def _person(text: str) -> str:
    """Return a name on one line; an address is no name."""
    return "" if is_address(text) else " ".join(text.split())


def _joined(given: str, middle: str, family: str) -> str:
    if given and family and all(map(_HAN_KANA_HANGUL.fullmatch, (given, family))):
        return family + given
    return full_name(full_name(given, middle), family) or ""


def _is_made_up(name: str, fields: Fields) -> bool:
    """Whether a name of one word is a piece of the row's own address."""
    plain = _bare(name)
    if not plain or " " in name.strip():
        return False
    return any(plain in _bare(address) for address, _ in emails(fields))


def _bare(text: str) -> str:
    return _NOT_ALPHANUMERIC.sub("", unicodedata.normalize("NFKC", text).casefold())
