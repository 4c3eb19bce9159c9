"""Bad input is normal input: each broken thing is named with a reason, the rest is imported."""

from __future__ import annotations

import json
import os
import shutil
import struct
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path
from typing import Any

import duckdb
import pytest

COMMAND = Path(sys.executable).with_name("notworking")

CONNECTIONS = (
    "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    "Mira,Examplová,https://www.linkedin.com/in/mira-examplov%C3%A1,,Northwind,Tester,05 Nov 2023\n"
    ",,,,,,02 Feb 2019\n"
    "Jonas,Beispiel,https://www.linkedin.com/in/jonasbeispiel,jonas@example.com,Contoso,Engineer,"
    "17 Jun 2021\n"
)
FRIENDS = json.dumps(
    {"friends_v2": [{"name": "Bo Sample", "timestamp": 1600000000}, {"name": "", "timestamp": 5}]}
)
THREAD = json.dumps(
    {
        "participants": [{"name": "Bo Sample"}, {"name": "Ada Example"}],
        "messages": [
            {"sender_name": "Bo Sample", "timestamp_ms": 1700000002000, "content": "Tuesday?"},
            {"sender_name": "Ada Example", "timestamp_ms": 1700000001000, "content": "When?"},
        ],
        "title": "Bo Sample",
        "thread_path": "inbox/bosample_1000000000000001",
    }
)
CARDS = (
    "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Cy Sample\r\nTEL:+12025550143\r\n"
    "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Dee Sample\r\nTEL:+12025550144\r\nEND:VCARD\r\n"
)


def run(*arguments: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(COMMAND), "--db", str(folder / "n.duckdb"), *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        cwd=folder,
    )


def summary(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    assert "Traceback" not in done.stderr, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def by_path(done: subprocess.CompletedProcess[str]) -> dict[str, dict[str, Any]]:
    return {f["path"]: f for f in summary(done)["files"]}


def names(folder: Path) -> set[str]:
    with duckdb.connect(str(folder / "n.duckdb"), read_only=True) as con:
        return {n for (n,) in con.execute("select full_name from contacts").fetchall()}


def encrypt(path: Path) -> None:
    """Set the flag of encryption on the one member of an archive."""
    data = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.index(mark) + offset
        (flags,) = struct.unpack_from("<H", data, at)
        struct.pack_into("<H", data, at, flags | 1)
    path.write_bytes(bytes(data))


@pytest.fixture
def drop(tmp_path: Path) -> Path:
    folder = tmp_path / "drop"
    thread = folder / "fb" / "your_facebook_activity" / "messages" / "inbox"
    (thread / "bosample_1000000000000001").mkdir(parents=True)
    (thread / "bosample_1000000000000001" / "message_1.json").write_text(THREAD)
    (thread / "cy_1000000000000002").mkdir()
    cut = THREAD.replace("1000000000000001", "1000000000000002")[:-120]
    (thread / "cy_1000000000000002" / "message_1.json").write_text(cut)
    friends = folder / "fb" / "connections" / "friends"
    friends.mkdir(parents=True)
    (friends / "your_friends.json").write_text(FRIENDS)
    (folder / "Connections.csv").write_text(CONNECTIONS, encoding="utf-8")
    (folder / "phone.vcf").write_bytes(CARDS.encode())
    (folder / "empty.csv").touch()
    (folder / "notes.txt").write_text("Remember the milk.")
    with zipfile.ZipFile(folder / "locked.zip", "w") as archive:
        archive.writestr("Connections.csv", CONNECTIONS)
    encrypt(folder / "locked.zip")
    return folder


def test_every_broken_thing_is_named_and_the_rest_is_imported(drop: Path, tmp_path: Path) -> None:
    done = run("import", drop, "--json", folder=tmp_path)
    files = by_path(done)
    assert done.returncode == 1
    assert files["Connections.csv"]["status"] == "loaded"
    assert files["Connections.csv"]["rows_rejected"] == 1
    assert files["locked.zip/Connections.csv"]["status"] == "failed"
    assert "encrypted" in files["locked.zip/Connections.csv"]["message"]
    assert (
        files["empty.csv"] | {"status": "unrecognised", "message": "empty file"}
        == files["empty.csv"]
    )
    assert files["notes.txt"]["status"] == "unrecognised"
    assert files["phone.vcf"]["status"] == "loaded"
    assert files["phone.vcf"]["message"]
    rejects = summary(done)["rejects"]
    assert ["Connections.csv", "line 3"] in [r[:2] for r in rejects]
    truncated = [r for r in rejects if "cy_1000000000000002" in r[0]]
    assert len(truncated) == 1
    assert truncated[0][2]
    assert {"Mira Examplová", "Jonas Beispiel", "Bo Sample", "Cy Sample", "Dee Sample"} <= names(
        tmp_path
    )
    for file in files.values():
        parts = file["rows_loaded"] + file["rows_unchanged"] + file["rows_rejected"]
        assert file["rows_read"] == parts


def test_rejected_rows_alone_leave_the_exit_status_zero(drop: Path, tmp_path: Path) -> None:
    done = run("import", drop / "Connections.csv", folder=tmp_path)
    assert done.returncode == 0
    assert "connection without a name" in done.stderr


def test_nothing_readable_is_status_two_and_leaves_no_database(drop: Path, tmp_path: Path) -> None:
    for given in (drop / "notes.txt", drop / "empty.csv", drop / "locked.zip", tmp_path / "absent"):
        done = run("import", given, folder=tmp_path)
        assert done.returncode == 2, done.stderr
        assert "Traceback" not in done.stderr
        assert not (tmp_path / "n.duckdb").exists()
    (tmp_path / "hollow").mkdir()
    assert run("import", tmp_path / "hollow", folder=tmp_path).returncode == 2


def test_a_repeated_import_of_broken_files_repeats_no_reject(drop: Path, tmp_path: Path) -> None:
    (drop / "broken.json").write_text('{"friends_v2": [object Object]')
    run("import", drop, folder=tmp_path)
    with duckdb.connect(str(tmp_path / "n.duckdb"), read_only=True) as con:
        before = con.execute("select * from rejects order by all").fetchall()
    run("import", drop, folder=tmp_path)
    with duckdb.connect(str(tmp_path / "n.duckdb"), read_only=True) as con:
        assert con.execute("select * from rejects order by all").fetchall() == before


@pytest.mark.parametrize("name", ["../../escape/Connections.csv", "/abs/Connections.csv"])
def test_members_never_leave_the_archive(tmp_path: Path, name: str) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr(name, CONNECTIONS)
    done = run("import", tmp_path / "x.zip", "--json", folder=tmp_path)
    assert [f["status"] for f in summary(done)["files"]] == ["loaded"]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["n.duckdb", "x.zip"]


def test_archives_inside_archives_are_read(tmp_path: Path) -> None:
    inner = tmp_path / "inner.zip"
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("Connections.csv", CONNECTIONS)
    with zipfile.ZipFile(tmp_path / "outer.zip", "w") as archive:
        archive.write(inner, "exports/inner.zip")
    inner.unlink()
    run("import", tmp_path / "outer.zip", folder=tmp_path)
    assert "Mira Examplová" in names(tmp_path)


def test_a_zip_bomb_is_refused_by_name(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("messages.csv", b"\0" * (64 << 20))
        archive.writestr("Connections.csv", CONNECTIONS)
    done = run("import", tmp_path / "bomb.zip", "--json", folder=tmp_path)
    files = by_path(done)
    assert "zip bomb" in files["bomb.zip/messages.csv"]["message"]
    assert files["bomb.zip/Connections.csv"]["status"] == "loaded"


def test_a_damaged_member_fails_alone(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("phone.vcf", CARDS)
        archive.writestr("Connections.csv", CONNECTIONS)
    data = bytearray(path.read_bytes())
    at = data.index(b"Cy Sample")
    data[at : at + 2] = b"XX"
    assert zlib.crc32(bytes(data)) != zlib.crc32(path.read_bytes())
    path.write_bytes(bytes(data))
    files = by_path(run("import", path, "--json", folder=tmp_path))
    assert files["x.zip/phone.vcf"]["status"] == "failed"
    assert "cannot be read" in files["x.zip/phone.vcf"]["message"]
    assert files["x.zip/Connections.csv"]["status"] == "loaded"
    assert names(tmp_path) == {"Mira Examplová", "Jonas Beispiel"}


def test_links_and_pipes_are_named_and_not_followed(tmp_path: Path) -> None:
    folder = tmp_path / "drop"
    folder.mkdir()
    (tmp_path / "secret.csv").write_text(CONNECTIONS, encoding="utf-8")
    (folder / "link.csv").symlink_to(tmp_path / "secret.csv")
    os.mkfifo(folder / "pipe.csv")
    (folder / "phone.vcf").write_bytes(CARDS.encode())
    files = by_path(run("import", folder, "--json", folder=tmp_path))
    assert "symbolic link" in files["link.csv"]["message"]
    assert "no regular file" in files["pipe.csv"]["message"]
    assert "Mira Examplová" not in names(tmp_path)


def test_a_folder_that_ends_in_zip_is_read_as_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "Basic_LinkedInDataExport_05-01-2024.zip"
    folder.mkdir()
    (folder / "Connections.csv").write_text(CONNECTIONS, encoding="utf-8")
    assert run("import", folder, folder=tmp_path).returncode == 0
    assert "Mira Examplová" in names(tmp_path)


def test_a_locked_database_is_status_three_and_says_who_holds_it(tmp_path: Path) -> None:
    (tmp_path / "Connections.csv").write_text(CONNECTIONS, encoding="utf-8")
    assert run("import", tmp_path / "Connections.csv", folder=tmp_path).returncode == 0
    with duckdb.connect(str(tmp_path / "n.duckdb")):
        for command in (["import", tmp_path / "Connections.csv"], ["show", "ties"]):
            done = run(*command, folder=tmp_path)
            assert done.returncode == 3
            assert f"process {os.getpid()}" in done.stderr
            assert "Traceback" not in done.stderr


def test_a_file_that_is_no_database_is_status_three(tmp_path: Path) -> None:
    (tmp_path / "Connections.csv").write_text(CONNECTIONS, encoding="utf-8")
    (tmp_path / "n.duckdb").write_text("this is no database")
    done = run("import", tmp_path / "Connections.csv", folder=tmp_path)
    assert done.returncode == 3
    assert "not a database of notworking" in done.stderr
    assert (tmp_path / "n.duckdb").read_text() == "this is no database"


def test_somebody_elses_duckdb_file_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "Connections.csv").write_text(CONNECTIONS, encoding="utf-8")
    with duckdb.connect(str(tmp_path / "n.duckdb")) as con:
        con.execute("create table mine as select 42 as answer")
    done = run("import", tmp_path / "Connections.csv", folder=tmp_path)
    assert done.returncode == 3
    with duckdb.connect(str(tmp_path / "n.duckdb"), read_only=True) as con:
        assert con.execute("select * from mine").fetchall() == [(42,)]
        assert con.execute("select count(*) from duckdb_tables()").fetchall() == [(1,)]


def test_a_newer_database_is_refused_with_a_clear_word(tmp_path: Path) -> None:
    (tmp_path / "Connections.csv").write_text(CONNECTIONS, encoding="utf-8")
    run("import", tmp_path / "Connections.csv", folder=tmp_path)
    with duckdb.connect(str(tmp_path / "n.duckdb")) as con:
        con.execute("insert into core.schema_version values (9999)")
    for command in (["import", tmp_path / "Connections.csv"], ["show", "ties"]):
        done = run(*command, folder=tmp_path)
        assert done.returncode == 3
        assert "upgrade" in done.stderr


def test_asking_before_importing_says_what_to_do(tmp_path: Path) -> None:
    done = run("show", "ties", folder=tmp_path)
    assert done.returncode == 3
    assert "notworking import" in done.stderr


def test_queries_cannot_write_nor_read_other_files(tmp_path: Path) -> None:
    (tmp_path / "Connections.csv").write_text(CONNECTIONS, encoding="utf-8")
    run("import", tmp_path / "Connections.csv", folder=tmp_path)
    for sql in (
        "delete from contacts",
        "select * from read_csv('Connections.csv')",
        "copy contacts to 'out.csv'",
        "select 1; select 2",
        "select nothing from nowhere",
    ):
        done = run("sql", sql, folder=tmp_path)
        assert done.returncode == 2, sql
        assert "Traceback" not in done.stderr
    assert not (tmp_path / "out.csv").exists()


def test_formulas_and_escape_codes_do_not_reach_spreadsheets_or_terminals(tmp_path: Path) -> None:
    nasty = CONNECTIONS.replace("Mira", "=cmd()").replace("Northwind", "\x1b[31mred")
    (tmp_path / "Connections.csv").write_text(nasty, encoding="utf-8")
    run("import", tmp_path / "Connections.csv", folder=tmp_path)
    query = "select full_name, company from contacts where full_name like '=%'"
    as_csv = run("sql", query, "--format", "csv", folder=tmp_path).stdout
    assert "'=cmd() Examplová" in as_csv
    as_table = run("sql", query, folder=tmp_path).stdout
    assert "\x1b" not in as_table
    as_json = json.loads(run("sql", query, "--format", "json", folder=tmp_path).stdout)
    assert as_json == [{"full_name": "=cmd() Examplová", "company": "\x1b[31mred"}]


def test_exports_of_somebody_else_are_not_mixed_in_silence(tmp_path: Path) -> None:
    profile = "First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry,"
    profile += "Zip Code,Geo Location,Twitter Handles,Websites,Instant Messengers\n"
    for folder, first in (("one", "Olive"), ("two", "Zacharias")):
        (tmp_path / folder).mkdir()
        row = f"{first},{first}son,,,,,,,,,,,\n"
        (tmp_path / folder / "Profile.csv").write_text(profile + row, encoding="utf-8")
        shutil.copy(__file__, tmp_path / folder / "ignored.py")
        (tmp_path / folder / "Connections.csv").write_text(CONNECTIONS, encoding="utf-8")
    run("import", tmp_path / "one", folder=tmp_path)
    done = run("import", tmp_path / "two", folder=tmp_path)
    assert done.returncode == 2
    assert "--owner" in done.stderr
    done = run("import", tmp_path / "two", "--owner", "Zacharias Zachariasson", folder=tmp_path)
    assert done.returncode in (0, 1)
    with duckdb.connect(str(tmp_path / "n.duckdb"), read_only=True) as con:
        owners = con.execute("select name from owners order by owner_id").fetchall()
        shared = con.execute(
            "select count(distinct owner_id) from contacts where full_name = 'Mira Examplová'"
        ).fetchall()
    assert owners == [("Olive Oliveson",), ("Zacharias Zachariasson",)]
    assert shared == [(2,)]
    done = run("import", tmp_path / "one", folder=tmp_path)
    assert done.returncode == 2
    assert "several owners" in done.stderr


def test_pages_are_not_read_beside_the_json_of_the_same_name(tmp_path: Path) -> None:
    friends = tmp_path / "fb" / "connections" / "friends"
    friends.mkdir(parents=True)
    (friends / "your_friends.json").write_text(FRIENDS)
    (friends / "your_friends.html").write_text("<html><body>Your friends</body></html>")
    files = by_path(run("import", tmp_path / "fb", "--json", folder=tmp_path))
    assert files["connections/friends/your_friends.json"]["status"] == "loaded"
    page = files["connections/friends/your_friends.html"]
    assert (page["status"], page["message"]) == (
        "ignored",
        "the same as the JSON file of that name",
    )


def test_a_list_that_is_cut_off_does_not_make_anybody_missing(tmp_path: Path) -> None:
    whole = {"friends_v2": [{"name": n, "timestamp": 1600000000} for n in ("Bo A", "Cy B", "Di C")]}
    for folder, text in (
        ("facebook-ada-2025-01-01-Ab12Cd34", json.dumps(whole)),
        ("facebook-ada-2026-01-01-Ab12Cd34", json.dumps(whole)[:-60]),
    ):
        friends = tmp_path / folder / "connections" / "friends"
        friends.mkdir(parents=True)
        (friends / "your_friends.json").write_text(text)
        assert run("import", tmp_path / folder, folder=tmp_path).returncode == 0
    with duckdb.connect(str(tmp_path / "n.duckdb"), read_only=True) as con:
        missing = con.execute("select full_name, missing_since from contacts").fetchall()
    assert sorted(missing) == [("Bo A", None), ("Cy B", None), ("Di C", None)]


def test_the_users_word_on_columns_is_taken_and_nonsense_refused(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("Wem;Draht\nAda Example;+1 202 555 0143\nBo Sample;\n")
    refused = run("import", "list.csv", folder=tmp_path)
    assert refused.returncode == 2
    done = run(
        "import", "list.csv", "--map", "Wem=full_name", "--map", "Draht=phone", folder=tmp_path
    )
    assert done.returncode == 0, done.stderr
    assert names(tmp_path) == {"Ada Example", "Bo Sample"}
    again = run("import", "list.csv", "--map", "Wem=nickname", "--json", folder=tmp_path)
    assert "take that import back" in by_path(again)["list.csv"]["message"]
    for wrong in ("Wem=nonsense", "Wem"):
        done = run("import", "list.csv", "--map", wrong, folder=tmp_path)
        assert done.returncode == 2
        assert "Traceback" not in done.stderr


def test_a_document_too_large_for_memory_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    friends = [
        {"name": f"Invented Friend{n}", "timestamp": 1_500_000_000 + n} for n in range(30_000)
    ]
    (tmp_path / "your_friends.json").write_text(json.dumps({"friends_v2": friends}))
    (tmp_path / "Connections.csv").write_text(CONNECTIONS)
    done = subprocess.run(
        [str(COMMAND), "--db", "n.duckdb", "import", "your_friends.json", "Connections.csv"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env=os.environ | {"NOTWORKING_MAX_WHOLE_MIB": "1"},
        check=False,
    )
    assert done.returncode == 1
    assert "your_friends.json: cannot be read: larger than 1 MiB" in done.stderr
    assert "linkedin: 3 rows in 1 files" in done.stderr
