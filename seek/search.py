"""Who has the words of a question, and who of them to ask first.

What the words can mean is decided here and in ``question``; the matching and ranking of everybody
is one query, ``queries/seek_best.sql``. What the answer looks like is decided in ``answer``.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from notworking.queries import query
from notworking.seek import lists, question
from notworking.seek.question import Concept, Variant
from notworking.seek.wording import plain_words

if TYPE_CHECKING:
    import duckdb

#: Here a word is part of a name: another ending makes it another name.
_NAMES = frozenset({"company", "former_company", "place"})
#: Texts so short that words in them belong together.
_SHORT = frozenset({"tag", "note", "skill", "title", "former_title", "company", "former_company"})
_NEAREST = 5
_RESEMBLING = 50


@dataclass(frozen=True, slots=True)
class Match:
    """A concept found in one field of one person.

    Attributes:
        concept: Its number in the question.
        field: Where.
        strength: How well it matches there, up to 1.
        words: The words of the database that matched.
        times: How often.
        last_on: Day of the latest message; None outside messages.
    """

    concept: int
    field: str
    strength: float
    words: tuple[str, ...]
    times: int
    last_on: date | None


@dataclass(frozen=True, slots=True)
class Found:
    """Who was found, with the best tie that any owner has, and where the words stand."""

    person_id: int
    name: str
    alive: float
    tie_class: str
    last_contact: datetime | None
    score: float
    matches: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """Who was found, best first.

    Attributes:
        asked: The concepts of the question.
        unknown: Of these, what nobody here has.
        found: The best, as many as asked for.
        others: How many more there are.
        taken_for: Misspelt words and what they were taken for.
        nearest: Words that come nearest, where nothing was found.
    """

    asked: tuple[str, ...]
    unknown: tuple[str, ...]
    found: tuple[Found, ...]
    others: int
    taken_for: Mapping[str, str]
    nearest: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Own:
    """One tag or note of the user, which no shared table has: they change between imports."""

    person_id: int
    field: str
    text: str
    at: datetime | None


def ask(con: duckdb.DuckDBPyConnection, text: str, limit: int, extras: lists.Extras) -> Answer:
    """Search for who to ask about something."""
    concepts = question.read(text, lists.synonyms(extras))
    own = _words_of(own_words(con))
    near = _near(con, concepts, own)
    meant = _meanings(concepts, near)
    known = _known(con, {v.word for found in meant.values() for v in found}) | own.keys()
    found, everybody = _best(con, _asked(concepts, meant), own, max(limit, 0))
    return Answer(
        asked=tuple(concept.asked for concept in concepts),
        unknown=tuple(c.asked for c in concepts if not _is_known(c, meant, known)),
        found=found,
        others=everybody - len(found),
        taken_for=_taken_for(concepts, near, meant),
        nearest=() if everybody else _nearest(near),
    )


def own_words(con: duckdb.DuckDBPyConnection) -> list[Own]:
    """Return the user's tags and notes, but for marks that only steer the analyses."""
    return [Own(*row) for row in con.execute(query("seek_own")).fetchall()]


def _words_of(own: Iterable[Own]) -> dict[str, set[tuple[int, str]]]:
    found: dict[str, set[tuple[int, str]]] = defaultdict(set)
    for line in own:
        for word in plain_words(line.text):
            found[word].add((line.person_id, line.field))
    return found


def _near(
    con: duckdb.DuckDBPyConnection,
    concepts: Iterable[Concept],
    own: Mapping[str, set[tuple[int, str]]],
) -> dict[str, dict[str, int]]:
    """Return for every typed word what resembles it, with the number of people."""
    words = list(dict.fromkeys(word for c in concepts for word in c.ways[0].words))
    near: dict[str, dict[str, int]] = {word: {} for word in words}
    for asked, word, people in con.execute(query("seek_near"), {"words": words}).fetchall():
        near[asked][word] = people
    for asked in words:
        for word, people in own.items():
            if word[0] == asked[0] or word.endswith(asked):
                near[asked].setdefault(word, len(people))
    return near


def _meanings(
    concepts: Iterable[Concept], near: Mapping[str, Mapping[str, int]]
) -> dict[str, list[Variant]]:
    """Return what every word of every way can be in the database."""
    meant = {word: question.variants(word, others) for word, others in near.items()}
    for concept in concepts:
        for way in concept.ways[1:]:
            for word in way.words:
                same = [Variant(word, 1.0, "exact"), Variant(word + "s", 0.9, "form")]
                meant.setdefault(word, same)
    return meant


def _known(con: duckdb.DuckDBPyConnection, words: set[str]) -> set[str]:
    rows = con.execute(query("seek_known"), {"words": sorted(words)}).fetchall()
    return {word for (word,) in rows}


def _is_known(concept: Concept, meant: Mapping[str, list[Variant]], known: set[str]) -> bool:
    def has(word: str) -> bool:
        return any(variant.word in known for variant in meant[word])

    return any(map(has, concept.ways[0].words)) or any(
        all(map(has, way.words)) for way in concept.ways[1:]
    )


def _asked(
    concepts: Iterable[Concept], meant: Mapping[str, list[Variant]]
) -> list[dict[str, object]]:
    return [
        {
            "concept": number,
            "way": place,
            "part": part,
            "parts": len(way.words),
            "factor": way.factor,
            "word": variant.word,
            "quality": variant.quality,
            "is_form": variant.kind == "form",
        }
        for number, concept in enumerate(concepts)
        for place, way in enumerate(concept.ways)
        for part, word in enumerate(way.words)
        for variant in meant[word]
    ]


def _places() -> list[dict[str, object]]:
    return [
        {
            "field": f.name,
            "weight": f.weight,
            "is_name": f.name in _NAMES,
            "is_short": f.name in _SHORT,
        }
        for f in lists.fields().values()
    ]


def _best(
    con: duckdb.DuckDBPyConnection,
    asked: list[dict[str, object]],
    own: Mapping[str, set[tuple[int, str]]],
    top: int,
) -> tuple[tuple[Found, ...], int]:
    """Return the best, and how many have any of the words."""
    wanted = {line["word"] for line in asked}
    held = [
        {"word": word, "field": place, "person_id": person_id}
        for word, people in own.items()
        if word in wanted
        for person_id, place in sorted(people)
    ]
    given = {
        "asked": json.dumps(asked),
        "places": json.dumps(_places()),
        "own": json.dumps(held),
        "top": max(top, 1),
    }
    rows = con.execute(query("seek_best"), given).fetchall()
    found = tuple(_found(row) for row in rows)
    return found[:top], rows[0][1] if rows else 0


def _found(row: tuple[Any, ...]) -> Found:
    _, _, person_id, name, alive, tie_class, last_contact, score, matches = row
    told = tuple(Match(**match | {"words": tuple(match["words"])}) for match in matches)
    return Found(person_id, name, alive, tie_class, last_contact, score, told)


def _taken_for(
    concepts: Iterable[Concept],
    near: Mapping[str, Mapping[str, int]],
    meant: Mapping[str, list[Variant]],
) -> dict[str, str]:
    typed = (word for concept in concepts for word in concept.ways[0].words)
    return {
        word: meant[word][0].word
        for word in typed
        if word not in near[word] and meant[word] and meant[word][0].kind == "typo"
    }


def _nearest(near: Mapping[str, Mapping[str, int]]) -> tuple[str, ...]:
    from rapidfuzz import fuzz  # noqa: PLC0415 (needed only where nothing was found)

    found = sorted(
        (-fuzz.ratio(word, other), other) for word, others in near.items() for other in others
    )
    close = (other for ratio, other in found if -ratio >= _RESEMBLING)
    return tuple(dict.fromkeys(close))[:_NEAREST]
