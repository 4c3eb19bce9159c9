"""vCard files: the country that a card states, as the default for its national phone numbers.

Phone numbers themselves are not normalised here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib import import_module

#: Names that people write and the tables of phonenumbers lack.
_ALIASES = {
    "usa": "US",
    "u.s.a.": "US",
    "u.s.": "US",
    "united states of america": "US",
    "uk": "GB",
    "u.k.": "GB",
    "great britain": "GB",
    "england": "GB",
    "scotland": "GB",
    "wales": "GB",
    "northern ireland": "GB",
    "the netherlands": "NL",
    "holland": "NL",
    "czechia": "CZ",
    "česko": "CZ",
    "česká republika": "CZ",
    "slovensko": "SK",
    "österreich": "AT",
    "schweiz": "CH",
    "suisse": "CH",
    "svizzera": "CH",
    "polska": "PL",
    "magyarország": "HU",
    "românia": "RO",
    "türkiye": "TR",
    "turkiye": "TR",
    "україна": "UA",
    "hrvatska": "HR",
    "slovenija": "SI",
    "srbija": "RS",
    "danmark": "DK",
    "norge": "NO",
    "sverige": "SE",
    "suomi": "FI",
    "ísland": "IS",
    "eesti": "EE",
    "latvija": "LV",
    "lietuva": "LT",
    "ελλάδα": "GR",
    "éire": "IE",
    "대한민국": "KR",
    "south korea": "KR",
    "korea": "KR",
    "中华人民共和国": "CN",
    "台灣": "TW",
    "日本国": "JP",
    "uae": "AE",
    "russia": "RU",
}
_INTERNATIONAL = re.compile(r"\s*(?:\+|00)\s*([1-9][0-9 ().-]{4,20})")
_NO_SEPARATORS = str.maketrans("", "", " ().-")


def is_international(number: str) -> bool:
    """Tell whether a number carries its country code."""
    return number.lstrip().startswith(("+", "00"))


@cache
def _regions_by_calling_code() -> dict[int, tuple[str, ...]]:
    # phonenumbers takes a tenth of a second to load, and most cards never need it.
    table: dict[int, tuple[str, ...]] = import_module("phonenumbers").COUNTRY_CODE_TO_REGION_CODE
    return table


@cache
def _regions_by_name() -> dict[str, str]:
    """Return the country for every name in every language, where the name means one country."""
    table: dict[str, dict[str, str]] = import_module("phonenumbers.geodata.locale").LOCALE_DATA
    meant: dict[str, set[str]] = {}
    for region, names in table.items():
        meant.setdefault(region.casefold(), set()).add(region)
        for name in set(names.values()):
            meant.setdefault(name.casefold(), set()).add(region)
    return {name: next(iter(found)) for name, found in meant.items() if len(found) == 1} | _ALIASES


def region_of_number(number: str) -> str | None:
    """Return the main country of an international number's country code."""
    match = _INTERNATIONAL.match(number)
    return _region_of_digits(match[1].translate(_NO_SEPARATORS)[:3]) if match else None


@lru_cache(maxsize=1024)
def _region_of_digits(digits: str) -> str | None:
    for length in (1, 2, 3):
        regions = _regions_by_calling_code().get(int(digits[:length]))
        if regions:
            return regions[0] if regions[0] != "001" else None
    return None


@lru_cache(maxsize=4096)
def region_of_country(country: str) -> str | None:
    """Return the ISO code for a country's name or code."""
    return _regions_by_name().get(" ".join(country.split()).casefold())


def stated_region(numbers: Iterable[str], countries: Iterable[str]) -> str | None:
    """Return the one country that a card's international numbers state, else its addresses.

    Where two different ones stand, neither is stated.
    """
    by_number = {region_of_number(number) for number in numbers} - {None}
    if len(by_number) == 1:
        return by_number.pop()
    by_address = {region_of_country(country) for country in countries if country} - {None}
    return by_address.pop() if len(by_address) == 1 else None
