"""How much the lists of one owner have in common, counted by equal names; weighs no pair."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from notworking.resolve.tally import Tally
from notworking.resolve.tokens import Floats, Ints
from notworking.resolve.weights import weight


@dataclass(frozen=True, slots=True)
class Overlaps:
    """How often people stand in further lists of one owner under the same name.

    Attributes:
        one: Share of a list's rows (first axis) that another list (second axis) has as well; on
            the diagonal, how many further rows of the same list are the same person.
        both: Per owner, share of the people of two lists (by their columns) that a third has.
    """

    one: Floats
    both: Floats


def overlaps(tally: Tally) -> Overlaps:
    """Estimate what every two, and every three, lists of an owner have in common."""
    owners, columns = tally.lists.shape
    one = np.zeros((len(tally.size), len(tally.size)))
    both = np.zeros((owners, columns, columns, columns))
    for place, known in enumerate(tally.lists):
        lists = known[known >= 0]
        rows = slice(tally.starts[place], tally.starts[place + 1])
        count, chance = tally.count[rows, : len(lists)], tally.chance[rows]
        found = _of_two(count.astype(np.float64), chance, tally.size[lists])
        one[np.ix_(lists, lists)] = found
        used = slice(0, len(lists))
        both[place, used, used, used] = _of_three(count, chance, tally.size[lists], found)
    return Overlaps(one, both)


def _of_two(count: Floats, chance: Floats, size: Ints) -> Floats:
    """Return what each list has in common with each, from the smaller one's rows.

    How often a name of one list stands in the other is taken as a share of its people and,
    beside them, strangers in proportion to its chance: two unknowns, fitted by least squares and
    leaning on what is usual. Names of which a stranger is expected now and then count most: of
    the commonest nobody knows the chance well enough, and the rarest are mostly slips of the pen.
    """
    strangers = chance[:, None] * size
    middle = weight("overlap", "telling")
    telling = 4.0 * middle * strangers / (strangers + middle) ** 2
    # A name that some fault has filled a list with speaks no louder than others.
    stands = np.minimum(count, 2.0)
    shown = np.minimum(count, 2.0 + 2.0 * strangers)
    powers = (1.0, strangers, strangers**2, shown, strangers * shown)
    rows, first, second, seen, seen_first = (stands.T @ (telling * power) for power in powers)
    own = np.diag_indices(len(size))
    # A row is no further row of itself.
    seen[own] -= rows[own]
    seen_first[own] -= first[own]
    usual = np.full(rows.shape, weight("overlap", "usual"))
    usual[own] = weight("overlap", "again")
    pseudo, steady = weight("overlap", "pseudo_rows"), weight("overlap", "pseudo_slope")
    rows, second = rows + pseudo, second + steady
    seen, seen_first = seen + pseudo * usual, seen_first + steady
    share = (seen * second - seen_first * first) / (rows * second - first**2)
    share = np.clip(share, weight("overlap", "least"), weight("overlap", "most"))
    # Taken from the smaller list's rows, and told of both.
    small = size[:, None] < size[None, :]
    small |= (size[:, None] == size[None, :]) & (
        np.arange(len(size))[:, None] <= np.arange(len(size))
    )
    told = np.where(small, share, share.T * size[None, :] / np.maximum(size[:, None], 1))
    return np.asarray(told)


def _of_three(count: NDArray[np.int32], chance: Floats, size: Ints, one: Floats) -> Floats:
    """Return the share of the people of two lists that stand in a third.

    Counted among names so rare that two of a kind are one person; leaning on what says nothing,
    as many as there would be if the two were two people.
    """
    rare = chance * size.max(initial=0) < weight("overlap", "rare_below")
    stands = (count[rare] > 0).astype(np.float64)
    pseudo = weight("overlap", "pseudo_third")
    found = np.empty((len(size),) * 3)
    for column in range(len(size)):
        with_it = stands[stands[:, column] > 0]
        third, counted = with_it.T @ with_it, with_it.sum(axis=0)
        neutral = 1.0 - (1.0 - one[column][None, :]) * (1.0 - one)
        found[column] = (third + pseudo * neutral) / (counted[:, None] + pseudo)
        # Two rows of one list, if they are one person, say no more than one of them.
        found[column, column] = one[column]
    return found
