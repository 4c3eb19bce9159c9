"""Groups against second implementations: who is connected, and what was heard together."""

from __future__ import annotations

import math
import random
from typing import Any

import pytest

#: Thread, sender, day in October 2026, members of the thread.
Message = tuple[int, int, int, int]


def invented(seed: int) -> list[Message]:
    dice = random.Random(seed)
    threads = {
        thread: dice.sample(range(2, 40), dice.randint(2, 5))
        for thread in range(dice.randint(3, 25))
    }
    return [
        (thread, dice.choice(members), dice.randint(1, 5), len(members) + 1)
        for thread, members in threads.items()
        for _ in range(dice.randint(1, 6))
    ]


def fill(world: Any, messages: list[Message]) -> None:
    for person in sorted({sender for _, sender, _, _ in messages}):
        world.contact(person)
    for thread, sender, day, size in messages:
        world.says(sender, "in", f"2026-10-{day:02} 08:00", size=size, thread=f"thread {thread}")
    world.publish()


def naive_circles(messages: list[Message]) -> dict[int, int]:
    circles = {sender: {sender} for _, sender, _, size in messages if size >= 3}
    threads: dict[int, set[int]] = {}
    for thread, sender, _, size in messages:
        if size >= 3:
            threads.setdefault(thread, set()).add(sender)
    for members in threads.values():
        whole = set().union(*(circles[member] for member in members))
        for member in whole:
            circles[member] = whole
    return {person: min(circle) for person, circle in circles.items()}


def naive_shared(messages: list[Message]) -> dict[tuple[int, int], float]:
    heard: dict[tuple[int, int], float] = {}
    members: dict[int, set[int]] = {}
    for thread, sender, _, _ in messages:
        members.setdefault(thread, set()).add(sender)
    for thread, sender, day, size in messages:
        for person in members[thread] - {sender}:
            if size >= 3:
                weight = 1 / math.sqrt(size - 1)
                heard[person, day] = max(heard.get((person, day), 0), weight)
    return heard


@pytest.mark.parametrize("seed", range(8))
def test_circles_are_the_connected_parts(world: Any, seed: int) -> None:
    messages = invented(seed)
    fill(world, messages)
    rows = world.rows("from mart.circles")
    assert {row["person_id"]: row["circle"] for row in rows} == naive_circles(messages)


@pytest.mark.parametrize("seed", range(8))
def test_shared_days_are_those_on_which_somebody_else_wrote(world: Any, seed: int) -> None:
    messages = invented(seed)
    fill(world, messages)
    rows = world.rows(
        "select person_id, dayofmonth(date '1970-01-01' + day) as day, w from mart.shared_days"
    )
    found = {(row["person_id"], row["day"]): row["w"] for row in rows}
    assert found == pytest.approx(naive_shared(messages))
