"""Frames of contacts and points to columns of numbers; scores nothing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from notworking.resolve.columns import changed, numbered
from notworking.resolve.holdings import MAIL_BOX, PROFILE, ROLE_BOX, Holdings, gather
from notworking.resolve.identifiers import company_key, first_word, mail_company, slug_of
from notworking.resolve.namebook import (
    Names,
    as_numbers,
    complete_all,
    find_tags,
    parse_all,
    take_tags,
)
from notworking.resolve.names import Written
from notworking.resolve.talks import Rooms, find_rooms
from notworking.resolve.tokens import Bools, Ints

#: Lists in which a row stands for one person, and people write their own names.
_CLEAN = frozenset({("linkedin", "connection"), ("facebook", "friend")})
_PLATFORMS = {"messenger": "facebook"}
_NOBODIES = ("group", "organisation")
_NAME_COLUMNS = ("full_name", "given_name", "family_name", "nickname")
_TOLD = {
    "threads": pl.List(pl.Int64),
    "rooms": pl.List(pl.Int64),
    "first_message": pl.String(),
}
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
        profile: Number of the LinkedIn profile among the identifiers, -1 for none.
        opening: Number of the first message exchanged, -1 for none.
        rooms: Who is a member of which conversation of several.
        holdings: Who holds which identifier.
    """

    ids: Ints
    shown: pl.Series
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
    profile: Ints
    opening: Ints
    rooms: Rooms
    holdings: Holdings


def prepare(contacts: pl.DataFrame, points: pl.DataFrame) -> Records:
    """Return every contact as numbers; the order of rows in the frames does not matter."""
    contacts = _complete(in_order(contacts))
    ids = contacts["contact_id"].to_numpy().astype(np.int64)
    holdings = gather(contacts, points, ids)
    stated = changed(contacts["company"], company_key)
    mailed = _spelt_out(_mail_companies(holdings, len(ids)), stated, contacts["company"])
    name, names, tags = _names(contacts, holdings, {*stated.unique(), *mailed.unique()})
    company, companies = numbered(pl.concat([_filled(stated, tags), mailed]))
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
        _profiles(holdings, len(ids)),
        numbered(contacts["first_message"].fill_null(""))[0],
        find_rooms(contacts["rooms"]),
        holdings,
    )


def in_order(contacts: pl.DataFrame) -> pl.DataFrame:
    """Return contacts by their ids, each once; the frame itself where it is so already."""
    if (contacts["contact_id"].diff().drop_nulls() > 0).all():
        return contacts
    return contacts.unique("contact_id", keep="any").sort("contact_id")


def _complete(contacts: pl.DataFrame) -> pl.DataFrame:
    """Add the columns of what conversations tell, empty, where nothing is known of any."""
    missing = {name: kind for name, kind in _TOLD.items() if name not in contacts.columns}
    return contacts.with_columns(pl.lit(None, kind).alias(name) for name, kind in missing.items())


def _is_person(contacts: pl.DataFrame) -> Bools:
    return (~contacts["relation"].fill_null("").is_in(_NOBODIES)).to_numpy().astype(bool)


def _shown(contacts: pl.DataFrame) -> pl.Series:
    parts = pl.concat_str("given_name", "family_name", separator=" ", ignore_nulls=True)
    joined = pl.when(parts.str.len_chars() > 0).then(parts)
    return contacts.select(pl.coalesce("full_name", joined, "nickname").fill_null("")).to_series()


def _lists(contacts: pl.DataFrame) -> tuple[Ints, Ints, Bools, Ints, Ints]:
    kinds = contacts.select(
        pl.col("owner_id").fill_null(0), pl.col("source", "relation").fill_null("")
    )
    known = kinds.unique().sort("owner_id", "source", "relation")
    # An address book that was uploaded to a platform is no list of people met there.
    keys = [
        (owner, source, (source, relation) in _CLEAN, relation == "address_book")
        for owner, source, relation in known.iter_rows()
    ]
    lists = sorted(set(keys))
    number = known.with_columns(
        pl.Series("list", [lists.index(key) for key in keys], dtype=pl.Int64)
    )
    list_of = kinds.join(
        number, on=["owner_id", "source", "relation"], how="left", maintain_order="left"
    )["list"].to_numpy()
    platforms = [f"{_PLATFORMS.get(key[1], key[1])} {key[3]}" for key in lists]
    return (
        list_of.astype(np.int64),
        np.bincount(list_of[_is_person(contacts)], minlength=len(lists)),
        np.array([key[2] for key in lists], dtype=bool),
        np.array([key[0] for key in lists], dtype=np.int64),
        numbered(pl.Series(platforms, dtype=pl.String))[0],
    )


def _mail_companies(holdings: Holdings, size: int) -> pl.Series:
    found = [""] * size
    for kind in (ROLE_BOX, MAIL_BOX):
        for record, address in holdings.of_kind(kind):
            found[record] = mail_company(address) or found[record]
    return pl.Series(found, dtype=pl.String)


def _spelt_out(mailed: pl.Series, stated: pl.Series, written: pl.Series) -> pl.Series:
    """Take the first word of one stated employer for it: swanson.com is Swanson, Elliott & Sons."""
    employers: dict[str, set[str]] = {}
    for text, key in (
        pl.DataFrame([written.alias("text"), stated.alias("key")]).unique().iter_rows()
    ):
        head = first_word(text or "")
        if len(head) >= _SHORTEST_HEAD and head != key:
            employers.setdefault(head, set()).add(key)
    known = set(stated.unique().to_list())
    found = {head: min(keys) for head, keys in employers.items() if len(keys) == 1}
    return changed(mailed, lambda key: key if key in known else found.get(key, key))


def _names(
    contacts: pl.DataFrame, holdings: Holdings, companies: set[str]
) -> tuple[Ints, Names, dict[int, str]]:
    """Parse the names; take tags off, which then name the employer; complete from addresses."""
    parsed = parse_all(_written(contacts, holdings))
    parsed, tags = take_tags(parsed, find_tags(parsed, companies))
    complete_all(parsed, holdings.of_kind(MAIL_BOX))
    return *as_numbers(parsed), tags


def _filled(stated: pl.Series, tags: dict[int, str]) -> pl.Series:
    """Take the tag for the employer of contacts that state none."""
    if not tags:
        return stated
    keys = stated.to_list()
    for record, tag in tags.items():
        keys[record] = keys[record] or tag
    return pl.Series(keys, dtype=pl.String)


def _written(contacts: pl.DataFrame, holdings: Holdings) -> pl.DataFrame:
    """Return the columns of ``names.Written``, and the owner."""
    slugs = [""] * contacts.height
    for record, value in holdings.of_kind(PROFILE):
        slugs[record] = slug_of(value) or slugs[record]
    columns = zip(Written._fields, _NAME_COLUMNS, strict=False)
    clean = [
        (pl.col("source") == source) & (pl.col("relation") == relation)
        for source, relation in sorted(_CLEAN)
    ]
    return contacts.select(
        *(pl.col(c).fill_null("").str.slice(0, _LONGEST_NAME).alias(name) for name, c in columns),
        pl.Series("slug", slugs, dtype=pl.String),
        (~pl.any_horizontal(clean)).fill_null(True).alias("is_card"),
        pl.col("owner_id").fill_null(0).alias("owner"),
    )


def _towns(column: pl.Series) -> Ints:
    """Number the first part of a place: "Bern, Switzerland" and "bern" are one town."""
    return numbered(changed(column, lambda place: company_key(place.split(",")[0])))[0]


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


def _profiles(holdings: Holdings, size: int) -> Ints:
    profile = np.full(size, -1, dtype=np.int64)
    rows = np.flatnonzero(holdings.kind == PROFILE)
    values = holdings.values.gather(holdings.identifier[rows])
    rows = rows[values.str.starts_with("linkedin/").to_numpy().astype(bool)]
    profile[holdings.record[rows]] = holdings.identifier[rows]
    return profile
