"""Candidate pairs: contacts that share a key. The only step that decides cost; scores nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from notworking.resolve.columns import distinct
from notworking.resolve.holdings import PHONE, PROFILE
from notworking.resolve.namebook import is_named
from notworking.resolve.prepare import Records
from notworking.resolve.tokens import Bools, Ints

#: Largest block of each kind of key; larger ones are counted and tried again with the company.
CAPS = {
    "mail": 60,
    "phone": 60,
    "profile": 500,
    "copies": 500,
    "name": 120,
    "sound": 60,
    "nickname": 60,
    "company": 40,
    "spelling": 25,
}
#: A family name that more people bear is too common to meet by nickname.
COMMON_FAMILY = 60
#: So many pairs, some of them twice, are written out at a time, which bounds memory.
_AT_A_TIME = 1_000_000


@dataclass(frozen=True, slots=True)
class Blocks:
    """Records in blocks; each meets those that follow it in its block.

    Attributes:
        record: The records, block by block, ascending in each.
        followers: How many follow each; none where the block is too large.
    """

    record: Ints
    followers: Ints


@dataclass(frozen=True, slots=True)
class Part:
    """Some of the candidate pairs, ascending, the first place smaller than the second.

    Attributes:
        left: One contact of each pair.
        right: The other.
        keep: Whether they share an identifier or the user decided on them.
    """

    left: Ints
    right: Ints
    keep: Bools


@dataclass(frozen=True, slots=True)
class Candidates:
    """The pairs that share a key, not yet written out: in a large pool that is most of the memory.

    Attributes:
        records: All contacts.
        sharing: Codes of the pairs that share an identifier, ascending.
        decided: Codes of the pairs the user decided on, ascending.
        by_name: The blocks of each kind of key made of names.
        counts: How many pairs each kind of key made, complete once all parts were taken.
    """

    records: Records
    sharing: Ints
    decided: Ints
    by_name: list[tuple[str, list[Blocks]]]
    counts: dict[str, int]

    def parts(self) -> Iterator[Part]:
        """Yield all pairs that share a key or were decided on, each once, in ascending order."""
        self.counts["pairs"] = 0
        for first, last in self._ranges():
            yield self._part(first, last)

    def _ranges(self) -> Iterator[tuple[int, int]]:
        """Cut the contacts so that those on the left make so many pairs at a time."""
        size = len(self.records.ids)
        pairs = np.bincount(self.sharing // max(size, 1), minlength=size).astype(np.float64)
        for _, several in self.by_name:
            for blocks in several:
                pairs += np.bincount(blocks.record, weights=blocks.followers, minlength=size)
        number = (np.cumsum(pairs) // _AT_A_TIME).astype(np.int64)
        starts = np.flatnonzero(np.diff(number, prepend=-1)).tolist()
        yield from pairwise([*starts, size])

    def _part(self, first: int, last: int) -> Part:
        size = len(self.records.ids)
        sharing = _slice(self.sharing, first * size, last * size)
        decided = _slice(self.decided, first * size, last * size)
        found = [sharing]
        for kind, several in self.by_name:
            pairs = [_met(blocks, first, last) for blocks in several]
            left = np.concatenate([pair[0] for pair in pairs])
            right = np.concatenate([pair[1] for pair in pairs])
            apart = _may_meet(self.records, left, right)
            codes = distinct(left[apart] * size + right[apart])
            _count(self.counts, f"pairs_{kind}", len(codes))
            found.append(codes)
        codes = distinct(np.concatenate(found))
        is_person = self.records.is_person
        codes = codes[is_person[codes // size] & is_person[codes % size]]
        self.counts["pairs"] += len(codes)
        if len(decided):
            codes = distinct(np.concatenate([codes, decided]))
        keep = _among(codes, sharing) | _among(codes, decided)
        return Part(codes // size, codes % size, keep)


def find_candidates(records: Records, decided: Ints) -> Candidates:
    """Find who shares a key with whom.

    Args:
        records: All contacts.
        decided: Pairs that are wanted whatever they share: left place times size plus right.
    """
    size = max(len(records.ids), 1)
    one, other, counts = holding_pairs(records)
    record = records.holdings.record
    sharing = distinct(record[one] * size + record[other])
    by_name: list[tuple[str, list[Blocks]]] = []
    for kind, holder, key in _name_keys(records):
        blocks, over = _in_blocks(holder, key, CAPS[kind])
        again = _retry(records, holder[over], key[over], CAPS[kind])
        by_name.append((kind, [blocks, *again]))
        _count(counts, f"pairs_{kind}", 0)
        _count(counts, f"over_cap_{kind}", len(distinct(key[over])))
    return Candidates(records, sharing, distinct(decided), by_name, counts)


def _slice(codes: Ints, low: int, high: int) -> Ints:
    start, end = np.searchsorted(codes, (low, high))
    return codes[start:end]


def _among(codes: Ints, others: Ints) -> Bools:
    """Tell which codes are among others; both ascend."""
    found = np.zeros(len(codes), dtype=bool)
    places = np.searchsorted(codes, others)
    known = places < len(codes)
    places, others = places[known], others[known]
    found[places[codes[places] == others]] = True
    return found


def holding_pairs(records: Records) -> tuple[Ints, Ints, dict[str, int]]:
    """Return pairs of rows of the holdings with one identifier, and counts per kind.

    An identifier that more hold than its cap says little, but a book that some fault has filled
    with a hundred copies of one card is put together.
    """
    held = records.holdings
    is_profile, is_phone = held.kind == PROFILE, held.kind == PHONE
    counts: dict[str, int] = {}
    found: list[tuple[Ints, Ints]] = []
    for kind, chosen in (
        ("profile", is_profile),
        ("phone", is_phone),
        ("mail", ~is_profile & ~is_phone),
    ):
        rows = np.flatnonzero(chosen)
        left, right, over = within_blocks(rows, held.identifier[rows], CAPS[kind])
        copies = _copies(records, rows[over])
        found += [(left, right), copies]
        counts[f"pairs_{kind}"] = len(left) + len(copies[0])
        counts[f"over_cap_{kind}"] = len(distinct(held.identifier[rows[over]]))
    return (
        np.concatenate([pair[0] for pair in found]),
        np.concatenate([pair[1] for pair in found]),
        counts,
    )


def _copies(records: Records, rows: Ints) -> tuple[Ints, Ints]:
    """Pair the rows that have identifier and full name in common; chain them if they are many."""
    name = records.name[records.holdings.record[rows]]
    named = is_named(records.names)[name]
    rows, name = rows[named], name[named]
    key = records.holdings.identifier[rows] * len(records.names.kind) + name
    left, right, over = within_blocks(rows, key, CAPS["copies"])
    rows, key = rows[over], key[over]
    next_is_copy = np.flatnonzero(key[1:] == key[:-1])
    return (
        np.concatenate([left, rows[next_is_copy]]),
        np.concatenate([right, rows[next_is_copy + 1]]),
    )


def _count(counts: dict[str, int], name: str, more: int) -> None:
    counts[name] = counts.get(name, 0) + more


def _may_meet(records: Records, left: Ints, right: Ints) -> Bools:
    """Leave out two rows of one clean list: without an identifier they are two people."""
    same = records.list_of[left] == records.list_of[right]
    return np.asarray(~(same & records.list_is_clean[records.list_of[left]]))


def within_blocks(record: Ints, key: Ints, cap: int) -> tuple[Ints, Ints, Ints]:
    """Pair the records of each block; return left, right and the rows of blocks over the cap."""
    blocks, over = _in_blocks(record, key, cap)
    return *_written_out(blocks, np.flatnonzero(blocks.followers)), over


def _in_blocks(record: Ints, key: Ints, cap: int) -> tuple[Blocks, Ints]:
    """Put the records that share a key together; return also the rows of blocks over the cap."""
    rows, number = _in_company(key)
    size = int(record.max(initial=0)) + 1
    code = number * size + record[rows]
    order = np.argsort(code)
    fresh = np.ones(len(code), dtype=bool)
    fresh[1:] = code[order[1:]] != code[order[:-1]]
    order = order[fresh]
    block = number[order]
    sizes = np.bincount(block)
    size_of = sizes[block]
    follow = np.where(size_of <= cap, np.cumsum(sizes)[block] - np.arange(len(block)) - 1, 0)
    blocks = Blocks(record[rows[order]].astype(np.int32), follow.astype(np.int32))
    return blocks, rows[order[size_of > cap]]


def _met(blocks: Blocks, first: int, last: int) -> tuple[Ints, Ints]:
    """Return the pairs whose left contact lies in a range."""
    inside = (blocks.record >= first) & (blocks.record < last) & (blocks.followers > 0)
    return _written_out(blocks, np.flatnonzero(inside))


def _written_out(blocks: Blocks, places: Ints) -> tuple[Ints, Ints]:
    times = blocks.followers[places].astype(np.int64)
    left = np.repeat(places, times)
    offset = np.arange(len(left)) - np.repeat(np.cumsum(times) - times, times)
    right = blocks.record[left + 1 + offset].astype(np.int64)
    return blocks.record[left].astype(np.int64), right


def _in_company(key: Ints) -> tuple[Ints, Ints]:
    """Return the rows whose key another row has as well, and the number of that key."""
    _, number = np.unique(key, return_inverse=True)
    rows = np.flatnonzero(np.bincount(number)[number] > 1) if len(key) else np.empty(0, np.int64)
    return rows, number[rows]


def _retry(records: Records, record: Ints, key: Ints, cap: int) -> list[Blocks]:
    """Put the rows of overfull blocks together that also share a company."""
    company = records.company[record]
    has = company >= 0
    if not has.any():
        return []
    _, numbers = np.unique(key[has], return_inverse=True)
    finer = numbers * (len(records.companies) + 1) + company[has]
    return [_in_blocks(record[has], finer, cap)[0]]


def _name_keys(records: Records) -> Iterator[tuple[str, Ints, Ints]]:
    """Yield the keys made of names, for contacts that have both parts of one."""
    names, vocabulary = records.names, records.names.vocabulary
    size = len(vocabulary.words) + 1
    people = np.flatnonzero(records.is_person)
    families = np.concatenate([names.family, names.others], axis=1)[records.name[people]]
    given = names.given[records.name[people]]
    rows, slot = np.nonzero((families >= 0) & (given[:, :1] >= 0))
    record, family, first = people[rows], families[rows, slot], given[rows, 0]
    for column in (0, 1):
        token = given[rows, column]
        has = token >= 0
        low, high = np.minimum(family, token)[has], np.maximum(family, token)[has]
        yield "name", record[has], low * size + high
    yield "sound", record, vocabulary.sound[family] * 26 + vocabulary.letter[first]
    yield "nickname", *_nickname_keys(records, record, family, given[rows][:, (0, 2, 3)])
    two = _first_two(vocabulary.words)
    tail = two[family] * 64 + np.minimum(vocabulary.length[family] // 3, 63)
    yield "spelling", record, vocabulary.sound[first] * (1 << 18) + tail
    company = np.maximum(records.company, records.mail_company)[people]
    has = (company >= 0) & (given[:, 0] >= 0)
    yield "company", people[has], given[has, 0] * (len(records.companies) + 1) + company[has]


def _first_two(words: list[str]) -> Ints:
    return np.array(
        [ord(w[0]) * 32 + (ord(w[1]) & 31 if len(w) > 1 else 0) for w in words], dtype=np.int64
    )


def _nickname_keys(records: Records, record: Ints, family: Ints, given: Ints) -> tuple[Ints, Ints]:
    """Meet by family name and nickname group, unless the family name is common."""
    vocabulary = records.names.vocabulary
    common = np.bincount(family, minlength=len(vocabulary.words)) > COMMON_FAMILY
    keep = np.flatnonzero(~common[family])
    groups = [(word, group) for word, found in vocabulary.roots.items() for group in found]
    word, group = np.array(sorted(groups), dtype=np.int64).reshape(-1, 2).T
    counts = np.bincount(word, minlength=len(vocabulary.words) + 1)
    row, slot = np.nonzero(counts[given[keep]])
    token, row = given[keep[row], slot], keep[row]
    times = counts[token]
    first = np.repeat((np.cumsum(counts) - counts)[token], times)
    offset = np.arange(len(first)) - np.repeat(np.cumsum(times) - times, times)
    row = np.repeat(row, times)
    return record[row], family[row] * 65536 + group[first + offset]
