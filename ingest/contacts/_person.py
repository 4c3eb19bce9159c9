"""One row to a contact, or to the reason why not."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass

from notworking.delimited import Row
from notworking.ingest.contacts import _dates
from notworking.ingest.contacts._fields import Fields, Plan, first, gather, plan_of
from notworking.ingest.contacts._naming import Names, read_names
from notworking.ingest.contacts._points import identifier, location, profile_url, read_points
from notworking.ingest.contacts._values import name_key
from notworking.ingest.contacts.columns import Column
from notworking.ingest.importer import content_key, shorten, to_json
from notworking.records import Contact, Point, Reject

#: Google's own group for addresses that it collected from mail.
_COLLECTED = re.compile(r"other contacts", re.I)
#: Groups that a program made: everybody, and whoever came with one import.
_SYSTEM = re.compile(r"my ?contacts", re.I)
_BULK = re.compile(r"(?:restored from|imported on|importiert am) .*", re.I)
_GROUPS = re.compile(r"[;|,\n]")
_NAMES = re.compile(r"[;,]")


@dataclass(frozen=True, slots=True)
class Table:
    """What is known of a whole file before its rows are read.

    Attributes:
        shared: Identifiers that rows of different names have.
        order: Order of day and month in dates; None if the file does not show it.
        turned: Whole names are written ``Surname, First name``.
        collected: Every address was collected by a program.
        relation: ``address_book``, or ``card`` for scanned business cards.
    """

    columns: tuple[Column, ...]
    shared: Container[str] = frozenset()
    order: str | None = None
    turned: bool = False
    collected: bool = False
    relation: str = "address_book"

    def plan(self) -> Plan:
        """Return the columns that are read."""
        return plan_of(self.columns)


def read_row(row: Row, table: Table, plan: Plan) -> Contact | Reject:
    """Return the contact in a row."""
    fields = gather(plan, row.cells)
    groups, flags = _groups(fields)
    if table.collected:
        flags.add("auto_collected")
    names = read_names(fields, turned=table.turned, collected="auto_collected" in flags)
    points = read_points(fields)
    company = first(fields, "company")
    place = f"line {row.line}"
    reachable = any(point.kind != "address" for point in points)
    if not (names.full or reachable or company):
        written = row.raw or " | ".join(cell.strip() for cell in row.cells if cell.strip())
        return Reject(place, "row without a name, an e-mail address or a number", shorten(written))
    if not row.sound:
        flags.add("broken_quoting")
    raw = _raw(row.cells, table.columns, fields, groups, flags)
    return _contact(place, fields, names, points, table=table, raw=raw)


def _contact(
    place: str, fields: Fields, names: Names, points: tuple[Point, ...], *, table: Table, raw: str
) -> Contact:
    company = first(fields, "company") or None
    full, is_company = names.full, False
    if company and (full is None or name_key(full) == name_key(company)):
        is_company = not any(point.kind == "email" for point in points) or full is not None
        full = company if is_company else full
    return Contact(
        place=place,
        relation="organisation" if is_company else table.relation,
        key=key_of(identifier(fields), names.full, table.shared) or content_key(raw),
        raw=raw,
        full_name=full,
        given_name=names.given,
        family_name=names.family,
        nickname=names.nickname,
        company=company,
        title=first(fields, "job_title") or None,
        birthday=_birthday(fields, table.order),
        location=location(fields),
        profile_url=profile_url(points),
        connected_at=_dates.midnight(first(fields, "connected_on"), table.order),
        note=_note(fields),
        points=points,
    )


def key_of(found: str | None, name: str | None, shared: Container[str]) -> str | None:
    """Return the key of a row with an identifier; rows that share it are told apart by name."""
    if found is None or name is None or found not in shared:
        return found
    return f"{found}|{name_key(name)}"


def _groups(fields: Fields) -> tuple[list[str], set[str]]:
    """Return the groups that the owner made, and what the program's own ones say."""
    found: list[str] = []
    flags: set[str] = set()
    for cell in fields.get("groups", ()):
        for name in filter(None, map(str.strip, _GROUPS.split(cell.value))):
            # Google's star marks its own groups; Friends, Family and Coworkers the owner fills.
            bare = name.removeprefix("*").strip()
            if _COLLECTED.fullmatch(bare):
                flags.add("auto_collected")
            elif bare.lower() == "starred":
                flags.add("starred")
            elif _BULK.fullmatch(bare):
                flags.add("bulk_import")
            elif not _SYSTEM.fullmatch(bare):
                found.append(bare)
    return list(dict.fromkeys(found)), flags


def _birthday(fields: Fields, order: str | None) -> str | None:
    found = _dates.birthday(first(fields, "birthday"), order)
    if found is not None:
        return found
    year, month, day = (first(fields, f"birth_{part}") for part in ("year", "month", "day"))
    return _dates.from_parts(year, month, day)


def _note(fields: Fields) -> str | None:
    notes = [cell.value for cell in fields.get("note", ())]
    # People write "Met at" and the like into fields of their own.
    notes += [
        f"{cell.label}: {cell.value}" if cell.label else cell.value
        for cell in fields.get("custom", ())
    ]
    return "\n".join(notes) or None


def _related(fields: Fields) -> list[dict[str, str]]:
    return [
        {"label": cell.label or "other", "name": name}
        for cell in fields.get("related", ())
        for name in map(str.strip, _NAMES.split(cell.value))
        if name
    ]


def _dated(fields: Fields) -> list[dict[str, str]]:
    cells = [("anniversary", cell.value) for cell in fields.get("anniversary", ())]
    cells += [(cell.label or "other", cell.value) for cell in fields.get("event", ())]
    return [{"label": label, "date": text} for label, text in cells]


def _raw(
    cells: Sequence[str],
    columns: Sequence[Column],
    fields: Fields,
    groups: list[str],
    flags: set[str],
) -> str:
    """Return the row by column, and under ``flags`` and the like what was made of it."""
    row: dict[str, object] = {}
    for index, cell in enumerate(cells):
        text = cell.strip().replace("\x00", "")
        column = columns[index] if index < len(columns) else None
        if text and (column is None or column.field != "private"):
            row[(column.name if column else "") or f"column {index + 1}"] = text
    told: dict[str, object] = {
        "categories": groups,
        "related": _related(fields),
        "dates": _dated(fields),
        "flags": sorted(flags),
    }
    return to_json(row | {name: value for name, value in told.items() if value})
