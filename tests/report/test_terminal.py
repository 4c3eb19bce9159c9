"""What the terminal shows around the page: the sketch, the screen without arguments, completion."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import pytest

from notworking import completion, welcome
from notworking.cli import _parser, main
from notworking.report import sketch
from notworking.verdict import Verdict

ROOT = Path(__file__).resolve().parents[2]


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


def a_verdict(cards: int = 2666) -> Verdict:
    people = 122 + cards
    return Verdict(people + 500, people, 5, 12, 40, 65, cards, 0, (), ())


def test_the_sketch_has_a_row_for_each_class_and_fits() -> None:
    drawn = sketch.drawing(a_verdict(), Terminal(), {"NO_COLOR": "1"})
    assert drawn is not None
    rows = drawn.splitlines()
    assert rows[0] == "  inner         5  ●●●"
    assert rows[4] == "  cards     2,666  " + "·" * 48
    assert max(map(len, rows)) <= 80


def test_colours_go_to_terminals_that_want_them() -> None:
    assert "\x1b[31m" in str(sketch.drawing(a_verdict(), Terminal(), {}))
    assert "\x1b" not in str(sketch.drawing(a_verdict(), Terminal(), {"NO_COLOR": "1"}))
    assert "\x1b" not in str(sketch.drawing(a_verdict(), Terminal(), {"TERM": "dumb"}))


def test_no_sketch_where_nobody_looks_or_nobody_is() -> None:
    assert sketch.drawing(a_verdict(), io.StringIO(), {}) is None
    nobody = Verdict(0, 0, 0, 0, 0, 0, 0, 0, (), ())
    assert sketch.drawing(nobody, Terminal(), {}) is None


def test_a_terminal_without_unicode_gets_ascii() -> None:
    plain = Terminal()
    plain.encoding = "ascii"
    assert str(sketch.drawing(a_verdict(), plain, {})).isascii()


def test_without_arguments_the_folder_is_looked_at(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT / "fixtures/example/exports")
    assert main([]) == 0
    said = capsys.readouterr().err
    assert "  vcard: 1 file in contacts.vcf" in said
    assert "  linkedin: 21 files in Complete_LinkedInDataExport_11-02-2026.zip" in said
    assert "  notworking import ." in said


def test_an_empty_folder_says_what_could_be_read(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main([]) == 2
    assert "notworking formats" in capsys.readouterr().err


def test_a_database_that_is_there_is_named(tmp_path: Path) -> None:
    database = tmp_path / "network.duckdb"
    database.touch()
    here = welcome.look(tmp_path, database)
    assert "  notworking report --open     shows it as a page" in list(
        welcome.lines(here, database)
    )


def test_a_huge_folder_is_not_walked_to_its_end(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(welcome, "LOOKED_AT", 3)
    for number in range(5):
        (tmp_path / f"{number}.txt").write_text("nothing")
    here = welcome.look(tmp_path, tmp_path / "none")
    assert (here.looked, here.whole) == (3, False)


@pytest.mark.parametrize("shell", completion.SHELLS)
def test_completion_knows_every_command_and_option(shell: str) -> None:
    script = completion.script(shell, _parser())
    for command in completion.commands(_parser()):
        assert command.name in script
        for option in command.options:
            assert option.removeprefix("--") in script


def test_bash_completes_commands_and_options() -> None:
    bash = shutil.which("bash")
    assert bash is not None
    script = completion.script("bash", _parser())
    words = "COMP_WORDS=(notworking rep); COMP_CWORD=1; _notworking; echo ${COMPREPLY[@]};"
    words += "COMP_WORDS=(notworking --db x report --r); COMP_CWORD=4; _notworking; "
    words += "echo ${COMPREPLY[@]}"
    done = subprocess.run([bash, "-c", script + words], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[:2] == ["report", "--redact"]
