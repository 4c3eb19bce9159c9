"""Telegram Desktop's export as machine-readable JSON: ``result.json``, of everything or one chat.

Read are the owner, the address book, chats of two and private groups, left ones too. Bots,
channels, public groups and notes to oneself are left out and counted; Telegram's own ranking of
contacts is not read. Chats are decoded one after the other, so that a file of a gigabyte costs its
own size in memory and that of its largest chat.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import msgspec

from notworking.ingest._json import load_raw, text_of
from notworking.ingest._telegram_messages import (
    PAIR,
    Talk,
    convert,
    decode,
    moment,
    peer,
    plain,
    records,
)
from notworking.ingest.importer import (
    Content,
    Ignored,
    Importer,
    base_name,
    content_key,
    full_name,
    shorten,
    to_json,
)
from notworking.records import Contact, Notice, Point, Record, Reject

_LEFT_OUT = {
    "bot_chat": "chats with bots",
    "saved_messages": "notes to oneself",
    "replies": "lists of replies",
    "verification_codes": "lists of codes",
    "public_supergroup": "public groups",
    "private_channel": "channels",
    "public_channel": "channels",
}
_GROUPS = frozenset({"private_group", "private_supergroup"})
_TYPES = "|".join((PAIR, *sorted(_GROUPS), *_LEFT_OUT)).encode()
_CHAT_HEAD = re.compile(
    rb'\s*\{\s*(?:"name"\s*:\s*(?:null|"(?:[^"\\]|\\.){0,999}")\s*,\s*)?"type"\s*:\s*"(?:'
    + _TYPES
    + rb')"'
)
_FULL_HEAD = re.compile(rb'\s*\{\s*"about"\s*:\s*"')
_SECTION = re.compile(
    rb'"(?:personal_information|contacts|frequent_contacts|chats|left_chats|other_data)"\s*:\s*\{'
)
_BOM = b"\xef\xbb\xbf"
_Sections = dict[str, msgspec.Raw] | dict[str, object]


def identify(path: str, head: bytes) -> bool:
    """Tell whether a JSON file is such an export, by how it begins."""
    if not base_name(path).endswith(".json"):
        return False
    head = head.removeprefix(_BOM)
    if _CHAT_HEAD.match(head) is not None:
        return True
    return _FULL_HEAD.match(head) is not None and _SECTION.search(head) is not None


def extract(content: Content, path: str) -> Iterator[Record]:
    """Yield the owner, the address book and every chat, then what was left out."""
    data = content.read().removeprefix(_BOM)
    sections, damage = _sections(data)
    counts: Counter[str] = Counter()
    stated = "personal_information" in sections
    if stated:
        yield from _owner(_value(sections["personal_information"]))
    if "contacts" in sections:
        yield from _address_book(_value(sections["contacts"]))
    for place, chat in _chats(sections, data):
        talk = _talk(chat, place)
        if isinstance(talk, Reject):
            yield talk
            continue
        if talk.chat.type != PAIR and talk.chat.type not in _GROUPS:
            counts[_LEFT_OUT.get(talk.chat.type, "chats of an unknown kind")] += 1
            continue
        yield from records(talk, _flags(talk, place))
        counts["zoneless"] += talk.zoneless
        if not stated and talk.owner is not None:
            yield _deduced(place or "chat", *talk.owner)
    if damage is not None:
        yield damage
    yield from _notices(counts)


def _sections(data: bytes) -> tuple[_Sections, Reject | None]:
    """Return the parts of the file, undecoded; decoded as far as it goes where it is damaged."""
    try:
        return msgspec.json.decode(data, type=dict[str, msgspec.Raw]), None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        value, damage = load_raw(text_of(data))
    if isinstance(value, dict):
        return value, damage
    return {}, damage or Reject("file", "not an export of Telegram: no object in it")


def _value(section: object) -> dict[str, object]:
    """Return a small section's fields."""
    if isinstance(section, msgspec.Raw):
        section = load_raw(text_of(bytes(section)))[0]
    return section if isinstance(section, dict) else {}


def _chats(sections: _Sections, data: bytes) -> Iterator[tuple[str, object]]:
    """Yield every chat with its JSON path; the path of the only one is empty."""
    if "messages" in sections:
        sound = isinstance(sections["messages"], msgspec.Raw)
        yield "", msgspec.Raw(data) if sound else sections
    for name in ("chats", "left_chats"):
        if name in sections:
            listed = _listed(sections[name])
            # What is no list is no chat either, and is rejected as such.
            yield from ((f"{name}.list[{at}]", chat) for at, chat in enumerate(listed or ()))
            if listed is None:
                yield name, None


def _listed(section: object) -> list[object] | None:
    """Return the elements of a section's list, undecoded where the section is."""
    if isinstance(section, msgspec.Raw):
        try:
            parts = msgspec.json.decode(section, type=dict[str, msgspec.Raw])
            return list(msgspec.json.decode(parts["list"], type=list[msgspec.Raw]))
        except (msgspec.DecodeError, KeyError):
            return None
    listed = section.get("list") if isinstance(section, dict) else None
    return listed if isinstance(listed, list) else None


def _talk(chat: object, place: str) -> Talk | Reject:
    if isinstance(chat, msgspec.Raw):
        return decode(chat, place) or convert(load_raw(text_of(bytes(chat)))[0], place)
    return convert(chat, place)


def _flags(talk: Talk, place: str) -> tuple[str, ...]:
    group = ("group",) if talk.chat.type in _GROUPS else ()
    return (*group, "left") if place.startswith("left_chats") else group


# --- people --------------------------------------------------------------------------------------


def _text(fields: dict[str, object], name: str) -> str | None:
    value = fields.get(name)
    if not isinstance(value, str):
        return None
    return plain(value.encode("utf-8", "replace").decode("utf-8")) or None


def _key(fields: dict[str, object]) -> str | None:
    number = fields.get("user_id")
    # Somebody who is not on Telegram has the number 0.
    return peer(number) if type(number) is int and number > 0 else None


def _phone(fields: dict[str, object]) -> tuple[Point, ...]:
    written = _text(fields, "phone_number")
    return (Point("phone", written),) if written else ()


def _owner(fields: dict[str, object]) -> Iterator[Contact | Reject]:
    key = _key(fields)
    given, family = _text(fields, "first_name"), _text(fields, "last_name")
    username = (_text(fields, "username") or "").removeprefix("@")
    points = _phone(fields)
    if username:
        points = (Point("handle", username, "telegram"), *points)
    if key is not None:
        # How messages name the owner.
        points = (Point("handle", key, "telegram id"), *points)
    if not points and full_name(given, family) is None:
        yield Reject("personal_information", "it names nobody", shorten(to_json(fields)))
        return
    yield Contact(
        place="personal_information",
        relation="self",
        key="self:telegram",
        raw=to_json(fields),
        full_name=full_name(given, family),
        given_name=given,
        family_name=family,
        points=points,
    )


def _deduced(place: str, key: str, name: str | None) -> Contact:
    """Return the owner of an export of one chat: whoever is not the other one in it."""
    raw = to_json({"from_id": key, "from": name})
    points = (Point("handle", key, "telegram id"),)
    return Contact(place, "self", "self:telegram", raw, full_name=name, points=points)


def _address_book(section: dict[str, object]) -> Iterator[Contact | Reject]:
    listed = section.get("list")
    if not isinstance(listed, list):
        yield Reject("contacts", "no list of contacts in it", shorten(to_json(section)))
        return
    for index, item in enumerate(listed):
        place, fields = f"contacts.list[{index}]", item if isinstance(item, dict) else {}
        given, family = _text(fields, "first_name"), _text(fields, "last_name")
        points, key = _phone(fields), _key(fields)
        name = full_name(given, family)
        if key is None and name is None and not points:
            yield Reject(place, "contact without a name or number", shorten(to_json(item)))
            continue
        seconds = fields.get("date_unixtime")
        yield Contact(
            place=place,
            relation="address_book",
            key=key or content_key(f"{points[0].raw if points else ''}|{name or ''}"),
            raw=to_json(item),
            full_name=name,
            given_name=given,
            family_name=family,
            connected_at=moment(seconds) if isinstance(seconds, int | str) else None,
            points=points,
        )


def _notices(counts: Counter[str]) -> Iterator[Notice]:
    zoneless = counts.pop("zoneless", 0)
    if zoneless:
        yield Notice(
            f"{zoneless} times have no zone: they are the exporting computer's, kept as if UTC"
        )
    if counts:
        told = ", ".join(f"{count} {words}" for words, count in sorted(counts.items()))
        yield Notice(f"left out, being nobody's: {told}")


def _is_page(path: str, head: bytes) -> bool:
    named = re.fullmatch(r"messages\d*\.html", base_name(path)) is not None
    return named and b"<title>Exported Data</title>" in head


IMPORTER = Importer(
    name="telegram.export",
    source="telegram",
    files="result.json",
    yields="address book, chats and calls, with who wrote",
    identify=identify,
    extract=extract,
)
IGNORED = (
    Ignored(
        name="telegram.html",
        source="telegram",
        files="messages.html ...",
        identify=_is_page,
        reason="made for reading: export again and choose machine-readable JSON",
    ),
)
