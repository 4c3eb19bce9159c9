from __future__ import annotations

import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any

import polars as pl
import pytest

from notworking.resolve import Resolution, resolve

# The generator of contacts is no part of the wheel; the tests also run against an installed one.
if find_spec("notworking.benchmarks") is None:
    package = ModuleType("notworking.benchmarks")
    package.__path__ = [str(Path(__file__).resolve().parents[2] / "benchmarks")]
    sys.modules[package.__name__] = package

CONTACTS: dict[str, Any] = {
    "contact_id": pl.Int64,
    "owner_id": pl.Int32,
    "source": pl.String,
    "relation": pl.String,
    "source_key": pl.String,
    "full_name": pl.String,
    "given_name": pl.String,
    "family_name": pl.String,
    "nickname": pl.String,
    "company": pl.String,
    "title": pl.String,
    "birthday": pl.String,
    "location": pl.String,
    "profile_url": pl.String,
    "connected_at": pl.Datetime("us", "UTC"),
    "messages": pl.Int64,
    "threads": pl.List(pl.Int64),
    "rooms": pl.List(pl.Int64),
    "first_message": pl.String,
}
POINTS: dict[str, Any] = {
    "contact_id": pl.Int64,
    "kind": pl.String,
    "value": pl.String,
    "sure": pl.Boolean,
    "label": pl.String,
}
DECISIONS: dict[str, Any] = {
    "contact_a": pl.Int64,
    "contact_b": pl.Int64,
    "verdict": pl.String,
    "at": pl.Datetime("us", "UTC"),
}
RELATIONS = {"linkedin": "connection", "facebook": "friend", "vcard": "card"}
GIVEN = [a + b for a in ("Ad", "Bel", "Cor", "Dag", "El", "Fin", "Gus") for b in ("a", "ine")]
SOUNDS = [a + b for a in ("bar", "cor", "dun", "gor", "hol") for b in ("", "el", "in")]


@dataclass
class Book:
    """Contacts, points and decisions under construction."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    points: list[dict[str, Any]] = field(default_factory=list)
    decisions: list[dict[str, Any]] = field(default_factory=list)

    def add(self, source: str, full: str = "", **fields: Any) -> int:
        number = len(self.rows) + 1
        phones, mails = fields.pop("phones", ()), fields.pop("mails", ())
        sure, label = fields.pop("sure", True), fields.pop("label", None)
        row = {
            "contact_id": number,
            "owner_id": 1,
            "source": source,
            "relation": RELATIONS.get(source, "address_book"),
            "source_key": f"{source}:{number}",
            "full_name": full or None,
            "messages": 0,
        }
        self.rows.append(row | fields)
        for kind, values in (("phone", phones), ("email", mails)):
            for value in values:
                self.point(number, kind, value, sure=sure, label=label)
        return number

    def point(
        self, contact: int, kind: str, value: str, *, sure: bool = True, label: str | None = None
    ) -> None:
        self.points.append(
            {"contact_id": contact, "kind": kind, "value": value, "sure": sure, "label": label}
        )

    def decide(self, a: int, b: int, verdict: str) -> None:
        at = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=len(self.decisions))
        self.decisions.append({"contact_a": a, "contact_b": b, "verdict": verdict, "at": at})

    def crowd(self, source: str, size: int) -> None:
        """Add people who have nothing to do with one another or with anybody else."""
        for place in range(len(self.rows), len(self.rows) + size):
            first, rest = SOUNDS[place % 15], SOUNDS[place // 15 % 15]
            family = f"{first}{rest}{SOUNDS[place // 225 % 15]}ow"
            self.add(source, f"{GIVEN[place % 14]} {family.title()}")

    def frames(self) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
        return (
            pl.DataFrame(self.rows, schema=CONTACTS),
            pl.DataFrame(self.points, schema=POINTS),
            pl.DataFrame(self.decisions, schema=DECISIONS),
        )

    def resolve(self, **options: Any) -> Resolution:
        return resolve(*self.frames(), **options)

    def groups(self, **options: float) -> dict[int, int]:
        return dict(self.resolve(**options).clusters.rows())


@pytest.fixture
def book() -> Book:
    """An address book among 600 strangers in two lists."""
    made = Book()
    made.crowd("linkedin", 400)
    made.crowd("vcard", 200)
    return made


@pytest.fixture
def empty() -> Book:
    return Book()
