"""Ways to reach somebody, made comparable: addresses, numbers, profiles."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import unquote, urlsplit

from notworking.resolve.phones import Phone, parse_phone, split_numbers

_EMAIL = re.compile(r"[^@\s<>\"]+@[^@\s<>\"]+\.[^@\s<>\".]+")
_LINKEDIN = re.compile(r"(?:^|\.|//)linkedin\.com/in/([^/?#\s]+)", re.I)


def parse_email(raw: str) -> tuple[str, bool]:
    """Return an address in lower case and whether it can be one."""
    hit = _EMAIL.search(raw)
    if hit is None:
        return raw.strip(), False
    address = hit[0].removeprefix("mailto:").strip(".,;").lower()
    return address, True


def parse_url(raw: str) -> tuple[str, bool]:
    """Return a page address in one spelling and whether it can be one.

    LinkedIn profiles come in the form that the export's own keys have.
    """
    text = raw.strip().replace("\\:", ":")
    profile = _LINKEDIN.search(text)
    if profile:
        slug = unicodedata.normalize("NFC", unquote(profile[1])).casefold()
        return f"https://www.linkedin.com/in/{slug}", True
    parts = urlsplit(text if "://" in text else f"https://{text}") if "." in text else None
    if parts is None or not parts.hostname or " " in parts.netloc:
        return text, False
    path = parts.path.rstrip("/")
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.scheme.lower()}://{parts.hostname}{path}{query}", True


def parse_point(
    kind: str, raw: str, region: str | None, *, region_sure: bool
) -> list[tuple[str, bool, bool]]:
    """Return value, valid and sure for every address or number in one cell.

    Args:
        kind: One of ``records.POINT_KINDS``.
        raw: As written.
        region: Country for numbers without one.
        region_sure: The user named that country.
    """
    if kind == "phone":
        phones = [_safe_phone(n, region, region_sure) for n in split_numbers(raw)]
        return [(p.value, p.valid, p.sure) for p in phones]
    if kind == "email":
        value, valid = parse_email(raw)
        return [(value, valid, valid)]
    if kind == "url":
        try:
            value, valid = parse_url(raw)
        except ValueError:  # brackets that are no IPv6 address
            value, valid = raw.strip(), False
        return [(value, valid, valid)]
    value = " ".join(raw.split())
    return [(value.lower() if kind == "handle" else value, True, True)]


def _safe_phone(raw: str, region: str | None, region_sure: bool) -> Phone:
    return parse_phone(raw, region, region_sure=region_sure)
