"""The formulas of ties on small worlds: the worked example, edge cases, and what overrides what."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st


def test_the_worked_example_comes_out(world: Any) -> None:
    world.contact(2)
    world.says(2, "out", "2026-10-21 12:00", "2026-09-21 12:00", "2025-10-21 12:00")
    world.says(2, "in", "2026-10-11 12:00")
    world.says(2, "in", "2026-09-11 12:00", size=5, thread="group")
    world.publish()
    (points,) = world.rows("from mart.points where back = 0")
    assert points["p_out"] == pytest.approx(47.2785, abs=5e-5)
    assert points["p_in"] == pytest.approx(28.9286, abs=5e-5)
    assert points["p_shared"] == 0
    tie = world.tie(2)
    assert tie["strength"] == 7.2758
    assert tie["alive"] == 0.7224


def test_everything_said_on_one_day_counts_once_in_each_direction(world: Any) -> None:
    world.contact(2)
    world.contact(3)
    world.says(2, "out", "2026-10-21 08:00", "2026-10-21 09:00", "2026-10-21 20:00")
    world.says(2, "in", "2026-10-21 08:30")
    world.says(3, "out", "2026-10-21 08:00")
    world.says(3, "in", "2026-10-21 08:30", "2026-10-21 22:59")
    world.publish()
    assert world.tie(2)["strength"] == world.tie(3)["strength"] == round(2 * math.log(31), 4)
    assert (world.tie(2)["messages_out"], world.tie(3)["messages_in"]) == (3, 2)


def test_the_heaviest_message_of_a_day_gives_its_weight(world: Any) -> None:
    world.contact(2)
    world.says(2, "out", "2026-10-21 08:00", size=10, thread="group")
    world.says(2, "out", "2026-10-21 09:00", size=5, thread="small")
    world.publish()
    assert world.tie(2)["strength"] == round(math.log(1 + 30 / math.sqrt(4)), 4)


def test_one_click_is_next_to_nothing_and_never_two_way(world: Any) -> None:
    world.contact(2)
    world.says(2, "out", "2026-10-21 08:00")
    world.says(2, "in", "2026-10-21 09:00", kind="reaction", one_click=True)
    world.publish()
    tie = world.tie(2)
    assert (tie["class"], tie["card_kind"]) == ("card", "waiting_for_them")
    assert tie["strength"] == round(math.log(31) + math.log(4), 4)
    assert tie["reciprocity"] == 0


def test_a_like_is_not_the_last_word_of_the_evidence(world: Any) -> None:
    world.contact(2)
    world.says(2, "out", "2026-08-01 08:00")
    world.says(2, "in", "2026-08-02 08:00")
    world.says(2, "in", "2026-10-20 08:00", kind="reaction", one_click=True)
    world.contact(3)
    world.says(3, "in", "2026-10-21 08:00")
    world.publish()
    assert world.tie(2)["evidence"] == (
        "Wrote on 1 day, you on 1, last on 2026-08-02; mostly one to one; LinkedIn."
    )
    assert str(world.tie(2)["last_contact"]) == "2026-10-20 08:00:00+00:00"


def test_an_answered_call_is_both_ways_and_a_missed_one_is_not(world: Any) -> None:
    world.contact(2)
    world.contact(3)
    world.says(2, "mutual", "2026-10-21 08:00", kind="call", source="phone")
    world.says(3, "in", "2026-10-21 08:00", kind="call", source="phone")
    world.publish()
    assert (world.tie(2)["days_in"], world.tie(2)["days_out"]) == (1, 1)
    assert world.tie(2)["class"] != "card"
    assert (world.tie(3)["class"], world.tie(3)["card_kind"]) == ("card", "waiting_for_you")


def test_an_invitation_counts_only_with_a_note(world: Any) -> None:
    world.contact(2, connected_at="2026-10-02")
    world.contact(3, connected_at="2026-10-02")
    world.says(2, "in", "2026-10-01 08:00", kind="invitation", words=9)
    world.says(3, "in", "2026-10-01 08:00", kind="invitation", words=0)
    world.contact(4)
    world.says(4, "in", "2026-10-01 08:00")
    world.publish()
    assert (world.tie(2)["card_kind"], world.tie(3)["card_kind"]) == ("waiting_for_you", "silent")
    assert (
        world.tie(3)["evidence"] == "Connected on LinkedIn 2026-10-02, never exchanged a message."
    )


def test_time_in_the_same_group_is_counted_from_the_messages_of_others(world: Any) -> None:
    for person in (2, 3, 4):
        world.contact(person)
    world.says(2, "in", "2026-10-21 08:00", size=5, thread="group")
    world.says(3, "in", "2026-10-21 09:00", size=5, thread="group")
    world.says(4, "in", "2026-10-21 10:00")
    world.publish()
    rows = world.rows("select person_id, p_shared from mart.points where back = 0 order by 1")
    assert [row["p_shared"] for row in rows] == [15, 15, 0]


def test_ones_own_words_in_a_group_are_no_time_shared(world: Any) -> None:
    world.contact(2)
    world.says(2, "in", "2026-10-21 08:00", "2026-10-20 08:00", size=5, thread="group")
    world.says(2, "out", "2026-10-21 09:00", size=5, thread="group")
    world.publish()
    (points,) = world.rows("from mart.points where back = 0")
    assert points["p_shared"] == 0


def test_a_crowd_says_nothing_about_two_of_its_members(world: Any) -> None:
    for person in (2, 3):
        world.contact(person)
        world.says(person, "in", "2026-10-21 08:00", size=22, thread="crowd")
    world.publish()
    assert world.rows("from mart.shared_days") == []


def test_now_is_the_newest_time_in_the_data_and_never_the_clock(world: Any) -> None:
    world.contact(2, connected_at="2009-03-01")
    world.says(2, "out", "2009-04-01 08:00")
    world.says(2, "in", "2009-04-02 08:00")
    world.publish()
    (now,) = world.rows("select epoch(now.at) as seconds from mart.now")
    assert now["seconds"] == datetime(2009, 4, 2, 8, tzinfo=UTC).timestamp()
    assert world.tie(2)["class"] not in ("card", "dormant")


def test_one_contact_and_no_word_is_one_silent_card(world: Any) -> None:
    world.contact(2, connected_at="2016-05-12")
    world.publish()
    tie = world.tie(2)
    assert (tie["class"], tie["ring"], tie["strength"], tie["alive"]) == ("card", None, 0, 0)
    assert tie["card_kind"] == "silent"
    assert tie["last_contact"] is None
    (index,) = world.rows("from notworking_index where scope = 'source'")
    assert (index["contacts"], index["cards"], index["talk_seen"]) == (1, 1, False)
    assert world.rows("from notworking_index where scope = 'total'") == []


def test_the_only_owner_is_no_tie_even_from_their_own_address_book(world: Any) -> None:
    world.contact(2)
    world.contact(7, source="vcard", relation="card")
    world.con.execute("update people set is_owner = true where person_id = 7")
    world.publish()
    assert [row["person_id"] for row in world.rows("from ties")] == [2]


def test_a_contact_without_any_date_is_a_card_too(world: Any) -> None:
    world.contact(2, source="vcard", relation="card")
    world.publish()
    assert world.tie(2)["class"] == "card"
    assert world.tie(2)["evidence"].startswith("Known from address book; nothing imported")


def test_an_interaction_without_a_date_is_left_out(world: Any) -> None:
    world.contact(2)
    world.says(2, "out", "2026-10-20 12:00")
    world.con.execute("insert into core.interactions by name select * replace"
                      " (null as \"at\", 99 as interaction_id, 'in' as direction)"
                      " from core.interactions")  # fmt: skip
    world.publish()
    assert world.tie(2)["interactions"] == 1
    assert world.tie(2)["class"] == "card"


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("pin", ("inner", 1)),
        ("class:inner", ("inner", 1)),
        ("class:strong", ("strong", 2)),
        ("class:weak", ("weak", 3)),
        ("class:dormant", ("dormant", 3)),
    ],
)
def test_the_users_own_tag_comes_before_any_number(
    world: Any, tag: str, expected: tuple[str, int]
) -> None:
    world.contact(2)
    world.contact(3)
    world.says(2, "out", "2026-09-20 08:00", "2026-09-21 08:00")
    world.says(2, "in", "2026-09-22 08:00")
    world.says(3, "in", "2022-01-01 08:00", "2026-10-21 08:00")
    world.publish()
    assert world.tie(2)["class"] == "weak"
    world.con.execute(
        "insert into tags (person_id, tag, noted_at) values (2, ?, '2026-01-01 00:00:00+00')", [tag]
    )
    assert (world.tie(2)["class"], world.tie(2)["ring"]) == expected
    assert f"marked {expected[0]} by you" in world.tie(2)["evidence"]


def test_a_threshold_acts_at_once(world: Any) -> None:
    world.contact(2)
    world.contact(3)
    world.says(2, "out", "2026-09-20 08:00", "2026-09-21 08:00")
    world.says(2, "in", "2026-09-22 08:00")
    world.says(3, "in", "2022-01-01 08:00", "2026-10-21 08:00")
    world.publish()
    world.con.execute("update thresholds set value = 0.99 where name = 'dormant_below'")
    assert world.tie(2)["class"] == "dormant"
    world.con.execute("update thresholds set value = 0.25 where name = 'dormant_below'")
    world.con.execute("update thresholds set value = 1 where name = 'inner_per_year'")
    assert world.tie(2)["class"] == "inner"


def test_the_owners_clock_decides_what_a_day_is(world: Any) -> None:
    world.contact(2)
    world.says(2, "out", "2026-10-20 22:30", "2026-10-21 08:00")
    world.publish()
    assert world.tie(2)["days_out"] == 2
    world.con.execute("update thresholds set value = 2 where name = 'utc_offset_hours'")
    world.publish()
    assert world.tie(2)["days_out"] == 1


def test_an_old_heavy_tie_is_dormant_whatever_its_points(world: Any) -> None:
    world.contact(2)
    world.contact(3)
    for month in range(1, 13):
        world.says(2, "out", *[f"2014-{month:02}-{day:02} 08:00" for day in range(1, 28, 3)])
        world.says(2, "in", *[f"2014-{month:02}-{day:02} 09:00" for day in range(1, 28, 3)])
    world.says(3, "in", "2026-10-21 09:00")
    world.publish()
    tie = world.tie(2)
    assert (tie["class"], tie["ring"]) == ("dormant", 5)
    assert tie["alive"] <= 0.1


def test_a_yearly_tie_is_not_dormant_before_two_of_its_gaps_have_passed(world: Any) -> None:
    world.contact(2)
    world.contact(3)
    for year in range(2012, 2026):
        world.says(2, "out", f"{year}-06-01 08:00")
        world.says(2, "in", f"{year}-06-01 09:00")
    world.says(3, "in", "2026-07-15 09:00")
    world.con.execute("update thresholds set value = 0 where name = 'dormant_below'")
    world.publish()
    assert world.tie(2)["class"] == "weak"


def test_the_chances_are_corrected_by_the_owners_own_past(world: Any) -> None:
    for person in range(2, 12):
        world.contact(person)
        world.says(person, "out", "2025-06-01 08:00", "2026-06-01 08:00")
        world.says(person, "in", "2025-06-02 08:00", "2026-06-02 08:00")
    world.says(2, "in", "2026-10-21 09:00")
    world.says(3, "in", "2024-01-01 09:00")
    world.publish()
    (kept,) = world.rows("from chances_kept")
    assert (kept["people"], kept["observed"], kept["by_own_past"]) == (10, 10, True)
    assert kept["factor"] > 1.5
    assert f"expected {round(kept['expected'])} of your contacts" in kept["in_words"]


def test_a_short_history_is_not_corrected(world: Any) -> None:
    world.contact(2)
    world.says(2, "out", "2026-01-01 08:00")
    world.says(2, "in", "2026-10-21 08:00")
    world.publish()
    (kept,) = world.rows("from chances_kept")
    assert (kept["factor"], kept["by_own_past"]) == (1, False)


def test_reply_times_leave_out_late_answers_and_groups(world: Any) -> None:
    world.contact(2)
    world.says(2, "out", "2026-10-01 08:00", "2026-10-05 08:00", "2026-10-10 08:00")
    world.says(2, "in", "2026-10-01 10:00", "2026-10-05 12:00", "2026-10-15 08:00")
    world.says(2, "in", "2026-10-10 08:10", size=5, thread="group")
    world.publish()
    assert world.tie(2)["median_reply_hours"] == 3
    assert world.tie(2)["one_to_one_share"] == round(6 / 7, 4)


def test_a_conversation_starts_after_seven_silent_days(world: Any) -> None:
    world.contact(2)
    world.says(2, "out", "2026-10-01 08:00", "2026-10-08 07:59", "2026-10-20 08:00")
    world.says(2, "in", "2026-10-02 08:00")
    world.says(2, "in", "2026-10-10 08:00")
    world.publish()
    (row,) = world.rows("from mart.conversations")
    assert (row["started"], row["started_by_owner"], row["started_by_them"]) == (2, 2, 0)


def test_another_owners_interactions_stay_with_the_other_owner(world: Any) -> None:
    world.contact(2)
    world.says(2, "out", "2026-10-21 08:00")
    world.con.execute("insert into owners (owner_id, name) values (2, 'Jon Example')")
    world.con.execute(
        "insert into contacts (contact_id, person_id, owner_id, source, source_key, relation)"
        " values (77, 2, 2, 'vcard', 'x', 'card')"
    )
    world.publish()
    rows = world.rows("select owner_id, days_out, strength > 0 as strong from ties order by 1")
    assert [tuple(row.values()) for row in rows] == [(1, 1, True), (2, 0, False)]


@settings(
    max_examples=12,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    deeds=st.lists(
        st.tuples(
            st.integers(2, 5),
            st.sampled_from(["in", "out", "mutual"]),
            st.integers(1, 28),
            st.integers(1, 12),
            st.integers(2, 30),
            st.booleans(),
        ),
        max_size=25,
    )
)
def test_whatever_happened_the_laws_of_ties_hold(
    world: Any, deeds: list[tuple[int, str, int, int, int, bool]]
) -> None:
    world.con.execute("delete from core.interactions; delete from raw.events")
    for person in (2, 3, 4, 5):
        if not world.rows(f"from contacts where person_id = {person}"):
            world.contact(person)
    for person, direction, day, month, size, click in deeds:
        world.says(
            person, direction, f"2025-{month:02}-{day:02} 08:00", size=size, one_click=click,
            thread=f"thread {size}", kind="message" if not click else "reaction",
        )  # fmt: skip
    world.publish()
    for tie in world.rows("from ties"):
        own = [deed for deed in deeds if deed[0] == tie["person_id"] and not deed[5]]
        came = any(deed[1] in ("in", "mutual") for deed in own)
        went = any(deed[1] in ("out", "mutual") for deed in own)
        assert (tie["class"] == "card") == (not (came and went))
        assert (tie["ring"] is None) == (tie["class"] == "card")
        assert 0 <= tie["alive"] <= 1
        assert tie["strength"] >= 0
        assert (tie["strength"] > 0) == any(deed[0] == tie["person_id"] for deed in deeds)
        assert tie["reciprocity"] is None or 0 <= tie["reciprocity"] <= 1
        assert tie["evidence"].endswith(".")
