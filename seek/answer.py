"""The answer to ``notworking who``: whom to ask first and why, then the list."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from notworking import output
from notworking.errors import UsageError
from notworking.output import printable
from notworking.queries import query
from notworking.seek import quotes, search
from notworking.seek.asking import Asking, require_tables
from notworking.seek.wording import plain_words

if TYPE_CHECKING:
    import duckdb

    from notworking.seek.search import Answer, Found


def who(con: duckdb.DuckDBPyConnection, asking: Asking) -> None:
    """Answer who knows about something.

    Raises:
        UsageError: The question has no word in it, or the answer cannot be written.
        DatabaseError: An older version made the database.
    """
    if not plain_words(asking.text):
        raise UsageError(
            "There is no word in the question: say a skill, a job, a company, a place."
        )
    require_tables(con)
    answer = search.ask(con, asking.text, asking.limit, asking.extras)
    told = quotes.told(con, answer.found)
    for line in sentences(answer, told):
        asking.say(line)
    if answer.found or asking.form != "table":
        rows = json.dumps(list(_rows(answer, told)), ensure_ascii=False)
        name = "seek_answer_short" if asking.form == "table" else "seek_answer"
        output.write(con, query(name), {"rows": rows}, asking.form, asking.target)


def quote_only(con: duckdb.DuckDBPyConnection, owner: str) -> None:
    """Let later answers quote the messages of one owner, where several pool their exports.

    Raises:
        UsageError: Nobody of that name owns anything here.
    """
    known = con.execute(query("owners_named"), {"name": owner}).fetchall()
    meant = [owner_id for owner_id, _, is_meant in known if is_meant]
    if not meant:
        names = ", ".join(f'"{name}"' for _, name, _ in known if name) or "nobody by name"
        raise UsageError(f"There is no owner '{owner}' here; this database holds {names}.")
    con.execute("set variable asking_owner = $owner", {"owner": meant[0]})


def sentences(answer: Answer, told: dict[int, list[str]]) -> Iterator[str]:
    """Yield what stands before the list."""
    for typed, taken in answer.taken_for.items():
        yield f"'{typed}' is nowhere here; taken for '{taken}'."
    if not answer.found:
        yield f"Nobody: no one here stands for {_listed(answer.asked)}."
        if answer.nearest:
            yield f"The nearest words here: {', '.join(answer.nearest)}."
        return
    if answer.unknown:
        yield f"Nothing here is about {_listed(answer.unknown)}; that part is left out."
    best = answer.found[0]
    name = printable(best.name)
    yield f"Ask {name} first: {reason(best, told[best.person_id])}."
    if all(found.tie_class == "card" for found in answer.found):
        yield (
            f"With none of these there ever was an exchange: 'notworking path \"{name}\"' looks "
            "for somebody in between."
        )
    if answer.others:
        yield f"{answer.others:,} more: '--limit {len(answer.found) + answer.others}' lists all."
    yield ""


def reason(found: Found, told: list[str]) -> str:
    """Return in one sentence why to ask somebody, and how alive the tie is."""
    return f"{told[0]}; {standing(found.tie_class, found.alive, found.last_contact)}"


def standing(tie_class: str, alive: float, last_contact: datetime | None) -> str:
    """Word how alive a tie is."""
    chance = f"{alive:.0%} chance to be in touch within a year"
    last = f"{last_contact:%Y-%m-%d}" if last_contact else None
    match tie_class:
        case "card" if last is None:
            return "a card, never a word between you"
        case "card":
            return f"a card, nothing two-way, last sign on {last}"
        case "dormant":
            return f"a dormant tie, last in touch on {last}, {chance}"
        case kind:
            return (
                f"{'an' if kind == 'inner' else 'a'} {kind} tie, last in touch on {last}, {chance}"
            )


def _rows(answer: Answer, told: dict[int, list[str]]) -> Iterator[dict[str, object]]:
    for place, found in enumerate(answer.found, start=1):
        yield {
            "place": place,
            "name": found.name,
            "alive": round(found.alive, 4),
            "class": found.tie_class,
            "score": round(found.score, 4),
            "person_id": found.person_id,
            "reason": reason(found, told[found.person_id]),
            "matched": told[found.person_id],
        }


def _listed(words: tuple[str, ...]) -> str:
    return " or ".join(f"'{word}'" for word in words)
