"""A database that is full already, for small imports."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from notworking import pipeline
from notworking.tests.update.books import Book, first_exports, give


@pytest.fixture(scope="session")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Import the first exports once, for all tests to copy."""
    folder = tmp_path_factory.mktemp("full")
    give(folder / "n.duckdb", first_exports(folder / "first"))
    return folder / "n.duckdb"


@pytest.fixture
def book(full: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Book:
    """A database with the first exports, which counts how often everything is derived anew."""
    made = Book(Path(shutil.copy(full, tmp_path)))
    rebuild = pipeline.rebuild

    def counted(*given: Any) -> None:
        made.anew += 1
        rebuild(*given)

    monkeypatch.setattr(pipeline, "rebuild", counted)
    return made


@pytest.fixture
def more(tmp_path: Path) -> Callable[[str], Path]:
    """Make a folder for one more import."""
    return lambda name: tmp_path / name
