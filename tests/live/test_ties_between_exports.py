"""Who came closer and who drifted: the tie at the export before against the tie now."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

BEGAN = date(2023, 1, 2)


def steady(make: Any, name: str, last: str, every: int, first: date = BEGAN) -> list[Any]:
    """Return a word each way, every so many days."""
    found, day = [], first
    while day <= date.fromisoformat(last):
        found += [
            make.words(name, "out", f"{day} 08:00:00"),
            make.words(name, "in", f"{day} 09:00:00"),
        ]
        day += timedelta(days=every)
    return found


def export(desk: Any, make: Any, day: str, stops: str | None = None) -> None:
    """Import the export of a day: Ada writes on, Bert until a day, Cleo begins in 2025."""
    words = [
        *steady(make, "Ada Example", day, 10),
        make.words("Ada Example", "out", f"{day} 12:00:00", "One more on the day of the export"),
        *steady(make, "Bert Sample", min(day, stops or day), 10),
        *steady(make, "Cleo Test", day, 10, date(2025, 3, 1)),
    ]
    names = ("Ada Example", "Bert Sample", "Cleo Test")
    cards = [make.card(name) for name in names]
    desk.run("import", make.linkedin(desk.folder, day, cards, words))


@pytest.fixture(scope="module")
def twice(make: Any, make_desk: Any) -> Any:
    """Return two exports ten months apart, the first of them in two parts a day apart."""
    desk = make_desk("twice")
    export(desk, make, "2025-02-01")
    export(desk, make, "2025-02-02")
    export(desk, make, "2025-12-01", stops="2025-04-01")
    export(desk, make, "2025-12-02", stops="2025-04-01")
    return desk


def moves(desk: Any, *since: str) -> dict[str, tuple[str, str, str]]:
    return {
        n["name"]: (n["kind"], n["old"], n["new"])
        for n in desk.answer("news", *since)
        if n["kind"] in ("closer", "drifted")
    }


def test_the_newest_export_is_compared_with_the_one_before_and_not_with_the_day_before(
    twice: Any,
) -> None:
    assert moves(twice) == {
        "Bert Sample": ("drifted", "strong, ring 2", "weak, ring 3"),
        "Cleo Test": ("closer", "card", "strong, ring 2"),
    }
    assert twice.rows(
        "select source, made_on::varchar, place, is_previous from export_days"
    ) == [
        ("linkedin", "2025-12-02", 1, False),
        ("linkedin", "2025-12-01", 2, False),
        ("linkedin", "2025-02-02", 3, True),
        ("linkedin", "2025-02-01", 4, False),
    ]  # fmt: skip


def test_a_move_says_class_ring_strength_and_days_a_year_then_and_now(twice: Any) -> None:
    (bert,) = twice.answer("sql", "select * from tie_changes where name = 'Bert Sample'")
    figures = {name: bert[name] for name in ("day_then", "day_now", "ring_then", "ring_now")}
    assert figures == {
        "day_then": "2025-02-02", "day_now": "2025-12-02", "ring_then": 2, "ring_now": 3,
    }  # fmt: skip
    assert bert["strength_then"] > bert["strength_now"] > 0
    assert bert["per_year_then"] == pytest.approx(36, abs=4)
    assert bert["evidence"] == (
        f"On 2025-02-02 strong in ring 2, strength {bert['strength_then']:.1f},"
        f" {round(bert['per_year_then'])} contact days a year; on 2025-12-02 weak in ring 3,"
        f" strength {bert['strength_now']:.1f}, {round(bert['per_year_now'])}."
    )
    (news,) = twice.answer("sql", "select * from news where name = 'Bert Sample'")
    assert (news["noticed_on"], news["source"]) == ("2025-12-02", "linkedin")
    assert (news["day_then"], news["strength_then"]) == ("2025-02-02", bert["strength_then"])
    assert news["evidence"] == bert["evidence"]


def test_a_day_of_your_own_is_what_the_ties_are_compared_with(twice: Any) -> None:
    # In the autumn Bert was silent already, and Cleo close.
    assert moves(twice, "--since", "2025-11-20") == {}
    assert moves(twice, "--since", "2025-03-20") == {
        "Bert Sample": ("drifted", "strong, ring 2", "weak, ring 3"),
        "Cleo Test": ("closer", "weak, ring 3", "strong, ring 2"),
    }
    # The data do not reach back so far, or not so far ahead.
    assert moves(twice, "--since", "2020-01-01") == {}
    assert moves(twice, "--since", "2030-01-01") == {}


def test_who_keeps_their_rhythm_at_the_edge_of_a_ring_has_not_moved(desk: Any, make: Any) -> None:
    card = make.card("Ada Example")
    # Once it is six days after her last word, once on the day of it.
    for day in ("2025-02-09", "2025-12-01"):
        words = steady(make, "Ada Example", day, 7)
        desk.run("import", make.linkedin(desk.folder, day, [card], words))
    rings = desk.rows("select ring from past_ties where back in (0, 295) order by back")
    assert rings == [(1,), (2,)]
    assert moves(desk) == {}


def test_each_source_is_compared_with_its_own_export_before(desk: Any, make: Any) -> None:
    export(desk, make, "2025-02-01")
    export(desk, make, "2025-12-01", stops="2025-04-01")
    chat = desk.folder / "WhatsApp Chat with Dora Demo.txt"
    lines = [
        f"{day.day:02}/{day.month:02}/{day.year}, 08:0{minute} - {who}: Hello\n"
        for day in (BEGAN + timedelta(days=step) for step in range(0, 1000, 20))
        for minute, who in ((1, "Olive Owner"), (2, "Dora Demo"))
    ]
    chat.write_text("".join(lines), encoding="utf-8")
    desk.run("import", chat)
    compared = desk.rows("select distinct source, day_then::varchar from tie_changes")
    # There is one export of that chat, so nothing to compare it with.
    assert compared == [("linkedin", "2025-02-01")]
    assert "Dora Demo" not in moves(desk)
    assert moves(desk, "--since", "2025-01-15").keys() == {"Bert Sample", "Cleo Test"}
