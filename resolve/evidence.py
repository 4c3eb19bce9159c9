"""A score in words: which terms, how many bits each, and one sentence of it for people."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from json.encoder import encode_basestring

import numpy as np
import polars as pl

from notworking.resolve.columns import changed
from notworking.resolve.compete import Counts
from notworking.resolve.holdings import HANDLE, MAIL_BOX, PAGE, PHONE, PROFILE, ROLE_BOX, TALK
from notworking.resolve.odds import TERMS, Odds, Scale, Scores, picked_odds
from notworking.resolve.odds import chosen as scores_of
from notworking.resolve.pairs import Pairs, pick
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
    TALK: "conversation of two",
}
#: Words of the terms that need no look at the pair: for and against.
_PLAIN = {
    "order": ("", "given and family name in the other order"),
    "middle": ("same middle initial", "different middle initials"),
    "suffix": ("", "one is junior or senior, the other not"),
    "company": ("same company", "different company"),
    "town": ("same town", "different town"),
    "opening": ("same first message", ""),
    "dates": ("connected at nearly the same time", "connected at different times"),
    "birthday": ("same birthday", "different birthday"),
    "no_common": ("", "each has numbers or addresses of their own, none in common"),
    "elsewhere": (
        "your other lists show the name as one person would",
        "your other lists show the name as several people would",
    ),
    "mobiles": ("", "only a landline in common, each has a mobile of their own"),
    "limit": (
        "",
        "held down: two entries of one list, two profiles, two members of one conversation, "
        "or only a guessed number",
    ),
}
#: So many pairs are told at a time, which bounds memory.
_AT_A_TIME = 50_000
#: Below this many bits a term is not worth a word.
_LEAST_BITS = 0.05


@dataclass(frozen=True, slots=True)
class Scored:
    """Pairs with their scores and what became of them among their rivals."""

    pairs: Pairs
    scores: Scores
    rivals: Counts
    probability: Floats
    scale: Scale


@dataclass(frozen=True, slots=True)
class _Told:
    """Pairs to be told, and why they have the scores they have."""

    pairs: Pairs
    odds: Odds


def chosen(scored: Scored, rows: Ints) -> Scored:
    """Return some of the pairs; their places have to ascend."""
    return Scored(
        pick(scored.pairs, rows),
        scores_of(scored.scores, rows),
        scored.rivals[rows],
        scored.probability[rows],
        scored.scale,
    )


def tell(scored: Scored) -> pl.Series:
    """Return the evidence of all pairs, each as a JSON list of term, words and bits."""
    size = len(scored.probability)
    starts = range(0, max(size, 1), _AT_A_TIME)
    pieces = (np.arange(start, min(start + _AT_A_TIME, size)) for start in starts)
    return pl.concat([_tell(scored, piece) for piece in pieces])


def _tell(scored: Scored, rows: Ints) -> pl.Series:
    pairs = pick(scored.pairs, rows)
    known = scored.scores.why
    odds = picked_odds(known, rows) if known is not None else scored.scale.weigh(pairs)
    columns: list[pl.Series] = []
    for term, bits in zip(TERMS, odds.terms, strict=True):
        places = np.flatnonzero(np.abs(bits) >= _LEAST_BITS)
        words = _words(_Told(pairs, odds), term, places, bits[places])
        columns.append(_placed(_told(term, words, bits[places]), places, len(rows)))
    p = scored.probability[rows]
    left = np.log2(p / (1 - p)) - odds.bits
    rivals = _for_each(
        scored.rivals[rows].astype(np.int64), lambda number: f'"{_count(number, "rival")}"'
    )
    columns.append(_told("competition", rivals, left))
    frame = pl.DataFrame({str(place): column for place, column in enumerate(columns)})
    joined = pl.concat_str(pl.all(), separator=", ", ignore_nulls=True)
    return frame.select(pl.format("[{}]", joined)).to_series()


def _told(term: str, words: pl.Series, bits: Floats) -> pl.Series:
    """Return one term as JSON; its words are JSON strings already."""
    tenths = _for_each(np.rint(bits * 10).astype(np.int64), lambda number: repr(number / 10))
    head = f'{{"term": "{term}", "words": '
    return pl.select(
        pl.concat_str(pl.lit(head), words, pl.lit(', "bits": '), tenths, pl.lit("}"))
    ).to_series()


def _placed(texts: pl.Series, places: Ints, size: int) -> pl.Series:
    """Put texts at their places in a column that has nothing elsewhere."""
    index = np.full(size, len(texts), dtype=np.int64)
    index[places] = np.arange(len(places))
    return pl.concat([texts, pl.Series([None], dtype=pl.String)]).gather(index)


def _for_each(values: Ints, text: Callable[[int], str]) -> pl.Series:
    """Return a text for each number, made once for each distinct one."""
    known, place = np.unique(values, return_inverse=True)
    return pl.Series([text(value) for value in known.tolist()], dtype=pl.String).gather(place)


def _count(number: int, noun: str) -> str:
    return f"no {noun}" if not number else f"1 {noun}" if number == 1 else f"{number} {noun}s"


def _words(told: _Told, term: str, rows: Ints, bits: Floats) -> pl.Series:
    """Return the words of one term for the given pairs, as JSON strings."""
    if term in _PLAIN:
        con, pro = (encode_basestring(words) for words in reversed(_PLAIN[term]))
        return _for_each((bits > 0).astype(np.int64), lambda is_for: pro if is_for else con)
    return _TOLD[term](told, rows)


def _prior_words(told: _Told, rows: Ints) -> pl.Series:
    records = told.pairs.records
    sizes = records.list_size[records.list_of]
    larger = np.maximum(sizes[told.pairs.left[rows]], sizes[told.pairs.right[rows]])
    return _for_each(larger, lambda size: f'"before looking, one among {size:,}"')


def _given_words(told: _Told, rows: Ints) -> pl.Series:
    pairs = told.pairs
    level = _for_each(pairs.like.given[rows], lambda number: _GIVEN[number])
    one, other = _shown(pairs, pairs.left[rows]), _shown(pairs, pairs.right[rows])
    alike = pl.format('"{} (\\"{}\\")"', level, one)
    unlike = pl.format('"{} (\\"{}\\", \\"{}\\")"', level, one, other)
    return pl.select(pl.when(one == other).then(alike).otherwise(unlike)).to_series()


def _shown(pairs: Pairs, places: Ints) -> pl.Series:
    """Return the names as displayed, escaped as inside a JSON string."""
    shown = pairs.records.shown.gather(places)
    if not shown.str.contains(r'[\x00-\x1f"\\]').any():
        return shown
    return changed(shown, lambda name: encode_basestring(name)[1:-1])


def _family_words(told: _Told, rows: Ints) -> pl.Series:
    return _for_each(told.pairs.like.family[rows], lambda level: f'"{_FAMILY[level]}"')


def _rarity_words(told: _Told, rows: Ints) -> pl.Series:
    """Say how many others are expected, to two digits."""
    counts = told.odds.expected[rows]
    tens = np.where(counts >= 1, 1, 1 - np.floor(np.log10(counts)).astype(np.int64))
    digits = np.rint(counts * 10.0**tens).astype(np.int64)
    return _for_each(
        digits * 64 + tens,
        lambda code: f'"about {_few(code // 64, code % 64)} others expected by that name"',
    )


def _few(digits: int, tens: int) -> str:
    return f"{digits / 10:.1f}" if tens == 1 and digits >= 10 else f"{digits / 10**tens:.2g}"


def _identifier_words(told: _Told, rows: Ints) -> pl.Series:
    shared, held = told.pairs.shared, told.pairs.records.holdings
    places = np.searchsorted(shared.pair, rows)
    kinds = held.kind[np.searchsorted(held.identifier, shared.identifier[places])]
    values = held.values.gather(shared.identifier[places]).to_list()
    words = [
        f"same {_IDENTIFIERS[kind]}"
        + ("" if kind == TALK else f" {value.removeprefix('uid/')}")
        + ("" if holders == 2 else f", held by {holders} contacts")
        for kind, value, holders in zip(
            kinds.tolist(), values, shared.holders[places].tolist(), strict=True
        )
    ]
    return pl.Series([encode_basestring(text) for text in words], dtype=pl.String)


def _further_words(told: _Told, rows: Ints) -> pl.Series:
    shared = told.pairs.shared
    counts = shared.count[np.searchsorted(shared.pair, rows)]
    return _for_each(counts, lambda number: f'"{_count(number, "identifier")} in common"')


_TOLD: dict[str, Callable[[_Told, Ints], pl.Series]] = {
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
