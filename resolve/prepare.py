"""Frames of contacts and points to columns of numbers; scores nothing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from notworking.resolve.identifiers import (
    company_key,
    is_role,
    mail_company,
    mail_key,
    page_key,
    profile_key,
    slug_of,
)
from notworking.resolve.names import FULL, INITIAL, MAIL, NONE, ALIAS, SERVICE, Name, parse_name
from notworking.resolve.tokens import Bools, Ints, Vocabulary, make_vocabulary

#: Kinds of identifier.
PROFILE, MAIL_BOX, ROLE_BOX, PHONE, HANDLE, PAGE = range(6)

_CLEAN = {("linkedin", "connection"), ("facebook", "friend")}
_PLATFORMS = {"messenger": "facebook"}
_NOBODIES = ("group", "organisation")
_GIVEN_SLOTS, _FAMILY_SLOTS, _OTHER_SLOTS = 4, 3, 5


@dataclass(frozen=True, slots=True)
class Names:
    """Distinct names as numbers of words, -1 where there is none.

    Attributes:
        given: First unit, all units joined, two nicknames.
        family: Up to three family names.
        others: Up to five further family names.
        middle: Letter of the second given name.
        suffix: Number of the suffix, 0 for none.
        kind: Class of the name, as in ``names``.
        alias: Number of the word used instead of a name.
    """

    vocabulary: Vocabulary
    given: Ints
    family: Ints
    others: Ints
    middle: Ints
    suffix: Ints
    kind: Ints
    alias: Ints


@dataclass(frozen=True, slots=True)
class Holdings:
    """Who holds which identifier: one row each, sorted by identifier and record."""

    record: Ints
    identifier: Ints
    kind: Ints
    is_sure: Bools
    label: Ints
    values: list[str]


@dataclass(frozen=True, slots=True)
class Records:
    """All contacts as columns, in the order of their ids."""

    ids: Ints
    shown: list[str]
    is_person: Bools
    owner: Ints
    list_of: Ints
    list_size: Ints
    list_is_clean: Bools
    list_owner: Ints
    list_platform: Ints
    name: Ints
    names: Names
    company: Ints
    mail_company: Ints
    companies: list[str]
    year: Ints
    day: Ints
    holdings: Holdings


def prepare(contacts: pl.DataFrame, points: pl.DataFrame) -> Records:
    """Return every contact as numbers; the order of rows in the frames does not matter."""
    contacts = contacts.unique("contact_id", keep="any").sort("contact_id")
    ids = contacts["contact_id"].to_numpy().astype(np.int64)
    holdings = _holdings(contacts, points, ids)
    name, names = _names(contacts, holdings, ids)
    lists = _lists(contacts)
    company, mail_companies, companies = _companies(contacts, holdings)
    year, day = _birthdays(contacts["birthday"])
    return Records(
        ids,
        _shown(contacts),
        _is_person(contacts),
        contacts["owner_id"].fill_null(0).cast(pl.Int64).to_numpy(),
        *lists,
        name,
        names,
        company,
        mail_companies,
        companies,
        year,
        day,
        holdings,
    )


def _is_person(contacts: pl.DataFrame) -> Bools:
    return (~contacts["relation"].fill_null("").is_in(_NOBODIES)).to_numpy().astype(bool)


def _shown(contacts: pl.DataFrame) -> list[str]:
    parts = pl.concat_str("given_name", "family_name", separator=" ", ignore_nulls=True)
    return (
        contacts.select(
            pl.coalesce(
                "full_name", pl.when(parts.str.len_chars() > 0).then(parts), "nickname"
            ).fill_null("")
        )
        .to_series()
        .to_list()
    )


def _codes(values: pl.Series) -> tuple[Ints, list[str]]:
    """Number the distinct texts of a column in sorted order; empty and null are -1."""
    known = sorted(v for v in values.unique().to_list() if v)
    numbers = {v: i for i, v in enumerate(known)}
    return np.array([numbers.get(v, -1) for v in values.to_list()], dtype=np.int64), known


def _lists(contacts: pl.DataFrame) -> tuple[Ints, Ints, Bools, Ints, Ints]:
    source = contacts["source"].fill_null("").to_list()
    relation = contacts["relation"].fill_null("").to_list()
    owner = contacts["owner_id"].fill_null(0).to_list()
    clean = [pair in _CLEAN for pair in zip(source, relation, strict=True)]
    keys = list(zip(owner, source, clean, strict=True))
    known = sorted(set(keys))
    numbers = {key: i for i, key in enumerate(known)}
    list_of = np.array([numbers[key] for key in keys], dtype=np.int64)
    platforms = sorted({_PLATFORMS.get(s, s) for s in source})
    people = _is_person(contacts)
    return (
        list_of,
        np.bincount(list_of[people], minlength=len(known)),
        np.array([key[2] for key in known], dtype=bool),
        np.array([key[0] for key in known], dtype=np.int64),
        np.array(
            [platforms.index(_PLATFORMS.get(key[1], key[1])) for key in known], dtype=np.int64
        ),
    )


def _holdings(contacts: pl.DataFrame, points: pl.DataFrame, ids: Ints) -> Holdings:
    """Gather identifiers: points, profile addresses, and the UIDs of cards."""
    held = points.filter(pl.col("contact_id").is_in(ids.tolist()) & pl.col("value").is_not_null())
    frames = [
        _keyed(held, "email", mail_key, MAIL_BOX),
        _keyed(held, "phone", str, PHONE),
        _keyed(held, "handle", str.lower, HANDLE),
        _keyed(held, "url", profile_key, PROFILE),
        _keyed(held, "url", lambda url: "" if profile_key(url) else page_key(url), PAGE),
        _from_contacts(contacts, "profile_url", profile_key),
        _from_contacts(
            contacts.filter(pl.col("source") == "vcard"), "source_key", lambda uid: f"uid/{uid}"
        ),
    ]
    table = (
        pl.concat(frames)
        .filter(pl.col("key") != "")
        .group_by("contact_id", "key", "kind")
        .agg(pl.col("sure").any(), pl.col("label").min())
        .sort("kind", "key", "contact_id")
    )
    kinds = table["kind"].to_numpy().astype(np.int64)
    keys = table["key"].to_list()
    numbers = (
        table.select(pl.struct("kind", "key").rle_id()).to_series().to_numpy().astype(np.int64)
    )
    first = np.flatnonzero(np.diff(numbers, prepend=-1))
    label = np.array([_label(v) for v in table["label"].to_list()], dtype=np.int64)
    return Holdings(
        np.searchsorted(ids, table["contact_id"].to_numpy()),
        numbers,
        kinds,
        table["sure"].to_numpy().astype(bool),
        label,
        [keys[i] for i in first.tolist()],
    )


def _label(text: str | None) -> int:
    """Return 1 for a mobile, 2 for a line of a house or office, 0 where nothing is said."""
    lower = (text or "").lower()
    if any(word in lower for word in ("cell", "mobil", "handy", "iphone")):
        return 1
    return 2 if any(word in lower for word in ("home", "work", "main", "fax", "land")) else 0


def _keyed(held: pl.DataFrame, kind: str, key: object, number: int) -> pl.DataFrame:
    rows = held.filter(pl.col("kind") == kind)
    known = {v: key(v) for v in rows["value"].unique().to_list()}  # type: ignore[operator]
    keys = [known[v] for v in rows["value"].to_list()]
    kinds = [ROLE_BOX if number == MAIL_BOX and is_role(k) else number for k in keys]
    return pl.DataFrame(
        {
            "contact_id": rows["contact_id"],
            "key": pl.Series(keys, dtype=pl.String),
            "kind": pl.Series(kinds, dtype=pl.Int64),
            "sure": rows["sure"].fill_null(True),
            "label": rows["label"],
        }
    )


def _from_contacts(contacts: pl.DataFrame, column: str, key: object) -> pl.DataFrame:
    rows = contacts.filter(pl.col(column).is_not_null() & (pl.col(column) != ""))
    keys = [key(v) for v in rows[column].to_list()]  # type: ignore[operator]
    return pl.DataFrame(
        {
            "contact_id": rows["contact_id"],
            "key": pl.Series(keys, dtype=pl.String),
            "kind": pl.Series([PROFILE] * len(keys), dtype=pl.Int64),
            "sure": pl.Series([True] * len(keys), dtype=pl.Boolean),
            "label": pl.Series([None] * len(keys), dtype=pl.String),
        }
    )


def _names(contacts: pl.DataFrame, holdings: Holdings, ids: Ints) -> tuple[Ints, Names]:
    mails, slugs = _mail_names(holdings), _slugs(holdings)
    clean = {f"{s}/{r}" for s, r in _CLEAN}
    is_card = (~(pl.col("source") + "/" + pl.col("relation")).is_in(sorted(clean))).alias("is_card")
    columns = [pl.col(c).fill_null("").str.slice(0, 300) for c in _NAME_COLUMNS]
    rows = contacts.select(*columns, is_card.fill_null(True)).rows()
    numbers: dict[Name, int] = {}
    parsed: dict[tuple[str, str, str, str, str, bool], Name] = {}
    name = np.empty(len(rows), dtype=np.int64)
    for place, (full, given, family, nick, card) in enumerate(rows):
        key = (full, given, family, nick, slugs.get(place, ""), card)
        found = parsed.get(key)
        if found is None:
            found = parsed[key] = parse_name(*key)
        if found.kind in (NONE, ALIAS, SERVICE) and place in mails:
            found = mails[place]
        name[place] = numbers.setdefault(found, len(numbers))
    return name, _as_numbers(list(numbers))


_NAME_COLUMNS = ("full_name", "given_name", "family_name", "nickname")


def _mail_names(holdings: Holdings) -> dict[int, Name]:
    """Return names spelt by mail addresses ("anna.jones@"), by record."""
    found: dict[int, Name] = {}
    rows = np.flatnonzero(holdings.kind == MAIL_BOX)
    for record, number in zip(
        holdings.record[rows].tolist(), holdings.identifier[rows].tolist(), strict=True
    ):
        parts = holdings.values[number].split("@")[0].replace("_", ".").replace("-", ".").split(".")
        if len(parts) == 2 and all(p.isascii() and p.isalpha() and len(p) > 1 for p in parts):
            found.setdefault(record, Name((parts[0],), (parts[1],), kind=MAIL))
    return found


def _slugs(holdings: Holdings) -> dict[int, str]:
    rows = np.flatnonzero(holdings.kind == PROFILE)
    pairs = zip(holdings.record[rows].tolist(), holdings.identifier[rows].tolist(), strict=True)
    return {r: slug_of(holdings.values[i]) for r, i in pairs if slug_of(holdings.values[i])}


def _as_numbers(names: list[Name]) -> Names:
    words = {w for n in names for w in (*n.given, *n.family, *n.others, *n.nick, "".join(n.given))}
    words.discard("")
    vocabulary = make_vocabulary(words)
    number = {word: place for place, word in enumerate(vocabulary.words)}
    given = np.full((len(names), _GIVEN_SLOTS), -1, dtype=np.int64)
    family = np.full((len(names), _FAMILY_SLOTS), -1, dtype=np.int64)
    others = np.full((len(names), _OTHER_SLOTS), -1, dtype=np.int64)
    middle = np.full(len(names), -1, dtype=np.int64)
    for place, name in enumerate(names):
        if name.given:
            given[place, 0] = number[name.given[0]]
        if len(name.given) > 1:
            given[place, 1] = number["".join(name.given)]
            middle[place] = ord(name.given[1][0])
        for slot, word in enumerate(name.nick[:2]):
            given[place, 2 + slot] = number[word]
        for slot, word in enumerate(name.family):
            family[place, slot] = number[word]
        for slot, word in enumerate(name.others[:_OTHER_SLOTS]):
            others[place, slot] = number[word]
    suffixes = {s: i for i, s in enumerate(sorted({n.suffix for n in names} | {""}))}
    aliases = {a: i - 1 for i, a in enumerate(sorted({n.alias for n in names} | {""}))}
    return Names(
        vocabulary,
        given,
        family,
        others,
        middle,
        np.array([suffixes[n.suffix] for n in names], dtype=np.int64),
        np.array([n.kind for n in names], dtype=np.int64),
        np.array([aliases[n.alias] for n in names], dtype=np.int64),
    )


def _companies(contacts: pl.DataFrame, holdings: Holdings) -> tuple[Ints, Ints, list[str]]:
    stated = [company_key(v) if v else "" for v in contacts["company"].to_list()]
    from_mail = [""] * len(stated)
    rows = np.flatnonzero(holdings.kind <= ROLE_BOX)
    for record, number in zip(
        holdings.record[rows].tolist(), holdings.identifier[rows].tolist(), strict=True
    ):
        if holdings.kind[rows[0]] is not None and not from_mail[record]:
            from_mail[record] = mail_company(holdings.values[number])
    both, known = _codes(pl.Series(stated + from_mail, dtype=pl.String))
    return both[: len(stated)], both[len(stated) :], known


def _birthdays(column: pl.Series) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return year and day of the year; a year before 1905 stands for an unknown one (1604)."""
    text = column.cast(pl.String)
    full = text.str.extract(r"^(\d{4})-\d\d-\d\d").cast(pl.Int64)
    day = text.str.extract(r"^(?:\d{4}|-)-(\d\d-\d\d)").str.replace("-", "").cast(pl.Int64)
    year = pl.select(pl.when(full >= 1905).then(full).otherwise(-1)).to_series()
    return year.fill_null(-1).to_numpy().astype(np.int64), day.fill_null(-1).to_numpy().astype(
        np.int64
    )


def is_named(names: Names) -> Bools:
    """Tell which names have both parts."""
    return np.isin(names.kind, (FULL, INITIAL, MAIL))
