"""A small import derives what it changes, and leaves the same as deriving everything anew."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from notworking.progress import Silent
from notworking.tests.update.books import FRIENDS, OWNER, Book, conversation, linkedin_messages
from notworking.undo import undo

More = Callable[[str], Path]


def asked(book: Book, select: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(book.path), read_only=True) as con:
        return con.execute(select).fetchall()


def test_more_of_a_known_conversation_is_derived_alone(book: Book, more: More) -> None:
    before = asked(book, "select name, messages_in from ties where name = 'Mira Beispiel'")
    said = [(FRIENDS[0], 8000 + n, f"The harbour again, number {n}") for n in range(5)]
    conversation(more("b"), "chat_0", [FRIENDS[0]], said)
    book.give(more("b"))
    assert book.anew == 0
    after = asked(book, "select name, messages_in from ties where name = 'Mira Beispiel'")
    assert [(name, count - 5) for name, count in after] == before
    assert book.is_as_if_anew()


@pytest.mark.parametrize("minute", [-3000, 5, 27_000])
def test_older_newer_and_newest_messages_leave_the_same(
    book: Book, more: More, minute: int
) -> None:
    said = [(OWNER, minute, "Could you help me?"), (FRIENDS[2], minute + 7, "Yes, with pleasure")]
    conversation(more("b"), "chat_2", [FRIENDS[2]], said)
    book.give(more("b"))
    assert book.is_as_if_anew()


def test_a_message_to_a_group_reaches_those_who_only_listen(book: Book, more: More) -> None:
    said = [(FRIENDS[1], 20_500 + 60 * n, f"Rehearsal {n} moved to Monday") for n in range(4)]
    conversation(more("b"), "choir_9", list(FRIENDS[1:4]), said)
    before = asked(book, "select count(*), sum(w) from mart.shared_days")
    book.give(more("b"))
    assert book.anew == 0
    assert asked(book, "select count(*), sum(w) from mart.shared_days") != before
    assert book.is_as_if_anew()


def test_words_said_for_the_first_time_can_be_asked_for(book: Book, more: More) -> None:
    conversation(
        more("b"), "chat_1", [FRIENDS[1]], [(FRIENDS[1], 9100, "My xylophone is for sale")]
    )
    book.give(more("b"))
    assert book.anew == 0
    words = "select people, field from mart.words where word = 'xylophone'"
    assert asked(book, words) == [(1, "message")]
    assert asked(book, "select people from mart.vocabulary where word = 'xylophone'") == [(1,)]
    assert book.is_as_if_anew()


def test_the_same_message_in_another_export_is_told_once(book: Book, more: More) -> None:
    # An older export names the conversation otherwise and keeps the time to the second.
    said = [(FRIENDS[0], 0, "Could you help me with the projector on day 0?")]
    conversation(more("b"), "chat_0", [FRIENDS[0]], said)
    conversation(more("c"), "mira_77", [FRIENDS[0]], [*said, (FRIENDS[0], 1, "One thing more")])
    before = asked(book, "select count(*) from core.interactions")
    book.give(more("b"))
    book.give(more("c"))
    assert asked(book, "select count(*) from core.interactions") == [(before[0][0] + 1,)]
    assert asked(book, "select count(*) from core.twins") == [(1,)]
    # A second copy in a third place is a twin of the one that was set aside, too.
    conversation(more("d"), "mira_78", [FRIENDS[0]], said)
    book.give(more("d"))
    assert asked(book, "select count(*) from core.interactions") == [(before[0][0] + 1,)]
    assert book.is_as_if_anew()


def test_a_new_conversation_with_a_friend_and_messages_of_linkedin_are_derived_alone(
    book: Book, more: More
) -> None:
    conversation(more("b"), "later_5", [FRIENDS[3]], [(FRIENDS[3], 9200, "A word about the choir")])
    linkedin_messages(
        more("b"), [("2-p==", "Paul Sample", "paul", False, 9300, "Budget once more, thanks")]
    )
    book.give(more("b"))
    assert book.anew == 0
    assert book.is_as_if_anew()


def test_many_small_imports_leave_the_same_as_one(book: Book, more: More) -> None:
    for n in range(6):
        friend = FRIENDS[n % 4]
        said = [(friend, 9000 + 500 * n, f"Could you introduce me to {FRIENDS[4]}?")]
        conversation(more(str(n)), f"chat_{n % 4}", [friend], said)
        book.give(more(str(n)))
    assert book.anew == 0
    assert book.is_as_if_anew()


def test_somebody_new_asks_who_everybody_is(book: Book, more: More) -> None:
    conversation(more("b"), "new_6", ["Quentin Newman"], [("Quentin Newman", 9000, "Hello")])
    book.give(more("b"))
    assert book.anew == 1
    assert asked(book, "select count(*) from people where name = 'Quentin Newman'") == [(1,)]


def test_another_name_for_an_identifier_asks_who_everybody_is(book: Book, more: More) -> None:
    linkedin_messages(
        more("b"), [("2-p==", "Paul Example", "paul", False, 30_000, "I married and took her name")]
    )
    book.give(more("b"))
    assert book.anew == 1


def test_a_list_is_derived_with_everything(book: Book, more: More) -> None:
    friends = {"friends_v2": [{"name": "Rita Muster", "timestamp": 1_700_000_000}]}
    lists = more("b") / "connections" / "friends"
    lists.mkdir(parents=True)
    (lists / "your_friends.json").write_text(json.dumps(friends), encoding="utf-8")
    book.give(more("b"))
    assert book.anew == 1


def test_thresholds_of_the_user_ask_for_every_table(book: Book, more: More) -> None:
    with duckdb.connect(str(book.path)) as con:
        con.execute("update thresholds set value = 60 where name = 'memory_days'")
    conversation(more("b"), "chat_0", [FRIENDS[0]], [(FRIENDS[0], 9000, "Again")])
    book.give(more("b"))
    assert book.anew == 1


def test_undo_of_a_small_import_goes_back_to_what_was(book: Book, more: More) -> None:
    before = asked(book, "select name, messages_in, messages_out from ties order by all")
    conversation(more("b"), "chat_0", [FRIENDS[0]], [(FRIENDS[0], 9000, "Again")])
    book.give(more("b"))
    assert asked(book, "select name, messages_in, messages_out from ties order by all") != before
    undo(book.path, None, Silent())
    assert asked(book, "select name, messages_in, messages_out from ties order by all") == before
