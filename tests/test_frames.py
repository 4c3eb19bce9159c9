"""Events as one frame."""

from __future__ import annotations

from datetime import UTC, datetime

from notworking.frames import EVENT_SCHEMA, as_frame
from notworking.records import Event, Party


def test_single_events_become_one_frame_of_the_agreed_columns() -> None:
    at = datetime(2024, 3, 4, 10, tzinfo=UTC)
    bo = Party("bo@example.com", "Bo Sample")
    event = Event("line 2", "message", "k", bo, recipients=(Party(None, "Ada"),), at=at, text="hi")
    frame = as_frame([event, Event("line 3", "call", "c", bo)]).frame
    assert frame.schema == EVENT_SCHEMA
    assert frame.row(0, named=True) | {} == {
        "place": "line 2",
        "kind": "message",
        "key": "k",
        "party": {"key": "bo@example.com", "name": "Bo Sample"},
        "direction": None,
        "recipients": [{"key": None, "name": "Ada"}],
        "thread_key": None,
        "thread_size": None,
        "at": at,
        "text": "hi",
        "one_click": False,
    }
    assert frame["recipients"][1] is None


def test_lone_surrogates_of_damaged_json_are_mended() -> None:
    frame = as_frame(
        [Event("x", "message", "k\ud83d", Party(None, "Bo \udc00"), text="é\ud83d")]
    ).frame
    assert frame["text"][0] == "é?"
    assert frame["party"][0] == {"key": None, "name": "Bo ?"}
