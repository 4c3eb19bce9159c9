"""Forgetting somebody: gone from every table and every byte, kept out of later imports."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]
Digest = Callable[[Path], dict[str, str]]

#: What names Bo Sample, and what only Bo wrote or only Bo was told.
NAMES = ("Bo Sample", "bosample", "bo@example.org", "+12025550140", "2025550140")
WORDS = ("marzipan fair", "tangerine tent", "Marzipan again", "Shall we meet")


def cells(path: Path) -> list[str]:
    """Return every row of every table as text."""
    with duckdb.connect(str(path), read_only=True) as con:
        tables = con.execute(
            "select schema_name, table_name from duckdb_tables() where not internal"
        ).fetchall()
        return [
            f"{table}: {row}"
            for schema, table in tables
            for (row,) in con.execute(f'select t::varchar from {schema}."{table}" t').fetchall()
        ]


def naming(path: Path, words: tuple[str, ...]) -> list[str]:
    return [cell for cell in cells(path) if any(w.lower() in cell.lower() for w in words)]


def raw_bytes(folder: Path) -> bytes:
    """Return all bytes of the database and of what lies beside it."""
    return b"".join(p.read_bytes() for p in sorted(folder.iterdir()) if p.is_file())


def uncompressed(folder: Path) -> bytes:
    """Return the bytes of a copy of every live row in which no text is compressed."""
    target = folder.parent / f"{folder.name}-flat.duckdb"
    with duckdb.connect(str(target)) as con:
        con.execute("set force_compression = 'uncompressed'")
        con.execute(f"attach '{folder / 'n.duckdb'}' as n (read_only)")
        tables = con.execute(
            "select schema_name, table_name from duckdb_tables() where database_name = 'n'"
        ).fetchall()
        for number, (schema, table) in enumerate(tables):
            con.execute(f'create table t{number} as select * from n.{schema}."{table}"')
    return target.read_bytes()


@pytest.fixture(scope="module")
def whole(run: Run, exports: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Everything imported, with words of the user's own about Bo."""
    folder = tmp_path_factory.mktemp("whole")
    done = run("import", exports / "second", exports / "third", folder=folder)
    assert done.returncode in (0, 1), done.stderr
    assert run("tag", "Bo Sample", "camping", folder=folder).returncode == 0
    assert run("note", "Bo Sample", "brings the stove", folder=folder).returncode == 0
    assert run("tag", "Cy Sample", "soup", folder=folder).returncode == 0
    return folder


@pytest.fixture(scope="module")
def without(run: Run, whole: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same after Bo was forgotten."""
    folder = tmp_path_factory.mktemp("without")
    shutil.copy(whole / "n.duckdb", folder / "n.duckdb")
    done = run("forget", "Bo Sample", folder=folder)
    assert done.returncode == 0, done.stderr
    assert "Forgot Bo Sample" in done.stderr
    return folder


def test_no_table_names_the_forgotten(whole: Path, without: Path) -> None:
    for words in (NAMES, WORDS, ("camping", "stove")):
        assert naming(whole / "n.duckdb", words)
        assert naming(without / "n.duckdb", words) == []


def test_no_byte_of_the_file_names_the_forgotten(whole: Path, without: Path) -> None:
    flat = uncompressed(whole)
    for word in ("Bo Sample", "bo@example.org", "marzipan fair", "tangerine tent"):
        assert word.encode() in flat
    for data in (raw_bytes(without), uncompressed(without)):
        for word in (*NAMES, *WORDS, "brings the stove"):
            assert word.encode() not in data, word


def test_nothing_lies_beside_the_file_and_only_its_owner_can_read_it(without: Path) -> None:
    assert [p.name for p in without.iterdir()] == ["n.duckdb"]
    assert (without / "n.duckdb").stat().st_mode & 0o777 == 0o600


def test_the_others_keep_what_is_theirs(whole: Path, without: Path) -> None:
    asked = (
        "select full_name, relation, company from contacts where full_name <> 'Bo Sample'"
        " order by all",
        "select name, kind, direction, thread_size, text from interactions"
        " join people using (person_id) where name <> 'Bo Sample' order by all",
        "select name, tag from tags join people using (person_id) where tag = 'soup'",
    )
    with duckdb.connect(str(whole / "n.duckdb"), read_only=True) as con:
        before = [con.execute(sql).fetchall() for sql in asked]
    with duckdb.connect(str(without / "n.duckdb"), read_only=True) as con:
        assert [con.execute(sql).fetchall() for sql in asked] == before
    assert ("Cy Sample", "message", "in", 3, "Who brings the tent?") in before[1]


def test_the_checks_hold_afterwards(run: Run, without: Path) -> None:
    done = run("check", folder=without)
    assert done.returncode == 0, done.stdout


def test_marks_are_digests_with_a_key_of_this_database(without: Path) -> None:
    with duckdb.connect(str(without / "n.duckdb"), read_only=True) as con:
        marks = [mark for (mark,) in con.execute("select mark from core.forgotten").fetchall()]
        (key,) = con.execute(
            "select value from core.settings where name = 'forget_key'"
        ).fetchall()[0]
    assert len(marks) > 5
    assert all(re.fullmatch("[0-9a-f]{64}", mark) for mark in marks)
    assert re.fullmatch("[0-9a-f]{64}", key)


def test_the_original_exports_do_not_bring_the_forgotten_back(
    run: Run, exports: Path, without: Path, tmp_path: Path
) -> None:
    shutil.copy(without / "n.duckdb", tmp_path / "n.duckdb")
    before = sorted(naming(tmp_path / "n.duckdb", ("Cy Sample", "Mira")))
    done = run("import", exports / "second", exports / "third", folder=tmp_path)
    assert done.returncode in (0, 1), done.stderr
    assert naming(tmp_path / "n.duckdb", (*NAMES, *WORDS)) == []
    assert sorted(naming(tmp_path / "n.duckdb", ("Cy Sample", "Mira"))) == before
    assert run("check", folder=tmp_path).returncode == 0


def test_newer_exports_do_not_bring_the_forgotten_back(
    run: Run, exports: Path, without: Path, tmp_path: Path
) -> None:
    shutil.copy(without / "n.duckdb", tmp_path / "n.duckdb")
    newer = tmp_path / "newer"
    shutil.copytree(exports / "third", newer)
    for path in newer.rglob("message_1.json"):
        told = json.loads(path.read_text())
        told["messages"].insert(
            0,
            {"sender_name": "Olive Owner", "timestamp_ms": 1_800_000_000_000, "content": "News!"},
        )
        path.write_text(json.dumps(told))
    cards = (newer / "phone.vcf").read_text().replace("FN:Bo Sample", "FN:B. S.")
    (newer / "phone.vcf").write_text(cards + "\r\n")
    (newer / "Bo Sample.vcf").write_text(
        "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Sample, Bo\r\nEND:VCARD\r\n"
        "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Gil Vzorek\r\nEND:VCARD\r\n"
    )
    done = run("import", newer, "--json", folder=tmp_path)
    assert done.returncode in (0, 1), done.stderr
    assert naming(tmp_path / "n.duckdb", (*NAMES, *WORDS, "B. S.", "Sample, Bo")) == []
    with duckdb.connect(str(tmp_path / "n.duckdb"), read_only=True) as con:
        (names,) = con.execute("select list(full_name) from contacts").fetchall()[0]
        said = con.execute(
            "select name, thread_size from interactions join people using (person_id)"
            " where text = 'News!'"
        ).fetchall()
        kept = con.execute(
            "select place, reason, raw, count(*) from rejects where place = 'withheld' group by all"
        ).fetchall()
        hidden = con.execute("select path from source_files where path like '%…%'").fetchall()
    assert {"Gil Vzorek", "Fay Vzorek", "Cy Sample"} <= set(names)
    assert said == [("Cy Sample", 3)]
    assert [row[:3] for row in kept] == [
        ("withheld", "kept out: belongs to somebody who is to be forgotten", "")
    ]
    assert any(path.startswith("newer/") for (path,) in hidden) or hidden
    totals = json.loads(done.stdout)["totals"]
    assert totals["rows_read"] == (
        totals["rows_loaded"] + totals["rows_unchanged"] + totals["rows_rejected"]
    )
    assert run("check", folder=tmp_path).returncode == 0


def test_a_namesake_stays_and_is_told_of(run: Run, exports: Path, tmp_path: Path) -> None:
    more = tmp_path / "more.vcf"
    more.write_text(
        "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Cy Sample\r\nEMAIL:cy.1@example.com\r\nEND:VCARD\r\n"
        "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Cy Sample\r\nEMAIL:cy.2@example.com\r\nEND:VCARD\r\n"
    )
    assert run("import", exports / "first", more, folder=tmp_path).returncode == 0
    done = run("forget", "cy.1@example.com", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    if "same name stays" in done.stderr:
        assert naming(tmp_path / "n.duckdb", ("cy.2@example.com",))
    assert naming(tmp_path / "n.duckdb", ("cy.1@example.com",)) == []


def test_the_owner_and_unknown_people_cannot_be_forgotten(
    run: Run, digest: Digest, whole: Path, tmp_path: Path
) -> None:
    shutil.copy(whole / "n.duckdb", tmp_path / "n.duckdb")
    before = digest(tmp_path / "n.duckdb")
    own = run("forget", "Olive Owner", folder=tmp_path)
    assert own.returncode == 2
    assert "That is you" in own.stderr
    nobody = run("forget", "Zz Nobody", folder=tmp_path)
    assert nobody.returncode == 2
    assert digest(tmp_path / "n.duckdb") == before
    assert [p.name for p in tmp_path.iterdir()] == ["n.duckdb"]


def test_undo_does_not_bring_the_forgotten_back(run: Run, without: Path, tmp_path: Path) -> None:
    shutil.copy(without / "n.duckdb", tmp_path / "n.duckdb")
    assert run("undo", folder=tmp_path).returncode == 0
    assert naming(tmp_path / "n.duckdb", NAMES) == []
