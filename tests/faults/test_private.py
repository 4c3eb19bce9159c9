"""Nothing leaves the machine: commands run without any network, and never try to reach one."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import duckdb
import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]

COMMAND = Path(sys.executable).with_name("notworking")
#: Commands that together touch every room.
COMMANDS = (
    ("import", "FIRST"),
    ("import", "SECOND"),
    ("show", "ties"),
    ("analyses",),
    ("person", "Mira Examplová"),
    ("tag", "Bo Sample", "camping"),
    ("sql", "select count(*) from people"),
    ("export", "-o", "out.vcf"),
    ("report", "-o", "page.html"),
    ("check",),
    ("undo",),
    ("forget", "Bo Sample"),
)
#: Refuses every connection and name look-up, and says so: loaded by the interpreter itself.
WATCHDOG = """
import os, sys

def watch(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto", "socket.bind"):
        os.write(2, f"NETWORK {event} {arguments!r}\\n".encode())
        os._exit(99)

sys.addaudithook(watch)
"""


def given(command: tuple[str, ...], exports: Path) -> list[str]:
    places = {"FIRST": str(exports / "first"), "SECOND": str(exports / "second")}
    return [places.get(word, word) for word in command]


def test_every_command_works_in_a_network_namespace_without_interfaces(
    exports: Path, tmp_path: Path
) -> None:
    if shutil.which("unshare") is None:
        pytest.skip("unshare is not installed")
    probe = subprocess.run(["unshare", "-n", "true"], capture_output=True, check=False)
    if probe.returncode != 0:
        pytest.skip("this user may not make a network namespace")
    for command in COMMANDS:
        done = subprocess.run(
            ["unshare", "-n", str(COMMAND), "--db", "n.duckdb", *given(command, exports)],
            capture_output=True,
            text=True,
            cwd=tmp_path,
            check=False,
        )
        assert done.returncode in (0, 1), (command, done.stderr)
        assert "Traceback" not in done.stderr


def test_no_command_asks_python_for_a_connection(exports: Path, tmp_path: Path) -> None:
    hook = tmp_path / "hook"
    hook.mkdir()
    (hook / "sitecustomize.py").write_text(WATCHDOG)
    environment = os.environ | {"PYTHONPATH": str(hook)}
    probe = subprocess.run(
        [sys.executable, "-c", "import socket; socket.create_connection(('127.0.0.1', 9))"],
        env=environment,
        capture_output=True,
        check=False,
    )
    assert probe.returncode == 99, "the watchdog is not on guard"
    for command in COMMANDS:
        done = subprocess.run(
            [str(COMMAND), "--db", "n.duckdb", *given(command, exports)],
            capture_output=True,
            text=True,
            cwd=tmp_path,
            env=environment,
            check=False,
        )
        assert done.returncode in (0, 1), (command, done.stderr)
        assert "NETWORK" not in done.stderr


def test_no_command_makes_a_system_call_that_connects(exports: Path, tmp_path: Path) -> None:
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed")
    probe = subprocess.run(["strace", "-o", os.devnull, "true"], capture_output=True, check=False)
    if probe.returncode != 0:
        pytest.skip("tracing is not permitted here")
    log = tmp_path / "calls"
    for command in (COMMANDS[0], ("show", "ties"), ("undo",)):
        trace = ["strace", "-f", "-qq", "-e", "trace=connect,sendto,bind", "-o", str(log)]
        done = subprocess.run(
            [*trace, str(COMMAND), "--db", "n.duckdb", *given(command, exports)],
            capture_output=True,
            text=True,
            cwd=tmp_path,
            check=False,
        )
        assert done.returncode in (0, 1), done.stderr
        assert re.findall(r"(?:connect|sendto|bind)\(.*", log.read_text()) == []


def test_a_fault_in_an_importer_tells_nothing_personal(exports: Path, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import sys\n"
        "from notworking.ingest import vcard\n"
        "from dataclasses import replace\n"
        "def broken(content, path):\n"
        "    raise ValueError('Bo Sample, +12025550140')\n"
        "    yield\n"
        "vcard.IMPORTER = replace(vcard.IMPORTER, extract=broken)\n"
    )
    environment = os.environ | {"PYTHONPATH": str(tmp_path)}
    for debug in (False, True):
        done = subprocess.run(
            [str(COMMAND), "--db", f"{debug}.duckdb", "import", str(exports / "first")]
            + ["--debug"] * debug,
            capture_output=True,
            text=True,
            cwd=tmp_path,
            env=environment,
            check=False,
        )
        assert done.returncode == 1, done.stderr
        assert "fault while reading it (ValueError)" in done.stderr
        assert ("Bo Sample" in done.stderr) is debug
        assert ("Traceback" in done.stderr) is debug


def encrypted(path: Path, source: Path) -> None:
    """Encrypt a copy with the engine's weaker module, which is there to be read in tests only."""
    with duckdb.connect() as con:
        con.execute("set force_mbedtls_unsafe = true")
        con.execute(f"attach '{source}' as n (read_only)")
        con.execute(
            f"attach '{path}' as locked (encryption_key 'open sesame', storage_version 'v1.4.0')"
        )
        con.execute("copy from database n to locked")


@pytest.fixture(scope="module")
def locked(run: Run, exports: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder, plain = tmp_path_factory.mktemp("locked"), tmp_path_factory.mktemp("plain")
    assert run("import", exports / "first", folder=plain).returncode == 0
    encrypted(folder / "n.duckdb", plain / "n.duckdb")
    (folder / "key").write_text("open sesame\n")
    (folder / "wrong").write_text("open barley\n")
    (folder / "none").write_text("\n")
    return folder


def test_an_encrypted_database_is_read_with_its_key(run: Run, locked: Path) -> None:
    done = run("--key-file", "key", "show", "people", "--format", "csv", folder=locked)
    assert done.returncode == 0, done.stderr
    assert "Mira Examplová" in done.stdout
    assert b"Examplov" not in (locked / "n.duckdb").read_bytes()
    assert run("--key-file", "key", "sql", "from ties", folder=locked).returncode == 0


def test_the_key_may_stand_in_the_environment(locked: Path) -> None:
    done = subprocess.run(
        [str(COMMAND), "--db", str(locked / "n.duckdb"), "show", "people"],
        capture_output=True,
        text=True,
        env=os.environ | {"NOTWORKING_KEY": "open sesame"},
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--key-file", "wrong"), "This is not the key"),
        ((), "needs a key"),
        (("--key-file", "none"), "The key is empty"),
        (("--key-file", "absent"), "cannot be read"),
    ],
)
def test_without_the_right_key_it_is_status_three(
    run: Run, locked: Path, options: tuple[str, ...], words: str
) -> None:
    done = run(*options, "show", "people", folder=locked, stdin=subprocess.DEVNULL)
    assert done.returncode == 3
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert "sesame" not in done.stderr
    assert "barley" not in done.stderr


def test_without_the_cryptography_it_is_said_what_to_install(
    run: Run, exports: Path, tmp_path: Path
) -> None:
    if find_spec("duckdb_extension_httpfs") is not None:
        pytest.skip("the cryptography is installed: see test_encrypted.py")
    (tmp_path / "key").write_text("open sesame\n")
    done = run("--key-file", "key", "import", "--encrypt", exports / "first", folder=tmp_path)
    assert done.returncode == 3
    assert "extension 'httpfs'" in done.stderr
    assert 'pip install "notworking[encryption]"' in done.stderr
    assert "Nothing was written" in done.stderr
    assert {p.name for p in tmp_path.iterdir()} == {"key"}


def test_the_key_is_no_argument(run: Run, tmp_path: Path) -> None:
    assert "--key " not in run("--help", folder=tmp_path).stdout
    assert "--key-file FILE" in run("--help", folder=tmp_path).stdout
