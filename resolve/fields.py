"""What speaks for or against a pair beside its names: work, town, birthday, own numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from notworking.resolve.compare import Likeness
from notworking.resolve.holdings import MAIL_BOX, PHONE
from notworking.resolve.pairs import Pairs
from notworking.resolve.prepare import Records
from notworking.resolve.talks import meet
from notworking.resolve.tokens import DIFFERENT, EQUAL, INITIAL, Bools, Floats, Ints
from notworking.resolve.weights import weight


class Habits:
    """How often two entries of one person agree in something, counted per two lists.

    Counts while pairs are weighed, until it is closed; knows what of all contacts that needs.
    """

    def __init__(self, records: Records, left: Ints, right: Ints) -> None:
        """Count nothing yet.

        Args:
            records: All contacts.
            left: One contact of each pair that will be weighed.
            right: The other.
        """
        self.at_work = np.isin(
            records.mail_company, np.unique(records.company[records.company >= 0])
        )
        self.connected = _connections(records)
        self.employers = _employers(records)
        self.towns = _frequencies(records.town)
        self.openings = _frequencies(records.opening)
        self.holders = {kind: _holders(records, kind) for kind in (PHONE, MAIL_BOX)}
        self._size = int(lists_of(records, left, right).max(initial=0)) + 1
        self._is_closed = False
        self._counts: dict[str, Ints] = {}

    def close(self) -> None:
        """Count no more: what is known now holds for all pairs."""
        self._is_closed = True

    def rates(
        self, name: str, known: _Known, stated: Bools, by_other: Bools, same: Bools
    ) -> Floats:
        """Return per two lists how often one person's two entries agree in something.

        Four steps, each leaning on the one before: the usual rate; pairs that are one person by a
        rare name, and by a still rarer one; pairs that are one person by another identifier, among
        which are no namesakes.
        """
        counts = self._counts.setdefault(name, np.zeros((3, 2, self._size), dtype=np.int64))
        if not self._is_closed:
            sure = known.by_name, known.by_rare, by_other
            for count, chosen in zip(counts, sure, strict=True):
                rows = stated & chosen
                count[0] += np.bincount(known.lists[rows], minlength=self._size)
                count[1] += np.bincount(known.lists[rows & same], minlength=self._size)
        pseudo = weight("common", "pseudo_pairs")
        rate = np.full(self._size, weight("common", name))
        told = np.zeros(self._size, dtype=bool)
        for among, found in counts:
            overall = (found.sum() + np.mean(rate) * pseudo) / (among.sum() + pseudo)
            # What was counted of these two lists goes before what is counted of all.
            leaning = np.where(told | (among == 0), rate, overall)
            rate = (found + leaning * pseudo) / (among + pseudo)
            told |= among > 0
        return rate


def _frequencies(column: Ints) -> Ints:
    """Return how many contacts have each value of a column."""
    return np.bincount(column[column >= 0], minlength=1)


def _employers(records: Records) -> Ints:
    """Return how many contacts have each employer, stated or named by the mail domain."""
    stated, mailed = records.company, records.mail_company
    counts = np.bincount(stated[stated >= 0], minlength=len(records.companies) + 1)
    other = mailed[(mailed >= 0) & (stated != mailed)]
    return counts + np.bincount(other, minlength=len(counts))


def _holders(records: Records, kind: int) -> Bools:
    """Tell which contacts hold an identifier of some kind."""
    has = np.zeros(len(records.ids), dtype=bool)
    has[records.holdings.record[records.holdings.kind == kind]] = True
    return has


def field_terms(pairs: Pairs, by_name: Floats, term: dict[str, Floats], habits: Habits) -> None:
    """Weigh everything but the names; writes into ``term``.

    Args:
        pairs: The candidate pairs.
        by_name: What the names alone say, to know who is surely one person by them.
        term: Bits per term, to be filled.
        habits: How often one person's entries agree.
    """
    like = pairs.like
    agree = (like.given >= INITIAL) & (like.family >= INITIAL)
    equal = (like.given == EQUAL) & (like.family == EQUAL) & ~like.swapped
    term["middle"][equal & (like.middle > 0)] = weight("field", "middle_equal")
    term["middle"][equal & (like.middle < 0)] = weight("field", "middle_different")
    term["suffix"][like.suffix & agree] = weight("field", "suffix_different")
    term["birthday"][:] = _birthday(pairs.records, pairs.left, pairs.right, like)
    known = _sure_pairs(pairs, by_name)
    term["company"][:] = _company(pairs, known, habits)
    term["town"][:] = _town(pairs, known, habits)
    term["dates"][:] = _dates(pairs, known, habits)
    term["opening"][:] = _opening(pairs, known, habits)
    term["no_common"][:] = _no_common(pairs, known, habits)


def agree_in_a_field(records: Records, left: Ints, right: Ints) -> Bools:
    """Tell which pairs have anything in common that can speak for them beside their names."""
    stated, mailed = records.company, records.mail_company
    same = [(stated, stated), (stated, mailed), (mailed, stated), (mailed, mailed)]
    same += [(column, column) for column in (records.town, records.day, records.opening)]
    found = np.zeros(len(left), dtype=bool)
    for one, other in same:
        found |= (one[left] >= 0) & (one[left] == other[right])
    x, y = records.since[left], records.since[right]
    near = (x >= 0) & (y >= 0) & (np.abs(x - y) <= weight("field", "dates_days"))
    return np.asarray(found | near)


@dataclass(frozen=True, slots=True)
class _Known:
    """Pairs that are surely one person, to count what one person's entries have in common.

    Attributes:
        lists: Number of the two lists of each pair.
        by_name: Sure by a rare name; namesakes may be among them.
        by_rare: Sure by a name so rare that hardly any are.
        kinds: Kinds of identifier shared (bits), where the names agree as well; else 0.
    """

    lists: Ints
    by_name: Bools
    by_rare: Bools
    kinds: Ints


def _sure_pairs(pairs: Pairs, by_name: Floats) -> _Known:
    like, shared = pairs.like, pairs.shared
    kinds = np.zeros(len(pairs.left), dtype=np.int64)
    kinds[shared.pair] = shared.kinds
    agree = (like.given >= INITIAL) & (like.family >= INITIAL)
    return _Known(
        lists_of(pairs.records, pairs.left, pairs.right),
        by_name >= weight("common", "sure_bits"),
        by_name >= weight("common", "surest_bits"),
        np.where(agree, kinds, 0),
    )


def may_be_sure(pairs: Pairs, by_name: Floats) -> Bools:
    """Tell which pairs may count as surely one person: all that can be counted are among them."""
    may_be = by_name >= weight("common", "sure_bits")
    may_be[pairs.shared.pair] = True
    return may_be


def lists_of(records: Records, left: Ints, right: Ints) -> Ints:
    """Return one number for the two lists of each pair."""
    a, b = records.list_of[left], records.list_of[right]
    return np.minimum(a, b) * len(records.list_size) + np.maximum(a, b)


def _company(pairs: Pairs, known: _Known, habits: Habits) -> Floats:
    """Weigh the employer, stated or named by the mail domain."""
    stated, mailed = pairs.records.company, pairs.records.mail_company
    columns = [(stated, stated), (stated, mailed), (mailed, stated), (mailed, mailed)]
    values = [(x[pairs.left], y[pairs.right]) for x, y in columns]
    return _steady(habits.employers, values, known, habits, name="company")


def _town(pairs: Pairs, known: _Known, habits: Habits) -> Floats:
    town = pairs.records.town
    values = [(town[pairs.left], town[pairs.right])]
    return _steady(habits.towns, values, known, habits, name="town")


def _opening(pairs: Pairs, known: _Known, habits: Habits) -> Floats:
    """Weigh the same first message, by how many were sent it; another one says nothing."""
    opening = pairs.records.opening
    values = [(opening[pairs.left], opening[pairs.right])]
    return np.maximum(_steady(habits.openings, values, known, habits, name="opening"), 0.0)


def _steady(
    counts: Ints, values: list[tuple[Ints, Ints]], known: _Known, habits: Habits, *, name: str
) -> Floats:
    """Weigh a field by how rare its value is, and by how steady it proves between two lists.

    The first of the values is the field as stated on both sides: only there can it differ.
    """
    rarest = np.ones(len(known.lists))
    total = max(int(counts.sum()), 1)
    for x, y in values:
        rows = np.flatnonzero((x >= 0) & (x == y))
        rarest[rows] = np.minimum(rarest[rows], np.maximum(counts[x[rows]] - 2, 0.5) / total)
    stated = (values[0][0] >= 0) & (values[0][1] >= 0)
    return _weighed(rarest, stated, known, habits, name=name)


def _dates(pairs: Pairs, known: _Known, habits: Habits) -> Floats:
    """Weigh that two platforms connected them within days, by how many were connected then."""
    since, list_of = pairs.records.since, pairs.records.list_of
    a, b = list_of[pairs.left], list_of[pairs.right]
    x, y = since[pairs.left], since[pairs.right]
    stated = (x >= 0) & (y >= 0) & (a != b)
    near = np.flatnonzero(stated & (np.abs(x - y) <= weight("field", "dates_days")))
    rarest = np.ones(len(x))
    rarest[near] = np.maximum(
        _connected_then(habits.connected, b[near], x[near]),
        _connected_then(habits.connected, a[near], y[near]),
    )
    return _weighed(rarest, stated, known, habits, name="dates")


@dataclass(frozen=True, slots=True)
class _Connections:
    """When the contacts of all lists were connected.

    Attributes:
        codes: List times step plus day, ascending.
        step: More than there are days.
        total: How many contacts of each list have a date.
    """

    codes: Ints
    step: int
    total: Ints


def _connections(records: Records) -> _Connections:
    dated = np.flatnonzero(records.since >= 0)
    step = int(records.since.max(initial=0)) + 2 * int(weight("field", "dates_days")) + 2
    codes = np.sort(records.list_of[dated] * step + records.since[dated])
    total = np.bincount(records.list_of[dated], minlength=len(records.list_size))
    return _Connections(codes, step, total)


def _connected_then(connected: _Connections, number: Ints, day: Ints) -> Floats:
    """Return the share of a list's rows that were connected within days of a date."""
    codes, step, days = connected.codes, connected.step, int(weight("field", "dates_days"))
    first = np.searchsorted(codes, number * step + np.maximum(day - days, 0))
    last = np.searchsorted(codes, number * step + day + days, side="right")
    # The pair's own row is among them, and left out.
    near = np.maximum(last - first - 1, 0.5)
    return np.asarray(near / np.maximum(connected.total[number], 2))


def _weighed(rarest: Floats, stated: Bools, known: _Known, habits: Habits, *, name: str) -> Floats:
    """Weigh agreement by the chance that strangers agree as well (1 where a pair does not)."""
    same = rarest < 1.0
    rates = habits.rates(name, known, stated, known.kinds > 0, same)
    steady = rates[known.lists]
    bits = np.zeros(len(steady))
    bits[same] = np.log2(steady[same] / rarest[same])
    bits = np.clip(bits, 0.0, weight("field", f"{name}_most"))
    apart = stated & ~same
    bits[apart] = np.maximum(np.log2(1 - steady[apart]), weight("common", "least"))
    return bits


def _no_common(pairs: Pairs, known: _Known, habits: Habits) -> Floats:
    """Weigh that both have a number (or an address) and none is the same.

    How much that says depends on the lists: where people who are surely one by their names mostly
    share a number, a pair that does not is suspect; where everybody has one address for work and
    one for home it says little. So it is counted, per two lists, and leans on the default. An
    address at somebody's employer is not compared with a private one.
    """
    shared = pairs.shared
    kinds = np.zeros(len(known.lists), dtype=np.int64)
    kinds[shared.pair] = shared.kinds
    bits = np.zeros(len(kinds))
    for kind, name in ((PHONE, "phone"), (MAIL_BOX, "mail")):
        has = habits.holders[kind]
        both = has[pairs.left] & has[pairs.right]
        if kind == MAIL_BOX:
            both &= habits.at_work[pairs.left] == habits.at_work[pairs.right]
        same = (kinds >> kind & 1).astype(bool)
        by_other = (known.kinds & ~(1 << kind)) > 0
        rate = habits.rates(name, known, both, by_other, same)
        apart = both & ~same
        against = np.log2(1 - rate[known.lists[apart]])
        bits[apart] += np.maximum(against, weight("common", "least"))
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
    bits[same_day & both_years & ~same_year] = weight("field", "birthday_year_different")
    bits[(like.given == DIFFERENT) & (bits > 0)] = 0.0
    return bits


def apart_limits(records: Records, left: Ints, right: Ints) -> Floats:
    """Return what two rows of one clean list, or two profiles, may score at most."""
    same_list = records.list_of[left] == records.list_of[right]
    clean = same_list & records.list_is_clean[records.list_of[left]]
    most = np.where(clean, weight("limit", "two_friends"), np.inf)
    most[meet(records.rooms, left, right)] = weight("limit", "two_members")
    profile = records.profile
    most[(profile[left] >= 0) & (profile[left] == profile[right])] = np.inf
    two = (profile[left] >= 0) & (profile[right] >= 0) & (profile[left] != profile[right])
    most[two] = weight("limit", "two_profiles")
    return most


def contradiction(records: Records, left: Ints, right: Ints, like: Likeness) -> Floats:
    """Return the bits that speak against pairs, without any prior; 0 where nothing does."""
    bits = np.zeros(len(left))
    for table, level in (("given", like.given), ("family", like.family)):
        different = weight(table, "different")
        bits[level == DIFFERENT] += np.log2(different / (1 - different))
    known = (records.day[left] >= 0) & (records.day[right] >= 0)
    bits[known & (records.day[left] != records.day[right])] += weight("field", "birthday_different")
    return np.minimum(bits, apart_limits(records, left, right))
