"""The answer to ``notworking path``: the best way in and why, then the list."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from notworking import output, who
from notworking.errors import UsageError
from notworking.output import printable
from notworking.queries import query
from notworking.seek import companies, ways
from notworking.seek.answer import standing
from notworking.seek.asking import Asking, require_tables
from notworking.seek.wording import plain_words

if TYPE_CHECKING:
    import duckdb

    from notworking.seek.lists import Phrase
    from notworking.seek.ways import Through, Way

_SEEN = {
    "thread": "you three are in the same conversations",
    "event": "you met both at the same events",
    "introduction": "introduced you",
}
_NEAREST = 5
#: Below this chance a tie is dormant, and a way no warm one.
_WARM = 0.25


def path(con: duckdb.DuckDBPyConnection, asking: Asking) -> None:
    """Answer which ways lead to a company, or to a person by name, person_id, address or number.

    Raises:
        UsageError: Nothing was asked, nobody has that number, or the answer cannot be written.
        DatabaseError: An older version made the database.
    """
    if not plain_words(asking.text):
        raise UsageError("There is no word in that: say a company or a person.")
    require_tables(con)
    asked = companies.names_of(asking.text, asking.extras)
    found, before = _found(con, asking.text, asked)
    shown = found[: max(asking.limit, 0)]
    for line in [*before, *_sentences(con, found, len(shown), asked)]:
        asking.say(line)
    if shown or asking.form != "table":
        rows = json.dumps(list(_rows(shown)), ensure_ascii=False)
        output.write(con, query("path_answer"), {"rows": rows}, asking.form, asking.target)


def _found(
    con: duckdb.DuckDBPyConnection, text: str, asked: list[Phrase]
) -> tuple[list[Way], list[str]]:
    """Return the ways, and what there is to say about what was understood."""
    is_identifier = "@" in text or not any(c.isalpha() for c in text)
    if not is_identifier and asked:
        words = sorted({word for name in asked for word in name})
        found = ways.to_company(con, asked, _companies(con, words))
        if found:
            return found, []
    try:
        return ways.to_person(con, who.find(con, text).person_id), []
    except UsageError as error:
        if is_identifier:
            raise
        return _misspelt(con, text, str(error))


def _misspelt(
    con: duckdb.DuckDBPyConnection, text: str, no_person: str
) -> tuple[list[Way], list[str]]:
    """Take a misspelt company for the one it resembles; else say what is near."""
    near = companies.nearest(text, _companies(con, []))
    if near and companies.is_misspelling(near[0][1]):
        taken = [companies.name_words(near[0][0])]
        found = ways.to_company(con, taken, _companies(con, list(taken[0])))
        return found, [f"No company here is called '{text}'; taken for '{printable(near[0][0])}'."]
    lines = [f"No company here is called '{text}'. {no_person}"]
    if near:
        names = ", ".join(printable(name) for name, _ in near[:_NEAREST])
        lines.append(f"The nearest companies here: {names}.")
    return [], lines


def _companies(con: duckdb.DuckDBPyConnection, words: list[str]) -> list[str]:
    rows = con.execute(query("path_companies"), {"words": words}).fetchall()
    return [name for (name,) in rows]


def _sentences(
    con: duckdb.DuckDBPyConnection, found: list[Way], shown: int, asked: list[Phrase]
) -> Iterator[str]:
    if not found:
        return
    best = found[0]
    if best.strength > 0:
        head = "The warmest way in" if best.strength >= _WARM else "No warm way; the least cold"
        hedge = "a guess, " if best.is_guess else ""
        yield f"{head}: {hedge}{steps(best)}. {_sentence(why(best))}."
    else:
        yield (
            "Nobody: you hold "
            + ("cards" if len({way.target.person_id for way in found}) > 1 else "a card")
            + " there, no exchange with any of them, and nobody in between that the data show."
        )
    decider = next(
        (w for w in found if w.strength > 0 and ways.role(w.target) == "deliverer"), None
    )
    if decider and decider is not best:
        yield f"To somebody who decides: {steps(decider)}."
    yield from _own_time(con, asked)
    if shown < len(found):
        yield f"{len(found) - shown:,} more: '--limit {len(found)}' lists all."
    yield ""


def _own_time(con: duckdb.DuckDBPyConnection, asked: list[Phrase]) -> Iterator[str]:
    """Yield when the owners were at the company themselves, their stretches there as one."""
    rows = con.execute(query("path_own_stages")).fetchall()
    own = [row for row in rows if companies.name_words(row[0]) in asked]
    if own:
        began = min((started for _, started, _ in own if started), default="?")
        ended = "now" if any(e is None for *_, e in own) else max(e for *_, e in own)
        yield f"You were at {printable(own[0][0])} yourself ({began} to {ended})."


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def steps(way: Way) -> str:
    """Return a way as the people on it."""
    via = f"{printable(way.through.name)} - " if way.through else ""
    return f"you - {via}{printable(way.target.name)}"


def why(way: Way) -> str:
    """Return in one sentence what supports a way."""
    if way.through is None:
        target = way.target
        return standing(target.tie_class, target.alive, target.last_contact)
    via = way.through
    tie = f"{printable(via.name)} is {standing(via.tie_class, via.alive, via.last_contact)}"
    return f"{tie}; {_link(via, printable(way.target.name))}"


def _link(via: Through, name: str) -> str:
    if via.is_guess:
        return f"shares {' and '.join(map(printable, via.kinds))} with {name}, more is not known"
    links = []
    for kind in via.kinds:
        when = f" on {via.introduced_at:%Y-%m-%d}" if via.introduced_at else ""
        links.append(f"introduced you to {name}{when}" if kind == "introduction" else _SEEN[kind])
    return " and ".join(links)


def _rows(found: list[Way]) -> Iterator[dict[str, object]]:
    for place, way in enumerate(found, start=1):
        target = way.target
        yield {
            "place": place,
            "target": target.name,
            "role": ways.role(target),
            "path": steps(way),
            "strength": round(way.strength, 4),
            "certainty": "guess" if way.is_guess else "seen" if way.strength else "card",
            "title": target.title,
            "company": target.company,
            "there": "now" if target.is_now else _until(way),
            "person_id": target.person_id,
            "via_id": way.through.person_id if way.through else None,
            "why": why(way),
        }


def _until(way: Way) -> str:
    return f"until {way.target.until:%Y-%m}" if way.target.until else "before"
