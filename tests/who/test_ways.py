"""Ways in, on the frozen network: who is a target, who leads there, how sure that is."""

from __future__ import annotations

import json
import math
import tempfile
from pathlib import Path
from typing import Any

import duckdb
import pytest

from notworking.errors import UsageError
from notworking.seek import routes, ways
from notworking.seek.asking import Asking
from notworking.seek.lists import Extras


def ask(
    con: duckdb.DuckDBPyConnection, text: str, extras: Extras | None = None
) -> tuple[list[dict[str, Any]], list[str]]:
    """Return the rows of the answer and the sentences before them."""
    said: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "ways.json"
        routes.path(con, Asking(text, 50, extras or Extras(), "json", target, said.append))
        return json.loads(target.read_text(encoding="utf-8")), said


def test_a_company_is_found_without_its_legal_form_and_never_by_parts_of_words(
    wordy: duckdb.DuckDBPyConnection,
) -> None:
    rows, _ = ask(wordy, "Meta")
    assert {(row["target"], row["there"]) for row in rows} == {
        ("Nia Platform", "now"),
        ("Xia Noted", "until 2022-01"),
    }
    rows, _ = ask(wordy, "metallbau schmied")
    assert {row["target"] for row in rows} == {"Otto Schlosser", "Xaver Ehemalig"}


def test_direct_ways_are_ordered_by_how_alive_the_tie_is(
    wordy: duckdb.DuckDBPyConnection,
) -> None:
    rows, said = ask(wordy, "Example Tools")
    direct = [row for row in rows if row["via_id"] is None]
    assert [row["target"] for row in direct[:2]] == ["Ben Monthly", "Bea Meeting"]
    alive = wordy.execute("select alive from ties where owner_id = 1 and person_id = 11").fetchall()
    assert direct[0]["strength"] == alive[0][0]
    assert direct[0]["certainty"] == "seen"
    assert said[0].startswith("The warmest way in: you - Ben Monthly. A strong tie")
    assert "You were at Example Tools yourself (2021-01 to now)." in said


def test_somebody_seen_in_the_same_conversation_leads_to_a_card(
    wordy: duckdb.DuckDBPyConnection,
) -> None:
    rows, _ = ask(wordy, "Vic Harbour")
    through = [row for row in rows if row["via_id"] == 29]
    ((alive, z),) = wordy.execute(
        "select t.alive, p.z from ties t join mart.pairs p using (owner_id, person_id)"
        " where t.owner_id = 1 and t.person_id = 29 and p.other_id = 31"
    ).fetchall()
    (row,) = through
    assert row["strength"] == pytest.approx(alive * (1 - math.exp(-z)), abs=1e-4)
    assert row["path"] == "you - Tia Bridge - Vic Harbour"
    assert row["certainty"] == "seen"
    assert "in the same conversations" in row["why"]


def test_a_meeting_and_an_introduction_lead_further(wordy: duckdb.DuckDBPyConnection) -> None:
    rows, _ = ask(wordy, "Kestrel and Loam")
    assert [(row["path"], row["certainty"]) for row in rows if row["via_id"] == 46] == [
        ("you - Bea Meeting - Stan Tester", "seen")
    ]
    assert "met both at the same events" in rows[0]["why"]
    rows, _ = ask(wordy, "Sample Docks")
    rosa = [row for row in rows if row["target"] == "Rosa Société" and row["via_id"] == 11]
    assert "introduced you to Rosa Société on 2026-10-12" in rosa[0]["why"]
    assert rosa[0]["role"] == "gatekeeper"


def test_a_shared_employer_alone_is_a_guess(wordy: duckdb.DuckDBPyConnection) -> None:
    rows, _ = ask(wordy, "Lantern Freight")
    guesses = [row for row in rows if row["certainty"] == "guess"]
    assert [row["path"] for row in guesses] == ["you - Ada Weekly - Zed Lonely"]
    alive = wordy.execute("select alive from ties where owner_id = 1 and person_id = 10").fetchall()
    expected = alive[0][0] * (1 - math.exp(-ways.SHARED_EMPLOYER))
    assert guesses[0]["strength"] == pytest.approx(expected, abs=1e-4)
    assert "shares Lantern Freight with Zed Lonely, more is not known" in guesses[0]["why"]
    former = [row for row in rows if row["target"] == "Ada Weekly"]
    assert (former[0]["there"], former[0]["role"]) == ("until 2019-05", "referencer")


def test_freelancers_are_no_colleagues(wordy: duckdb.DuckDBPyConnection) -> None:
    rows, said = ask(wordy, "Freelance")
    assert rows == []
    assert said[0].startswith("No company here is called 'Freelance'.")


@pytest.mark.parametrize(
    ("title", "is_now", "role"),
    [
        ("Managing Director", True, "deliverer"),
        ("Head of Sales", True, "deliverer"),
        ("Executive Assistant to the CEO", True, "gatekeeper"),
        ("Talent Partner", True, "gatekeeper"),
        ("Assistant Director", True, "referencer"),
        ("Principal Engineer", True, "referencer"),
        ("Geschäftsführerin", True, "deliverer"),
        ("Responsable achats", True, "gatekeeper"),
        ("Engineer", True, "referencer"),
        ("Managing Director", False, "referencer"),
        (None, True, "referencer"),
    ],
)
def test_titles_say_who_decides_and_who_keeps_the_gate(
    title: str | None, is_now: bool, role: str
) -> None:
    target = ways.Target(1, "Ada", title, "Example", is_now, None, 0.5, "weak", None)
    assert ways.role(target) == role


def test_a_card_nobody_leads_to_is_said_to_be_one(wordy: duckdb.DuckDBPyConnection) -> None:
    rows, said = ask(wordy, "Blumen Yara")
    assert [(row["target"], row["strength"], row["certainty"]) for row in rows] == [
        ("Yara Owner", 0, "card")
    ]
    assert said[0].startswith("Nobody: you hold a card there")


def test_a_misspelt_company_is_taken_for_the_one_it_resembles(
    wordy: duckdb.DuckDBPyConnection,
) -> None:
    rows, said = ask(wordy, "Kestrell and Laom")
    assert rows[0]["target"] == "Stan Tester"
    assert said[0] == "No company here is called 'Kestrell and Laom'; taken for 'Kestrel & Loam'."


def test_nobody_is_an_answer_with_what_is_near(wordy: duckdb.DuckDBPyConnection) -> None:
    rows, said = ask(wordy, "Sampel Bots and Pans")
    assert rows == []
    assert said[0].startswith("No company here is called 'Sampel Bots and Pans'.")
    assert "Sample Boats" in said[1]


def test_a_person_can_be_asked_for_by_number_and_an_unknown_number_is_refused(
    wordy: duckdb.DuckDBPyConnection,
) -> None:
    rows, _ = ask(wordy, "29")
    assert {row["target"] for row in rows} == {"Tia Bridge"}
    with pytest.raises(UsageError, match="Nobody here"):
        ask(wordy, "998877")


def test_an_alias_of_the_user_leads_to_the_company(wordy: duckdb.DuckDBPyConnection) -> None:
    rows, _ = ask(wordy, "the boatyard", extras=Extras(aliases=("The Boatyard\tSample Boats",)))
    assert {"Tia Bridge", "Uma Harbour"} <= {row["target"] for row in rows}


def test_a_target_has_its_best_ways_only_and_none_weaker_than_the_direct_one(
    wordy: duckdb.DuckDBPyConnection,
) -> None:
    rows, _ = ask(wordy, "Sample Boats")
    tia = [row for row in rows if row["target"] == "Tia Bridge"]
    direct = next(row for row in tia if row["via_id"] is None)
    assert all(row["strength"] > direct["strength"] for row in tia if row is not direct)
    assert len(tia) <= 3
