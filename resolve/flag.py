"""Groups and pairs the user should look at; changes nothing."""

from __future__ import annotations

import numpy as np
import polars as pl

from notworking.resolve.evidence import Scored
from notworking.resolve.prepare import PHONE, MAIL_BOX, Records, is_named
from notworking.resolve.tokens import DIFFERENT, Ints
from notworking.resolve.weights import weight

FLAG_SCHEMA = {"contact_ids": pl.List(pl.Int64), "reason": pl.String}


def flag(scored: Scored, group: Ints) -> pl.DataFrame:
    """Return doubtful groups, and addresses that seem to have changed hands."""
    found = [*_doubtful_groups(scored.records, group), *_changed_hands(scored)]
    return pl.DataFrame(sorted(found), schema=FLAG_SCHEMA, orient="row")


def _doubtful_groups(records: Records, group: Ints) -> list[tuple[list[int], str]]:
    sizes = np.bincount(group, minlength=len(group))
    order = np.argsort(group, kind="stable")
    order = order[sizes[group[order]] > 1]
    starts = np.flatnonzero(np.diff(group[order], prepend=-1))
    found = []
    for members in np.split(order, starts[1:]):
        reason = _doubt(records, members) if len(members) else ""
        if reason:
            found.append((records.ids[members].tolist(), reason))
    return found


def _doubt(records: Records, members: Ints) -> str:
    if len(members) > weight("limit", "largest_cluster"):
        return f"{len(members)} contacts are a lot for one person"
    lists = records.list_of[members]
    clean = lists[records.list_is_clean[lists]]
    if len(clean) != len(set(clean.tolist())):
        return "two entries of one list, where people stand once"
    dated = members[(records.year[members] >= 0) & (records.day[members] >= 0)]
    birthdays = set(zip(records.year[dated].tolist(), records.day[dated].tolist(), strict=True))
    return "two different birthdays" if len(birthdays) > 1 else ""


def _changed_hands(scored: Scored) -> list[tuple[list[int], str]]:
    """A number or address that two contacts with full and quite different names hold."""
    records, shared = scored.records, scored.shared
    named = is_named(records.names)
    rows = shared.pair
    apart = (
        (scored.like.given[rows] == DIFFERENT)
        & (scored.like.family[rows] == DIFFERENT)
        & named[records.name[scored.left[rows]]]
        & named[records.name[scored.right[rows]]]
        & (shared.holders == 2)
    )
    held = records.holdings
    kind = held.kind[np.searchsorted(held.identifier, shared.identifier)]
    words = {PHONE: "one phone number, two names", MAIL_BOX: "one mail address, two names"}
    found = []
    for place in np.flatnonzero(apart & np.isin(kind, list(words))).tolist():
        a, b = scored.left[rows[place]], scored.right[rows[place]]
        reason = f"{words[int(kind[place])]}: it may have changed hands"
        found.append(([int(records.ids[a]), int(records.ids[b])], reason))
    return found
