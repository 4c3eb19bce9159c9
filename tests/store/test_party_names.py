"""A person whom events know by an identifier is called what the newest export says."""

from __future__ import annotations

import subprocess
import sys
from itertools import permutations
from pathlib import Path

import duckdb
import pytest

COMMAND = Path(sys.executable).with_name("notworking")
PROFILE = "First Name,Last Name,Headline\nOlive,Owner,Tester\n"
HEAD = (
    "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,"
    "SUBJECT,CONTENT,FOLDER\n"
)
#: The same message in three exports, between which the sender changed her name twice.
NAMES = {"11-01-2023": "Mira Examplová", "11-01-2024": "Mira Beispiel", "11-01-2025": "M. Beispiel"}


def export(folder: Path, day: str) -> Path:
    made = folder / f"Complete_LinkedInDataExport_{day}"
    made.mkdir()
    (made / "Profile.csv").write_text(PROFILE, encoding="utf-8")
    (made / "messages.csv").write_text(
        HEAD + f"2-a==,,{NAMES[day]},https://www.linkedin.com/in/mira,Olive Owner,"
        "https://www.linkedin.com/in/olive,2022-03-01 10:00:00 UTC,,Lunch on Tuesday?,INBOX\n",
        encoding="utf-8",
    )
    return made


def run(folder: Path, *arguments: str | Path) -> None:
    done = subprocess.run(
        [str(COMMAND), "--db", str(folder / "n.duckdb"), *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def named(folder: Path) -> list[tuple[str, int]]:
    with duckdb.connect(str(folder / "n.duckdb"), read_only=True) as con:
        rows = con.execute(
            "select full_name, (select count(*) from interactions i"
            " where i.contact_id = c.contact_id) from contacts c where relation = 'correspondent'"
        ).fetchall()
    return rows


@pytest.mark.parametrize("order", list(permutations(NAMES)))
def test_the_name_of_the_newest_export_wins_in_any_order(
    tmp_path: Path, order: tuple[str, ...]
) -> None:
    for day in order:
        run(tmp_path, "import", export(tmp_path, day))
    assert named(tmp_path) == [("M. Beispiel", 1)]


def test_taking_the_newest_export_back_gives_the_older_name_back(tmp_path: Path) -> None:
    for day in NAMES:
        run(tmp_path, "import", export(tmp_path, day))
    run(tmp_path, "undo")
    assert named(tmp_path) == [("Mira Beispiel", 1)]
    run(tmp_path, "undo", "1")
    assert named(tmp_path) == [("Mira Beispiel", 1)]


def test_no_former_name_of_a_forgotten_person_stays(tmp_path: Path) -> None:
    for day in NAMES:
        run(tmp_path, "import", export(tmp_path, day))
    run(tmp_path, "forget", "M. Beispiel")
    assert named(tmp_path) == []
    data = (tmp_path / "n.duckdb").read_bytes()
    assert not [word for word in ("Examplov", "Beispiel") if word.encode() in data]
