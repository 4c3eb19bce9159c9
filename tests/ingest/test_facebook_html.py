"""HTML exports of every generation: dates of many languages, rows of unknown classes, damage."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notworking.ingest.facebook import htm_messages, html_friends, html_messages
from notworking.ingest.facebook._html_dates import languages, looks_like_date, parse
from notworking.ingest.facebook._html_page import read_page
from notworking.ingest.importer import Content
from notworking.records import Contact, Events, Record, Reject, Thread

MakeContent = Callable[[bytes], Content]
FRIENDS = html_friends.IMPORTERS[0]
PATH = "messages/inbox/bosample_1000000000000001/message_1.html"
TWO = datetime(2016, 12, 4, 13, 54, tzinfo=UTC)


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc, arg-type]


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Mar 1, 2019 2:05pm", at(2019, 3, 1, 14, 5)),
        ("Oct 19, 2019, 2:37 PM", at(2019, 10, 19, 14, 37)),
        ("Oct 19, 2019 at 2:37 PM", at(2019, 10, 19, 14, 37)),
        ("Jun 04, 2025 6:46:10 pm", at(2025, 6, 4, 18, 46, 10)),
        ("Nov 1, 2023 12:00:00 am", at(2023, 11, 1)),
        ("Nov 1, 2023 12:30:00 pm", at(2023, 11, 1, 12, 30)),
        ("19 Oct 2019, 14:37", at(2019, 10, 19, 14, 37)),
        ("14. Nov. 2023, 22:13", at(2023, 11, 14, 22, 13)),
        ("3. März 2021, 08:05", at(2021, 3, 3, 8, 5)),
        ("jun. 07, 2024 5:44 am", at(2024, 6, 7, 5, 44)),
        ("dub 10, 2014 9:02:15 odpol.", at(2014, 4, 10, 21, 2, 15)),
        ("lis 14, 2023 10:13:20 po południu", at(2023, 11, 14, 22, 13, 20)),
        ("lis 14, 2023 10:13:20 rano", at(2023, 11, 14, 10, 13, 20)),
        ("Friday, October 4, 2013 at 10:05pm PDT", at(2013, 10, 5, 5, 5)),
        ("Friday, October 4, 2013 at 22:05 UTC-07", at(2013, 10, 5, 5, 5)),
        ("Sonntag, 4. Dezember 2016 um 13:54", TWO),
        ("dimanche 4 décembre 2016 à 13:54", TWO),
        ("domingo, 4 de diciembre de 2016 a las 13:54", TWO),
        ("domenica 4 dicembre 2016 alle ore 13:54", TWO),
        ("domingo, 4 de dezembro de 2016 às 13:54", TWO),
        ("zondag 4 december 2016 om 13:54", TWO),
        ("den 4 december 2016 kl. 13:54", TWO),
        ("4. desember 2016 kl. 13:54", TWO),
        ("4. joulukuuta 2016 kello 13:54", TWO),
        ("4 grudzień 2016 o 13:54", TWO),
        ("4. prosinec 2016 v 13:54", TWO),
        ("4. prosinac 2016. u 13:54", TWO),
        ("4. децембар 2016. у 13:54", TWO),
        ("4 decembrie 2016 la 13:54", TWO),
        ("4 декабря 2016 г. в 13:54", TWO),
        ("2016. december 4., 13:54", TWO),
        ("2016 m. gruodžio 4 d., 13:54", TWO),
        ("Nov 5, 2017", at(2017, 11, 5)),
    ],
)
def test_dates_of_many_languages(text: str, moment: datetime) -> None:
    assert looks_like_date(text)
    assert parse(text, languages([text])) == moment


def test_months_in_doubt_are_decided_by_the_other_dates() -> None:
    assert parse("5. lis 2020", languages(["5. lis 2020"])) is None
    assert parse("5. lis 2020", languages(["5. lis 2020", "6. ruj 2020"])) == at(2020, 10, 5)
    assert parse("5. lis 2020", languages(["5. lis 2020", "6. kvě 2020"])) == at(2020, 11, 5)


@pytest.mark.parametrize(
    "text", ["", "hello", "Feb 30, 2019", "May you live 5 years", "Feb 5", "5/6/2019", "x" * 99]
)
def test_other_texts_are_no_dates(text: str) -> None:
    assert not looks_like_date(text) or parse(text, languages([text])) is None


@given(st.text(max_size=80))
def test_any_text_may_be_asked_for_a_date(text: str) -> None:
    looks_like_date(text)
    parse(text, languages([text]), 2018)


def page(*rows: str, tag: str = "section", css: str = "_a6-g") -> bytes:
    inner = "".join(f'<{tag} class="pam {css} x">{row}</{tag}>' for row in rows)
    nav = '<div class="nav"><ul><li>Home</li></ul></div>'
    return f"<html><body>{nav}<h1>Title</h1><main>{inner}</main></body></html>".encode()


def row(name: str, body: str, date: str) -> str:
    return f"<h2>{name}</h2><div><div></div><div>{body}</div></div><footer>{date}</footer>"


def rows_of(records: list[Record]) -> list[dict[str, Any]]:
    return [r for e in records if isinstance(e, Events) for r in e.frame.iter_rows(named=True)]


@pytest.mark.parametrize(("tag", "css"), [("section", "_a6-g"), ("div", "uiBoxWhite")])
def test_a_friend_is_name_and_date_whatever_the_markup(
    tag: str, css: str, content: MakeContent
) -> None:
    data = page(row("Zoë O&#039;Sample", "", "Mar 1, 2019 2:05pm"), tag=tag, css=css)
    friend = next(FRIENDS.extract(content(data), "friends/friends.html"))
    assert isinstance(friend, Contact)
    assert (friend.full_name, friend.key) == ("Zoë O'Sample", "Zoë O'Sample|1551449100")
    assert friend.connected_at == at(2019, 3, 1, 14, 5)


def test_a_friend_without_a_date_takes_no_date_of_the_next(content: MakeContent) -> None:
    data = page(row("Bo Sample", "", ""), row("Cy Sample", "", "Mar 1, 2019 2:05pm"))
    first, second, _ = FRIENDS.extract(content(data), "friends/friends.html")
    assert (first.key, second.key) == ("Bo Sample|0", "Cy Sample|1551449100")  # type: ignore[union-attr]


def test_only_the_innermost_of_nested_rows_is_an_entry() -> None:
    nested = f'<section class="_a6-g">{row("Bo", "", "Mar 1, 2019")}</section>' * 2
    assert [r.blocks for r in read_page(page(nested).decode()).rows] == [["Bo", "Mar 1, 2019"]] * 2


def test_a_page_of_unknown_markup_is_a_reject_and_no_empty_list(content: MakeContent) -> None:
    data = b"<html><body>" + b"<p>Bo Sample</p>" * 300 + b"</body></html>"
    (reject,) = FRIENDS.extract(content(data), "friends/friends.html")
    assert isinstance(reject, Reject)
    assert "unknown markup" in reject.reason


def test_a_page_that_is_cut_off_says_so(content: MakeContent) -> None:
    data = page(row("Bo Sample", "", "Mar 1, 2019"), row("Cy Sample", "", "Mar 2, 2019"))[:-60]
    records = list(FRIENDS.extract(content(data), "friends/friends.html"))
    assert isinstance(records[0], Contact)
    assert isinstance(records[-1], Reject)
    assert "cut off" in records[-1].reason


def test_a_message_is_told_from_its_reaction_and_its_neighbours(content: MakeContent) -> None:
    item = "<span>😂Ada Example<span> (Dec 28, 2020 6:56 am)</span></span>"
    click = f"<ul class='_a6-q'><li>{item}</li></ul>"
    data = page(
        "<div>Participants: Bo Sample and Ada Example</div>",
        row("Bo Sample", f"one &lt;b&gt;<br>two{click}", "Dec 28, 2020 7:20 am"),
        row("Ada Example", "She called you", "Dec 27, 2020 7:20 am"),
        row("Bo Sample", "Bo called you", "Dec 26, 2020 7:20 am"),
        row("Bo Sample", "no date at all", ""),
    )
    records = list(html_messages.IMPORTER.extract(content(data), PATH))
    thread = records[0]
    assert isinstance(thread, Thread)
    assert thread.key == "1000000000000001"
    assert [member.name for member in thread.members] == ["Ada Example", "Bo Sample"]
    first, second, third, click_row = rows_of(records)
    assert (first["text"], first["at"]) == ("one <b>\ntwo", at(2020, 12, 28, 7, 20))
    assert (second["kind"], second["text"]) == ("message", "She called you")
    assert third["kind"] == "call"
    assert (click_row["text"], click_row["party"]["name"]) == ("😂", "Ada Example")
    assert [r.place for r in records if isinstance(r, Reject)] == ["entry 5"]


def test_deleted_accounts_of_old_pages_stay_apart(content: MakeContent) -> None:
    def block(text: str, date: str) -> str:
        return (
            '<div class="thread">Facebook User, Ada Example<div class="message">'
            f'<span class="user">Facebook User</span><span class="meta">{date}</span></div>'
            f"<p>{text}</p></div>"
        )

    data = (
        "<html><body>"
        + block("one", "Friday, October 4, 2013 at 8:05pm PDT")
        + block("two", "Friday, October 4, 2013 at 7:05pm PDT")
        + "</body></html>"
    )
    records = list(htm_messages.IMPORTER.extract(content(data.encode()), "html/messages.htm"))
    keys = {r["party"]["key"] for r in rows_of(records)}
    assert len(keys) == 2
    assert all(key.startswith("thread:participants:") for key in keys)
    assert [r["text"] for r in rows_of(records)] == ["one", "two"]


@pytest.mark.parametrize(
    "piece",
    [
        "<!--",
        "<![CDATA[",
        "<?x",
        "<a b",
        '<a b="c',
        "</a ",
        "<",
        "<div class='uiBoxWhite'>",
        "<div>",
        "<li>(",
        "<script>",
    ],
)
def test_hostile_markup_is_read_in_linear_time(piece: str, content: MakeContent) -> None:
    data = (piece * 20_000).encode()
    started = time.process_time()
    for importer in (
        FRIENDS,
        html_friends.IMPORTERS[-1],
        html_messages.IMPORTER,
        htm_messages.IMPORTER,
    ):
        list(importer.extract(content(data), PATH))
    assert time.process_time() - started < 10
