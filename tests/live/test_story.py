"""Three exports of a fictional person, a year apart: what each of them tells (docs/story.md)."""

from __future__ import annotations

import html
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

STORY = Path(__file__).resolve().parents[2] / "docs" / "story.md"
NORA = "Nora Finch"


def steady(make: Any, name: str, first: str, last: str, every: int, *, key: str = "") -> list[Any]:
    """Return a message each way, every so many days."""
    day, end, found = date.fromisoformat(first), date.fromisoformat(last), []
    while day <= end:
        for direction, hour in (("out", 8), ("in", 9)):
            moment = f"{day} {hour:02}:00:00"
            found.append(make.words(name, direction, moment, f"{direction} on {day}", key))
        day += timedelta(days=every)
    return found


def year(make: Any, folder: Path, day: str) -> Path:
    """Write the export of one February."""
    first, third = "2024-02-01", "2026-02-01"
    amara = ("Harbour Mill", "Clerk") if day == first else ("Lantern Press", "Editor")
    lukas = "Lukas Brandt" if day < third else "Lukas Brandt-Ferro"
    cards = [
        make.card("Amara Osei", *amara, since="03 Apr 2019"),
        make.card(lukas, "Cedar Clinic", "Nurse", since="14 May 2020", key="lukas-brandt"),
        make.card("Petra Holm", "Harbour Mill", "Buyer", since="02 Jan 2018"),
    ]
    if day < third:
        cards.append(make.card("Ines Duarte", "Quince Studio", "Potter", since="20 Jun 2017"))
    if day > first:
        cards.append(make.card("Tomas Vale", "Lantern Press", "Printer", since="11 Aug 2024"))
    words = [
        *steady(make, "Amara Osei", "2022-01-04", day, 7),
        *steady(make, lukas, "2022-01-10", day, 60, key="lukas-brandt"),
        *steady(make, "Petra Holm", "2022-01-06", min(day, "2025-01-20"), 20),
        *steady(make, "Tomas Vale", "2024-08-20", min(day, "2025-02-01"), 90),
        *steady(make, "Tomas Vale", "2025-02-10", day, 8),
    ]
    until = [word for word in words if word.at[:10] <= day]
    made: Path = make.linkedin(folder, day, cards, until, owner=NORA)
    return made


def told_by(desk: Any, *since: str) -> list[tuple[str, str, str | None, str | None]]:
    return [(n["kind"], n["name"], n["old"], n["new"]) for n in desk.answer("news", *since)]


def reported(desk: Any) -> str:
    """Return the words of the page."""
    desk.run("report", "-o", desk.folder / "report.html")
    return html.unescape((desk.folder / "report.html").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def told(make: Any, make_desk: Any) -> list[dict[str, Any]]:
    """Live through the story; return what every year answers."""
    desk = make_desk("story")
    found = []
    for day in ("2024-02-01", "2025-02-01", "2026-02-01"):
        desk.run("import", year(make, desk.folder, day))
        since = ("--since", f"{int(day[:4]) - 1}-02-02")
        found.append(
            {
                "plain_news": told_by(desk),
                "news": told_by(desk, *since),
                "now": {
                    name: words
                    for name, *words in desk.rows("select name, class, ring, strength from ties")
                },
                "then": {
                    name: words
                    for name, *words in desk.rows(
                        "select name, class_then, ring_then, strength_then from tie_changes"
                    )
                },
                "week": [(s["kind"], s["name"]) for s in desk.answer("week")],
                "report": reported(desk),
                "evidence": [
                    words for (words,) in desk.rows("select evidence from news order by all")
                ],
                "classes": dict(desk.rows("select name, class from ties")),
                "cards": desk.run("export").stdout,
                "calendar": desk.run("export", "--format", "ics").stdout,
                "people": desk.rows("select person_id, name from people order by person_id"),
            }
        )
        if day == "2025-02-01":
            desk.run("tag", "Tomas Vale", "printing")
            desk.run("week", "--done", "1")
    return found


NEWS: list[list[tuple[str, str, str | None, str | None]]] = [
    [],
    [
        ("job", "Amara Osei", "Clerk at Harbour Mill", "Editor at Lantern Press"),
        ("new", "Tomas Vale", None, "Tomas Vale"),
        ("closer", "Tomas Vale", "card", "weak, ring 3"),
    ],
    [
        ("lost", "Ines Duarte", None, None),
        ("name", "Lukas Brandt-Ferro", "Lukas Brandt", "Lukas Brandt-Ferro"),
        ("closer", "Tomas Vale", "weak, ring 3", "strong, ring 2"),
        ("drifted", "Petra Holm", "strong, ring 2", "dormant, ring 5"),
    ],
]
WEEKS: list[list[tuple[str, str]]] = [[], [("new_job", "Amara Osei")], [("drift", "Petra Holm")]]


@pytest.mark.parametrize("year", range(3))
def test_every_year_has_its_news_and_its_week(told: Any, year: int) -> None:
    assert told[year]["news"] == NEWS[year]
    assert told[year]["week"] == WEEKS[year]


def test_without_a_day_the_ties_are_compared_with_the_export_before(told: Any) -> None:
    def moves(year: int) -> list[Any]:
        return [news for news in told[year]["plain_news"] if news[0] in ("closer", "drifted")]

    assert told[0]["plain_news"] == []
    for year in (1, 2):
        assert moves(year) == [n for n in NEWS[year] if n[0] in ("closer", "drifted")]
        then, now = told[year]["then"], told[year - 1]["now"]
        assert then
        for name, (class_then, ring_then, strength_then) in then.items():
            # What they are told to have been is what the earlier import said that they were.
            was_class, was_ring, was_strength = now.get(name, ("card", None, 0))
            assert (class_then, ring_then) == (was_class, was_ring), name
            assert strength_then == pytest.approx(was_strength, rel=0.1)


def test_the_report_of_every_year_tells_its_news(told: Any) -> None:
    for year in told:
        assert all(name in year["report"] for name in year["now"])
        for evidence in year["evidence"]:
            assert evidence.removesuffix(".") in year["report"], evidence
    assert "Was Lukas Brandt, is Lukas Brandt-Ferro" in told[2]["report"]
    assert "No longer among your LinkedIn contacts" in told[2]["report"]
    assert "No longer among your LinkedIn contacts" not in told[1]["report"]


def test_everybody_keeps_their_number_through_jobs_names_and_losses(told: Any) -> None:
    numbers = [dict(year["people"]) for year in told]
    assert numbers[0].items() <= numbers[1].items()
    assert set(numbers[1]) == set(numbers[2])
    renamed = {n for n in numbers[1] if numbers[1][n] != numbers[2][n]}
    assert [numbers[2][n] for n in renamed] == ["Lukas Brandt-Ferro"]
    assert told[2]["classes"] == {
        "Amara Osei": "inner",
        "Ines Duarte": "card",
        "Lukas Brandt-Ferro": "weak",
        "Petra Holm": "dormant",
        "Tomas Vale": "strong",
    }


def test_the_phone_gets_the_same_cards_with_the_newest_words(told: Any) -> None:
    def cards(year: int) -> dict[str, str]:
        text = told[year]["cards"].replace("\r\n ", "")
        found = [part for part in text.split("BEGIN:VCARD") if part]
        return {re.findall(r"UID:(\S+)", part)[0]: part for part in found}

    first, second, third = cards(0), cards(1), cards(2)
    assert set(first) < set(second) == set(third)
    (amara,) = [uid for uid, card in first.items() if "FN:Amara Osei\r" in card]
    assert "ORG:Harbour Mill\r" in first[amara]
    assert "ORG:Lantern Press\r" in second[amara]
    (lukas,) = [uid for uid, card in first.items() if "FN:Lukas Brandt\r" in card]
    assert "FN:Lukas Brandt-Ferro\r" in third[lukas]
    (tomas,) = [card for card in third.values() if "FN:Tomas Vale\r" in card]
    assert "CATEGORIES:strong,printing\r" in tomas


def test_the_calendar_moves_with_the_ties(told: Any) -> None:
    def touches(year: int) -> dict[str, str]:
        pairs = re.findall(
            r"DTSTART;VALUE=DATE:(\d+)\r\n.*\r\nSUMMARY:Write to (.*)\r", told[year]["calendar"]
        )
        return {name: day for day, name in pairs}

    assert touches(0) == {
        "Amara Osei": "20240213", "Petra Holm": "20240225", "Lukas Brandt": "20240701",
    }  # fmt: skip
    # Petra is dormant by now: no date, but the week asks about her.
    assert touches(2) == {
        "Amara Osei": "20260210", "Tomas Vale": "20260227", "Lukas Brandt-Ferro": "20260621",
    }  # fmt: skip


def test_the_page_tells_what_the_commands_answer() -> None:
    page = STORY.read_text(encoding="utf-8")
    for year in NEWS:
        for kind, name, old, new in year:
            cells = (kind, name, old or "", (new or "") if kind != "new" else name)
            line = f"| {' | '.join(cells)} |"
            assert re.sub(r" +", " ", line) in page, line
    assert all(name in page for week in WEEKS for _, name in week)
