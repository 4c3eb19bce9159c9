"""Frames of contacts and points to columns of numbers; scores nothing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from notworking.resolve.holdings import MAIL_BOX, PROFILE, ROLE_BOX, Holdings, gather
from notworking.resolve.identifiers import company_key, first_word, mail_company, slug_of
from notworking.resolve.namebook import (
    Names,
    as_numbers,
    complete,
    find_tags,
    parse_all,
    without_tag,
)
from notworking.resolve.names import FULL, Name, Written
from notworking.resolve.tokens import Bools, Ints

#: Lists in which a row stands for one person, and people write their own names.
_CLEAN = frozenset({("linkedin", "connection"), ("facebook", "friend")})
_PLATFORMS = {"messenger": "facebook"}
_NOBODIES = ("group", "organisation")
_NAME_COLUMNS = ("full_name", "given_name", "family_name", "nickname")
#: Longer names are somebody's essay; cutting them keeps one card from costing seconds.
_LONGEST_NAME = 300
#: Shorter first words ("The", "Bay") begin too many employers' names.
_SHORTEST_HEAD = 4
#: iPhones and Facebook write 1604 for a birthday without a year.
_FIRST_YEAR = 1905


@dataclass(frozen=True, slots=True)
class Records:
    """All contacts as columns, in the order of their ids.

    Attributes:
        ids: Contact ids, ascending; elsewhere a contact is known by its place here.
        shown: The name as displayed.
        is_person: False for groups and organisations.
        owner: Whose contact it is.
        list_of: Number of the contact's list.
        list_size: People in each list.
        list_is_clean: Whether a row of the list stands for one person.
        list_owner: Whose list it is.
        list_platform: Number of the platform behind it.
        name: Number of the contact's name.
        names: The distinct names.
        company: Number of the employer, -1 for none.
        mail_company: Number of the employer a mail domain names.
        companies: The employers.
        town: Number of the town, -1 for none.
        year: Year of birth, -1 for unknown.
        day: Birthday as month times 100 plus day, -1 for unknown.
        since: Day of the connection, counted from 1970; -1 for unknown.
        holdings: Who holds which identifier.
    """

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
    town: Ints
    year: Ints
    day: Ints
    since: Ints
    holdings: Holdings


def prepare(contacts: pl.DataFrame, points: pl.DataFrame) -> Records:
    """Return every contact as numbers; the order of rows in the frames does not matter."""
    contacts = contacts.unique("contact_id", keep="any").sort("contact_id")
    ids = contacts["contact_id"].to_numpy().astype(np.int64)
    holdings = gather(contacts, points, ids)
    stated = [company_key(v) if v else "" for v in contacts["company"].to_list()]
    mailed = _spelt_out(_mail_companies(holdings, len(stated)), stated, contacts["company"])
    name, names = _names(contacts, holdings, stated, mailed)
    company, companies = _numbered(stated + mailed)
    year, day = _birthdays(contacts["birthday"])
    return Records(
        ids,
        _shown(contacts),
        _is_person(contacts),
        contacts["owner_id"].fill_null(0).cast(pl.Int64).to_numpy(),
        *_lists(contacts),
        name,
        names,
        company[: len(ids)],
        company[len(ids) :],
        companies,
        _towns(contacts["location"]),
        year,
        day,
        _since(contacts["connected_at"]),
        holdings,
    )


def _is_person(contacts: pl.DataFrame) -> Bools:
    return (~contacts["relation"].fill_null("").is_in(_NOBODIES)).to_numpy().astype(bool)


def _shown(contacts: pl.DataFrame) -> list[str]:
    parts = pl.concat_str("given_name", "family_name", separator=" ", ignore_nulls=True)
    joined = pl.when(parts.str.len_chars() > 0).then(parts)
    return (
        contacts.select(pl.coalesce("full_name", joined, "nickname").fill_null(""))
        .to_series()
        .to_list()
    )


def _numbered(values: list[str]) -> tuple[Ints, list[str]]:
    """Number the distinct texts in sorted order; an empty one is -1."""
    known = sorted(set(values) - {""})
    numbers = {v: i for i, v in enumerate(known)}
    return np.array([numbers.get(v, -1) for v in values], dtype=np.int64), known


def _lists(contacts: pl.DataFrame) -> tuple[Ints, Ints, Bools, Ints, Ints]:
    source = contacts["source"].fill_null("").to_list()
    relation = contacts["relation"].fill_null("").to_list()
    owner = contacts["owner_id"].fill_null(0).to_list()
    clean = [pair in _CLEAN for pair in zip(source, relation, strict=True)]
    # An address book that was uploaded to a platform is no list of people met there.
    books = [one == "address_book" for one in relation]
    keys = list(zip(owner, source, clean, books, strict=True))
    known = sorted(set(keys))
    numbers = {key: i for i, key in enumerate(known)}
    list_of = np.array([numbers[key] for key in keys], dtype=np.int64)
    platform, _ = _numbered([f"{_PLATFORMS.get(key[1], key[1])} {key[3]}" for key in known])
    return (
        list_of,
        np.bincount(list_of[_is_person(contacts)], minlength=len(known)),
        np.array([key[2] for key in known], dtype=bool),
        np.array([key[0] for key in known], dtype=np.int64),
        platform,
    )


def _mail_companies(holdings: Holdings, size: int) -> list[str]:
    found = [""] * size
    for kind in (ROLE_BOX, MAIL_BOX):
        for record, address in holdings.of_kind(kind):
            found[record] = mail_company(address) or found[record]
    return found


def _spelt_out(mailed: list[str], stated: list[str], written: pl.Series) -> list[str]:
    """Take the first word of one stated employer for it: swanson.com is Swanson, Elliott & Sons."""
    known = set(stated)
    employers: dict[str, set[str]] = {}
    for text, key in set(zip(written.to_list(), stated, strict=True)):
        head = first_word(text or "")
        if len(head) >= _SHORTEST_HEAD and head != key:
            employers.setdefault(head, set()).add(key)
    found = {head: min(keys) for head, keys in employers.items() if len(keys) == 1}
    return [key if key in known else found.get(key, key) for key in mailed]


def _names(
    contacts: pl.DataFrame, holdings: Holdings, stated: list[str], mailed: list[str]
) -> tuple[Ints, Names]:
    """Parse the names; take tags off, which then name the employer; complete from addresses."""
    written = _written(contacts, holdings)
    owners = contacts["owner_id"].fill_null(0).to_list()
    found = parse_all(written)
    tags = find_tags(found, written, owners, {*stated, *mailed})
    if tags:
        for place, name in enumerate(found):
            if written[place].is_card:
                found[place], tag = without_tag(name, tags, owners[place])
                stated[place] = stated[place] or tag
    families = frozenset(word for name in found if name.kind == FULL for word in name.family)
    for record, address in holdings.of_kind(MAIL_BOX):
        found[record] = complete(found[record], address, families)
    numbers: dict[Name, int] = {}
    name_of = [numbers.setdefault(name, len(numbers)) for name in found]
    return np.array(name_of, dtype=np.int64), as_numbers(list(numbers))


def _written(contacts: pl.DataFrame, holdings: Holdings) -> list[Written]:
    slugs = {record: slug_of(value) for record, value in holdings.of_kind(PROFILE)}
    columns = [pl.col(c).fill_null("").str.slice(0, _LONGEST_NAME) for c in _NAME_COLUMNS]
    rows = contacts.select(*columns, "source", "relation").rows()
    return [
        Written(full, given, family, nick, slugs.get(place, ""), (source, relation) not in _CLEAN)
        for place, (full, given, family, nick, source, relation) in enumerate(rows)
    ]


def _towns(column: pl.Series) -> Ints:
    """Number the first part of a place: "Bern, Switzerland" and "bern" are one town."""
    first = {v: company_key(v.split(",")[0]) for v in column.unique().to_list() if v}
    return _numbered([first.get(v, "") for v in column.to_list()])[0]


def _since(column: pl.Series) -> Ints:
    days = column.cast(pl.Datetime("us", "UTC")).dt.epoch("d").cast(pl.Int64)
    return days.fill_null(-1).to_numpy().astype(np.int64)


def _birthdays(column: pl.Series) -> tuple[Ints, Ints]:
    text = column.cast(pl.String)
    full = text.str.extract(r"^(\d{4})-\d\d-\d\d").cast(pl.Int64)
    day = text.str.extract(r"^(?:\d{4}|-)-(\d\d-\d\d)").str.replace("-", "").cast(pl.Int64)
    year = pl.select(pl.when(full >= _FIRST_YEAR).then(full).otherwise(-1)).to_series()
    return (
        year.fill_null(-1).to_numpy().astype(np.int64),
        day.fill_null(-1).to_numpy().astype(np.int64),
    )
