"""A score in words: which terms, how many bits each, and one sentence of it for people."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from json.encoder import encode_basestring

import numpy as np
import polars as pl

from notworking.resolve.holdings import HANDLE, MAIL_BOX, PAGE, PHONE, PROFILE, ROLE_BOX
from notworking.resolve.odds import TERMS, Odds
from notworking.resolve.pairs import Pairs
from notworking.resolve.tokens import (
    DIFFERENT,
    EQUAL,
    INITIAL,
    MISSING,
    NEAR,
    NICKNAME,
    Floats,
    Ints,
)

_GIVEN = {
    EQUAL: "same given name",
    NICKNAME: "given names are forms of one another",
    NEAR: "given names nearly the same",
    INITIAL: "initial of the given name agrees",
    MISSING: "no given name to compare",
    DIFFERENT: "different given names",
}
_FAMILY = {
    EQUAL: "same family name",
    NICKNAME: "one family name in common",
    NEAR: "family names nearly the same",
    INITIAL: "initial of the family name agrees",
    MISSING: "no family name to compare",
    DIFFERENT: "different family names",
}
_IDENTIFIERS = {
    PROFILE: "profile",
    MAIL_BOX: "mail address",
    ROLE_BOX: "mailbox of several people",
    PHONE: "phone number",
    HANDLE: "handle",
    PAGE: "page",
}
#: Words of the terms that need no look at the pair: for and against.
_PLAIN = {
    "order": ("", "given and family name in the other order"),
    "middle": ("same middle initial", "different middle initials"),
    "suffix": ("", "one is junior or senior, the other not"),
    "company": ("same company", "different company"),
    "town": ("same town", "different town"),
    "dates": ("connected at nearly the same time", "connected at different times"),
    "birthday": ("same birthday", "different birthday"),
    "no_common": ("", "each has numbers or addresses of their own, none in common"),
    "mobiles": ("", "only a landline in common, each has a mobile of their own"),
    "limit": ("", "held down: two entries of one list, two profiles, or only a guessed number"),
}
#: Below this many bits a term is not worth a word.
_LEAST_BITS = 0.05


@dataclass(frozen=True, slots=True)
class Scored:
    """Pairs with their scores and what became of them among their rivals."""

    pairs: Pairs
    odds: Odds
    rivals: Ints
    probability: Floats


def tell(scored: Scored, rows: Ints) -> pl.Series:
    """Return the evidence of the given pairs, each as a JSON list of term, words and bits."""
    told: list[list[str]] = [[] for _ in range(len(rows))]
    for term in TERMS:
        bits = scored.odds.terms[TERMS.index(term), rows]
        places = np.flatnonzero(np.abs(bits) >= _LEAST_BITS)
        words = _words(scored, term, rows[places], bits[places])
        _append(told, places, term, words, bits[places])
    p = scored.probability[rows]
    left = np.log2(p / (1 - p)) - scored.odds.bits[rows]
    rivals = [_count(n, "rival") for n in scored.rivals[rows].tolist()]
    _append(told, np.arange(len(rows)), "competition", rivals, left)
    return pl.Series(["[" + ", ".join(terms) + "]" for terms in told], dtype=pl.String)


def _append(told: list[list[str]], places: Ints, term: str, words: list[str], bits: Floats) -> None:
    head = f'{{"term": "{term}", "words": '
    rounded = (np.round(bits, 1) + 0.0).tolist()
    for place, text, value in zip(places.tolist(), words, rounded, strict=True):
        told[place].append(f'{head}{encode_basestring(text)}, "bits": {value}}}')


def _count(number: int, noun: str) -> str:
    return f"no {noun}" if not number else f"1 {noun}" if number == 1 else f"{number} {noun}s"


def _words(scored: Scored, term: str, rows: Ints, bits: Floats) -> list[str]:
    """Return the words of one term for the given pairs."""
    if term in _PLAIN:
        pro, con = _PLAIN[term]
        return [pro if value > 0 else con for value in bits.tolist()]
    return _TOLD[term](scored, rows)


def _prior_words(scored: Scored, rows: Ints) -> list[str]:
    records = scored.pairs.records
    sizes = records.list_size[records.list_of]
    larger = np.maximum(sizes[scored.pairs.left[rows]], sizes[scored.pairs.right[rows]])
    return [f"before looking, one among {size:,}" for size in larger.tolist()]


def _given_words(scored: Scored, rows: Ints) -> list[str]:
    pairs, shown = scored.pairs, scored.pairs.records.shown
    columns = (pairs.like.given[rows], pairs.left[rows], pairs.right[rows])
    return [
        f'{_GIVEN[level]} ("{shown[a]}")'
        if shown[a] == shown[b]
        else f'{_GIVEN[level]} ("{shown[a]}", "{shown[b]}")'
        for level, a, b in zip(*(column.tolist() for column in columns), strict=True)
    ]


def _family_words(scored: Scored, rows: Ints) -> list[str]:
    return [_FAMILY[level] for level in scored.pairs.like.family[rows].tolist()]


def _rarity_words(scored: Scored, rows: Ints) -> list[str]:
    counts = scored.odds.expected[rows].tolist()
    return [f"about {_few(count)} others expected by that name" for count in counts]


def _few(count: float) -> str:
    return f"{count:.1f}" if count >= 1 else f"{count:.2g}"


def _identifier_words(scored: Scored, rows: Ints) -> list[str]:
    shared, held = scored.pairs.shared, scored.pairs.records.holdings
    places = np.searchsorted(shared.pair, rows)
    kinds = held.kind[np.searchsorted(held.identifier, shared.identifier[places])]
    columns = (kinds, shared.identifier[places], shared.holders[places])
    return [
        f"same {_IDENTIFIERS[kind]} {held.values[number].removeprefix('uid/')}"
        + ("" if holders == 2 else f", held by {holders} contacts")
        for kind, number, holders in zip(*(c.tolist() for c in columns), strict=True)
    ]


def _further_words(scored: Scored, rows: Ints) -> list[str]:
    shared = scored.pairs.shared
    counts = shared.count[np.searchsorted(shared.pair, rows)].tolist()
    return [_count(count, "identifier") + " in common" for count in counts]


_TOLD: dict[str, Callable[[Scored, Ints], list[str]]] = {
    "prior": _prior_words,
    "given": _given_words,
    "family": _family_words,
    "rarity": _rarity_words,
    "identifier": _identifier_words,
    "further": _further_words,
}


def explain(evidence_json: str) -> str:
    """Return the evidence of a pair as one sentence, ending with the probability."""
    terms = json.loads(evidence_json)
    told = [f"{t['words']} ({t['bits']:+.1f})" if t["bits"] else t["words"] for t in terms]
    return ", ".join(told) + f" -> {_percent(terms)}"


def waterfall(evidence_json: str) -> list[str]:
    """Return the evidence of a pair term by term: bits, running total, words."""
    lines, total = [], 0.0
    terms = json.loads(evidence_json)
    for term in terms:
        total += term["bits"]
        lines.append(f"{term['bits']:+6.1f} {total:+7.1f}  {term['words']}")
    return [*lines, f"{'':16}{_percent(terms)}"]


def _percent(terms: list[dict[str, float]]) -> str:
    bits = max(min(sum(term["bits"] for term in terms), 60.0), -60.0)
    percent = 100 / (1 + 2.0**-bits)
    if percent > 99.9:
        return "over 99.9 %"
    return f"{percent:.1f} %" if percent > 99 else f"{percent:.0f} %"
