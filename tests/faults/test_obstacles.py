"""Full disks, closed folders, other programs: clear words, and all or nothing."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]
Digest = Callable[[Path], dict[str, str]]

EXAMPLE = Path(__file__).resolve().parents[2] / "fixtures" / "example" / "exports"
COMMAND = Path(sys.executable).with_name("notworking")
HOLD = (
    "import duckdb, sys, time; con = duckdb.connect(sys.argv[1]); print(1, flush=True);"
    " time.sleep(float(sys.argv[2]))"
)


def mount(folder: Path, size: str) -> None:
    if not hasattr(os, "geteuid") or os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("making a small disk needs root and mount")
    folder.mkdir()
    options = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    done = subprocess.run(options, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        pytest.skip(f"a small disk cannot be mounted here: {done.stderr.strip()}")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    folder = tmp_path / "disk"

    def make(size: str) -> Path:
        mount(folder, size)
        return folder

    yield make
    if folder.is_mount():
        subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.parametrize("size", ["1m", "10m"])
def test_a_full_disk_at_the_first_import_is_said_and_leaves_nothing(
    run: Run, small_disk: Callable[[str], Path], size: str
) -> None:
    disk = small_disk(size)
    done = run("import", EXAMPLE, folder=disk)
    assert done.returncode == 3, done.stderr
    assert "The disk is full" in done.stderr
    assert "as it was before" in done.stderr
    assert "Traceback" not in done.stderr
    assert list(disk.iterdir()) == []


def test_a_full_disk_at_a_later_import_leaves_what_was_there(
    run: Run, digest: Digest, exports: Path, small_disk: Callable[[str], Path]
) -> None:
    disk = small_disk("12m")
    assert run("import", exports / "first", folder=disk).returncode == 0
    before = digest(disk / "n.duckdb")
    done = run("import", EXAMPLE, "--owner", "Olive Owner", folder=disk)
    assert done.returncode == 3, done.stderr
    assert "The disk is full" in done.stderr
    assert digest(disk / "n.duckdb") == before
    assert not list(disk.glob(".notworking-*"))
    subprocess.run(["mount", "-o", "remount,size=200m", str(disk)], check=True)
    assert run("import", exports / "second", folder=disk).returncode in (0, 1)
    assert run("check", folder=disk).returncode == 0


def close(disk: Path) -> None:
    """Let nothing be written to a disk any more; file modes do not hold root back."""
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)


def test_a_folder_that_cannot_be_written_is_status_three(
    run: Run, exports: Path, small_disk: Callable[[str], Path]
) -> None:
    disk = small_disk("12m")
    close(disk)
    done = run("import", exports / "first", folder=disk)
    assert done.returncode == 3, done.stderr
    assert f"{disk / 'n.duckdb'} cannot be opened" in done.stderr
    assert "Traceback" not in done.stderr
    assert list(disk.iterdir()) == []


def test_a_database_that_cannot_be_written_is_status_three(
    run: Run, digest: Digest, exports: Path, small_disk: Callable[[str], Path]
) -> None:
    disk = small_disk("200m")
    assert run("import", exports / "first", folder=disk).returncode == 0
    before = digest(disk / "n.duckdb")
    close(disk)
    for command in (("import", exports / "second"), ("undo",), ("forget", "Bo Sample")):
        done = run(*command, folder=disk)
        assert done.returncode == 3, done.stderr
        assert str(disk) in done.stderr
        assert "Traceback" not in done.stderr
    assert run("show", "ties", folder=disk).returncode == 0
    assert digest(disk / "n.duckdb") == before
    assert [p.name for p in disk.iterdir()] == ["n.duckdb"]


def test_a_folder_in_place_of_the_database_is_status_three(
    run: Run, exports: Path, tmp_path: Path
) -> None:
    (tmp_path / "n.duckdb").mkdir()
    done = run("import", exports / "first", folder=tmp_path)
    assert done.returncode == 3
    assert "Traceback" not in done.stderr


@pytest.fixture
def hold() -> Iterator[Callable[[Path, float], int]]:
    """Hold a database in another process for some seconds; gives its number."""
    started: list[subprocess.Popen[str]] = []

    def begin(path: Path, seconds: float) -> int:
        process = subprocess.Popen(
            [sys.executable, "-c", HOLD, str(path), str(seconds)], stdout=subprocess.PIPE, text=True
        )
        started.append(process)
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "1"
        return process.pid

    yield begin
    for process in started:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("command", [("import", "PORTION"), ("show", "ties"), ("tag", "Mira", "x")])
def test_a_held_database_is_waited_for(
    run: Run,
    exports: Path,
    tmp_path: Path,
    hold: Callable[[Path, float], int],
    command: tuple[str, ...],
) -> None:
    assert run("import", exports / "first", folder=tmp_path).returncode == 0
    given = [str(exports / "second") if word == "PORTION" else word for word in command]
    pid = hold(tmp_path / "n.duckdb", 3.0)
    done = run("--wait", "60", *given, folder=tmp_path)
    assert done.returncode in (0, 1), done.stderr
    assert f"process {pid}" in done.stderr
    assert "waiting up to 60 s" in done.stderr
    assert done.stderr.count("waiting") == 1


@pytest.mark.parametrize("command", [("import", "PORTION"), ("show", "ties"), ("undo",)])
def test_who_does_not_want_to_wait_is_told_who_holds_it(
    run: Run,
    exports: Path,
    tmp_path: Path,
    hold: Callable[[Path, float], int],
    command: tuple[str, ...],
) -> None:
    assert run("import", exports / "first", folder=tmp_path).returncode == 0
    given = [str(exports / "second") if word == "PORTION" else word for word in command]
    pid = hold(tmp_path / "n.duckdb", 120)
    begin = time.monotonic()
    done = run("--wait", "0", *given, folder=tmp_path)
    assert done.returncode == 3
    assert f"process {pid}" in done.stderr
    if sys.platform == "linux":
        assert "(python" in done.stderr
    assert "Close the other program" in done.stderr
    assert "waiting" not in done.stderr
    assert time.monotonic() - begin < 30
    patient = run("--wait", "0.5", *given, folder=tmp_path)
    assert patient.returncode == 3
    assert "waiting up to 0.5 s" in patient.stderr


def test_two_imports_at_once_both_get_in(run: Run, exports: Path, tmp_path: Path) -> None:
    command = [str(COMMAND), "--db", str(tmp_path / "n.duckdb"), "--wait", "60", "import"]
    both = [
        subprocess.Popen([*command, str(exports / portion)], stderr=subprocess.PIPE, text=True)
        for portion in ("first", "second")
    ]
    told = [process.communicate(timeout=120)[1] for process in both]
    assert [process.returncode for process in both] in ([0, 0], [0, 1]), told
    with duckdb.connect(str(tmp_path / "n.duckdb"), read_only=True) as con:
        assert con.execute("select count(*) from imports").fetchall() == [(2,)]
    assert run("check", folder=tmp_path).returncode == 0


@pytest.mark.parametrize("mask", [0o000, 0o277])
def test_only_the_owner_can_read_what_is_written_whatever_the_umask(
    run: Run, exports: Path, tmp_path: Path, mask: int
) -> None:
    before = os.umask(mask)
    try:
        assert run("import", exports / "first", folder=tmp_path).returncode == 0
        for form in ("csv", "json"):
            out = ("--format", form, "-o", f"ties.{form}")
            assert run("show", "ties", *out, folder=tmp_path).returncode == 0
        assert run("export", "-o", "cards.vcf", folder=tmp_path).returncode == 0
        assert run("report", "-o", "page.html", folder=tmp_path).returncode == 0
    finally:
        os.umask(before)
    modes = {p.name: stat.S_IMODE(p.stat().st_mode) for p in tmp_path.iterdir()}
    assert modes.keys() == {
        "n.duckdb",
        "ties.csv",
        "ties.json",
        "cards.vcf",
        "page.html",
    }
    assert set(modes.values()) == {0o600}, modes


def test_the_log_of_a_running_import_is_the_owners_alone(exports: Path, tmp_path: Path) -> None:
    path = tmp_path / "n.duckdb"
    code = (
        "import os, sys; from pathlib import Path; from notworking.store import database\n"
        "con = database.connect(Path(sys.argv[1]))\n"
        "database.migrate(con)\n"
        "print(sorted(oct(p.stat().st_mode & 0o777) for p in Path(sys.argv[1]).parent.iterdir()))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", "import os; os.umask(0)\n" + code, str(path)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "['0o600', '0o600']"


def test_check_tells_of_what_is_broken_and_ends_in_one(
    run: Run, exports: Path, tmp_path: Path
) -> None:
    assert run("import", exports / "first", folder=tmp_path).returncode == 0
    sound = run("check", folder=tmp_path)
    assert sound.returncode == 0
    assert all(line.startswith("ok ") for line in sound.stdout.splitlines())
    with duckdb.connect(str(tmp_path / "n.duckdb")) as con:
        con.execute("update source_files set rows_read = rows_read + 1 where file_id = 1")
        con.execute("update core.interactions set direction = 'sideways'")
        con.execute("delete from people where name = 'Jonas Beispiel'")
        con.execute("insert into raw.sightings values (5, 99)")
    (tmp_path / "n.duckdb").chmod(0o644)
    done = run("check", folder=tmp_path)
    assert done.returncode == 1
    failed = [line for line in done.stdout.splitlines() if line.startswith("FAILED")]
    for words in (
        "rows read = loaded + unchanged + rejected (1 times, first: 1)",
        "goes in, out or both ways",
        "no organisation is a person (1 times",
        "comes from a file that was read (1 times, first: sighting 5)",
        "only the owner can read the files (1 times, first: n.duckdb)",
    ):
        assert any(words in line for line in failed), (words, failed)
    assert "Jonas" not in done.stdout
