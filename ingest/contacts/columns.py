"""What the columns of a table of people stand for: a guess from names, then from values.

``guess_columns`` is pure: header, some rows and the user's own word in, one ``Column`` for each
name out. It reads no file. Names decide first (``_headers``), because a known export is never
ambiguous; values decide for names nobody knows, and correct names that mean different things in
different tables (``Title``, ``Name`` beside ``Vorname``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from notworking.errors import UsageError
from notworking.ingest.contacts._aliases import FIELDS
from notworking.ingest.contacts._headers import Meaning, meaning, normal
from notworking.ingest.contacts._values import addresses, clean, is_phone

#: Cells of a column that are looked at.
SAMPLE = 200
_MOST, _MANY = 0.6, 0.7
_TITLES = frozenset(
    {
        *("mr", "mrs", "ms", "miss", "mx", "dr", "prof", "herr", "frau", "ing"),
        *("m", "mme", "mlle", "sr", "sra", "srta", "dra"),
    }
)
_HOSTS = {
    "linkedin.com": Meaning("url", "linkedin"),
    "facebook.com": Meaning("handle", "facebook"),
    "instagram.com": Meaning("handle", "instagram"),
    "twitter.com": Meaning("handle", "twitter"),
    "x.com": Meaning("handle", "twitter"),
    "github.com": Meaning("handle", "github"),
}
_URL = re.compile(
    r"(?:https?://(?:www\.)?|www\.|(?=[\w.-]+\.[a-z]{2,}/))([\w-]+(?:\.[\w-]+)+)(?:/\S*)?", re.I
)
_LETTERS = re.compile(r"[^\W\d_].*[^\W\d_]|[\u3400-\u9fff\uac00-\ud7af]")
_NAME = re.compile(r"[^\W\d_][^\W\d_.'’-]*(?: [^\W\d_][^\W\d_.'’-]*){1,3}")
_SHOWN = {"ignore": "not used", "private": "never stored", "unknown": "not understood"}


@dataclass(frozen=True, slots=True)
class Column:
    """One column and what it is taken for.

    Attributes:
        name: As in the file.
        field: One of ``_aliases.FIELDS``, one of the internal ones, or ``unknown``.
        label: What kind of value: ``work``, ``mobile``, ``linkedin``; empty where unknown.
        block: Columns with the same block belong together: an address, a value and its label.
        why: ``name``, ``values``, ``map`` (the user said so), or empty for an unknown one.
    """

    name: str
    field: str
    label: str = ""
    block: str = ""
    why: str = "name"


def guess_columns(
    header: Sequence[str],
    sample_rows: Sequence[Sequence[str]],
    overrides: Mapping[str, str],
) -> tuple[Column, ...]:
    """Return what each column is taken for.

    Args:
        header: Column names as in the file.
        sample_rows: Some rows below it, of any length.
        overrides: Column name, as in the file or in any spelling of it, to a field of
            ``_aliases.FIELDS``, with a label where wanted: ``phone:mobile``.

    Raises:
        UsageError: An override names a field that does not exist.
    """
    said = {normal(name): _override(spec) for name, spec in overrides.items()}
    cells = [_cells(sample_rows, index) for index in range(len(header))]
    columns = [_by_name(name, said) for name in header]
    columns = [_checked(column, found) for column, found in zip(columns, cells, strict=True)]
    columns = _titles(columns, cells)
    columns = _by_values(columns, cells)
    return tuple(_whole_names(columns, cells))


def described(columns: Sequence[Column]) -> str:
    """Return the guess in words: ``Name = full name, Handy = phone (mobile)``."""
    used = [
        f"{column.name} = {column.field.replace('_', ' ')}"
        + (f" ({column.label})" if column.label else "")
        for column in columns
        if column.name and column.field not in _SHOWN
    ]
    parts = [", ".join(used)] if used else []
    for field, words in _SHOWN.items():
        names = [column.name for column in columns if column.name and column.field == field]
        if names:
            parts.append(f"{words}: {', '.join(names)}")
    return "; ".join(parts)


def check_said(said: Mapping[str, str]) -> None:
    """Refuse the user's word on columns if it names a field that does not exist.

    Raises:
        UsageError: The field, and those that exist.
    """
    for spec in said.values():
        _override(spec)


def _override(spec: str) -> Meaning:
    field, _, label = spec.partition(":")
    if field not in FIELDS:
        raise UsageError(
            f"there is no field {field!r} to read a column as; use {', '.join(FIELDS)}"
        )
    return Meaning(field, label)


def _cells(rows: Sequence[Sequence[str]], index: int) -> list[str]:
    found = (clean(row[index]) for row in rows if index < len(row))
    return [cell for cell in found if cell][:SAMPLE]


def _by_name(name: str, said: Mapping[str, Meaning]) -> Column:
    plain = normal(name)
    told = meaning(plain)
    if plain in said:
        own = said[plain]
        # The name still tells which columns belong together: a label, the parts of an address.
        block = told.block if told is not None else ""
        return Column(name, own.field, own.label, block, "map")
    if told is None:
        return Column(name, "unknown", why="")
    return Column(name, told.field, told.label, told.block)


def _share(cells: Sequence[str], test: Callable[[str], object]) -> float:
    return sum(1 for cell in cells if test(cell)) / max(len(cells), 1)


def _checked(column: Column, cells: list[str]) -> Column:
    """Take a name back that its values contradict: a ``contact`` of numbers is no name."""
    if column.why != "name" or column.field != "full_name" or not cells:
        return column
    if _share(cells, addresses) >= _MOST or _share(cells, _LETTERS.search) < 1 - _MOST:
        return replace(column, field="unknown", why="")
    return column


def _titles(columns: list[Column], cells: list[list[str]]) -> list[Column]:
    """Decide ``Title``: how to address somebody, or the job."""
    has_job = any(column.field == "job_title" for column in columns)

    def decided(column: Column, found: list[str]) -> Column:
        if column.field != "unknown" or normal(column.name) not in ("title", "titel"):
            return column
        polite = _share(found, lambda cell: cell.lower().rstrip(".") in _TITLES) > 1 - _MOST
        return replace(column, field="prefix" if has_job or polite else "job_title", why="name")

    return [decided(column, found) for column, found in zip(columns, cells, strict=True)]


def _by_values(columns: list[Column], cells: list[list[str]]) -> list[Column]:
    named = any(column.field in ("full_name", "given_name") for column in columns)
    result = []
    for column, found in zip(columns, cells, strict=True):
        told = _of_values(found, named=named) if column.field == "unknown" and found else None
        if told is None:
            result.append(column)
            continue
        named = named or told.field == "full_name"
        result.append(Column(column.name, told.field, told.label, told.block, "values"))
    return result


def _of_values(cells: list[str], *, named: bool) -> Meaning | None:
    if _share(cells, addresses) >= _MOST:
        return Meaning("email")
    if _share(cells, is_phone) >= _MOST:
        return Meaning("phone")
    hosts = [match[1].lower() for match in map(_URL.fullmatch, cells) if match]
    if len(hosts) >= _MOST * len(cells):
        # The profile host of a country (de.linkedin.com) is the same service.
        service = next((told for host, told in _HOSTS.items() if _all_on(hosts, host)), None)
        return service or Meaning("url")
    distinct = len(set(cells)) >= _MANY * len(cells)
    if not named and distinct and len(cells) > 1 and _share(cells, _is_name) >= _MANY:
        return Meaning("full_name")
    return None


def _all_on(hosts: list[str], host: str) -> bool:
    return sum(1 for one in hosts if one == host or one.endswith("." + host)) >= _MOST * len(hosts)


def _is_name(cell: str) -> bool:
    words = cell.split()
    return _NAME.fullmatch(cell) is not None and all(word[0].isupper() for word in words)


def _whole_names(columns: list[Column], cells: list[list[str]]) -> list[Column]:
    """Decide a lone name column: all of the name, or the part its neighbour leaves over."""
    places = {column.field: place for place, column in reversed(list(enumerate(columns)))}
    full, given = places.get("full_name"), places.get("given_name")
    family = places.get("family_name")
    if full is not None and given is not None and family is None:
        if columns[full].why == "name" and not _contains(cells[full], cells[given]):
            columns[full] = replace(columns[full], field="family_name")
    elif full is None and (given is None) != (family is None):
        place = given if given is not None else family
        if place is not None and columns[place].why == "name":
            several = _share(cells[place], lambda cell: len(cell.split()) > 1)
            if several >= _MOST:
                columns[place] = replace(columns[place], field="full_name")
    return columns


def _contains(wholes: list[str], parts: list[str]) -> bool:
    """Whether the names of one column stand inside those of the other."""
    if not parts:
        return True
    text = " ".join(wholes).casefold()
    words = set(re.findall(r"\w+", text))
    found = sum(1 for part in parts if set(re.findall(r"\w+", part.casefold())) <= words)
    return found >= _MOST * len(parts)
