"""How alike two names are as a whole, for many pairs at once; knows words and levels, no odds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from notworking.resolve.namebook import Names
from notworking.resolve.tokens import (
    DIFFERENT,
    EQUAL,
    MISSING,
    NEAR,
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
        is_double: PART of a double name: one contact bears all family names the other has.
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
    is_double: Bools
    swapped: Bools
    middle: Ints
    suffix: Bools


def compare_names(names: Names, left: Ints, right: Ints) -> Likeness:
    """Compare names pair by pair."""
    given, given_left, given_right = _given(names, left, right)
    family, family_left, family_right, is_double = _family(names, left, right)
    found = Likeness(
        given,
        given_left,
        given_right,
        family,
        family_left,
        family_right,
        is_double,
        np.zeros(len(left), dtype=bool),
        _middle(names, left, right),
        names.suffix[left] != names.suffix[right],
    )
    _turn_round(names, left, right, found)
    return found


def _given(names: Names, left: Ints, right: Ints) -> tuple[Ints, Ints, Ints]:
    """Take the best of the first names, the joined names and the nicknames.

    Of equally good ones the words that stand first in the vocabulary count, so that it does not
    matter which contact is left and which right.
    """
    first = np.ascontiguousarray(names.given[:, 0])
    best_x, best_y = first[left], first[right]
    level = given_levels(names.vocabulary, best_x, best_y)
    has_more: Bools = np.asarray((names.given[:, 1:] >= 0).any(axis=1))
    several = np.flatnonzero((has_more[left] | has_more[right]) & (level < EQUAL))
    x, y = names.given[left[several]], names.given[right[several]]
    for i in range(x.shape[1]):
        for j in range(y.shape[1]):
            has = np.flatnonzero((x[:, i] >= 0) & (y[:, j] >= 0) & (level[several] < EQUAL))
            if i == j == 0 or not len(has):
                continue
            rows, one, other = several[has], x[has, i], y[has, j]
            again = given_levels(names.vocabulary, one, other)
            if i > 1 or j > 1:
                again = np.minimum(again, NICKNAME)
            earlier = _order(names, one, other) < _order(names, best_x[rows], best_y[rows])
            better = (again > level[rows]) | ((again == level[rows]) & earlier)
            chosen = rows[better]
            level[chosen] = again[better]
            best_x[chosen], best_y[chosen] = one[better], other[better]
    return level, best_x, best_y


def _order(names: Names, one: Ints, other: Ints) -> Ints:
    return np.minimum(one, other) * len(names.vocabulary.words) + np.maximum(one, other)


def _family(names: Names, left: Ints, right: Ints) -> tuple[Ints, Ints, Ints, Bools]:
    first = np.ascontiguousarray(names.family[:, 0])
    best_x, best_y = first[left], first[right]
    level = family_levels(names.vocabulary, best_x, best_y)
    is_double = np.zeros(len(level), dtype=bool)
    several = (names.family[:, 1] >= 0) | (names.others[:, 0] >= 0)
    rows = np.flatnonzero((several[left] | several[right]) & (level != MISSING))
    if len(rows):
        sets, shared, is_double[rows] = _family_sets(names, left[rows], right[rows])
        level[rows] = np.maximum(sets, np.minimum(level[rows], NICKNAME - 1))
        known = shared >= 0
        best_x[rows[known]] = best_y[rows[known]] = shared[known]
    return level, best_x, best_y, is_double


def _family_sets(names: Names, left: Ints, right: Ints) -> tuple[Ints, Ints, Bools]:
    """Compare double names and names aside as sets.

    Returns the level, the rarest shared word, and whether all family names of the one are among
    those of the other.
    """
    x, y = names.family[left], names.family[right]
    all_x = np.concatenate([x, names.others[left]], axis=1)
    all_y = np.concatenate([y, names.others[right]], axis=1)
    x_found, y_found = _found(x, all_y), _found(y, all_x)
    covered = (x_found | (x < 0)).all(axis=1) & (y_found | (y < 0)).all(axis=1)
    shared = _rarest(names, np.where(np.hstack([x_found, y_found]), np.hstack([x, y]), -1))
    level = np.where(covered, EQUAL, np.where(shared >= 0, PART, DIFFERENT))
    inside = (_found(x, y) | (x < 0)).all(axis=1) | (_found(y, x) | (y < 0)).all(axis=1)
    return level, shared, inside & (level == PART)


def _found(words: Ints, among: Ints) -> Bools:
    """Tell which of the words of each row are among others."""
    found = np.zeros(words.shape, dtype=bool)
    for place in range(among.shape[1]):
        found |= words == among[:, place : place + 1]
    return np.asarray(found & (words >= 0))


def _rarest(names: Names, words: Ints) -> Ints:
    """Return the word of each row that fewest names have, -1 for a row without words."""
    size = len(names.vocabulary.words)
    counts = np.bincount(names.family[names.family >= 0], minlength=size)
    rank = np.where(words >= 0, counts[words] * size + words, np.iinfo(np.int64).max)
    return np.asarray(words[np.arange(len(words)), rank.argmin(axis=1)])


def _middle(names: Names, left: Ints, right: Ints) -> Ints:
    x, y = names.middle[left], names.middle[right]
    return np.where((x < 0) | (y < 0), 0, np.where(x == y, 1, -1))


def _turn_round(names: Names, left: Ints, right: Ints, found: Likeness) -> None:
    """Where the names disagree as they stand, try family name first; writes into ``found``.

    Nobody knows which of the two crossed pairs are the given names: one has to be equal and
    counts as the family name, the other may be a short form.
    """
    rows = np.flatnonzero((found.given == DIFFERENT) & (found.family == DIFFERENT))
    x, y = left[rows], right[rows]
    given_x, given_y = names.given[x, 0], names.given[y, 0]
    family_x, family_y = names.family[x, 0], names.family[y, 0]
    one, other = (given_x, family_y), (family_x, given_y)
    first, second = given_levels(names.vocabulary, *one), given_levels(names.vocabulary, *other)
    first[_is_among(names, x, y)] = EQUAL
    second[_is_among(names, y, x)] = EQUAL
    is_family = (first == EQUAL) & ((second < EQUAL) | (given_x <= given_y))
    hit = np.maximum(first, second) == EQUAL
    hit &= np.minimum(first, second) >= NEAR
    for chosen, family, given in ((is_family, one, other), (~is_family, other, one)):
        some = np.flatnonzero(hit & chosen)
        place = rows[some]
        found.given[place] = np.minimum(first, second)[some]
        found.family[place] = EQUAL
        found.swapped[place] = True
        found.family_left[place] = found.family_right[place] = family[0][some]
        found.given_left[place], found.given_right[place] = given[0][some], given[1][some]


def _is_among(names: Names, one: Ints, other: Ints) -> Bools:
    """Tell whose given name, in one word or joined, is among the family names of the other."""
    families = np.concatenate([names.family[other], names.others[other]], axis=1)
    return np.asarray(_found(names.given[one, :2], families).any(axis=1))
