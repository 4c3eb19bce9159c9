"""What all tests share: golden files that rewrite themselves, content in memory, fixture files.

``--import-mode=importlib`` keeps test modules from importing one another, so everything shared
is a fixture here.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import pytest
from hypothesis import settings

from notworking.ingest.importer import Content

# A gate must give the same answer twice, and a busy machine is no fault of the code: there the
# examples are the same at every run, and none is held against a clock.
settings.register_profile("gate", derandomize=True, deadline=None)
if os.environ.get("CI"):
    settings.load_profile("gate")

ROOT = Path(__file__).resolve().parents[1]
FIXTURES = ROOT / "fixtures"
#: Folders below ``fixtures`` that are no ``SOURCE/CASE`` of an importer.
NOT_IMPORTED = frozenset({"network", "example"})
GOLDEN = "expected.jsonl"


@dataclass(frozen=True, slots=True)
class MemoryContent:
    """The bytes of one file, in memory."""

    data: bytes

    @property
    def size(self) -> int:
        return len(self.data)

    def read(self) -> bytes:
        return self.data

    def open(self) -> BinaryIO:
        return io.BytesIO(self.data)


@dataclass(frozen=True, slots=True)
class FixtureCase:
    """One folder ``fixtures/SOURCE/CASE`` with files as they lie in an export."""

    name: str
    folder: Path

    @property
    def golden(self) -> Path:
        return self.folder / GOLDEN

    def files(self) -> list[tuple[str, bytes]]:
        """Return path inside the export and content of every file, in the order of the paths."""
        found = [
            (path.relative_to(self.folder).as_posix(), path.read_bytes())
            for path in self.folder.rglob("*")
            if path.is_file() and path != self.golden
        ]
        return sorted(found)


def fixture_cases() -> list[FixtureCase]:
    """Return every case of every source, in the order of their names."""
    return sorted(
        (
            FixtureCase(f"{source.name}/{case.name}", case)
            for source in FIXTURES.iterdir()
            if source.is_dir() and source.name not in NOT_IMPORTED
            for case in source.iterdir()
            if case.is_dir()
        ),
        key=lambda case: case.name,
    )


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write the expected files anew instead of comparing with them",
    )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that asks for ``fixture_case`` once for every case."""
    if "fixture_case" in metafunc.fixturenames:
        metafunc.parametrize("fixture_case", fixture_cases(), ids=lambda case: case.name)


@pytest.fixture(scope="session")
def update_golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture(scope="session")
def content() -> Callable[[bytes], Content]:
    """Make a ``Content`` from bytes: ``content(b"...")``."""
    return MemoryContent


@pytest.fixture(scope="session")
def fixture_files() -> list[tuple[str, bytes]]:
    """Return path inside the export and content of every file of every case."""
    return [file for case in fixture_cases() for file in case.files()]
