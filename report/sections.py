"""Sections: one for each analysis, with its sentence, its picture, its table and its query."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from notworking.report import chapters
from notworking.report.answers import Answer
from notworking.report.ledes import lede
from notworking.report.markup import Child, Markup, tag
from notworking.report.people import People
from notworking.report.tables import Packed, packed, table


def arranged(answers: Sequence[Answer]) -> list[tuple[chapters.Chapter, list[Answer]]]:
    """Return the chapters that have something, and what is in each."""
    by_name = {answer.name: answer for answer in answers if answer.name not in chapters.ELSEWHERE}
    found = [
        (chapter, [by_name.pop(view) for view in chapter.views if view in by_name])
        for chapter in chapters.CHAPTERS
    ]
    found.append((chapters.MORE, list(by_name.values())))
    return [(chapter, inside) for chapter, inside in found if inside]


def contents(found: Sequence[tuple[chapters.Chapter, list[Answer]]]) -> Markup:
    """Return the table of contents."""
    items = [tag("li", tag("a", chapter.title, href=f"#{chapter.key}")) for chapter, _ in found]
    return tag("ol", items)


def body(
    found: Sequence[tuple[chapters.Chapter, list[Answer]]],
    people: People,
    owner_id: int,
    empty: dict[str, str],
) -> tuple[Markup, dict[str, list[list[Packed]]]]:
    """Return the chapters as markup, and the rows of their tables."""
    held: dict[str, list[list[Packed]]] = {}
    parts = []
    for chapter, answers in found:
        inside = []
        for answer in answers:
            held[answer.name] = packed(answer, people)
            inside.append(_section(answer, people, owner_id, empty, held[answer.name]))
        parts.append(
            tag(
                "section",
                tag("h2", chapter.title, id=f"{chapter.key}-title"),
                inside,
                id=chapter.key,
                class_="chapter",
                aria_labelledby=f"{chapter.key}-title",
            )
        )
    return tag("div", parts, class_="chapters"), held


def _section(
    answer: Answer, people: People, owner_id: int, empty: dict[str, str], rows: list[list[Packed]]
) -> Markup:
    return tag(
        "article",
        tag("h3", answer.question),
        list(_content(answer, people, empty, rows)),
        source(answer, owner_id),
        id=f"view-{answer.name}",
        class_="folded" if answer.rows and answer.name in chapters.FOLDED else None,
    )


def _content(
    answer: Answer, people: People, empty: dict[str, str], rows: list[list[Packed]]
) -> Iterator[Child]:
    if not answer.rows:
        yield tag("p", empty.get(answer.name, chapters.EMPTY), class_="empty")
        return
    if sentence := _drawn(lede, answer, people):
        yield tag("p", sentence, class_="lede")
    picture = None
    if draw := chapters.PICTURES.get(answer.name):
        picture = _drawn(draw, answer, people)
    whole = table(answer, people, rows)
    if answer.name not in chapters.FOLDED and (picture is None or answer.name in chapters.OPEN):
        yield tag("figure", picture) if picture is not None else None
        yield whole
        return
    if picture is not None:
        yield tag("figure", picture)
    yield tag("details", tag("summary", f"The figures ({answer.total:,})"), whole, class_="figures")


def _drawn(draw: chapters.Draw, answer: Answer, people: People) -> Markup | None:
    """Draw, or do without: an analysis whose columns were renamed still has its table."""
    try:
        return draw(answer, people)
    except KeyError:
        return None


def source(answer: Answer, owner_id: int) -> Markup:
    """Return where an answer comes from, with the query to paste into DuckDB."""
    mine = f" where owner_id = {owner_id}" if "owner_id" in answer.columns else ""
    notes = [tag("p", tag("b", "Source: "), answer.source, ".")]
    if answer.limits:
        notes.append(tag("p", tag("b", "Cannot know: "), answer.limits, "."))
    select = f"select * from {answer.name}{mine};"  # noqa: S608 (shown, never run here)
    return query(answer.name, select, notes)


def query(name: str, sql: str, notes: Child = None) -> Markup:
    """Return a query that opens on demand."""
    return tag(
        "details",
        tag("summary", "Where this comes from"),
        tag("pre", tag("code", Markup(_lines(sql))), tabindex=0, aria_label=f"SQL of {name}"),
        notes,
        class_="sql",
        id=f"sql-{name}",
    )


def _lines(sql: str) -> str:
    """Escape a query line by line, since blanks at the start of a line mean something."""
    shown = []
    for line in sql.strip().splitlines():
        indent = len(line) - len(line.lstrip())
        shown.append(" " * indent + tag("span", line.strip()))
    return "\n".join(shown)
