"""Pictures of change: news between exports, who came closer, whose job grew, when exports came."""

from __future__ import annotations

from collections.abc import Sequence

from notworking.report.answers import Answer, Row
from notworking.report.charts.svg import circle, line, picture, rect, short, text
from notworking.report.charts.time import Scale, legend
from notworking.report.charts.words import day, person_of, who
from notworking.report.markup import Child, Markup, join, tag
from notworking.report.people import People, source_name

#: Kinds of news in the order in which people ask: what they are called, and their colour.
_KINDS = (
    ("lost", "gone from a list", "inner"),
    ("job", "another job", "strong"),
    ("name", "another name", "strong"),
    ("new", "new in a list", "weak"),
    ("contact", "new number or address", "strong"),
    ("closer", "came closer", "weak"),
    ("drifted", "drifted", "inner"),
)
#: A bar of full length is at least so many.
_FULL = 8
_EACH = 6
_SLOPES = 16
_LEFT, _RIGHT = 190.0, 400.0


def news(answer: Answer, people: People) -> Markup | None:
    """How much of each kind, then who it is, what it was and what it is."""
    found = {kind: [r for r in answer.rows if r["kind"] == kind] for kind, *_ in _KINDS}
    shown = [one for one in _KINDS if found[one[0]]]
    if not shown:
        return None
    most = max([len(found[kind]) for kind, *_ in shown] + [_FULL])
    shapes: list[Child] = []
    for number, (kind, label, class_) in enumerate(shown):
        y, count = 4 + 24 * number, len(found[kind])
        wide = 300 * count / most
        shapes += [
            text(0, y + 12, label, "value"),
            rect(170, y, wide, 16, class_),
            text(178 + wide, y + 12, f"{count:,}"),
        ]
    said = "; ".join(f"{label}: {len(found[kind]):,}" for kind, label, _ in shown)
    drawn = picture(8 + 24 * len(shown), f"What changed. {said}.", shapes)
    return join([drawn, [_kind(label, found[kind], people) for kind, label, _ in shown]])


def _kind(label: str, rows: Sequence[Row], people: People) -> Markup:
    items = [
        tag(
            "li",
            who(row, people),
            tag("span", _turn(row)) if _turn(row) else None,
            tag("span", _whence(row), class_="soft-word"),
        )
        for row in rows[:_EACH]
    ]
    more = len(rows) - _EACH
    rest = tag("p", f"{more:,} more in the figures.", class_="soft-word") if more > 0 else None
    return join(
        [
            tag("h4", label[:1].upper() + label[1:]),
            tag("ol", items, class_="people-list"),
            rest,
        ]
    )


def _turn(row: Row) -> str:
    if row["old"] and row["new"]:
        return f"{row['old']} → {row['new']}"
    return f"was {row['old']}" if row["old"] else ""


def _whence(row: Row) -> str:
    place = f", {source_name(row['source'])}" if row["source"] else ""
    return f"{day(row['noticed_on'])}{place}"


def slopes(answer: Answer, people: People) -> Markup | None:
    """Slopes from the strength at the export before to the strength now."""
    rows = [row for row in answer.rows if person_of(row, people)][:_SLOPES]
    if not rows:
        return None
    top = max([*(max(r["strength_then"] or 0, r["strength_now"] or 0) for r in rows), 1])
    shapes: list[Child] = [
        line(_LEFT, 24, _LEFT, 204),
        line(_RIGHT, 24, _RIGHT, 204),
        text(_LEFT, 14, "the export before", "tick", "middle"),
        text(_RIGHT, 14, "now", "tick", "middle"),
    ]
    taken: list[float] = []
    for row in rows:
        before, now = (204 - 180 * (row[k] or 0) / top for k in ("strength_then", "strength_now"))
        shapes.append(line(_LEFT, before, _RIGHT, now, f"stroke {_colour(row)}"))
        if all(abs(now - other) > 12 for other in taken):
            taken.append(now)
            name = short(row["name"] or "", 22)
            shapes.append(text(_RIGHT + 8, now + 4, name))
    said = f"Strength of {len(rows):,} ties at the export before, and now."
    keys = legend(("weak", "came closer"), ("inner", "drifted"))
    items = [
        tag("li", who(row, people), tag("span", row["evidence"], class_="soft-word"))
        for row in rows
    ]
    return join([picture(214, said, shapes), keys, tag("ol", items, class_="people-list")])


def _colour(row: Row) -> str:
    return "weak" if row["move"] == "closer" else "inner"


def rising(answer: Answer, people: People) -> Markup | None:
    """A rising line for each person whose title rose, the two titles beside it."""
    items = []
    for row in answer.rows[:12]:
        steps = max(int(row["steps"] or 1), 1)
        said = f"{steps} level{'' if steps == 1 else 's'} up"
        items.append(
            tag(
                "li",
                who(row, people),
                tag(
                    "svg",
                    line(4, 19, 56, max(19 - 4.0 * steps, 3), "stroke weak"),
                    circle(4, 19, 2.5, "weak"),
                    circle(56, max(19 - 4.0 * steps, 3), 2.5, "weak"),
                    class_="bar tall",
                    viewBox="0 0 60 22",
                    role="img",
                    aria_label=said,
                ),
                tag("span", f"{row['old_title']} → {row['new_title']}"),
                tag("span", f"noticed {day(row['noticed_at'])}", class_="soft-word"),
            )
        )
    return tag("ol", items, class_="people-list") if items else None


def exports(answer: Answer, _: People) -> Markup | None:
    """A line for each source with a dot for every export of it."""
    sources = list(dict.fromkeys(row["source"] for row in answer.rows))
    days = [row["made_on"] for row in answer.rows if row["made_on"]]
    if not days:
        return None
    scale = Scale(days, left=100)
    shapes: list[Child] = []
    for number, source in enumerate(sources):
        y = 24.0 + 34 * number
        shapes += [text(0, y + 4, source_name(source), "value"), line(100, y, 552, y)]
        for row in answer.rows:
            if row["source"] == source and row["made_on"]:
                x, is_newest = scale(row["made_on"]), row["place"] == 1
                shapes.append(circle(x, y, 6, "weak" if is_newest else "card"))
                if is_newest:
                    anchor = "end" if x > 400 else "start"
                    shapes.append(text(x, y - 10, day(row["made_on"]), "tick", anchor))
    high = 20 + 34 * len(sources)
    said = f"{len(days):,} exports of {len(sources):,} sources."
    drawn = picture(high + 20, said, shapes, scale.years(high + 16))
    return join([drawn, legend(("weak", "the newest of its source"), ("card", "older ones"))])
