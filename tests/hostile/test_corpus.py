"""A drop full of hostile files: each ends as the table says, and none harms another."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import duckdb
import pytest

COMMAND = Path(sys.executable).with_name("notworking")
#: Seconds and bytes within which the whole corpus must be read.
TIME_LIMIT = 400
MEMORY_LIMIT = 3 << 30


class Hostile(Protocol):
    name: str
    statuses: tuple[str, ...]
    message: str | None
    says: tuple[str, ...]

    def make(self) -> bytes: ...


class Read(NamedTuple):
    """What one import of the whole corpus gave."""

    status: int
    files: list[dict[str, Any]]
    told: str
    names: set[str]
    folder: Path


@pytest.fixture(scope="module")
def read(corpus: tuple[Hostile, ...], tmp_path_factory: pytest.TempPathFactory) -> Read:
    folder = tmp_path_factory.mktemp("hostile")
    for hostile in corpus:
        path = folder / "drop" / hostile.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(hostile.make())
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    done = subprocess.run(
        [str(COMMAND), "--db", str(folder / "n.duckdb"), "import", str(folder / "drop"), "--json"],
        capture_output=True,
        text=True,
        check=False,
        timeout=TIME_LIMIT,
        env={k: v for k, v in os.environ.items() if not k.startswith("NOTWORKING")},
    )
    assert done.returncode == 1, done.stderr[-4000:]
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    assert peak < MEMORY_LIMIT or peak == before * 1024
    files = json.loads(done.stdout)["files"]
    with duckdb.connect(str(folder / "n.duckdb"), read_only=True) as con:
        names = {name for (name,) in con.execute("select full_name from contacts").fetchall()}
    return Read(done.returncode, files, done.stderr, names, folder)


def outcome(read: Read, hostile: Hostile) -> list[dict[str, Any]]:
    mine = [
        f
        for f in read.files
        if f["path"] == hostile.name or f["path"].startswith(hostile.name + "/")
    ]
    assert mine, f"{hostile.name} is not accounted for"
    return mine


def test_each_hostile_file_ends_as_expected(read: Read, hostile: Hostile) -> None:
    files = outcome(read, hostile)
    for file in files:
        assert file["status"] in hostile.statuses, file
        assert file["rows_read"] == (
            file["rows_loaded"] + file["rows_unchanged"] + file["rows_rejected"]
        )
        assert file["status"] == "loaded" or file["message"]
        assert "please report this" not in (file["message"] or ""), file
    if hostile.message:
        assert any(hostile.message in (file["message"] or "") for file in files), files
    assert set(hostile.says) <= read.names


def test_the_corpus_is_large_enough(corpus: tuple[Hostile, ...]) -> None:
    assert len(corpus) >= 60
    assert len({hostile.name for hostile in corpus}) == len(corpus)


def test_the_same_files_are_made_every_time(corpus: tuple[Hostile, ...]) -> None:
    for hostile in corpus[:10]:
        assert hostile.make() == hostile.make()


def test_nothing_is_written_outside_the_database(read: Read) -> None:
    assert {p.name for p in read.folder.iterdir()} == {"drop", "n.duckdb"}


def test_no_other_file_is_ever_read_in(read: Read) -> None:
    assert b"root:x:0" not in (read.folder / "n.duckdb").read_bytes()
    assert "root:" not in read.names


def test_the_database_keeps_its_promises(read: Read) -> None:
    done = subprocess.run(
        [str(COMMAND), "--db", str(read.folder / "n.duckdb"), "check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    "command",
    [
        ["show", "contacts", "--limit", "200"],
        ["imports", "--files"],
        ["rejects", "--limit", "200"],
        ["sql", "from people limit 200"],
    ],
)
def test_no_control_character_reaches_the_terminal(read: Read, command: list[str]) -> None:
    done = subprocess.run(
        [str(COMMAND), "--db", str(read.folder / "n.duckdb"), *command],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    for text in (done.stdout, done.stderr):
        odd = {c for c in text if (c < " " and c != "\n") or "\x7f" <= c < "\xa0"}
        assert not odd, odd
    told = {c for c in read.told if (c < " " and c != "\n") or "\x7f" <= c < "\xa0"}
    assert not told, told


@pytest.mark.parametrize(
    ("variable", "value", "words"),
    [
        ("NOTWORKING_MAX_RATIO", "2", "more than 2 times its size"),
        ("NOTWORKING_MAX_NESTING", "1", "nested deeper than 1"),
        ("NOTWORKING_MAX_FILES", "100", "more than 100 files"),
    ],
)
def test_limits_follow_the_environment(
    read: Read, tmp_path: Path, variable: str, value: str, words: str
) -> None:
    drop = read.folder / "drop"
    given = [drop / "many.zip", drop / "nested2.zip", drop / "bomb.zip", drop / "emails.vcf"]
    done = subprocess.run(
        [str(COMMAND), "--db", str(tmp_path / "n.duckdb"), "import", "--json", *map(str, given)],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {variable: value},
    )
    assert words in done.stdout, done.stderr


def test_a_limit_that_is_no_number_is_wrong_usage(read: Read, tmp_path: Path) -> None:
    done = subprocess.run(
        [str(COMMAND), "--db", str(tmp_path / "n.duckdb"), "import", str(read.folder / "drop")],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"NOTWORKING_MAX_TOTAL_GIB": "lots"},
    )
    assert done.returncode == 2
    assert "NOTWORKING_MAX_TOTAL_GIB is 'lots'" in done.stderr
