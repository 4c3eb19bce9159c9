"""The odds that two contacts are one person, term by term in bits (base-2 logarithms)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from notworking.resolve.compare import Likeness
from notworking.resolve.frequency import Frequencies, family_share, given_share, lift
from notworking.resolve.names import FULL
from notworking.resolve.prepare import PHONE, Records, is_named
from notworking.resolve.shared import Shared, agreement, shared_bits
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
)
from notworking.resolve.weights import weight

#: The terms of a score, in the order in which they are told.
TERMS = (
    "prior", "given", "family", "lift", "order", "middle", "suffix",
    "company", "birthday", "no_common", "identifier", "further", "limit",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Odds:
    """Scores of pairs.

    Attributes:
        bits: Total log-odds.
        terms: Bits per term of ``TERMS``, one row per term; they add up to the total.
        by_identifier: Whether a shared identifier carried the score.
        expected: How many others would be called so, per pair; nan without two names.
    """

    bits: Floats
    terms: Floats
    by_identifier: Bools
    expected: Floats


def score(
    records: Records,
    found: Frequencies,
    left: Ints,
    right: Ints,
    like: Likeness,
    shared: Shared,
    prior: Floats,
) -> Odds:
    """Score pairs: by names, and by names given a shared identifier where there is one."""
    terms = np.zeros((len(TERMS), len(left)))
    term = {name: terms[i] for i, name in enumerate(TERMS)}
    term["prior"][:] = prior
    expected = _name_terms(records, found, left, right, like, term)
    _field_terms(records, left, right, like, term)
    by_identifier = _identifier_terms(records, left, right, like, shared, terms, term)
    _limit_terms(records, left, right, terms, term)
    return Odds(terms.sum(axis=0), terms, by_identifier, expected)


def _name_terms(
    records: Records,
    found: Frequencies,
    left: Ints,
    right: Ints,
    like: Likeness,
    term: dict[str, Floats],
) -> Floats:
    kind = records.names.kind
    own = (kind[records.name[left]] == FULL).astype(np.int64) + (kind[records.name[right]] == FULL)
    given = _given_chance(records, found, like, own)
    family = _family_chance(records, found, like, own)
    term["given"][:] = _bits("given", "nickname", like.given, given)
    term["family"][:] = _bits("family", "part", like.family, family)
    both = np.flatnonzero((like.given >= INITIAL) & (like.family >= INITIAL))
    together = given[both] * family[both]
    factor = _lift_of(found, like, both) + weight("rarity", "namesake") / together
    term["lift"][both] = -np.log2(factor)
    term["order"][like.swapped] = weight("field", "swapped")
    expected = np.full(len(left), np.nan)
    expected[both] = together * factor * found.names
    return expected


def _lift_of(found: Frequencies, like: Likeness, rows: Ints) -> Floats:
    one = lift(found, like.given_left[rows], like.family_left[rows])
    other = lift(found, like.given_right[rows], like.family_right[rows])
    return np.asarray(np.sqrt(one * other))


def _given_chance(records: Records, found: Frequencies, like: Likeness, own: Ints) -> Floats:
    """Return the chance that a stranger's given name is as like as this."""
    x, y = np.maximum(like.given_left, 0), np.maximum(like.given_right, 0)
    one = given_share(found, x, own)
    two = np.where(x == y, one, one + given_share(found, y, np.minimum(own, 1)))
    one = np.where(like.swapped, np.maximum(one, family_share(found, x, own)), one)
    letter = found.letter_given[records.names.vocabulary.letter[x]]
    return _chance(like.given, one, two, two + weight("rarity", "near_given"), letter)


def _family_chance(records: Records, found: Frequencies, like: Likeness, own: Ints) -> Floats:
    x, y = np.maximum(like.family_left, 0), np.maximum(like.family_right, 0)
    one = family_share(found, x, own)
    two = np.where(x == y, one, one + family_share(found, y, np.minimum(own, 1)))
    one = np.where(like.swapped, np.maximum(one, given_share(found, x, own)), one)
    letter = found.letter_family[records.names.vocabulary.letter[x]]
    part = weight("rarity", "part_factor") * one
    return _chance(like.family, one, part, two + weight("rarity", "near_family"), letter)


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


def _field_terms(
    records: Records, left: Ints, right: Ints, like: Likeness, term: dict[str, Floats]
) -> None:
    agree = (like.given >= INITIAL) & (like.family >= INITIAL)
    equal = (like.given == EQUAL) & (like.family == EQUAL) & ~like.swapped
    middle, field = like.middle, "field"
    term["middle"][equal & (middle > 0)] = weight(field, "middle_equal")
    term["middle"][equal & (middle < 0)] = weight(field, "middle_different")
    term["suffix"][like.suffix & agree] = weight(field, "suffix_different")
    term["company"][:] = _company(records, left, right)
    term["birthday"][:] = _birthday(records, left, right, like)
    term["no_common"][:] = _no_common(records, left, right)


def _company(records: Records, left: Ints, right: Ints) -> Floats:
    """An employer in common, stated or named by the mail domain, counts by how rare it is."""
    a, b = records.company, records.mail_company
    pairs = [(a[left], a[right]), (a[left], b[right]), (b[left], a[right]), (b[left], b[right])]
    counts = np.bincount(a[a >= 0], minlength=len(records.companies) + 1)
    counts += np.bincount(b[(b >= 0) & (a != b)], minlength=len(counts))
    bits = np.zeros(len(left))
    stated = (a[left] >= 0) & (a[right] >= 0)
    bits[stated] = weight("field", "company_different")
    holders = max(int(((a >= 0) | (b >= 0)).sum()), 1)
    for x, y in pairs:
        rows = np.flatnonzero((x >= 0) & (x == y))
        share = np.maximum(counts[x[rows]] - 2, 0.5) / holders
        found = np.log2(weight("field", "company_share") / share)
        found = np.clip(found, 0.0, weight("field", "company_most"))
        bits[rows] = np.maximum(bits[rows], found)
    return bits


def _birthday(records: Records, left: Ints, right: Ints, like: Likeness) -> Floats:
    """Twins share day, year and family: a birthday counts only if the given names may agree."""
    known = (records.day[left] >= 0) & (records.day[right] >= 0)
    same_day = known & (records.day[left] == records.day[right])
    both_years = (records.year[left] >= 0) & (records.year[right] >= 0)
    same_year = records.year[left] == records.year[right]
    bits = np.where(known & ~same_day, weight("field", "birthday_different"), 0.0)
    bits[same_day] = weight("field", "birthday_day")
    bits[same_day & both_years & same_year] = weight("field", "birthday_full")
    bits[same_day & both_years & ~same_year] = weight("field", "birthday_different") / 2
    bits[(like.given == DIFFERENT) & (bits > 0)] = 0.0
    return bits


def _no_common(records: Records, left: Ints, right: Ints) -> Floats:
    held = records.holdings
    has_phone = np.zeros(len(records.ids), dtype=bool)
    has_phone[held.record[held.kind == PHONE]] = True
    has_mail = np.zeros(len(records.ids), dtype=bool)
    has_mail[held.record[held.kind == 1]] = True
    bits = np.where(has_phone[left] & has_phone[right], weight("field", "no_common_phone"), 0.0)
    bits += np.where(has_mail[left] & has_mail[right], weight("field", "no_common_mail"), 0.0)
    return np.asarray(bits)


def _identifier_terms(
    records: Records,
    left: Ints,
    right: Ints,
    like: Likeness,
    shared: Shared,
    terms: Floats,
    term: dict[str, Floats],
) -> Bools:
    """Put the terms of a shared identifier in place where it decides; return where."""
    rows = shared.pair
    agree = agreement(records, left[rows], right[rows], like, rows)
    given, family = shared_bits(agree, like.family[rows])
    suffix = np.where(
        like.suffix[rows] & (agree >= INITIAL), weight("shared", "suffix_different"), 0.0
    )
    mobiles = np.where(shared.own_mobiles, weight("shared", "own_mobiles"), 0.0)
    birthday = np.where(
        (agree == DIFFERENT) & (term["birthday"][rows] > 0), 0.0, term["birthday"][rows]
    )
    company = np.clip(term["company"][rows], 0.0, weight("shared", "company_most"))
    further = weight("shared", "further") * np.maximum(shared.count - 1, 0)
    total = shared.base + given + family + suffix + mobiles + birthday + company + further
    term["no_common"][rows] = 0.0
    by_name = terms[:, rows].sum(axis=0)
    named = is_named(records.names)
    alike = named[records.name[left[rows]]] & named[records.name[right[rows]]] & (agree >= INITIAL)
    alike &= like.family[rows] >= INITIAL
    decides = shared.base > weight("shared", "useless")
    timid = shared.is_hint & ~(agree >= INITIAL)
    total = np.where(timid, np.minimum(total, 2.0), total)
    chosen = np.where(decides & ~alike, True, total > by_name)
    took = rows[chosen]
    terms[:, took] = 0.0
    term["given"][took], term["family"][took] = given[chosen], family[chosen]
    term["suffix"][took], term["no_common"][took] = suffix[chosen], mobiles[chosen]
    term["birthday"][took], term["company"][took] = birthday[chosen], company[chosen]
    term["identifier"][took], term["further"][took] = shared.base[chosen], further[chosen]
    term["limit"][took] = (total - terms[:, rows].sum(axis=0))[chosen]
    by_identifier = np.zeros(len(left), dtype=bool)
    by_identifier[took] = True
    return by_identifier


def _limit_terms(
    records: Records, left: Ints, right: Ints, terms: Floats, term: dict[str, Floats]
) -> None:
    """Hold two rows of one clean list apart, whatever they share: softly, it does happen."""
    same = (records.list_of[left] == records.list_of[right]) & records.list_is_clean[
        records.list_of[left]
    ]
    most = np.where(same, weight("limit", "two_friends"), np.inf)
    profile = linkedin_profile(records)
    two = (profile[left] >= 0) & (profile[right] >= 0) & (profile[left] != profile[right])
    most[two] = weight("limit", "two_profiles")
    term["limit"] += np.minimum(most - terms.sum(axis=0), 0.0)


def linkedin_profile(records: Records) -> Ints:
    """Return the LinkedIn profile of each contact, -1 for none."""
    held = records.holdings
    is_linkedin = np.array([v.startswith("linkedin/") for v in held.values], dtype=bool)
    rows = (
        np.flatnonzero((held.kind == 0) & is_linkedin[held.identifier]) if len(held.values) else []
    )
    profile = np.full(len(records.ids), -1, dtype=np.int64)
    profile[held.record[rows]] = held.identifier[rows]
    return profile
