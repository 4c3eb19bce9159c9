"""Several owners in one database: together, apart, and never one's words in another's answers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb
import pytest

from notworking.live import redact

SECRET = "the vault code is zanzibar"


@pytest.fixture(scope="module")
def pooled(make: Any, make_desk: Any) -> Any:
    """Return Olive and Pia, who share Ada (a tie of Olive's) and Bert (a tie of both)."""
    desk = make_desk("pooled")
    company = {"company": "Example Tools", "title": "Clerk"}
    ada, bert = make.card("Ada Example", **company), make.card("Bert Sample")
    cleo = make.card("Cleo Test", "Sample Works", "Head")

    def talk(name: str, *days: str, text: str = "Hello") -> list[Any]:
        return [
            make.words(name, direction, f"{day} 0{hour}:00:00", text)
            for day in days
            for hour, direction in ((8, "out"), (9, "in"))
        ]

    months = tuple(f"2025-{month:02}-10" for month in range(1, 13))
    olive = [
        *talk("Ada Example", *months, "2026-01-20", text=SECRET),
        *talk("Bert Sample", *months),
    ]
    pia = [*talk("Bert Sample", *months, "2026-01-30"), *talk("Cleo Test", "2026-01-25")]
    desk.run("import", make.linkedin(desk.folder, "2026-02-01", [ada, bert], olive),
             "--owner", "Olive Owner")  # fmt: skip
    other = desk.folder / "pia"
    other.mkdir()
    export = make.linkedin(other, "2026-02-01", [ada, bert, cleo], pia, owner="Pia Partner")
    desk.run("import", export, "--owner", "Pia Partner")
    return desk


def test_who_knows_best_names_the_owner_most_likely_to_be_in_touch(pooled: Any) -> None:
    rows = {row["name"]: row for row in pooled.answer("show", "who_knows_best")}
    assert {name: row["owner"] for name, row in rows.items()} == {
        "Ada Example": "Olive Owner",
        "Bert Sample": "Pia Partner",
        "Cleo Test": "Pia Partner",
    }
    assert rows["Ada Example"]["others"] == "Pia Partner (card)"
    assert rows["Bert Sample"]["others"].startswith("Olive Owner (")
    assert rows["Cleo Test"]["others"] is None


def test_overlap_counts_what_two_owners_share(pooled: Any) -> None:
    (row,) = pooled.answer("show", "overlap")
    counts = ("known_to_both", "ties_of_both", "ties_of_one", "ties_of_other", "share")
    assert (row["owner"], row["other_owner"]) == ("Olive Owner", "Pia Partner")
    assert [row[name] for name in counts] == [2, 1, 1, 1, pytest.approx(1 / 3, abs=1e-4)]


def test_only_bridge_names_the_ties_that_hang_on_one_owner(pooled: Any) -> None:
    rows = {row["name"]: row for row in pooled.answer("show", "only_bridge")}
    assert {
        name: (r["owner"], r["cards_of"], r["only_at_company"]) for name, r in rows.items()
    } == {
        "Ada Example": ("Olive Owner", "Pia Partner", True),
        "Cleo Test": ("Pia Partner", None, True),
    }


def test_with_one_owner_there_is_nothing_to_compare(lived: Any) -> None:
    for name in ("who_knows_best", "overlap", "only_bridge"):
        assert lived.answer("show", name) == []


def test_one_owners_words_are_in_no_answer_of_the_other(pooled: Any) -> None:
    texts = pooled.rows("select count(*) from interactions where text like '%zanzibar%'")
    assert texts[0][0] > 0
    answers = [
        pooled.run("person", "Ada Example", "--owner", "Pia Partner").stdout,
        pooled.run("week", "--owner", "Pia Partner").stdout,
        json.dumps(pooled.answer("week", "--owner", "Pia Partner")),
        json.dumps(pooled.answer("news", "--owner", "Pia Partner")),
        pooled.run("export", "--owner", "Pia Partner", "--with-notes").stdout,
        pooled.run("export", "--format", "ics", "--owner", "Pia Partner").stdout,
        pooled.run("export", "--format", "csv", "--owner", "Pia Partner", "--with-notes").stdout,
        pooled.run("export", "--format", "graph", "--owner", "Pia Partner").stdout,
        pooled.run("export", "--format", "settings").stdout,
    ]
    for shared in ("who_knows_best", "overlap", "only_bridge"):
        answers.append(json.dumps(pooled.answer("show", shared)))
    assert [text for text in answers if "zanzibar" in text or "vault" in text] == []


def test_a_note_stays_with_the_owner_on_whose_contact_it_was_written(pooled: Any) -> None:
    pooled.run("note", "Ada Example", "prefers the crypt")
    command = ("export", "--with-notes", "--owner")
    assert "NOTE:prefers the crypt" in pooled.run(*command, "Olive Owner").stdout
    assert "crypt" not in pooled.run(*command, "Pia Partner").stdout
    assert "crypt" not in pooled.run("person", "Ada Example", "--owner", "Pia Partner").stdout


def test_words_of_messages_are_found_for_all_and_quoted_to_nobody(pooled: Any) -> None:
    found = pooled.answer("who", "vault")
    assert [row["name"] for row in found] == ["Ada Example"]
    assert "you two wrote 'vault' 26 times" in found[0]["reason"]
    for form in ("json", "table"):
        told = pooled.run("who", "vault", "--format", form).stdout
        assert "zanzibar" not in told
        assert "code is" not in told


def test_person_shows_one_owners_view_or_everybodys(pooled: Any) -> None:
    hers = pooled.run("person", "Ada Example", "--owner", "Pia Partner").stdout
    assert "Tie to Pia Partner: card" in hers
    assert "Olive Owner" not in hers
    # Who talked with whom, and how much, is the other owner's as well.
    assert "2025:" not in hers
    whole = pooled.run("person", "Ada Example").stdout
    assert "Tie to Olive Owner" in whole
    assert "Tie to Pia Partner" in whole
    refused = pooled.run("person", "Cleo Test", "--owner", "Olive Owner", status=2).stderr
    assert "Nobody here is called 'Cleo Test'" in refused


def test_the_week_asks_whose_it_is(pooled: Any) -> None:
    refused = pooled.run("week", status=2).stderr
    assert 'say --owner with one of "Olive Owner", "Pia Partner"' in refused


def test_cards_and_calendars_of_one_owner_hold_that_owners_people(pooled: Any) -> None:
    assert "FN:Cleo Test" not in pooled.run("export", "--owner", "Olive Owner").stdout
    assert "FN:Cleo Test" in pooled.run("export", "--owner", "Pia Partner").stdout
    together = pooled.run("export", "--format", "ics").stdout
    assert "SUMMARY:Write to Cleo Test (Pia Partner)" in together
    assert "SUMMARY:Write to Ada Example (Olive Owner)" in together
    pia = pooled.run("export", "--format", "ics", "--owner", "Pia Partner").stdout
    assert "Ada Example" not in pia


HERS = """\
BEGIN:VCARD
VERSION:3.0
UID:bert-at-olives
FN:Bert Quagga Sample
N:Quagga Sample;Bert;;;
EMAIL:bert@example.com
TEL;TYPE=CELL:+1 202 555 0177
ADR;TYPE=HOME:;;7 Quagga Road;Sampletown;;12345;USA
ORG:Quagga Works
TITLE:Quagga Keeper
BDAY:1980-02-14
NOTE:quagga
REV:2026-01-15T00:00:00Z
END:VCARD
"""


@pytest.fixture(scope="module")
def apart(make: Any, make_desk: Any) -> Any:
    """Return Olive and Pia, who both know Bert; Olive's address book says more of him."""
    desk = make_desk("apart")
    (desk.folder / "olive.vcf").write_text(HERS, encoding="utf-8")
    older = make.card("Bert Sample", "Sample Works", "Clerk", email="bert@example.com")
    newer = make.card("Bert Sample", "Quagga Works", "Quagga Keeper", email="bert@example.com")
    days = [f"2025-{month:02}-10" for month in range(1, 13)]
    words = [
        make.words("Bert Sample", direction, f"{day} 0{hour}:00:00", "the quagga is loose")
        for day in days
        for hour, direction in ((8, "out"), (9, "in"))
    ]
    for day, card in (("2025-02-01", older), ("2026-02-01", newer)):
        shown = [word for word in words if word.at[:10] <= day]
        export = make.linkedin(desk.folder, day, [card], shown)
        desk.run("import", export, "--owner", "Olive Owner")
    desk.run("import", desk.folder / "olive.vcf", "--owner", "Olive Owner")
    other = desk.folder / "pia"
    other.mkdir()
    plain = [
        make.words("Bert Sample", direction, f"{day} 1{hour}:00:00", "Hello")
        for day in (*days, "2026-01-30")
        for hour, direction in ((1, "out"), (2, "in"))
    ]
    export = make.linkedin(other, "2026-02-01", [older], plain, owner="Pia Partner")
    desk.run("import", export, "--owner", "Pia Partner")
    return desk


@pytest.mark.parametrize(
    "command",
    [
        ("person", "Bert Sample", "--full"),
        ("person", "Bert Sample"),
        ("week",),
        ("week", "--format", "json"),
        ("news",),
        ("news", "--since", "2025-06-01"),
        ("export",),
        ("export", "--with-notes"),
        ("export", "--vcard-version", "4.0", "--with-notes"),
        ("export", "--format", "csv"),
        ("export", "--format", "csv", "--layout", "outlook", "--with-notes"),
        ("export", "--format", "ics"),
        ("export", "--format", "graph"),
        ("export", "--format", "graph", "--layout", "graphml"),
        ("export", "--format", "graph", "--layout", "edges"),
    ],
    ids=" ".join,
)
def test_what_one_owner_knows_of_somebody_is_not_told_to_the_other(
    apart: Any, command: tuple[str, ...]
) -> None:
    assert apart.rows("select count(distinct person_id) from contacts where full_name like 'Be%'")
    hers = apart.run(*command, "--owner", "Olive Owner").stdout.casefold()
    told = apart.run(*command, "--owner", "Pia Partner").stdout.casefold()
    for secret in ("quagga", "5550177", "555 0177", "1980", "02-14", "0214", "olive"):
        assert secret not in told, secret
    if command[0] in ("person", "export", "news") and "edges" not in command:
        assert hers != told


def test_one_owners_card_of_somebody_shared_is_whole_by_that_owners_sources(apart: Any) -> None:
    card = apart.run("export", "--owner", "Pia Partner").stdout
    assert "FN:Bert Sample\r" in card
    assert "ORG:Sample Works\r" in card
    assert "EMAIL:bert@example.com\r" in card
    hers = apart.run("export", "--owner", "Olive Owner").stdout
    assert "ORG:Quagga Works\r" in hers
    assert "+12025550177" in hers
    assert (
        apart.run("export", "--owner", "Pia Partner", "--only", "company = 'Quagga Works'").stdout
        == ""
    )


def test_one_owners_people_are_told_as_the_merged_ones_where_all_is_theirs(
    apart: Any, make_desk: Any
) -> None:
    """A database of one owner alone says the same as that owner's part of a shared one."""
    alone = make_desk("alone")
    for day in ("02-01-2025", "02-01-2026"):
        export = apart.folder / f"Complete_LinkedInDataExport_{day}.zip"
        alone.run("import", export, "--owner", "Olive Owner")
    alone.run("import", apart.folder / "olive.vcf", "--owner", "Olive Owner")
    cards = [
        sorted(line for line in desk.run("export", "--owner", "Olive Owner").stdout.splitlines())
        for desk in (apart, alone)
    ]
    assert cards[0] == cards[1]


def test_the_numbers_of_a_narrowed_week_are_those_that_can_be_answered(apart: Any) -> None:
    week = apart.answer("week", "--owner", "Olive Owner")
    assert [(s["number"], s["kind"], s["name"]) for s in week] == [(1, "new_job", "Bert Sample")]
    assert apart.answer("week", "--owner", "Pia Partner") == []
    apart.run("week", "--owner", "Pia Partner", "--done", "1", status=2)
    apart.run("week", "--owner", "Olive Owner", "--done", "1")
    assert [s["answer"] for s in apart.answer("week", "--owner", "Olive Owner")] == ["done"]


def test_an_assistant_of_one_owner_is_told_what_that_owners_exports_tell(
    apart: Any, tmp_path: Path
) -> None:
    target = tmp_path / "part.duckdb"
    redact.copy(apart.database, target, redact.Cut("Pia Partner", is_redacted=False))
    held = target.read_bytes().lower()
    for secret in (b"quagga", b"2025550177", b"1980-02-14", b"olive", b"02-01-2025"):
        assert secret not in held, secret
    with duckdb.connect(str(target), read_only=True) as con:
        con.execute("set TimeZone = 'UTC'")
        people = con.execute("select name, company from people where not is_owner").fetchall()
        assert people == [("Bert Sample", "Sample Works")]
        assert con.execute("select name, owner_id from owners").fetchall() == [("Pia Partner", 2)]
        texts = con.execute("select distinct text from interactions").fetchall()
        assert texts == [("Hello",)]
        ties = con.execute("select name, class, strength from ties").fetchall()
    assert ties == apart.rows("select name, class, strength from ties where owner_id = 2")
    assert held.count(b"bert sample") > 0
    mine = tmp_path / "mine.duckdb"
    redact.copy(apart.database, mine, redact.Cut("Olive Owner", is_redacted=False))
    assert b"quagga works" in mine.read_bytes().lower()
