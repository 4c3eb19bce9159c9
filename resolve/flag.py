"""Groups and pairs the user should look at; changes nothing."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl

from notworking.resolve.holdings import MAIL_BOX, PHONE
from notworking.resolve.namebook import is_named
from notworking.resolve.pairs import Pairs
from notworking.resolve.prepare import Records
from notworking.resolve.tokens import DIFFERENT, Bools, Ints
from notworking.resolve.weights import weight

FLAG_SCHEMA: dict[str, Any] = {"contact_ids": pl.List(pl.Int64), "reason": pl.String}

_HANDS = {
    PHONE: "one phone number, two names: it may have changed hands",
    MAIL_BOX: "one mail address, two names: it may have changed hands",
}


def flag(pairs: Pairs, groups: Ints) -> pl.DataFrame:
    """Return doubtful groups, and addresses that seem to have changed hands."""
    found = [*_doubtful_groups(pairs.records, groups), *_changed_hands(pairs)]
    return pl.DataFrame(sorted(found), schema=FLAG_SCHEMA, orient="row")


def _doubtful_groups(records: Records, groups: Ints) -> list[tuple[list[int], str]]:
    asked = _worth_a_look(records, groups)[groups]
    order = np.argsort(groups, kind="stable")
    order = order[asked[order]]
    starts = np.flatnonzero(np.diff(groups[order], prepend=-1))
    found = []
    for members in np.split(order, starts[1:]):
        reason = _doubt(records, members)
        if reason:
            found.append((records.ids[members].tolist(), reason))
    return found


def _worth_a_look(records: Records, groups: Ints) -> Bools:
    """Tell which groups are large, or have several rows of a clean list or several birthdays."""
    size = max(len(groups), 1)
    large = np.bincount(groups, minlength=size) > weight("limit", "largest_cluster")
    clean = np.flatnonzero(records.list_is_clean[records.list_of])
    codes = np.sort(records.list_of[clean] * size + groups[clean])
    large[codes[1:][codes[1:] == codes[:-1]] % size] = True
    dated = (records.year >= 0) & (records.day >= 0)
    return np.asarray(large | (np.bincount(groups[dated], minlength=size) > 1))


def _doubt(records: Records, members: Ints) -> str:
    if len(members) > weight("limit", "largest_cluster"):
        return f"{len(members)} contacts are a lot for one person"
    lists = records.list_of[members]
    clean = lists[records.list_is_clean[lists]].tolist()
    if len(clean) != len(set(clean)):
        return "two entries of one list, where people stand once"
    dated = members[(records.year[members] >= 0) & (records.day[members] >= 0)]
    birthdays = set(zip(records.year[dated].tolist(), records.day[dated].tolist(), strict=True))
    return "two different birthdays" if len(birthdays) > 1 else ""


def _changed_hands(pairs: Pairs) -> list[tuple[list[int], str]]:
    """A number or address that two contacts with full and quite different names hold."""
    records, shared, like = pairs.records, pairs.shared, pairs.like
    named, rows = is_named(records.names), shared.pair
    left, right = pairs.left[rows], pairs.right[rows]
    different = (like.given[rows] == DIFFERENT) & (like.family[rows] == DIFFERENT)
    both_named = named[records.name[left]] & named[records.name[right]]
    held = records.holdings
    kind = held.kind[np.searchsorted(held.identifier, shared.identifier)]
    told = different & both_named & (shared.holders == 2) & np.isin(kind, list(_HANDS))
    return [
        ([int(records.ids[left[i]]), int(records.ids[right[i]])], _HANDS[int(kind[i])])
        for i in np.flatnonzero(told).tolist()
    ]
