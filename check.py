"""Checking the database against what it promises: counts add up, references lead somewhere.

Reads only. What it finds wrong is told, never repaired.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from notworking import ask
from notworking.queries import query

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, slots=True)
class Finding:
    """One promise, and how often it is broken."""

    promise: str
    broken: int
    example: str | None = None

    @property
    def line(self) -> str:
        """The finding as a line for people."""
        if not self.broken:
            return f"ok      {self.promise}"
        where = f", first: {self.example}" if self.example else ""
        return f"FAILED  {self.promise} ({self.broken:,} times{where})"


def findings(path: Path) -> list[Finding]:
    """Return every promise about a database, kept or broken.

    Raises:
        DatabaseError: The database cannot be used.
    """
    with ask.opened(path) as con:
        return [*_inside(con), *_modes(path)]


def _inside(con: duckdb.DuckDBPyConnection) -> list[Finding]:
    return [Finding(*row) for row in con.execute(query("checks")).fetchall()]


def _modes(path: Path) -> Iterator[Finding]:
    if os.name != "posix":
        return
    beside = (path, path.with_name(path.name + ".wal"))
    loose = [
        file.name
        for file in beside
        if file.exists() and stat.S_IMODE(file.stat().st_mode) & (stat.S_IRWXG | stat.S_IRWXO)
    ]
    yield Finding("only the owner can read the files", len(loose), loose[0] if loose else None)
