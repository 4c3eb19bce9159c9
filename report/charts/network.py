"""Pictures of who reaches whom: islands and bridges, fans, warm paths."""

from __future__ import annotations

import math

from notworking.report.answers import Answer
from notworking.report.charts.svg import WIDTH, around, circle, line, picture, rect, short, text
from notworking.report.charts.time import legend
from notworking.report.charts.words import percent, who
from notworking.report.markup import Markup, join, tag
from notworking.report.people import People

_ISLANDS = 10


def islands(answer: Answer, _: People) -> Markup | None:
    """Islands around you, as large as the circle has people; dashed where no tie is alive."""
    rows = answer.rows[:_ISLANDS]
    if not rows:
        return None
    most = max(row["people"] for row in rows)
    lines, shapes = [], []
    for number, row in enumerate(rows):
        turn = (number + 0.5) / len(rows)
        x, y = around(WIDTH / 2, 165, 1.0, turn)
        x, y = WIDTH / 2 + (x - WIDTH / 2) * 190, 165 + (y - 165) * 112
        size = 10 + 26 * math.sqrt(row["people"] / most)
        class_ = "strong" if row["has_strong_end"] else "dormant"
        alive = row["alive_ties"] > 0
        lines.append(
            line(
                WIDTH / 2, 165, x, y, "stroke bridge-line" if alive else "stroke bridge-line dashed"
            )
        )
        words = short(row["strongest"] or "nobody you know", 18)
        shapes += [
            circle(x, y, size, class_),
            text(x, y + size + 13, f"{row['people']:,} · {words}", "tick", "middle"),
        ]
    said = f"{len(answer.rows):,} circles: " + "; ".join(
        f"{row['people']:,} people around {row['strongest'] or 'nobody you know'}" for row in rows
    )
    drawn = picture(
        340,
        said,
        lines,
        shapes,
        circle(WIDTH / 2, 165, 17, "me"),
        text(WIDTH / 2, 170, "you", "me-word", "middle"),
    )
    keys = legend(("strong", "a strong tie holds your end"), ("dormant", "only weak ties hold it"))
    return join([drawn, keys])


def bridges(answer: Answer, people: People) -> Markup | None:
    """The bridges, each with the chance that it still stands in a year."""
    rows = [row for row in answer.rows if row["is_bridge"]][:12]
    items = [
        tag(
            "li",
            who(row, people),
            tag("span", f"{percent(row['alive'])} to be in touch within a year"),
            tag("span", _seen(row["seen_with"]), class_="soft-word"),
        )
        for row in rows
    ]
    return tag("ol", items, class_="people-list") if items else None


def _seen(others: int) -> str:
    return f"seen with {others:,} other{'' if others == 1 else 's'}"


def fans(answer: Answer, _: People) -> Markup | None:
    """Twelve fans: whom each of the dozen reaches, the shared part shaded."""
    rows = [row for row in answer.rows if row["person_id"] is not None][:12]
    if not rows or not any(row["seen"] for row in rows):
        return None
    most = max(row["seen"] for row in rows)
    shapes = []
    for number, row in enumerate(rows):
        y = 6 + 22 * number
        seen, shared = 380 * row["seen"] / most, 380 * row["shared"] / most
        shapes += [
            text(0, y + 12, short(row["name"] or "", 20), "tick"),
            rect(150, y, seen, 15, "weak"),
            rect(150, y, shared, 15, "dormant"),
            text(156 + seen, y + 12, row["seen"], "tick"),
        ]
    said = "People met through each of the dozen, the part that others of them reach too shaded."
    keys = legend(("weak", "met through them alone"), ("dormant", "through another as well"))
    return join([picture(10 + 22 * len(rows), said, shapes), keys])


def helpers(answer: Answer, _: People) -> Markup | None:
    """Three shrinking columns: knows it, knows me, answers me."""
    rows = answer.rows[:8]
    if not rows:
        return None
    most = max([row["knows_it"] for row in rows] + [1])
    shapes = []
    for number, row in enumerate(rows):
        y = 6 + 24 * number
        shapes.append(text(0, y + 12, short(row["term"] or "", 24), "tick"))
        for key, class_ in (
            ("knows_it", "faint"),
            ("knows_you", "strong"),
            ("answers_you", "weak"),
        ):
            shapes.append(rect(180, y, 330 * row[key] / most, 15, class_))
        shapes.append(text(186 + 330 * row["knows_it"] / most, y + 12, row["knows_it"], "tick"))
    said = "For each word: how many it stands for, how many of them know you, how many answer."
    keys = legend(("faint", "stands for it"), ("strong", "knows you"), ("weak", "answers you"))
    return join([picture(10 + 24 * len(rows), said, shapes), keys])


def paths(answer: Answer, _: People) -> Markup | None:
    """You, one person, the target: the line as wide as the chance."""
    rows = answer.rows[:8]
    if not rows:
        return None
    shapes = []
    for number, row in enumerate(rows):
        y = 20 + 28 * number
        wide = max(14 * (row["strength"] or 0), 0.8)
        shapes += [
            rect(60, y - wide / 2, 120, wide, "weak"),
            rect(330, y - wide / 2, 60, wide, "weak"),
            text(0, y + 4, "you", "value"),
            text(188, y + 4, short(row["through"] or "directly", 20), "tick"),
            text(398, y + 4, short(row["target"] or "", 22), "tick"),
        ]
    return picture(20 + 28 * len(rows), "Warm paths: you, one person, the target.", shapes)
