"""Who holds which identifier: addresses, numbers, profiles, the UIDs of cards."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl

from notworking.resolve.identifiers import is_role, mail_key, page_key, profile_key
from notworking.resolve.tokens import Bools, Ints

#: Kinds of identifier.
PROFILE, MAIL_BOX, ROLE_BOX, PHONE, HANDLE, PAGE = range(6)

#: What the label of a number says of it: nothing, a mobile, a line of a house or an office.
_UNLABELLED, MOBILE, LANDLINE = range(3)
_MOBILE_WORDS = ("cell", "mobil", "handy", "iphone", "movil", "portable")
_LANDLINE_WORDS = ("home", "work", "main", "fax", "land", "privat", "festnetz", "casa", "domicile")


@dataclass(frozen=True, slots=True)
class Holdings:
    """One row for each contact and identifier, sorted by identifier and contact.

    Attributes:
        record: Place of the contact.
        identifier: Number of the identifier, ascending.
        kind: Kind of the identifier.
        is_sure: False for a phone number whose region was assumed.
        label: What the label says.
        values: The identifiers themselves.
    """

    record: Ints
    identifier: Ints
    kind: Ints
    is_sure: Bools
    label: Ints
    values: list[str]

    def of_kind(self, kind: int) -> Iterator[tuple[int, str]]:
        """Yield the holders of one kind of identifier, with its value."""
        rows = np.flatnonzero(self.kind == kind)
        for record, number in zip(
            self.record[rows].tolist(), self.identifier[rows].tolist(), strict=True
        ):
            yield record, self.values[number]


def gather(contacts: pl.DataFrame, points: pl.DataFrame, ids: Ints) -> Holdings:
    """Return the identifiers of all contacts in the form in which equal means the same."""
    known = pl.Series("contact_id", ids)
    held = points.filter(
        pl.col("contact_id").is_in(known.implode()) & pl.col("value").is_not_null()
    )
    cards = contacts.filter(pl.col("source") == "vcard")
    table = (
        pl.concat(
            [
                _keyed(held, "email", _mail, MAIL_BOX),
                _keyed(held, "phone", _phone, PHONE),
                _keyed(held, "handle", str.lower, HANDLE),
                _keyed(held, "url", profile_key, PROFILE),
                _keyed(held, "url", _page, PAGE),
                _own(contacts, "profile_url", profile_key),
                _own(cards, "source_key", lambda uid: f"uid/{uid}"),
            ]
        )
        .filter(pl.col("key") != "")
        .group_by("contact_id", "key", "kind")
        .agg(pl.col("sure").any(), pl.col("label").max())
        .sort("kind", "key", "contact_id")
    )
    keys = table["key"].to_list()
    numbers = table.select(pl.struct("kind", "key").rle_id()).to_series().to_numpy()
    first = np.flatnonzero(np.diff(numbers.astype(np.int64), prepend=-1))
    return Holdings(
        np.searchsorted(ids, table["contact_id"].to_numpy()),
        numbers.astype(np.int64),
        table["kind"].to_numpy().astype(np.int64),
        table["sure"].to_numpy().astype(bool),
        table["label"].to_numpy().astype(np.int64),
        [keys[place] for place in first.tolist()],
    )


def _mail(address: str) -> str:
    return mail_key(address) if "@" in address else ""


def _phone(number: str) -> str:
    """Return a number, unless it is a short code that many people have in their books."""
    return number if sum(c.isdigit() for c in number) >= 7 else ""


def _page(url: str) -> str:
    return "" if profile_key(url) else page_key(url)


def _label(text: str | None) -> int:
    lower = (text or "").lower()
    if any(word in lower for word in _MOBILE_WORDS):
        return MOBILE
    return LANDLINE if any(word in lower for word in _LANDLINE_WORDS) else _UNLABELLED


def _keyed(held: pl.DataFrame, kind: str, key: Callable[[str], str], number: int) -> pl.DataFrame:
    rows = held.filter(pl.col("kind") == kind)
    known = {value: key(value) for value in rows["value"].unique().to_list()}
    labels = {text: _label(text) for text in rows["label"].unique().to_list()}
    keys = [known[value] for value in rows["value"].to_list()]
    kinds = [ROLE_BOX if number == MAIL_BOX and is_role(k) else number for k in keys]
    return _table(
        rows["contact_id"],
        keys,
        kinds,
        rows["sure"].fill_null(True),
        [labels[text] for text in rows["label"].to_list()],
    )


def _own(contacts: pl.DataFrame, column: str, key: Callable[[str], str]) -> pl.DataFrame:
    """Return what stands in the contact itself and is as good as a profile."""
    rows = contacts.filter(pl.col(column).is_not_null() & (pl.col(column) != ""))
    size = rows.height
    sure = pl.Series([True] * size, dtype=pl.Boolean)
    keys = [key(value) for value in rows[column].to_list()]
    return _table(rows["contact_id"], keys, [PROFILE] * size, sure, [_UNLABELLED] * size)


def _table(
    contacts: pl.Series, keys: list[str], kinds: list[int], sure: pl.Series, labels: list[int]
) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "contact_id": contacts,
            "key": pl.Series(keys, dtype=pl.String),
            "kind": pl.Series(kinds, dtype=pl.Int64),
            "sure": sure,
            "label": pl.Series(labels, dtype=pl.Int64),
        }
    )
