"""vCard files: vobject as a second opinion, for every card that it can read."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import vobject
from hypothesis import given, settings
from hypothesis import strategies as st

from notworking.ingest.vcard import identify
from notworking.records import Contact, Record

Read = Callable[[str | bytes], list[Record]]
One = Callable[[str | bytes], Contact]


def raw_of(contact: Contact) -> dict[str, Any]:
    row: dict[str, Any] = json.loads(contact.raw)
    return row


_WORD = st.text(st.characters(categories=["L", "N"], max_codepoint=0x2FFF), min_size=1, max_size=12)
_LINE = st.lists(_WORD, min_size=1, max_size=3).map(" ".join)
_TEXT = st.lists(st.one_of(_LINE, st.sampled_from([",", ";", "\\"])), min_size=1, max_size=5).map(
    " ".join
)


#: What vobject cuts or drops: quoted-printable, Android's labels, unescaped commas, nested cards.
_KNOWN_WRONG = re.compile(r"QUOTED-PRINTABLE|X-CUSTOM\(|AGENT|^FN:.*[^\\],", re.MULTILINE)


def joined(part: str | list[str]) -> str:
    return part if isinstance(part, str) else " ".join(part)


@dataclass(frozen=True, slots=True)
class Person:
    full: str
    family: str
    given: str
    note: str
    mails: list[str]
    numbers: list[str]


def person() -> st.SearchStrategy[Person]:
    mails = st.from_regex(r"[a-z]{1,9}@example\.(com|org)", fullmatch=True)
    numbers = st.from_regex(r"\+1 202 555 01[0-9]{2}", fullmatch=True)
    lists = st.lists(mails, max_size=3), st.lists(numbers, max_size=3)
    return st.builds(Person, _TEXT, _LINE, _LINE, _TEXT, *lists)


def written_by_vobject(person: Person) -> str:
    card = vobject.vCard()
    card.add("n").value = vobject.vcard.Name(family=person.family, given=person.given)
    card.add("fn").value = person.full
    card.add("note").value = person.note
    for mail in person.mails:
        card.add("email").value = mail
    for number in person.numbers:
        card.add("tel").value = number
    return str(card.serialize())


@settings(deadline=None, max_examples=150, derandomize=True, database=None)
@given(person=person())
def test_clean_cards_give_what_vobject_reads(one_card: One, person: Person) -> None:
    text = written_by_vobject(person)
    theirs = vobject.readOne(text)
    ours = one_card(text.removeprefix("BEGIN:VCARD\r\n").removesuffix("END:VCARD\r\n").encode())
    assert ours.full_name == " ".join(theirs.fn.value.split())
    assert ours.note == theirs.note.value.strip()
    assert ours.given_name == joined(theirs.n.value.given)
    assert ours.family_name == joined(theirs.n.value.family)
    assert values(raw_of(ours), "email") == written(theirs, "email") == person.mails
    assert values(raw_of(ours), "tel") == written(theirs, "tel") == person.numbers


def values(row: dict[str, Any], kind: str) -> list[str]:
    return [
        one["value"] + (";ext=" + one["ext"] if "ext" in one else "") for one in row.get(kind, [])
    ]


def written(card: Any, kind: str) -> list[str]:
    return [one.value.removeprefix("tel:") for one in card.contents.get(kind, [])]


def test_every_clean_fixture_card_gives_what_vobject_reads(
    read_cards: Read, fixture_files: list[tuple[str, bytes]]
) -> None:
    compared = 0
    for path, data in fixture_files:
        if not identify(path, data) or b"BEGIN:VCARD" not in data:
            continue
        ours = [record for record in read_cards(data) if isinstance(record, Contact)]
        for contact in ours:
            theirs = vobject_card(data, contact.place)
            if theirs is None or not hasattr(theirs, "fn") or not theirs.fn.value.strip():
                continue
            compared += 1
            assert contact.full_name == " ".join(theirs.fn.value.split())
            assert values(raw_of(contact), "tel") == written(theirs, "tel")
            if contact.relation != "group":
                assert values(raw_of(contact), "email") == written(theirs, "email")
    assert compared >= 12


def vobject_card(data: bytes, place: str) -> Any:
    """Return vobject's reading of one card, None where it gives up or is known to be wrong."""
    line = int(place.rsplit(" ", 1)[-1].rstrip(")"))
    try:
        rest = data.decode("utf-8").replace("\r\n", "\n").split("\n")[line - 1 :]
        end = rest.index("END:VCARD") + 1
        text = "\n".join(rest[:end])
        if _KNOWN_WRONG.search(text):
            return None
        return vobject.readOne(text + "\n")
    except (UnicodeDecodeError, ValueError, vobject.base.VObjectError):
        return None
