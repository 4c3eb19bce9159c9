"""Several owners in one database: together, apart, and never one's words in another's answers."""

from __future__ import annotations

import json
from typing import Any

import pytest

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
