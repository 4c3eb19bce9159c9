"""The owner as the browser's form filler knows her: ``autofill_information.json``.

In an export of messages alone it is the only file that names the owner.
"""

from __future__ import annotations

from collections.abc import Iterator

from notworking.ingest._json import load
from notworking.ingest.facebook import _generic
from notworking.ingest.facebook._kinds import is_kind
from notworking.ingest.facebook._values import container, fields, text
from notworking.ingest.importer import Content, Importer, full_name, shorten, to_json
from notworking.records import Contact, Point, Record, Reject

_POINTS = (
    ("EMAIL", "email", None),
    ("WORK_EMAIL", "email", "work"),
    ("PHONE", "phone", None),
    ("PHONE_NUMBER", "phone", None),
    ("WORK_PHONE", "phone", "work"),
)


def _extract(content: Content, path: str) -> Iterator[Record]:
    value, damage = load(content)
    inner, key = container(value, "autofill_information")
    forms = _listed(inner) if isinstance(inner, dict) else _labelled(value)
    if forms:
        yield _owner(key or "file", forms, value)
    elif value is not None:
        yield Reject("file", "no details of the owner found in it", shorten(to_json(value)))
    if damage is not None:
        yield damage


def _listed(inner: dict[str, object]) -> dict[str, list[str]]:
    forms: dict[str, list[str]] = {}
    for name, values in inner.items():
        held = values if isinstance(values, list) else [values]
        found = [known for known in map(text, held) if known is not None]
        if found:
            forms[name.upper()] = found
    return forms


def _labelled(value: object) -> dict[str, list[str]]:
    """Read the generic form, whose captions are words for people (``Full name``)."""
    forms: dict[str, list[str]] = {}
    for record in value if isinstance(value, list) else [value]:
        for entry in _generic.entries(record):
            if entry.value is not None:
                forms.setdefault(entry.label.replace(" ", "_").upper(), []).append(entry.value)
    return forms


def _owner(place: str, forms: dict[str, list[str]], value: object) -> Contact:
    def first(name: str) -> str | None:
        return next(iter(forms.get(name, ())), None)

    points = (
        Point(kind, raw, label) for name, kind, label in _POINTS for raw in forms.get(name, ())
    )
    given, family = first("FIRST_NAME"), first("LAST_NAME")
    return Contact(
        place=place,
        relation="self",
        key="self:autofill",
        raw=to_json(fields(value) or value),
        full_name=first("FULL_NAME") or full_name(given, family),
        given_name=given,
        family_name=family,
        company=first("COMPANY_NAME"),
        title=first("JOB_TITLE"),
        location=first("CITY"),
        points=tuple(dict.fromkeys(points)),
    )


IMPORTER = Importer(
    name="facebook.autofill",
    source="facebook",
    files="autofill_information.json",
    yields="your own name, e-mail addresses and phone numbers",
    identify=is_kind("autofill"),
    extract=_extract,
)
