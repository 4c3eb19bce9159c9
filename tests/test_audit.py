"""The benefit round: keys, what is kept when it is broken off, and who is asked again when."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

from notworking import audit
from notworking.analyze import catalogue
from notworking.store import database


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Return a database with three ties, of which person 2 is the closest, and one card."""
    path = tmp_path / "n.duckdb"
    con = database.connect(path)
    with database.transaction(con):
        database.migrate(con)
        con.execute("insert into owners (owner_id, name) values (1, 'Mara Example')")
        con.execute(
            "insert into people (person_id, name, contacts, is_owner)"
            " select n, 'Person ' || n, 1, n = 1 from range(1, 6) t(n)"
        )
        con.execute(
            "insert into contacts (contact_id, person_id, owner_id, source, source_key, relation)"
            " select n, n, 1, 'linkedin', n, case when n = 1 then 'self' else 'connection' end"
            " from range(1, 6) t(n)"
        )
        con.execute(
            "insert into core.interactions select hash(n, d, k) % 1000000007, 1, n, n, 'linkedin',"
            " 'message', case k when 0 then 'in' else 'out' end, timestamptz '2026-10-01 10:00+00'"
            " - to_days((d * 7)::integer), n, 2, 5, false, hash(n, d, k) % 1000000007, 0"
            " from range(2, 5) p(n), range(12) w(d), range(2) s(k)"
            " where d < case n when 2 then 12 when 3 then 6 else 1 end"
        )
        catalogue.refresh(con)
        catalogue.publish(con)
    con.close()
    return path


def typed(*lines: str) -> Callable[[str], str]:
    """Return a reader that types these lines and then closes the input."""
    left: Iterator[str] = iter(lines)

    def read(prompt: str) -> str:
        line = next(left, None)
        if line is None:
            raise EOFError
        return line + "\n"

    return read


def tags(path: Path) -> list[tuple[int, str]]:
    with duckdb.connect(str(path), read_only=True) as con:
        return con.execute("select person_id, tag from tags order by all").fetchall()


def asked(path: Path) -> list[int]:
    with duckdb.connect(str(path), read_only=True) as con:
        return [question.person_id for question in audit.questions(con)]


@pytest.mark.parametrize(
    ("keys", "answer"),
    [
        ("", audit.Answer()),
        ("s", audit.Answer(frozenset({"support"}))),
        ("s+", audit.Answer(frozenset({"support"}), 1)),
        (" I N ++", audit.Answer(frozenset({"information", "influence"}), 2)),
        ("--", audit.Answer(None, -2)),
        ("0", audit.Answer(None, 0)),
        ("none", audit.Answer(frozenset())),
        ("kin", audit.Answer(exempt="kin")),
        ("duty", audit.Answer(exempt="duty")),
    ],
)
def test_keys_are_understood(keys: str, answer: audit.Answer) -> None:
    assert audit.parse(keys) == answer


@pytest.mark.parametrize("keys", ["x", "+s", "+++", "-+", "yes", "s+s"])
def test_other_keys_are_not(keys: str) -> None:
    assert audit.parse(keys) is None


def test_the_strongest_ties_are_asked_about_first_and_no_cards(book: Path) -> None:
    assert asked(book) == [2, 3, 4]


def test_answers_given_before_the_round_is_broken_off_are_kept(book: Path) -> None:
    told: list[str] = []
    assert audit.run(book, typed("sp+", "x", "d", "q"), told.append) == (2, 3)
    assert tags(book) == [
        (2, "audited:2026-10-01"),
        (2, "benefit:purpose"),
        (2, "benefit:support"),
        (2, "energy:1"),
        (3, "audited:2026-10-01"),
        (3, "benefit:development"),
    ]
    assert any(line.startswith("Letters of") for line in told)
    assert asked(book) == [4]
    assert audit.run(book, typed(), told.append) == (0, 1)


def test_stopping_by_keyboard_keeps_what_was_answered(book: Path) -> None:
    left = ["s\n"]

    def read(prompt: str) -> str:
        if not left:
            raise KeyboardInterrupt
        return left.pop()

    assert audit.run(book, read, lambda _: None) == (1, 3)
    assert tags(book) == [(2, "audited:2026-10-01"), (2, "benefit:support")]


def test_an_answer_replaces_what_it_changes_and_nothing_else(book: Path) -> None:
    audit.run(book, typed("sp+"), lambda _: None)
    with duckdb.connect(str(book)) as con:
        con.execute("update tags set tag = 'audited:2026-01-01' where tag like 'audited:%'")
        con.execute("insert into tags (person_id, tag, noted_at) values (2, 'choir', now())")
    told: list[str] = []
    audit.run(book, typed("i"), told.append)
    assert any("so far: purpose, support, energy +1" in line for line in told)
    assert [tag for person, tag in tags(book) if person == 2] == [
        "audited:2026-10-01",
        "benefit:information",
        "choir",
        "energy:1",
    ]


@pytest.mark.parametrize(("day", "again"), [("2026-07-03", False), ("2026-07-02", True)])
def test_somebody_is_asked_about_again_after_a_quarter_of_the_data(
    book: Path, day: str, again: bool
) -> None:
    with duckdb.connect(str(book)) as con:
        con.execute(
            "insert into tags (person_id, tag, noted_at) values (2, 'audited:' || ?, now())", [day]
        )
    assert (2 in asked(book)) is again


def test_kin_and_duty_are_never_asked_about_again(book: Path) -> None:
    audit.run(book, typed("kin", "duty"), lambda _: None)
    with duckdb.connect(str(book)) as con:
        con.execute("delete from tags where tag like 'audited:%'")
    assert asked(book) == [4]


def test_energy_is_asked_only_where_there_is_contact_enough(book: Path) -> None:
    told: list[str] = []
    audit.run(book, typed("", "", ""), told.append)
    about = [line for line in told if "of 3." in line]
    assert [("too little contact" in line) for line in about] == [False, False, True]
