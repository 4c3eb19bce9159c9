"""Pictures of what leads to what: outcomes by class, doors that opened, ways into companies."""

from __future__ import annotations

from collections import Counter

from notworking.report.answers import Answer, Row
from notworking.report.charts.svg import line, picture, rect, short, text
from notworking.report.charts.words import names, percent, who
from notworking.report.markup import Child, Markup, join, number, tag
from notworking.report.people import CLASSES, People

_HIGH, _GAP = 190.0, 8.0
_LEFT, _RIGHT = 96.0, 420.0
_WAYS = 12
#: Why stepping back from somebody would free time.
_WHY = {
    "drains": "drains you, by your own tag",
    "nothing_seen": "no benefit, lift, favour or bridge was seen",
    "overlap": "each benefit comes from three others as well",
}


def outcomes(answer: Answer, people: People) -> Markup | None:
    """Bands from the class that people had at the time to what came through them."""
    flows = Counter((row["class_then"], row["outcome"]) for row in answer.rows)
    if not flows:
        return None
    classes = [name for name in CLASSES if any(name == one for one, _ in flows)]
    kinds = list(dict.fromkeys(row["outcome"] for row in answer.rows))
    unit = (_HIGH - _GAP * max(len(classes), len(kinds))) / sum(flows.values())
    shapes: list[Child] = []
    left, right = _stack(classes, flows, 0, unit), _stack(kinds, flows, 1, unit)
    for name in classes:
        size = unit * sum(n for (one, _), n in flows.items() if one == name)
        shapes += [
            rect(_LEFT - 10, left[name], 10, size, name),
            text(_LEFT - 16, left[name] + size / 2 + 4, name, "value", "end"),
        ]
    for name in kinds:
        size = unit * sum(n for (_, one), n in flows.items() if one == name)
        count = sum(n for (_, one), n in flows.items() if one == name)
        shapes += [
            rect(_RIGHT, right[name], 10, size, "faint"),
            text(_RIGHT + 16, right[name] + size / 2 + 4, f"{short(name, 14)}: {count:,}", "value"),
        ]
    for one in classes:
        for other in kinds:
            if count := flows[one, other]:
                shapes.append(_band(left[one], right[other], unit * count, one))
                left[one] += unit * count
                right[other] += unit * count
    said = "; ".join(f"{n:,} {what} through {one} ties" for (one, what), n in flows.items())
    items = [
        tag("li", who(row, people), tag("span", f"{row['outcome']}, {row['class_then']} then"))
        for row in answer.rows[:_WAYS]
    ]
    drawn = picture(_HIGH + 6, f"What came from whom: {said}.", shapes)
    return join([drawn, tag("ol", items, class_="people-list")])


def _stack(
    keys: list[str], flows: Counter[tuple[str, str]], side: int, unit: float
) -> dict[str, float]:
    """Return where each bar begins, from the top."""
    found, y = {}, 2.0
    for key in keys:
        found[key] = y
        y += unit * sum(n for pair, n in flows.items() if pair[side] == key) + _GAP
    return found


def _band(y1: float, y2: float, size: float, class_: str) -> Markup:
    a, b, c, d = (number(float(y)) for y in (y1, y2, y2 + size, y1 + size))
    half, left, right = number((_LEFT + _RIGHT) / 2), number(_LEFT), number(_RIGHT)
    shape = f"M{left} {a}C{half} {a} {half} {b} {right} {b}V{c}C{half} {c} {half} {d} {left} {d}Z"
    return tag("path", d=shape, class_=f"{class_} flow")


def doors(answer: Answer, people: People) -> Markup | None:
    """A tree: who opened doors, and who came through them."""
    items = [
        tag(
            "li",
            who(row, people),
            tag("span", _opened(row), class_="soft-word"),
            tag("p", names(row, "who", people, _WAYS), class_="branch"),
        )
        for row in answer.rows[:_WAYS]
    ]
    return tag("ul", items, class_="tree") if items else None


def _opened(row: Row) -> str:
    became = "became a tie" if row["became_ties"] == 1 else "became ties"
    return f" introduced {row['introduced']:,}, {row['became_ties']:,} {became}"


def ways(answer: Answer, people: People) -> Markup | None:
    """You, one person, the company: the line as wide as the chance."""
    rows = [row for row in answer.rows if row["strength"]][:_WAYS]
    items = []
    for row in rows:
        wide = max(12 * row["strength"], 1.0)
        items.append(
            tag(
                "li",
                who(row, people),
                tag(
                    "svg",
                    rect(0, 11 - wide / 2, 60, wide, "weak"),
                    class_="bar tall",
                    viewBox="0 0 60 22",
                    preserveAspectRatio="none",
                    role="img",
                    aria_label=f"chance {percent(row['strength'])}",
                ),
                tag("span", tag("b", row["target"] or ""), f", {percent(row['strength'])}"),
                tag("span", _at_company(row, people), class_="soft-word"),
            )
        )
    return tag("ol", items, class_="people-list") if items else None


def _at_company(row: Row, people: People) -> list[Child]:
    """Say how somebody leads to a company, and how many are known there."""
    there = "is there" if row["there"] == "now" else "was there before"
    how = ("knows ", who(row, people, "reaches"), ", who ") if row["reaches"] else None
    return [how, f"{there}; {row['people']:,} known there, {row['cards']:,} of them cards"]


def step_back(answer: Answer, people: People) -> Markup | None:
    """Whom one could see less, why, what would be lost, and three boxes to tick."""
    items = [
        tag(
            "li",
            who(row, people),
            tag("span", _WHY.get(row["why"], row["why"])),
            tag("span", _boxes(row), class_="boxes"),
            tag("span", f"would be lost: {row['would_be_lost']}", class_="soft-word")
            if row["would_be_lost"]
            else None,
        )
        for row in answer.rows[:_WAYS]
    ]
    if not items:
        return None
    note = tag("p", "You decide. The boxes are for you and for paper; nothing keeps them.")
    return join([tag("ol", items, class_="people-list"), note])


def _boxes(row: Row) -> list[Markup]:
    name = row["name"] or "this person"
    return [
        tag(
            "label",
            tag("input", type="checkbox", autocomplete="off", aria_label=f"{what}: {name}"),
            f" {what}",
        )
        for what in ("keep", "less", "ask")
    ]


def triangle(*, closed: bool) -> Markup:
    """Draw you, who introduced, and who was introduced; the side that is open is dashed."""
    side = "stroke weak" if closed else "stroke faint-stroke dashed"
    shapes = (
        line(8, 18, 30, 4, "stroke weak"),
        line(30, 4, 52, 18, "stroke weak"),
        line(52, 18, 8, 18, side),
    )
    said = "the circle is closed" if closed else "the circle is open"
    return tag("svg", shapes, class_="bar tall", viewBox="0 0 60 22", role="img", aria_label=said)
