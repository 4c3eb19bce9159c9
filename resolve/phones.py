"""Phone numbers: E.164 where it is sure, and how it was made.

A number in national format is parsed under an assumed country; such a number is marked as not
sure, because more than a quarter of correct national numbers also look valid in a wrong country.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import phonenumbers

_INVISIBLE = dict.fromkeys([0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_REMARK = re.compile(r"\s*[(\[][^()\[\]]*[^\d()\[\]\s+.-][^()\[\]]*[)\]]\s*$")
_DIAL_CODE = re.compile(r"^(?:[*#]\d{2}#)+")
_SPREADSHEET = re.compile(r"\d[.,]\d+E\+?\d+", re.I)
_QUOTED = re.compile(r"""^=?\s*"(.*)"$|^'(.*)$""")
_SEVERAL = re.compile(r"\s+/\s+|\s+or\s+|\s*:::\s*|;(?!\s*ext)", re.I)
_EXTENSION = re.compile(r"(?:\s*[,;]+\s*|\s*;?\s*(?:ext|x|durchwahl)\.?\s*=?\s*)(\d{1,6})#?$", re.I)
_VANITY = re.compile(r"^\+?\d[\d\s().-]*[A-Za-z]{3,}$")
#: Emergency and service codes are nobody's number.
_SHORTEST = 6


@dataclass(frozen=True, slots=True)
class Phone:
    """One number as it could be understood.

    Attributes:
        value: E.164, or the cleaned text if it cannot be one.
        valid: It can be a number of its country.
        sure: Its country stands in the number itself, or the user named the country.
        extension: Digits behind the number, if any.
        country: ISO 3166 country of an international number; None otherwise.
    """

    value: str
    valid: bool
    sure: bool
    extension: str | None = None
    country: str | None = None


def split_numbers(raw: str) -> list[str]:
    """Return the numbers in one cell: people write two with ``/`` or ``or`` between."""
    return [part for part in _SEVERAL.split(raw) if part and part.strip()]


@lru_cache(maxsize=200_000)
def parse_phone(raw: str, region: str | None = None, *, region_sure: bool = False) -> Phone:
    """Understand one number.

    Args:
        raw: As written.
        region: Country for a number without one.
        region_sure: The user named the country; otherwise it is assumed.
    """
    text = _clean(raw)
    if _SPREADSHEET.search(text):
        return Phone(text, valid=False, sure=False)
    text, extension = _cut_extension(text)
    if any(c.isalpha() for c in text) and not _VANITY.match(text):
        return Phone(text or raw, valid=False, sure=False)
    international = text.startswith("+") or text.startswith("00")
    if text.startswith("00"):
        text = "+" + text[2:]
    elif region in ("US", "CA") and text.startswith("011"):
        text, international = "+" + text[3:], True
    number = _parse(text, None if international else region)
    if number is None:
        return Phone(text or raw, valid=False, sure=False, extension=extension)
    return Phone(
        phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164),
        valid=True,
        sure=international or region_sure,
        extension=extension or number.extension,
        country=phonenumbers.region_code_for_number(number) if international else None,
    )


def _clean(raw: str) -> str:
    text = unicodedata.normalize("NFKC", raw).translate(_INVISIBLE).strip()
    quoted = _QUOTED.match(text)
    if quoted:
        text = (quoted[1] or quoted[2] or "").strip()
    if text.lower().startswith("tel:"):
        text = text[4:]
    return _DIAL_CODE.sub("", _REMARK.sub("", text)).strip()


def _cut_extension(text: str) -> tuple[str, str | None]:
    hit = _EXTENSION.search(text)
    if hit and sum(c.isdigit() for c in text[: hit.start()]) >= _SHORTEST:
        return text[: hit.start()].strip(), hit[1]
    return text, None


def _parse(text: str, region: str | None) -> phonenumbers.PhoneNumber | None:
    if not text.startswith("+") and region is None:
        return None
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    digits = len(str(number.national_number))
    if digits < _SHORTEST or not phonenumbers.is_possible_number(number):
        return None
    return number


def guess_region(countries: list[str]) -> str | None:
    """Return the country most of the international numbers belong to.

    Args:
        countries: ISO country of each international number known, one entry per number.

    Returns:
        None unless there are at least five numbers and 60 % agree; a smaller or more mixed set
        would guess wrong too often.
    """
    if len(countries) < 5:
        return None
    best = max(sorted(set(countries)), key=countries.count)
    return best if countries.count(best) >= 0.6 * len(countries) else None
