"""One sentence above a picture: what it comes down to, each figure leading to its query."""

from __future__ import annotations

from collections.abc import Callable

from notworking.report.answers import Answer
from notworking.report.charts.words import figure, percent, who
from notworking.report.markup import Child, Markup, join
from notworking.report.people import People


def _dozen(answer: Answer, _: People) -> tuple[Child, ...]:
    glad = sum(bool(row["both_glad"]) for row in answer.rows)
    people = len(answer.rows)
    return ("With ", figure(glad, answer.name), f" of these {people}, both of you keep it up.")


def _drift(answer: Answer, people: People) -> tuple[Child, ...]:
    first = answer.rows[0]
    count = figure(answer.total, answer.name)
    return (count, " ties are overdue; the greatest loss would be ", who(first, people), ".")


def _waiting(answer: Answer, _: People) -> tuple[Child, ...]:
    rest = sum(bool(row["let_it_rest"]) for row in answer.rows)
    count, quiet = figure(answer.total, answer.name), figure(rest, answer.name)
    return (count, " people have not answered you; with ", quiet, " it is better to let it rest.")


def _cultivation(answer: Answer, _: People) -> tuple[Child, ...]:
    added = sum(row["added"] for row in answer.rows)
    grown = sum(row["grown"] for row in answer.rows)
    return (
        "Of ",
        figure(added, answer.name),
        " people added, ",
        figure(grown, answer.name),
        " became an exchange within 90 days.",
    )


def _bursts(answer: Answer, _: People) -> tuple[Child, ...]:
    new, kept = (sum(row[key] for row in answer.rows) for key in ("new", "kept"))
    return (
        "On ",
        figure(len(answer.rows), answer.name),
        " days you collected ",
        figure(new, answer.name),
        " people; ",
        figure(kept, answer.name),
        " of them are more than a card today.",
    )


def _index(answer: Answer, _: People) -> tuple[Child, ...]:
    row = next((r for r in answer.rows if r["scope"] == "total"), None)
    if row is None:
        return ()
    return (
        "Among contacts from sources that can show talk, ",
        figure(percent(row["share"]), answer.name),
        f" are cards (likely between {percent(row['low'])} and {percent(row['high'])}).",
    )


def _bridges(answer: Answer, _: People) -> tuple[Child, ...]:
    bridges = [row for row in answer.rows if row["is_bridge"]]
    falling = sum((row["alive"] or 0) < 0.25 for row in bridges)
    count, few = figure(len(bridges), answer.name), figure(falling, answer.name)
    return (
        count,
        " ties reach people whom nobody else of yours reaches; ",
        few,
        " are about to fall.",
    )


def _reverse(answer: Answer, _: People) -> tuple[Child, ...]:
    by_them, total = (sum(row[key] for row in answer.rows) for key in ("by_them", "total"))
    return (
        "Others took the first step in ",
        figure(by_them, answer.name),
        f" of {total:,} beginnings.",
    )


def _reliance(answer: Answer, _: People) -> tuple[Child, ...]:
    found = {row["measure"]: row["value"] for row in answer.rows}
    if found.get("top5") is None:
        return ()
    return (
        "Five people have ",
        figure(percent(found["top5"]), answer.name),
        " of last year's contact days.",
    )


def _in_words(answer: Answer, _: People) -> tuple[Child, ...]:
    return (" ".join(row["in_words"] or "" for row in answer.rows),)


LEDES: dict[str, Callable[[Answer, People], tuple[Child, ...]]] = {
    "bridges": _bridges,
    "card_bursts": _bursts,
    "chances_kept": _in_words,
    "cultivation": _cultivation,
    "drift": _drift,
    "notworking_index": _index,
    "reliance": _reliance,
    "reverse_networking": _reverse,
    "the_dozen": _dozen,
    "visibility": _in_words,
    "waiting_for": _waiting,
}


def lede(answer: Answer, people: People) -> Markup | None:
    """Return the sentence above an answer; None where there is nothing to add to its question."""
    if not answer.rows or answer.name not in LEDES:
        return None
    return join(LEDES[answer.name](answer, people)) or None
