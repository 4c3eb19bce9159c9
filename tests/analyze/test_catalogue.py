"""The catalogue: headers are read strictly, views come in order, and faults name their file."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import duckdb
import pytest

from notworking.analyze import catalogue

HEADER = "-- question: How many?\n-- columns:\n--   n: how many\n-- source: plain count\n"


def parsed(text: str, name: str = "one") -> catalogue.Analysis:
    return catalogue.parse(text, "main", f"analyze/{name}.sql")


def test_a_header_is_read_with_its_continuations() -> None:
    analysis = parsed(
        "-- question: How many\n--   are there?\n-- columns:\n--   n: how many\n"
        "--     there are\n--   m: more\n-- source: a paper\n-- limits: none\n"
        "with a as (select 1) -- not a header\nselect 1 as n, 2 as m;\n"
    )
    assert analysis.name == "one"
    assert analysis.question == "How many are there?"
    assert analysis.columns == (("n", "how many there are"), ("m", "more"))
    assert (analysis.source, analysis.limits) == ("a paper", "none")
    assert analysis.select == "with a as (select 1) -- not a header\nselect 1 as n, 2 as m"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("select 1 as n", "has no header"),
        (HEADER.replace("-- question: How many?\n", "") + "select 1 as n", "'question'"),
        (HEADER.replace("--   n: how many\n", "") + "select 1 as n", "'columns'"),
        (HEADER.replace("-- source: plain count\n", "") + "select 1 as n", "'source'"),
        (HEADER + "-- author: me\nselect 1 as n", "second or an unknown key"),
        (HEADER + "-- source: again\nselect 1 as n", "second or an unknown key"),
        (HEADER + "--source: glued\nselect 1 as n", "cannot read the header line"),
    ],
)
def test_a_faulty_header_is_an_error_that_names_the_file(text: str, reason: str) -> None:
    with pytest.raises(catalogue.CatalogueError, match=reason) as caught:
        parsed(text, "faulty")
    assert str(caught.value).startswith("analyze/faulty.sql: ")


@pytest.mark.parametrize(
    ("select", "reason"),
    [
        ("select 1 as n, 2 as m", "the column 'm' is not documented"),
        ("select 1 as m", "the column 'm' is not documented"),
        ("select nothing as n", "DuckDB refuses it"),
        ("delete from people", "this is not one SELECT"),
        ("select 1 as n; select 2 as n", "this is not one SELECT"),
        ("select", "DuckDB refuses it"),
    ],
)
def test_a_faulty_select_is_an_error_that_names_the_file(
    publish_these: Callable[..., duckdb.DuckDBPyConnection], select: str, reason: str
) -> None:
    with pytest.raises(catalogue.CatalogueError, match=reason) as caught:
        publish_these(parsed(HEADER + select, "faulty"))
    assert str(caught.value).startswith("analyze/faulty.sql: ")


def test_a_documented_column_must_be_answered(
    publish_these: Callable[..., duckdb.DuckDBPyConnection],
) -> None:
    header = HEADER.replace("--   n:", "--   missing: nowhere\n--   n:")
    with pytest.raises(catalogue.CatalogueError, match="'missing', which it does not answer"):
        publish_these(parsed(header + "select 1 as n"))


def test_columns_must_be_documented_in_order(
    publish_these: Callable[..., duckdb.DuckDBPyConnection],
) -> None:
    header = HEADER.replace("--   n:", "--   m: first\n--   n:")
    with pytest.raises(catalogue.CatalogueError, match="in another order"):
        publish_these(parsed(header + "select 1 as n, 2 as m"))


def test_views_are_made_after_those_they_read(
    publish_these: Callable[..., duckdb.DuckDBPyConnection],
) -> None:
    con = publish_these(
        parsed(HEADER + "select n + 1 as n from b", "a"),
        parsed(HEADER + "select n * 10 as n from main.c", "b"),
        parsed(HEADER + "select 4 as n", "c"),
    )
    assert con.execute("select n from a").fetchall() == [(41,)]


def test_a_step_of_a_query_is_not_taken_for_the_view_of_that_name(
    publish_these: Callable[..., duckdb.DuckDBPyConnection],
) -> None:
    con = publish_these(
        parsed(HEADER + "with b as (select 1 as n) select n from b", "a"),
        parsed(HEADER + "select n from a", "b"),
    )
    assert con.execute("select n from b").fetchall() == [(1,)]


@pytest.mark.parametrize(
    "analysis",
    [*catalogue.marts(), *catalogue.analyses()],
    ids=lambda analysis: f"{analysis.schema}.{analysis.name}",
)
def test_what_an_analysis_reads_is_what_the_engine_says(analysis: catalogue.Analysis) -> None:
    with duckdb.connect() as con:
        text = con.execute("select json_serialize_sql($1)", [analysis.select]).fetchall()[0][0]
    schemas = {"mart"} if analysis.schema == "mart" else {"main", ""}
    names, steps = set[str](), set[str]()
    waiting: list[Any] = [json.loads(text)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            if node.get("type") == "BASE_TABLE" and node["schema_name"] in schemas:
                names.add(node["table_name"])
            steps |= {entry["key"] for entry in node.get("cte_map", {}).get("map", ())}
            waiting.extend(node.values())
        elif isinstance(node, list):
            waiting.extend(node)
    known = {one.name for one in (*catalogue.marts(), *catalogue.analyses())}
    read = names if analysis.schema == "mart" else names - steps
    assert catalogue._reads(analysis) & known == read & known


def test_views_that_read_each_other_are_refused_by_name(
    publish_these: Callable[..., duckdb.DuckDBPyConnection],
) -> None:
    with pytest.raises(catalogue.CatalogueError, match=r"analyze/a.sql, analyze/b.sql: they read"):
        publish_these(
            parsed(HEADER + "select n from b", "a"), parsed(HEADER + "select n from a", "b")
        )


def test_an_apostrophe_in_a_header_reaches_the_comment(
    publish_these: Callable[..., duckdb.DuckDBPyConnection],
) -> None:
    header = HEADER.replace("How many?", 'What\'s "this"; drop?')
    con = publish_these(parsed(header + "select 1 as n"))
    rows = con.execute("select comment from duckdb_views() where view_name = 'one'").fetchall()
    assert rows == [('What\'s "this"; drop?',)]


@pytest.fixture
def publish_these(
    monkeypatch: pytest.MonkeyPatch, world: object
) -> Callable[..., duckdb.DuckDBPyConnection]:
    """Publish these analyses instead of the shipped ones, into a small world."""

    def publish(*questions: catalogue.Analysis) -> duckdb.DuckDBPyConnection:
        con: duckdb.DuckDBPyConnection = world.con  # type: ignore[attr-defined]
        monkeypatch.setattr(catalogue, "analyses", lambda: questions)
        catalogue.publish(con)
        return con

    return publish


def test_everything_published_carries_the_words_of_its_header(
    network: duckdb.DuckDBPyConnection,
) -> None:
    views = dict(
        network.execute(
            "select view_name, comment from duckdb_views() where schema_name = 'main'"
        ).fetchall()
    )
    columns = network.execute(
        "select schema_name, table_name, column_name, comment from duckdb_columns()"
    ).fetchall()
    words = {(schema, name, column): comment for schema, name, column, comment in columns}
    for analysis in catalogue.analyses():
        assert views[analysis.name] == analysis.question
        assert analysis.question.endswith("?")
    for analysis in (*catalogue.analyses(), *catalogue.marts()):
        for column, meaning in analysis.columns:
            assert words[analysis.schema, analysis.name, column] == meaning
    silent = network.execute(
        "select table_name from duckdb_tables() where schema_name = 'mart' and comment is null"
    )
    assert silent.fetchall() == []


def test_the_analyses_list_themselves(network: duckdb.DuckDBPyConnection) -> None:
    rows = network.execute("select name, question, source, limits from analyses").fetchall()
    expected = [(a.name, a.question, a.source, a.limits) for a in catalogue.analyses()]
    assert sorted(rows) == sorted(expected)
    assert len(rows) > 30


def test_publishing_again_changes_nothing_and_keeps_the_users_thresholds(
    make_network: Callable[..., duckdb.DuckDBPyConnection],
) -> None:
    con = make_network()
    before = con.execute("select view_oid, view_name from duckdb_views() order by 1").fetchall()
    con.execute("update thresholds set value = 5 where name = 'dozen'")
    catalogue.publish(con)
    after = con.execute("select view_oid, view_name from duckdb_views() order by 1").fetchall()
    assert after == before
    rows = con.execute("select count(*) from the_dozen where owner_id = 1").fetchall()
    assert rows == [(5,)]


def test_a_missing_view_is_made_again(
    make_network: Callable[..., duckdb.DuckDBPyConnection],
) -> None:
    con = make_network()
    con.execute("drop view rings")
    catalogue.publish(con)
    assert con.execute("select count(*) from rings where owner_id = 1").fetchall() == [(6,)]


def test_publishing_an_empty_database_answers_nothing_and_does_not_fail(world: object) -> None:
    con: duckdb.DuckDBPyConnection = world.con  # type: ignore[attr-defined]
    con.execute("delete from contacts; delete from people; delete from owners")
    catalogue.publish(con)
    for analysis in catalogue.analyses():
        assert con.execute(f'from "{analysis.name}"').fetchall() == []


def test_a_failed_refresh_leaves_the_transaction_to_its_caller(
    make_network: Callable[..., duckdb.DuckDBPyConnection],
) -> None:
    con = make_network()
    con.execute("begin transaction")
    con.execute("delete from core.interactions")
    catalogue.refresh(con)
    assert con.execute("select count(*) from ties where class = 'weak'").fetchall() == [(1,)]
    con.execute("rollback")
    assert con.execute("select count(*) from ties where class = 'weak'").fetchall() == [(8,)]


def test_every_threshold_says_what_it_does_and_where_it_comes_from(
    network: duckdb.DuckDBPyConnection,
) -> None:
    rows = network.execute("select name, meaning, source from thresholds").fetchall()
    assert len(rows) > 100
    assert all(meaning.endswith(".") and source.endswith(".") for _, meaning, source in rows)


def test_every_threshold_is_used_by_some_query(network: duckdb.DuckDBPyConnection) -> None:
    whole = "\n".join(a.select for a in (*catalogue.analyses(), *catalogue.marts()))
    rows = network.execute("select name from thresholds where name not like 'level:%'").fetchall()
    assert [name for (name,) in rows if f"'{name}'" not in whole] == []
