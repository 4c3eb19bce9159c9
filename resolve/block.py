"""Candidate pairs: contacts that share a key. The only step that decides cost; scores nothing."""

from __future__ import annotations

from collections.abc import Iterator

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


def candidate_pairs(records: Records) -> tuple[Ints, Ints, dict[str, int]]:
    """Return the pairs that share a key (left < right, each once), and counts per kind of key."""
    size = max(len(records.ids), 1)
    one, other, counts = holding_pairs(records)
    record = records.holdings.record
    found = [distinct(record[one] * size + record[other])]
    for kind, holder, key in _name_keys(records):
        left, right, over = within_blocks(holder, key, CAPS[kind])
        again = _retry(records, holder[over], key[over], CAPS[kind])
        left, right = np.concatenate([left, again[0]]), np.concatenate([right, again[1]])
        apart = _may_meet(records, left, right)
        codes = distinct(left[apart] * size + right[apart])
        _count(counts, f"pairs_{kind}", len(codes))
        _count(counts, f"over_cap_{kind}", len(distinct(key[over])))
        found.append(codes)
    codes = distinct(np.concatenate(found))
    left, right = codes // size, codes % size
    both = records.is_person[left] & records.is_person[right]
    counts["pairs"] = int(both.sum())
    return left[both], right[both], counts


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
    rows, number = _in_company(key)
    size = int(record.max(initial=0)) + 1
    code = number * size + record[rows]
    order = np.argsort(code)
    fresh = np.ones(len(code), dtype=bool)
    fresh[1:] = code[order[1:]] != code[order[:-1]]
    order = order[fresh]
    record, block = record[rows[order]], number[order]
    sizes = np.bincount(block)
    size_of = sizes[block]
    place = np.arange(len(block))
    partners = np.where(size_of <= cap, np.cumsum(sizes)[block] - place - 1, 0)
    left = np.repeat(place, partners)
    offset = np.arange(len(left)) - np.repeat(np.cumsum(partners) - partners, partners)
    return record[left], record[left + 1 + offset], rows[order[size_of > cap]]


def _in_company(key: Ints) -> tuple[Ints, Ints]:
    """Return the rows whose key another row has as well, and the number of that key."""
    _, number = np.unique(key, return_inverse=True)
    rows = np.flatnonzero(np.bincount(number)[number] > 1) if len(key) else np.empty(0, np.int64)
    return rows, number[rows]


def _retry(records: Records, record: Ints, key: Ints, cap: int) -> tuple[Ints, Ints]:
    """Pair the rows of an overfull block that also share a company."""
    company = records.company[record]
    has = company >= 0
    if not has.any():
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    _, numbers = np.unique(key[has], return_inverse=True)
    finer = numbers * (len(records.companies) + 1) + company[has]
    left, right, _ = within_blocks(record[has], finer, cap)
    return left, right


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
