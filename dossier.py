"""Everything known of one person, with the evidence for the merge and for the tie."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from notworking.output import printable, shown
from notworking.queries import query
from notworking.resolve import explain, waterfall

if TYPE_CHECKING:
    import duckdb

    from notworking.who import Person


def lines(con: duckdb.DuckDBPyConnection, person: Person, *, full: bool) -> Iterator[str]:
    """Yield the dossier as lines for a terminal.

    Args:
        con: An open database.
        person: Who.
        full: Show every weight of every match, not only the sentence.
    """
    yield f"{printable(person.name)}  (person {person.person_id})"
    yield from _golden(con, person)
    yield from _tie(con, person)
    yield from _contacts(con, person)
    yield from _merges(con, person, full=full)
    yield from _own(con, person)


def _golden(con: duckdb.DuckDBPyConnection, person: Person) -> Iterator[str]:
    rows = con.execute(query("person_golden"), [person.person_id]).fetchall()
    names = ("company", "title", "birthday", "place", "e-mail", "phone", "profile", "first seen")
    for name, value in zip(names, rows[0], strict=True):
        if value:
            yield f"  {name + ':':12} {shown(value)}"


def _tie(con: duckdb.DuckDBPyConnection, person: Person) -> Iterator[str]:
    for row in con.execute(query("person_ties"), [person.person_id]).fetchall():
        (_, owner, tie_class, ring, strength, alive, evidence, *rest) = row
        yield ""
        ring_text = f", ring {ring}" if ring is not None else ""
        yield f"Tie to {printable(owner or 'you')}: {tie_class}{ring_text}. {printable(evidence)}"
        yield f"  strength {strength:.1f}; chance to be in touch within a year {alive:.0%}"
        yield from _figures(rest)
    years = con.execute(query("person_years"), [person.person_id]).fetchall()
    for year, from_them, from_you, sources in years:
        yield f"  {year}: {from_them:,} from them, {from_you:,} from you ({sources})"


def _figures(rest: list[Any]) -> Iterator[str]:
    first, last, received, sent, months, reciprocity, reply, private = rest
    if first is None:
        return
    yield f"  first {shown(first)}, last {shown(last)}; {received:,} messages in, {sent:,} out"
    parts = [f"{months:,} months with contact"]
    if reciprocity is not None:
        parts.append(f"balance of days {reciprocity:.2f} (1 is even)")
    if reply is not None:
        parts.append(f"usually answers within {reply:.1f} h")
    if private is not None:
        parts.append(f"{private:.0%} one to one")
    yield "  " + "; ".join(parts)


def _contacts(con: duckdb.DuckDBPyConnection, person: Person) -> Iterator[str]:
    yield ""
    yield "Known as:"
    for _, source, relation, name, company, since, key in con.execute(
        query("person_contacts"), [person.person_id]
    ).fetchall():
        at = f" at {printable(company)}" if company else ""
        when = f", since {shown(since)}" if since else ""
        shown_name = printable(name or "(no name)")
        yield f"  {source} {relation}: {shown_name}{at}{when}  [{printable(key)}]"


def _merges(con: duckdb.DuckDBPyConnection, person: Person, *, full: bool) -> Iterator[str]:
    rows = con.execute(query("person_matches"), {"id": person.person_id}).fetchall()
    inside = [r for r in rows if r[8] == person.person_id and r[5] == "same"]
    others = [r for r in rows if r[8] != person.person_id]
    for title, group in (
        ("Why this is one person:", inside),
        ("Looked alike, kept apart:", others),
    ):
        if group:
            yield ""
            yield title
        for name_a, source_a, name_b, source_b, score, verdict, by, evidence, _ in group:
            yield (
                f"  {printable(name_a or '?')} ({source_a}) and {printable(name_b or '?')} "
                f"({source_b}): {verdict}, {_how(by, score)}"
            )
            if evidence and json.loads(evidence):
                words = waterfall(evidence) if full else [explain(evidence)]
                yield from (f"    {printable(word)}" for word in words)


def _how(decided_by: str, score: float | None) -> str:
    return "you decided" if decided_by == "user" else f"{score or 0:.0%}"


def _own(con: duckdb.DuckDBPyConnection, person: Person) -> Iterator[str]:
    tags = con.execute(
        "select tag from tags where person_id = ? order by tag", [person.person_id]
    ).fetchall()
    notes = con.execute(
        "select noted_at, text from notes where person_id = ? order by noted_at", [person.person_id]
    ).fetchall()
    if tags:
        yield ""
        yield "Tags: " + ", ".join(printable(tag) for (tag,) in tags)
    for at, text in notes:
        yield f"Note of {shown(at)}: {printable(text)}"
