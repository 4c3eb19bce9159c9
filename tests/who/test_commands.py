"""The commands as they are typed: what goes where, in which form, and with which status."""

from __future__ import annotations

import csv
import io
import json
import stat
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from notworking.cli import main

HEAVY = {"polars", "scipy", "numpy", "vobject", "phonenumbers", "rich"}


def test_the_best_person_stands_before_the_list(
    wordy_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--db", str(wordy_file), "who", "grant", "writting", "--limit", "2"]) == 0
    out, err = capsys.readouterr()
    lines = out.splitlines()
    assert err == ""
    assert lines[0] == "'writting' is nowhere here; taken for 'writing'."
    assert lines[1].startswith(
        'Ask Dan Yearly first: you endorsed them for "Grant Writing" (2024-03-01); a weak tie, '
    )
    assert lines[1].endswith("chance to be in touch within a year.")
    assert "place  name" in out


def test_rows_for_programs_come_alone_and_sentences_beside_them(
    wordy_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["--db", str(wordy_file), "who", "typeface", "--format", "json"]
    assert main([*command, "--owner", "mara EXAMPLE"]) == 0
    out, err = capsys.readouterr()
    rows = json.loads(out)
    assert rows[0]["name"] == "Ada Weekly"
    assert rows[0]["person_id"] == 10
    assert 0 < rows[0]["score"] <= 1
    assert rows[0]["matched"][0] == (
        "you two wrote 'typeface' 2 times, last on 2026-10-21: "
        '"Museum posters next? The typeface is lovely."'
    )
    assert err.startswith("Ask Ada Weekly first: ")


@pytest.mark.parametrize("owner", [(), ("--owner", "Jon Example")])
def test_one_owners_messages_are_quoted_to_nobody_else(
    wordy_file: Path, capsys: pytest.CaptureFixture[str], owner: tuple[str, ...]
) -> None:
    command = ["--db", str(wordy_file), "who", "typeface", "--format", "json", *owner]
    assert main(command) == 0
    rows = json.loads(capsys.readouterr().out)
    assert rows[0]["matched"][0] == "you two wrote 'typeface' 2 times, last on 2026-10-21"
    assert main([*command[:4], "--owner", "Nobody"]) == 2
    assert 'this database holds "Mara Example", "Jon Example"' in capsys.readouterr().err


def test_an_answer_can_go_to_a_file_that_is_private(
    wordy_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "ways.csv"
    arguments = ["path", "Sample", "Boats", "--format", "csv", "-o", str(target)]
    assert main(["--db", str(wordy_file), *arguments]) == 0
    assert capsys.readouterr().out == ""
    rows = list(csv.DictReader(io.StringIO(target.read_text(encoding="utf-8"))))
    assert {row["target"] for row in rows} == {"Tia Bridge", "Uma Harbour"}
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


@pytest.mark.parametrize("command", ["who", "path"])
def test_nobody_is_an_answer(
    wordy_file: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    assert main(["--db", str(wordy_file), command, "xyzzyplugh", "--format", "json"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out) == []
    assert "no one here stands for" in err or "No company here is called" in err


@pytest.mark.parametrize("command", ["who", "path"])
def test_a_question_without_a_word_is_wrong_usage(
    wordy_file: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    assert main(["--db", str(wordy_file), command, "?!"]) == 2
    assert "There is no word in" in capsys.readouterr().err


def test_a_question_is_never_taken_for_sql(
    wordy_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for text in ("'; drop table people; --", '"typeface', "%_", "a" * 5000, "{}[]", "\\"):
        for command in ("who", "path"):
            assert main(["--db", str(wordy_file), command, text + " typeface"]) == 0
            assert capsys.readouterr().out


def test_words_of_the_user_are_read_beside_the_database(
    wordy_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copied = tmp_path / "mine.duckdb"
    copied.write_bytes(wordy_file.read_bytes())
    (tmp_path / "mine.synonyms.tsv").write_text("typesetter\tkerning\n", encoding="utf-8")
    (tmp_path / "mine.aliases.tsv").write_text("Sample Boats\tBoatyard\n", encoding="utf-8")
    assert main(["--db", str(copied), "who", "typesetter"]) == 0
    assert capsys.readouterr().out.startswith("Ask Ada Weekly first")
    assert main(["--db", str(copied), "path", "Boatyard"]) == 0
    assert "Tia Bridge" in capsys.readouterr().out.splitlines()[0]


def test_a_tag_is_found_as_soon_as_it_is_given(
    wordy_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copied = tmp_path / "mine.duckdb"
    copied.write_bytes(wordy_file.read_bytes())
    con = duckdb.connect(str(copied))
    con.execute("insert into tags (person_id, tag, noted_at) values (13, 'falconry', now())")
    con.close()
    assert main(["--db", str(copied), "who", "falconry"]) == 0
    assert capsys.readouterr().out.startswith('Ask Dan Yearly first: your tag "falconry"')


@pytest.mark.parametrize("words", [["who", "typeface"], ["path", "Sample Boats"]])
def test_asking_loads_nothing_heavy(wordy_file: Path, words: list[str]) -> None:
    script = (
        "import sys\n"
        "from notworking.cli import main\n"
        f"main(['--db', {str(wordy_file)!r}, *{words!r}])\n"
        f"print(sorted({HEAVY!r} & set(sys.modules)), file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stderr.splitlines()[-1] == "[]"


def test_a_database_of_an_older_version_is_refused_with_the_remedy(
    wordy_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copied = tmp_path / "old.duckdb"
    copied.write_bytes(wordy_file.read_bytes())
    con = duckdb.connect(str(copied))
    con.execute("drop table mart.vocabulary")
    con.close()
    for words in (["who", "typeface"], ["path", "Sample Boats"]):
        assert main(["--db", str(copied), *words]) == 3
        assert "run 'notworking import'" in capsys.readouterr().err


@pytest.mark.parametrize("limit", ["0", "-1", "many"])
def test_a_limit_is_a_number_of_lines(
    wordy_file: Path, capsys: pytest.CaptureFixture[str], limit: str
) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["--db", str(wordy_file), "who", "typeface", "--limit", limit])
    assert caught.value.code == 2
    assert "give 1 or more" in capsys.readouterr().err


def test_bytes_that_are_no_text_are_no_error(
    wordy_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in ("who", "path"):
        assert main(["--db", str(wordy_file), command, "typeface \udcff"]) == 0
        assert capsys.readouterr().out
