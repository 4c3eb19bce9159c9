"""The few shapes every picture is made of. Colours are classes, so that both themes fit."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from notworking.report.markup import Child, Markup, number, tag

WIDTH = 560


def picture(height: float, label: str, *shapes: Child, class_: str = "chart") -> Markup:
    """Return a picture with its alternative in words."""
    return tag(
        "svg",
        tag("title", label),
        shapes,
        class_=class_,
        viewBox=f"0 0 {WIDTH} {number(height)}",
        role="img",
        aria_label=label,
    )


def rect(x: float, y: float, width: float, height: float, class_: str) -> Markup:
    """Return a rectangle; a negative height is none."""
    return tag(
        "rect",
        x=x,
        y=y,
        width=max(float(width), 0.0),
        height=max(float(height), 0.0),
        class_=class_,
    )


def line(x1: float, y1: float, x2: float, y2: float, class_: str = "rule") -> Markup:
    """Return a straight line."""
    return tag("line", x1=x1, y1=y1, x2=x2, y2=y2, class_=class_)


def circle(cx: float, cy: float, r: float, class_: str, *inside: Child) -> Markup:
    """Return a circle."""
    return tag("circle", inside, cx=cx, cy=cy, r=r, class_=class_)


def text(x: float, y: float, words: Child, class_: str = "tick", anchor: str = "start") -> Markup:
    """Return a text; its anchor is start, middle or end."""
    shown = None if anchor == "start" else anchor
    return tag("text", words, x=x, y=y, class_=class_, text_anchor=shown)


def path(points: Iterable[tuple[float, float]], class_: str, *, closed: bool = False) -> Markup:
    """Return a line through points."""
    steps = "L".join(f"{number(float(x))} {number(float(y))}" for x, y in points)
    return tag("path", d=f"M{steps}{'Z' if closed else ''}", class_=class_)


def slice_of(cx: float, cy: float, r: float, part: float, class_: str) -> Markup:
    """Return a slice of a circle, from the top clockwise."""
    if part >= 0.9999:
        return circle(cx, cy, r, class_)
    steps = max(round(60 * part), 1)
    rim = [around(cx, cy, r, part * step / steps) for step in range(steps + 1)]
    return path([(cx, cy), *rim], class_, closed=True)


def around(cx: float, cy: float, r: float, turn: float) -> tuple[float, float]:
    """Return the point at a distance and a turn from the top, clockwise."""
    angle = 2 * math.pi * turn
    return cx + r * math.sin(angle), cy - r * math.cos(angle)


def bar(share: float, label: str, class_: str = "fill") -> Markup:
    """Return a thin bar filled to a share, for a line of a list."""
    filled = 100 * min(max(share, 0.0), 1.0)
    return tag(
        "svg",
        rect(0, 0, 100, 8, "track"),
        rect(0, 0, filled, 8, class_),
        class_="bar",
        viewBox="0 0 100 8",
        preserveAspectRatio="none",
        role="img",
        aria_label=label,
    )


def short(words: str, places: int) -> str:
    """Return a text that is not longer than so many signs."""
    return words if len(words) <= places else words[: places - 1].rstrip() + "…"


def nice_top(values: Sequence[float]) -> float:
    """Return a round number not below the largest value."""
    top = max([*values, 1])
    step = 10.0 ** math.floor(math.log10(top))
    return next(
        step * factor for factor in (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10) if step * factor >= top
    )
