"""vCard files: the ways to reach somebody. Values stay as written; see ``resolve`` for cleaning."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notworking.ingest._vcard_countries import is_international, stated_region
from notworking.ingest._vcard_fields import Fields
from notworking.ingest._vcard_lines import Property
from notworking.ingest._vcard_values import (
    messenger_account,
    one_line,
    social_account,
    split_escaped,
    unescape,
)
from notworking.records import Point

_MESSENGERS = {
    "X-AIM": "aim",
    "X-ICQ": "icq",
    "X-JABBER": "xmpp",
    "X-MSN": "msn",
    "X-YAHOO": "yahoo",
    "X-SKYPE": "skype",
    "X-SKYPE-USERNAME": "skype",
    "X-GTALK": "gtalk",
    "X-GOOGLE TALK": "gtalk",
    "X-GOOGLE-TALK": "gtalk",
    "X-QQ": "qq",
    "X-SIP": "sip",
    "X-MS-IMADDRESS": "",
    "X-KADDRESSBOOK-X-IMADDRESS": "",
    "IMPP": "",
}
_KDE_MESSENGER = re.compile(r"X-MESSAGING/(.{1,30}?)-ALL")
#: KDE puts this private-use sign between several addresses of one service.
_KDE_SEPARATOR = "\ue000"
_SOCIAL_PROFILES = ("X-SOCIALPROFILE", "SOCIALPROFILE")
#: Every property that this module reads, beside KDE's.
READ_NAMES = frozenset(
    {"EMAIL", "TEL", "URL", "ADR", "LABEL", "X-ABADR", *_MESSENGERS, *_SOCIAL_PROFILES}
)
_MOBILE = frozenset({"CELL", "MOBILE", "IPHONE"})
_PLACES = ("WORK", "HOME", "OTHER", "CAR", "MAIN")
_IN_BRACKETS = re.compile(r"[^<>]*<([^<>]+)>\s*")
_EXTENSION = re.compile(r";ext=([0-9]+)", re.IGNORECASE)


def is_read(name: str) -> bool:
    """Tell whether this module reads a property."""
    return name in READ_NAMES or _KDE_MESSENGER.fullmatch(name) is not None


def _without_scheme(text: str, scheme: str) -> str:
    return text[len(scheme) :].strip() if text[: len(scheme)].lower() == scheme else text


def mail_address(value: str) -> str:
    """Return an address without ``mailto:`` and without a display name around it."""
    text = _without_scheme(one_line(value), "mailto:")
    match = _IN_BRACKETS.fullmatch(text)
    return match.group(1).strip() if match else text


def phone_number(value: str) -> str:
    """Return a number without ``tel:``; where that form has a context it needs it to be read."""
    text = one_line(value)
    return text if ";phone-context=" in text.lower() else _without_scheme(text, "tel:")


def _type_label(types: tuple[str, ...]) -> str | None:
    words = [place.lower() for place in _PLACES if place in types]
    if "FAX" in types:
        words.append("fax")
    elif "PAGER" in types:
        words.append("pager")
    elif not _MOBILE.isdisjoint(types):
        words.append("mobile")
    return " ".join(words) or None


def label_of(fields: Fields, prop: Property) -> str | None:
    """Return the label of a point: the person's own words, else what its types say."""
    own = fields.label(prop)
    if own is None:
        return _type_label(prop.head.types)
    for word in ("FAX", "PAGER"):  # these never tell who somebody is, whatever they are called
        if word in prop.head.types and word not in own.upper():
            return f"{own} {word.lower()}"
    return own


def _emails(fields: Fields) -> Iterator[Point]:
    for prop in fields.all("EMAIL"):
        address = mail_address(prop.value)
        if address and "X400" not in prop.head.types:
            yield Point("email", address, label_of(fields, prop))


def whatsapp_number(prop: Property) -> str | None:
    """Return the full number that WhatsApp puts beside the one shown."""
    digits = prop.head.params.get("WAID", "")
    return f"+{digits}" if digits.isascii() and digits.isdecimal() else None


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isdecimal())


def _phones(fields: Fields) -> Iterator[Point]:
    numbers = [(prop, phone_number(prop.value)) for prop in fields.all("TEL")]
    full = [whatsapp_number(prop) for prop, _ in numbers]
    national = any(number and not is_international(number) for _, number in numbers)
    stated = [*(number for _, number in numbers), *(number for number in full if number)]
    region = stated_region(stated, countries(fields)) if national else None
    for (prop, number), whatsapp in zip(numbers, full, strict=True):
        label = label_of(fields, prop)
        if _digits(number):
            yield Point("phone", number, label, None if is_international(number) else region)
        if whatsapp and _digits(whatsapp) != _digits(number):
            yield Point("phone", whatsapp, "WhatsApp")


def address_parts(prop: Property) -> list[str]:
    """Return the parts of an address: box, extension, street, city, region, code, country."""
    parts = [
        re.sub(r"\s*\n\s*", ", ", unescape(part).strip()) for part in split_escaped(prop.value, ";")
    ]
    return [" ".join(part.split()) for part in (*parts, *[""] * 7)][:7]


def countries(fields: Fields) -> list[str]:
    """Return the countries that the addresses of a card name, as names or codes."""
    return [*(address_parts(prop)[6] for prop in fields.all("ADR")), *fields.texts("X-ABADR")]


def location(fields: Fields) -> str | None:
    """Return city, region and country of the home address, else of the first that has any."""
    addresses = sorted(fields.all("ADR"), key=lambda prop: "HOME" not in prop.head.types)
    for prop in addresses:
        parts = address_parts(prop)
        place = ", ".join(part for part in (parts[3], parts[4], parts[6]) if part)
        if place:
            return place
    return None


def _addresses(fields: Fields) -> Iterator[Point]:
    for prop in fields.all("ADR"):
        written = ", ".join(part for part in address_parts(prop) if part)
        if written:
            yield Point("address", written, label_of(fields, prop))
    if not any(any(address_parts(prop)) for prop in fields.all("ADR")):
        for prop in fields.all("LABEL"):
            lines = [line.strip(" ,") for line in unescape(prop.value).split("\n")]
            written = ", ".join(line for line in lines if line)
            if written:
                yield Point("address", written, label_of(fields, prop))


def _web_addresses(fields: Fields) -> Iterator[Point]:
    for prop in fields.all("URL"):
        url = one_line(prop.value)
        if not url:
            continue
        account = social_account(url)
        if account is None:
            yield Point("url", url, label_of(fields, prop))
        else:
            yield from _account_points(account[0], account[1], url)


def _account_points(service: str, user: str | None, url: str | None) -> Iterator[Point]:
    if url:
        yield Point("url", url, service)
    if user:
        yield Point("handle", user, service)


def _social_profiles(fields: Fields) -> Iterator[Point]:
    for prop in fields.all(*_SOCIAL_PROFILES):
        value = one_line(prop.value)
        is_address = value.lower().startswith(("http://", "https://"))
        service, user = social_account(value) or (None, None)
        types = [word.lower() for word in prop.head.types if word != "PREF"]
        named = prop.head.params.get("SERVICE-TYPE", "").lower()
        service = service or named or (types[0] if types else "other")
        user = prop.head.params.get("X-USER") or prop.head.params.get("USERNAME") or user
        if user is None and value and not is_address:
            user = _without_scheme(value, "x-apple:")
        yield from _account_points(service, user, value if is_address else None)


def _messengers(fields: Fields) -> Iterator[Point]:
    for name, service in _MESSENGERS.items():
        for prop in fields.all(name):
            declared = prop.head.params.get("X-SERVICE-TYPE", "") or service
            yield from _handles([one_line(prop.value)], declared)
    for name, properties in fields.by_name.items():
        match = _KDE_MESSENGER.fullmatch(name)
        if match:
            for prop in properties:
                yield from _handles(one_line(prop.value).split(_KDE_SEPARATOR), match.group(1))


def _handles(values: list[str], service: str) -> Iterator[Point]:
    accounts = (messenger_account(value, service) for value in values)
    return (Point("handle", account[1], account[0]) for account in accounts if account)


def read_points(fields: Fields) -> tuple[Point, ...]:
    """Return every way to reach the subject of a card, each once."""
    kinds = (_emails, _phones, _web_addresses, _social_profiles, _messengers, _addresses)
    return tuple(dict.fromkeys(point for kind in kinds for point in kind(fields)))


def profile_url(points: tuple[Point, ...]) -> str | None:
    """Return the LinkedIn address, else the Facebook one, else none."""
    for service in ("linkedin", "facebook"):
        for point in points:
            if point.kind == "url" and point.label == service:
                return point.raw
    return None
