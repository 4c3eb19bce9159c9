"""People are recognised anew only where something they are recognised by has changed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from notworking import pipeline
from notworking.pipeline import Options, import_paths
from notworking.progress import Silent

CONNECTIONS = (
    "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    "Mira,Examplová,https://www.linkedin.com/in/mira,mira@example.com,Contoso,Tester,05 Nov 2023\n"
    "Jonas,Beispiel,https://www.linkedin.com/in/jonas,,Contoso,Engineer,17 Jun 2021\n"
)
CARD = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Mira Examplová\r\nEMAIL:mira@example.com\r\nEND:VCARD\r\n"
HEAD = (
    "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,"
    "SUBJECT,CONTENT,FOLDER\n"
)
MESSAGE = (
    "2-a==,,Mira Examplová,https://www.linkedin.com/in/mira,Olive Owner,"
    "https://www.linkedin.com/in/olive,2024-03-01 10:0{}:00 UTC,,Lunch on day {}?,INBOX\n"
)
PEOPLE = (
    "select contact_id, person_id from contacts order by all",
    "select * from matches order by all",
    "from people order by all",
    "select * exclude (person_id) from changes order by all",
)


@pytest.fixture
def given(tmp_path: Path) -> Callable[[str, str], None]:
    def give(name: str, text: str) -> None:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8", newline="")
        import_paths([path], tmp_path / "n.duckdb", Options(owner="Olive Owner"), Silent())

    return give


@pytest.fixture
def resolutions(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    found: list[int] = []
    real = pipeline._resolve

    def counted(con: duckdb.DuckDBPyConnection) -> None:
        found.append(1)
        real(con)

    monkeypatch.setattr(pipeline, "_resolve", counted)
    return found


def people(folder: Path) -> str:
    with duckdb.connect(str(folder / "n.duckdb"), read_only=True) as con:
        return json.dumps([con.execute(sql).fetchall() for sql in PEOPLE], default=str)


def test_more_messages_of_people_known_ask_nobody_who_is_who(
    given: Callable[[str, str], None], resolutions: list[int], tmp_path: Path
) -> None:
    given("Connections.csv", CONNECTIONS)
    given("messages.csv", HEAD + MESSAGE.format(1, 1))
    given("contacts.vcf", CARD)
    asked = len(resolutions)
    before = people(tmp_path)
    given("messages.csv", HEAD + MESSAGE.format(1, 1) + MESSAGE.format(2, 2))
    assert len(resolutions) == asked
    assert json.loads(people(tmp_path))[:2] == json.loads(before)[:2]


def test_a_card_asks_again(
    given: Callable[[str, str], None], resolutions: list[int], tmp_path: Path
) -> None:
    given("Connections.csv", CONNECTIONS)
    given("contacts.vcf", CARD)
    assert len(resolutions) == 2
    with duckdb.connect(str(tmp_path / "n.duckdb"), read_only=True) as con:
        (persons,) = con.execute(
            "select count(distinct person_id) from contacts where full_name = 'Mira Examplová'"
        ).fetchall()[0]
    assert persons == 1


def test_kept_people_are_those_that_a_new_look_would_find(
    given: Callable[[str, str], None],
    resolutions: list[int],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    given("Connections.csv", CONNECTIONS)
    given("contacts.vcf", CARD)
    given("messages.csv", HEAD + MESSAGE.format(1, 1))
    given("messages.csv", HEAD + MESSAGE.format(1, 1) + MESSAGE.format(2, 2))
    kept = people(tmp_path)
    monkeypatch.setattr(pipeline, "_resolver", lambda: "other rules")
    asked = len(resolutions)
    given("messages.csv", HEAD + MESSAGE.format(1, 1) + MESSAGE.format(2, 2) + MESSAGE.format(3, 3))
    assert len(resolutions) == asked + 1
    assert json.loads(people(tmp_path))[:3] == json.loads(kept)[:3]
