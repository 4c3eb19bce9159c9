"""Documentation that is made from the code is current, and names every command."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import duckdb
import pytest

ROOT = Path(__file__).resolve().parents[1]
COMMAND = Path(sys.executable).with_name("notworking")


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("docs_maker", ROOT / "scripts" / "docs.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_table_of_formats_is_current(maker: ModuleType) -> None:
    written = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
    assert written == maker.formats(), "run .venv/bin/python scripts/docs.py"


def test_the_page_of_analyses_is_current(
    maker: ModuleType, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("docs")
    exports = ROOT / "fixtures" / "example" / "exports"
    command = [str(COMMAND), "--db", str(folder / "n.duckdb"), "import", str(exports)]
    subprocess.run(command, check=False, capture_output=True, timeout=300)
    with duckdb.connect(str(folder / "n.duckdb"), read_only=True) as con:
        con.execute("set TimeZone = 'UTC'")
        made = maker.analyses(con)
    written = (ROOT / "docs" / "analyses.md").read_text(encoding="utf-8")
    assert written == made, "run .venv/bin/python scripts/docs.py"


def test_the_readme_names_every_command() -> None:
    done = subprocess.run([str(COMMAND), "--help"], capture_output=True, text=True, check=True)
    commands = re.findall(r"^    (\w+)(?: |$)", done.stdout, re.M)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert len(commands) > 10
    assert [name for name in commands if f"`{name}" not in readme] == []


def test_every_link_of_the_documentation_leads_somewhere() -> None:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]
    dead = [
        f"{page.name}: {target}"
        for page in pages
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    ]
    assert dead == []
