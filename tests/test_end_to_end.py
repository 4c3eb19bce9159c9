"""The installed command on the example: what a user gets, and the invariants of the database."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest

ROOT = Path(__file__).resolve().parents[1]
EXPORTS = ROOT / "fixtures" / "example" / "exports"
COMMAND = Path(sys.executable).with_name("notworking")

CONTACTS = """
    select contact_id, owner_id, source, source_key, relation, full_name, given_name, family_name,
        nickname, company, title, birthday, location, profile_url, connected_at, note, raw
    from contacts order by contact_id
"""
INTERACTIONS = "select * exclude (person_id, file_id) from interactions order by interaction_id"
GROUPS = (
    "select list(contact_id order by contact_id) as g from contacts group by person_id order by g"
)


def run(*arguments: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "NOTWORKING_DB": str(folder / "network.duckdb")}
    return subprocess.run(
        [str(COMMAND), *map(str, arguments)],
        capture_output=True,
        text=True,
        cwd=folder,
        env=environment,
        check=False,
        timeout=300,
    )


def query(database: Path, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(database), read_only=True) as con:
        return con.execute(sql).fetchall()


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("imported")
    done = run("import", EXPORTS, folder=folder)
    assert done.returncode in (0, 1), done.stderr
    return folder


@pytest.fixture
def database(imported: Path) -> Path:
    return imported / "network.duckdb"


def copy_of(imported: Path, tmp_path: Path) -> Path:
    shutil.copy(imported / "network.duckdb", tmp_path / "network.duckdb")
    return tmp_path


def test_the_example_ends_with_the_verdict_on_standard_error(tmp_path: Path) -> None:
    done = run("import", EXPORTS, folder=tmp_path)
    assert done.stdout == ""
    assert "living ties" in done.stderr
    assert "Your closest 12:" in done.stderr
    assert "Slipping away:" in done.stderr
    assert "notes.txt: no known kind of file" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_readme_shows_what_the_example_gives(imported: Path) -> None:
    done = run("import", EXPORTS, folder=imported)
    given = " ".join(done.stderr.split())
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (block,) = [b for b in readme.split("```") if "contacts are" in b]
    for part in " ".join(block.split()).split(" ..."):
        assert part.strip() in given


def test_a_file_that_nobody_knows_makes_the_exit_status_one(tmp_path: Path) -> None:
    assert run("import", EXPORTS, folder=tmp_path).returncode == 1
    assert run("import", EXPORTS / "contacts.vcf", folder=tmp_path).returncode == 0


def test_the_verdict_counts_what_the_tables_hold(imported: Path, database: Path) -> None:
    done = run("import", EXPORTS, "--json", folder=imported)
    verdict = json.loads(done.stdout)["verdict"]
    counted = query(database, "select class, count(*) from ties group by class")
    classes: dict[str, int] = dict(counted)
    assert verdict["people"] == sum(classes.values())
    assert {k: verdict[k] for k in ("strong", "weak", "dormant")} == {
        k: classes[k] for k in ("strong", "weak", "dormant")
    }
    assert verdict["cards"] == classes["card"]
    strongest = query(
        database, "select name from ties where class <> 'card' order by strength desc, person_id"
    )
    assert [t["name"] for t in verdict["closest"]] == [name for (name,) in strongest[:12]]


def test_a_second_import_loads_nothing_and_changes_nothing(imported: Path, tmp_path: Path) -> None:
    folder = copy_of(imported, tmp_path)
    database = folder / "network.duckdb"
    watched = (
        CONTACTS,
        "select contact_id, person_id, first_import_id, last_import_id, missing_since"
        " from contacts order by contact_id",
        "select * from interactions order by interaction_id",
        "select * from people order by person_id",
        "select * from matches order by contact_a, contact_b",
        "select * from contact_points order by all",
        "select * from rejects order by all",
        "select * from changes order by all",
        "select * from ties order by owner_id, person_id",
    )
    before = [query(database, sql) for sql in watched]
    done = run("import", EXPORTS, "--json", folder=folder)
    summary = json.loads(done.stdout)
    assert summary["totals"]["rows_loaded"] == 0
    assert {f["status"] for f in summary["files"]} <= {
        "unchanged",
        "ignored",
        "unrecognised",
        "failed",
    }
    assert [query(database, sql) for sql in watched] == before
    assert query(database, "select count(*) from imports") == query(
        imported / "network.duckdb", "select count(*) + 1 from imports"
    )


def test_every_file_accounts_for_its_rows(database: Path) -> None:
    wrong = query(
        database,
        "select path from source_files"
        " where rows_read <> rows_loaded + rows_unchanged + rows_rejected",
    )
    assert wrong == []
    counts = query(
        database,
        "select s.file_id from source_files s left join (select file_id, count(*) as n"
        " from rejects group by file_id) r using (file_id)"
        " where s.import_id = 1 and s.rows_rejected <> coalesce(r.n, 0)",
    )
    assert counts == []
    silent = query(
        database,
        "select path from source_files"
        " where status in ('failed', 'unrecognised', 'ignored') and message is null",
    )
    assert silent == []


@pytest.mark.parametrize(
    "steps",
    [
        ("linkedin", "facebook", "vcard"),
        ("vcard", "facebook", "linkedin"),
        ("facebook-2", "vcard", "facebook-1", "linkedin"),
    ],
)
def test_neither_order_nor_portions_change_the_answer(
    imported: Path, tmp_path: Path, steps: tuple[str, ...]
) -> None:
    facebook = sorted(EXPORTS.glob("facebook-*.zip"))
    parts = {
        "linkedin": sorted(EXPORTS.glob("*LinkedIn*.zip")),
        "facebook": [p for p in sorted(EXPORTS.glob("*.zip")) if "LinkedIn" not in p.name],
        "facebook-1": [p for p in sorted(EXPORTS.glob("*.zip")) if "LinkedIn" not in p.name][:1],
        "facebook-2": [p for p in sorted(EXPORTS.glob("*.zip")) if "LinkedIn" not in p.name][1:],
        "vcard": [EXPORTS / "contacts.vcf"],
    }
    assert len(facebook) == 2
    for step in steps:
        done = run("import", *parts[step], folder=tmp_path)
        assert done.returncode in (0, 1), done.stderr
    here, there = tmp_path / "network.duckdb", imported / "network.duckdb"
    for sql in (CONTACTS, INTERACTIONS, GROUPS):
        assert query(here, sql) == query(there, sql)
    ties = "select name, class, strength, alive, evidence from ties order by all"
    assert query(here, ties) == query(there, ties)


def test_plain_duckdb_answers_the_question_of_the_readme(database: Path) -> None:
    script = (
        "import duckdb, sys\n"
        "con = duckdb.connect(sys.argv[1], read_only=True)\n"
        "rows = con.execute('SELECT name, class, evidence FROM ties"
        " ORDER BY strength DESC LIMIT 12').fetchall()\n"
        "assert 'notworking' not in sys.modules\n"
        "print(len([r for r in rows if all(r)]))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(database)],
        capture_output=True,
        text=True,
        check=True,
        cwd=database.parent,
    )
    assert done.stdout.strip() == "12"


def test_everything_published_is_described(database: Path) -> None:
    bare = query(
        database,
        """
        select schema_name || '.' || table_name || '.' || column_name
        from duckdb_columns() where not internal and comment is null
        union all
        select schema_name || '.' || table_name from duckdb_tables()
        where not internal and comment is null
        union all
        select schema_name || '.' || view_name from duckdb_views()
        where not internal and comment is null
        """,
    )
    assert bare == []


def test_the_database_is_readable_by_its_owner_alone(database: Path) -> None:
    assert stat.S_IMODE(database.stat().st_mode) == 0o600


def test_nothing_is_left_beside_the_database(imported: Path) -> None:
    assert [p.name for p in imported.iterdir()] == ["network.duckdb"]


def test_a_dry_run_leaves_no_database(tmp_path: Path) -> None:
    done = run("import", EXPORTS, "--dry-run", folder=tmp_path)
    assert "living ties" in done.stderr
    assert "dry run" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_without_text_nothing_written_is_kept(imported: Path, tmp_path: Path) -> None:
    run("import", EXPORTS, "--no-text", folder=tmp_path)
    here, there = tmp_path / "network.duckdb", imported / "network.duckdb"
    assert query(here, "select count(*) from interactions where text is not null") == [(0,)]
    counted = "select count(*), sum(words) from interactions"
    assert query(here, counted) == query(there, counted)
    ties = "select name, class, strength from ties order by all"
    assert query(here, ties) == query(there, ties)


def test_exported_cards_come_back_as_the_same_people(imported: Path, tmp_path: Path) -> None:
    vobject = pytest.importorskip("vobject")
    done = run("export", "-o", tmp_path / "out.vcf", folder=imported)
    assert done.returncode == 0, done.stderr
    text = (tmp_path / "out.vcf").read_text(encoding="utf-8")
    cards = list(vobject.readComponents(text))
    people = query(
        imported / "network.duckdb",
        "select name from people where not is_owner and trim(name) <> '' order by name, person_id",
    )
    assert sorted(c.fn.value for c in cards) == sorted(
        " ".join(str(name).split("\n")).strip() for (name,) in people
    )
    assert len({c.uid.value for c in cards}) == len(cards)
    (tmp_path / "again").mkdir()
    back = run("import", tmp_path / "out.vcf", "--json", folder=tmp_path / "again")
    assert json.loads(back.stdout)["totals"]["rows_loaded"] == len(cards)


@pytest.mark.parametrize("form", ["csv", "json", "parquet"])
def test_answers_come_in_forms_that_programs_read(
    imported: Path, tmp_path: Path, form: str
) -> None:
    target = tmp_path / f"ties.{form}"
    done = run("show", "ties", "--format", form, "-o", target, folder=imported)
    assert done.returncode == 0, done.stderr
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    reader = {"csv": "read_csv", "json": "read_json", "parquet": "read_parquet"}[form]
    (count,) = duckdb.connect().execute(f"select count(*) from {reader}('{target}')").fetchall()
    assert [count] == query(imported / "network.duckdb", "select count(*) from ties")
