"""Watching a folder: complete files only, each exactly once, through restarts and kills."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import Any

import duckdb
import pytest

from notworking.live.arrivals import Arrivals

COMMAND = Path(sys.executable).with_name("notworking")


def card(number: int) -> str:
    return (
        f"BEGIN:VCARD\nVERSION:3.0\nUID:card-{number}\nFN:Person Number{number:03}\n"
        f"EMAIL:person{number}@example.com\nEND:VCARD\n"
    )


def archive(path: Path, number: int) -> None:
    with zipfile.ZipFile(path, "w") as written:
        written.writestr("cards/contacts.vcf", card(number))


def names(found: tuple[list[Path], list[str]]) -> list[str]:
    return [path.name for path in found[0]]


def test_a_file_is_ready_once_it_stood_still(tmp_path: Path) -> None:
    arrivals = Arrivals(tmp_path, 5.0)
    file = tmp_path / "a.vcf"
    file.write_text("BEGIN", encoding="utf-8")
    assert names(arrivals.look(0.0)) == []
    assert names(arrivals.look(4.0)) == []
    file.write_text(card(1), encoding="utf-8")
    assert names(arrivals.look(6.0)) == []
    assert names(arrivals.look(10.9)) == []
    assert names(arrivals.look(11.0)) == ["a.vcf"]
    # It stays ready until somebody says that it was read, and is ready again when it changes.
    assert names(arrivals.look(12.0)) == ["a.vcf"]
    assert arrivals.is_waiting
    arrivals.handled(file)
    assert names(arrivals.look(13.0)) == []
    assert not arrivals.is_waiting
    file.write_text(card(2) + card(3), encoding="utf-8")
    arrivals.look(14.0)
    assert names(arrivals.look(19.0)) == ["a.vcf"]


@pytest.mark.parametrize(
    "name",
    ["a.zip.crdownload", "a.vcf.part", "a.TMP", ".a.vcf.swp", "~$a.csv", "network.duckdb",
     "network.duckdb.wal", "a.partial"],
)  # fmt: skip
def test_names_of_unfinished_files_and_of_the_database_are_never_ready(
    tmp_path: Path, name: str
) -> None:
    (tmp_path / name).write_text(card(1), encoding="utf-8")
    arrivals = Arrivals(tmp_path, 0.0)
    arrivals.look(0.0)
    assert arrivals.look(100.0) == ([], [])
    assert not arrivals.is_waiting


def test_an_archive_without_its_end_waits_and_says_so_once(tmp_path: Path) -> None:
    archive(tmp_path / "whole.zip", 1)
    whole = (tmp_path / "whole.zip").read_bytes()
    (tmp_path / "whole.zip").unlink()
    half = tmp_path / "half.zip"
    half.write_bytes(whole[:-30])
    arrivals = Arrivals(tmp_path, 1.0)
    arrivals.look(0.0)
    ready, said = arrivals.look(2.0)
    assert ready == []
    assert said == ["half.zip: half.zip is an archive without its end; waiting for the rest of it."]
    assert arrivals.look(3.0) == ([], [])
    half.write_bytes(whole)
    arrivals.look(4.0)
    assert names(arrivals.look(5.0)) == ["half.zip"]


def test_a_folder_is_one_entry_and_ready_when_all_of_it_stood_still(tmp_path: Path) -> None:
    folder = tmp_path / "export"
    folder.mkdir()
    arrivals = Arrivals(tmp_path, 2.0)
    assert arrivals.look(0.0) == ([], [])
    (folder / "a.vcf").write_text(card(1), encoding="utf-8")
    arrivals.look(1.0)
    (folder / "b.vcf.part").write_text(card(2), encoding="utf-8")
    arrivals.look(2.0)
    ready, said = arrivals.look(5.0)
    assert ready == []
    assert said == ["export: b.vcf.part is not finished; waiting for the rest of it."]
    (folder / "b.vcf.part").rename(folder / "b.vcf")
    arrivals.look(6.0)
    assert names(arrivals.look(8.0)) == ["export"]


def test_a_file_that_vanished_is_forgotten(tmp_path: Path) -> None:
    (tmp_path / "a.vcf").write_text(card(1), encoding="utf-8")
    arrivals = Arrivals(tmp_path, 0.0)
    arrivals.look(0.0)
    (tmp_path / "a.vcf").unlink()
    assert arrivals.look(1.0) == ([], [])
    assert not arrivals.is_waiting


def test_what_was_read_is_known_at_the_next_start(desk: Any) -> None:
    inbox = desk.folder / "inbox"
    inbox.mkdir()
    (inbox / "a.vcf").write_text(card(1), encoding="utf-8")
    (inbox / "notes.txt").write_text("no export", encoding="utf-8")
    archive(inbox / "b.zip", 2)
    watch = ("watch", inbox, "--once", "--steady", "0.1")
    told = desk.run(*watch).stderr
    assert "Read a.vcf, b.zip, notes.txt." in told
    assert "notes.txt: no known kind of file" in told
    assert desk.rows("select count(*) from imports") == [(1,)]
    assert "Read" not in desk.run(*watch).stderr
    # Another name is no other content; a changed content is.
    shutil.copy(inbox / "a.vcf", inbox / "copy.vcf")
    assert "Read" not in desk.run(*watch).stderr
    (inbox / "a.vcf").write_text(card(1) + card(3), encoding="utf-8")
    assert "Read a.vcf." in desk.run(*watch).stderr
    assert desk.rows("select source_key from contacts order by 1") == [
        ("card-1",), ("card-2",), ("card-3",),
    ]  # fmt: skip


def test_a_strangers_export_keeps_no_other_file_out(desk: Any, make: Any) -> None:
    desk.run("import", make.linkedin(desk.folder, "2024-02-01", [make.card("Ada Example")]))
    inbox = desk.folder / "inbox"
    inbox.mkdir()
    make.linkedin(inbox, "2025-02-01", [make.card("Bert Sample")], owner="Zacharias Stranger")
    (inbox / "mine.vcf").write_text(card(7), encoding="utf-8")
    told = desk.run("watch", inbox, "--once", "--steady", "0.1").stderr
    assert "These exports are of Zacharias Stranger" in told
    assert "Read mine.vcf." in told
    assert desk.rows("select count(*) from contacts where full_name like 'Bert%'") == [(0,)]


def test_there_must_be_a_folder(desk: Any) -> None:
    assert "There is no folder" in desk.run("watch", desk.folder / "no", status=2).stderr


class Service:
    """The command as a service would run it."""

    def __init__(self, folder: Path, log: Path) -> None:
        self.inbox, self.database, self.log = folder / "inbox", folder / "n.duckdb", log
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(
                [str(COMMAND), "--db", str(self.database), "--wait", "1", "watch", str(self.inbox),
                 "--steady", "1"],
                stdout=out,
                stderr=out,
                env={**os.environ, "TERM": "dumb"},
            )  # fmt: skip

    def stop(self, with_signal: signal.Signals) -> int:
        assert self.process is not None
        self.process.send_signal(with_signal)
        return self.process.wait(timeout=60)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Return the answer of a query; nothing while the service holds the database."""
        if not self.database.exists():
            return []
        try:
            with duckdb.connect(str(self.database), read_only=True) as con:
                return con.execute(sql).fetchall()
        except (duckdb.IOException, duckdb.CatalogException):
            return []

    def wait_for(self, cards: int) -> None:
        end = time.monotonic() + 90
        found: list[tuple[Any, ...]] = []
        while time.monotonic() < end:
            found = self.rows("select count(*) from contacts") or found
            if found and found[0][0] >= cards:
                return
            time.sleep(0.3)
        raise AssertionError(f"{found}\n{self.log.read_text(encoding='utf-8')}")


@pytest.fixture
def service(tmp_path: Path) -> Any:
    made = Service(tmp_path, tmp_path / "watch.log")
    made.inbox.mkdir()
    yield made
    if made.process is not None and made.process.poll() is None:
        made.process.kill()
        made.process.wait()


@pytest.mark.slow
def test_fifty_files_under_fire_are_each_imported_exactly_once(service: Service) -> None:
    service.start()
    archive(service.inbox.parent / "late.zip", 900)
    late = (service.inbox.parent / "late.zip").read_bytes()
    (service.inbox / "late.zip").write_bytes(late[: len(late) // 2])
    slow = (service.inbox / "slow.vcf").open("w", encoding="utf-8")
    for number in range(50):
        if number % 5 == 0:
            # A name that only the finished file bears, as browsers do it.
            part = service.inbox / f"card{number}.vcf.part"
            part.write_text(card(number), encoding="utf-8")
            part.rename(service.inbox / f"card{number}.vcf")
        elif number % 5 == 1:
            archive(service.inbox / f"card{number}.zip", number)
        else:
            (service.inbox / f"card{number}.vcf").write_text(card(number), encoding="utf-8")
        slow.write(card(1000 + number))
        slow.flush()
        time.sleep(0.1)
        if number == 30:
            # Most likely in the middle of an import; no moment may be a bad one.
            service.stop(signal.SIGKILL)
            service.start()
    service.wait_for(50)
    slow.close()
    (service.inbox / "late.zip").write_bytes(late)
    service.wait_for(101)
    assert service.stop(signal.SIGTERM) == 130
    files = service.rows(
        "select path, count(*) from source_files where status = 'loaded' group by path order by 1"
    )
    expected = {
        f"card{n}.zip/cards/contacts.vcf" if n % 5 == 1 else f"card{n}.vcf" for n in range(50)
    }
    expected |= {"slow.vcf", "late.zip/cards/contacts.vcf"}
    assert dict(files) == dict.fromkeys(expected, 1)
    assert service.rows("select distinct status from source_files") == [("loaded",)]
    assert service.rows("select max(rows_loaded) from source_files") == [(50,)]
    assert service.rows("select count(*), count(distinct source_key) from contacts") == [(101, 101)]
    assert "late.zip is an archive without its end" in service.log.read_text(encoding="utf-8")
    service.start()
    time.sleep(4)
    service.stop(signal.SIGTERM)
    assert len(service.rows("select * from source_files")) == 52
    assert not [p.name for p in service.inbox.parent.iterdir() if p.name.startswith(".notworking")]


@pytest.mark.slow
def test_a_held_database_is_waited_for(service: Service) -> None:
    (service.inbox / "first.vcf").write_text(card(1), encoding="utf-8")
    service.start()
    service.wait_for(1)
    holder = subprocess.Popen(
        [sys.executable, "-c",
         f"import duckdb, time; con = duckdb.connect({str(service.database)!r}); print('held',"
         " flush=True); time.sleep(60)"],
        stdout=subprocess.PIPE,
    )  # fmt: skip
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        (service.inbox / "second.vcf").write_text(card(2), encoding="utf-8")
        end = time.monotonic() + 30
        while "waits until then" not in service.log.read_text(encoding="utf-8"):
            assert time.monotonic() < end, service.log.read_text(encoding="utf-8")
            time.sleep(0.2)
    finally:
        holder.kill()
        holder.communicate()
    service.wait_for(2)
    assert service.stop(signal.SIGINT) == 130
