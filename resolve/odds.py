"""The odds that two contacts are one person, term by term in bits (base-2 logarithms).

Without a shared identifier the question is "the same, or a stranger of that name?"; with one it
is "the same, or household or colleague?" (Fellegi & Sunter 1969; frequencies as in Winkler 2000).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from notworking.resolve.compare import Likeness
from notworking.resolve.fields import agree_in_a_field, apart_limits, field_terms
from notworking.resolve.frequency import Frequencies, family_share, given_share, lift
from notworking.resolve.holdings import TALK
from notworking.resolve.namebook import is_named
from notworking.resolve.names import FULL
from notworking.resolve.pairs import Pairs, pick
from notworking.resolve.shared import agreement, shared_bits
from notworking.resolve.tokens import (
    DIFFERENT,
    EQUAL,
    INITIAL,
    MISSING,
    NEAR,
    NICKNAME,
    Bools,
    Floats,
    Ints,
    one_slip,
)
from notworking.resolve.weights import weight

#: The terms of a score, in the order in which they are told.
TERMS = (
    "prior",
    "given",
    "family",
    "rarity",
    "order",
    "middle",
    "suffix",
    "company",
    "town",
    "dates",
    "opening",
    "birthday",
    "no_common",
    "elsewhere",
    "identifier",
    "further",
    "mobiles",
    "limit",
)


#: So many pairs are weighed at a time where there are very many.
_AT_A_TIME = 500_000
#: Terms that can speak for a pair beside its names.
_SUPPORT = ("company", "town", "dates", "opening", "birthday")


@dataclass(frozen=True, slots=True)
class Odds:
    """Scores of pairs.

    Attributes:
        bits: Total log-odds.
        terms: Bits per term of ``TERMS``, one row per term; they add up to the total.
        by_identifier: Whether a shared identifier carried the score.
        supported: Whether something beside the name speaks for the pair.
        is_common: Whether the names agree, and all there is of them is common.
        is_partly_common: Whether the names agree, and given or family name is common.
        expected: How many others would be called so, per pair; nan without two names.
    """

    bits: Floats
    terms: Floats
    by_identifier: Bools
    supported: Bools
    is_common: Bools
    is_partly_common: Bools
    expected: Floats


def score(pairs: Pairs, found: Frequencies, prior: Floats, beside: Floats) -> Odds:
    """Score pairs: by names, and by names given a shared identifier where there is one.

    Args:
        pairs: The candidate pairs.
        found: How rare names are.
        prior: Bits before anything is looked at.
        beside: Bits that the owner's other lists give two names that agree.
    """
    terms = np.zeros((len(TERMS), len(pairs.left)))
    term = {name: terms[i] for i, name in enumerate(TERMS)}
    term["prior"][:] = prior
    expected = _name_terms(pairs, found, term)
    field_terms(pairs, terms.sum(axis=0), term)
    agree = (pairs.like.given >= INITIAL) & (pairs.like.family >= INITIAL)
    term["elsewhere"][agree] = beside[agree]
    by_identifier = _identifier_terms(pairs, terms, term)
    most = apart_limits(pairs.records, pairs.left, pairs.right)
    # A profile may have been renamed, and shows twice; a conversation of two stays the same.
    most[pairs.shared.pair[pairs.shared.kinds >> TALK & 1 > 0]] = np.inf
    term["limit"] += np.minimum(most - terms.sum(axis=0), 0.0)
    supported = np.any([term[name] > 0 for name in _SUPPORT], axis=0)
    common = _common(pairs.like, found)
    return Odds(terms.sum(axis=0), terms, by_identifier, supported, *common, expected)


def drop_unlikely(pairs: Pairs, found: Frequencies, prior: Floats, wanted: Bools) -> Pairs:
    """Leave out pairs whose names speak so much against them that nothing else can matter.

    They share no identifier and agree in no field. Looked at a part at a time: the rest fits.
    """
    keep = wanted.copy()
    keep[pairs.shared.pair] = True
    for start in range(0, len(keep), _AT_A_TIME):
        rows = np.arange(start, min(start + _AT_A_TIME, len(keep)))
        part = pick(pairs, rows)
        terms = np.zeros((len(TERMS), len(rows)))
        _name_terms(part, found, {name: terms[i] for i, name in enumerate(TERMS)})
        keep[rows] |= terms.sum(axis=0) + prior[rows] > weight("zone", "drop_bits")
        keep[rows] |= agree_in_a_field(pairs.records, part.left, part.right)
    return pick(pairs, np.flatnonzero(keep))


def _common(like: Likeness, found: Frequencies) -> tuple[Bools, Bools]:
    """Tell which pairs agree in nothing but common names, and which in at least one.

    A common name has many bearers anywhere, however few there are here. A common given name
    without a family name is all there is of that name.
    """
    one, other = found.is_common_given, found.is_common_family
    given = one[like.given_left] | one[like.given_right]
    family = other[like.family_left] | other[like.family_right]
    both = given & (family | (like.family == MISSING))
    # Of two names in either order nobody knows which is the family name.
    turned = like.swapped & one[like.family_left] & other[like.given_left]
    agree = (like.given >= INITIAL) & (like.family != DIFFERENT)
    return agree & (both | turned), agree & (given | family)


def _name_terms(pairs: Pairs, found: Frequencies, term: dict[str, Floats]) -> Floats:
    """Weigh the names by how rare they are; return how many others are expected to have them."""
    like = pairs.like
    given, family = _given_chance(pairs, found), _family_chance(pairs, found)
    term["given"][:] = _bits("given", "nickname", like.given, given)
    term["family"][:] = _bits("family", "part", like.family, family)
    # That one of two has a double name says nothing; that it holds the other's name does.
    double = np.log2(weight("family", "part_of_double") / weight("family", "part"))
    term["family"][like.is_double] += double
    for part, level in (("given", like.given), ("family", like.family)):
        rows = np.flatnonzero(level == NEAR)
        term[part][rows] += _slip_bits(pairs, found, part, rows)
    both = np.flatnonzero((like.given >= INITIAL) & (like.family >= INITIAL))
    together = given[both] * family[both]
    factor = _lift_of(found, like, both) + weight("rarity", "namesake") / together
    term["rarity"][both] = -np.log2(factor)
    turned = np.flatnonzero(like.swapped)
    term["order"][turned] = weight("field", "swapped") + _turned(found, like, turned)
    expected = np.full(len(given), np.nan)
    expected[both] = together * factor * found.names
    return expected


def _lift_of(found: Frequencies, like: Likeness, rows: Ints) -> Floats:
    given, family = like.given_left[rows], like.family_left[rows]
    one = lift(found, given, family)
    other = lift(found, like.given_right[rows], like.family_right[rows])
    # Of two names in either order nobody knows which is the family name.
    turned = np.maximum(one, lift(found, family, given))
    return np.where(like.swapped[rows], turned, np.sqrt(one * other))


def _turned(found: Frequencies, like: Likeness, rows: Ints) -> Floats:
    """Return the bits against turned names: each order may be a name of its own (Thomas Martin)."""
    one, other = like.given_left[rows], like.family_left[rows]
    own = np.ones(len(rows), dtype=np.int64)
    as_given = given_share(found, one, own), given_share(found, other, own)
    as_family = family_share(found, one, own), family_share(found, other, own)
    either = np.maximum(as_given[0], as_family[0]) * np.maximum(as_given[1], as_family[1])
    rarer = np.minimum(as_given[0] * as_family[1], as_given[1] * as_family[0])
    return np.asarray(-np.log2(1.0 + rarer / (weight("field", "turned") * either)))


def _slip_bits(pairs: Pairs, found: Frequencies, part: str, rows: Ints) -> Floats:
    """Return how many bits less nearly equal words say than one slip of the pen does.

    A slip hardly ever makes a name that others bear as well, and two slips are rare.
    """
    near = pick(pairs, rows)
    left, right = getattr(near.like, f"{part}_left"), getattr(near.like, f"{part}_right")
    own_left, own_right = _own_rows(near, left, right)
    counts = getattr(found, part)
    others = np.minimum(counts[left] - own_left, counts[right] - own_right)
    shown = np.full(len(rows), weight(part, "near_far"))
    shown[one_slip(near.records.names.vocabulary, left, right)] = weight(part, "near")
    shown[others >= weight(part, "known_from")] = weight(part, "near_known")
    return np.asarray(np.log2(shown / weight(part, "near")))


def _given_chance(pairs: Pairs, found: Frequencies) -> Floats:
    """Return the chance that a stranger's given name is as like as this."""
    like = pairs.like
    x, y = np.maximum(like.given_left, 0), np.maximum(like.given_right, 0)
    own_x, own_y = _own_rows(pairs, x, y)
    one = given_share(found, x, own_x)
    other = given_share(found, y, own_y)
    # A short form says as much as it is rare itself, however many bear the long one.
    short = np.minimum(one, other)
    near = np.where(x == y, one, one + other) + weight("rarity", "near_given")
    one = np.where(like.swapped, np.maximum(one, family_share(found, x, own_x)), one)
    letter = found.letter_given[pairs.records.names.vocabulary.letter[x]]
    return _chance(like.given, one, short, near, letter)


def _family_chance(pairs: Pairs, found: Frequencies) -> Floats:
    """Return the chance that a stranger's family name is as like as this."""
    like = pairs.like
    x, y = np.maximum(like.family_left, 0), np.maximum(like.family_right, 0)
    own_x, own_y = _own_rows(pairs, x, y)
    one = family_share(found, x, own_x)
    two = np.where(x == y, one, one + family_share(found, y, own_y))
    one = np.where(like.swapped, np.maximum(one, given_share(found, x, own_x)), one)
    letter = found.letter_family[pairs.records.names.vocabulary.letter[x]]
    part = weight("rarity", "part_factor") * one
    return _chance(like.family, one, part, two + weight("rarity", "near_family"), letter)


def _own_rows(pairs: Pairs, x: Ints, y: Ints) -> tuple[Ints, Ints]:
    """Return how many of the pair's own two rows stand in the count of each word."""
    is_full = pairs.records.names.kind[pairs.records.name] == FULL
    own_x, own_y = is_full[pairs.left].astype(np.int64), is_full[pairs.right].astype(np.int64)
    return np.where(x == y, own_x + own_y, own_x), own_y


def _chance(level: Ints, equal: Floats, nickname: Floats, near: Floats, letter: Floats) -> Floats:
    chosen = [level == EQUAL, level == NICKNAME, level == NEAR, level == INITIAL]
    return np.select(chosen, [equal, np.minimum(nickname, 0.5), np.minimum(near, 0.5), letter], 1.0)


def _bits(table: str, second: str, level: Ints, chance: Floats) -> Floats:
    """Return log2 of the share of true pairs at this level over the share of strangers."""
    known = {EQUAL: "equal", NICKNAME: second, NEAR: "near", INITIAL: "initial"}
    shown = np.ones(len(level))
    for number, name in known.items():
        shown[level == number] = weight(table, name)
    bits = np.log2(shown / chance)
    different = weight(table, "different")
    bits[level == DIFFERENT] = np.log2(different / (1 - different))
    bits[level == MISSING] = 0.0
    return bits


def _identifier_terms(pairs: Pairs, terms: Floats, term: dict[str, Floats]) -> Bools:
    """Put the terms of a shared identifier in place where it decides; return where."""
    shared, rows = pairs.shared, pairs.shared.pair
    agree = agreement(pairs.records, pairs.left[rows], pairs.right[rows], pairs.like, rows)
    instead = _instead(pairs, agree, term)
    total = np.sum(list(instead.values()), axis=0)
    # A number whose region was assumed never merges by itself, without the name.
    timid = shared.is_hint & (agree < INITIAL)
    total = np.where(timid, np.minimum(total, weight("shared", "hint_most")), total)
    warned = np.any([instead[n] < 0 for n in ("suffix", "mobiles", "birthday")], axis=0)
    decides = shared.base > weight("shared", "useless")
    surely = decides & (warned | ~_named_alike(pairs, agree))
    chosen = surely | (total > terms[:, rows].sum(axis=0))
    took = rows[chosen]
    terms[:, took] = 0.0
    for name, bits in instead.items():
        term[name][took] = bits[chosen]
    term["limit"][took] = (total - terms[:, rows].sum(axis=0))[chosen]
    by_identifier = np.zeros(len(pairs.left), dtype=bool)
    by_identifier[took] = True
    # Where rare names say even more than the identifier, it still stands behind them.
    by_identifier[rows[decides & (total > 0.0)]] = True
    return by_identifier


def _instead(pairs: Pairs, agree: Ints, term: dict[str, Floats]) -> dict[str, Floats]:
    """Return the terms that hold where an identifier is shared."""
    shared, rows = pairs.shared, pairs.shared.pair
    given, family = shared_bits(agree, pairs.like.family[rows])
    other_suffix = pairs.like.suffix[rows] & (agree >= INITIAL)
    birthday = term["birthday"][rows]
    return {
        "given": given,
        "family": family,
        "suffix": np.where(other_suffix, weight("shared", "suffix_different"), 0.0),
        "company": np.clip(term["company"][rows], 0.0, weight("shared", "company_most")),
        "birthday": np.where((agree == DIFFERENT) & (birthday > 0), 0.0, birthday),
        "identifier": shared.base,
        "further": weight("shared", "further") * np.maximum(shared.count - 1, 0),
        "mobiles": np.where(shared.own_mobiles, weight("shared", "own_mobiles"), 0.0),
    }


def _named_alike(pairs: Pairs, agree: Ints) -> Bools:
    """Tell which pairs with a shared identifier have two names that agree in both parts."""
    named, name, rows = is_named(pairs.records.names), pairs.records.name, pairs.shared.pair
    both = named[name[pairs.left[rows]]] & named[name[pairs.right[rows]]]
    return np.asarray(both & (agree >= INITIAL) & (pairs.like.family[rows] >= INITIAL))
