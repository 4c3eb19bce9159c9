"""Pictures of a few figures at once: dials with last quarter's ghost, petals, the see-saw."""

from __future__ import annotations

import math

from notworking.report.answers import Answer, Row
from notworking.report.charts.svg import around, circle, line, path, picture, short, text
from notworking.report.charts.words import figure, heading
from notworking.report.markup import Markup, join, tag
from notworking.report.people import People

_DIALS = ("ties_alive", "inner", "strong", "bridges", "circles_reached", "drifting")


def readiness(answer: Answer, _: People) -> Markup | None:
    """Six dials; the thin ring is a quarter ago."""
    found = {row["measure"]: row for row in answer.rows}
    shown = [found[name] for name in _DIALS if name in found and found[name]["now"] is not None]
    items = [
        tag(
            "li",
            _dial(row),
            tag("strong", figure(row["now"], "readiness")),
            tag("span", heading(row["measure"])),
            tag("span", _before(row), class_="soft-word"),
        )
        for row in shown
    ]
    return tag("ul", items, class_="dials") if items else None


def _before(row: Row) -> str:
    return "" if row["quarter_ago"] is None else f"{row['quarter_ago']:,} a quarter ago"


def _dial(row: Row) -> Markup:
    now, before = row["now"], row["quarter_ago"]
    top = max(now, before or 0, 1) * 1.25
    shapes = [_arc(30, 1.0, "dial-track"), _arc(30, now / top, "dial-now")]
    if before is not None:
        shapes.append(_arc(22, before / top, "dial-ghost"))
    said = f"{heading(row['measure'])}: {now:,}"
    return tag("svg", shapes, class_="dial", viewBox="0 0 80 48", role="img", aria_label=said)


def _arc(r: float, part: float, class_: str) -> Markup:
    steps = max(round(24 * part), 1)
    points = [around(40, 42, r, -0.25 + 0.5 * part * n / steps) for n in range(steps + 1)]
    return path(points, class_)


def balance(answer: Answer, _: People) -> Markup | None:
    """One see-saw for everything given and received; no ranking, totals first."""
    given = sum(row["given"] or 0 for row in answer.rows)
    received = sum(row["received"] or 0 for row in answer.rows)
    if not given + received:
        return None
    tilt = math.atan((given - received) / (given + received) * 0.5)
    dx, dy = 200 * math.cos(tilt), 200 * math.sin(tilt)
    # What weighs more sinks, so the given side is on the left and goes down with it.
    left, right = (280 - dx, 90 + dy), (280 + dx, 90 - dy)
    biggest = max(given, received)
    sizes = [10 + 24 * math.sqrt(value / biggest) for value in (given, received)]
    shapes = [
        path([(280, 92), (262, 140), (298, 140)], "faint", closed=True),
        line(*left, *right, "stroke beam"),
        circle(left[0], left[1] - sizes[0], sizes[0], "weak"),
        circle(right[0], right[1] - sizes[1], sizes[1], "strong"),
        text(left[0], 176, f"given: {given:,}", "value", "middle"),
        text(right[0], 176, f"received: {received:,}", "value", "middle"),
    ]
    return picture(186, f"Favours seen: {given:,} given, {received:,} received.", shapes)


def petals(answer: Answer, _: People) -> Markup | None:
    """Six petals, hatched (drawn thin) where fewer than two people stand for the benefit."""
    rows = answer.rows[:6]
    if not rows:
        return None
    most = max([row["alive"] or 0 for row in rows] + [2])
    shapes = []
    for number, row in enumerate(rows):
        alive = row["alive"] or 0
        turn = number / len(rows)
        length = 28 + 72 * alive / most
        x, y = around(280, 140, length / 2 + 14, turn)
        shapes.append(
            tag(
                "ellipse",
                cx=x,
                cy=y,
                rx=min(22.0, length * 0.4),
                ry=length / 2,
                transform=f"rotate({360 * turn:.0f} {x:.1f} {y:.1f})",
                class_="strong soft" if alive >= 2 else "thin-petal",
            )
        )
        tx, ty = around(280, 144, 126, turn)
        anchor = "middle" if abs(tx - 280) < 20 else "start" if tx > 280 else "end"
        shapes.append(text(tx, ty, f"{short(str(row['benefit']), 20)}: {alive}", "tick", anchor))
    said = "; ".join(f"{row['benefit']}: {row['alive'] or 0} alive" for row in rows)
    return join([picture(290, f"Benefits and who stands for them: {said}.", shapes)])
