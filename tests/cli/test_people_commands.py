"""The user's hand on people: person, review, merge, split, tag, note, and what outlives imports."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest

COMMAND = Path(sys.executable).with_name("notworking")
HEADER = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
PEOPLE = (
    ("Ottoline", "Heathham", "ottoline-heathham", "Northwind"),
    ("Ottoline", "Heathham", "ottoline-h", "Contoso"),
    ("Bartholomew", "Quillfeather", "bart-q", "Fabrikam"),
    ("Zenobia", "Marchbanks", "zenobia", "Fabrikam"),
)


def rows_of_connections() -> str:
    return HEADER + "".join(
        f"{given},{family},https://www.linkedin.com/in/{slug},,{company},Tester,05 Nov 2023\n"
        for given, family, slug, company in PEOPLE
    )


CARDS = "".join(
    f"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:{uid}\r\nFN:{name}\r\nTEL:+1202555{n:04d}\r\nEND:VCARD\r\n"
    for n, (uid, name) in enumerate(
        [("c1", "Bart Quillfeather"), ("c2", "Zenobia Marchbanks"), ("c3", "Mom")], start=100
    )
)


def run(folder: Path, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [str(COMMAND), "--db", str(folder / "n.duckdb"), *arguments],
        capture_output=True,
        text=True,
        input=typed,
        check=False,
        timeout=120,
        cwd=folder,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done


def query(folder: Path, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(folder / "n.duckdb"), read_only=True) as con:
        return con.execute(sql).fetchall()


def people_of(folder: Path, *names: str) -> list[int]:
    marks = ", ".join(f"'{name}'" for name in names)
    found = query(
        folder, f"select person_id from contacts where full_name in ({marks}) order by contact_id"
    )
    return [person for (person,) in found]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "Connections.csv").write_text(rows_of_connections(), encoding="utf-8")
    (tmp_path / "phone.vcf").write_bytes(CARDS.encode())
    assert run(tmp_path, "import", "Connections.csv", "phone.vcf").returncode == 0
    return tmp_path


def again(folder: Path) -> None:
    """Import newer exports, so that everything is derived anew."""
    more = rows_of_connections() + "New,Comer,https://www.linkedin.com/in/new,,,,06 Nov 2024\n"
    (folder / "Connections.csv").write_text(more, encoding="utf-8")
    assert run(folder, "import", "Connections.csv", "phone.vcf").returncode == 0


def test_two_people_of_one_name_in_one_list_are_two(folder: Path) -> None:
    assert len(set(people_of(folder, "Ottoline Heathham"))) == 2
    done = run(folder, "person", "Ottoline Heathham")
    assert done.returncode == 2
    assert "2 people" in done.stderr
    assert "Northwind" in done.stderr
    assert "Contoso" in done.stderr


def test_merge_stands_over_a_newer_import_and_undo_takes_it_back(folder: Path) -> None:
    before = set(people_of(folder, "Bartholomew Quillfeather", "Bart Quillfeather"))
    if len(before) == 1:
        assert run(folder, "split", "https://www.linkedin.com/in/bart-q", "c1").returncode == 0
    assert run(folder, "merge", "Zenobia Marchbanks", "Mom").returncode == 0
    assert len(set(people_of(folder, "Zenobia Marchbanks", "Mom"))) == 1
    again(folder)
    assert len(set(people_of(folder, "Zenobia Marchbanks", "Mom"))) == 1
    assert "you decided" in run(folder, "person", "Zenobia Marchbanks").stdout
    assert run(folder, "review", "--undo").returncode == 0
    assert len(set(people_of(folder, "Mom")) & set(people_of(folder, "Zenobia Marchbanks"))) == 0


def test_split_stands_over_a_newer_import(folder: Path) -> None:
    run(folder, "merge", "Zenobia Marchbanks", "Mom")
    done = run(folder, "split", "https://www.linkedin.com/in/zenobia", "c3")
    assert done.returncode == 0, done.stderr
    again(folder)
    here = query(folder, "select person_id from contacts where source_key = 'c3'")
    there = query(folder, "select person_id from contacts where source_key like '%/zenobia'")
    assert here != there


def test_a_person_with_several_contacts_cannot_be_split_without_saying_which(folder: Path) -> None:
    run(folder, "merge", "Zenobia Marchbanks", "Mom")
    done = run(folder, "split", "Zenobia Marchbanks", "Bartholomew Quillfeather")
    assert done.returncode == 2
    assert "say which" in done.stderr


def test_ids_of_people_who_did_not_change_survive(folder: Path) -> None:
    sql = "select contact_id, person_id from contacts order by contact_id"
    before = dict(query(folder, sql))
    again(folder)
    run(folder, "merge", "Zenobia Marchbanks", "Mom")
    after = dict(query(folder, sql))
    changed = {c for c in before if before[c] != after[c]}
    assert len(changed) <= 1
    gone = query(folder, "select old_id, new_id from core.person_redirects")
    assert len(gone) == len(changed)


def test_tags_and_notes_follow_the_person(folder: Path) -> None:
    assert run(folder, "tag", "Mom", "family", "class:inner").returncode == 0
    assert run(folder, "note", "Mom", "Met at birth.").returncode == 0
    run(folder, "merge", "Zenobia Marchbanks", "Mom")
    again(folder)
    done = run(folder, "person", "Zenobia Marchbanks")
    assert "family" in done.stdout
    assert "Met at birth." in done.stdout
    assert "inner" in done.stdout
    assert run(folder, "tag", "Zenobia Marchbanks", "family", "--remove").returncode == 0
    assert query(folder, "select tag from tags") == [("class:inner",)]


def test_a_name_may_be_misspelt_or_an_address_or_a_number(folder: Path) -> None:
    assert "Zenobia Marchbanks" in run(folder, "person", "zenobya marchbank").stdout
    assert "Mom" in run(folder, "person", "+1 202 555 0102").stdout
    number = people_of(folder, "Mom")[0]
    assert "Mom" in run(folder, "person", str(number)).stdout
    done = run(folder, "person", "Nobody Atall")
    assert done.returncode == 2
    assert "Nobody here" in done.stderr


def test_review_asks_keeps_answers_and_does_not_ask_again(folder: Path) -> None:
    open_questions = query(folder, "select count(*) from matches where verdict = 'unsure'")
    done = run(folder, "review", typed="x\nn\n")
    if open_questions == [(0,)]:
        assert "Nothing to decide" in done.stderr
        return
    assert "Type y, n, s or q." in done.stderr
    assert "1 decided" in done.stderr
    decided = query(folder, "select contact_a, contact_b, verdict from decisions")
    assert [verdict for *_, verdict in decided] == ["different"]
    again(folder)
    pair = query(
        folder,
        "select m.verdict, m.decided_by from matches m join decisions using (contact_a, contact_b)",
    )
    assert pair == [("different", "user")]
