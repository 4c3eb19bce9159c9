"""X's archive: numbers first, names where the owner's posts reveal them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from notworking.ingest import importers
from notworking.ingest.importer import Content
from notworking.ingest.x import IGNORED
from notworking.records import Contact, Event, Events, Notice, Record, Reject, Thread

MakeContent = Callable[[bytes], Content]


def read(content: MakeContent, name: str, text: str) -> list[Record]:
    data = text.encode()
    owners = [importer for importer in importers() if importer.identify(f"data/{name}", data)]
    assert [importer.source for importer in owners] == ["x"]
    return list(owners[0].extract(content(data), f"data/{name}"))


def js(value: object, name: str = "any") -> str:
    return f"window.YTD.{name}.part0 = {json.dumps(value)}"


def rows(records: list[Record]) -> list[dict[str, Any]]:
    frames = [record.frame for record in records if isinstance(record, Events)]
    return [row for frame in frames for row in frame.iter_rows(named=True)]


def tweet(text: str, **more: object) -> dict[str, object]:
    base = {"id_str": "9", "created_at": "Mon Jan 02 12:00:00 +0000 2023", "full_text": text}
    return {"tweet": base | more}


@pytest.mark.parametrize(
    "text",
    [
        'window.YTD.follower.part0 = [ {\n "follower" : { "accountId" : "22" }\n} ]',
        'window.YTD.follower.part0=[{"follower":{"accountId":"22"}}];\n',
        'window.YTD.renamed.part7 = [ { "accountId" : "22" } ]',
        '\ufeffwindow.YTD.follower.part0 = [ { "follower" : { "accountId" : 22 } } ]',
    ],
    ids=["as exported", "in one line", "not wrapped", "with a byte order mark"],
)
@pytest.mark.parametrize("name", ["follower.js", "follower-part12.js"])
def test_every_layout_of_a_list_gives_its_entries(
    content: MakeContent, text: str, name: str
) -> None:
    found = read(content, name, text)
    assert [(type(one), one.key, one.relation) for one in found if isinstance(one, Contact)] == [
        (Contact, "x:22", "follower")
    ]
    assert len(found) == 1


def test_the_owner_is_known_by_the_number_that_messages_use(content: MakeContent) -> None:
    account = {"accountId": "11", "username": "ada_s", "email": "ada@example.com"}
    (owner,) = read(content, "account.js", js([{"account": account}]))
    assert isinstance(owner, Contact)
    assert owner.relation == "self"
    assert [(point.kind, point.raw) for point in owner.points] == [
        ("handle", "x:11"),
        ("handle", "ada_s"),
        ("email", "ada@example.com"),
    ]


def test_a_message_names_sender_and_receiver_and_a_reaction_its_author(
    content: MakeContent,
) -> None:
    message = {
        "id": "5",
        "senderId": "22",
        "recipientId": "11",
        "createdAt": "2023-01-02T10:00:00.123Z",
        "text": "hi",
        "reactions": [{"senderId": "11", "reactionKey": "like", "eventId": "7"}],
    }
    conversation = {"conversationId": "11-22", "messages": [{"messageCreate": message}]}
    records = read(content, "direct-messages.js", js([{"dmConversation": conversation}]))
    told = [
        (row["kind"], row["party"]["key"], row["recipients"][0]["key"]) for row in rows(records)
    ]
    assert told == [("message", "x:22", "x:11"), ("reaction", "x:11", "x:22")]
    assert {row["at"].isoformat() for row in rows(records)} == {"2023-01-02T10:00:00+00:00"}
    thread = next(record for record in records if isinstance(record, Thread))
    assert ([member.key for member in thread.members], thread.flags) == (["x:11", "x:22"], ())


def test_a_group_has_everybody_who_was_ever_in_it(content: MakeContent) -> None:
    at = "2023-01-02T10:00:00.000Z"
    conversation = {
        "conversationId": "900",
        "messages": [
            {"participantsLeave": {"userIds": ["33"], "createdAt": at}},
            {"conversationNameUpdate": {"initiatingUserId": "22", "name": "New", "createdAt": at}},
            {"joinConversation": {"participantsSnapshot": ["11", "22"], "createdAt": at}},
        ],
    }
    records = read(content, "direct-messages-group.js", js([{"dmConversation": conversation}]))
    thread = next(record for record in records if isinstance(record, Thread))
    assert {member.key for member in thread.members} == {"x:11", "x:22", "x:33"}
    assert (thread.title, thread.flags) == ("New", ("group",))
    assert {row["kind"] for row in rows(records)} == {"system"}


def test_a_reply_goes_out_to_everybody_it_mentions_and_tells_their_names(
    content: MakeContent,
) -> None:
    mentions = [{"id_str": "22", "screen_name": "bo_s", "name": "Bo"}, {"id_str": "-1"}]
    post = tweet("@bo_s yes", in_reply_to_user_id_str="33", entities={"user_mentions": mentions})
    records = read(content, "tweets.js", js([post]))
    events = [record for record in records if isinstance(record, Event)]
    assert [(event.kind, event.direction, event.party.key) for event in events] == [
        ("comment", "out", "x:33"),
        ("comment", "out", "x:22"),
    ]
    (contact,) = [record for record in records if isinstance(record, Contact)]
    assert (contact.key, contact.full_name, contact.points[0].raw) == ("x:22", "Bo", "bo_s")


@pytest.mark.parametrize(
    "post",
    [
        tweet("good morning"),
        tweet("RT @bo_s: hi", entities={"user_mentions": [{"id_str": "22"}]}),
        tweet("hi", retweeted_status={}, entities={"user_mentions": [{"id_str": "22"}]}),
    ],
    ids=["to nobody", "a repost by its words", "a repost by its fields"],
)
def test_posts_to_nobody_are_counted_and_left_out(
    content: MakeContent, post: dict[str, object]
) -> None:
    (notice,) = read(content, "tweet.js", js([post]))
    assert isinstance(notice, Notice)
    assert notice.message.startswith("1 posts")


@pytest.mark.parametrize(
    "created",
    [
        "Thu Jan 01 00:00:00 +0000 1970",
        "Mon Foo 02 12:00:00 +0000 2023",
        "Fri Feb 30 12:00:00 +0000 2018",
    ],
)
def test_posts_of_an_impossible_date_are_rejected(content: MakeContent, created: str) -> None:
    (reject,) = read(content, "tweets.js", js([tweet("@a b", created_at=created)]))
    assert isinstance(reject, Reject)
    assert (reject.place, reject.reason) == ("[0]", "post without a possible date")


def test_an_archive_of_tables_is_refused_with_what_to_do(content: MakeContent) -> None:
    head = '"tweet_id","in_reply_to_status_id","in_reply_to_user_id","timestamp"\n'
    (reject,) = read(content, "tweets.csv", head)
    assert isinstance(reject, Reject)
    assert reject.place == "file"
    assert "request a new archive" in reject.reason


@pytest.mark.parametrize(
    ("path", "head", "known"),
    [
        ("data/block.js", b"window.YTD.block.part0 = [ ]", True),
        ("data/manifest.js", b"window.__THAR_CONFIG = {", True),
        ("assets/js/app.js", b"window.app = {", False),
        ("data/follower.js", b"window.YTD.follower.part0 = [ ]", False),
    ],
)
def test_other_files_of_the_archive_are_known_and_ignored(
    path: str, head: bytes, known: bool
) -> None:
    assert IGNORED[0].identify(path, head) is known


@pytest.mark.parametrize(
    ("name", "entry", "reason"),
    [
        ("account.js", {"account": {"username": "a"}}, "account without its number"),
        ("following.js", {"following": {}}, "entry without the number of an account"),
        ("tweets.js", {"tweet": {"full_text": "x"}}, "post without a number"),
        ("direct-messages.js", {"dmConversation": {}}, "conversation without an identifier"),
    ],
)
def test_entries_without_their_number_are_rejected_and_the_cut_rest_too(
    content: MakeContent, name: str, entry: object, reason: str
) -> None:
    text = js([entry]).removesuffix("]") + ', {"cut'
    told = [(r.place, r.reason) for r in read(content, name, text) if isinstance(r, Reject)]
    assert told[0] == ("[0]", reason)
    assert told[1][0] == "[1]"


def test_a_reaction_of_nobody_is_rejected(content: MakeContent) -> None:
    message = {"id": "5", "senderId": "22", "createdAt": "2023-01-02T10:00:00Z", "reactions": [{}]}
    conversation = {"conversationId": "11-22", "messages": [{"messageCreate": message}]}
    records = read(content, "direct-messages.js", js([{"dmConversation": conversation}]))
    (reject,) = [record for record in records if isinstance(record, Reject)]
    assert reject.place == "[0].messages[0].reactions[0]"
    assert len(rows(records)) == 1
