"""The settings file: what only the user knows survives a lost database."""

from __future__ import annotations

import shutil
import tomllib
from typing import Any

import duckdb
import pytest

OWN = (
    "select name, tag from tags join people using (person_id) order by all",
    "select name, text, noted_at from notes join people using (person_id) order by all",
    "select contact_a, contact_b, verdict, decided_at from decisions order by decision_id",
    "select name, value from thresholds order by name",
    "select * from suggestions_answered order by all",
    "select * from dismissed_hints order by all",
    "select list(full_name order by full_name) as g from contacts group by person_id order by g",
    "select name, class, ring, strength from ties order by all",
)


@pytest.fixture
def curated(lived: Any) -> Any:
    lived.run("tag", "Gwendolyn Weekly", "choir", "class:strong")
    lived.run("note", "Bruno Birthday", 'said "tea"\nnot\tcoffee \\ ☕')
    lived.run("split", "card-silent", "https://www.linkedin.com/in/silvester-silent")
    lived.run("merge", "Dorothea Drifting", "Jolanda Newjob")
    lived.run("week", "--done", "1", "--snooze", "2")
    with duckdb.connect(str(lived.database)) as con:
        con.execute("update thresholds set value = 24.5 where name = 'close_per_year'")
        con.execute("insert into thresholds values ('level:zampano', 7, 'Mine.', 'Me.')")
        event = con.execute("select min(event_id) from raw.events").fetchall()[0][0]
        con.execute("insert into dismissed_hints values (?, 'ask', '2026-02-01')", [event])
    return lived


def rebuilt(curated: Any, lived_once: Any, make_desk: Any) -> Any:
    """Return a new database, made from the same exports and the settings file."""
    curated.run("export", "--format", "settings", "-o", curated.folder / "my.toml")
    other = make_desk("rebuilt")
    for path in sorted(lived_once.folder.glob("*.*")):
        if path.suffix in (".zip", ".vcf"):
            shutil.copy(path, other.folder)
    other.run("import", *sorted(other.folder.glob("*.zip")), other.folder / "cards.vcf")
    told = other.run("settings", curated.folder / "my.toml")
    assert "entries name what is not" not in told.stderr
    return other


def test_a_database_made_anew_is_as_before_with_the_settings(
    curated: Any, lived_once: Any, make_desk: Any
) -> None:
    other = rebuilt(curated, lived_once, make_desk)
    # The thresholds of the first were changed behind its back; let its answers follow.
    curated.run("tag", "Gwendolyn Weekly", "choir")
    for sql in OWN:
        assert other.rows(sql) == curated.rows(sql), sql
    again = other.run("settings", curated.folder / "my.toml").stderr
    assert "0 tags, 0 notes, 0 decisions, 0 answers, 0 dismissed hints" in again
    for sql in OWN:
        assert other.rows(sql) == curated.rows(sql), sql


def test_the_file_names_contacts_by_their_natural_keys(curated: Any) -> None:
    held = tomllib.loads(curated.run("export", "--format", "settings").stdout)
    assert held["thresholds"] == {"close_per_year": 24.5, "level:zampano": 7.0}
    (tag,) = [entry for entry in held["tag"] if entry["tag"] == "choir"]
    assert (tag["owner"], tag["source"], tag["key"], tag["name"]) == (
        "Olive Owner",
        "linkedin",
        "https://www.linkedin.com/in/gwendolyn-weekly",
        "Gwendolyn Weekly",
    )
    (note,) = held["note"]
    assert note["text"] == 'said "tea"\nnot\tcoffee \\ ☕'
    assert [d["verdict"] for d in held["decision"]] == ["different", "same"]
    assert {a["answer"] for a in held["answer"]} == {"done", "snoozed"}
    assert not any("person_id" in entry for part in held.values() if isinstance(part, list)
                   for entry in part)  # fmt: skip


def test_what_names_a_contact_that_is_not_there_is_told_and_the_rest_is_read(
    curated: Any, make: Any, make_desk: Any
) -> None:
    curated.run("export", "--format", "settings", "-o", curated.folder / "my.toml")
    other = make_desk("other")
    other.run("import", make.linkedin(other.folder, "2026-02-01", [make.card("Gwendolyn Weekly")]))
    told = other.run("settings", curated.folder / "my.toml").stderr
    assert "2 tags" in told
    assert "notes: Bruno Birthday" in told
    assert other.rows("select tag from tags order by tag") == [("choir",), ("class:strong",)]
    assert other.rows("select * from decisions") == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("format = 1\n[[tag]]\nsource = 'linkedin'\n", "number 1 has no usable 'key'"),
        ("format = 1\n[thresholds]\nx = 'much'\n", "the threshold 'x' is no number"),
        ("format = 9\n", "says format 9"),
        ("format = ", "is no settings file"),
        ("format = 1\n[tag]\nsource = 'x'\n", "must be written as [[tag]]"),
        (
            "format = 1\n[[note]]\nsource = 'a'\nkey = 'b'\ntext = 'c'\n"
            "noted_at = 2026-01-01T00:00:00\n",
            "needs a time zone",
        ),
        (
            "format = 1\n[[answer]]\nsource='a'\nkey='b'\nkind='drift'\noccasion='x'\n"
            "answer='maybe'\nanswered_on=2026-01-01\n",
            "says 'maybe'",
        ),
        ("format = 1\nthresholds = 3\n", "[thresholds] table"),
    ],
)
def test_a_file_that_cannot_be_meant_is_refused_with_its_place(
    lived: Any, text: str, reason: str
) -> None:
    path = lived.folder / "my.toml"
    path.write_text(text, encoding="utf-8")
    before = lived.rows("select count(*) from tags")
    assert reason in lived.run("settings", path, status=2).stderr
    assert lived.rows("select count(*) from tags") == before


def test_a_file_that_is_not_there_is_named(lived: Any) -> None:
    assert "cannot be read" in lived.run("settings", lived.folder / "no.toml", status=2).stderr
