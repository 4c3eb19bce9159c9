"""The worked example of the documentation, installed as an outside package."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
COMMAND = Path(sys.executable).with_name("notworking")


def example(language: str) -> str:
    text = (ROOT / "docs" / "adding-a-source.md").read_text(encoding="utf-8")
    (block,) = re.findall(rf"```{language}\n(.*?)```", text, re.S)
    return str(block)


def install(package: Path, target: Path) -> None:
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps"]
    command += ["--no-build-isolation", "--disable-pip-version-check", "--target", str(target)]
    subprocess.run([*command, str(package)], check=True, capture_output=True, timeout=120)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    package = tmp_path_factory.mktemp("guestlist")
    (package / "pyproject.toml").write_text(example("toml"), encoding="utf-8")
    (package / "notworking_guestlist.py").write_text(example("python"), encoding="utf-8")
    target = tmp_path_factory.mktemp("site")
    install(package, target)
    return target


def run(*arguments: str, site: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(COMMAND), "--db", str(folder / "n.duckdb"), *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(site)},
        cwd=folder,
        timeout=120,
    )


def test_an_installed_importer_reads_its_files(site: Path, tmp_path: Path) -> None:
    (tmp_path / "guests.txt").write_text(
        "# Guest list\nAda Example;Ada@example.com\nnobody\nBo Sample; bo@example.org\n"
    )
    done = run("import", "guests.txt", "--json", site=site, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    summary = json.loads(done.stdout)
    assert summary["files"][0]["kind"] == "guestlist.guests"
    assert summary["rejects"] == [["guests.txt", "line 3", "no name and e-mail with ';' between"]]
    people = run(
        "sql",
        "select name, emails from people order by name",
        "--format",
        "json",
        site=site,
        folder=tmp_path,
    )
    assert json.loads(people.stdout) == [
        {"name": "Ada Example", "emails": ["ada@example.com"]},
        {"name": "Bo Sample", "emails": ["bo@example.org"]},
    ]


def test_an_installed_importer_is_listed(site: Path, tmp_path: Path) -> None:
    done = run("formats", site=site, folder=tmp_path)
    assert "guestlist.guests" in done.stdout


def test_a_broken_installed_importer_is_named(tmp_path: Path) -> None:
    info = tmp_path / "site" / "broken-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: broken\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[notworking.importers]\nbroken = no_such_module\n")
    done = run("formats", site=tmp_path / "site", folder=tmp_path)
    assert done.returncode == 1
    assert "'broken'" in done.stderr
    assert "Traceback" not in done.stderr
