"""vCard files: the properties of one card by name, with the labels that belong to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from notworking.ingest._vcard_lines import Property
from notworking.ingest._vcard_values import one_line, plain_label, split_values, unescape

#: More properties of one kind than this are no card of a person.
KIND_LIMIT = 200
_ANDROID_ITEM = "vnd.android.cursor.item/"


@dataclass(frozen=True, slots=True)
class Fields:
    """The properties of one card.

    Attributes:
        by_name: Properties in file order, by upper-case name.
        labels: What ``X-ABLabel`` says, by group.
        android: Columns of Android's own rows, by kind.
    """

    by_name: dict[str, list[Property]]
    labels: dict[str, str]
    android: dict[str, list[list[str]]]

    def all(self, *names: str) -> Iterator[Property]:
        """Yield the properties of these names, in the order of the names."""
        for name in names:
            yield from self.by_name.get(name, ())

    def texts(self, *names: str) -> list[str]:
        """Return the values that are not empty, on one line each."""
        return [text for prop in self.all(*names) if (text := one_line(prop.value))]

    def first(self, *names: str) -> str | None:
        """Return the first value that is not empty, on one line."""
        return next(iter(self.texts(*names)), None)

    def paragraphs(self, name: str) -> str | None:
        """Return all values of a name as text of several lines."""
        found = [unescape(prop.value).strip() for prop in self.all(name)]
        return "\n".join(text for text in found if text) or None

    def lists(self, *names: str) -> list[str]:
        """Return the single words of properties that hold lists."""
        return [part for prop in self.all(*names) for part in split_values(prop.value, ",") if part]

    def label(self, prop: Property) -> str | None:
        """Return the label that a person gave to a property."""
        return self.labels.get(prop.head.group) or prop.head.label or None


def gather(found: list[Property], flags: Counter[str]) -> Fields:
    """Sort properties by name and read their labels, which may stand before or after them."""
    by_name: dict[str, list[Property]] = {}
    for prop in found:
        same = by_name.setdefault(prop.head.name, [])
        if len(same) < KIND_LIMIT:
            same.append(prop)
        else:
            flags["too_many"] += 1
    labels = {
        prop.head.group: label
        for prop in by_name.get("X-ABLABEL", ())
        if prop.head.group and (label := plain_label(prop.value))
    }
    android: dict[str, list[list[str]]] = {}
    for prop in by_name.get("X-ANDROID-CUSTOM", ()):
        kind, *columns = split_values(prop.value, ";")
        padded = [*columns, "", "", ""]
        android.setdefault(kind.removeprefix(_ANDROID_ITEM).lower(), []).append(padded)
    return Fields(by_name, labels, android)
