"""Pages of Meta's exports in every generation and language of dates: what was written is read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from html import escape
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notworking.records import Contact, Event, Events, Record, Thread

ReadBack = Callable[[bytes, str, str], list[Record]]
EXAMPLES = settings(max_examples=25, deadline=None)
LETTERS = "abkzABZäöüßéñłšČЖяαβ名字李あ아ש🌱"
OWNER = "Ada Example"
WORDS = st.text(LETTERS + "&<>\"'", max_size=8).map(lambda inner: f"Zz{inner}z")
NAMES = st.tuples(WORDS, WORDS).map(" ".join)
#: Lines of words with one blank between them: browsers know no others.
TEXTS = st.lists(st.lists(WORDS, min_size=1, max_size=3).map(" ".join), min_size=1, max_size=2).map(
    "\n".join
)
TIMES = st.datetimes(datetime(2008, 1, 1), datetime(2026, 1, 1)).map(  # noqa: DTZ001
    lambda at: at.replace(microsecond=0, tzinfo=UTC)
)


def months(names: str) -> Callable[[datetime], str]:
    return lambda at: names.split()[at.month - 1]


ENGLISH = months("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec")
GERMAN = months("Jan. Feb. März Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez.")
SPANISH = months("ene. feb. mar. abr. may. jun. jul. ago. sep. oct. nov. dic.")
CZECH = months("led úno bře dub kvě čvn čvc srp zář říj lis pro")
POLISH = months("sty lut mar kwi maj cze lip sie wrz paź lis gru")


def clock(at: datetime, before: str = "am", after: str = "pm", *, exact: bool = False) -> str:
    shown = f"{at.hour % 12 or 12}:{at:%M:%S}" if exact else f"{at.hour % 12 or 12}:{at:%M}"
    return f"{shown} {after if at.hour >= 12 else before}"


#: How a time is printed, and whether with its seconds.
DATES: dict[str, tuple[Callable[[datetime], str], bool]] = {
    "English 2019": (
        lambda at: f"{ENGLISH(at)} {at.day}, {at.year} {clock(at).replace(' ', '')}",
        False,
    ),
    "English, comma": (
        lambda at: f"{ENGLISH(at)} {at.day}, {at.year}, {clock(at, 'AM', 'PM')}",
        False,
    ),
    "English, at": (
        lambda at: f"{ENGLISH(at)} {at.day}, {at.year} at {clock(at, 'AM', 'PM')}",
        False,
    ),
    "English 2025": (
        lambda at: f"{ENGLISH(at)} {at:%d}, {at.year} {clock(at, exact=True)}",
        True,
    ),
    "British": (lambda at: f"{at.day} {ENGLISH(at)} {at.year}, {at:%H:%M}", False),
    "German": (lambda at: f"{at.day}. {GERMAN(at)} {at.year}, {at:%H:%M}", False),
    "Spanish": (lambda at: f"{SPANISH(at)} {at:%d}, {at.year} {clock(at)}", False),
    "Czech": (
        lambda at: f"{CZECH(at)} {at:%d}, {at.year} {clock(at, 'dop.', 'odpol.', exact=True)}",
        True,
    ),
    "Polish": (
        lambda at: (
            f"{POLISH(at)} {at:%d}, {at.year} {clock(at, 'rano', 'po południu', exact=True)}"
        ),
        True,
    ),
}


def printed(language: str, at: datetime) -> tuple[str, datetime]:
    """Return a time as the page shows it, and the time that this says."""
    write, exact = DATES[language]
    return write(at), at if exact else at.replace(second=0)


# --- the generations -----------------------------------------------------------------------------


def row_2019(name: str, text: str, date: str) -> str:
    return (
        '<div class="pam _3-95 _2pi0 _2lej uiBoxWhite noborder">'
        f'<div class="_3-96 _2pio _2lek _2lel">{name}</div>'
        f'<div class="_3-96 _2let"><div><div></div><div>{text}</div></div></div>'
        f'<div class="_3-94 _2lem">{date}</div></div>'
    )


def row_2022(name: str, text: str, date: str) -> str:
    return (
        '<div class="pam _3-95 _2ph- _a6-g uiBoxWhite noborder">'
        f'<div class="_2ph_ _a6-h _a6-i">{name}</div>'
        f'<div class="_2ph_ _a6-p"><div><div></div><div>{text}</div><div></div></div></div>'
        f'<div class="_3-94 _a6-o">{date}</div></div>'
    )


def row_2025(name: str, text: str, date: str) -> str:
    return (
        f'<section class="_a6-g"><h2 class="_2ph_ _a6-h _a6-i">{name}</h2>'
        f'<div class="_2ph_ _a6-p"><div><div></div><div>{text}</div><div></div></div></div>'
        f'<footer class="_3-94 _a6-o"><div class="_a72d">{date}</div></footer></section>'
    )


GENERATIONS = {"2019": row_2019, "2022": row_2022, "2025": row_2025}


def page(title: str, rows: list[str]) -> bytes:
    return (
        f"<!DOCTYPE html><html><head><title>{title}</title><style>.x{{}}</style></head><body>"
        f'<div class="nav"><ul><li>Back</li></ul></div><h1>{title}</h1><main>{"".join(rows)}'
        "</main></body></html>"
    ).encode()


def shown(text: str) -> str:
    return escape(text).replace("\n", "<br/>")


PEOPLE = st.lists(st.tuples(NAMES, TIMES), min_size=1, max_size=5)
LISTS = {
    "friends/friends.html": ("html_friends", "friend"),
    "connections/friends/your_friends.html": ("html_friends", "friend"),
    "connections/friends/removed_friends.html": ("html_removed_friends", "removed"),
    "connections/friends/received_friend_requests.html": ("html_received_requests", "in"),
    "connections/friends/sent_friend_requests.html": ("html_sent_requests", "out"),
}


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("generation", GENERATIONS)
@EXAMPLES
@given(people=PEOPLE, language=st.sampled_from(sorted(DATES)))
def test_lists(
    generation: str,
    path: str,
    people: list[tuple[str, datetime]],
    language: str,
    read_back: ReadBack,
) -> None:
    importer, word = LISTS[path]
    dates = [printed(language, at) for _, at in people]
    row = GENERATIONS[generation]
    rows = [row(shown(name), "", date) for (name, _), (date, _) in zip(people, dates, strict=True)]
    found = read_back(page("Friends", rows), path, f"facebook.{importer}")
    told: list[Any] = [
        (one.full_name, one.relation, one.connected_at)
        if isinstance(one, Contact)
        else (one.party.name, one.direction, one.at)
        for one in found
        if isinstance(one, Contact | Event)
    ]
    assert told == [
        (name, word, meant) for (name, _), (_, meant) in zip(people, dates, strict=True)
    ]


SAID = st.lists(st.tuples(st.booleans(), TEXTS, TIMES), min_size=1, max_size=5)


@pytest.mark.parametrize("generation", GENERATIONS)
@settings(max_examples=60, deadline=None)
@given(other=NAMES, said=SAID, language=st.sampled_from(sorted(DATES)))
def test_conversations(
    generation: str,
    other: str,
    said: list[tuple[bool, str, datetime]],
    language: str,
    read_back: ReadBack,
) -> None:
    row = GENERATIONS[generation]
    rows, expected = [], []
    for out, text, at in said:
        date, meant = printed(language, at)
        who = OWNER if out else other
        rows.append(row(shown(who), shown(text), date))
        expected.append(("message", who, text, meant))
    path = "your_facebook_activity/messages/inbox/zz_1000000000000001/message_1.html"
    found = read_back(page(shown(other), rows), path, "facebook.html_messages")
    (thread,) = (record for record in found if isinstance(record, Thread))
    assert thread.key == "1000000000000001"
    assert [
        (one["kind"], one["party"]["name"], one["text"], one["at"])
        for record in found
        if isinstance(record, Events)
        for one in record.frame.iter_rows(named=True)
    ] == expected


USERS = st.text("abcxyz0189_.", min_size=1, max_size=12).map(lambda user: f"u{user}x")
PAGES = {
    "followers_1.html": ("followers_page", "follower"),
    "following.html": ("following_page", "following"),
    "close_friends.html": ("close_friends_page", "friend"),
}


@pytest.mark.parametrize("file", PAGES)
@EXAMPLES
@given(
    people=st.lists(st.tuples(USERS, TIMES), min_size=1, max_size=5, unique_by=lambda one: one[0]),
    new_link=st.booleans(),
)
def test_lists_of_instagram(
    file: str, people: list[tuple[str, datetime]], new_link: bool, read_back: ReadBack
) -> None:
    importer, relation = PAGES[file]
    rows = []
    for user, at in people:
        date = f"{ENGLISH(at)} {at.day}, {at.year} {clock(at)}"
        link = f"https://www.instagram.com/{'_u/' if new_link else ''}{user}"
        rows.append(
            '<div class="pam _3-95 _2ph- _a6-g uiBoxWhite noborder"><div class="_a6-p"><div><div>'
            f'<a target="_blank" href="{link}">{user}</a></div><div>{date}</div></div></div></div>'
        )
    path = f"connections/followers_and_following/{file}"
    found = read_back(page("Followers", rows), path, f"instagram.{importer}")
    assert [
        (c.profile_url, c.relation, c.connected_at and c.connected_at.date())
        for c in found
        if isinstance(c, Contact)
    ] == [(f"https://www.instagram.com/{user}", relation, at.date()) for user, at in people]
