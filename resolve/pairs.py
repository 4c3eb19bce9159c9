"""Candidate pairs with everything that is the same or different about them; weighs nothing."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np

from notworking.resolve.compare import Likeness, compare_names
from notworking.resolve.prepare import Records
from notworking.resolve.shared import Shared, find_shared
from notworking.resolve.tokens import DIFFERENT, Bools, Ints


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of contacts, ascending, the first place smaller than the second.

    Attributes:
        records: All contacts.
        left: Place of one contact of each pair.
        right: Place of the other.
        like: How alike their names are.
        shared: The identifiers some of them share.
    """

    records: Records
    left: Ints
    right: Ints
    like: Likeness
    shared: Shared


def make_pairs(records: Records, left: Ints, right: Ints) -> Pairs:
    """Compare the names of candidate pairs and find what identifiers they share."""
    like = compare_names(records.names, records.name[left], records.name[right])
    return Pairs(records, left, right, like, find_shared(records, left, right, like))


def drop_hopeless(pairs: Pairs, wanted: Bools) -> Pairs:
    """Leave out pairs with a differing name and nothing else in common, unless wanted.

    In a large pool they are most of the pairs, none comes near the least probability that is
    told, and what they say against a group is found again when the group is made.
    """
    records, like = pairs.records, pairs.like
    differs = (like.given == DIFFERENT) | (like.family == DIFFERENT)
    keep = ~differs | wanted
    keep[pairs.shared.pair] = True
    for column in (records.company, records.mail_company, records.day):
        keep |= (column[pairs.left] >= 0) & (column[pairs.left] == column[pairs.right])
    rows = np.flatnonzero(keep)
    kept = {field.name: getattr(like, field.name)[rows] for field in fields(Likeness)}
    shared = replace(pairs.shared, pair=np.searchsorted(rows, pairs.shared.pair))
    return Pairs(records, pairs.left[rows], pairs.right[rows], Likeness(**kept), shared)
