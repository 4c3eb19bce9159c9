"""The page in a real browser: silent on the network, usable by keyboard, not to be broken."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

AXE = Path(__file__).with_name("vendor") / "axe.min.js"
Browse = Callable[..., Any]
#: What can be reached with Tab: visible, and not taken out of the order on purpose.
REACHABLE = """
[...document.querySelectorAll('a[href],button,input,summary,[tabindex]')].filter((one) =>
  one.checkVisibility({visibilityProperty: true}) && one.tabIndex >= 0)
"""


def asked(database: Path, query: str) -> list[tuple[Any, ...]]:
    con = duckdb.connect(str(database), read_only=True)
    con.execute("set TimeZone = 'UTC'")
    found = con.execute(query).fetchall()
    con.close()
    return found


def open_card(tab: Any, place: int) -> None:
    tab.run(f"document.querySelector('.skip').dataset.p = {place}")
    tab.run("document.querySelector('.skip').click()")


def search(tab: Any, words: str) -> list[str]:
    tab.run("document.getElementById('find').focus(); document.getElementById('find').value = ''")
    tab.type(words)
    return list(tab.run("[...document.querySelectorAll('#hits li bdi')].map((e) => e.textContent)"))


def test_the_page_asks_for_nothing_and_complains_about_nothing(
    browse: Browse, example_page: Path
) -> None:
    tab = browse(example_page)
    search(tab, "varga")
    tab.key("Enter")
    tab.run("document.querySelectorAll('details').forEach((one) => { one.open = true })")
    assert tab.console == []
    assert tab.requests == [example_page.as_uri()]


def test_the_policy_of_the_page_stops_a_request(browse: Browse, example_page: Path) -> None:
    tab = browse(example_page)
    refused = tab.run("fetch('https://example.com/').then(() => 'went out', (e) => e.message)")
    assert refused == "Failed to fetch"
    tab.run("new Image().src = 'https://example.com/x.png'; document.body.append('')")
    policy = "Content Security Policy"
    assert any(policy in line for line in tab.console)
    tab.console.clear()


def test_the_first_screen_has_the_verdict_the_rings_and_the_search(
    browse: Browse, example_page: Path
) -> None:
    tab = browse(example_page)
    heading = tab.run("document.querySelector('h1').textContent")
    assert re.fullmatch(
        r"3,268 contacts are 2,\d{3} people: \d+ living ties, \d+ dormant, and 2,\d{3} cards "
        r"\(\d\d%\) with whom nothing ever went both ways\.",
        heading,
    )
    bottoms = tab.run(
        "['verdict', 'rings', 'find'].map((id) => "
        "document.getElementById(id).getBoundingClientRect().bottom)"
    )
    assert all(0 < bottom <= 800 for bottom in bottoms)


def test_search_finds_people_without_their_accents_and_opens_their_card(
    browse: Browse, example_page: Path
) -> None:
    tab = browse(example_page)
    assert search(tab, "reinhold rohrb") == ["Reinhold Röhrbacher"]
    assert tab.run("document.getElementById('count').textContent") == "1 found"
    tab.key("Enter")
    card = tab.run("document.getElementById('card').innerText")
    assert "Reinhold Röhrbacher" in card
    assert "strong, ring 2" in card
    assert re.search(r"Contact by month\s+From 20\d\d-\d\d to 2026-10: \d+ from them", card)
    assert "Facebook, friend: Reinhold Röhrbacher, since 20" in card
    tab.key("Escape")
    assert tab.run("document.getElementById('card').open") is False


def test_search_finds_cards_by_their_company(browse: Browse, example_page: Path) -> None:
    tab = browse(example_page)
    found = search(tab, "moor street clinic")
    assert "Ondřej Radník" in found
    tab.key("ArrowDown")
    assert tab.run("document.getElementById('found').getAttribute('r')") == "18"
    assert search(tab, "nobody at all is called this") == []


def test_a_merged_person_shows_why_it_is_one(
    browse: Browse, example_page: Path, example: Path
) -> None:
    tab = browse(example_page)
    found = asked(
        example,
        "select any_value(people.name), count(*) from matches"
        " join contacts on contact_id = contact_a join people using (person_id)"
        " where verdict = 'same' and decided_by <> 'user' group by person_id"
        " having count(*) = 1 and any_value(people.name) like '% %' order by 1",
    )
    search(tab, found[0][0])
    tab.key("Enter")
    card = tab.run("document.getElementById('card').innerText")
    assert re.search(r"Why this is one person\s+[\w ]+ and [\w ]+: (over )?\d+\.\d%\. .*same", card)


def test_cards_tell_everybody_what_the_database_tells(
    browse: Browse, example_page: Path, example: Path
) -> None:
    tab = browse(example_page)
    people = asked(
        example,
        "select coalesce(nullif(people.name, ''), '(no name)'), ties.class, ties.evidence,"
        " people.title, people.company from ties join people using (person_id)"
        " where ties.owner_id = 1 order by ties.class = 'card', strength desc, person_id",
    )
    for place in [*range(0, 130, 7), *range(130, len(people), 211), len(people) - 1]:
        open_card(tab, place)
        name, tie_class, evidence, title, company = people[place]
        card = tab.run("[...card.children].slice(1, 5).map((one) => one.textContent)")
        assert card[0] == " ".join(name.split()) or card[0] == name
        assert card[1] == ", ".join(filter(None, (title, company)))
        assert card[2].startswith(tie_class)
        assert card[3] == (evidence or "")


def test_a_card_tells_every_month_and_where_the_contact_comes_from(
    browse: Browse, example_page: Path, example: Path
) -> None:
    tab = browse(example_page)
    ((them, you, first, last),) = asked(
        example,
        "with best as (select person_id from ties where owner_id = 1 and class <> 'card'"
        " order by strength desc, person_id limit 1)"
        " select count(*) filter (direction in ('in', 'mutual')),"
        " count(*) filter (direction in ('out', 'mutual')),"
        """ strftime(min("at"), '%Y-%m'), strftime(max("at"), '%Y-%m')"""
        " from interactions join best using (person_id) where not one_click",
    )
    open_card(tab, 0)
    label = tab.run("document.querySelector('#card .months').getAttribute('aria-label')")
    assert label == (
        f"From {first} to {last}: {them} from them (upwards), {you} from you (downwards)."
    )
    assert re.search(
        r"Favours of the last year: \d+ from you, \d+ from them\.",
        tab.run("document.querySelector('#card .seesaw').getAttribute('aria-label')"),
    )


def test_tags_and_notes_of_the_user_are_on_the_card_as_text(
    browse: Browse, noted: Path, make_page: Callable[..., Path]
) -> None:
    tab = browse(make_page(noted))
    search(tab, "alert(1)")
    tab.key("Enter")
    assert tab.run("[...document.querySelectorAll('#card .tag')].map((e) => e.textContent)") == [
        *("<b>choir</b>", "knows:falconry")
    ]
    notes = tab.run("[...document.querySelectorAll('#card li bdi')].map((e) => e.textContent)")
    assert any(re.fullmatch(r"\d{4}-\d\d-\d\d: Met on <i>the ferry</i>\.", one) for one in notes)
    assert tab.run("document.querySelectorAll('#card b, #card i').length") == 0


def test_names_in_lists_open_the_card_of_that_very_person(
    browse: Browse, example_page: Path, example: Path
) -> None:
    tab = browse(example_page)
    ((strongest, circle),) = asked(
        example,
        "select strongest, strongest_id from circles where owner_id = 1 order by people desc"
        " limit 1",
    )
    assert circle is not None
    tab.run("document.querySelector('#view-circles .people-list .who').focus()")
    tab.key("Enter")
    assert tab.run("document.querySelector('#card h2').textContent") == strongest
    tab.key("Escape")
    for view in ("card_bursts", "event_follow_up", "door_openers", "reliance", "circles"):
        assert tab.run(f"document.querySelectorAll('#view-{view} figure .who').length") > 1, view


def test_what_people_know_is_found_by_any_of_its_words(
    browse: Browse, example_page: Path, example: Path
) -> None:
    tab = browse(example_page)
    expected = asked(
        example,
        "select name from who_knows where owner_id = 1"
        " and list_contains(list_concat(skills, topics), 'kubernetes')",
    )
    tab.run("document.querySelector('#view-who_knows .filter').focus()")
    tab.type("kubernetes")
    shown = tab.run(
        "[...document.querySelectorAll('#view-who_knows tbody tr')].map((row) => row.innerText)"
    )
    assert len(shown) == len(expected) > 3
    assert all("kubernetes" in row for row in shown)


def test_a_company_is_found_with_the_way_in(browse: Browse, example_page: Path) -> None:
    tab = browse(example_page)
    tab.run("document.querySelector('#view-warm_paths .filter').focus()")
    tab.type("contoso ltd")
    row = tab.run("document.querySelector('#view-warm_paths tbody tr').innerText")
    assert re.search(r"Contoso Ltd\s+32\s+30\s+Josefine Eichstädt", row)
    assert "Josefine Eichstädt introduced you to Minggang Zhou, who is there." in row


def test_a_dot_says_who_and_why_when_pointed_at_and_opens_when_tapped(
    browse: Browse, example_page: Path
) -> None:
    tab = browse(example_page)
    x, y = tab.run(
        "(() => { const b = document.querySelector('.hit[data-p=\"0\"] .dot')"
        ".getBoundingClientRect(); return [b.x + b.width / 2, b.y + b.height / 2] })()"
    )
    tab.mouse("mouseMoved", x, y)
    said = tab.run("why.textContent")
    assert said.startswith("Dhruv Lakshmanathaninner. Reached out on 356 days")
    tab.mouse("click", x, y)
    assert tab.run("document.querySelector('#card h2').textContent") == "Dhruv Lakshmanathan"


def test_a_grain_of_dust_says_who_it_is(browse: Browse, example_page: Path) -> None:
    tab = browse(example_page)
    name, x, y = tab.run(
        "(() => { const name = JSON.parse(data.textContent).names.at(-1);"
        "const [, x, y] = document.querySelector('.dust.card').getAttribute('d')"
        ".match(/M(\\d+) (\\d+)h0$/).map(Number);"
        "const s = new DOMPoint(x, y).matrixTransform(rings.getScreenCTM());"
        "return [name, s.x, s.y] })()"
    )
    tab.mouse("mouseMoved", x, y)
    assert tab.run("why.querySelector('b').textContent") == name
    tab.mouse("click", x, y)
    assert tab.run("document.querySelector('#card h2').textContent") == name


def test_the_keyboard_reaches_every_interactive_part(browse: Browse, example_page: Path) -> None:
    tab = browse(example_page)
    count = tab.run(f"(window.wanted = new Set({REACHABLE})).size")
    tab.run(
        "window.seen = new Set(); document.addEventListener('focusin', (e) => seen.add(e.target))"
    )
    tab.key("Tab", times=count + 2)
    missed = tab.run("[...wanted].filter((one) => !seen.has(one)).map((one) => one.outerHTML)")
    assert count > 100
    assert missed == []


def test_arrow_keys_walk_the_rings_and_enter_opens_a_card(
    browse: Browse, example_page: Path
) -> None:
    tab = browse(example_page)
    dots = tab.run("document.querySelectorAll('.hit').length")
    tab.run("document.querySelector('.hit[tabindex=\"0\"]').focus()")
    tab.key("ArrowRight")
    assert tab.run("document.activeElement.dataset.p") == "1"
    tab.key("End")
    assert tab.run("document.activeElement.dataset.p") == str(dots - 1)
    assert tab.run("why.hidden") is False
    tab.key("Enter")
    assert tab.run("document.getElementById('card').open") is True
    tab.key("Escape")
    assert tab.run("document.activeElement.dataset.p") == str(dots - 1)


def test_what_has_the_focus_is_seen(browse: Browse, example_page: Path) -> None:
    tab = browse(example_page)
    for selector in (".who", "summary", "a.fig", "#find"):
        tab.key("Tab")
        tab.run(f"document.querySelector('{selector}').focus()")
        outline = tab.run("getComputedStyle(document.activeElement).outlineWidth")
        assert outline == "3px", selector


def test_a_figure_leads_to_its_query(browse: Browse, example_page: Path) -> None:
    tab = browse(example_page)
    tab.run("document.querySelector('#view-the_dozen a.fig').click()")
    tab.run("new Promise((done) => setTimeout(done, 50))")
    assert tab.run("document.getElementById('sql-the_dozen').open") is True
    shown = tab.run("document.querySelector('#sql-the_dozen code').textContent")
    assert shown == "select * from the_dozen where owner_id = 1;"


def test_every_query_of_the_page_runs_in_plain_duckdb(
    browse: Browse, example_page: Path, example: Path
) -> None:
    tab = browse(example_page)
    queries = tab.run("[...document.querySelectorAll('.sql code')].map((e) => e.textContent)")
    con = duckdb.connect(str(example), read_only=True)
    assert len(queries) > 30
    for query in queries:
        con.execute(query).fetchmany(1)
    con.close()


def test_a_long_table_is_filtered_and_grows(browse: Browse, example_page: Path) -> None:
    tab = browse(example_page)
    rows = "document.querySelectorAll('#view-who_could_help tbody tr').length"
    assert tab.run(rows) == 12
    tab.run("document.querySelector('#view-who_could_help .more').click()")
    assert tab.run(rows) == 112
    tab.run("document.querySelector('#view-who_could_help .filter').focus()")
    tab.type("moor street")
    text = tab.run("document.querySelector('#view-who_could_help tbody').innerText")
    assert "moor street clinic" in text
    assert "wide harbour" not in text


def test_a_name_that_is_a_script_is_shown_as_a_name(browse: Browse, hostile_page: Path) -> None:
    tab = browse(hostile_page)
    tab.run("window.alert = () => { window.ran = true }")
    for name in ("<script>alert(1)</script>", "Zoe </title><img src=x onerror=alert(2)>"):
        assert search(tab, name[:12]) == [name]
        tab.key("Enter")
        assert tab.run("document.querySelector('#card h2').textContent") == name
        tab.key("Escape")
    assert tab.run("document.scripts.length") == 2
    assert tab.run("document.images.length") == 0
    assert tab.run("window.ran") is None
    assert tab.console == []


def test_an_empty_answer_says_what_to_import(browse: Browse, hostile_page: Path) -> None:
    tab = browse(hostile_page)
    assert "Import" in tab.run("document.querySelector('#view-the_dozen .empty').textContent")
    assert tab.run("document.querySelectorAll('article:not(:has(.empty, table))').length") == 0


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_nothing_sticks_out_at_the_side(browse: Browse, example_page: Path, width: int) -> None:
    tab = browse(example_page, width=width)
    assert tab.run("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("state", ["at first", "everything open", "a card"])
def test_no_serious_fault_of_accessibility(
    browse: Browse, example_page: Path, theme: str, state: str
) -> None:
    tab = browse(example_page, theme=theme)
    if state == "everything open":
        tab.run("document.querySelectorAll('details').forEach((one) => { one.open = true })")
    if state == "a card":
        tab.run("document.querySelector('#view-the_dozen .who').click()")
    tab.run(AXE.read_text(encoding="utf-8"))
    found = json.loads(
        tab.run(
            "axe.run({resultTypes: ['violations']}).then((r) => JSON.stringify(r.violations.map("
            "(v) => [v.id, v.impact, v.nodes.length, v.nodes[0].html.slice(0, 200),"
            " v.nodes[0].failureSummary])))"
        )
    )
    assert [one for one in found if one[1] in ("serious", "critical")] == []


def test_print_leaves_out_what_paper_cannot_do(browse: Browse, example_page: Path) -> None:
    tab = browse(example_page)
    assert tab.pdf().startswith(b"%PDF")
    tab.call("Emulation.setEmulatedMedia", media="print")
    shown = tab.run(
        "['.search', '.contents', '.sql'].map((s) => document.querySelector(s).checkVisibility())"
    )
    tab.call("Emulation.setEmulatedMedia", media="")
    assert shown == [False, False, False]


def test_nothing_is_wider_than_the_paper(browse: Browse, example_page: Path) -> None:
    # A4 less the margins of the page, at 96 dots to the inch.
    tab = browse(example_page, width=690)
    tab.call("Emulation.setEmulatedMedia", media="print")
    wide = tab.run(
        "[...document.querySelectorAll('table, svg, ol, ul')].filter((one) =>"
        " one.checkVisibility() && one.id !== 'rings' && one.getBoundingClientRect().right > 690)"
        ".map((one) => one.outerHTML.slice(0, 120))"
    )
    folded = tab.run("document.querySelector('#view-favours').checkVisibility()")
    tab.call("Emulation.setEmulatedMedia", media="")
    assert wide == []
    assert folded is False
