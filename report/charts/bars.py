"""Lists of bars: how often, how much, by word or by kind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from notworking.report.answers import Answer, Row
from notworking.report.charts.svg import WIDTH, circle, line, path, picture, rect, short, text
from notworking.report.charts.time import Scale, legend
from notworking.report.charts.words import percent
from notworking.report.markup import Markup, join
from notworking.report.people import People

_LEFT = 185.0
_WIDE = WIDTH - _LEFT - 120
_MOST = 14
#: What a request can hold, in words.
_MARKS = {
    "all": "all requests",
    "date": "with a date",
    "name": "with a name",
    "number": "with a number",
    "question": "with a question mark",
}


def _bars(
    rows: Sequence[Row],
    label: Callable[[Row], str],
    part: Callable[[Row], float],
    said: Callable[[Row], str],
    class_: str | Callable[[Row], str],
) -> list[Markup]:
    shapes = []
    for number, row in enumerate(rows[:_MOST]):
        y = 4 + 24 * number
        wide = _WIDE * min(max(part(row), 0.0), 1.0)
        shapes += [
            text(0, y + 12, short(label(row), 22), "value"),
            rect(_LEFT, y, wide, 16, class_ if isinstance(class_, str) else class_(row)),
            text(_LEFT + wide + 8, y + 12, said(row)),
        ]
    return shapes


def known_for(answer: Answer, _: People) -> Markup | None:
    """Words that people come for, as long as there are people who said so."""
    rows = answer.rows
    if not rows:
        return None
    most = max(row["people"] for row in rows)
    shapes = _bars(
        rows,
        lambda row: row["term"],
        lambda row: row["people"] / most,
        lambda row: f"{row['people']:,} ({row['place']})",
        "weak",
    )
    words = ", ".join(row["term"] for row in rows[:_MOST])
    return picture(8 + 24 * len(rows[:_MOST]), f"People come to you for: {words}.", shapes)


def asking(answer: Answer, _: People) -> Markup | None:
    """The answered share of requests, by what they hold."""
    rows = [row for row in answer.rows if row["asks"]]
    if not rows:
        return None
    shapes = _bars(
        rows,
        lambda row: str(_MARKS.get(row["mark"], row["mark"])),
        lambda row: row["share"] or 0,
        lambda row: f"{percent(row['share'])} of {row['asks']:,}",
        "strong",
    )
    said = "; ".join(f"{row['mark']}: {percent(row['share'])} answered" for row in rows)
    return picture(8 + 24 * len(rows[:_MOST]), f"Answered requests. {said}.", shapes)


def reopenings(answer: Answer, _: People) -> Markup | None:
    """Taking up contact again after a silence: with a request, and without."""
    found = []
    for by_you, label in ((True, "you came back"), (False, "they came back")):
        mine = [row for row in answer.rows if row["by_you"] is by_you]
        total = sum(row["reopenings"] for row in mine)
        asked = sum(row["with_ask"] for row in mine)
        found.append({"label": label, "total": total, "asked": asked})
    if not any(row["total"] for row in found):
        return None
    most = max(max(row["total"] - row["asked"], row["asked"]) for row in found)
    shapes = []
    for number, row in enumerate(found):
        y = 34.0 + 66 * number
        counts = ((row["asked"], "strong"), (row["total"] - row["asked"], "weak"))
        shapes.append(text(0, y + 4, row["label"], "value"))
        for place, (count, class_) in enumerate(counts):
            x = 190.0 + 150 * place
            shapes += [
                circle(x, y, 28 * (count / most) ** 0.5, class_),
                text(x + 36, y + 4, f"{count:,}", "value"),
            ]
    said = "; ".join(f"{r['label']} {r['total']:,} times, {r['asked']:,} to ask" for r in found)
    keys = legend(("strong", "with a request"), ("weak", "without one"))
    return join([picture(136, said, shapes), keys])


def declines(answer: Answer, _: People) -> Markup | None:
    """How often a no came with somebody else."""
    rows = answer.rows
    if not rows:
        return None
    helped = sum(row["instead"] is not None for row in rows)
    found = [
        {"label": "named somebody else", "count": helped},
        {"label": "only said no", "count": len(rows) - helped},
    ]
    shapes = _bars(
        found,
        lambda row: row["label"],
        lambda row: row["count"] / len(rows),
        lambda row: f"{row['count']:,}",
        "weak",
    )
    return picture(56, f"Of {len(rows):,} refusals, {helped:,} named somebody else.", shapes)


def energy(answer: Answer, _: People) -> Markup | None:
    """Two piles of days: with those who lift, and with those who drain."""
    piles = [
        {"label": label, "days": sum(r["days"] for r in answer.rows if sign * r["energy"] > 0)}
        for label, sign in (("lift you", 1), ("drain you", -1))
    ]
    most = max([pile["days"] for pile in piles], default=0)
    if not most:
        return None
    shapes = _bars(
        piles,
        lambda row: row["label"],
        lambda row: row["days"] / most,
        lambda row: f"{row['days']:,} days",
        lambda row: "weak" if row["label"] == "lift you" else "inner",
    )
    said = "; ".join(f"{pile['days']:,} days with people who {pile['label']}" for pile in piles)
    return picture(56, said, shapes)


def broadcast(answer: Answer, _: People) -> Markup | None:
    """The share of talk that went to nobody in particular, year by year."""
    years: dict[date, list[int]] = {}
    for row in answer.rows:
        sums = years.setdefault(date(row["month"].year, 7, 1), [0, 0])
        sums[0] += row["posts"] + row["unanswered"]
        sums[1] += row["said"]
    if len(years) < 2:
        return None
    scale = Scale([*years, min(years).replace(month=1), max(years).replace(month=12)])
    shares = [talked / max(said, 1) for talked, said in years.values()]
    top = max([*shares, 0.1])
    points = [
        (scale(year), 130 - 110 * share / top) for year, share in zip(years, shares, strict=True)
    ]
    shapes = [path(points, "stroke inner"), *(circle(x, y, 3, "inner") for x, y in points)]
    shapes += [line(34, 130, WIDTH - 8, 130), text(0, 24, percent(top)), text(0, 134, "0%")]
    said = f"Posts and unanswered messages to many: {percent(shares[-1])} of all in the last year."
    drawn = picture(166, said, shapes, scale.years(162))
    return join(
        [drawn, legend(("inner", "posts and unanswered messages to many, of all you said"))]
    )
