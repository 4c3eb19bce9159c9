"""The page as a file: who may read it, what redaction hides, how large it gets, what it escapes."""

from __future__ import annotations

import html
import json
import re
import stat
import tomllib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from notworking import ask
from notworking.errors import UsageError
from notworking.output import printable
from notworking.report import answers, cards, chapters, page, people, sections, tables
from notworking.report.charts import rings
from notworking.report.markup import escape, join, script_data, tag
from notworking.report.packing import Pool, Sentences, grouped
from notworking.report.veil import HIDDEN, Veil
from notworking.tests.report import unpacking


class Reader(HTMLParser):
    """Gathers what a browser would take for text, and for elements."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def read(markup: str) -> Reader:
    reader = Reader()
    reader.feed(markup)
    reader.close()
    return reader


@given(st.text())
def test_any_text_stays_a_text(text: str) -> None:
    found = read(tag("p", tag("b", text), title=text))
    assert [name for name, _ in found.tags] == ["p", "b"]
    assert found.tags[0][1]["title"] == printable(text)
    assert "".join(found.texts).strip() == printable(text)


@given(st.text())
def test_no_text_ends_the_script_that_holds_it(text: str) -> None:
    held = script_data({"name": text, text: [1]})
    assert not set("<>&\u2028\u2029") & set(held)
    same = text.encode("utf-8", "replace").decode("utf-8")
    assert json.loads(held)["name"] == same


def test_markup_is_not_escaped_twice_and_blanks_between_words_stay() -> None:
    assert join([tag("b", "1"), " of ", escape("<2>")]) == "<b>1</b> of &lt;2&gt;"
    assert tag("a", None, hidden=True, href=None, data_p=0) == '<a hidden data-p="0"></a>'
    assert tag("text", 3, x=1.0, y=2.25) == '<text x="1" y="2.2">3</text>'


def test_only_its_owner_can_read_the_page(example_page: Path) -> None:
    assert stat.S_IMODE(example_page.stat().st_mode) == 0o600


def test_a_page_that_was_open_to_others_is_closed(hostile: Path, tmp_path: Path) -> None:
    target = tmp_path / "report.html"
    target.write_text("old")
    target.chmod(0o644)
    with ask.opened(hostile) as con:
        page.write(con, target, page.Options())
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_a_page_that_cannot_be_written_says_where_and_what_to_do(
    hostile: Path, tmp_path: Path
) -> None:
    with ask.opened(hostile) as con, pytest.raises(UsageError, match="Name another file with -o"):
        page.write(con, tmp_path / "nowhere" / "report.html", page.Options())


def test_an_unknown_owner_is_told_who_there_is(example: Path, tmp_path: Path) -> None:
    with (
        ask.opened(example) as con,
        pytest.raises(UsageError, match="no owner 'Nobody'; there is Ottilie Varga"),
    ):
        page.write(con, tmp_path / "report.html", page.Options(owner="Nobody"))


def test_the_same_database_gives_the_same_page(example: Path, example_page: Path) -> None:
    with ask.opened(example) as con:
        assert page.build(con, page.Options()) == example_page.read_text(encoding="utf-8")


def test_every_published_analysis_is_in_the_page(example: Path, example_page: Path) -> None:
    con = duckdb.connect(str(example), read_only=True)
    names = {name for (name,) in con.execute("select name from analyses").fetchall()}
    con.close()
    shown = set(re.findall(r'id="view-(\w+)"', example_page.read_text(encoding="utf-8")))
    assert shown == names - chapters.ELSEWHERE


def test_every_picture_can_be_drawn_from_the_analysis_it_is_meant_for(example: Path) -> None:
    with ask.opened(example) as con:
        veil = Veil(hides=False)
        crowd = people.read(con, 1, veil)
        for answer in answers.read(con, 1, veil.row):
            if answer.name in chapters.PICTURES and answer.rows:
                chapters.PICTURES[answer.name](answer, crowd)


def test_every_file_of_the_page_is_in_the_wheel() -> None:
    root = Path(__file__).resolve().parents[2]
    settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    patterns = settings["tool"]["setuptools"]["package-data"]["notworking.report"]
    held = {path for pattern in patterns for path in (root / "report").glob(pattern)}
    files = {path for path in (root / "report").rglob("*") if path.is_file()}
    assert {path for path in files if path.suffix not in (".py", ".pyc")} == held


def test_contacts_without_talk_are_not_called_cards_without_a_word(hostile_page: Path) -> None:
    text = hostile_page.read_text(encoding="utf-8")
    assert "No source here can show talk, so nobody can be told a card yet" in text
    assert '<p class="whose">Your network</p>' in text


def told_by(database: Path, query: str) -> set[str]:
    con = duckdb.connect(str(database), read_only=True)
    found = {str(row[0]) for row in con.execute(query).fetchall()}
    con.close()
    return found


@pytest.mark.parametrize(
    "query",
    [
        "select full_name from contacts where length(full_name) > 4",
        "select distinct family_name from contacts where length(family_name) > 5",
        "select distinct company from contacts where length(company) > 4",
        "select distinct title from contacts where title like '% %'",
        "select distinct location from contacts where length(location) > 5",
        "select distinct text from interactions where length(text) > 18",
        "select value from contact_points where length(value) > 6",
        "select source_key from contacts where length(source_key) > 6",
        "select name from owners",
    ],
)
def test_a_redacted_page_tells_nobody(example: Path, redacted_page: Path, query: str) -> None:
    text = redacted_page.read_text(encoding="utf-8")
    plain = html.unescape(re.sub(r"<style>.*?</style>|<script>.*?</script>", "", text, flags=re.S))
    words = told_by(example, query)
    assert len(words) > 0
    assert {word for word in words if word in plain} == set()


def test_a_redacted_page_still_tells_people_apart(redacted_page: Path) -> None:
    text = redacted_page.read_text(encoding="utf-8")
    assert "<bdi>Person 1</bdi>" in text
    assert "A network without its names" in text


def test_the_veil_hides_what_it_does_not_know() -> None:
    veil = Veil(hides=True)
    veil.learn(7, "Ada Example", "Person 1")
    row = {
        "owner_id": 1,
        "person_id": 7,
        "thread_id": 99,
        "name": "Ada Example",
        "class": "inner",
        "names": ["Ada Example", "Bo Example"],
        "who": "Ada Example, Bo Example",
        "a_column_added_later": "Example Works",
        "days": 12,
        "since": date(2026, 1, 2),
    }
    assert veil.row("an_analysis_added_later", row) == {
        "owner_id": 1,
        "person_id": 7,
        "thread_id": None,
        "name": "Person 1",
        "class": "inner",
        "names": ["Person 1", HIDDEN],
        "who": "Person 1",
        "a_column_added_later": HIDDEN,
        "days": 12,
        "since": date(2026, 1, 2),
    }
    assert Veil(hides=False).row("any", row) is row


@pytest.mark.parametrize(
    ("select", "ordered"),
    [
        ("create view v as select a from t order by lower(a), b;", True),
        ("create view v as select row_number() over (order by a) from t;", False),
        ("create view v as with x as (select a from t order by a) select a from x", False),
        ("create view v as select list(a order by a) as l from t ORDER BY l", True),
        ("create view v as select a from t", False),
    ],
)
def test_whether_a_query_orders_its_rows_is_seen(select: str, ordered: bool) -> None:
    assert answers.is_ordered(select) is ordered


def an_answer(name: str, rows: list[dict[str, object]]) -> answers.Answer:
    columns = dict.fromkeys(rows[0], "meaning") if rows else {}
    return answers.Answer(name, "What is this?", "somebody", None, columns, rows, len(rows))


def test_an_analysis_nobody_foresaw_is_a_table_with_its_question() -> None:
    crowd = a_crowd(3)
    answer = an_answer("foreseen_by_nobody", [{"person_id": 2, "name": "x", "count": 1234}])
    arranged = sections.arranged([answer])
    assert [chapter.title for chapter, _ in arranged] == ["More questions"]
    markup, held = sections.body(arranged, crowd, 1, {})
    assert held == {"foreseen_by_nobody": [[1, "1,234"]]}
    assert "What is this?" in markup
    assert '<button type="button" class="who" data-p="1"><bdi>Person B</bdi></button>' in markup


def test_an_analysis_whose_columns_changed_keeps_its_table() -> None:
    answer = an_answer("the_dozen", [{"person_id": 1, "renamed": 5}])
    markup, _ = sections.body(sections.arranged([answer]), a_crowd(2), 1, {})
    assert "<table>" in markup
    assert 'class="dozen"' not in markup


def test_what_the_database_says_about_an_empty_answer_comes_first() -> None:
    arranged = sections.arranged([an_answer("drift", []), an_answer("news", [])])
    markup, _ = sections.body(arranged, a_crowd(1), 1, {"drift": "Import the messages."})
    assert '<p class="empty">Import the messages.</p>' in markup
    assert f'<p class="empty">{chapters.EMPTY}</p>' in markup


def a_person(place: int, ring: int | None, per_year: float, group: str | None) -> people.Person:
    classes = {1: "inner", 2: "strong", 3: "weak", 4: "weak", 5: "dormant", None: "card"}
    name = f"Person {chr(65 + place)}" if place < 26 else f"Somebody Example-Sample {place}"
    evidence = f"Connected on LinkedIn 20{place % 20 + 10}-07-29, never exchanged a message."
    return people.Person(
        place, place + 1, name, classes[ring], ring, 20.0 / (place + 1), 0.5, per_year, False,
        ("linkedin",), evidence, group, "Assistant Manager", group,
    )  # fmt: skip


def a_crowd(size: int) -> people.People:
    rates = {1: 80.0, 2: 20.0, 3: 4.0, 4: 1.0, 5: 0.0001}
    everyone = []
    for place in range(size):
        ring = place // 40 + 1 if place < 200 else None
        company = f"Example Works {place % 997}" if place % 3 else None
        everyone.append(a_person(place, ring, rates.get(ring or 0, 0.0), company))
    return people.People(
        everyone, {p.person_id: p for p in everyone}, {p.name: p for p in everyone}
    )


def test_everybody_stands_in_their_ring_and_cards_outside() -> None:
    crowd = a_crowd(2000)
    for person, (x, y) in zip(crowd.everyone, rings.spots(crowd), strict=True):
        away = ((x - rings.CENTRE) ** 2 + (y - rings.CENTRE) ** 2) ** 0.5
        if person.ring is None:
            assert rings.DUST[0][0] - 1 <= away <= rings.DUST[1][1] + 1
        else:
            near, far = rings.EDGES[person.ring]
            assert near - 1 <= away <= far + 1


def test_who_is_in_touch_more_often_stands_nearer() -> None:
    everyone = [a_person(0, 2, 50.0, None), a_person(1, 2, 13.0, None)]
    crowd = people.People(everyone, {}, {})
    (x1, y1), (x2, y2) = rings.spots(crowd)
    centre = rings.CENTRE
    assert (x1 - centre) ** 2 + (y1 - centre) ** 2 < (x2 - centre) ** 2 + (y2 - centre) ** 2


def test_a_network_without_anybody_can_be_drawn() -> None:
    nobody = people.People([], {}, {})
    assert 'class="me"' in rings.draw(nobody, rings.spots(nobody), {})


def test_everybody_is_packed_column_by_column_and_comes_back_whole() -> None:
    crowd = a_crowd(300)
    pool = Pool()
    sentences = Sentences(pool, 21_800)
    held = people.packed(crowd, pool, sentences)
    patterns, arguments = unpacking.runs(held["said"][0]), unpacking.numbers(held["said"][1])
    assert sum("never exchanged" in pattern for pattern in sentences.patterns.words) == 1
    told = unpacking.sentence(
        [patterns[0], *arguments[:1]], sentences.patterns.words, pool.words, 21_800
    )
    assert told == crowd.everyone[0].evidence
    assert held["names"][299] == "Somebody Example-Sample 299"
    assert unpacking.runs(held["kinds"])[250:] == [4] * 50
    assert unpacking.runs(held["strengths"])[1] == 100
    assert unpacking.runs(held["chances"])[199:201] == [50, 0]
    places = unpacking.numbers(held["companies"])
    assert places[0] == 0
    assert pool.words[places[1] - 1] == "Example Works 1"


def test_contact_by_month_is_a_sign_a_month_and_says_so_where_it_is_more() -> None:
    crowd = a_crowd(2)
    desk = cards.Desk(crowd, Veil(hides=False), Pool(), Sentences(Pool(), 0), 0)
    rows = [(1, 24_000, 1, 2), (1, 24_001, 5, 6), (1, 24_005, 9, 0), (1, 24_006, 0, 1)]
    assert list(cards.months(desk, rows)) == [[24_000, 9, 41, 43, 3, 42, 9, 0, 1], []]


def test_matched_words_are_fewer_on_the_cards_of_those_further_out() -> None:
    crowd = a_crowd(1100)
    desk = cards.Desk(crowd, Veil(hides=False), Pool(), Sentences(Pool(), 100), 100)
    rows = [
        {"kind": "thanks", "direction": "in", "words": f"thanks {n}", "day": 99 - n}
        for n in range(15)
    ]
    close = cards.hinted(desk, crowd.everyone[999], rows)
    far = cards.hinted(desk, crowd.everyone[1000], rows)
    assert len(close) == 3 * cards.HINTS
    assert far == close[: 3 * cards.HINTS_OF_OTHERS]
    assert close[:6] == [1, 1, 2, 1, 2, 1]


def test_namesakes_in_a_list_are_told_apart_by_their_numbers() -> None:
    first, second = a_person(0, 1, 80.0, None), replace(a_person(1, None, 0, None), name="Person A")
    crowd = people.People([first, second], {1: first, 2: second}, {"Person A": first})
    row = {"event": "x", "names": ["Person A", "Person A", "Gone"], "name_ids": [2, 1, 99]}
    answer = an_answer("card_bursts", [row | {"strongest": "Person A", "strongest_id": 2}])
    assert tables.packed(answer, crowd) == [["x", [1, 0, "Gone"], 1]]
    veil = Veil(hides=True)
    veil.learn(1, "Person A", "Person 1")
    veil.learn(2, "Person A", "Person 2")
    assert veil.row("card_bursts", row)["names"] == ["Person 2", "Person 1", HIDDEN]


def test_a_company_called_like_somebody_is_no_person() -> None:
    crowd = a_crowd(3)
    answer = an_answer("who_knows", [{"person_id": 2, "name": "x", "companies": ["Person A", "B"]}])
    assert tables.packed(answer, crowd) == [[1, "Person A, B"]]


def test_a_column_of_which_nothing_is_left_is_no_column() -> None:
    rows: list[dict[str, object]] = [
        {"count": 1, "skills": [HIDDEN, HIDDEN], "place": HIDDEN, "kind": "new", "was": None},
        {"count": 2, "skills": [], "place": None, "kind": HIDDEN, "was": None},
    ]
    assert tables.columns(an_answer("any", rows)) == ["count", "kind", "was"]


def test_texts_that_repeat_are_kept_once() -> None:
    rows: dict[str, list[list[tables.Packed]]] = {
        "a": [["Example Works", 3, ["Example Works", 4]], ["no", 5, "once only"]],
        "b": [["no", "Example Works", ""]],
        "c": [],
    }
    pool = Pool()
    assert tables.pooled(rows, pool) == {
        "a": [[-1, 3, [-1, 4]], ["no", 5, "once only"]],
        "b": [["no", -1, ""]],
    }
    assert pool.words == ["Example Works"]


def test_no_answer_holds_more_rows_than_it_should_and_all_are_counted(example: Path) -> None:
    with ask.opened(example) as con:
        found = {one.name: one for one in answers.read(con, 1, Veil(hides=False).row)}
    for name, answer in found.items():
        most = answers.SEARCHED.get(name, answers.ROW_LIMIT)
        assert len(answer.rows) == min(answer.total, most), name
    counted = told_by(example, "select count(*) from who_could_help where owner_id = 1")
    assert {str(found["who_could_help"].total)} == counted


def test_the_words_of_the_user_are_left_out_of_a_redacted_page(
    noted: Path, make_page: Callable[..., Path]
) -> None:
    open_page = make_page(noted).read_text(encoding="utf-8")
    assert "knows:falconry" in open_page
    assert "the ferry" in open_page
    redacted = make_page(noted, redact=True).read_text(encoding="utf-8")
    assert {word for word in ("falconry", "choir", "ferry") if word in redacted} == set()


def test_thirty_thousand_people_with_rich_ties_stay_below_four_megabytes() -> None:
    crowd = a_crowd(30_000)
    desk = cards.Desk(crowd, Veil(hides=False), Pool(), Sentences(Pool(), 21_800), 21_800)
    rows = [
        {"person_id": p.person_id, "source": "linkedin", "relation": "connection"}
        | {"full_name": p.name, "company": p.company, "since": 18_000 + p.place % 3000}
        for p in crowd.everyone
    ]
    talk = [
        (person_id, 24_000 + 2 * month, person_id % 9, month % 8)
        for person_id in range(1, 2701)
        for month in range(60)
    ]
    held = people.packed(crowd, desk.pool, desk.sentences) | {
        "contacts": grouped(cards.each(desk, rows, cards.contacts)),
        "months": grouped(cards.months(desk, talk)),
        "words": desk.pool.words,
    }
    drawn = rings.draw(crowd, rings.spots(crowd), {None: 29_800})
    # Pictures, tables and scripts of the example add less than a megabyte to this.
    assert 1_500_000 < len(script_data(held).encode("utf-8")) + len(drawn) < 3_000_000


def test_the_command_writes_where_it_is_told(
    hostile: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    make_page: Callable[..., Path],
) -> None:
    from notworking.cli import main

    target = tmp_path / "own.html"
    assert main(["--db", str(hostile), "report", "-o", str(target)]) == 0
    assert target.read_text(encoding="utf-8") == make_page(hostile).read_text(encoding="utf-8")
    said = capsys.readouterr()
    assert said.out == ""
    assert f"Wrote {target}" in said.err


def test_opening_hands_the_browser_the_file_or_says_what_to_do(
    hostile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from notworking.cli import main

    asked: list[str] = []

    def refuse(address: str) -> bool:
        asked.append(address)
        return False

    monkeypatch.setattr("webbrowser.open", refuse)
    target = tmp_path / "own.html"
    assert main(["--db", str(hostile), "report", "--open", "-o", str(target)]) == 2
    assert asked == [target.as_uri()]
