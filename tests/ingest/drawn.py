"""What the tests of round trips draw, and how they look at what came back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from notworking.records import Event, Events, Record

ReadBack = Callable[[bytes, str, str], list[Record]]
EXAMPLES = settings(max_examples=50, deadline=None)
LETTERS = "abkzABZäöüßéñłšČЖяαβ名字李あ아ש🌱😂"


def words(more: str = "", first: str = "Z") -> st.SearchStrategy[str]:
    """Draw a text that begins and ends with a letter, and is no line of the program."""
    return st.text(LETTERS + more, max_size=12).map(lambda inner: f"{first}{inner}z")


NAMES = words(" -'.,")
TEXTS = words(' \n"\\/,:;@()[]{}<>&=')
TIMES = st.datetimes(datetime(2014, 1, 1), datetime(2026, 1, 1)).map(  # noqa: DTZ001
    lambda at: at.replace(microsecond=0, tzinfo=UTC)
)


def events(records: list[Record]) -> list[dict[str, Any]]:
    """Return every event as a row, in file order."""
    found: list[dict[str, Any]] = []
    for record in records:
        if isinstance(record, Events):
            found += record.frame.iter_rows(named=True)
        elif isinstance(record, Event):
            party = {"key": record.party.key, "name": record.party.name}
            found.append(
                {"kind": record.kind, "party": party, "at": record.at, "text": record.text}
                | {"direction": record.direction}
            )
    return found
