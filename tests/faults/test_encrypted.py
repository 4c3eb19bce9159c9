"""The whole life of an encrypted database, with the engine and the extension of the extra."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import duckdb
import pytest

pytestmark = pytest.mark.slow
COMMAND = Path(sys.executable).with_name("notworking")
PROJECT = Path(__file__).parents[2] / "pyproject.toml"
KEY = "open sesame"


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install what the extra names into a folder of its own."""
    wanted = tomllib.loads(PROJECT.read_text())["project"]["optional-dependencies"]["encryption"]
    folder = tmp_path_factory.mktemp("engine")
    got = subprocess.run(
        [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", folder, *wanted],
        capture_output=True,
        text=True,
        check=False,
    )
    if got.returncode != 0:
        pytest.skip("the package registry cannot be reached")
    return folder


def run(
    engine: Path | None, folder: Path, *arguments: str | Path
) -> subprocess.CompletedProcess[str]:
    (folder / "key").write_text(KEY + "\n")
    return subprocess.run(
        [str(COMMAND), "--db", "n.duckdb", "--key-file", "key", *map(str, arguments)],
        cwd=folder,
        capture_output=True,
        text=True,
        env=os.environ | ({} if engine is None else {"PYTHONPATH": str(engine)}),
        check=False,
    )


def test_every_command_that_writes_works_on_an_encrypted_database(
    engine: Path, exports: Path, tmp_path: Path
) -> None:
    made = run(engine, tmp_path, "import", "--encrypt", exports / "first")
    assert made.returncode == 0, made.stderr
    for command in (
        ("import", exports / "second"),
        ("undo",),
        ("import", exports / "second"),
        ("tag", "Mira Examplová", "friend"),
        ("note", "Mira Examplová", "likes Tuesdays"),
        ("forget", "Jonas Beispiel"),
        ("check",),
        ("report", "-o", "report.html"),
    ):
        done = run(engine, tmp_path, *command)
        assert done.returncode == 0, (command, done.stdout, done.stderr)
    listed = run(engine, tmp_path, "show", "people", "--format", "csv").stdout
    assert "Mira Examplová" in listed
    assert "Jonas" not in listed


def test_nothing_of_it_can_be_read_without_the_key(
    engine: Path, exports: Path, tmp_path: Path
) -> None:
    assert run(engine, tmp_path, "import", "--encrypt", exports / "first").returncode == 0
    for left in tmp_path.rglob("*"):
        if left.is_file():
            data = left.read_bytes()
            assert b"Examplov" not in data
            assert b"mira@example.com" not in data
    with pytest.raises(duckdb.Error):
        duckdb.connect(str(tmp_path / "n.duckdb"), read_only=True)


def test_the_newest_engine_reads_what_the_extra_wrote(
    engine: Path, exports: Path, tmp_path: Path
) -> None:
    assert run(engine, tmp_path, "import", "--encrypt", exports / "first").returncode == 0
    shown = run(None, tmp_path, "show", "people", "--format", "csv")
    assert shown.returncode == 0, shown.stderr
    assert "Mira Examplová" in shown.stdout
    with duckdb.connect() as con:
        con.execute(f"attach '{tmp_path / 'n.duckdb'}' as n (encryption_key '{KEY}', read_only)")
        people = con.execute("select count(*) from n.people").fetchall()[0][0]
    assert people == shown.stdout.strip().count("\n")
