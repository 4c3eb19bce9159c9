"""The analyses of what words suggest and of what the user says: laws and edges in small worlds."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Protocol

import duckdb
import pytest

from notworking.analyze import catalogue

#: Those that need text, or the user's own tags, to say anything.
NEEDY = (
    "door_openers",
    "energy",
    "favours",
    "giver_taker",
    "giver_taker_people",
    "how_i_ask",
    "instead_of_no",
    "introducer_loop",
    "introductions_to_make",
    "known_for",
    "only_when_needed",
    "outcomes",
    "owed",
    "six_benefits",
    "step_back",
    "thanks_owed",
    "trust",
)
#: What nothing here may infer. A stated birthday is none of it, nor is your own energy tag.
INFERRED = re.compile(
    "age|ages|disability|emotion|ethnic|ethnicity|faith|gender|health|illness|mood|orientation"
    "|political|politics|race|religion|religious|sentiment|sex|sexuality"
)


class World(Protocol):
    con: duckdb.DuckDBPyConnection

    def contact(self, person: int, source: str = ..., relation: str = ...) -> None: ...

    def says(self, person: int, direction: str, *moments: str, **more: object) -> None: ...

    def publish(self) -> World: ...

    def rows(self, query: str) -> list[dict[str, object]]: ...


def hint(world: World, person: int, direction: str, moment: str, /, *said: str) -> None:
    """Say a message at a moment, and that it is a hint: kind and words."""
    world.says(person, direction, moment)
    world.con.execute(
        "insert into core.hints select interaction_id, interaction_id, event_id, owner_id,"
        " contact_id, person_id, source, direction, \"at\", thread_id, thread_size, ?, 'en', ?, []"
        " from core.interactions order by interaction_id desc limit 1",
        list(said),
    )


def tag(world: World, person: int, *tags: str, noted_at: str = "2026-01-01") -> None:
    for word in tags:
        world.con.execute(
            "insert into tags (person_id, tag, noted_at)"
            " values (?, ?, (? || ' 00:00+00')::timestamptz)",
            [person, word, noted_at],
        )


def two_way(world: World, person: int, day: str = "2026-10-01") -> None:
    world.contact(person)
    world.says(person, "out", f"{day} 08:00:00")
    world.says(person, "in", f"{day} 09:00:00")


@pytest.mark.parametrize("name", NEEDY)
def test_without_words_and_tags_nothing_is_said(world: World, name: str) -> None:
    two_way(world, 2)
    assert world.publish().rows(f"from {name}") == []


def test_every_analysis_says_what_fills_it(network: duckdb.DuckDBPyConnection) -> None:
    told = network.execute("select name from empty_states").fetchall()
    names = {analysis.name for analysis in catalogue.analyses()} - {"empty_states"}
    assert {name for (name,) in told} == names


def test_nothing_published_infers_what_people_are(network: duckdb.DuckDBPyConnection) -> None:
    columns = network.execute(
        "select table_name || '.' || column_name from duckdb_columns()"
        " where schema_name in ('main', 'mart') and database_name <> 'temp'"
    ).fetchall()
    assert len(columns) > 300
    parts = [(name, part) for (name,) in columns for part in re.split(r"[._]", name.lower())]
    assert [name for name, part in parts if INFERRED.fullmatch(part)] == []


def test_the_latest_open_request_is_owed_until_it_is_answered_or_dismissed(world: World) -> None:
    two_way(world, 2)
    two_way(world, 3)
    hint(world, 2, "in", "2026-10-02 10:00:00", "ask", "could you send")
    hint(world, 3, "in", "2026-10-02 10:00:00", "ask", "can you help")
    world.says(3, "out", "2026-10-20 10:00:00")
    two_way(world, 4, "2026-10-30")
    world.publish()
    (row,) = world.rows("from owed")
    assert (row["person_id"], row["what"], row["days_open"]) == (2, "request", 28)
    assert row["words"] == "could you send"
    world.con.execute('insert into dismissed_hints select event_id, kind, "at" from hints')
    assert world.rows("from owed") == []


def test_a_call_answers_a_request(world: World) -> None:
    two_way(world, 2)
    hint(world, 2, "in", "2026-10-02 10:00:00", "ask", "could you send")
    world.says(2, "mutual", "2026-10-03 10:00:00", kind="call", source="phone")
    two_way(world, 4, "2026-10-30")
    world.publish()
    assert world.rows("from owed") == []
    (row,) = world.rows("from favours")
    assert (row["direction"], row["favour"]) == ("given", "answer")


@pytest.mark.parametrize(
    ("direction", "kind", "closes"),
    [("out", "link", True), ("out", "intro", True), ("in", "thanks", True), ("in", "ask", False)],
)
def test_what_closes_a_promise(world: World, direction: str, kind: str, closes: bool) -> None:
    two_way(world, 2)
    hint(world, 2, "out", "2026-10-02 10:00:00", "promise", "I'll send")
    hint(world, 2, direction, "2026-10-05 10:00:00", kind, "x")
    two_way(world, 4, "2026-10-30")
    kept = [row for row in world.publish().rows("from owed") if row["what"] == "promise"]
    assert bool(kept) is not closes


def test_an_answer_that_declines_is_no_favour(world: World) -> None:
    two_way(world, 2)
    hint(world, 2, "in", "2026-10-02 10:00:00", "ask", "could you send")
    hint(world, 2, "out", "2026-10-03 10:00:00", "decline", "I'm afraid I can't")
    assert world.publish().rows("from favours") == []


def test_thanks_within_the_days_that_count_close_a_favour(world: World) -> None:
    for person, day in ((2, "2026-09-10"), (3, "2026-09-20")):
        two_way(world, person, "2026-08-01")
        hint(world, person, "in", "2026-09-01 10:00:00", "offer", "happy to help")
        hint(world, person, "out", f"{day} 10:00:00", "thanks", "thank you")
    rows = world.publish().rows("from thanks_owed")
    assert [row["person_id"] for row in rows] == [3]
    assert rows[0]["days_ago"] == 19


def test_a_hint_in_a_crowd_is_nobody_s(world: World) -> None:
    two_way(world, 2)
    world.says(2, "in", "2026-09-01 10:00:00", size=30, thread="crowd")
    world.con.execute(
        "insert into core.hints select interaction_id, interaction_id, event_id, owner_id,"
        " contact_id, person_id, source, direction, \"at\", thread_id, thread_size, 'ask', 'en',"
        " 'x', [] from core.interactions where thread_size = 30"
    )
    assert world.publish().rows("from giver_taker_people") == []


def test_balance_is_named_from_three_favours_on_and_ends_are_flagged(world: World) -> None:
    for person, favours in ((2, 2), (3, 3)):
        two_way(world, person)
        for day in range(favours):
            hint(world, person, "out", f"2026-10-0{day + 2} 10:00:00", "offer", "happy to help")
    rows = world.publish().rows("select * from giver_taker_people order by person_id")
    assert [(row["given"], row["balance"], row["leaning"]) for row in rows] == [
        (2, None, None),
        (3, 1.0, "all_giving"),
    ]
    (whole,) = world.rows("from giver_taker")
    assert (whole["given"], whole["received"], whole["all_giving"]) == (5, 0, 1)


def test_a_request_that_ends_a_silence_is_told_from_one_that_follows_talk(world: World) -> None:
    two_way(world, 2, "2026-01-01")
    hint(world, 2, "out", "2026-06-01 10:00:00", "ask", "could you")
    two_way(world, 3, "2026-01-01")
    world.says(3, "out", "2026-06-01 10:00:00")
    hint(world, 3, "out", "2026-06-10 10:00:00", "ask", "could you")
    rows = world.publish().rows("select * from only_when_needed order by person_id")
    assert [(row["reopenings"], row["with_ask"]) for row in rows] == [(1, 1), (1, 0)]


def test_who_writes_first_where_two_meet_is_the_introducer(world: World) -> None:
    two_way(world, 2, "2026-01-01")
    world.contact(3)
    world.says(2, "in", "2026-03-01 10:00:00", size=3, thread="together")
    world.says(3, "in", "2026-03-01 11:00:00", size=3, thread="together")
    world.says(3, "out", "2026-03-02 11:00:00")
    world.says(2, "out", "2026-03-20 11:00:00")
    world.publish()
    (row,) = world.rows("from introducer_loop")
    assert (row["introducer_id"], row["person_id"], row["how"]) == (2, 3, "group")
    assert row["closed"] is True
    (opener,) = world.rows("from door_openers")
    assert (opener["person_id"], opener["introduced"], opener["became_ties"]) == (2, 1, 1)


def test_posts_and_unanswered_messages_to_many_are_broadcast(world: World) -> None:
    two_way(world, 2, "2026-05-01")
    for thread, answered in (("quiet", False), ("lively", True)):
        world.says(2, "out", "2026-05-02 10:00:00", size=30, thread=thread)
        if answered:
            world.says(2, "in", "2026-05-03 10:00:00", size=30, thread=thread)
    world.con.execute(
        'insert into raw.events (event_id, owner_id, source, kind, direction, "at", one_click,'
        " file_id) values (999, 1, 'linkedin', 'post', 'out', '2026-05-09 00:00:00+00', false, 0)"
    )
    (row,) = world.publish().rows("from broadcast")
    assert (row["said"], row["posts"], row["to_many"], row["unanswered"]) == (4, 1, 2, 1)
    assert row["share"] == 0.5


def test_a_benefit_with_one_provider_is_a_gap_and_leans_on_them(world: World) -> None:
    for person in (2, 3, 4):
        two_way(world, person)
    tag(world, 2, "benefit:support", "benefit:purpose")
    tag(world, 3, "benefit:support")
    rows = {row["benefit"]: row for row in world.publish().rows("from six_benefits")}
    assert list(rows) == [
        "information", "influence", "development", "support", "purpose", "balance",
    ]  # fmt: skip
    assert (rows["support"]["providers"], rows["support"]["leans_on"]) == (2, None)
    assert (rows["purpose"]["gap"], rows["purpose"]["leans_on"]) == (True, "Person 2")
    assert rows["balance"]["who"] == []


def test_kin_and_duty_are_never_suggested_for_stepping_back(world: World) -> None:
    for person in (2, 3, 4, 5):
        two_way(world, person)
    tag(world, 2, "energy:-2")
    tag(world, 3, "energy:-2", "kin")
    tag(world, 4, "energy:2")
    tag(world, 5, "audited:2026-10-01")
    rows = world.publish().rows("select * from step_back order by person_id")
    assert [(row["person_id"], row["why"]) for row in rows] == [(2, "drains"), (5, "nothing_seen")]


def test_an_outcome_tells_what_the_tie_was_then(world: World) -> None:
    two_way(world, 2, "2024-01-01")
    two_way(world, 3, "2026-10-01")
    tag(world, 2, "outcome:job", noted_at="2026-01-01")
    tag(world, 3, "outcome:job", noted_at="2026-01-01")
    rows = world.publish().rows("select * from outcomes order by person_id")
    assert [row["class_then"] for row in rows] == ["dormant", "card"]
    assert [row["days_before"] for row in rows] == [1, 0]


def test_needs_meet_strengths_of_strangers_only(world: World) -> None:
    for person in (2, 3, 4):
        two_way(world, person)
    world.con.execute("update people set title = 'Engineer' where person_id in (3, 4)")
    world.says(2, "in", "2026-09-01 10:00:00", size=3, thread="met")
    world.says(4, "in", "2026-09-01 11:00:00", size=3, thread="met")
    tag(world, 2, "needs:engineer")
    rows = world.publish().rows("from introductions_to_make")
    assert [(row["person_id"], row["other_id"], row["why"]) for row in rows] == [(2, 3, "tag")]


def test_ways_of_asking_are_compared_from_twenty_requests_on(
    make_network: Callable[..., duckdb.DuckDBPyConnection],
) -> None:
    con = make_network()
    assert con.execute("select asks from how_i_ask where mark = 'all'").fetchall() == [(23,)]
    con.execute("update thresholds set value = 24 where name = 'asks_least'")
    assert con.execute("from how_i_ask").fetchall() == []
