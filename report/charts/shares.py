"""Pictures of parts and wholes: how many cards, on whom one leans, how alike people are."""

from __future__ import annotations

from notworking.report.answers import Answer, Row
from notworking.report.charts.svg import (
    WIDTH,
    bar,
    circle,
    line,
    nice_top,
    path,
    picture,
    rect,
    short,
    slice_of,
    text,
)
from notworking.report.charts.time import legend
from notworking.report.charts.words import named, names, percent
from notworking.report.markup import Markup, join, tag
from notworking.report.people import NAMELESS, People, source_name

#: Colours of the five whom a bar names, none beside one that looks like it.
_FIVE = ("inner", "strong", "weak", "dormant", "card")
#: The share of cards that eight measured message logs had.
_USUAL_CARDS = (0.16, 0.76)


def index(answer: Answer, _: People) -> Markup | None:
    """A stacked bar for each source, cards and ties, with the usual range behind."""
    rows = [row for row in answer.rows if row["scope"] in ("total", "source") and row["contacts"]]
    if not rows:
        return None
    left, wide = 92.0, WIDTH - 92.0 - 8
    shapes = []
    for number, row in enumerate(rows):
        y = 8 + 30 * number
        cards = wide * row["cards"] / row["contacts"]
        shapes += [
            text(0, y + 14, _whence(row["source"]), "value"),
            rect(left, y, cards, 20, "faint"),
            rect(left + cards, y, wide - cards, 20, "weak"),
            text(left + 6, y + 14, f"{row['cards']:,} of {row['contacts']:,}", "inside"),
        ]
    high = 8 + 30 * len(rows)
    low_x, high_x = (left + wide * share for share in _USUAL_CARDS)
    shapes += [
        line(low_x, high, high_x, high, "stroke usual"),
        text((low_x + high_x) / 2, high + 18, "usual: 16 to 76 %", "tick", "middle"),
    ]
    said = "Cards among contacts: " + "; ".join(
        f"{row['source']} {percent(row['share'])}" for row in rows
    )
    drawn = picture(high + 26, said, shapes)
    return join([drawn, legend(("faint", "cards"), ("weak", "ties"))])


def _whence(source: str) -> str:
    return "all with talk" if source == "all" else source_name(source)


def sizes(answer: Answer, _: People) -> Markup | None:
    """A bar for each ring against the size that studies found, a guide and no target."""
    rows = [row for row in answer.rows if row["ring"] is not None]
    if not rows:
        return None
    top = max([row["cumulative"] or 0 for row in rows] + [150])
    shapes = []
    for row in rows:
        y = 6 + 30 * (row["ring"] - 1)
        wide, usual = (330 * min((row[key] or 0) / top, 1) for key in ("cumulative", "published"))
        shapes += [
            text(0, y + 14, f"ring {row['ring']}", "value"),
            rect(70, y, wide, 18, ("inner", "strong", "weak", "weak", "dormant")[row["ring"] - 1]),
            line(70 + usual, y - 3, 70 + usual, y + 21, "rule strong-rule"),
            text(
                80 + max(wide, usual),
                y + 14,
                f"{row['people']:,}, with those inside {row['cumulative']:,}",
            ),
        ]
    said = "People up to each ring; the upright line is what people often have: 5, 15, 50, 150."
    return join([picture(6 + 30 * len(rows), said, shapes), tag("p", said, class_="soft-word")])


def reliance(answer: Answer, people: People) -> Markup | None:
    """One bar cut into the shares of the people with most contact days."""
    found = {row["measure"]: row for row in answer.rows}
    if not {"top1", "top5"} <= found.keys() or found["top5"]["value"] is None:
        return None
    top1, top5 = found["top1"]["value"], found["top5"]["value"]
    shares, five = found["top5"]["shares"] or [], found["top5"]["who_ids"] or []
    wide, x = float(WIDTH - 2), 1.0
    shapes, keys = [], []
    for share, person_id, class_ in zip(shares, five, _FIVE, strict=False):
        shapes.append(rect(x, 8, wide * share - 1, 34, class_))
        x += wide * share
        key = tag("span", class_=f"key {class_}", aria_hidden="true")
        keys.append(tag("li", key, _one(people, person_id), f" {share:.0%}"))
    shapes += [
        rect(x, 8, max(wide - x, 0), 34, "faint"),
        line(1 + wide * 0.38, 4, 1 + wide * 0.38, 46, "rule strong-rule"),
        text(1 + wide * 0.38, 60, "38 %: upper end of the usual for one", "tick", "middle"),
    ]
    keys.append(tag("li", tag("span", class_="key faint", aria_hidden="true"), "everyone else"))
    said = (
        f"The first person has {top1:.0%} of last year's contact days, the first five {top5:.0%}."
    )
    return join([picture(68, said, shapes), tag("ul", keys, class_="legend")])


def _one(people: People, person_id: int) -> Markup:
    person = people.by_id.get(person_id)
    return named(person) if person else tag("bdi", NAMELESS)


def diversity(answer: Answer, _: People) -> Markup | None:
    """Three bars a dimension: how many kinds among all, the ties, the dozen."""
    dimensions = list(dict.fromkeys(row["dimension"] for row in answer.rows))
    shown = [d for d in dimensions if any(_kinds(r) for r in answer.rows if r["dimension"] == d)]
    if not shown:
        return None
    shapes, y = [], 0.0
    for dimension in shown:
        rows = [row for row in answer.rows if row["dimension"] == dimension]
        top = max(_kinds(row) for row in rows)
        shapes.append(text(0, y + 30, dimension, "value"))
        for row, class_ in zip(rows, ("faint", "weak", "inner"), strict=False):
            wide = 200 * _kinds(row) / top
            stated = f"{_kinds(row):,.1f} ({row['stated']:,} stated)"
            shapes += [
                rect(100, y + 4, wide, 12, class_),
                text(108 + wide, y + 14.5, stated, "tick"),
            ]
            y += 17
        y += 16
    said = "How many equally common kinds there would be, among everyone, ties and the dozen."
    drawn = picture(y, said, shapes)
    keys = legend(("faint", "everyone"), ("weak", "ties"), ("inner", "the dozen"))
    return join([drawn, keys])


def _kinds(row: Row) -> float:
    return float(row["effective_kinds"] or 0)


def stair(answer: Answer, _: People) -> Markup | None:
    """A stair: who stands below, level and above by their titles, and the time they get."""
    found = {row["standing"]: row for row in answer.rows}
    steps = [name for name in ("below", "level", "above") if name in found]
    if not steps:
        return None
    shapes = []
    for number, name in enumerate(steps):
        x, y = 10.0 + 180 * number, 150.0 - 38 * number
        row = found[name]
        shapes += [
            rect(x, y, 180, 8, "faint"),
            rect(x + 34, y - 110 * (row["share"] or 0), 44, 110 * (row["share"] or 0), "weak"),
            rect(
                x + 92,
                y - 110 * (row["days_share"] or 0),
                44,
                110 * (row["days_share"] or 0),
                "strong",
            ),
            text(x + 90, y + 26, f"{name}: {row['people']:,}", "value", "middle"),
        ]
    said = "; ".join(f"{n}: {percent(found[n]['share'])} of ties" for n in steps)
    drawn = picture(190, f"Standing by job title. {said}.", shapes)
    return join([drawn, legend(("weak", "share of ties"), ("strong", "share of contact days"))])


def clique(answer: Answer, _: People) -> Markup | None:
    """A pie of two: time inside the densest circle, and outside."""
    rows = [row for row in answer.rows if row["inside_share"] is not None]
    if not rows:
        return None
    inside = rows[0]["inside_share"]
    shapes = [
        circle(80, 80, 66, "faint"),
        slice_of(80, 80, 66, inside, "strong"),
        text(170, 72, f"{inside:.0%} inside your closest circle", "value"),
        text(170, 96, f"{1 - inside:.0%} with everyone else", "value"),
    ]
    said = f"{inside:.0%} of last year's contact days lie within one circle."
    keys = legend(("strong", "inside your closest circle"), ("faint", "with everyone else"))
    return join([picture(160, said, shapes), keys])


def voices(answer: Answer, _: People) -> Markup | None:
    """A bubble for each group: your share of the talk against a fair one."""
    rows = [row for row in answer.rows if row["own_share"] is not None][:25]
    if not rows:
        return None
    most = max(row["messages"] for row in rows)
    edge = min(max([r["own_share"] for r in rows] + [r["fair_share"] for r in rows]) * 1.1, 1.0)
    shapes = [
        line(50, 210, 540, 210),
        line(50, 20, 50, 210),
        line(50, 210, 540, 20, "rule dashed"),
        text(540, 226, "a fair share →", "tick", "end"),
        text(56, 16, "↑ your share of the messages", "tick"),
    ]
    for row in rows:
        x = 50 + 490 * row["fair_share"] / edge
        y = 210 - 190 * row["own_share"] / edge
        shapes.append(circle(x, y, 4 + 16 * (row["messages"] / most) ** 0.5, "weak soft"))
    said = f"{len(rows):,} groups; above the dashed line you speak more than an even share."
    return picture(232, said, shapes)


def signature(answer: Answer, _: People) -> Markup | None:
    """Two falling curves: the share of each place in the order, now and a year ago."""
    rows = answer.rows
    if len(rows) < 2:
        return None
    top = nice_top([100 * max(row["share_now"] or 0, row["share_before"] or 0) for row in rows])
    shapes = [line(34, 160, 552, 160), text(0, 20, f"{top:.0f} %")]
    for column, class_ in (("share_before", "faint-stroke"), ("share_now", "inner")):
        points = [
            (40 + 500 * (row["place"] - 1) / 19, 160 - 144 * 100 * (row[column] or 0) / top)
            for row in rows
        ]
        shapes.append(path(points, f"stroke {class_}"))
    shapes += [text(40 + 500 * (n - 1) / 19, 178, n, "tick", "middle") for n in (1, 5, 10, 20)]
    said = "Share of contact days by place, from the most frequent person to the twentieth."
    drawn = picture(184, said, shapes)
    return join([drawn, legend(("inner", "this year"), ("faint", "the year before"))])


def kept(answer: Answer, _: People) -> Markup | None:
    """Two bars: how many the formula expected to stay in touch, and how many did."""
    if not answer.rows:
        return None
    row = answer.rows[0]
    most = max(row["expected"] or 0, row["observed"] or 0, 1)
    shapes = []
    for number, (key, class_) in enumerate((("expected", "faint"), ("observed", "weak"))):
        y, wide = 4 + 24 * number, 380 * (row[key] or 0) / most
        shapes += [
            text(0, y + 12, key, "value"),
            rect(90, y, wide, 16, class_),
            text(98 + wide, y + 12, f"{row[key] or 0:,.1f}".removesuffix(".0")),
        ]
    said = (
        f"A year ago {row['expected'] or 0:,.0f} were expected; {row['observed'] or 0:,.0f} came."
    )
    return picture(52, said, shapes)


def chances(answer: Answer, _: People) -> Markup | None:
    """Dots against the diagonal: chances of a year ago, and what came true."""
    if not answer.rows:
        return None
    most = max(row["people"] for row in answer.rows)
    shapes = [
        line(50, 222, 270, 22, "rule dashed"),
        line(50, 222, 270, 222),
        line(50, 22, 50, 222),
        text(160, 244, "chance a year ago →", "tick", "middle"),
        text(56, 12, "↑ came true", "tick"),
    ]
    for row in answer.rows:
        x, y = 50 + 220 * row["expected"], 222 - 200 * row["observed"]
        shapes.append(circle(x, y, 4 + 10 * (row["people"] / most) ** 0.5, "weak soft"))
    shapes.append(text(300, 100, "On the dashed line a chance", "tick"))
    shapes.append(text(300, 120, "came true as often as it said.", "tick"))
    return picture(250, "Chances of a year ago against what came true.", shapes)


def events(answer: Answer, people: People) -> Markup | None:
    """A funnel for each event: met, written to, answered, kept."""
    items = []
    for row in answer.rows[:12]:
        steps = [
            tag("li", f"{row[key]:,} {words}", bar(row[key] / max(row["met"], 1), words, "weak"))
            for key, words in (
                ("met", "met"),
                ("written", "written to"),
                ("two_way", "two-way"),
                ("kept", "a year on"),
            )
        ]
        items.append(
            tag(
                "li",
                tag("strong", short(row["event"] or "", 60)),
                tag("ol", steps, class_="funnel"),
                tag("p", names(row, "names", people, 8), class_="soft-word"),
            )
        )
    return tag("ul", items, class_="events") if items else None
