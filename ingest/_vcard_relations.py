"""vCard files: whom a card names beside its subject, and Android's own rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from notworking.ingest._vcard_head import Head
from notworking.ingest._vcard_values import one_line, relation_kind, split_escaped, split_values

#: Properties that name somebody, and in what relation; nothing where the property says it itself.
LABELS = {
    "RELATED": "",
    "X-ABRELATEDNAMES": "",
    "AGENT": "agent",
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
ANNIVERSARIES = (
    "ANNIVERSARY",
    "X-ANNIVERSARY",
    "X-MS-ANNIVERSARY",
    "X-EVOLUTION-ANNIVERSARY",
    "X-KADDRESSBOOK-X-ANNIVERSARY",
    "X-WAB-WEDDING-ANNIVERSARY",
)
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
_ANDROID_DATES = ("", "anniversary", "other", "birthday")
_ANDROID_ITEM = "vnd.android.cursor.item/"
#: Words in RELATED that are no relation.
_NO_RELATION = frozenset({"pref", "home", "work"})


@dataclass(frozen=True, slots=True)
class AndroidRow:
    """One row of Android's own contact table: ``nickname``, ``relation``, ``contact_event`` ..."""

    kind: str
    text: str
    label: str


def android_row(value: str) -> AndroidRow:
    """Return a row of an ``X-ANDROID-CUSTOM`` property."""
    kind, text, number, label, *_ = [*map(one_line, split_escaped(value, ";")), "", "", ""]
    kind = kind.lower().removeprefix(_ANDROID_ITEM)
    names = _ANDROID_RELATIONS if kind == "relation" else _ANDROID_DATES
    place = int(number) if number.isascii() and number.isdecimal() and len(number) < 3 else 0
    known = names[place] if place < len(names) else ""
    return AndroidRow(kind, text, known or label or "other")


def related(label: str, head: Head, value: str, own_label: str | None) -> list[tuple[str, str]]:
    """Return label and name of everybody whom one property names.

    Args:
        label: What the property's name says, or nothing.
        head: Its head.
        value: Its value.
        own_label: What the person wrote as the label of its group.
    """
    if head.name == "RELATED":
        label = next((word for word in head.types if word not in _NO_RELATION), "other")
        value = value.removeprefix("urn:uuid:")
    elif head.name == "AGENT" and value.upper().startswith("BEGIN:"):
        return []  # a whole card on one escaped line: nothing there can be trusted as a name
    names = split_values(value, ",") if head.name == "X-CHILDREN" else [value]
    return [(label or own_label or "other", name) for name in map(one_line, names) if name]


def shown_relations(found: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    """Return each relation once: label as written, kind of relation, name or UID."""
    return [
        {"label": label, "kind": relation_kind(label), "name": name}
        for label, name in dict.fromkeys(found)
        if name
    ]
