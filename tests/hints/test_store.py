"""Hints in the database: found with and without kept text, by conversation, dismissed for good."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from notworking import dismissal, pipeline
from notworking.errors import UsageError
from notworking.store import hints

OWNER = "Mara Example"


class Silent:
    """Progress that nobody looks at."""

    def start(self, files: int) -> None: ...

    def file(self, name: str) -> None: ...

    def rows(self, rows: int) -> None: ...

    def step(self, what: str) -> None: ...


def thread(folder: Path, other: str, lines: list[tuple[str, str]]) -> None:
    """Write a Facebook conversation; the first line is the oldest."""
    messages = [
        {"sender_name": sender, "timestamp_ms": 1_700_000_000_000 + 60_000 * i, "content": text}
        for i, (sender, text) in enumerate(lines)
    ]
    content = {
        "participants": [{"name": other}, {"name": OWNER}],
        "messages": messages[::-1],
        "title": other,
        "is_still_participant": True,
        "thread_path": f"inbox/{other.lower().replace(' ', '')}_1",
        "magic_words": [],
    }
    path = folder / "messages" / "inbox" / f"{other.lower().replace(' ', '')}_1" / "message_1.json"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(content), encoding="utf-8")


@pytest.fixture
def drop(tmp_path: Path) -> Path:
    folder = tmp_path / "export"
    thread(
        folder,
        "Ada Beispiel",
        [
            ("Ada Beispiel", "Kannst du mir bitte die Karte schicken?"),
            (OWNER, "Ich schicke dir die Karte morgen. Thanks"),
            ("Ada Beispiel", "Vielen Dank!"),
        ],
    )
    thread(
        folder,
        "Bo Sample",
        [("Bo Sample", "Could you help me on Friday?"), (OWNER, "Happy to help!")],
    )
    return folder


@pytest.fixture
def read(drop: Path, tmp_path: Path) -> Callable[..., Path]:
    def run(**options: Any) -> Path:
        database = tmp_path / "n.duckdb"
        pipeline.import_paths([drop], database, pipeline.Options(OWNER, **options), Silent())
        return database

    return run


def rows(database: Path, select: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(database), read_only=True) as con:
        return con.execute(select).fetchall()


PUBLISHED = (
    "select p.name, h.direction, h.kind, h.lang, h.words from hints h join people p"
    " using (person_id) order by all"
)
EXPECTED = [
    ("Ada Beispiel", "in", "ask", "de", "Kannst du mir bitte die Karte schicken"),
    ("Ada Beispiel", "in", "thanks", "de", "Vielen Dank"),
    ("Ada Beispiel", "out", "promise", "de", "Ich schicke dir"),
    ("Bo Sample", "in", "ask", "en", "Could you help"),
    ("Bo Sample", "out", "offer", "en", "Happy to help"),
]


def test_the_list_of_the_conversation_s_language_is_published(read: Callable[..., Path]) -> None:
    assert rows(read(), PUBLISHED) == EXPECTED


def test_hints_are_there_where_no_text_is_kept(read: Callable[..., Path]) -> None:
    database = read(keep_text=False)
    assert rows(database, PUBLISHED) == EXPECTED
    assert rows(database, "select count(text) from raw.events") == [(0,)]


def test_importing_again_adds_no_hint(read: Callable[..., Path]) -> None:
    before = rows(read(), "from hints order by all")
    assert rows(read(), "from hints order by all") == before


def test_a_dismissed_hint_stays_dismissed_until_that_is_taken_back(
    read: Callable[..., Path],
) -> None:
    database = read()
    ((hint,),) = rows(database, "select hint_id from hints where words = 'Happy to help'")
    told = dismissal.dismiss(database, str(hint)[:12], undo=False)
    assert told == "'Happy to help' (offer, Bo Sample) is dismissed."
    dismissal.dismiss(database, str(hint), undo=False)
    read(region="DE")
    dismissed = "select hint_id from hints where dismissed"
    assert rows(database, dismissed) == [(hint,)]
    assert rows(database, "select count(*) from dismissed_hints") == [(1,)]
    assert rows(database, "select count(*) from favours where favour = 'offer'") == [(0,)]
    assert dismissal.dismiss(database, str(hint), undo=True).endswith("counts again.")
    assert rows(database, dismissed) == []
    assert rows(database, "select count(*) from favours where favour = 'offer'") == [(1,)]


@pytest.mark.parametrize("hint", ["12345678901234567890", "%", "", "x"])
def test_dismissing_what_is_no_hint_says_so(read: Callable[..., Path], hint: str) -> None:
    database = read()
    with pytest.raises(UsageError, match=r"no hint|Several hints"):
        dismissal.dismiss(database, hint, undo=False)


@pytest.mark.parametrize("known", ["update core.hint_lists set digest = 'older'",
                                   "delete from core.hint_lists"])  # fmt: skip
def test_changed_lists_are_looked_up_again_in_kept_texts(
    read: Callable[..., Path], known: str
) -> None:
    database = read()
    with duckdb.connect(str(database)) as con:
        con.execute(known)
        con.execute("update raw.events set text = null where text = 'Happy to help!'")
        con.execute("delete from raw.hints where kind = 'ask'")
        con.execute("begin transaction")
        hints.derive(con)
        con.execute("commit")
        digest = con.execute("select digest from core.hint_lists").fetchall()
    assert digest == [(hints.fingerprint(),)]
    assert rows(database, PUBLISHED) == EXPECTED


def test_hints_leave_with_their_events(read: Callable[..., Path]) -> None:
    database = read()
    with duckdb.connect(str(database)) as con:
        con.execute("delete from raw.events where text = 'Happy to help!'")
        hints.derive(con)
        left = con.execute("select count(*) from raw.hints where words = 'Happy to help'")
        assert left.fetchall() == [(0,)]
    assert rows(database, PUBLISHED) == EXPECTED[:4]


def test_hints_of_events_that_are_gone_are_not_published(read: Callable[..., Path]) -> None:
    database = read()
    with duckdb.connect(str(database)) as con:
        con.execute(
            "delete from core.interactions where person_id in ("
            "select person_id from people where name = 'Bo Sample')"
        )
        hints.derive(con)
    assert rows(database, PUBLISHED) == EXPECTED[:3]
