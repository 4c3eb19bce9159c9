"""What two names say, by how rare they are; looks at nothing beside them."""

from __future__ import annotations

import numpy as np

from notworking.resolve.compare import Likeness
from notworking.resolve.frequency import Frequencies, family_share, given_share, lift
from notworking.resolve.names import FULL
from notworking.resolve.pairs import Compared, Pairs
from notworking.resolve.prepare import Records
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


def name_terms(
    records: Records, pairs: Pairs | Compared, found: Frequencies, term: dict[str, Floats]
) -> Floats:
    """Weigh the names by how rare they are; return how many others are expected to have them."""
    like = pairs.like
    given, family = _given_chance(records, pairs, found), _family_chance(records, pairs, found)
    term["given"][:] = _bits("given", "nickname", like.given, given)
    term["family"][:] = _bits("family", "part", like.family, family)
    # That one of two has a double name says nothing; that it holds the other's name does.
    double = np.log2(weight("family", "part_of_double") / weight("family", "part"))
    term["family"][like.is_double] += double
    for part, level in (("given", like.given), ("family", like.family)):
        rows = np.flatnonzero(level == NEAR)
        term[part][rows] += _slip_bits(records, pairs, found, part, rows)
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
    last, first = like.family_right[rows], like.given_right[rows]
    one = lift(found, given, family)
    other = one.copy()
    differ = np.flatnonzero((given != first) | (family != last))
    other[differ] = lift(found, first[differ], last[differ])
    found_lift = np.sqrt(one * other)
    # Of two names in either order nobody knows which is the family name.
    turned = np.flatnonzero(like.swapped[rows])
    in_other_order = lift(found, family[turned], given[turned])
    found_lift[turned] = np.maximum(one[turned], in_other_order)
    return np.asarray(found_lift)


def _turned(found: Frequencies, like: Likeness, rows: Ints) -> Floats:
    """Return the bits against turned names: each order may be a name of its own (Thomas Martin)."""
    one, other = like.given_left[rows], like.family_left[rows]
    own = np.ones(len(rows), dtype=np.int64)
    as_given = given_share(found, one, own), given_share(found, other, own)
    as_family = family_share(found, one, own), family_share(found, other, own)
    either = np.maximum(as_given[0], as_family[0]) * np.maximum(as_given[1], as_family[1])
    rarer = np.minimum(as_given[0] * as_family[1], as_given[1] * as_family[0])
    return np.asarray(-np.log2(1.0 + rarer / (weight("field", "turned") * either)))


def _slip_bits(
    records: Records, pairs: Pairs | Compared, found: Frequencies, part: str, rows: Ints
) -> Floats:
    """Return how many bits less nearly equal words say than one slip of the pen does.

    A slip hardly ever makes a name that others bear as well, and two slips are rare.
    """
    left, right = (getattr(pairs.like, f"{part}_{side}")[rows] for side in ("left", "right"))
    own_left, own_right = _own_rows(records, pairs.left[rows], pairs.right[rows], left == right)
    counts = getattr(found, part)
    others = np.minimum(counts[left] - own_left, counts[right] - own_right)
    shown = np.full(len(rows), weight(part, "near_far"))
    shown[one_slip(records.names.vocabulary, left, right)] = weight(part, "near")
    shown[others >= weight(part, "known_from")] = weight(part, "near_known")
    return np.asarray(np.log2(shown / weight(part, "near")))


def _given_chance(records: Records, pairs: Pairs | Compared, found: Frequencies) -> Floats:
    """Return the chance that a stranger's given name is as like as this."""
    like = pairs.like
    x, y = np.maximum(like.given_left, 0), np.maximum(like.given_right, 0)
    own_x, own_y = _own_rows(records, pairs.left, pairs.right, x == y)
    one = given_share(found, x, own_x)
    other = given_share(found, y, own_y)
    # A short form says as much as it is rare itself, however many bear the long one.
    short = np.minimum(one, other)
    near = np.where(x == y, one, one + other) + weight("rarity", "near_given")
    one = np.where(like.swapped, np.maximum(one, family_share(found, x, own_x)), one)
    letter = found.letter_given[records.names.vocabulary.letter[x]]
    return _chance(like.given, one, short, near, letter)


def _family_chance(records: Records, pairs: Pairs | Compared, found: Frequencies) -> Floats:
    """Return the chance that a stranger's family name is as like as this."""
    like = pairs.like
    x, y = np.maximum(like.family_left, 0), np.maximum(like.family_right, 0)
    own_x, own_y = _own_rows(records, pairs.left, pairs.right, x == y)
    one = family_share(found, x, own_x)
    two = np.where(x == y, one, one + family_share(found, y, own_y))
    one = np.where(like.swapped, np.maximum(one, given_share(found, x, own_x)), one)
    letter = found.letter_family[records.names.vocabulary.letter[x]]
    part = weight("rarity", "part_factor") * one
    return _chance(like.family, one, part, two + weight("rarity", "near_family"), letter)


def _own_rows(records: Records, left: Ints, right: Ints, is_one_word: Bools) -> tuple[Ints, Ints]:
    """Return how many of the pair's own two rows stand in the count of each word."""
    kind, name = records.names.kind, records.name
    own_x, own_y = ((kind[name[places]] == FULL).astype(np.int64) for places in (left, right))
    return np.where(is_one_word, own_x + own_y, own_x), own_y


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
