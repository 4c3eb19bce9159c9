"""Who holds which identifier: addresses, numbers, profiles, the UIDs of cards, conversations."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl

from notworking.resolve.columns import changed
from notworking.resolve.identifiers import is_role, mail_key, page_key, profile_key
from notworking.resolve.tokens import Bools, Ints

#: Kinds of identifier.
PROFILE, MAIL_BOX, ROLE_BOX, PHONE, HANDLE, PAGE, TALK = range(7)

#: What the label of a number says of it: nothing, a mobile, a line of a house or an office.
_UNLABELLED, MOBILE, LANDLINE = range(3)
_MOBILE_WORDS = ("cell", "mobil", "handy", "iphone", "movil", "portable")
#: Shorter numbers are service codes.
_LEAST_DIGITS = 7
_NO_DIGIT = re.compile(r"\D")
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
    values: pl.Series

    def of_kind(self, kind: int) -> Iterator[tuple[int, str]]:
        """Yield the holders of one kind of identifier, with its value."""
        rows = np.flatnonzero(self.kind == kind)
        values = self.values.gather(self.identifier[rows]).to_list()
        yield from zip(self.record[rows].tolist(), values, strict=True)


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
                _own(contacts, "profile_url", profile_key, PROFILE),
                _own(cards, "source_key", lambda uid: f"uid/{uid}", PROFILE),
                _own(_talks(contacts), "thread", str, TALK),
            ]
        )
        .filter(pl.col("key") != "")
        .group_by("contact_id", "key", "kind")
        .agg(pl.col("sure").any(), pl.col("label").max())
        .sort("kind", "key", "contact_id")
    )
    numbers = table.select(pl.struct("kind", "key").rle_id()).to_series().to_numpy()
    first = np.flatnonzero(np.diff(numbers.astype(np.int64), prepend=-1))
    return Holdings(
        np.searchsorted(ids, table["contact_id"].to_numpy()),
        numbers.astype(np.int64),
        table["kind"].to_numpy().astype(np.int64),
        table["sure"].to_numpy().astype(bool),
        table["label"].to_numpy().astype(np.int64),
        table["key"].gather(first),
    )


def _mail(address: str) -> str:
    return mail_key(address) if "@" in address else ""


def _phone(number: str) -> str:
    """Return a number, unless it is a short code that many people have in their books."""
    return number if len(_NO_DIGIT.sub("", number)) >= _LEAST_DIGITS else ""


def _page(url: str) -> str:
    return "" if profile_key(url) else page_key(url)


def _label(text: str) -> int:
    lower = text.lower()
    if any(word in lower for word in _MOBILE_WORDS):
        return MOBILE
    return LANDLINE if any(word in lower for word in _LANDLINE_WORDS) else _UNLABELLED


def _keyed(held: pl.DataFrame, kind: str, key: Callable[[str], str], number: int) -> pl.DataFrame:
    rows = held.filter(pl.col("kind") == kind)
    keys = changed(rows["value"], key)
    kinds = pl.Series([number], dtype=pl.Int64).new_from_index(0, rows.height)
    if number == MAIL_BOX:
        roles = [address for address in keys.unique().to_list() if is_role(address)]
        kinds = kinds.set(keys.is_in(roles), ROLE_BOX)
    labels = rows["label"].fill_null("").unique()
    said = pl.Series([_label(text) for text in labels.to_list()], dtype=pl.Int64)
    label = (
        rows["label"]
        .fill_null("")
        .replace_strict(labels, said, default=_UNLABELLED, return_dtype=pl.Int64)
    )
    return _table(rows["contact_id"], keys, kinds, rows["sure"].fill_null(True), label)


def _talks(contacts: pl.DataFrame) -> pl.DataFrame:
    """Return a row for each conversation in which a contact is the only counterpart."""
    told = contacts.select("contact_id", pl.col("threads").alias("thread"))
    return told.explode("thread").drop_nulls().with_columns(pl.col("thread").cast(pl.String))


def _own(
    contacts: pl.DataFrame, column: str, key: Callable[[str], str], number: int
) -> pl.DataFrame:
    """Return what stands in the contact itself and says who it is."""
    rows = contacts.filter(pl.col(column).is_not_null() & (pl.col(column) != ""))
    one = pl.Series([number], dtype=pl.Int64).new_from_index(0, rows.height)
    none = pl.Series([_UNLABELLED], dtype=pl.Int64).new_from_index(0, rows.height)
    sure = pl.Series([True]).new_from_index(0, rows.height)
    return _table(rows["contact_id"], changed(rows[column], key), one, sure, none)


def _table(
    contacts: pl.Series, keys: pl.Series, kinds: pl.Series, sure: pl.Series, labels: pl.Series
) -> pl.DataFrame:
    named = (("contact_id", contacts), ("key", keys), ("kind", kinds), ("sure", sure))
    return pl.DataFrame([column.alias(name) for name, column in (*named, ("label", labels))])
