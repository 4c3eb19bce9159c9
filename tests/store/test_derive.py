"""From what files said to contacts and interactions: the rules, each on a few rows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from notworking.reading import FileResult
from notworking.records import Contact, Event, Party, Point, Record, Thread
from notworking.resolve.points import parse_point
from notworking.store import book, database, derive, load

T0 = datetime(2024, 3, 4, 10, 0, 5, tzinfo=UTC)
OWNER = Party("https://www.linkedin.com/in/olive-owner", "Olive Owner")
MIRA = Party("https://www.linkedin.com/in/mira", "Mira Examplová")
JONAS = Party("https://www.linkedin.com/in/jonas", "Jonas Beispiel")


class Book:
    """A database in memory that importers of this test fill."""

    def __init__(self) -> None:
        self.con = duckdb.connect()
        self.con.execute("set TimeZone = 'UTC'")
        database.migrate(self.con)
        book.choose_owner(self.con, None)
        self.files = 0

    def add(
        self,
        records: Iterable[Record],
        source: str = "linkedin",
        *,
        complete: bool = False,
        as_of: datetime | None = T0,
        kind: str = "test",
        keep_text: bool = True,
    ) -> tuple[int, int]:
        """Load records as one file of one import; return how many rows it had and were new."""
        self.files += 1
        import_id = book.begin_import(self.con, 1, "test")
        name = f"{source}.{kind}"
        loading = load.Loading(self.con, keep_text=keep_text)
        loading.stage(
            load.File(self.files, 1, source, name, None, Path, lambda _rows: None), records
        )
        counts = loading.merge()
        result = FileResult(self.files, str(self.files), "loaded")
        book.write_files(self.con, import_id, [asdict(result)])
        read = book.ReadFile(self.files, 1, name, str(self.files), as_of, complete)
        book.remember_files(self.con, [read])
        return counts[self.files]

    def derive(self) -> None:
        derive.derive_contacts(
            self.con,
            lambda _o, kind, raw, region: parse_point(kind, raw, region, region_sure=False),
        )

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        return self.con.execute(sql).fetchall()


@pytest.fixture
def db() -> Iterator[Book]:
    made = Book()
    yield made
    made.con.close()


def contact(name: str, key: str, relation: str = "connection", **kwargs: Any) -> Contact:
    return Contact("line 1", relation, key, json.dumps({"name": name}), full_name=name, **kwargs)


def message(
    sender: Party,
    receivers: tuple[Party, ...] | None,
    text: str,
    at: datetime = T0,
    thread: str = "t1",
    **kwargs: Any,
) -> Event:
    key = f"{thread}|{at.isoformat()}|{sender.name}|{text}"
    return Event(
        "line 2",
        "message",
        key,
        sender,
        recipients=receivers,
        thread_key=thread,
        at=at,
        text=text,
        **kwargs,
    )


TALK = "select direction, full_name from interactions join contacts using (contact_id) order by all"


def test_direction_follows_from_the_owners_own_profile(db: Book) -> None:
    db.add([contact("Olive Owner", "self:profile", "self", profile_url=OWNER.key)])
    db.add([message(OWNER, (MIRA,), "hello"), message(MIRA, (OWNER,), "hi", T0 + timedelta(1))])
    db.derive()
    assert db.rows(TALK) == [("in", "Mira Examplová"), ("out", "Mira Examplová")]


def test_the_owner_is_whoever_is_in_every_conversation_where_nothing_says_it(db: Book) -> None:
    others = [Party(f"https://www.linkedin.com/in/p{n}", f"Person {n}") for n in range(4)]
    db.add([message(OWNER, (p,), "hello", thread=f"t{n}") for n, p in enumerate(others)])
    db.derive()
    assert db.rows(TALK) == [("out", f"Person {n}") for n in range(4)]


def test_with_a_single_conversation_and_no_profile_nothing_is_guessed(db: Book) -> None:
    db.add([message(OWNER, (MIRA,), "hello")])
    db.derive()
    assert {direction for direction, _ in db.rows(TALK)} == {"in"}
    assert len(db.rows(TALK)) == 1


def test_a_namesake_with_another_profile_is_not_the_owner(db: Book) -> None:
    namesake = Party("https://www.linkedin.com/in/other-olive", "Olive Owner")
    db.add([contact("Olive Owner", "self:profile", "self", profile_url=OWNER.key)])
    db.add([message(OWNER, (namesake,), "hello"), message(namesake, (OWNER,), "hi")])
    db.derive()
    assert db.rows("select source_key from contacts where relation <> 'self'") == [(namesake.key,)]


def test_a_name_without_a_profile_is_the_one_connection_of_that_name(db: Book) -> None:
    db.add([contact("Olive Owner", "self:profile", "self", profile_url=OWNER.key)])
    db.add([contact("Mira Examplová", str(MIRA.key)), contact("Jonas Beispiel", str(JONAS.key))])
    db.add([message(Party(None, "mira  EXAMPLOVÁ"), (OWNER,), "hi")])
    db.derive()
    assert db.rows("select source_key from interactions join contacts using (contact_id)") == [
        (MIRA.key,)
    ]


def test_a_name_that_two_bear_is_attached_to_neither(db: Book) -> None:
    db.add([contact("Ada Example", "self:profile", "self")], "facebook")
    db.add(
        [
            contact("Bo Sample", "Bo Sample|1", "friend"),
            contact("Bo Sample", "Bo Sample|2", "friend"),
        ],
        "facebook",
    )
    ada, bo = Party(None, "Ada Example"), Party(None, "Bo Sample")
    db.add([Thread("t1", members=(ada, bo)), message(bo, None, "hi")], "facebook")
    db.derive()
    assert db.rows(
        "select source_key, relation from interactions join contacts using (contact_id)"
    ) == [("Bo Sample", "correspondent")]


def test_messages_of_the_owner_go_to_every_member_of_the_thread(db: Book) -> None:
    ada, bo, cy = (Party(None, n) for n in ("Ada Example", "Bo Sample", "Cy Sample"))
    db.add([contact("Ada Example", "self:profile", "self")], "facebook")
    db.add(
        [
            Thread("t1", members=(ada, bo, cy)),
            message(ada, None, "who comes?"),
            message(bo, None, "me", T0 + timedelta(minutes=1)),
        ],
        "facebook",
    )
    db.derive()
    assert db.rows(
        "select direction, full_name, thread_size from interactions"
        " join contacts using (contact_id) order by all"
    ) == [("in", "Bo Sample", 3), ("out", "Bo Sample", 3), ("out", "Cy Sample", 3)]


def test_a_member_who_never_spoke_and_was_never_written_to_is_no_contact(db: Book) -> None:
    ada, bo, cy = (Party(None, n) for n in ("Ada Example", "Bo Sample", "Cy Sample"))
    db.add([contact("Ada Example", "self:profile", "self")], "facebook")
    db.add([Thread("t1", members=(ada, bo, cy)), message(bo, None, "me")], "facebook")
    db.derive()
    assert db.rows("select full_name from contacts where relation <> 'self'") == [("Bo Sample",)]


def test_a_reaction_to_somebody_elses_message_is_no_contact(db: Book) -> None:
    ada, bo, cy = (Party(None, n) for n in ("Ada Example", "Bo Sample", "Cy Sample"))

    def like(actor: Party, author: Party) -> Event:
        key = f"{actor.name} {author.name}"
        return Event("x", "reaction", key, actor, recipients=(author,), thread_key="t1", at=T0)

    db.add([contact("Ada Example", "self:profile", "self")], "facebook")
    db.add(
        [Thread("t1", members=(ada, bo, cy)), like(bo, cy), like(cy, ada), like(ada, bo)],
        "facebook",
    )
    db.derive()
    assert db.rows(TALK) == [("in", "Cy Sample"), ("out", "Bo Sample")]


def test_the_note_of_an_invitation_is_not_counted_again_as_a_message(db: Book) -> None:
    db.add([contact("Olive Owner", "self:profile", "self", profile_url=OWNER.key)])
    note = "Hi Mira, we met at the Sample Conference."
    db.add([Event("x", "invitation", "i1", MIRA, direction="out", at=T0, text=note)])
    db.add(
        [
            message(OWNER, (MIRA,), note.replace(", ", " , "), T0 + timedelta(days=1)),
            message(OWNER, (MIRA,), note, T0 + timedelta(days=9)),
        ]
    )
    db.derive()
    kinds = db.rows('select kind, i."at" from interactions i order by 2')
    assert kinds == [("invitation", T0), ("message", T0 + timedelta(days=9))]


def test_system_lines_and_advertising_are_kept_and_are_no_interaction(db: Book) -> None:
    db.add([contact("Olive Owner", "self:profile", "self", profile_url=OWNER.key)])
    silent = [
        Event("x", kind, kind, Party(None, None), at=T0, text="buy", thread_key="t9")
        for kind in ("system", "sponsored", "post")
    ]
    assert db.add(silent) == (3, 3)
    db.derive()
    assert db.rows("select count(*) from interactions") == [(0,)]
    assert db.rows("select count(*) from contacts where relation <> 'self'") == [(0,)]


def test_an_answered_call_goes_both_ways_and_a_missed_one_does_not(db: Book) -> None:
    ada, bo = Party(None, "Ada Example"), Party(None, "Bo Sample")
    db.add([contact("Ada Example", "self:profile", "self")], "facebook")
    calls = [
        Event("x", "call", "c1", ada, thread_key="t1", at=T0),
        Event("x", "call", "c2", bo, thread_key="t1", at=T0 + timedelta(1), text="missed"),
    ]
    db.add([Thread("t1", members=(ada, bo)), *calls], "facebook")
    db.derive()
    assert db.rows(TALK) == [("in", "Bo Sample"), ("mutual", "Bo Sample")]


def test_one_message_in_two_layouts_is_stored_once(db: Book) -> None:
    db.add([contact("Olive Owner", "self:profile", "self", profile_url=OWNER.key)])
    db.add([contact("Mira Examplová", str(MIRA.key))])
    minute = T0.replace(second=0)
    old = [
        message(Party(None, "Mira Examplová"), (OWNER,), "See you there", minute, "names:mira"),
        message(Party(None, "Mira Examplová"), (OWNER,), "only here", minute, "names:mira"),
    ]
    db.add(old)
    db.add(
        [
            message(MIRA, (OWNER,), "See you there", T0, "2-abc=="),
            message(MIRA, (OWNER,), "See you there", T0 + timedelta(minutes=5), "2-abc=="),
        ]
    )
    db.derive()
    assert db.rows('select i."at", text from interactions i order by all') == [
        (minute, "only here"),
        (T0, "See you there"),
        (T0 + timedelta(minutes=5), "See you there"),
    ]


def test_the_same_words_twice_in_one_conversation_are_two_messages(db: Book) -> None:
    db.add([contact("Olive Owner", "self:profile", "self", profile_url=OWNER.key)])
    minute = T0.replace(second=0)
    db.add([message(MIRA, (OWNER,), "ok", minute), message(MIRA, (OWNER,), "ok", T0)])
    db.derive()
    assert db.rows("select count(*) from interactions") == [(2,)]


def test_the_newest_export_names_company_and_title_and_older_ones_become_changes(db: Book) -> None:
    old, new = T0, T0 + timedelta(days=365)
    key = str(MIRA.key)
    later = contact("Mira Examplová", key, company="Northwind", title="Head of Testing")
    earlier = contact("Mira Examplová", key, company="Contoso", title="Tester", location="Prague")
    db.add([later], as_of=new, complete=True)
    db.add([earlier, contact("Jonas Beispiel", str(JONAS.key))], as_of=old, complete=True)
    db.derive()
    assert db.rows(
        "select company, title, location, missing_since from contacts"
        " where full_name = 'Mira Examplová'"
    ) == [("Northwind", "Head of Testing", "Prague", None)]
    assert db.rows("select field, old, new from changes order by field") == [
        ("company", "Contoso", "Northwind"),
        ("gone", None, None),
        ("title", "Tester", "Head of Testing"),
    ]
    assert db.rows(
        "select missing_since is not null from contacts where full_name = 'Jonas Beispiel'"
    ) == [(True,)]


def test_rows_known_already_are_counted_as_unchanged(db: Book) -> None:
    rows = [contact("Mira Examplová", str(MIRA.key)), contact("Jonas Beispiel", str(JONAS.key))]
    assert db.add([*rows, rows[0]]) == (3, 2)
    assert db.add(rows) == (2, 0)


def test_points_of_every_export_are_kept_and_normalised(db: Book) -> None:
    key = "card-1"
    one = contact("Cy Sample", key, "address_book", points=(Point("phone", "+1 202 555 0143"),))
    two = contact("Cy Sample", key, "address_book", points=(Point("email", "Cy@Example.com"),))
    db.add([one], "vcard", as_of=T0)
    db.add([two], "vcard", as_of=T0 + timedelta(1))
    db.derive()
    assert db.rows("select kind, value, raw, valid, sure from contact_points order by kind") == [
        ("email", "cy@example.com", "Cy@Example.com", True, True),
        ("phone", "+12025550143", "+1 202 555 0143", True, True),
    ]


def test_without_text_the_note_of_an_invitation_is_still_told_from_a_message(db: Book) -> None:
    db.add([contact("Olive Owner", "self:profile", "self", profile_url=OWNER.key)])
    invitation = Event("x", "invitation", "i1", MIRA, direction="out", at=T0, text="Hello, Mira!")
    db.add([invitation], keep_text=False)
    db.add([message(OWNER, (MIRA,), "Hello Mira", T0 + timedelta(1))], keep_text=False)
    db.derive()
    assert db.rows("select kind from interactions") == [("invitation",)]
    assert db.rows("select count(*) from raw.events where text is not null") == [(0,)]


def test_an_address_of_the_owner_is_the_owner_in_every_source(db: Book) -> None:
    mail = (Point("email", "Olive@Example.com"),)
    db.add([contact("Olive Owner", "self:email", "self", points=mail)], "linkedin")
    olive, mira = Party("olive@example.com", None), Party("mira@example.org", "Mira")
    db.add([message(olive, (mira,), "hello"), message(mira, (olive,), "hi")], "mail")
    db.derive()
    assert db.rows(TALK) == [("in", "Mira"), ("out", "Mira")]


def test_a_comment_that_begins_with_a_connections_name_goes_to_that_connection(db: Book) -> None:
    db.add([contact("Mira Examplová", str(MIRA.key)), contact("Jonas Beispiel", str(JONAS.key))])
    db.add([contact("Jonas Beispiel Huber", "https://www.linkedin.com/in/huber")])
    texts = (
        "Jonas Beispiel, thanks!",
        "Jonas Beispiel Huber agreed",
        "Mira who?",
        "Mira Examplová",
    )
    nobody = Party(None, None)
    comments = [
        Event("x", "comment", text, nobody, direction="out", at=T0, text=text) for text in texts
    ]
    db.add(comments)
    db.derive()
    assert db.rows(
        "select full_name, text from interactions join contacts using (contact_id) order by all"
    ) == [
        ("Jonas Beispiel", "Jonas Beispiel, thanks!"),
        ("Jonas Beispiel Huber", "Jonas Beispiel Huber agreed"),
        ("Mira Examplová", "Mira Examplová"),
    ]
