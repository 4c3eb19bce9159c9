"""Pictures of who reaches whom: islands and bridges, fans, who could help."""

from __future__ import annotations

import math

from notworking.report.answers import Answer, Row
from notworking.report.charts.svg import (
    WIDTH,
    around,
    circle,
    line,
    path,
    picture,
    rect,
    short,
    text,
)
from notworking.report.charts.time import legend
from notworking.report.charts.words import names, percent, who
from notworking.report.markup import Markup, join, tag
from notworking.report.people import People

_ISLANDS = 10


def islands(answer: Answer, people: People) -> Markup | None:
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
        words = f" · {short(row['strongest'] or 'nobody you know', 18)}"
        # Names that a phone has no room for stand in the list below.
        label = (f"{row['people']:,}", tag("tspan", words, class_="wide-only"))
        shapes += [
            circle(x, y, size, class_),
            text(x, y + size + 13, label, "tick", "middle"),
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
    ends = tag("ol", [_end(row, people) for row in rows], class_="people-list")
    return join([drawn, keys, ends])


def _end(row: Row, people: People) -> Markup:
    """Return who holds the end of an island, and who bridges to it."""
    size = f"{row['people']:,} people, {row['ties']:,} of them ties"
    bridges_in = ("bridges: ", names(row, "bridges", people)) if row["bridges"] else None
    return tag(
        "li",
        who(row, people, "strongest") if row["strongest"] else tag("span", "nobody you know"),
        tag("span", size),
        tag("span", bridges_in, class_="soft-word") if bridges_in else None,
    )


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


def fans(answer: Answer, people: People) -> Markup | None:
    """Twelve fans: the wider, the more people are met through one of the dozen."""
    rows = [row for row in answer.rows if row["person_id"] is not None][:12]
    if not rows:
        return None
    most = max(row["seen"] for row in rows)
    if not most:
        words = "Nobody new was seen with any of the dozen, in a group chat or at an event."
        return tag("p", words, class_="soft-word")
    items = [
        tag(
            "li",
            _fan(row["seen"] / most, row["shared"] / max(row["seen"], 1), row),
            who(row, people),
            tag("span", f"{row['seen']:,} people", class_="soft-word"),
        )
        for row in rows
    ]
    keys = legend(("weak", "met through them alone"), ("dormant", "through another as well"))
    return join([tag("ul", items, class_="dials"), keys])


def _fan(size: float, shared: float, row: Row) -> Markup:
    """Draw a fan that opens up to a third of a circle, the shared part on its left."""
    half = size / 6
    whole = [around(40, 46, 42, -half + 2 * half * n / 12) for n in range(13)]
    part = [around(40, 46, 42, -half + 2 * half * shared * n / 12) for n in range(13)]
    shapes = [path([(40, 46), *whole], "weak", closed=True)]
    if shared:
        shapes.append(path([(40, 46), *part], "dormant", closed=True))
    said = f"{row['seen']:,} people, {row['shared']:,} of them through another as well"
    return tag("svg", shapes, class_="dial", viewBox="0 0 80 50", role="img", aria_label=said)


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
