"""A run that is killed leaves the database exactly as before it or exactly as after it.

The runs are forked from a process that has everything loaded, so that nearly all moments at which
one is killed fall into the work itself.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from typing import NamedTuple

import pytest

from notworking import cli

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs signals of POSIX")

Run = Callable[..., subprocess.CompletedProcess[str]]
Digest = Callable[[Path], dict[str, str]]
Start = Callable[..., ForkServerProcess]

EXAMPLE = Path(__file__).resolve().parents[2] / "fixtures" / "example" / "exports"
COMMAND = Path(sys.executable).with_name("notworking")


class Bench(NamedTuple):
    start: Start
    digest: Digest
    exports: Path
    folder: Path


@dataclass
class Tally:
    """What the killed runs left."""

    before: int = 0
    after: int = 0
    moments: list[float] = field(default_factory=list)


@pytest.fixture(scope="module")
def start() -> Start:
    """Start the command in a child process that has its modules loaded."""
    context: ForkServerContext = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(
        ["notworking.pipeline", "notworking.narration", "notworking.undo"]
    )

    def begin(*arguments: str | Path, folder: Path) -> ForkServerProcess:
        given = ["--db", str(folder / "n.duckdb"), *map(str, arguments)]
        process = context.Process(target=_quietly, args=(given,))
        process.start()
        return process

    return begin


def _quietly(arguments: list[str]) -> None:
    """Run the command without its narration, and end with its exit status."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)
    os._exit(cli.main(arguments))


def finished(process: ForkServerProcess) -> int:
    process.join(120)
    assert process.exitcode is not None
    return process.exitcode


@pytest.fixture
def seconds(start: Start, exports: Path, tmp_path: Path) -> Iterator[float]:
    """How long the import takes that is killed here."""
    folder = tmp_path / "timed"
    folder.mkdir()
    assert finished(start("import", exports / "first", folder=folder)) in (0, 1)
    begin = time.monotonic()
    assert finished(start("import", exports / "second", folder=folder)) in (0, 1)
    yield time.monotonic() - begin
    shutil.rmtree(folder)


@pytest.fixture
def kill(start: Start, digest: Digest, exports: Path, tmp_path: Path) -> Callable[..., Tally]:
    """Kill imports at random moments: ``kill(times, seconds)``."""
    return partial(kill_at_random_moments, Bench(start, digest, exports, tmp_path))


def kill_at_random_moments(bench: Bench, times: int, seconds: float) -> Tally:
    start, digest, exports, tmp_path = bench
    base, work = tmp_path / "base", tmp_path / "work"
    base.mkdir()
    assert finished(start("import", exports / "first", folder=base)) in (0, 1)
    before = digest(base / "n.duckdb")
    done = tmp_path / "done"
    shutil.copytree(base, done)
    assert finished(start("import", exports / "second", folder=done)) in (0, 1)
    after = digest(done / "n.duckdb")
    assert after != before
    moments = random.Random(times)
    tally = Tally()
    for _ in range(times):
        shutil.copytree(base, work)
        process = start("import", exports / "second", folder=work)
        moment = moments.uniform(0, 1.1 * seconds)
        process.join(moment)
        if process.pid is not None and process.is_alive():
            os.kill(process.pid, signal.SIGKILL)
            tally.moments.append(moment)
        process.join(60)
        left = digest(work / "n.duckdb")
        assert left in (before, after), f"neither before nor after: killed at {moment:.3f} s"
        tally.before += left == before
        tally.after += left == after
        if left == before:
            # What a killed run leaves beside the database goes with the next start.
            assert finished(start("import", exports / "second", folder=work)) in (0, 1)
            assert not list(work.glob(".notworking-*"))
            assert not list(work.glob("*.wal"))
        assert digest(work / "n.duckdb") == after
        shutil.rmtree(work)
    return tally


def test_an_import_killed_at_any_moment_is_all_or_nothing(
    kill: Callable[..., Tally], seconds: float
) -> None:
    tally = kill(20, seconds)
    assert tally.before > 0
    assert tally.moments


@pytest.mark.slow
def test_an_import_killed_at_two_hundred_moments_is_all_or_nothing(
    kill: Callable[..., Tally], seconds: float
) -> None:
    tally = kill(200, seconds)
    assert tally.before > 0
    assert tally.after > 0


def test_a_killed_first_import_leaves_nothing_that_hinders_the_next(
    seconds: float, start: Start, digest: Digest, exports: Path, tmp_path: Path
) -> None:
    process = start("import", exports / "first", folder=tmp_path)
    process.join(seconds / 2)
    process.kill()
    process.join(60)
    left = digest(tmp_path / "n.duckdb")
    assert finished(start("import", exports / "first", folder=tmp_path)) in (0, 1)
    whole = digest(tmp_path / "n.duckdb")
    assert left in ({}, whole)
    assert whole["main.contacts"].split()[0] != "0"
    assert {p.name for p in tmp_path.iterdir() if p.name != "timed"} == {"n.duckdb"}


@pytest.mark.parametrize("command", [("undo",), ("forget", "Bo Sample")])
def test_undo_and_forget_killed_at_any_moment_are_all_or_nothing(
    start: Start, digest: Digest, exports: Path, tmp_path: Path, command: tuple[str, ...]
) -> None:
    base, work = tmp_path / "base", tmp_path / "work"
    base.mkdir()
    for portion in ("first", "second"):
        assert finished(start("import", exports / portion, folder=base)) in (0, 1)
    before = digest(base / "n.duckdb")
    shutil.copytree(base, tmp_path / "timed")
    begin = time.monotonic()
    assert finished(start(*command, folder=tmp_path / "timed")) == 0
    seconds = time.monotonic() - begin
    after = digest(tmp_path / "timed" / "n.duckdb")
    moments = random.Random(7)
    for _ in range(4):
        shutil.copytree(base, work)
        process = start(*command, folder=work)
        process.join(moments.uniform(0, seconds))
        process.kill()
        process.join(60)
        left = digest(work / "n.duckdb")
        changed = {table for table in left if left[table] != before[table]}
        # The key of the digests is drawn anew, so two runs of forget differ in their marks alone.
        apart = {table for table in left if left[table] != after[table]}
        assert not changed or apart <= {"core.forgotten", "core.settings"}
        shutil.rmtree(work)


def test_ctrl_c_is_quick_and_leaves_the_database_as_it_was(
    run: Run, digest: Digest, exports: Path, tmp_path: Path
) -> None:
    assert run("import", exports / "first", folder=tmp_path).returncode == 0
    before = digest(tmp_path / "n.duckdb")
    for later in (0.0, 0.7, 1.5):
        process = subprocess.Popen(
            [
                str(COMMAND),
                "--db",
                str(tmp_path / "n.duckdb"),
                "import",
                "--owner",
                "Olive Owner",
                str(EXAMPLE),
            ],
            stderr=subprocess.PIPE,
            text=True,
        )
        deadline = time.monotonic() + 60
        while not list(tmp_path.glob(".notworking-*")) and time.monotonic() < deadline:
            time.sleep(0.01)
        time.sleep(later)
        process.send_signal(signal.SIGINT)
        begin = time.monotonic()
        _, told = process.communicate(timeout=60)
        assert time.monotonic() - begin < 20
        assert process.returncode == 130, told
        assert "Stopped. The database is as it was before." in told
        assert "Traceback" not in told
        assert [p.name for p in tmp_path.iterdir()] == ["n.duckdb"]
        assert digest(tmp_path / "n.duckdb") == before


def test_a_first_import_that_is_stopped_leaves_no_file(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [str(COMMAND), "--db", str(tmp_path / "n.duckdb"), "import", str(EXAMPLE)],
        stderr=subprocess.PIPE,
        text=True,
    )
    deadline = time.monotonic() + 60
    while not list(tmp_path.glob(".notworking-*")) and time.monotonic() < deadline:
        time.sleep(0.01)
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=60)
    assert process.returncode == 130, told
    assert list(tmp_path.iterdir()) == []


def test_private_folders_of_dead_runs_are_removed_and_of_living_ones_kept(
    run: Run, exports: Path, tmp_path: Path
) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    dead = tmp_path / f".notworking-{gone.pid}-abc123"
    alive = tmp_path / f".notworking-{os.getpid()}-abc123"
    other = tmp_path / ".notworking-notes"
    for folder in (dead, alive, other):
        folder.mkdir()
        (folder / "1.part").write_text("private")
    assert run("import", exports / "first", folder=tmp_path).returncode == 0
    assert not dead.exists()
    assert alive.exists()
    assert other.exists()
