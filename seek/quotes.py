"""Where the words of an answer stand: the text itself, with its date, short enough to read.

Which matches there are is decided in ``search``; here they are looked up and worded.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from notworking.output import printable
from notworking.queries import query
from notworking.seek import lists, search
from notworking.seek.wording import marked_words, plain_words

if TYPE_CHECKING:
    import duckdb

    from notworking.seek.search import Found, Match

#: So many places are told of one person, the most telling first.
_MOST = 4
_AROUND = 45
_WHOLE = 110
_Texts = dict[tuple[int, str], list[tuple[str, datetime | None]]]


def told(con: duckdb.DuckDBPyConnection, found: Iterable[Found]) -> dict[int, list[str]]:
    """Return for each person where the words stand, as phrases for people."""
    chosen = {one.person_id: _chosen(one.matches) for one in found}
    texts = _passages(con, chosen) | _messages(con, chosen) | _own(con, chosen)
    return {
        person_id: [_phrase(match, texts.get((person_id, match.field), [])) for match in matches]
        for person_id, matches in chosen.items()
    }


def _chosen(matches: Iterable[Match]) -> list[Match]:
    """Return the best match of each concept, then the other fields, each field once."""
    ordered = sorted(matches, key=_order)
    best = {match.concept: match for match in reversed(ordered)}
    fields: dict[str, Match] = {}
    for match in [*sorted(best.values(), key=_order), *ordered]:
        held = fields.setdefault(match.field, match)
        fields[match.field] = replace(held, words=tuple(dict.fromkeys(held.words + match.words)))
    return list(fields.values())[:_MOST]


def _order(match: Match) -> tuple[bool, float, str, int]:
    return (match.field != "tag", -match.strength, match.field, match.concept)


def _passages(con: duckdb.DuckDBPyConnection, chosen: Mapping[int, list[Match]]) -> _Texts:
    fields = {match.field for matches in chosen.values() for match in matches}
    texts: _Texts = defaultdict(list)
    wanted = {"ids": list(chosen), "fields": sorted(fields - {"message", "tag", "note"})}
    for person_id, field, text, at in con.execute(query("seek_passages"), wanted).fetchall():
        texts[person_id, field].append((text, at))
    return dict(texts)


def _own(con: duckdb.DuckDBPyConnection, chosen: Mapping[int, list[Match]]) -> _Texts:
    texts: _Texts = defaultdict(list)
    for line in search.own_words(con):
        if line.person_id in chosen:
            texts[line.person_id, line.field].append((line.text, line.at))
    return dict(texts)


def _messages(con: duckdb.DuckDBPyConnection, chosen: Mapping[int, list[Match]]) -> _Texts:
    wanted: list[tuple[int, date]] = [
        (person_id, match.last_on)
        for person_id, matches in chosen.items()
        for match in matches
        if match.field == "message" and match.last_on is not None
    ]
    if not wanted:
        return {}
    given = {"ids": [p for p, _ in wanted], "days": [d for _, d in wanted]}
    texts: _Texts = defaultdict(list)
    for person_id, at, text in con.execute(query("seek_messages"), given).fetchall():
        texts[person_id, "message"].append((text, at))
    return dict(texts)


def _phrase(match: Match, texts: list[tuple[str, datetime | None]]) -> str:
    """Word one match: what the field is called, how often, when, and the text around the word."""
    said = lists.fields()[match.field].told
    text, at = _fitting(match, texts)
    if match.field == "message":
        times = match.times
        said += f" '{' '.join(match.words)}' " + ("once" if times == 1 else f"{times:,} times")
        day = match.last_on
        said += f", last on {day}" if times > 1 else f" on {day}"
        return f'{said}: "{excerpt(text, match.words)}"' if text else said
    quoted = f'{said} "{excerpt(text, match.words)}"' if text else f"{said} {' '.join(match.words)}"
    return f"{quoted} ({at:%Y-%m-%d})" if at else quoted


def _fitting(match: Match, texts: list[tuple[str, datetime | None]]) -> tuple[str, datetime | None]:
    """Return the text that has most of the words."""
    if not texts:
        return "", None
    return max(texts, key=lambda t: len(set(match.words) & set(plain_words(t[0]))))


def excerpt(text: str, words: Iterable[str]) -> str:
    """Return a text, or if it is long the part of it around the first of some plain words."""
    text = printable(" ".join(text.split()))
    if len(text) <= _WHOLE:
        return text
    wanted = set(words)
    hits = (span for *span, plain in marked_words(text) if wanted & set(plain))
    begin, end = next(hits, [0, 0])
    left = max(0, begin - _AROUND)
    right = min(len(text), max(end + _AROUND, left + 2 * _AROUND))
    left = text.rfind(" ", 0, left) + 1
    right = len(text) if (cut := text.find(" ", right)) < 0 else cut
    return ("…" if left else "") + text[left:right] + ("…" if right < len(text) else "")
