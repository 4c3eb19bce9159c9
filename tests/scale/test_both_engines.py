"""The same exports on both engines: the same people, the same ties, and back in DuckDB the same."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pytest

from notworking.analyze import catalogue
from notworking.errors import UsageError
from notworking.scale import answers, people
from notworking.scale import pool as pools
from notworking.scale.load import load
from notworking.store import database

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

Engine = duckdb.DuckDBPyConnection
#: What a database notes of its own making.
_OWN = frozenset({"core.person_redirects", "core.settings", "main.imports"})


@pytest.fixture(scope="module")
def single(pooled: dict[str, Path]) -> Iterator[Engine]:
    """What one machine makes of the exports."""
    con = database.connect(pooled["database"], read_only=True)
    yield con
    con.close()


@pytest.fixture(scope="module")
def whole(pooled: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """The pool of the same exports, back in one DuckDB file."""
    target = tmp_path_factory.mktemp("back") / "all.duckdb"
    load(pooled["pool"], target)
    con = database.connect(target, read_only=True)
    yield con
    con.close()


def _asked(con: Engine, select: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in con.execute(select).fetchall()]


def _groups(con: Engine, table: str) -> list[list[int]]:
    """Return the contacts of every person: how people are numbered is each engine's own."""
    found = _asked(
        con,
        "select list(contact_id order by contact_id) as held"
        f" from {table} group by person_id order by held",
    )
    return [list(held) for (held,) in found]  # type: ignore[call-overload]


def _parquet(folder: Path) -> str:
    return f"read_parquet('{folder}/*.parquet')"


def _alike(one: object, other: object) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return one == pytest.approx(other, rel=1e-9, abs=1e-9)
    if isinstance(one, datetime) and isinstance(other, datetime):
        return one.timestamp() == other.timestamp()
    return one == other


def _differences(one: list[tuple[object, ...]], other: list[tuple[object, ...]]) -> list[object]:
    assert len(one) == len(other)
    return [
        (left, right)
        for left, right in zip(one, other, strict=True)
        if not all(map(_alike, left, right))
    ]


def test_people_are_the_same_groups_of_contacts_on_both_engines(
    pooled: dict[str, Path], single: Engine
) -> None:
    expected = _groups(single, "main.contacts where person_id is not null")
    assert _groups(single, _parquet(pooled["pool"] / "out" / "core.person_of")) == expected
    owners = _asked(
        single,
        "select count(*) from (select person_id from contacts where relation <> 'self'"
        " group by person_id having count(distinct owner_id) > 1)",
    )
    assert owners[0][0] > 300, "people whom both owners know"  # type: ignore[operator]


def test_matches_have_the_same_scores_and_evidence_on_both_engines(
    pooled: dict[str, Path], single: Engine
) -> None:
    shown = (
        "select contact_a, contact_b, score, verdict, evidence, decided_by from {} order by 1, 2"
    )
    expected = _asked(single, shown.format("matches"))
    found = _asked(single, shown.format(_parquet(pooled["pool"] / "out" / "main.matches")))
    assert len(expected) > 500
    assert _differences(expected, found) == []


@pytest.mark.parametrize("name", ["ties", "face_time"])
def test_an_answer_is_the_same_row_by_row_on_both_engines(
    pooled: dict[str, Path], single: Engine, name: str
) -> None:
    (analysis,) = (one for one in catalogue.analyses() if one.name == name)
    shown = ", ".join(f't."{column}"' for column, _ in analysis.columns if column != "person_id")
    # Persons are numbered by each engine; the smallest contact names one on both.
    first = "(select min(contact_id) from {} p where p.person_id = t.person_id) as who"
    ours = f"select {first.format('contacts')}, {shown} from {name} t order by t.owner_id, who"
    expected = _asked(single, ours)
    person_of = _parquet(pooled["pool"] / "out" / "core.person_of")
    theirs = _parquet(pooled["pool"] / "out" / f"main.{name}")
    found = _asked(
        single,
        f"select {first.format(person_of)}, {shown} from {theirs} t order by t.owner_id, who",
    )
    assert len(expected) > 50
    assert _differences(expected, found) == []


def test_both_owners_have_ties_and_cards(single: Engine) -> None:
    counted = _asked(
        single,
        "select owner_id, count(*) filter (class <> 'card') > 20,"
        " count(*) filter (class = 'card') > 200 from ties group by owner_id order by owner_id",
    )
    assert counted == [(1, True, True), (2, True, True)]


def test_a_pool_comes_back_as_one_database_with_every_row(single: Engine, whole: Engine) -> None:
    for table in pools.base_tables(single):
        if table not in _OWN:
            count = f"select count(*) from {table}"
            assert _asked(whole, count) == _asked(single, count), table
    texts = "select interaction_id, text, words from interactions order by interaction_id"
    assert _asked(whole, texts) == _asked(single, texts)
    named = (
        "select name, emails, phones, urls, sources, contacts, first_seen, merged_confidence"
        " from people order by all"
    )
    assert _differences(_asked(single, named), _asked(whole, named)) == []


def test_a_pool_in_duckdb_answers_every_question_as_one_machine_does(
    single: Engine, whole: Engine
) -> None:
    for analysis in catalogue.analyses():
        count = f"select count(*) from {analysis.qualified}"
        assert _asked(whole, count) == _asked(single, count), analysis.name
    ties = "select * exclude (person_id) from ties order by all"
    assert _differences(_asked(single, ties), _asked(whole, ties)) == []


def test_files_keep_their_rows_when_two_databases_counted_them_alike(
    single: Engine, whole: Engine
) -> None:
    told = (
        "select f.path, f.source, count(*) from interactions join source_files f using (file_id)"
        " group by all order by all"
    )
    assert _asked(whole, told) == _asked(single, told)


def test_an_owners_own_file_shows_nothing_that_only_the_other_knows(
    pooled: dict[str, Path], single: Engine, tmp_path: Path
) -> None:
    load(pooled["pool"], tmp_path / "ida.duckdb", "00000002")
    con = database.connect(tmp_path / "ida.duckdb", read_only=True)
    try:
        assert _asked(con, "select owner_id, name from owners") == [(2, "Ida Lundqvist")]
        assert _asked(con, "select count(*) from people where len(phones) > 0") == [(0,)]
        mine = "select count(*), sum(strength) from ties where owner_id = 2"
        (found,), (expected,) = _asked(con, mine), _asked(single, mine)
        assert all(map(_alike, found, expected))
        assert _asked(con, "select count(*) from interactions") == _asked(
            single, "select count(*) from interactions where owner_id = 2"
        )
    finally:
        con.close()


def test_people_keep_their_numbers_when_a_pool_is_recognised_again(
    spark: SparkSession, pooled: dict[str, Path], single: Engine, tmp_path: Path
) -> None:
    again = shutil.copytree(pooled["pool"], tmp_path / "pool")
    people.find(spark, again, parts=2)
    person_of = "from {} order by contact_id"
    before = person_of.format(_parquet(pooled["pool"] / "out" / "core.person_of"))
    after = person_of.format(_parquet(again / "out" / "core.person_of"))
    assert _asked(single, after) == _asked(single, before)


def test_an_unknown_question_is_told_by_name(spark: SparkSession, pooled: dict[str, Path]) -> None:
    with pytest.raises(UsageError, match="no analysis weather"):
        answers.answer(spark, pooled["pool"], ["weather"])


def test_people_come_before_answers(spark: SparkSession, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="people come first"):
        answers.answer(spark, tmp_path, ["ties"])
