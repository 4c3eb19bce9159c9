"""Taking an import back leaves what was there before it, row by row."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]
Digest = Callable[[Path], dict[str, str]]

PORTIONS = ("first", "second", "third")
#: What of a database does not depend on the numbers of imports and files.
CONTENT = (
    "select contact_id, source_key, relation, full_name, company, title, connected_at, raw"
    " from contacts order by contact_id",
    "select * exclude (person_id, file_id) from interactions order by interaction_id",
    "select * from contact_points order by all",
    "select list(contact_id order by contact_id) as g from contacts group by person_id order by g",
    "select place, reason, raw from rejects order by all",
    "select importer, sha256 from raw.files order by all",
    "select * exclude (file_id) from raw.threads order by all",
    "select * exclude (file_id) from raw.party_names order by all",
    "select * exclude (file_id) from raw.events order by all",
    "select * exclude (file_id) from raw.stages order by all",
    "select * from raw.entries order by all",
    "select path, sha256, status from source_files where status = 'loaded' order by all",
)


def rows(path: Path, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(path), read_only=True) as con:
        return con.execute(sql).fetchall()


def content(path: Path) -> list[list[tuple[object, ...]]]:
    return [rows(path, sql) for sql in CONTENT]


def imported(run: Run, folder: Path, *given: Path) -> Path:
    folder.mkdir(exist_ok=True)
    for path in given:
        done = run("import", path, folder=folder)
        assert done.returncode in (0, 1), done.stderr
    return folder / "n.duckdb"


def assert_sound(run: Run, folder: Path) -> None:
    done = run("check", folder=folder)
    assert done.returncode == 0, done.stdout
    assert "FAILED" not in done.stdout


@pytest.mark.parametrize(
    "order", [PORTIONS, PORTIONS[::-1], ("second", "third", "first")], ids="-".join
)
def test_taking_back_the_latest_import_gives_what_was_there_before_it(
    run: Run, digest: Digest, exports: Path, tmp_path: Path, order: tuple[str, ...]
) -> None:
    seen = []
    for portion in order:
        database = imported(run, tmp_path, exports / portion)
        seen.append(digest(database))
    for before in reversed(seen[:-1]):
        done = run("undo", folder=tmp_path)
        assert done.returncode == 0, done.stderr
        assert digest(database) == before
        assert_sound(run, tmp_path)


@pytest.mark.parametrize("taken", [1, 2])
def test_taking_back_an_older_import_leaves_what_the_others_showed(
    run: Run, exports: Path, tmp_path: Path, taken: int
) -> None:
    whole = imported(run, tmp_path / "a", *(exports / portion for portion in PORTIONS))
    done = run("undo", str(taken), folder=tmp_path / "a")
    assert done.returncode == 0, done.stderr
    assert f"import {taken} " in done.stderr
    others = [p for n, p in enumerate(PORTIONS, start=1) if n != taken]
    fresh = imported(run, tmp_path / "b", *(exports / portion for portion in others))
    assert content(whole) == content(fresh)
    assert_sound(run, tmp_path / "a")


def test_an_identical_file_of_another_import_takes_over(
    run: Run, exports: Path, tmp_path: Path
) -> None:
    shutil.copytree(exports / "first", tmp_path / "again")
    whole = imported(run, tmp_path, exports / "first", tmp_path / "again")
    before = content(whole)
    states = "select status, rows_read, rows_loaded, rows_unchanged from source_files order by path"
    counted = rows(
        whole, states.replace("from source_files", "from source_files where import_id = 1")
    )
    assert run("undo", "1", folder=tmp_path).returncode == 0
    assert content(whole) == before
    assert rows(whole, states) == counted
    assert rows(whole, "select distinct import_id from source_files") == [(2,)]
    assert_sound(run, tmp_path)


def test_undone_imports_come_back_as_they_were(
    run: Run, digest: Digest, exports: Path, tmp_path: Path
) -> None:
    database = imported(run, tmp_path, exports / "first", exports / "second")
    before = digest(database)
    assert run("undo", folder=tmp_path).returncode == 0
    assert digest(database) != before
    imported(run, tmp_path, exports / "second")
    assert digest(database) == before


def test_with_no_import_left_nothing_about_anybody_is_left(
    run: Run, exports: Path, tmp_path: Path
) -> None:
    database = imported(run, tmp_path, exports / "first")
    done = run("undo", folder=tmp_path)
    assert "No import is left" in done.stderr
    for table in ("owners", "imports", "source_files", "rejects", "contacts", "people", "ties"):
        assert rows(database, f"select count(*) from {table}") == [(0,)], table
    for table in ("files", "entries", "sightings", "events", "threads", "stages", "hints"):
        assert rows(database, f"select count(*) from raw.{table}") == [(0,)], table
    again = run("undo", folder=tmp_path)
    assert again.returncode == 2
    assert "nothing to take back" in again.stderr


def test_what_the_user_said_survives_and_waits(run: Run, exports: Path, tmp_path: Path) -> None:
    database = imported(run, tmp_path, exports / "first", exports / "second")
    assert run("tag", "Dee Sample", "chemistry", folder=tmp_path).returncode == 0
    assert run("note", "Bo Sample", "met at the fair", folder=tmp_path).returncode == 0
    assert run("undo", folder=tmp_path).returncode == 0
    imported(run, tmp_path, exports / "second")
    tagged = "select name, tag from tags join people using (person_id)"
    assert rows(database, tagged) == [("Dee Sample", "chemistry")]
    noted = "select name, text from notes join people using (person_id)"
    assert rows(database, noted) == [("Bo Sample", "met at the fair")]


def test_an_owner_and_a_country_that_an_import_named_go_with_it(
    run: Run, digest: Digest, exports: Path, tmp_path: Path
) -> None:
    database = imported(run, tmp_path, exports / "first")
    before = digest(database)
    done = run(
        "import", exports / "second", "--owner", "Pat Pooler", "--region", "DE", folder=tmp_path
    )
    assert done.returncode in (0, 1), done.stderr
    assert rows(database, "select count(*) from owners") == [(2,)]
    assert run("undo", folder=tmp_path).returncode == 0
    assert digest(database) == before


def test_an_import_that_is_not_there_is_wrong_usage(
    run: Run, digest: Digest, exports: Path, tmp_path: Path
) -> None:
    database = imported(run, tmp_path, exports / "first")
    before = digest(database)
    done = run("undo", "7", folder=tmp_path)
    assert done.returncode == 2
    assert "no import 7" in done.stderr
    assert digest(database) == before


def test_imports_of_an_older_version_are_taken_back_only_from_the_end(
    run: Run, exports: Path, tmp_path: Path
) -> None:
    database = imported(run, tmp_path, exports / "first", exports / "second")
    with duckdb.connect(str(database)) as con:
        con.execute("insert into core.settings values (0, 'sightings_from', '3')")
    done = run("undo", "1", folder=tmp_path)
    assert done.returncode == 2
    assert "older notworking" in done.stderr
    assert run("undo", "2", folder=tmp_path).returncode == 0
