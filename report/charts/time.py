"""Pictures with time from left to right: bursts, adding and tending, who starts, kinds of talk."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from notworking.report.answers import Answer, Row
from notworking.report.charts.svg import (
    WIDTH,
    circle,
    line,
    nice_top,
    path,
    picture,
    rect,
    text,
)
from notworking.report.charts.words import names
from notworking.report.markup import Markup, join, tag
from notworking.report.people import People, source_name

_LEFT, _RIGHT = 34.0, WIDTH - 8.0
#: Bursts that are told in words, the largest.
_BURSTS = 8


def _ordinal(day: date | datetime) -> float:
    return day.toordinal()


class Scale:
    """Days to places from left to right."""

    def __init__(self, days: Iterable[date | datetime], left: float = _LEFT) -> None:
        """Take the first and the last of the days as the ends."""
        found = [_ordinal(day) for day in days]
        self.first, self.last = min(found), max(found)
        self.left = left

    def __call__(self, day: date | datetime) -> float:
        """Return the place of a day."""
        span = max(self.last - self.first, 1)
        return self.left + (_ordinal(day) - self.first) / span * (_RIGHT - self.left)

    def years(self, y: float) -> Markup:
        """Return the years below the picture, at most six of them."""
        first, last = (date.fromordinal(int(v)).year for v in (self.first, self.last))
        step = max(1, -(-(last - first) // 5))
        ticks = []
        for year in range(first, last + 1, step):
            if self.first <= date(year, 1, 1).toordinal() <= self.last:
                x = self(date(year, 1, 1))
                anchor = "end" if x > _RIGHT - 14 else "middle"
                ticks += [line(x, y - 14, x, y - 10), text(x, y, year, "tick", anchor)]
        return join(ticks)


def legend(*entries: tuple[str, str]) -> Markup:
    """Return what the colours of a picture mean."""
    shown = [
        tag("li", tag("span", class_=f"key {class_}", aria_hidden="true"), words)
        for class_, words in entries
    ]
    return tag("ul", shown, class_="legend")


def cultivation(answer: Answer, _: People) -> Markup | None:
    """Mirrored bars: people added upwards, days spent on people known longer downwards."""
    rows = answer.rows
    if not rows:
        return None
    quarters = [row["quarter"] for row in rows]
    scale = Scale([*quarters, max(quarters) + timedelta(91)])
    wide = max((_RIGHT - _LEFT) / max((scale.last - scale.first) / 91.3, 1) - 1.5, 1.5)
    up = nice_top([row["added"] for row in rows])
    down = nice_top([row["days_new"] + row["days_old"] for row in rows])
    shapes = []
    for row in rows:
        x = scale(row["quarter"])
        added, grown = row["added"] / up * 100, row["grown"] / up * 100
        new, old = row["days_new"] / down * 100, row["days_old"] / down * 100
        shapes += [
            rect(x, 120 - added, wide, added, "faint"),
            rect(x, 120 - grown, wide, grown, "weak"),
            rect(x, 122, wide, old, "strong"),
            rect(x, 122 + old, wide, new, "dormant"),
        ]
    said = (
        f"{sum(r['added'] for r in rows):,} people added over the years, "
        f"{sum(r['grown'] for r in rows):,} of them talked with within 90 days."
    )
    drawn = picture(
        250,
        said,
        shapes,
        line(_LEFT, 121, _RIGHT, 121),
        text(0, 26, f"{up:,.0f}"),
        text(0, 218, f"{down:,.0f}"),
        scale.years(244),
    )
    keys = legend(
        ("faint", "people added in the quarter"),
        ("weak", "of these, two-way within 90 days"),
        ("strong", "days you gave to people known longer"),
        ("dormant", "days you gave to new people"),
    )
    return join([drawn, keys])


def bursts(answer: Answer, people: People) -> Markup | None:
    """Spikes, each filled to the height that was kept."""
    rows = answer.rows
    if not rows:
        return None
    days = [row["day"] for row in rows]
    scale = Scale([*days, date(min(days).year, 1, 1), date(max(days).year + 1, 1, 1)])
    top = nice_top([row["new"] for row in rows])
    shapes = [line(_LEFT, 150, _RIGHT, 150)]
    for row in rows:
        x, new, kept = scale(row["day"]), row["new"] / top * 120, row["kept"] / top * 120
        shapes += [
            rect(x - 5, 150 - new, 10, new, "faint"),
            rect(x - 5, 150 - kept, 10, kept, "weak"),
            text(x, 142 - new, f"{row['new']}", "value", "middle"),
        ]
    kept, new = sum(row["kept"] for row in rows), sum(row["new"] for row in rows)
    said = f"{len(rows):,} days with many new people at once: {new:,} collected, {kept:,} kept."
    drawn = picture(180, said, shapes, scale.years(176))
    keys = legend(("faint", "collected that day"), ("weak", "no cards today"))
    largest = sorted(rows, key=lambda row: (-row["new"], row["day"]))[:_BURSTS]
    items = [
        tag(
            "li",
            tag("span", tag("b", f"{row['day']:%Y-%m-%d}")),
            tag("span", f"{row['new']:,} people", f", {row['event']}" if row["event"] else None),
            tag("span", names(row, "names", people, 6), class_="soft-word"),
        )
        for row in sorted(largest, key=lambda row: row["day"])
    ]
    return join([drawn, keys, tag("ol", items, class_="people-list")])


def reverse(answer: Answer, _: People) -> Markup | None:
    """One line for each kind, crossing the half; the band is the interval."""
    kinds: dict[str, list[Row]] = {}
    for row in answer.rows:
        kinds.setdefault(row["kind"], []).append(row)
    if not kinds:
        return None
    scale = Scale([row["half_year"] for row in answer.rows])
    classes = dict(zip(sorted(kinds), ("weak", "strong", "inner", "dormant"), strict=False))
    shapes = [_level(share) for share in (0.0, 0.5, 1.0)]
    # The band of one kind only: several over one another tell nothing.
    most = max(sorted(kinds), key=lambda kind: sum(row["total"] for row in kinds[kind]))
    shapes.append(_band(kinds[most], scale, classes.get(most, "weak")))
    for kind, class_ in classes.items():
        points = [(scale(row["half_year"]), _share_y(row["ratio"])) for row in kinds[kind]]
        shapes.append(path(points, f"stroke {class_}"))
        shapes += [circle(x, y, 3, class_) for x, y in points]
    by_them = sum(row["by_them"] for row in answer.rows)
    total = sum(row["total"] for row in answer.rows)
    said = f"Others took the first step in {by_them:,} of {total:,} beginnings; the half is marked."
    keys = legend(*((class_, kind.replace("_", " ")) for kind, class_ in classes.items()))
    return join([picture(196, said, shapes, scale.years(192)), keys])


def _share_y(share: float | None) -> float:
    return 160 - 144 * (share or 0)


def _level(share: float) -> Markup:
    y = _share_y(share)
    return join(
        [
            line(_LEFT, y, _RIGHT, y, "rule dashed" if share == 0.5 else "rule"),
            text(0, y + 4, f"{share:.0%}"),
        ]
    )


def _band(rows: Sequence[Row], scale: Scale, class_: str) -> Markup:
    above = [(scale(row["half_year"]), _share_y(row["high"])) for row in rows]
    below = [(scale(row["half_year"]), _share_y(row["low"])) for row in reversed(rows)]
    return path([*above, *below], f"band {class_}", closed=True)


def face_time(answer: Answer, _: People) -> Markup | None:
    """Stacked area: alone, small group, large group, in person, by year's halves."""
    parts = (
        ("private", "weak", "alone"),
        ("small_group", "strong", "three to five"),
        ("large_group", "dormant", "six or more"),
        ("in_person", "inner", "in person"),
    )
    months = _quarters(answer.rows, [name for name, *_ in parts])
    if len(months) < 2:
        return None
    scale = Scale(list(months))
    top = nice_top([sum(values) for values in months.values()])
    floor = [0.0] * len(months)
    shapes = []
    for number, part in enumerate(parts):
        roof = [low + values[number] for low, values in zip(floor, months.values(), strict=True)]
        xs = [scale(month) for month in months]
        points = [(x, 160 - 144 * v / top) for x, v in zip(xs, roof, strict=True)]
        points += [
            (x, 160 - 144 * v / top) for x, v in zip(reversed(xs), reversed(floor), strict=True)
        ]
        shapes.append(path(points, part[1], closed=True))
        floor = roof
    said = "Contact days by quarter: alone, in small groups, in large groups, in person."
    drawn = picture(
        196,
        said,
        shapes,
        line(_LEFT, 160, _RIGHT, 160),
        text(0, 20, f"{top:,.0f}"),
        scale.years(192),
    )
    return join([drawn, legend(*((class_, words) for _, class_, words in parts))])


def _quarters(rows: Sequence[Row], parts: Sequence[str]) -> dict[date, list[float]]:
    found: dict[date, list[float]] = {}
    for row in rows:
        month = row["month"]
        quarter = date(month.year, (month.month - 1) // 3 * 3 + 1, 1)
        sums = found.setdefault(quarter, [0.0] * len(parts))
        for number, part in enumerate(parts):
            sums[number] += row["days"] * (row[part] or 0)
    return dict(sorted(found.items()))


def visibility(answer: Answer, _: People) -> Markup | None:
    """A strip for each source: from its first sign to its last, hatched where it shows no talk."""
    seen = [row for row in answer.rows if row["first_at"] and row["last_at"]]
    if not seen:
        return None
    ends = [row["first_at"] for row in seen] + [row["seen_until"] or row["last_at"] for row in seen]
    scale = Scale(ends, left=92)
    shapes = []
    for number, row in enumerate(answer.rows):
        y = 10 + 26 * number
        shapes.append(text(0, y + 12, source_name(row["source"]), "value"))
        if row["first_at"] and row["last_at"]:
            x = scale(row["first_at"])
            wide = scale(row["seen_until"] or row["last_at"]) - x
            shapes.append(rect(x, y, max(wide, 3), 16, "weak" if row["shows_talk"] else "faint"))
            if row["gap_over_60"]:
                gap = f"longest gap {row['longest_gap_days']:,} days"
                shapes.append(text(x + 6, y + 12, gap, "on-bar"))
        else:
            shapes.append(text(92, y + 12, "shows no talk at all", "tick"))
    high = 10 + 26 * len(answer.rows)
    said = " ".join(row["in_words"] or "" for row in answer.rows)
    return picture(high + 24, said, shapes, scale.years(high + 20))
