"""How alike two names are as a whole, for many pairs at once; knows words and levels, no odds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from notworking.resolve.prepare import Names
from notworking.resolve.tokens import (
    DIFFERENT,
    EQUAL,
    MISSING,
    NICKNAME,
    PART,
    Bools,
    Ints,
    family_levels,
    given_levels,
)


@dataclass(frozen=True, slots=True)
class Likeness:
    """Levels of pairs of names, and the words they rest on.

    Attributes:
        given: Level of the given names.
        given_left: Word of the left name that the level rests on, -1 for none.
        given_right: Likewise of the right name.
        family: Level of the family names.
        family_left: As for the given name.
        family_right: As for the given name.
        swapped: The given name of one is the family name of the other.
        middle: 1 equal middle letters, -1 different ones, 0 unknown.
        suffix: Whether the suffixes differ.
    """

    given: Ints
    given_left: Ints
    given_right: Ints
    family: Ints
    family_left: Ints
    family_right: Ints
    swapped: Bools
    middle: Ints
    suffix: Bools


def compare_names(names: Names, left: Ints, right: Ints) -> Likeness:
    """Compare names pair by pair."""
    found = Likeness(
        *_given(names, left, right),
        *_family(names, left, right),
        np.zeros(len(left), dtype=bool),
        _middle(names, left, right),
        names.suffix[left] != names.suffix[right],
    )
    _turn_round(names, left, right, found)
    return found


def _given(names: Names, left: Ints, right: Ints) -> tuple[Ints, Ints, Ints]:
    """Take the best of the first names, the joined names and the nicknames."""
    x, y = names.given[left], names.given[right]
    level = given_levels(names.vocabulary, x[:, 0], y[:, 0])
    best_x, best_y = x[:, 0].copy(), y[:, 0].copy()
    for i in range(x.shape[1]):
        for j in range(y.shape[1]):
            rows = np.flatnonzero((x[:, i] >= 0) & (y[:, j] >= 0) & (level < EQUAL))
            if i == j == 0 or not len(rows):
                continue
            again = given_levels(names.vocabulary, x[rows, i], y[rows, j])
            if i > 1 or j > 1:
                again = np.minimum(again, NICKNAME)
            better = again > level[rows]
            chosen = rows[better]
            level[chosen] = again[better]
            best_x[chosen], best_y[chosen] = x[chosen, i], y[chosen, j]
    return level, best_x, best_y


def _family(names: Names, left: Ints, right: Ints) -> tuple[Ints, Ints, Ints]:
    x, y = names.family[left], names.family[right]
    level = family_levels(names.vocabulary, x[:, 0], y[:, 0])
    best_x, best_y = x[:, 0].copy(), y[:, 0].copy()
    several = (x[:, 1] >= 0) | (y[:, 1] >= 0) | (names.others[left, 0] >= 0)
    rows = np.flatnonzero((several | (names.others[right, 0] >= 0)) & (level != MISSING))
    if len(rows):
        found = _family_sets(names, left[rows], right[rows])
        found[0][:] = np.maximum(found[0], np.minimum(level[rows], NICKNAME - 1))
        level[rows] = found[0]
        shared = found[1] >= 0
        best_x[rows[shared]] = best_y[rows[shared]] = found[1][shared]
    return level, best_x, best_y


def _family_sets(names: Names, left: Ints, right: Ints) -> tuple[Ints, Ints]:
    """Compare double names and names aside as sets of words; return level and a shared word."""
    x, y = names.family[left], names.family[right]
    all_x = np.concatenate([x, names.others[left]], axis=1)
    all_y = np.concatenate([y, names.others[right]], axis=1)
    x_found = (x[:, :, None] == all_y[:, None, :]).any(axis=2) & (x >= 0)
    y_found = (y[:, :, None] == all_x[:, None, :]).any(axis=2) & (y >= 0)
    covered = (x_found | (x < 0)).all(axis=1) & (y_found | (y < 0)).all(axis=1)
    shared = np.where(
        x_found.any(axis=1),
        x[np.arange(len(x)), x_found.argmax(axis=1)],
        np.where(y_found.any(axis=1), y[np.arange(len(y)), y_found.argmax(axis=1)], -1),
    )
    level = np.where(covered, EQUAL, np.where(shared >= 0, PART, DIFFERENT))
    return level, shared


def _middle(names: Names, left: Ints, right: Ints) -> Ints:
    x, y = names.middle[left], names.middle[right]
    return np.where((x < 0) | (y < 0), 0, np.where(x == y, 1, -1))


def _turn_round(names: Names, left: Ints, right: Ints, found: Likeness) -> None:
    """Where the names disagree as they stand, try family name first; writes into ``found``."""
    rows = np.flatnonzero((found.given == DIFFERENT) & (found.family == DIFFERENT))
    x, y = left[rows], right[rows]
    one = _is_among(names.given[x][:, :2], names.family[y])
    other = _is_among(names.given[y][:, :2], names.family[x])
    hit = one & other
    rows, x, y = rows[hit], x[hit], y[hit]
    found.given[rows] = found.family[rows] = EQUAL
    found.swapped[rows] = True
    found.given_left[rows] = found.given_right[rows] = names.given[x, 0]
    found.family_left[rows] = found.family_right[rows] = names.given[y, 0]


def _is_among(some: Ints, others: Ints) -> Bools:
    equal = (some[:, :, None] == others[:, None, :]) & (some >= 0)[:, :, None]
    return np.asarray(equal.any(axis=(1, 2)))
