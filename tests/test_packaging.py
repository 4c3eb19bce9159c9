"""The house as it is built: every package folder is in the wheel, small commands start fast."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
COMMAND = Path(sys.executable).with_name("notworking")
NOT_PACKAGES = {"build", "dist", "tests", "fixtures", "benchmarks", "docs", "scripts"}


def test_every_package_folder_is_in_the_wheel() -> None:
    folders = {
        path.parent.relative_to(ROOT)
        for path in ROOT.rglob("__init__.py")
        if not {part for part in path.relative_to(ROOT).parts if part in NOT_PACKAGES}
        and not any(part.startswith(".") for part in path.relative_to(ROOT).parts)
    }
    names = {".".join(["notworking", *folder.parts]) for folder in folders}
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert set(settings["tool"]["setuptools"]["packages"]) == names


def test_every_data_file_is_in_the_wheel() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    patterns = settings["tool"]["setuptools"]["package-data"]
    missing = []
    for package in settings["tool"]["setuptools"]["packages"]:
        folder = ROOT.joinpath(*package.split(".")[1:])
        held = {p for pattern in patterns.get(package, []) for p in folder.glob(pattern)}
        missing += [
            str(path.relative_to(ROOT))
            for path in folder.rglob("*.sql")
            if path not in held and _package_of(path) == folder
        ]
    assert missing == []


def _package_of(path: Path) -> Path | None:
    """Return the nearest folder that is a package; None for files that belong to no package."""
    if path.relative_to(ROOT).parts[0] in NOT_PACKAGES or ".venv" in path.parts:
        return None
    return next(parent for parent in path.parents if (parent / "__init__.py").exists())


@pytest.mark.parametrize("argument", ["--help", "--version"])
def test_help_and_version_import_nothing_heavy(argument: str) -> None:
    script = (
        "import sys\n"
        "from notworking.cli import main\n"
        "try:\n"
        f"    main([{argument!r}])\n"
        "except SystemExit:\n"
        "    pass\n"
        "heavy = {'duckdb', 'polars', 'numpy', 'scipy', 'rich', 'vobject', 'phonenumbers'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stderr.strip() == "[]"


def test_every_command_has_help_that_says_what_it_does() -> None:
    done = subprocess.run([str(COMMAND), "--help"], capture_output=True, text=True, check=True)
    listed = [
        line.split(maxsplit=1)
        for line in done.stdout.splitlines()
        if line.startswith("    ") and not line.startswith("     ")
    ]
    assert {"import", "show", "sql", "analyses", "imports", "rejects", "person", "review"} <= {
        name for name, *_ in listed
    }
    for name, *text in listed:
        assert text, f"{name} has no help"
        own = subprocess.run(
            [str(COMMAND), name, "--help"], capture_output=True, text=True, check=True
        )
        assert "usage: notworking" in own.stdout
