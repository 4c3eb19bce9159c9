"""What the tests of the page share: a browser, the example's database, and pages made from it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from notworking import ask, curate, pipeline, progress
from notworking.report import page
from notworking.tests.report import chromium

ROOT = Path(__file__).resolve().parents[2]
#: Cards whose names would run if anything took them for markup.
HOSTILE = """\
BEGIN:VCARD
VERSION:3.0
UID:one
FN:<script>alert(1)</script>
EMAIL:one@example.com
TITLE:"><b>Baker</b>
END:VCARD
BEGIN:VCARD
VERSION:3.0
UID:two
FN:Zoe </title><img src=x onerror=alert(2)>
EMAIL:two@example.com
END:VCARD
"""


def imported(paths: list[Path], database: Path) -> Path:
    options = pipeline.Options(None, None, True, False, False)
    pipeline.import_paths(paths, database, options, progress.Silent())
    return database


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of the shipped example."""
    folder = tmp_path_factory.mktemp("example")
    return imported([ROOT / "fixtures/example/exports"], folder / "network.duckdb")


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database whose people are called like markup."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "cards.vcf").write_text(HOSTILE, encoding="utf-8")
    return imported([folder / "cards.vcf"], folder / "network.duckdb")


@pytest.fixture(scope="session")
def noted(hostile: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with words of the user, which look like markup as well."""
    database = tmp_path_factory.mktemp("noted") / "network.duckdb"
    shutil.copy(hostile, database)
    whom = "<script>alert(1)</script>"
    tags = ["knows:falconry", "<b>choir</b>", "energy:-2"]
    curate.add_tags(database, whom, tags, remove=False)
    curate.add_note(database, whom, "Met on <i>the ferry</i>.")
    return database


@pytest.fixture(scope="session")
def make_page(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Write the page of a database and return where it is."""

    def make(database: Path, **options: Any) -> Path:
        target = tmp_path_factory.mktemp("page") / "report.html"
        with ask.opened(database) as con:
            page.write(con, target, page.Options(**options))
        return target

    return make


@pytest.fixture(scope="session")
def example_page(example: Path, make_page: Callable[..., Path]) -> Path:
    return make_page(example)


@pytest.fixture(scope="session")
def redacted_page(example: Path, make_page: Callable[..., Path]) -> Path:
    return make_page(example, redact=True)


@pytest.fixture(scope="session")
def hostile_page(hostile: Path, make_page: Callable[..., Path]) -> Path:
    return make_page(hostile)


@pytest.fixture(scope="session")
def tab() -> Iterator[Any]:
    """The tab of a headless Chromium; without one these tests are skipped, and say so."""
    if chromium.BINARY is None:
        pytest.skip("chromium is missing: apt-get install chromium")
    with chromium.browser() as found:
        yield found


@pytest.fixture
def browse(tab: Any) -> Callable[..., Any]:
    """Open a page at a size and in a theme, with a clean record."""

    def open_page(
        target: Path, *, width: int = 1280, height: int = 800, theme: str = "light"
    ) -> Any:
        tab.size(width, height)
        tab.theme(theme)
        tab.open("about:blank")
        tab.console.clear()
        tab.requests.clear()
        tab.open(target.as_uri())
        return tab

    return open_page
