"""How often each full name stands in each list of an owner; weighs no pair."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from notworking.resolve.frequency import Frequencies, family_share, given_share, lift
from notworking.resolve.names import FULL
from notworking.resolve.prepare import Records
from notworking.resolve.tokens import Floats, Ints
from notworking.resolve.weights import weight


@dataclass(frozen=True, slots=True)
class Tally:
    """One row for each owner and full name, sorted by owner; one column for each of their lists.

    Attributes:
        row: Row of each contact, -1 where the name is not full.
        count: How often the name stands in each list.
        chance: The chance that a stranger has it.
        lists: The owner's lists in the order of the columns, per owner, -1 for none.
        owner: Place of the owner of each list among the rows of ``lists``.
        column: Column of each list.
        starts: Where the rows of each owner begin; one more than there are owners.
        size: Rows with a full name, per list.
    """

    row: Ints
    count: NDArray[np.int32]
    chance: Floats
    lists: Ints
    owner: Ints
    column: Ints
    starts: Ints
    size: Ints


def count_names(records: Records, found: Frequencies) -> Tally:
    """Count the full names of every list."""
    full = np.flatnonzero(records.is_person & (records.names.kind[records.name] == FULL))
    name, list_of = records.name[full], records.list_of[full]
    words = max(len(records.names.vocabulary.words), 1)
    given, family = records.names.given[name, 0], records.names.family[name, 0]
    known, number = np.unique(given * words + family, return_inverse=True)
    chance = _chance(found, known // words, known % words)
    owners, owner = np.unique(records.list_owner, return_inverse=True)
    lists, column = _columns(owner, len(owners))
    size = max(len(known), 1)
    codes, place = np.unique(owner[list_of] * size + number, return_inverse=True)
    count = np.zeros((len(codes), lists.shape[1]), dtype=np.int32)
    np.add.at(count, (place, column[list_of]), 1)
    row = np.full(len(records.ids), -1, dtype=np.int64)
    row[full] = place
    return Tally(
        row,
        count,
        chance[codes % size],
        lists,
        owner,
        column,
        np.searchsorted(codes, np.arange(len(owners) + 1) * size),
        np.bincount(list_of, minlength=len(owner)),
    )


def _columns(owner: Ints, owners: int) -> tuple[Ints, Ints]:
    """Give each list a column among its owner's; return the lists per owner and the columns."""
    order = np.argsort(owner, kind="stable")
    many = np.bincount(owner, minlength=owners)
    column = np.empty(len(owner), dtype=np.int64)
    column[order] = np.arange(len(owner)) - np.repeat(np.cumsum(many) - many, many)
    lists = np.full((owners, int(many.max(initial=0))), -1, dtype=np.int64)
    lists[owner, column] = np.arange(len(owner))
    return lists, column


def _chance(found: Frequencies, given: Ints, family: Ints) -> Floats:
    """Return the chance that a stranger has a name, one bearer of it left out."""
    one = np.ones(len(given), dtype=np.int64)
    apart = given_share(found, given, one) * family_share(found, family, one)
    return apart * lift(found, given, family) + weight("rarity", "namesake")
