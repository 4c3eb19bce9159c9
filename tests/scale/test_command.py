"""The command of the pool: what it says when something is missing or asked wrongly."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from notworking.errors import UsageError
from notworking.scale import __main__ as command
from notworking.scale import gather, load, session
from notworking.scale import pool as pools


def test_a_missing_extra_is_told_with_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(session, "find_spec", lambda name: None)
    status = command.main(["answer", "ties", "--pool", str(tmp_path / "pool")])
    assert status == 2
    assert 'pip install "notworking[spark]"' in capsys.readouterr().err


def test_help_imports_neither_spark_nor_the_engine() -> None:
    script = (
        "import sys\n"
        "from notworking.scale.__main__ import main\n"
        "try:\n"
        "    main(['--help'])\n"
        "except SystemExit:\n"
        "    pass\n"
        "sys.exit(sorted({'pyspark', 'sqlglot', 'duckdb', 'polars', 'numpy'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert done.stderr.strip() == "[]"
    assert "import every export of a list" in done.stdout


def test_a_folder_that_is_no_pool_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="holds no pool"):
        pools.names(tmp_path)
    with pytest.raises(UsageError, match="holds no pool"):
        load.load(tmp_path, tmp_path / "all.duckdb")


def test_a_roster_is_read_with_paths_beside_it(tmp_path: Path) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text("owner_id,name,path\n7,Ida Lundqvist,ida.zip\n", encoding="utf-8")
    assert gather.read_roster(roster) == [
        gather.Export(7, "Ida Lundqvist", tmp_path / "ida.zip")
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "owner_id,name\n7,Ida\n",
        "owner_id,name,path\nseven,Ida,ida.zip\n",
        "owner_id,name,path\n0,Ida,ida.zip\n",
        "owner_id,name,path\n7,Ida,ida.zip\n7,Jon,jon.zip\n",
        "owner_id,name,path\n",
        "",
    ],
)
def test_a_roster_that_gives_no_owner_a_number_of_its_own_is_refused(
    tmp_path: Path, text: str
) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match="owner_id"):
        gather.read_roster(roster)


def test_an_export_that_cannot_be_read_leaves_the_others_alone(tmp_path: Path) -> None:
    pool = tmp_path / "pool"
    trouble = gather.take_in(gather.Export(3, "Jon Ekblad", tmp_path / "missing.zip"), pool)
    assert "There is no" in trouble
    assert list(pool.iterdir()) == []


def test_what_goes_into_a_pool_is_for_its_owner_alone(tmp_path: Path) -> None:
    card = tmp_path / "contacts.vcf"
    card.write_text(
        "BEGIN:VCARD\nVERSION:3.0\nFN:Marit Solberg\nTEL:+1 202 555 0143\nEND:VCARD\n",
        encoding="utf-8",
    )
    assert gather.take_in(gather.Export(3, "Jon Ekblad", card), tmp_path / "pool") == ""
    files = [file for file in (tmp_path / "pool").rglob("*") if file.is_file()]
    assert {file.stem for file in files} == {"00000003"}
    assert {file.stat().st_mode & 0o077 for file in files} == {0}
    assert pools.names(tmp_path / "pool") == ["00000003"]
    contacts = pools.frame(tmp_path / "pool" / "in" / "main.contacts")
    assert contacts["owner_id"].to_list() == [3]
    assert contacts["first_import_id"].to_list() == [3 * pools.STEP + 1]


def test_a_machine_without_java_is_told_what_spark_needs(tmp_path: Path) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text("owner_id,name,path\n7,Ida Lundqvist,ida.zip\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "notworking.scale", "import", roster, "--pool", tmp_path / "pool"],
        env={**os.environ, "JAVA_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "Spark does not start on local[*]" in done.stderr
    assert "It needs Java 17 or later" in done.stderr
