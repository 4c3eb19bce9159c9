"""The names of all contacts: parsed once each, completed from addresses, as numbers of words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from notworking.resolve.names import (
    ALIAS,
    FULL,
    INITIAL,
    MAIL,
    NONE,
    SERVICE,
    SINGLE,
    Name,
    Written,
    parse_name,
)
from notworking.resolve.spelling import fold_family, fold_given
from notworking.resolve.tokens import Bools, Ints, Vocabulary, make_vocabulary

_GIVEN_SLOTS, _FAMILY_SLOTS, _OTHER_SLOTS = 4, 3, 5
#: A "family name" that so many differently named people of one address book bear, and nobody in
#: the lists where people write their own names, is a tag; if it is a company, two are enough.
_TAG_BEARERS, _COMPANY_TAG_BEARERS = 10, 2
_PART = re.compile(r"[._\-]+")


@dataclass(frozen=True, slots=True)
class Names:
    """Distinct names as numbers of words, -1 where there is none.

    Attributes:
        vocabulary: The words.
        given: First unit, all units joined, two nicknames.
        family: Up to three family names.
        others: Up to five further family names.
        middle: Letter of the second given name.
        suffix: Number of the suffix, 0 for none.
        kind: Class of the name, as in ``names``.
        alias: Number of the word used instead of a name.
    """

    vocabulary: Vocabulary
    given: Ints
    family: Ints
    others: Ints
    middle: Ints
    suffix: Ints
    kind: Ints
    alias: Ints


def is_named(names: Names) -> Bools:
    """Tell which names have both parts."""
    return np.isin(names.kind, (FULL, INITIAL, MAIL))


def parse_all(written: list[Written]) -> list[Name]:
    """Parse the names as written, each distinct one once."""
    known: dict[Written, Name] = {}
    found = []
    for one in written:
        name = known.get(one)
        if name is None:
            name = known[one] = parse_name(one)
        found.append(name)
    return found


def find_tags(
    names: list[Name], written: list[Written], owners: list[int], companies: Iterable[str]
) -> frozenset[tuple[int, str]]:
    """Return what stands for a family name on cards and is a tag ("Anna Acme"), by owner."""
    own = {w for n, text in zip(names, written, strict=True) if not text.is_card for w in n.family}
    bearers: dict[tuple[int, str], set[str]] = defaultdict(set)
    for name, text, owner in zip(names, written, owners, strict=True):
        if text.is_card and name.kind == FULL and name.family[-1] not in own:
            bearers[owner, name.family[-1]].add(name.given[0])
    firms = frozenset(companies)
    return frozenset(
        tag
        for tag, given in bearers.items()
        if len(given) >= (_COMPANY_TAG_BEARERS if tag[1] in firms else _TAG_BEARERS)
    )


def without_tag(name: Name, tags: frozenset[tuple[int, str]], owner: int) -> tuple[Name, str]:
    """Take a tag off a card's name; return the name and the tag (empty if there is none)."""
    if name.kind != FULL or (owner, name.family[-1]) not in tags:
        return name, ""
    family = name.family[:-1]
    return replace(name, family=family, kind=FULL if family else SINGLE), name.family[-1]


def complete(name: Name, address: str, families: frozenset[str]) -> Name:
    """Fill what is missing in a name by what a mail address spells ("anna.jones@").

    Args:
        name: A name that lacks a part; others are returned as they are.
        address: A personal mail address.
        families: Known family names: a word is only cut in two ("ajones") if one is left.
    """
    parts = [p.rstrip("0123456789") for p in _PART.split(address.split("@", 1)[0].lower())]
    if not all(p.isascii() and p.isalpha() for p in parts):
        return name
    if name.kind in (NONE, ALIAS, SERVICE):
        spelt = len(parts) == 2 and min(map(len, parts)) > 1
        return _spelt(parts[0], parts[1]) if spelt else name
    if not name.given or len(name.given[0]) < 2 or name.kind not in (SINGLE, INITIAL):
        return name
    family = _family_in(parts, name.given[0], families)
    if not family or not family.startswith(name.family[0] if name.family else ""):
        return name
    return replace(name, family=(family,), kind=MAIL)


def _spelt(given: str, family: str) -> Name:
    return Name((fold_given(given),), (fold_family(family),), kind=MAIL)


def _family_in(parts: list[str], given: str, families: frozenset[str]) -> str:
    if len(parts) == 2 and given in parts:
        other = parts[1 - parts.index(given)]
        return fold_family(other) if len(other) > 1 else ""
    if len(parts) == 2 and parts[0] == given[0]:
        return fold_family(parts[1])
    if len(parts) == 1:
        for start in (given, given[0]):
            rest = fold_family(parts[0].removeprefix(start))
            if parts[0].startswith(start) and rest in families:
                return rest
    return ""


def as_numbers(names: list[Name]) -> Names:
    """Return distinct names as numbers of words; the same names give the same numbers."""
    words = {w for n in names for w in (*n.given, *n.family, *n.others, *n.nick, "".join(n.given))}
    words.discard("")
    vocabulary = make_vocabulary(words)
    number = {word: place for place, word in enumerate(vocabulary.words)}
    given = np.full((len(names), _GIVEN_SLOTS), -1, dtype=np.int64)
    family = np.full((len(names), _FAMILY_SLOTS), -1, dtype=np.int64)
    others = np.full((len(names), _OTHER_SLOTS), -1, dtype=np.int64)
    middle = np.full(len(names), -1, dtype=np.int64)
    for place, name in enumerate(names):
        if name.given:
            given[place, 0] = number[name.given[0]]
        if len(name.given) > 1:
            given[place, 1] = number["".join(name.given)]
            middle[place] = ord(name.given[1][0])
        for slot, word in enumerate(name.nick[:2]):
            given[place, 2 + slot] = number[word]
        for slot, word in enumerate(name.family):
            family[place, slot] = number[word]
        for slot, word in enumerate(name.others[:_OTHER_SLOTS]):
            others[place, slot] = number[word]
    suffixes = {s: i for i, s in enumerate(sorted({n.suffix for n in names} | {""}))}
    aliases = {a: i - 1 for i, a in enumerate(sorted({n.alias for n in names} | {""}))}
    return Names(
        vocabulary,
        given,
        family,
        others,
        middle,
        np.array([suffixes[n.suffix] for n in names], dtype=np.int64),
        np.array([n.kind for n in names], dtype=np.int64),
        np.array([aliases[n.alias] for n in names], dtype=np.int64),
    )
