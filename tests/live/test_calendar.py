"""The calendar: accepted by an independent reader, with stable entries on the right days."""

from __future__ import annotations

from datetime import date
from typing import Any

import icalendar
import pytest

from notworking import cards, folding
from notworking.live import calendar


def events(text: str) -> dict[str, Any]:
    found = icalendar.Calendar.from_ical(text)
    assert found.errors == []
    return {str(event["SUMMARY"]): event for event in found.walk("VEVENT")}


def test_birthdays_come_yearly_with_and_without_a_year(lived: Any) -> None:
    found = events(lived.run("export", "--format", "ics").stdout)
    bruno, gwen = found["Birthday of Bruno Birthday"], found["Birthday of Gwendolyn Weekly"]
    assert bruno["DTSTART"].dt == date(2000, 2, 5)
    assert bruno["RRULE"] == {"FREQ": ["YEARLY"]}
    assert "DESCRIPTION" not in bruno
    assert gwen["DTSTART"].dt == date(1984, 2, 29)
    # The last day of February, so that there is one in every year.
    assert gwen["RRULE"] == {"FREQ": ["YEARLY"], "BYMONTH": [2], "BYMONTHDAY": [-1]}
    assert str(gwen["DESCRIPTION"]) == "Born 1984-02-29."
    for event in found.values():
        assert (event["DTEND"].dt - event["DTSTART"].dt).days == 1
        assert event["DTSTART"].params["VALUE"] == "DATE"
        assert str(event["TRANSP"]) == "TRANSPARENT"


def test_living_ties_have_a_day_by_ring_and_what_is_overdue_lies_ahead(lived: Any) -> None:
    found = events(lived.run("export", "--format", "ics").stdout)
    touches = {name[9:]: event for name, event in found.items() if name.startswith("Write to ")}
    assert set(touches) == {
        "Gwendolyn Weekly", "Bruno Birthday", "Dorothea Drifting", "Jolanda Newjob",
    }  # fmt: skip
    rings = dict(lived.rows("select name, ring from ties where class <> 'card'"))
    assert (rings["Gwendolyn Weekly"], rings["Bruno Birthday"]) == (1, 3)
    # Ring 1 expects a word every week, and twice the usual gap is more: 14 days after 1 February.
    assert touches["Gwendolyn Weekly"]["DTSTART"].dt == date(2026, 2, 15)
    assert touches["Bruno Birthday"]["DTSTART"].dt > date(2026, 2, 1)
    assert date(2026, 2, 2) <= touches["Dorothea Drifting"]["DTSTART"].dt
    assert str(touches["Gwendolyn Weekly"]["DESCRIPTION"]).startswith("Ring 1. ")


def test_a_second_export_has_the_same_entries_and_only_its_own_people(lived: Any) -> None:
    text = lived.run("export", "--format", "ics").stdout
    assert lived.run("export", "--format", "ics").stdout == text
    identifiers = [str(event["UID"]) for event in events(text).values()]
    assert len(set(identifiers)) == len(identifiers)
    only = events(lived.run("export", "--format", "ics", "--only", "ring = 1").stdout)
    assert set(only) == {"Birthday of Gwendolyn Weekly", "Write to Gwendolyn Weekly"}


def test_lines_are_folded_and_text_is_escaped(lived: Any) -> None:
    lived.run("tag", "Bruno Birthday", "leave")
    text = lived.run("export", "--format", "ics").stdout
    assert "Write to Bruno" not in text
    assert text.endswith("END:VCALENDAR\r\n")
    assert all(len(line.encode("utf-8")) <= 75 for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")


@pytest.mark.parametrize("text", ["ä" * 200, "a" * 74 + "é" + "b" * 90, "short", "🎂" * 60, ""])
def test_folding_cuts_between_characters_and_loses_nothing(text: str) -> None:
    folded = folding.line("SUMMARY", text)
    assert folded.endswith("\r\n")
    assert all(len(part.encode("utf-8")) <= 75 for part in folded.split("\r\n"))
    assert folded.replace("\r\n ", "") == f"SUMMARY:{text}\r\n"


def test_escaping_keeps_text_in_its_value() -> None:
    assert folding.escaped("a;b,c\\d\ne\r\nf\x07g") == "a\\;b\\,c\\\\d\\ne\\nf g"
    assert folding.one_line("a\nb\t c") == "a b c"


@pytest.mark.parametrize("birthday", ["1980", "1981-02-29", "--13-01", "soon"])
def test_what_is_no_day_is_left_out(lived: Any, birthday: str) -> None:
    import duckdb

    with duckdb.connect(str(lived.database)) as con:
        con.execute("update people set birthday = ? where name = 'Bruno Birthday'", [birthday])
        con.execute("set TimeZone = 'UTC'")
        text = calendar.text(con, cards.Choice())
    assert "Birthday of Bruno" not in text
    assert "Birthday of Gwendolyn" in text
