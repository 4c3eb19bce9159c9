"""From a list of exports to DuckDB files, by the command alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from notworking.scale import __main__ as command
from notworking.store import database

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_CARD = "BEGIN:VCARD\nVERSION:3.0\nUID:{uid}\nFN:{name}\nTEL;TYPE=CELL:{phone}\nEND:VCARD\n"
_BOOKS = {
    "ida": (("Marit Solberg", "+1 202 555 0143"), ("Tor Aasen", "+1 202 555 0144")),
    "jon": (("Marit Solberg", "+1 202 555 0143"), ("Liv Brekke", "+1 202 555 0145")),
}


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    lines = ["owner_id,name,path"]
    for number, (owner, book) in enumerate(_BOOKS.items(), start=1):
        cards = [
            _CARD.format(uid=f"{owner}-{place}", name=name, phone=phone)
            for place, (name, phone) in enumerate(book)
        ]
        (tmp_path / f"{owner}.vcf").write_text("".join(cards), encoding="utf-8")
        lines.append(f"{number},{owner.title()} Lundqvist,{owner}.vcf")
    lines.append("3,Nils Ekblad,nils.vcf")
    made = tmp_path / "roster.csv"
    made.write_text("\n".join(lines), encoding="utf-8")
    return made


def _people(path: Path) -> list[tuple[object, ...]]:
    con = database.connect(path, read_only=True)
    try:
        found = con.execute(
            "select p.name, list(c.owner_id order by c.owner_id) as owners"
            " from people p join contacts c using (person_id) group by all order by p.name"
        ).fetchall()
        return [tuple(row) for row in found]
    finally:
        con.close()


def test_exports_become_a_pool_and_the_pool_becomes_databases(
    spark: SparkSession,
    roster: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    @contextmanager
    def running(_: object) -> Iterator[SparkSession]:
        yield spark

    monkeypatch.setattr(command, "_session", running)
    pool, whole, each = tmp_path / "pool", tmp_path / "all.duckdb", tmp_path / "each"

    def run(*arguments: object) -> int:
        return command.main([*map(str, arguments), "--pool", str(pool)])

    assert run("import", roster) == 1, "one of the three exports is not there"
    assert "2 of 3 exports" in capsys.readouterr().err
    assert run("people") == 0
    assert "3 people" in capsys.readouterr().err
    assert run("answer", "visibility") == 0
    assert capsys.readouterr().out.splitlines()[-1] == str(pool / "out" / "main.visibility")
    assert run("load", whole) == 0
    assert run("load", each, "--each") == 0
    assert _people(whole) == [
        ("Liv Brekke", [2]),
        ("Marit Solberg", [1, 2]),
        ("Tor Aasen", [1]),
    ]
    assert _people(each / "00000002.duckdb") == [("Liv Brekke", [2]), ("Marit Solberg", [2])]
    assert run("load", whole) == 2
    assert "exists already" in capsys.readouterr().err
