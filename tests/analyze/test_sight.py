"""Silence counts only as far as the data could have shown the contrary."""

from __future__ import annotations

from typing import Any

import pytest


def test_the_end_of_a_source_is_not_the_end_of_a_tie(world: Any) -> None:
    world.contact(2, source="facebook", relation="friend")
    world.contact(3)
    for day in range(1, 29):
        world.says(2, "out", f"2016-02-{day:02} 08:00", source="facebook")
        world.says(2, "in", f"2016-02-{day:02} 09:00", source="facebook")
    world.says(3, "out", "2026-10-21 08:00")
    world.publish()
    tie = world.tie(2)
    assert tie["class"] == "inner"
    assert tie["hidden"]
    assert "the data end on 2016-02-28 there, so silence since says nothing" in tie["evidence"]


def test_silence_that_the_source_could_see_is_silence(world: Any) -> None:
    world.contact(2, source="facebook", relation="friend")
    world.contact(3, source="facebook", relation="friend")
    world.says(2, "out", "2016-02-01 08:00", source="facebook")
    world.says(2, "in", "2016-02-01 09:00", source="facebook")
    world.says(3, "out", "2020-02-01 09:00", source="facebook")
    world.publish()
    assert world.tie(2)["class"] == "dormant"
    assert not world.tie(2)["hidden"]


def test_the_day_of_the_export_is_the_end_of_sight(world: Any) -> None:
    world.contact(2, source="facebook", relation="friend")
    world.contact(3)
    world.con.execute(
        "insert into raw.files (file_id, owner_id, importer, sha256, as_of, complete)"
        " values (7, 1, 'facebook.messages', '', '2019-06-01 00:00:00+00', true)"
    )
    world.says(2, "out", "2016-02-01 08:00", source="facebook", file_id=7)
    world.says(2, "in", "2016-02-01 09:00", source="facebook", file_id=7)
    world.says(3, "out", "2026-10-21 08:00")
    world.publish()
    assert str(world.tie(2)["seen_until"])[:10] == "2019-06-01"
    assert world.tie(2)["class"] == "dormant"


@pytest.mark.parametrize(("folder", "end"), [("export", "2019-06-01"), ("other", "2016-02-01")])
def test_a_file_is_as_new_as_the_newest_beside_it_in_the_same_export(
    world: Any, folder: str, end: str
) -> None:
    world.contact(2, source="facebook", relation="friend")
    world.contact(3)
    for file_id, importer, path, as_of in [
        (7, "facebook.messages", "export/messages.json", "2016-02-01 09:00:00+00"),
        (8, "facebook.friends", f"{folder}/friends.json", "2019-06-01 00:00:00+00"),
    ]:
        world.con.execute(
            "insert into raw.files (file_id, owner_id, importer, sha256, as_of, complete)"
            " values (?, 1, ?, '', ?, true)",
            [file_id, importer, as_of],
        )
        world.con.execute(
            "insert into source_files (file_id, import_id, path, status)"
            " values (?, 1, ?, 'loaded')",
            [file_id, path],
        )
    world.says(2, "out", "2016-02-01 08:00", source="facebook", file_id=7)
    world.says(2, "in", "2016-02-01 09:00", source="facebook", file_id=7)
    world.says(3, "out", "2026-10-21 08:00")
    world.publish()
    assert str(world.tie(2)["seen_until"])[:10] == end


def moved_into_encryption(world: Any) -> None:
    world.contact(2, source="facebook", relation="friend")
    world.contact(3, source="facebook", relation="friend")
    for month in range(1, 13):
        world.says(2, "out", f"2021-{month:02}-05 08:00", source="facebook")
        world.says(2, "in", f"2021-{month:02}-05 09:00", source="facebook")
    world.says(3, "in", "2026-10-21 09:00", source="facebook")
    world.con.execute(
        "insert into raw.threads (owner_id, source, thread_key, flags, file_id)"
        " values (1, 'facebook', 'facebook 2', ['cutover'], 0)"
    )


def test_a_conversation_that_moved_into_encryption_never_makes_a_tie_dormant(world: Any) -> None:
    moved_into_encryption(world)
    world.publish()
    tie = world.tie(2)
    assert tie["class"] == "strong"
    assert tie["hidden"]
    assert "moved into encryption after 2021-12-05 and cannot be seen since" in tie["evidence"]


def test_with_the_later_messenger_export_its_silence_is_seen(world: Any) -> None:
    moved_into_encryption(world)
    world.contact(4, source="messenger", relation="correspondent")
    world.says(4, "in", "2026-10-20 09:00", source="messenger")
    world.publish()
    assert world.tie(2)["class"] == "dormant"
    assert not world.tie(2)["hidden"]
