"""The odds that two contacts are one person, term by term in bits (base-2 logarithms).

Without a shared identifier the question is "the same, or a stranger of that name?"; with one it
is "the same, or household or colleague?" (Fellegi & Sunter 1969; frequencies as in Winkler 2000).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields, replace
from itertools import pairwise
from typing import Any

import numpy as np

from notworking.resolve.compare import Likeness
from notworking.resolve.fields import (
    Habits,
    agree_in_a_field,
    apart_limits,
    field_terms,
    may_be_sure,
)
from notworking.resolve.frequency import Frequencies
from notworking.resolve.holdings import TALK
from notworking.resolve.namebook import is_named
from notworking.resolve.pairs import Compared, Pairs, pick, picked, with_many
from notworking.resolve.prepare import Records
from notworking.resolve.rarity import name_terms
from notworking.resolve.shared import agreement, shared_bits
from notworking.resolve.tokens import DIFFERENT, INITIAL, MISSING, Bools, Floats, Ints
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


#: From so many compared pairs on, those whose names speak against them are not scored in full.
_MANY_PAIRS = 1_000_000
#: So many pairs are weighed at a time where there are very many.
_AT_A_TIME = 500_000
#: Terms that can speak for a pair beside its names.
_SUPPORT = ("company", "town", "dates", "opening", "birthday")


@dataclass(frozen=True, slots=True)
class Odds:
    """Scores of pairs, and why.

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


@dataclass(frozen=True, slots=True)
class Scores:
    """Scores of all pairs, and what decides how sure a pair has to be; not why.

    Attributes:
        bits: Total log-odds.
        by_identifier: Whether a shared identifier carried the score.
        supported: Whether something beside the name speaks for the pair.
        is_common: Whether the names agree, and all there is of them is common.
        is_partly_common: Whether the names agree, and given or family name is common.
        is_doubted: Whether both have numbers or addresses, none in common, where most pairs have.
        is_dated: Whether two platforms connected them at nearly the same time.
        why: All that was weighed, unless there are very many pairs.
    """

    bits: Floats
    by_identifier: Bools
    supported: Bools
    is_common: Bools
    is_partly_common: Bools
    is_doubted: Bools
    is_dated: Bools
    why: Odds | None


def chosen(scores: Scores, rows: Ints) -> Scores:
    """Return the scores of some pairs."""
    columns: dict[str, Any] = {
        field.name: getattr(scores, field.name)[rows]
        for field in fields(Scores)
        if field.name != "why"
    }
    why = None if scores.why is None else picked_odds(scores.why, rows)
    return Scores(**columns, why=why)


def picked_odds(odds: Odds, rows: Ints) -> Odds:
    """Return why some pairs have the scores they have."""
    return Odds(odds.bits[rows], odds.terms[:, rows], odds.by_identifier[rows], odds.expected[rows])


class Scale:
    """Weighs pairs by all that is known of the contacts, with habits counted over all pairs."""

    def __init__(
        self,
        pairs: Pairs,
        found: Frequencies,
        prior: Callable[[Ints, Ints], Floats],
        beside: Callable[[Ints, Ints], Floats],
    ):
        """Weigh nothing yet.

        Args:
            pairs: All candidate pairs.
            found: How rare names are.
            prior: Returns the log-odds of pairs before any look at them.
            beside: Returns the bits that the owner's other lists give two names that agree.
        """
        self._found, self._prior, self._beside = found, prior, beside
        self._habits = Habits(pairs.records, pairs.left, pairs.right)

    def score(self, pairs: Pairs) -> Scores:
        """Score all pairs; very many a part at a time, which bounds memory.

        Who is surely one person has then to be looked for before, over all parts.
        """
        if len(pairs.left) > _MANY_PAIRS:
            for part in _pieces(pairs):
                self._learn(part)
            self._habits.close()
            return _joined([replace(self._scores(part), why=None) for part in _pieces(pairs)])
        scores = self._scores(pairs)
        self._habits.close()
        return scores

    def weigh(self, pairs: Pairs) -> Odds:
        """Weigh pairs: by names, and by names given a shared identifier where there is one."""
        terms, term = self._blank(pairs)
        expected = name_terms(pairs.records, pairs, self._found, term)
        field_terms(pairs, terms.sum(axis=0), term, self._habits)
        agree = np.flatnonzero((pairs.like.given >= INITIAL) & (pairs.like.family >= INITIAL))
        term["elsewhere"][agree] = self._beside(pairs.left[agree], pairs.right[agree])
        by_identifier = _identifier_terms(pairs, terms, term)
        most = apart_limits(pairs.records, pairs.left, pairs.right)
        # A profile may have been renamed, and shows twice; a conversation of two stays the same.
        most[pairs.shared.pair[pairs.shared.kinds >> TALK & 1 > 0]] = np.inf
        term["limit"] += np.minimum(most - terms.sum(axis=0), 0.0)
        return Odds(terms.sum(axis=0), terms, by_identifier, expected)

    def _blank(self, pairs: Pairs) -> tuple[Floats, dict[str, Floats]]:
        """Return the terms with nothing but the prior in them, and the same by name."""
        terms = np.zeros((len(TERMS), len(pairs.left)))
        term = {name: terms[i] for i, name in enumerate(TERMS)}
        term["prior"][:] = self._prior(pairs.left, pairs.right)
        return terms, term

    def _learn(self, pairs: Pairs) -> None:
        """Let the pairs that are surely one person tell what one person's entries agree in."""
        terms, term = self._blank(pairs)
        name_terms(pairs.records, pairs, self._found, term)
        by_name = terms.sum(axis=0)
        rows = np.flatnonzero(may_be_sure(pairs, by_name))
        sure = pick(pairs, rows)
        field_terms(sure, by_name[rows], self._blank(sure)[1], self._habits)

    def _scores(self, pairs: Pairs) -> Scores:
        odds = self.weigh(pairs)
        term = dict(zip(TERMS, odds.terms, strict=True))
        return Scores(
            odds.bits,
            odds.by_identifier,
            np.any([term[name] > 0 for name in _SUPPORT], axis=0),
            *_common(pairs.like, self._found),
            term["no_common"] <= weight("zone", "doubt"),
            term["dates"] > 0,
            odds,
        )


def _joined(parts: list[Scores]) -> Scores:
    columns: dict[str, Any] = {
        field.name: np.concatenate([getattr(part, field.name) for part in parts])
        for field in fields(Scores)
        if field.name != "why"
    }
    return Scores(**columns, why=None)


def _pieces(pairs: Pairs) -> Iterator[Pairs]:
    """Cut pairs in pieces of nearly the same size."""
    size = len(pairs.left)
    count = -(-size // _AT_A_TIME)
    for first, last in pairwise(size * piece // count for piece in range(count + 1)):
        yield pick(pairs, np.arange(first, last))


def likely(
    records: Records,
    parts: Iterable[Compared],
    found: Frequencies,
    prior: Callable[[Ints, Ints], Floats],
) -> Iterator[Compared]:
    """Leave out pairs whose names speak so much against them that nothing else can matter.

    They share no identifier and agree in no field. Done only where there are very many pairs.

    Args:
        records: All contacts.
        parts: The pairs with their names compared.
        found: How rare names are.
        prior: Returns the log-odds of pairs before any look at them.
    """
    for part, is_many in with_many(parts, _MANY_PAIRS):
        if not is_many:
            yield part
            continue
        terms = np.zeros((len(TERMS), len(part.left)))
        by_name = {name: terms[i] for i, name in enumerate(TERMS)}
        name_terms(records, part, found, by_name)
        keep = part.keep | agree_in_a_field(records, part.left, part.right)
        keep |= terms.sum(axis=0) + prior(part.left, part.right) > weight("zone", "drop_bits")
        yield picked(part, np.flatnonzero(keep))


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
