"""Single analyses on small worlds: the rules that the frozen network does not reach."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest


def anchored(world: Any) -> None:
    """Let "now" be noon on 2026-10-21 and the history be long, without touching anybody else."""
    world.contact(99)
    world.says(99, "in", "2015-01-01 12:00", "2026-10-21 12:00")


def tagged(world: Any, person: int, tag: str) -> None:
    world.con.execute(
        "insert into tags (person_id, tag, noted_at) values (?, ?, '2026-01-01 00:00:00+00')",
        [person, tag],
    )


def burst_days(world: Any) -> list[Any]:
    return [row["day"] for row in world.rows("select day from card_bursts")]


def test_a_day_that_holds_over_half_of_a_source_is_an_import_and_no_burst(world: Any) -> None:
    anchored(world)
    for person in range(2, 12):
        world.contact(person, source="vcard", relation="card", connected_at="2024-05-05")
    for person in range(20, 30):
        world.contact(person, connected_at="2024-06-06")
    for person in range(30, 41):
        world.contact(person, connected_at=f"2023-{person - 29:02}-01")
    world.publish()
    assert burst_days(world) == [date(2024, 6, 6)]


def test_many_on_one_day_are_no_burst_where_many_are_usual(world: Any) -> None:
    anchored(world)
    person = 100
    for month in range(1, 13):
        for day in range(1, 29):
            world.con.execute(
                "insert into contacts (contact_id, person_id, owner_id, source, source_key,"
                " relation, connected_at) select i + 1000, i, 1, 'linkedin', i, 'connection', ?"
                " from range(?, ?) t(i)",
                [f"2024-{month:02}-{day:02}", person, person + 6],
            )
            person += 6
    world.con.execute(
        "insert into people (person_id, name, contacts, is_owner)"
        " select i, 'Person ' || i, 1, false from range(100, ?) t(i)",
        [person],
    )
    world.publish()
    # The first days stand out against nothing; later six a day are usual.
    assert all(day < date(2024, 3, 1) for day in burst_days(world))


@pytest.mark.parametrize(
    ("birthday", "expected"),
    [
        ("--10-21", [date(2026, 10, 21)]),
        ("1980-11-20", [date(2026, 11, 20)]),
        ("1980-11-21", []),
        ("1980-10-20", []),
        ("1980", []),
        ("1980-13-40", []),
        ("", []),
    ],
)
def test_birthdays_are_listed_thirty_days_ahead(
    world: Any, birthday: str, expected: list[date]
) -> None:
    anchored(world)
    world.contact(2)
    world.says(2, "out", "2026-10-01 08:00", "2026-10-03 08:00")
    world.says(2, "in", "2026-10-02 08:00")
    world.con.execute("update people set birthday = ? where person_id = 2", [birthday])
    world.publish()
    rows = world.rows("select date from birthdays where why = 'birthday'")
    assert [row["date"] for row in rows] == expected


def test_a_leap_day_is_kept_on_the_28th(world: Any) -> None:
    world.contact(2)
    world.says(2, "out", "2024-02-29 08:00", "2025-02-20 08:00")
    world.says(2, "in", "2025-02-19 08:00")
    world.con.execute("update people set birthday = '1980-02-29' where person_id = 2")
    world.publish()
    (row,) = world.rows("from birthdays where why = 'birthday'")
    assert row["date"] == date(2025, 2, 28)
    assert row["what"] == "turns 45"
    assert row["said_last_time"] is True


def test_good_hours_reach_over_midnight_and_need_ten_answers(world: Any) -> None:
    anchored(world)
    world.contact(2)
    world.contact(3)
    for day in range(1, 11):
        world.says(2, "out", f"2026-09-{day:02} 20:00")
        answered = f"2026-09-{day:02} 23:30" if day % 2 else f"2026-09-{day + 1:02} 01:10"
        world.says(2, "in", answered)
        if day > 1:
            world.says(3, "out", f"2026-09-{day:02} 20:00")
            world.says(3, "in", f"2026-09-{day:02} 21:00")
    world.publish()
    (row,) = world.rows("from good_hours")
    assert (row["person_id"], row["answers"], row["hours_share"]) == (2, 10, 1)
    assert row["from_hour"] in (22, 23)
    assert row["channel"] == "LinkedIn"


def test_who_wrote_once_and_was_never_answered_is_no_reverse_networking(world: Any) -> None:
    anchored(world)
    for person in (2, 3, 4):
        world.contact(person)
    world.says(2, "in", "2026-08-01 08:00")
    world.says(3, "in", "2026-08-01 08:00")
    world.says(3, "out", "2026-08-02 08:00")
    world.says(4, "out", "2026-08-01 08:00")
    world.publish()
    rows = world.rows("from reverse_networking where half_year = date '2026-07-01'")
    assert [(row["kind"], row["by_them"], row["total"]) for row in rows] == [
        ("first_contact", 1, 2)
    ]


def test_titles_are_read_by_their_longest_words(world: Any) -> None:
    titles = {
        "President": 8,
        "Vice President, Sales": 7,
        "Assistant Vice President": 6,
        "Engineer": 3,
        "Sr. Engineer / Senior": 4,
        "Geschäftsführerin": 8,
        "Assistant to the CEO": 2,
        "Praktikantin": 1,
        "Directeur général": 8,
        "Project Manager": 5,
        "Überleiterin": 3,
    }
    for number, title in enumerate(titles, start=2):
        world.contact(number)
        world.con.execute("update people set title = ? where person_id = ?", [title, number])
    world.publish()
    rows = world.rows("select title, level from mart.title_levels")
    assert {row["title"]: row["level"] for row in rows} == titles


def test_circles_are_joined_by_whoever_sits_in_both(world: Any) -> None:
    anchored(world)
    for person in range(2, 9):
        world.contact(person)
    for person in (2, 3):
        world.says(person, "in", "2026-09-01 08:00", size=4, thread="one")
    for person in (3, 4):
        world.says(person, "in", "2026-09-02 08:00", size=4, thread="two")
    for person in (6, 7):
        world.says(person, "in", "2026-09-03 08:00", size=4, thread="three")
    world.publish()
    rows = world.rows("select circle, people from circles order by circle")
    assert [tuple(row.values()) for row in rows] == [(2, 3), (6, 2)]


def test_a_long_chain_of_conversations_is_one_circle(world: Any) -> None:
    anchored(world)
    for person in range(2, 42):
        world.contact(person)
    for person in range(2, 41):
        for member in (person, person + 1):
            world.says(member, "in", "2026-09-01 08:00", size=3, thread=f"chain {person}")
    world.publish()
    assert [row["people"] for row in world.rows("from circles")] == [40]


def test_people_tagged_exclude_stay_out_of_reliance(world: Any) -> None:
    anchored(world)
    for person in (2, 3):
        world.contact(person)
        world.says(person, "out", "2026-09-01 08:00")
    world.says(2, "in", *[f"2026-09-{day:02} 08:00" for day in range(2, 29)])
    world.publish()
    top = "select value, who, flagged from reliance where measure = 'top1'"
    (before,) = world.rows(top)
    assert (before["who"], before["flagged"]) == ("Person 2", True)
    tagged(world, 2, "exclude")
    (after,) = world.rows(top)
    assert (after["value"], after["who"]) == (0.5, "Person 3")


def test_the_overlap_of_the_dozen_is_told_only_of_enough_people(world: Any) -> None:
    anchored(world)
    for person in range(2, 30):
        world.contact(person)
    for friend in (2, 3):
        world.says(friend, "out", "2026-10-01 08:00")
        world.says(friend, "in", "2026-10-01 09:00")
        world.says(friend, "in", "2026-10-02 08:00", size=12, thread=f"near {friend}")
    for person in range(4, 14):
        for friend in (2, 3):
            world.says(person, "in", "2026-10-02 09:00", size=12, thread=f"near {friend}")
    world.publish()
    (whole,) = world.rows("from leverage where person_id is null")
    assert (whole["nominal"], whole["seen"], whole["shared"]) == (24, 10, 10)
    assert (whole["overlap"], whole["estimate"]) == (None, 24)
    world.con.execute("update thresholds set value = 10 where name = 'least_for_share'")
    (whole,) = world.rows("from leverage where person_id is null")
    assert (whole["overlap"], whole["estimate"]) == (1, 0)


def test_three_unanswered_messages_far_apart_need_no_rest(world: Any) -> None:
    anchored(world)
    for person in (2, 3):
        world.contact(person)
    world.says(2, "out", "2026-01-01 08:00", "2026-04-01 08:00", "2026-08-01 08:00")
    world.says(3, "out", "2026-07-01 08:00", "2026-07-15 08:00", "2026-08-01 08:00")
    world.publish()
    rows = world.rows("from waiting_for where person_id < 99")
    assert {
        row["person_id"]: (row["streak"], row["recent"], row["let_it_rest"]) for row in rows
    } == {
        2: (3, 1, False),
        3: (3, 3, True),
    }


def test_a_message_since_their_latest_sign_waits_and_an_answered_one_does_not(world: Any) -> None:
    anchored(world)
    for person in (2, 3, 4):
        world.contact(person)
    world.says(2, "out", "2026-08-01 08:00")
    world.says(2, "in", "2026-08-02 08:00")
    world.says(3, "in", "2026-08-01 08:00")
    world.says(3, "out", "2026-08-02 08:00")
    world.says(4, "out", "2026-08-01 08:00", size=9, thread="crowd")
    world.publish()
    assert [row["person_id"] for row in world.rows("from waiting_for")] == [3]


def test_drift_is_capped_and_in_the_order_of_what_is_lost(world: Any) -> None:
    anchored(world)
    for person in range(2, 22):
        world.contact(person)
        days = [f"2025-{month:02}-{person:02}" for month in range(1, 13)]
        days += [f"2026-{month:02}-{person:02}" for month in range(1, 8)]
        world.says(person, "out", *[f"{day} 08:00" for day in days])
        world.says(person, "in", *[f"{day} 09:00" for day in days])
    world.publish()
    rows = world.rows("from drift")
    assert [row["place"] for row in rows] == list(range(1, 13))
    losses = [row["loss"] for row in rows]
    assert losses == sorted(losses, reverse=True)
    assert all(row["due"] <= date(2026, 10, 21) for row in rows)


def test_seniority_is_unknown_where_your_own_title_is(world: Any) -> None:
    anchored(world)
    world.contact(2)
    world.says(2, "out", "2026-10-01 08:00")
    world.says(2, "in", "2026-10-02 08:00")
    world.con.execute("update people set title = 'Director' where person_id = 2")
    world.publish()
    (row,) = world.rows("from seniority")
    assert (row["standing"], row["your_level"]) == ("unknown", None)
    world.con.execute("update people set title = 'Manager' where person_id = 1")
    world.publish()
    (row,) = world.rows("from seniority")
    assert (row["standing"], row["your_level"]) == ("above", 5)


def test_a_tag_leave_keeps_a_dormant_tie_asleep(world: Any) -> None:
    anchored(world)
    world.contact(2)
    for day in range(1, 10):
        world.says(2, "out", f"2018-03-{day:02} 08:00")
        world.says(2, "in", f"2018-03-{day:02} 09:00")
    world.publish()
    assert [row["person_id"] for row in world.rows("from worth_waking")] == [2]
    tagged(world, 2, "leave")
    assert world.rows("from worth_waking") == []
