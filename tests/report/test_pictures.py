"""Pictures of the page: what is drawn from the rows, and whom one can open from it."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from notworking.report import answers, chapters, people
from notworking.report.charts import bars, changes, flows, lists, network, shares


def somebody(place: int, name: str, tie_class: str = "strong") -> people.Person:
    return people.Person(
        place, 100 + place, name, tie_class, 2, 9.0, 0.9, 20.0, False, (), "", None, None, None
    )  # fmt: skip


ADA, BO, CY, NAMESAKE = (
    somebody(n, name)
    for n, name in enumerate(("Ada Example", "Bo Example", "Cy Example", "Bo Example"))
)
EVERYONE = [ADA, BO, CY, NAMESAKE]
CROWD = people.People(
    EVERYONE,
    {one.person_id: one for one in EVERYONE},
    {one.name: one for one in reversed(EVERYONE)},
)


def an_answer(name: str, *rows: dict[str, Any]) -> answers.Answer:
    columns = dict.fromkeys(rows[0], "meaning") if rows else {}
    return answers.Answer(name, "What?", "somebody", None, columns, list(rows), len(rows))


def opens(markup: str | None) -> list[int]:
    """Return whom the buttons of a picture open, in order."""
    return [int(place) for place in re.findall(r'class="who" data-p="(\d+)"', markup or "")]


def news(kind: str, person: people.Person, old: str | None, new: str | None) -> dict[str, Any]:
    return {
        "kind": kind,
        "person_id": person.person_id,
        "name": person.name,
        "source": "linkedin",
        "old": old,
        "new": new,
        "noticed_on": date(2026, 2, 1),
    }


def test_news_is_counted_and_told_kind_by_kind() -> None:
    drawn = changes.news(
        an_answer(
            "news",
            news("new", CY, None, "Cy Example"),
            news("job", ADA, "Clerk", "Editor at Lantern Press"),
            news("lost", NAMESAKE, None, None),
            news("drifted", BO, "strong, ring 2", "dormant, ring 5"),
        ),
        CROWD,
    )
    assert drawn is not None
    assert opens(drawn) == [3, 0, 2, 1]
    assert "Clerk → Editor at Lantern Press" in drawn
    assert "2026-02-01, LinkedIn" in drawn
    assert re.findall(r"<h4>([^<]*)</h4>", drawn) == [
        *("Gone from a list", "Another job", "New in a list", "Drifted")
    ]
    assert 'aria-label="What changed. gone from a list: 1; another job: 1;' in drawn


def test_many_of_one_kind_are_told_in_part_and_the_rest_is_counted() -> None:
    drawn = changes.news(an_answer("news", *[news("new", ADA, None, "x")] * 9), CROWD)
    assert len(opens(drawn)) == 6
    assert "3 more in the figures." in str(drawn)


def test_slopes_lead_from_the_strength_then_to_the_strength_now() -> None:
    row = {"person_id": 100, "name": "Ada Example", "move": "closer", "evidence": "why"}
    drawn = changes.slopes(
        an_answer("tie_changes", row | {"strength_then": 5.0, "strength_now": 10.0}), CROWD
    )
    assert '<line x1="190" y1="114" x2="400" y2="24" class="stroke weak">' in str(drawn)
    assert opens(drawn) == [0]


def test_a_title_that_rose_is_a_rising_line() -> None:
    row = {"person_id": 101, "name": "Bo Example", "steps": 2, "noticed_at": date(2026, 2, 1)}
    drawn = changes.rising(
        an_answer("grew", row | {"old_title": "Clerk", "new_title": "Director"}), CROWD
    )
    assert 'aria-label="2 levels up"' in str(drawn)
    assert "Clerk → Director" in str(drawn)
    assert '<line x1="4" y1="19" x2="56" y2="11" class="stroke weak">' in str(drawn)


def test_outcomes_flow_from_the_class_then_to_what_came() -> None:
    rows = [
        {"person_id": 100, "name": "Ada Example", "class_then": "weak", "outcome": "job"},
        {"person_id": 101, "name": "Bo Example", "class_then": "weak", "outcome": "job"},
        {"person_id": 102, "name": "Cy Example", "class_then": "inner", "outcome": "help"},
    ]
    drawn = flows.outcomes(an_answer("outcomes", *rows), CROWD)
    assert str(drawn).count('class="weak flow"') == 1
    assert str(drawn).count('class="inner flow"') == 1
    assert "2 job through weak ties; 1 help through inner ties" in str(drawn)
    assert "job: 2" in str(drawn)
    assert opens(drawn) == [0, 1, 2]


def test_doors_are_a_tree_of_who_brought_whom() -> None:
    row = {"person_id": 100, "name": "Ada Example", "introduced": 2, "became_ties": 1}
    drawn = flows.doors(
        an_answer("door_openers", row | {"who": ["Bo Example", "Gone"], "who_ids": [103, 7]}), CROWD
    )
    assert opens(drawn) == [0, 3]
    assert "introduced 2, 1 became a tie" in str(drawn)
    assert "<bdi>Gone</bdi>" in str(drawn)


def test_a_way_is_as_wide_as_its_chance_and_one_without_a_chance_is_not_drawn() -> None:
    way = {
        "target": "Example Works",
        "people": 5,
        "cards": 3,
        "person_id": 100,
        "name": "Ada Example",
        "reaches": "Bo Example",
        "reaches_id": 103,
        "there": "before",
        "strength": 0.5,
    }
    none = way | {"person_id": None, "name": None, "reaches": None, "strength": 0.0}
    drawn = flows.ways(an_answer("warm_paths", way, none), CROWD)
    assert opens(drawn) == [0, 3]
    assert '<rect x="0" y="8" width="60" height="6" class="weak">' in str(drawn)
    assert "who was there before; 5 known there, 3 of them cards" in str(drawn)


def test_whom_to_see_less_is_left_to_three_boxes_with_names() -> None:
    row = {"person_id": 102, "name": "Cy Example", "why": "drains", "would_be_lost": "a bridge"}
    drawn = str(flows.step_back(an_answer("step_back", row), CROWD))
    assert re.findall(r'aria-label="(\w+): Cy Example"', drawn) == ["keep", "less", "ask"]
    assert "drains you, by your own tag" in drawn
    assert "would be lost: a bridge" in drawn


def test_who_is_never_met_alone_is_named() -> None:
    row = {"days": 10, "private": 0.5, "small_group": 0.25, "large_group": 0.25, "in_person": 0.0}
    drawn = lists.together(
        an_answer(
            "face_time",
            row | {"person_id": 100, "name": "Ada Example", "only_in_groups": False},
            row | {"person_id": 101, "name": "Bo Example", "private": 0, "only_in_groups": True},
        ),
        CROWD,
    )
    assert opens(drawn) == [0, 1, 1]
    assert "50% alone on 10 days" in str(drawn)
    assert "Never a word alone, take one of them aside: " in str(drawn)


def test_the_oldest_debt_comes_first() -> None:
    rows = [
        {"person_id": 100, "name": "Ada Example", "what": "promise", "at": date(2026, 3, 1)},
        {"person_id": 101, "name": "Bo Example", "what": "request", "at": date(2025, 3, 1)},
    ]
    drawn = lists.todo(an_answer("owed", *[row | {"words": None} for row in rows]), CROWD)
    assert opens(drawn) == [1, 0]


def test_coming_back_is_two_dots_for_each_side() -> None:
    rows = [
        {"by_you": True, "reopenings": 20, "with_ask": 4},
        {"by_you": False, "reopenings": 16, "with_ask": 0},
    ]
    drawn = str(bars.reopenings(an_answer("only_when_needed", *rows), CROWD))
    assert re.findall(r'r="([\d.]+)" class="(\w+)"', drawn) == [
        *(("14", "strong"), ("28", "weak"), ("0", "strong"), ("28", "weak"))
    ]


def test_the_bar_of_reliance_is_cut_into_the_names_it_leans_on() -> None:
    rows = [
        {"measure": "top1", "value": 0.5, "who": "x", "who_ids": [103], "shares": [0.5]},
        {
            "measure": "top5",
            "value": 0.75,
            "who": "x",
            "who_ids": [103, 100],
            "shares": [0.5, 0.25],
        },
    ]
    drawn = shares.reliance(an_answer("reliance", *rows), CROWD)
    assert opens(drawn) == [3, 0]
    assert " 50%" in str(drawn)
    assert '<rect x="1" y="8" width="278" height="34" class="inner">' in str(drawn)


def test_a_fan_opens_with_the_people_met_and_says_so_where_there_are_none() -> None:
    row = {"person_id": 100, "name": "Ada Example", "seen": 4, "shared": 1}
    drawn = network.fans(an_answer("leverage", row, row | {"person_id": 101, "seen": 2}), CROWD)
    assert opens(drawn) == [0, 1]
    assert "4 people, 1 of them through another as well" in str(drawn)
    none = network.fans(an_answer("leverage", row | {"seen": 0, "shared": 0}), CROWD)
    assert "Nobody new was seen with any of the dozen" in str(none)


def test_islands_name_who_holds_the_end_and_the_bridges() -> None:
    row = {
        "circle": 5,
        "people": 9,
        "ties": 4,
        "alive_ties": 2,
        "has_strong_end": True,
        "strongest": "Bo Example",
        "strongest_id": 103,
        "bridges": ["Cy Example"],
        "bridge_ids": [102],
    }
    drawn = network.islands(an_answer("circles", row), CROWD)
    assert opens(drawn) == [3, 2]
    assert "9 people, 4 of them ties" in str(drawn)


@pytest.mark.parametrize("name", sorted(chapters.PICTURES))
def test_no_picture_is_drawn_of_nothing(name: str) -> None:
    assert chapters.PICTURES[name](an_answer(name), CROWD) is None
