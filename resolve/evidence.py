"""A score in words: which terms, how many bits each, and one sentence of it for people."""

from __future__ import annotations

import json
from dataclasses import dataclass

import numpy as np

from notworking.resolve.compare import Likeness
from notworking.resolve.odds import TERMS, Odds
from notworking.resolve.prepare import MAIL_BOX, PHONE, PROFILE, ROLE_BOX, Records
from notworking.resolve.shared import Shared
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
    MAIL_BOX: "mail",
    ROLE_BOX: "shared mailbox",
    PHONE: "phone number",
}


@dataclass(frozen=True, slots=True)
class Scored:
    """Everything a score rests on, for the pairs worth telling."""

    records: Records
    left: Ints
    right: Ints
    like: Likeness
    shared: Shared
    odds: Odds
    share: Floats
    rivals: Ints
    probability: Floats


def tell(scored: Scored, rows: Ints) -> list[str]:
    """Return the evidence of the given pairs, each as a JSON list of term, words and bits."""
    by_pair = {pair: place for place, pair in enumerate(scored.shared.pair.tolist())}
    return [
        json.dumps(_terms(scored, row, by_pair.get(row, -1)), ensure_ascii=False)
        for row in rows.tolist()
    ]


def _terms(scored: Scored, row: int, shared: int) -> list[dict[str, object]]:
    told: list[dict[str, object]] = []
    for place, term in enumerate(TERMS):
        bits = float(scored.odds.terms[place, row])
        if abs(bits) >= 0.05:
            words = _words(scored, term, row, shared, bits)
            told.append({"term": term, "words": words, "bits": round(bits, 1)})
    told.append(_rival_term(scored, row))
    return told


def _rival_term(scored: Scored, row: int) -> dict[str, object]:
    p, rivals = float(scored.probability[row]), int(scored.rivals[row])
    bits = float(np.log2(p / (1 - p))) - float(scored.odds.bits[row])
    words = "no rival" if not rivals else "1 rival" if rivals == 1 else f"{rivals} rivals"
    return {"term": "competition", "words": words, "bits": round(bits, 1)}


def _words(scored: Scored, term: str, row: int, shared: int, bits: float) -> str:
    like, records = scored.like, scored.records
    if term == "prior":
        return _prior_words(scored, row)
    if term == "given":
        return f"{_GIVEN[int(like.given[row])]} ({_both_names(records, scored, row)})"
    if term == "family":
        return _FAMILY[int(like.family[row])]
    if term == "lift":
        return f"about {_few(float(scored.odds.expected[row]))} others expected by that name"
    if term == "identifier":
        return _identifier_words(scored, shared)
    if term == "further":
        return f"{int(scored.shared.count[shared])} identifiers in common"
    if term == "company":
        return "same company" if bits > 0 else "different company"
    if term == "birthday":
        return "same birthday" if bits > 0 else "different birthday"
    return _FIXED[term] if term != "middle" else _middle_words(bits)


_FIXED = {
    "order": "given and family name in the other order",
    "suffix": "one is junior or senior, the other not",
    "no_common": "each has phone or mail of their own, none in common",
    "limit": "held down: two profiles, or two rows of one list, or a number without country code",
}


def _middle_words(bits: float) -> str:
    return "same middle initial" if bits > 0 else "different middle initials"


def _prior_words(scored: Scored, row: int) -> str:
    records = scored.records
    a, b = records.list_of[scored.left[row]], records.list_of[scored.right[row]]
    size = int(max(records.list_size[a], records.list_size[b]))
    return f"before looking, one among {size:,}"


def _both_names(records: Records, scored: Scored, row: int) -> str:
    one, two = records.shown[scored.left[row]], records.shown[scored.right[row]]
    return f'"{one}"' if one == two else f'"{one}", "{two}"'


def _identifier_words(scored: Scored, shared: int) -> str:
    found = scored.shared
    number = int(found.identifier[shared])
    held = scored.records.holdings
    kind = int(held.kind[np.searchsorted(held.identifier, number)])
    holders = int(found.holders[shared])
    among = "" if holders == 2 else f", held by {holders} contacts"
    return f"same {_IDENTIFIERS.get(kind, 'address')} {held.values[number]}{among}"


def _few(count: float) -> str:
    return f"{count:.1f}" if count >= 1 else f"{count:.2g}"


def explain(evidence_json: str) -> str:
    """Return the evidence of a pair as one sentence, ending with the probability."""
    terms = json.loads(evidence_json)
    told = [f"{t['words']} ({t['bits']:+.1f})" for t in terms]
    return ", ".join(told) + f" -> {_percent(terms)}"


def waterfall(evidence_json: str) -> list[str]:
    """Return the evidence of a pair term by term, with the running total in bits."""
    lines, total = [], 0.0
    terms = json.loads(evidence_json)
    for term in terms:
        total += term["bits"]
        lines.append(f"{term['bits']:+6.1f}  {total:+6.1f}  {term['words']}")
    return [*lines, f"                {_percent(terms)}"]


def _percent(terms: list[dict[str, float]]) -> str:
    bits = max(min(sum(term["bits"] for term in terms), 60.0), -60.0)
    probability = 1 / (1 + 2.0**-bits)
    if probability > 0.999:
        return "over 99.9 %"
    return (
        f"{probability:.1%}".replace("%", " %")
        if probability > 0.99
        else f"{probability:.0%}".replace("%", " %")
    )
