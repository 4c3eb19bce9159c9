"""Who understands what, and who leads into a company: what counts, and what must not."""

from __future__ import annotations

from typing import Any

import pytest


def known(world: Any, person: int, company: str | None = None, title: str | None = None) -> None:
    world.contact(person)
    world.con.execute(
        "update people set company = ?, title = ? where person_id = ?", [company, title, person]
    )


def in_touch(world: Any, person: int) -> None:
    for day in range(10, 28, 3):
        world.says(person, "out", f"2026-10-{day} 08:00")
        world.says(person, "in", f"2026-10-{day} 09:00")


def only_way(world: Any) -> dict[str, Any]:
    (row,) = world.publish().rows("from warm_paths")
    found: dict[str, Any] = row
    return found


def test_a_tie_at_a_company_is_the_way_in_and_cards_are_counted(world: Any) -> None:
    for person, spelled in ((2, "Example Works GmbH"), (3, "EXAMPLE works"), (4, "Example Works")):
        known(world, person, spelled)
    in_touch(world, 3)
    row = only_way(world)
    assert (row["person_id"], row["people"], row["cards"], row["there"]) == (3, 3, 2, "now")
    assert row["strength"] == row["alive"]
    assert row["reaches"] is None
    assert str(row["evidence"]).startswith("Person 3 is there; ")


def test_whoever_sits_in_conversations_with_somebody_there_is_a_way_in(world: Any) -> None:
    known(world, 2, "Example Works")
    known(world, 3, None)
    in_touch(world, 3)
    for person in (2, 3):
        world.says(person, "in", "2026-10-20 10:00", "2026-10-21 10:00", size=3, thread="both")
    row = only_way(world)
    assert (row["person_id"], row["reaches_id"], row["reaches"]) == (3, 2, "Person 2")
    assert 0 < row["strength"] < row["alive"]
    assert row["evidence"] == "Person 3 is in the same conversations as Person 2, who is there."


def test_cards_alone_are_no_way_and_say_so(world: Any) -> None:
    known(world, 2, "Example Works")
    in_touch(world, 3)
    world.contact(3)
    row = only_way(world)
    assert (row["person_id"], row["strength"], row["there"]) == (None, 0, None)
    assert row["evidence"] == "Cards only, and nobody in between that the data show."


@pytest.mark.parametrize("company", ["Self-employed", "Freelance", "--", "Student"])
def test_what_is_no_company_has_no_way_in(world: Any, company: str) -> None:
    known(world, 2, company)
    in_touch(world, 2)
    assert world.publish().rows("from warm_paths") == []


def test_who_is_there_now_comes_before_who_was_and_warm_ways_before_cold_ones(world: Any) -> None:
    for person, company in ((2, "Example Docks"), (3, "Example Docks"), (4, "Example Boats")):
        known(world, person, company)
    in_touch(world, 4)
    world.con.execute(
        "insert into changes (contact_id, person_id, field, old, new, import_id, noticed_at)"
        " select contact_id, person_id, 'company', 'Example Docks', 'Example Boats', 1,"
        " timestamptz '2025-01-01 00:00:00+00' from contacts where person_id = 4"
    )
    rows = world.publish().rows('select target, person_id, "there", people from warm_paths')
    assert [tuple(row.values()) for row in rows] == [
        ("Example Docks", 4, "before", 3),
        ("Example Boats", 4, "now", 1),
    ]


def test_skills_titles_and_companies_stand_together_ties_first(world: Any) -> None:
    known(world, 2, "Example Works", "Welder")
    known(world, 3, "Example Docks", "Pilot")
    world.contact(4)
    in_touch(world, 3)
    world.con.execute(
        "insert into tags (person_id, tag, noted_at) values"
        " (2, 'knows: falconry', 'epoch'), (2, 'energy:-2', 'epoch'), (2, 'pin', 'epoch'),"
        " (3, 'benefit:support', 'epoch'), (2, 'choir', 'epoch')"
    )
    world.con.execute("delete from tags where tag = 'pin'")
    rows = world.publish().rows(
        "select person_id, skills, titles, companies from who_knows order by person_id"
    )
    assert [tuple(row.values()) for row in rows] == [
        (2, ["choir", "falconry"], ["Welder"], ["Example Works"]),
        (3, [], ["Pilot"], ["Example Docks"]),
    ]
    assert [row["person_id"] for row in world.rows("from who_knows")] == [3, 2]


def test_words_that_one_person_alone_asks_with_are_no_topic(world: Any) -> None:
    for person in (2, 3):
        world.contact(person)
        in_touch(world, person)
    world.publish()
    world.con.execute(
        "insert into core.hints select interaction_id, interaction_id, event_id, owner_id,"
        " contact_id, person_id, source, direction, \"at\", thread_id, thread_size, 'ask', 'en',"
        " 'could you', [] from core.interactions where direction = 'in' and day(\"at\") = 10"
    )
    world.con.execute("delete from mart.asked_terms")
    world.con.execute(
        "insert into mart.asked_terms (owner_id, person_id, hint_id, term, rarity)"
        " select 1, person_id, hint_id, term, 5 from core.hints,"
        " (values ('welding', 2), ('welding', 3), ('tomas', 2)) t(term, who)"
        " where t.who = person_id"
    )
    rows = world.rows("select person_id, topics from who_knows order by person_id")
    assert [tuple(row.values()) for row in rows] == [(2, ["welding"]), (3, ["welding"])]
