"""vCard files: whom a card names beside its subject, and the dates it remembers."""

from __future__ import annotations

from collections.abc import Iterator

from notworking.ingest._vcard_fields import Fields
from notworking.ingest._vcard_lines import Property
from notworking.ingest._vcard_values import (
    iso_birthday,
    one_line,
    read_date,
    relation_kind,
    split_values,
)

_RELATION_OF_NAME = {
    "X-SPOUSE": "spouse",
    "X-MS-SPOUSE": "spouse",
    "X-EVOLUTION-SPOUSE": "spouse",
    "X-KADDRESSBOOK-X-SPOUSESNAME": "spouse",
    "X-WAB-SPOUSE-NAME": "spouse",
    "X-CHILD": "child",
    "X-MS-CHILD": "child",
    "X-CHILDREN": "child",
    "X-MANAGER": "manager",
    "X-MS-MANAGER": "manager",
    "X-EVOLUTION-MANAGER": "manager",
    "X-KADDRESSBOOK-X-MANAGERSNAME": "manager",
    "X-ASSISTANT": "assistant",
    "X-MS-ASSISTANT": "assistant",
    "X-EVOLUTION-ASSISTANT": "assistant",
    "X-KADDRESSBOOK-X-ASSISTANTSNAME": "assistant",
}
#: By Android's number; 0 stands for a label of one's own.
_ANDROID_RELATIONS = (
    "",
    "assistant",
    "brother",
    "child",
    "domestic partner",
    "father",
    "friend",
    "manager",
    "mother",
    "parent",
    "partner",
    "referred by",
    "relative",
    "sister",
    "spouse",
)
_ANDROID_DATES = {"1": "anniversary", "2": "other", "3": "birthday"}
_ANNIVERSARIES = (
    "ANNIVERSARY",
    "X-ANNIVERSARY",
    "X-MS-ANNIVERSARY",
    "X-EVOLUTION-ANNIVERSARY",
    "X-KADDRESSBOOK-X-ANNIVERSARY",
    "X-WAB-WEDDING-ANNIVERSARY",
)
#: Words in RELATED that are no relation.
_NO_RELATION = frozenset({"PREF", "HOME", "WORK"})
#: Every property that this module reads.
READ_NAMES = frozenset(
    {
        "BDAY",
        "X-ABDATE",
        "RELATED",
        "X-ABRELATEDNAMES",
        "AGENT",
        *_RELATION_OF_NAME,
        *_ANNIVERSARIES,
    }
)


def read_birthday(fields: Fields) -> str | None:
    """Return the birthday if one can be read without doubt."""
    for prop in fields.all("BDAY"):
        omitted = prop.head.params.get("X-APPLE-OMIT-YEAR")
        birthday = iso_birthday(read_date(one_line(prop.value), omitted))
        if birthday:
            return birthday
    for text, kind, _ in fields.android.get("contact_event", ()):
        birthday = iso_birthday(read_date(text)) if _ANDROID_DATES.get(kind) == "birthday" else None
        if birthday:
            return birthday
    return None


def read_dates(fields: Fields) -> list[dict[str, str]]:
    """Return the other dates of a card: label and date as written."""
    found = [("anniversary", text) for text in fields.texts(*_ANNIVERSARIES)]
    found += [
        (fields.label(prop) or "other", one_line(prop.value)) for prop in fields.all("X-ABDATE")
    ]
    for text, kind, label in fields.android.get("contact_event", ()):
        name = label or _ANDROID_DATES.get(kind, "other")
        if name != "birthday":
            found.append((name, text))
    return [{"label": label, "date": text} for label, text in dict.fromkeys(found) if text]


def _names_in(prop: Property) -> list[str]:
    names = split_values(prop.value, ",") if prop.head.name == "X-CHILDREN" else [prop.value]
    return [name for name in map(one_line, names) if name]


def _related(fields: Fields) -> Iterator[tuple[str, str]]:
    for prop in fields.all("RELATED"):
        label = next((word for word in prop.head.types if word not in _NO_RELATION), "OTHER")
        yield label.lower(), one_line(prop.value).removeprefix("urn:uuid:")
    for prop in fields.all("X-ABRELATEDNAMES"):
        yield fields.label(prop) or "other", one_line(prop.value)
    for name, label in _RELATION_OF_NAME.items():
        for prop in fields.all(name):
            yield from ((label, one) for one in _names_in(prop))
    for prop in fields.all("AGENT"):
        # A whole card on one escaped line says nothing that can be trusted as a name.
        if not prop.value.upper().startswith("BEGIN:"):
            yield "agent", one_line(prop.value)
    for name, kind, own_label in fields.android.get("relation", ()):
        number = int(kind) if kind.isdecimal() and len(kind) < 3 else 0
        known = _ANDROID_RELATIONS[number] if number < len(_ANDROID_RELATIONS) else ""
        yield known or own_label or "other", name


def read_related(fields: Fields) -> list[dict[str, str]]:
    """Return the people whom a card names: label as written, kind of relation, name or UID."""
    found = dict.fromkeys((label, name) for label, name in _related(fields) if name)
    return [{"label": label, "kind": relation_kind(label), "name": name} for label, name in found]
