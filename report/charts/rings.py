"""The rings: you in the centre, people by contact rate, cards as dust, the angle their group.

Placement is a pure function of the data: no chance, no physics that ends differently elsewhere.
"""

from __future__ import annotations

import math
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from notworking.report.charts.svg import around, circle, short, text
from notworking.report.markup import Markup, tag
from notworking.report.people import People, Person

SIZE = 1000
CENTRE = SIZE / 2
#: Inner and outer edge of each ring.
EDGES = {1: (56, 112), 2: (124, 190), 3: (200, 272), 4: (282, 328), 5: (338, 380)}
#: Where cards of a drawn group lie, and all other cards.
DUST = ((396, 422), (430, 484))
#: Contact days a year at the two edges, the outer first.
RATES = {1: (52, 200), 2: (12, 52), 3: (1, 12), 4: (0.3, 2), 5: (1e-8, 0.2)}
WORDS = {1: "weekly", 2: "monthly", 3: "now and then", 4: "once a year", 5: "long ago"}
#: Two steps that fill a square evenly (the plastic number): one for the turn, one for the distance.
_STEP_TURN, _STEP_AWAY = 0.7548776662466927, 0.5698402909980532
#: The top stays free of dots for the words on the rings: first and last turn.
_FREE = (0.05, 0.95)
#: How far apart the dots of a ring are at least, centre to centre, so that names fit.
_ROOM = {1: 74.0, 2: 40.0}
_GROUPS = 9
#: Ties drawn as dots of their own; more would be a blur, they are dust of their colour.
DOTS = 400
_ROUNDS = 16
#: A crowd so thick that nobody finds room is not pushed about for long.
_PUSHES = 400_000
_LABELS = 18
#: Room for the words at either side; phones, which leave them out, cut it off.
_MARGIN = 115
_REST = "no group known"
#: How many people often are within each ring, a faint guide.
_OFTEN = {1: 5, 2: 15, 3: 50, 4: 150}
#: How far apart the names of groups are at least, from line to line.
_LINE = 24


@dataclass(frozen=True, slots=True)
class Sector:
    """A stretch of the circle: first and last turn, and whose it is."""

    label: str
    start: float
    end: float


def sectors(people: People) -> dict[str, Sector]:
    """Return the stretch of every group; small groups share the last one."""
    ties: Counter[str] = Counter()
    cards: Counter[str] = Counter()
    for person in people.everyone:
        (cards if person.tie_class == "card" else ties)[person.group or _REST] += 1
    weight = {label: 4 * ties[label] + math.sqrt(cards[label]) for label in ties | cards}
    weight.pop(_REST, None)
    named = sorted(weight.items(), key=lambda item: (-item[1], item[0]))[:_GROUPS]
    kept = [(label, max(size, 10)) for label, size in named if size > 2]
    others = sum(ties.values()) - sum(ties[label] for label, _ in kept)
    wide = max(4.0 * others, sum(size for _, size in kept) * 0.4, 1)
    total = sum(size for _, size in kept) + wide
    found, turn = {}, _FREE[0]
    for label, size in [*kept, (_REST, wide)]:
        end = turn + size / total * (_FREE[1] - _FREE[0])
        found[label] = Sector(label, turn, end)
        turn = end
    return found


def spots(people: People) -> list[tuple[int, int]]:
    """Return where everybody stands, in the order of the people."""
    stretches = sectors(people)
    placed: list[tuple[int, int]] = []
    met: Counter[tuple[str, int]] = Counter()
    for person in people.everyone:
        sector = stretches.get(person.group or _REST, stretches[_REST])
        met[sector.label, person.ring or 0] += 1
        step = met[sector.label, person.ring or 0]
        if person.tie_class == "card":
            turn, away = _dust_spot(sector, step)
        else:
            turn, away = _tie_spot(person, sector, step)
        x, y = around(CENTRE, CENTRE, away, turn)
        placed.append((round(x), round(y)))
    return _apart(people, placed)


def _dust_spot(sector: Sector, step: int) -> tuple[float, float]:
    """Return turn and distance of a card: by its group, or anywhere if that is not drawn."""
    near, far = DUST[sector.label == _REST]
    along = (step * _STEP_TURN + 0.003 * _noise(step + 7)) % 1
    # An even filling alone would look woven: every grain is moved a little, each time the same way.
    shaken = (step * _STEP_AWAY + 0.25 * _noise(step)) % 1
    # The square root keeps the dust as thick outside as inside.
    away = math.sqrt(near**2 + (far**2 - near**2) * shaken)
    if sector.label == _REST:
        return along, away
    return sector.start + (sector.end - sector.start) * (0.06 + 0.88 * along), away


def _noise(number: int) -> float:
    """Return a figure from 0 to 1 that looks like chance and is none."""
    return zlib.crc32(number.to_bytes(4, "little") * 3) / 2**32


def _tie_spot(person: Person, sector: Sector, step: int) -> tuple[float, float]:
    ring = person.ring or 5
    near, far = EDGES[ring]
    low, high = RATES[ring]
    rate = min(max(person.per_year, low), high)
    away = near + 8 + (far - near - 16) * math.log(high / rate) / math.log(high / low)
    # Different rings start elsewhere, or their dots would stand in rays.
    along = (0.5 + step * _STEP_TURN + ring * 0.37) % 1
    return sector.start + (sector.end - sector.start) * (0.05 + 0.9 * along), away


def _apart(people: People, placed: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Push dots that cover one another along their ring until they do not."""
    shown = people.ties[:DOTS]
    polar = [
        [math.atan2(x - CENTRE, CENTRE - y), math.hypot(x - CENTRE, y - CENTRE)]
        for x, y in placed[: len(shown)]
    ]
    # Dots move along their ring only, so who can meet whom is known from the start.
    pairs = [
        (polar[one], polar[other], across)
        for one, person in enumerate(shown)
        for other in range(one)
        if (across := _across(polar[one][1], polar[other][1], _needed(person, shown[other])))
    ]
    for _ in range(min(_ROUNDS, max(_PUSHES // max(len(pairs), 1), 2))):
        if not sum(_push(*pair) for pair in pairs):
            break
    free = 2 * math.pi * (_FREE[0] - 0.015)
    moved = []
    for angle, away in polar:
        kept = math.copysign(max(abs(math.remainder(angle, 2 * math.pi)), free), angle)
        moved.append((round(CENTRE + away * math.sin(kept)), round(CENTRE - away * math.cos(kept))))
    return moved + placed[len(shown) :]


def _needed(one: Person, other: Person) -> float:
    least = dot_size(one) + dot_size(other) + 4
    return max(least, _ROOM.get(one.ring or 0, 0)) if one.ring == other.ring else least


def _across(one: float, other: float, needed: float) -> float:
    """Return the angle that two dots at these distances must keep; 0 if they never touch."""
    if abs(one - other) >= needed:
        return 0.0
    return 2 * math.sqrt(needed**2 - (one - other) ** 2) / (one + other)


def _push(one: list[float], other: list[float], across: float) -> bool:
    apart = math.remainder(one[0] - other[0], 2 * math.pi)
    if abs(apart) >= across:
        return False
    shift = (across - abs(apart)) / 2 * (1 if apart >= 0 else -1)
    one[0] += shift
    other[0] -= shift
    return True


def dot_size(person: Person) -> float:
    """Return the radius of a dot."""
    return 4 + 0.55 * min(max(person.strength, 0.0), 16.0)


def draw(people: People, placed: Sequence[tuple[int, int]], sizes: dict[int | None, int]) -> Markup:
    """Return the picture.

    Args:
        people: Everybody.
        placed: What ``spots`` returned.
        sizes: People in each ring; None is the cards.
    """
    ties = people.ties
    shown = ties[:DOTS]
    label = ", ".join(f"{sizes.get(ring, 0):,} {words}" for ring, words in WORDS.items())
    return tag(
        "svg",
        [_ring(ring, sizes.get(ring, 0)) for ring in WORDS],
        _dust(people, placed),
        _groups(people),
        tag("g", [_dot(p, placed[p.place]) for p in reversed(shown)], class_="ties"),
        _labels(shown, placed),
        circle(CENTRE, CENTRE, 22, "me"),
        text(CENTRE, CENTRE + 6, "you", "me-word", "middle"),
        tag("circle", id="found", r=0, cx=0, cy=0, class_="found"),
        id="rings",
        viewBox=f"{-_MARGIN} 0 {SIZE + 2 * _MARGIN} {SIZE}",
        role="group",
        aria_label=f"Rings of contact around you: {label}; {sizes.get(None, 0):,} cards outside.",
    )


def _ring(ring: int, size: int) -> Markup:
    radius = EDGES[ring][1] + 5
    return tag(
        "g",
        circle(CENTRE, CENTRE, radius, f"ring r{ring}"),
        text(CENTRE, CENTRE - radius + 17, f"{WORDS[ring]} · {size:,}", "ring-word", "middle")
        if size or ring < 4
        else None,
        text(CENTRE, CENTRE + radius - 5, _OFTEN[ring], "ring-guide", "middle")
        if ring in _OFTEN
        else None,
        aria_hidden="true",
    )


def _groups(people: People) -> list[Markup]:
    """Write the names of the groups, the larger first, where none covers another."""
    taken: list[tuple[bool, float]] = []
    words = []
    for sector in sectors(people).values():
        if sector.label == _REST:
            continue
        turn = (sector.start + sector.end) / 2
        x, y = around(CENTRE, CENTRE, 494, turn)
        left = math.sin(2 * math.pi * turn) < 0
        if all(side is not left or abs(y - other) >= _LINE for side, other in taken):
            taken.append((left, y))
            words.append(_group(sector, x, y, left=left))
    return words


def _group(sector: Sector, x: float, y: float, *, left: bool) -> Markup:
    return tag(
        "g",
        text(
            x,
            y + 4,
            short(sector.label.removeprefix("around "), 15),
            "group-word",
            "end" if left else "start",
        ),
        aria_hidden="true",
    )


def _dot(person: Person, spot: tuple[int, int]) -> Markup:
    x, y = spot
    size = dot_size(person)
    said = f"{person.name}, {person.tie_class}. {person.evidence}"
    extra = circle(x, y, size + 4, "bridge") if person.bridge else None
    return tag(
        "g",
        extra,
        circle(x, y, size, f"dot {person.tie_class}"),
        class_="hit",
        role="button",
        tabindex=0 if person.place == 0 else -1,
        data_p=person.place,
        aria_label=said,
    )


def _dust(people: People, placed: Sequence[tuple[int, int]]) -> Markup:
    """Draw those without a dot as one path: a point each, thousands at no cost.

    The page's script finds people by the order of the points, which is theirs.
    """
    drawn = len(people.ties[:DOTS])
    points: dict[str, list[str]] = {}
    for person in people.everyone[drawn:]:
        x, y = placed[person.place]
        points.setdefault(person.tie_class, []).append(f"M{x} {y}h0")
    shapes = [
        tag("path", d="".join(steps), class_=f"dust {kind}") for kind, steps in points.items()
    ]
    return tag("g", shapes, aria_hidden="true")


def _labels(shown: Sequence[Person], placed: Sequence[tuple[int, int]]) -> Markup:
    """Write the closest names where they cover nothing."""
    taken = [
        (x - r, y - r, x + r, y + r)
        for p in shown
        for x, y in [placed[p.place]]
        for r in [dot_size(p)]
    ]
    taken.append((CENTRE - 24, CENTRE - 24, CENTRE + 24, CENTRE + 24))
    taken += [(440.0, CENTRE - EDGES[r][1] - 6, 560.0, CENTRE - EDGES[r][1] + 16) for r in WORDS]
    taken += [(485.0, CENTRE + EDGES[r][1] - 12, 515.0, CENTRE + EDGES[r][1] + 4) for r in _OFTEN]
    words = []
    for person in shown[:_LABELS]:
        if box := _free_box(person, placed[person.place], taken):
            taken.append(box[0])
            x, anchor = (box[0][0], "start") if box[1] else (box[0][2], "end")
            classes = f"name l{person.ring or 9}"
            words.append(text(x, box[0][3] - 4, short(person.name, 22), classes, anchor))
    return tag("g", words, aria_hidden="true")


_Box = tuple[float, float, float, float]
#: Where a name may stand: right or left of the dot, higher or lower, at last above or below.
_TRIES = tuple((right, dy) for dy in (0, 12, -12, 24, -24) for right in (True, False))


def _free_box(person: Person, spot: tuple[int, int], taken: list[_Box]) -> tuple[_Box, bool] | None:
    wide, high = 9.0 * len(short(person.name, 22)), 18.0
    away = dot_size(person) + 4
    x, y = spot
    for right, dy in _TRIES:
        left = x + away if right else x - away - wide
        left += (-away - wide / 2 if right else away + wide / 2) if abs(dy) > 18 else 0
        box = (left, y - high / 2 + dy, left + wide, y + high / 2 + dy)
        if not any(_overlap(box, other) for other in taken):
            return box, right
    return None


def _overlap(one: _Box, other: _Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
