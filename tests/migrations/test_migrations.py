"""Databases of older versions: brought up to date with their content, after a copy was kept."""

from __future__ import annotations

import shutil
import stat
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import duckdb
import pytest

from notworking.store import database

COMMAND = Path(sys.executable).with_name("notworking")
ROWS = Path(__file__).with_name("schema_1.sql")
#: What is published and does not follow from the numbers or times of a run.
CONTENT = (
    "select contact_id, source_key, relation, full_name, company, title, connected_at, raw"
    " from contacts order by contact_id",
    "select * exclude (person_id) from interactions order by interaction_id",
    "select * from contact_points order by all",
    "select name, company, emails, phones, contacts from people order by all",
    "select name, class, evidence from ties order by all",
)


def run(*arguments: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(COMMAND), "--db", str(folder / "n.duckdb"), *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
    )


def rows(path: Path, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(path), read_only=True) as con:
        return con.execute(sql).fetchall()


def stored(path: Path, schemas: list[str]) -> Path:
    """Make a database of some schema files that holds the stored rows."""
    folder = files("notworking.store").joinpath("schema")
    with duckdb.connect(
        str(path), config={"storage_compatibility_version": database.STORAGE}
    ) as con:
        con.execute("set TimeZone = 'UTC'")
        for number, name in enumerate(schemas, start=1):
            con.execute(folder.joinpath(name).read_text(encoding="utf-8"))
            con.execute("insert into core.schema_version values (?)", [number])
        con.execute(ROWS.read_text(encoding="utf-8"))
    return path


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return stored(tmp_path / "n.duckdb", ["0001_base.sql"])


@pytest.fixture
def card(tmp_path: Path) -> Path:
    """Something to import, since reading alone never migrates."""
    path = tmp_path / "more.vcf"
    path.write_text("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Gil Vzorek\r\nEND:VCARD\r\n")
    return path


def test_reading_alone_migrates_nothing_and_says_what_to_do(old: Path) -> None:
    before = old.read_bytes()
    done = run("show", "ties", folder=old.parent)
    assert done.returncode == 3
    assert "run 'notworking import' once" in done.stderr
    assert old.read_bytes() == before


def test_a_migrated_database_holds_what_a_fresh_one_holds(
    old: Path, card: Path, tmp_path: Path
) -> None:
    done = run("import", card, folder=old.parent)
    assert done.returncode == 0, done.stderr
    names = sorted(
        entry.name
        for entry in files("notworking.store").joinpath("schema").iterdir()
        if entry.name.endswith(".sql")
    )
    (tmp_path / "fresh").mkdir()
    fresh = stored(tmp_path / "fresh" / "n.duckdb", names)
    assert run("import", card, folder=fresh.parent).returncode == 0
    for sql in CONTENT:
        assert rows(old, sql) == rows(fresh, sql)
    assert len(rows(old, CONTENT[0])) > 3
    assert rows(old, "select max(version) from core.schema_version") == [
        (database.migrations()[-1][0],)
    ]
    checked = run("check", folder=old.parent)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_a_copy_is_kept_that_only_the_owner_can_read(old: Path, card: Path) -> None:
    assert run("import", card, folder=old.parent).returncode == 0
    kept = old.with_name("n.duckdb.backup-1")
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert rows(kept, "select max(version) from core.schema_version") == [(1,)]
    entries = rows(kept, "select count(*) from raw.entries")
    assert entries[0][0] == ROWS.read_text(encoding="utf-8").count("insert into raw.entries")
    again = kept.read_bytes()
    assert run("import", card, folder=old.parent).returncode == 0
    assert kept.read_bytes() == again


def test_a_database_of_a_newer_version_is_refused(old: Path, card: Path) -> None:
    with duckdb.connect(str(old)) as con:
        con.execute("insert into core.schema_version values (9999)")
    before = old.read_bytes()
    for command in (("import", card), ("show", "ties"), ("undo",)):
        done = run(*command, folder=old.parent)
        assert done.returncode == 3
        assert "9999" in done.stderr
        assert "upgrade" in done.stderr
    assert old.read_bytes() == before
    assert not list(old.parent.glob("*.backup-*"))


def test_older_imports_of_a_migrated_database_are_taken_back_from_the_end(
    old: Path, card: Path
) -> None:
    assert run("import", card, folder=old.parent).returncode == 0
    refused = run("undo", "1", folder=old.parent)
    assert refused.returncode == 2
    assert "older notworking" in refused.stderr
    assert run("undo", folder=old.parent).returncode == 0
    assert run("undo", folder=old.parent).returncode == 0


@pytest.mark.slow
def test_the_oldest_promised_engine_opens_the_file(old: Path, card: Path, tmp_path: Path) -> None:
    assert run("import", card, folder=old.parent).returncode == 0
    subprocess.run([sys.executable, "-m", "venv", str(tmp_path / "v")], check=True)
    python = tmp_path / "v" / "bin" / "python"
    got = subprocess.run(
        [str(python), "-m", "pip", "install", "-q", "duckdb==1.4.*", "pytz"],
        capture_output=True,
        text=True,
        check=False,
    )
    if got.returncode != 0:
        pytest.skip("the package registry cannot be reached")
    script = (
        "import duckdb, sys\n"
        "con = duckdb.connect(sys.argv[1], read_only=True)\n"
        "views = con.execute('select view_name from duckdb_views() where not internal"
        " and schema_name = ?', ['main']).fetchall()\n"
        "for (view,) in views: con.execute(f'from \"{view}\"').fetchall()\n"
        "print(len(views), con.execute('select count(*) from people').fetchall()[0][0])\n"
    )
    done = subprocess.run(
        [str(python), "-c", script, str(old)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    views, people = map(int, done.stdout.split())
    assert views > 5
    assert people == rows(old, "select count(*) from people")[0][0]
    shutil.rmtree(tmp_path / "v")
