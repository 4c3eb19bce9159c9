"""LinkedIn's lists in every layout and dialect: what was written is what is read."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Literal
from urllib.parse import quote
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notworking.records import Contact, Event, Record

ReadBack = Callable[[bytes, str, str], list[Record]]
PACIFIC = ZoneInfo("America/Los_Angeles")
EXAMPLES = settings(max_examples=40, deadline=None)
#: What Windows' code page can write, and what only Unicode can.
WINDOWS = "abkzABKZäöüßéñø"
ANYTHING = WINDOWS + "łšČЖдёαβΩ名字李あ아ש한🌱𝓐"
PREAMBLE = (
    'Notes:\n"When exporting your connection data, you may notice that some values, such as'
    ' e-mail, are missing: https://www.linkedin.com/psettings/privacy/email."\n\n'
)


@dataclass(frozen=True)
class Dialect:
    """How a table is written: by LinkedIn, or by what it was saved with again."""

    encoding: str
    delimiter: str
    line_end: str
    quote_all: bool
    final_newline: bool
    index_column: bool

    def write(self, header: list[str], rows: list[list[str]], preamble: str = "") -> bytes:
        text = io.StringIO(newline="")
        quoting: Literal[0, 1] = csv.QUOTE_ALL if self.quote_all else csv.QUOTE_MINIMAL
        writer = csv.writer(
            text, delimiter=self.delimiter, lineterminator=self.line_end, quoting=quoting
        )
        for number, row in enumerate([header, *rows]):
            index = [str(number) if number else "Row"] if self.index_column else []
            writer.writerow([*index, *row])
        whole = preamble.replace("\n", self.line_end) + text.getvalue()
        return (whole if self.final_newline else whole[: -len(self.line_end)]).encode(self.encoding)


def dialects() -> st.SearchStrategy[Dialect]:
    return st.builds(
        Dialect,
        encoding=st.sampled_from(["utf-8", "utf-8", "utf-8-sig", "utf-16", "cp1252"]),
        delimiter=st.sampled_from([",", ",", ";", "\t"]),
        line_end=st.sampled_from(["\n", "\r\n"]),
        quote_all=st.booleans(),
        final_newline=st.booleans(),
        index_column=st.booleans(),
    )


@st.composite
def words(draw: st.DrawFn, letters: str, more: str = "") -> str:
    """Draw a text of at least one letter, with other signs only between letters."""
    inner = draw(st.text(letters + more, max_size=8))
    return draw(st.sampled_from(letters)) + inner + draw(st.sampled_from(letters))


@dataclass(frozen=True)
class Member:
    given: str
    family: str
    slug: str
    email: str
    company: str
    title: str
    local: datetime

    @property
    def name(self) -> str:
        return f"{self.given} {self.family}"

    @property
    def url(self) -> str:
        return f"https://www.linkedin.com/in/{self.slug}"


@st.composite
def members(draw: st.DrawFn, dialect: Dialect) -> list[Member]:
    letters = WINDOWS if dialect.encoding == "cp1252" else ANYTHING
    cell = words(letters, " ,;\"'&-")
    made = st.builds(
        Member,
        given=words(letters, " ."),
        family=words(letters, ', ."'),
        slug=words(letters.replace("ß", "").lower()),
        email=st.sampled_from(["", "x@example.com", "y.z@example.org"]),
        company=st.one_of(st.just(""), cell),
        title=st.one_of(st.just(""), cell),
        local=st.datetimes(datetime(2004, 1, 1), datetime(2026, 6, 1)).map(  # noqa: DTZ001
            lambda at: at.replace(second=0, microsecond=0, fold=0)
        ),
    )
    return draw(st.lists(made, min_size=1, max_size=5))


def us(at: datetime, pad: str = "") -> str:
    """Return a time as in ``11/5/23, 10:01 AM``."""
    hour = at.hour % 12 or 12
    return f"{at.month:{pad}}/{at.day:{pad}}/{at:%y}, {hour:{pad}}:{at:%M} {'AP'[at.hour > 11]}M"


def pacific(at: datetime) -> datetime:
    return at.replace(tzinfo=PACIFIC).astimezone(UTC)


def midnight(at: datetime) -> datetime:
    return datetime.combine(at.date(), time(), UTC)


# --- connections ---------------------------------------------------------------------------------

NAMES = ["First Name", "Last Name"]
JOB = ["Email Address", "Company", "Position", "Connected On"]
#: Header, whether notes stand above it, how a day is written, what it says.
Written = Callable[[datetime], str]
Meant = Callable[[datetime], datetime]
CONNECTIONS: dict[str, tuple[list[str], bool, Written, Meant]] = {
    "2018": (NAMES + JOB, False, us, pacific),
    "2021 with notes": (NAMES + JOB, True, lambda at: f"{at:%d %b %Y}", midnight),
    "2023 with addresses": (
        [*NAMES, "URL", *JOB], True, lambda at: f"{at:%d %b %Y}", midnight,
    ),
    "without notes": ([*NAMES, "URL", *JOB], False, lambda at: f"{at:%d %b %Y}", midnight),
    "saved by Excel": ([*NAMES, "URL", *JOB], False, lambda at: f"{at.day}-{at:%b-%y}", midnight),
    "saved in Germany": ([*NAMES, "URL", *JOB], True, lambda at: f"{at:%d.%m.%Y}", midnight),
    "glued": (
        [name.replace(" ", "") for name in [*NAMES, *JOB]], False,
        lambda at: f"{at:%d %b %Y}", midnight,
    ),
    "German names": (
        ["Vorname", "Nachname", "URL", "E-Mail-Adresse", "Unternehmen", "Position", "Verbunden am"],
        True, lambda at: f"{at:%d %b %Y}", midnight,
    ),
    "French names": (
        ["Prénom", "Nom", "URL", "Adresse e-mail", "Entreprise", "Poste", "Date de connexion"],
        True, lambda at: f"{at:%d %b %Y}", midnight,
    ),
}  # fmt: skip


@pytest.mark.parametrize("layout", CONNECTIONS)
@EXAMPLES
@given(data=st.data(), dialect=dialects(), encoded=st.booleans())
def test_connections(
    layout: str, data: st.DataObject, dialect: Dialect, encoded: bool, read_back: ReadBack
) -> None:
    header, has_notes, written, meant = CONNECTIONS[layout]
    people = data.draw(members(dialect))
    has_urls = "URL" in header
    rows = [
        [one.given, one.family]
        + [f"https://www.linkedin.com/in/{quote(one.slug) if encoded else one.slug}"] * has_urls
        + [one.email, one.company, one.title, written(one.local)]
        for one in people
    ]
    file = dialect.write(header, rows, PREAMBLE if has_notes else "")
    found = read_back(file, "Connections.csv", "linkedin.connections")
    assert [
        (c.full_name, c.given_name, c.family_name, c.profile_url, c.company, c.title,
         c.connected_at, [p.raw for p in c.points])
        for c in found if isinstance(c, Contact)
    ] == [
        (m.name, m.given, m.family, m.url if has_urls else None, m.company or None,
         m.title or None, meant(m.local), [m.email] if m.email else [])
        for m in people
    ]  # fmt: skip


OUTLOOK = [
    "Title", "First Name", "Middle Name", "Last Name", "Suffix", "E-mail Address",
    "E-mail 2 Address", "E-mail 3 Address", "Business Street", "Company", "Department",
    "Job Title", "Mobile Phone", "Birthday", "Notes", "Web Page", "Personal Web Page",
]  # fmt: skip


@EXAMPLES
@given(data=st.data(), dialect=dialects())
def test_connections_in_the_columns_of_outlook(
    data: st.DataObject, dialect: Dialect, read_back: ReadBack
) -> None:
    people = data.draw(members(dialect))
    filled = [
        {
            "First Name": one.given,
            "Last Name": one.family,
            "E-mail Address": one.email,
            "Company": one.company,
            "Job Title": one.title,
        }
        for one in people
    ]
    file = dialect.write(OUTLOOK, [[row.get(name, "") for name in OUTLOOK] for row in filled])
    path = "linkedin_connections_export_microsoft_outlook.csv"
    found = read_back(file, path, "linkedin.connections")
    assert [
        (c.full_name, c.company, c.title, c.connected_at, [p.raw for p in c.points])
        for c in found
        if isinstance(c, Contact)
    ] == [
        (m.name, m.company or None, m.title or None, None, [m.email] if m.email else [])
        for m in people
    ]


# --- invitations ---------------------------------------------------------------------------------

INVITATION = ["From", "To", "Sent At", "Message", "Direction"]
#: The two further columns, and what stands in them for a member.
INVITATIONS: dict[
    str, tuple[list[str], Callable[[Member], str], Callable[[Member], str | None]]
] = {
    "2018": ([], lambda one: "", lambda one: None),
    "July 2023": (
        ["inviterProfileUrn", "inviteeProfileUrn"],
        lambda one: f"urn:li:member:{len(one.slug)}",
        lambda one: f"urn:li:member:{len(one.slug)}",
    ),
    "December 2023": (
        ["inviterProfileUrl", "inviteeProfileUrl"],
        lambda one: "https://www.linkedin.com/in",
        lambda one: None,
    ),
    "2024": (["inviterProfileUrl", "inviteeProfileUrl"], lambda one: one.url, lambda one: one.url),
}


@pytest.mark.parametrize("layout", INVITATIONS)
@EXAMPLES
@given(data=st.data(), dialect=dialects())
def test_invitations(
    layout: str, data: st.DataObject, dialect: Dialect, read_back: ReadBack
) -> None:
    more, written, meant = INVITATIONS[layout]
    people = data.draw(members(dialect))
    sent = data.draw(st.lists(st.booleans(), min_size=len(people), max_size=len(people)))
    rows = []
    for one, out in zip(people, sent, strict=True):
        pair, urls = ["Olive Owner", one.name], ["https://www.linkedin.com/in/olive", written(one)]
        told = [us(one.local), one.company, "OUTGOING" if out else "INCOMING"]
        turn = 1 if out else -1
        rows.append([*pair[::turn], *told, *(urls[::turn] if more else [])])
    file = dialect.write(INVITATION + more, rows)
    found = read_back(file, "Invitations.csv", "linkedin.invitations")
    assert [
        (e.party.name, e.party.key, e.direction, e.at, e.text, e.kind)
        for e in found
        if isinstance(e, Event)
    ] == [
        (
            m.name,
            meant(m),
            "out" if out else "in",
            pacific(m.local),
            m.company or None,
            "invitation",
        )
        for m, out in zip(people, sent, strict=True)
    ]


# --- uploaded address books ----------------------------------------------------------------------

#: Path, header, and where a field stands in it.
ADDRESS_BOOKS = {
    "2018": (
        "Imported Contacts.csv",
        "First Name,Last Name,Companies,Title,Email Address,Phone Numbers,Created At,"
        "Instant Message Handles,Addresses,Sites,Full Name,Birthday,Location,Bookmarked At,"
        "Profiles",
        ("First Name", "Last Name", "Companies", "Email Address", "Phone Numbers", "Created At"),
    ),
    "2020": (
        "Contacts.csv",
        "Source,FirstName,LastName,Companies,Title,Emails,PhoneNumbers,CreatedAt,Addresses,Sites,"
        "InstantMessageHandles,FullName,Birthday,Location,BookmarkedAt,Profiles",
        ("FirstName", "LastName", "Companies", "Emails", "PhoneNumbers", "CreatedAt"),
    ),
    "2025": (
        "ImportedContacts.csv",
        "FirstName,MiddleName,LastName,MaidenName,NickName,NamePrefix,NameSuffix,Title,Emails,"
        "PhoneNumbers,CreatedAt,UpdatedAt,CountryCode,RegionCode,ThirdPartyVerified,Location",
        ("FirstName", "LastName", None, "Emails", "PhoneNumbers", "CreatedAt"),
    ),
}


@pytest.mark.parametrize("layout", ADDRESS_BOOKS)
@EXAMPLES
@given(data=st.data(), dialect=dialects(), twice=st.booleans())
def test_address_books(
    layout: str, data: st.DataObject, dialect: Dialect, twice: bool, read_back: ReadBack
) -> None:
    path, names, (given_, family, company, emails, phones, created) = ADDRESS_BOOKS[layout]
    header = names.split(",")
    people = data.draw(members(dialect))
    number = " +49 151 5550101" + (", +491515550101" if twice else "")
    rows = []
    for one in people:
        mails = f"{one.email}, b@example.org" if one.email else ""
        cells = {
            given_: one.given, family: one.family, company: one.company, emails: mails,
            phones: number, created: us(one.local),
        }  # fmt: skip
        rows.append([cells.get(name, "") for name in header])
    found = read_back(dialect.write(header, rows), path, "linkedin.imported_contacts")
    assert [
        (c.full_name, c.company, c.as_of, [p.raw for p in c.points])
        for c in found
        if isinstance(c, Contact)
    ] == [
        (
            m.name,
            (m.company or None) if company else None,
            pacific(m.local),
            [*([m.email, "b@example.org"] if m.email else []), "+49 151 5550101"],
        )
        for m in people
    ]
