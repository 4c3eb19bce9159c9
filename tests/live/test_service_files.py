"""The service files of the page about watching: valid, and naming a command that there is."""

from __future__ import annotations

import configparser
import plistlib
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from notworking import cli

PAGE = (Path(__file__).parents[2] / "docs" / "watch.md").read_text(encoding="utf-8")


def block(language: str) -> str:
    """Return the one block of a language on the page."""
    (text,) = re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    return str(text)


def unit() -> configparser.ConfigParser:
    """Return the unit as its reader sees it."""
    made = configparser.ConfigParser(interpolation=None, strict=True)
    made.optionxform = str  # type: ignore[method-assign, assignment]
    made.read_string(block("ini"))
    return made


def options(words: list[str]) -> dict[str, object]:
    """Return what our own command line makes of the words after the program."""
    return vars(cli._parser().parse_args(words))


def test_the_unit_starts_a_command_that_there_is() -> None:
    program, *words = shlex.split(unit()["Service"]["ExecStart"])
    assert program == "%h/notworking/.venv/bin/notworking"
    given = options(words)
    assert (str(given["db"]), str(given["folder"])) == (
        "%h/network.duckdb", "%h/Downloads/exports",
    )  # fmt: skip


def test_the_unit_is_named_as_the_commands_below_it_say() -> None:
    (name,) = re.findall(r"systemd/user/([\w-]+)\.service", PAGE)
    assert set(re.findall(r"(?:--now|-u) ([\w-]+)", PAGE)) == {name}
    assert unit()["Install"]["WantedBy"] == "default.target"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
def test_systemd_accepts_the_unit(tmp_path: Path) -> None:
    program = tmp_path / "notworking" / ".venv" / "bin" / "notworking"
    program.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    path = tmp_path / "notworking-watch.service"
    path.write_text(block("ini").replace("%h", str(tmp_path)), encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", "--user", "--man=no", str(path)],
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": "/usr/bin:/bin", "XDG_RUNTIME_DIR": str(tmp_path), "HOME": str(tmp_path)},
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_the_property_list_starts_a_command_that_there_is_and_is_of_the_right_types() -> None:
    made = plistlib.loads(block("xml").encode("utf-8"))
    (label,) = re.findall(r"LaunchAgents/([\w.]+)\.plist`", PAGE)
    assert made["Label"] == label
    assert f"bootout gui/$(id -u)/{label}" in PAGE
    program, *words = made["ProgramArguments"]
    assert program.endswith("/bin/notworking")
    assert str(options(words)["folder"]) == "/Users/you/exports"
    # Keys and types after launchd.plist(5).
    kinds = {
        "Label": str, "ProgramArguments": list, "RunAtLoad": bool, "KeepAlive": dict,
        "ThrottleInterval": int, "Umask": int, "StandardErrorPath": str,
    }  # fmt: skip
    assert {name: type(value) for name, value in made.items()} == kinds
    assert made["KeepAlive"] == {"SuccessfulExit": False}
    assert oct(made["Umask"]) == "0o77"
    assert plistlib.loads(plistlib.dumps(made)) == made
