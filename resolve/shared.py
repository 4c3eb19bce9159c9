"""What two contacts that share an address, a number or a profile have in common."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from notworking.resolve.block import holding_pairs
from notworking.resolve.compare import Likeness
from notworking.resolve.holdings import MAIL_BOX, MOBILE, PHONE, PROFILE, ROLE_BOX, TALK
from notworking.resolve.namebook import Names
from notworking.resolve.names import ALIAS
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
from notworking.resolve.weights import scale, weight


@dataclass(frozen=True, slots=True)
class Shared:
    """One row per candidate pair that shares an identifier.

    Attributes:
        pair: Place of the pair among the candidates, ascending.
        identifier: Number of the strongest identifier shared.
        base: Its bits.
        holders: How many contacts hold it.
        bearers: How many different given names among them.
        count: How many identifiers are shared that say something.
        kinds: Bits of the kinds of identifier shared (1 << kind).
        is_hint: Whether all of them are numbers whose region was assumed.
        own_mobiles: Whether only a line of a house is shared, and each has a mobile of their own.
    """

    pair: Ints
    identifier: Ints
    base: Floats
    holders: Ints
    bearers: Ints
    count: Ints
    kinds: Ints
    is_hint: Bools
    own_mobiles: Bools


def nothing_shared() -> Shared:
    """Return what pairs share that are not asked for it."""
    none, bits = np.empty(0, dtype=np.int64), np.empty(0, dtype=bool)
    return Shared(none, none, np.empty(0), none, none, none, none, bits, bits)


def find_shared(records: Records, left: Ints, right: Ints, like: Likeness) -> Shared:
    """Find the identifiers that candidate pairs share, and weigh each by who else holds it."""
    held = records.holdings
    size = len(records.ids)
    row_left, row_right, _ = holding_pairs(records)
    code = held.record[row_left] * size + held.record[row_right]
    candidates = left * size + right
    place = np.searchsorted(candidates, code)
    known = np.flatnonzero(np.append(candidates, -1)[place] == code)
    place, row_left, row_right = place[known], row_left[known], row_right[known]
    identifier = held.identifier[row_left]
    holders = np.bincount(held.identifier, minlength=len(held.values))
    agree = agreement(records, left[place], right[place], like, place)
    bearers = _bearers(records, row_left, row_right, agree)
    base, is_hint = _base(records, row_left, row_right, bearers)
    order = np.lexsort((identifier, -base, place))
    place, first = np.unique(place[order], return_index=True)
    useful = (base > weight("shared", "useless"))[order].astype(np.int64)
    bits = (1 << held.kind[row_left])[order]
    chosen = order[first]
    return Shared(
        place,
        identifier[chosen],
        base[chosen],
        holders[identifier[chosen]],
        bearers[identifier[chosen]],
        np.add.reduceat(useful, first) if len(first) else useful,
        np.bitwise_or.reduceat(bits, first) if len(first) else bits,
        np.minimum.reduceat(is_hint[order], first) if len(first) else is_hint,
        _own_mobiles(records, left[place], right[place], held.kind[row_left[chosen]]),
    )


def agreement(records: Records, left: Ints, right: Ints, like: Likeness, place: Ints) -> Ints:
    """Return the level of the given names, reading a card also the other way round."""
    names = records.names
    x, y = records.name[left], records.name[right]
    level = like.given[place].copy()
    open_rows = np.flatnonzero(level == DIFFERENT)
    gx, gy = names.given[x[open_rows], 0], names.given[y[open_rows], 0]
    fx, fy = names.family[x[open_rows], 0], names.family[y[open_rows], 0]
    level[open_rows[_by_middle(names, x[open_rows], y[open_rows])]] = INITIAL
    level[open_rows[one_slip(names.vocabulary, gx, gy)]] = NEAR
    crossed = ((gx == fy) | (gy == fx)) & (fx >= 0) & (fy >= 0)
    level[open_rows[crossed]] = EQUAL
    only_family = ((gx == fy) & (fx < 0)) | ((gy == fx) & (fy < 0))
    level[open_rows[only_family]] = MISSING
    both_alias = (names.kind[x] == ALIAS) & (names.kind[y] == ALIAS)
    level[both_alias & (names.alias[x] != names.alias[y])] = DIFFERENT
    return level


def _by_middle(names: Names, one: Ints, other: Ints) -> Bools:
    """Tell who may be called by the middle name: "Susan P. Moore" is Patricia Moore."""
    first_one = names.vocabulary.letter[names.given[one, 0]] + ord("a")
    first_other = names.vocabulary.letter[names.given[other, 0]] + ord("a")
    return np.asarray((names.middle[one] == first_other) | (names.middle[other] == first_one))


def _bearers(records: Records, left: Ints, right: Ints, agree: Ints) -> Ints:
    """Count different given names among the holders of each identifier.

    Holders whose given names agree are joined; those without a name join nobody and are not
    counted, unless what they are called instead differs ("Mom", "Dad").
    """
    held = records.holdings
    label = np.arange(len(held.record))
    joined = agree >= INITIAL
    a, b = left[joined], right[joined]
    while True:
        low = np.minimum(label[a], label[b])
        before = label.copy()
        np.minimum.at(label, a, low)
        np.minimum.at(label, b, low)
        if np.array_equal(before, label):
            break
    kind = records.names.kind[records.name[held.record]]
    has_given = records.names.given[records.name[held.record], 0] >= 0
    named = np.zeros(len(held.values), dtype=np.int64)
    roots = np.unique(label[has_given])
    np.add.at(named, held.identifier[roots], 1)
    alias_rows = np.flatnonzero(kind == ALIAS)
    alias = records.names.alias[records.name[held.record[alias_rows]]]
    codes = np.unique(held.identifier[alias_rows] * (len(records.names.alias) + 1) + alias)
    aliased = np.bincount(codes // (len(records.names.alias) + 1), minlength=len(held.values))
    return np.maximum(np.maximum(named, aliased), 1)


def _base(records: Records, left: Ints, right: Ints, bearers: Ints) -> tuple[Floats, Bools]:
    held = records.holdings
    kind, number = held.kind[left], bearers[held.identifier[left]]
    mail, phone = np.array(scale("shared", "mail")), np.array(scale("shared", "phone"))
    by_mail = mail[np.minimum(number, len(mail)) - 1]
    by_phone = phone[np.minimum(number, len(phone)) - 1]
    base = np.where(kind == PHONE, by_phone, by_mail - weight("shared", "handle_less"))
    base = np.where(kind == MAIL_BOX, by_mail, base)
    base = np.where(kind == ROLE_BOX, weight("shared", "role_mail"), base)
    crowded = np.where(number >= 4, mail[-1], weight("shared", "profile"))
    base = np.where(kind == PROFILE, crowded, base)
    talk = np.array(scale("shared", "talk"))
    base = np.where(kind == TALK, talk[np.minimum(number, len(talk)) - 1], base)
    sure_left, sure_right = held.is_sure[left], held.is_sure[right]
    is_hint = (kind == PHONE) & ~(sure_left & sure_right)
    one_owner = records.owner[held.record[left]] == records.owner[held.record[right]]
    same_digits = ~sure_left & ~sure_right & one_owner
    less = np.where(same_digits, weight("shared", "both_hint_less"), weight("shared", "hint_less"))
    return base - np.where(is_hint, less, 0.0), is_hint


def _own_mobiles(records: Records, left: Ints, right: Ints, kind: Ints) -> Bools:
    """Tell where each of two contacts holds a number labelled mobile that the other does not."""
    held = records.holdings
    mobile: dict[int, set[int]] = {}
    rows = np.flatnonzero((held.kind == PHONE) & (held.label == MOBILE))
    for record, number in zip(
        held.record[rows].tolist(), held.identifier[rows].tolist(), strict=True
    ):
        mobile.setdefault(record, set()).add(number)
    none: set[int] = set()
    own = [
        is_phone and bool(x) and bool(y) and x.isdisjoint(y)
        for x, y, is_phone in (
            (mobile.get(a, none), mobile.get(b, none), k == PHONE)
            for a, b, k in zip(left.tolist(), right.tolist(), kind.tolist(), strict=True)
        )
    ]
    return np.array(own, dtype=bool)


def shared_bits(agree: Ints, family: Ints) -> tuple[Floats, Floats]:
    """Return the bits of given and family name where an identifier is shared."""
    given = np.zeros(len(agree))
    given[agree >= NICKNAME] = weight("shared", "given_equal")
    given[agree == NEAR] = weight("shared", "given_near")
    given[agree == INITIAL] = weight("shared", "given_initial")
    given[agree == DIFFERENT] = weight("shared", "given_different")
    last = np.where(family >= INITIAL, weight("shared", "family_agrees"), 0.0)
    weak = (agree == INITIAL) | (agree == NEAR)
    apart = np.where(
        weak, weight("shared", "family_different_weak"), weight("shared", "family_different")
    )
    return given, np.where(family == DIFFERENT, apart, last)
