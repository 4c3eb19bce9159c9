"""A statement says the same on both engines, down to nulls, halves and the ends of lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb
import pytest

from notworking.analyze import catalogue
from notworking.scale.answers import needed
from notworking.scale.dialect import TranslationError, tables_of, to_spark
from notworking.scale.macros import expand

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

#: Expressions over the rows below, each with what DuckDB and Spark disagree on by themselves.
EXPRESSIONS = {
    "halves become even": "list(x::integer order by n)",
    "rounding goes by way of a whole number": "list(round(x / 3, 2) order by n)",
    "whole division cuts off": "list(n // 2 order by n)",
    "division of whole numbers keeps the rest": "list(n / 2 order by n)",
    "fractions are doubles": "sum(x * 1.05)",
    "values without a key are passed over": "arg_max(t, x)",
    "rows without a value are passed over": "arg_min(t, n)",
    "an unknown part of a key is the greatest": "arg_max(n, (x, t))",
    "a condition stays beside that": "arg_max(t, n) filter (x > 0)",
    "any value is a known one": "any_value(t) filter (n in (2, 3))",
    "the first of a list is number one": "list(n order by n)[1]",
    "the last but one counts from the end": "list(n order by n)[-2]",
    "beyond the end there is nothing": "list(n order by n)[99]",
    "a stretch of a list ends before the last": "list(n order by n)[1:-2]",
    "a stretch of a list has a fixed length": "list(n order by n desc)[1:3]",
    "a list of one has an empty stretch": "list(n order by n)[1:-5]",
    "one key goes down and one goes up": "list(n order by x desc, t)",
    "a list takes a condition": "list(n order by n) filter (n > 2)",
    "a distinct list is sorted": "list_sort(list(distinct n % 3))",
    "len counts a list and length a text": "len(list(n order by n)) + max(length(t))",
    "lists are joined": "array_to_string(list(n order by n), '-')",
    "lists meet": "list_has_any(list(n order by n), [3, 99])",
    "months are counted by their firsts":
        "max(datediff('month', date '2020-01-31', date '2020-02-01' + n))",
    "days are added to a date": "max((date '1970-01-01' + n)::varchar)",
    "moments are microseconds": "max(epoch_us(make_timestamp(1600000000123456 + n)))",
    "a moment is written as a day": "max(strftime(make_timestamp(1600000000123456), '%Y-%m-%d'))",
    "greatest passes over nulls": "max(greatest(x, null, 1))",
    "the median lies between": "median(n)",
    "every hit is replaced": "max(regexp_replace(t, '[^a-z]+', '-', 'g'))",
    "capital letters do not matter": "max(regexp_extract(t, '(\\d) B', 1, 'i'))",
    "a pattern is met": "bool_or(regexp_matches(t, '^A', 'i'))",
    "a stroke stays a stroke": "max(regexp_replace(t, '[\\sB]+', '-', 'gi'))",
    "moments end somewhere": "bool_and(isfinite(make_timestamp(n)::timestamptz))",
    "texts are put together": "max(t || ' ' || n)",
    "a part of a text": "max(split_part(t, ' ', 2))",
}  # fmt: skip
_ROWS = (
    "select * from (values (1, 0.5::double, 'b c'), (2, 1.5::double, null),"
    " (3, null, 'a 1 b'), (4, 2.5::double, 'a 1 b'), (5, -2.5::double, 'z')) v (n, x, t)"
)


@pytest.fixture(scope="module")
def answered(spark: SparkSession) -> dict[str, tuple[object, object]]:
    """All expressions on both engines, in one statement each."""
    shown = ", ".join(f"{text} as e{n}" for n, text in enumerate(EXPRESSIONS.values()))
    select = f"with rows_ as ({_ROWS}) select {shown} from rows_"
    con = duckdb.connect()
    con.execute("set TimeZone = 'UTC'")
    expected = con.execute(select).fetchall()[0]
    con.close()
    found = spark.sql(to_spark(select, "the test")).collect()[0]
    return dict(zip(EXPRESSIONS, zip(expected, found, strict=True), strict=True))


@pytest.mark.parametrize("what", EXPRESSIONS)
def test_an_expression_means_the_same_on_both_engines(
    answered: dict[str, tuple[object, object]], what: str
) -> None:
    expected, found = answered[what]
    assert found == (pytest.approx(expected) if isinstance(expected, float) else expected)


def test_a_condition_in_a_window_chooses_values(spark: SparkSession) -> None:
    counted = "count(*) filter (n > 2) over (partition by x is null)"
    most = "max(n) filter (n < 4) over (order by n)"
    select = (
        f"with rows_ as ({_ROWS}) select n, {counted} as c, {most} as m, max(n) over whole - n as d"
        " from rows_ window whole as (partition by t is null) order by n"
    )
    expected = duckdb.execute(select).fetchall()
    found = [tuple(row) for row in spark.sql(to_spark(select, "the test")).collect()]
    assert found == [tuple(row) for row in expected]


def test_tables_become_views_that_keep_their_names_for_columns() -> None:
    said = to_spark("select people.name from main.people join mart.now using (owner_id)", "x")
    assert said == (
        "SELECT people.name FROM main__people AS people JOIN mart__now AS now USING (owner_id)"
    )


def test_a_part_of_a_query_is_not_taken_for_a_table() -> None:
    select = "with told as materialized (select 1 as one) select one from told, people"
    assert tables_of(select) == {("main", "people")}
    assert "FROM told" in to_spark(select, "x")


@pytest.mark.parametrize(
    "select",
    [
        "select regexp_replace(name, 'a', 'b') from people",
        "select list(n order by n)[n] from numbers",
        "select list(distinct n order by n) from numbers",
        "select list(n order by n)[-3:-1] from numbers",
        "select regexp_extract(name, 'a', 0, 'm') from people",
        "select a.n from a asof join b on a.n >= b.n",
        "select name[2:] from",
    ],
)
def test_what_spark_cannot_say_is_refused_with_the_file(select: str) -> None:
    with pytest.raises(TranslationError, match=r"^analyze/some\.sql: cannot be said in Spark: "):
        to_spark(select, "analyze/some.sql")


def test_everything_behind_ties_can_be_said_in_spark() -> None:
    behind = needed(["ties"])
    assert behind[-1].name == "ties"
    assert {"standing", "points", "contact_days", "now"} <= {one.name for one in behind}
    for analysis in behind:
        assert "main." not in to_spark(analysis.select, analysis.file)


def test_every_answer_comes_after_what_it_reads() -> None:
    made: set[tuple[str, str]] = set()
    known = {("mart", one.name) for one in catalogue.marts()}
    for analysis in needed(["ties"]):
        assert tables_of(analysis.select) & known <= made, analysis.file
        made.add((analysis.schema, analysis.name))


def test_macros_of_the_schema_are_put_in_place_of_their_calls() -> None:
    import sqlglot

    tree = expand(sqlglot.parse_one("select core.network(i.source) from i", read="duckdb"))
    assert tree.sql(dialect="duckdb") == (
        "SELECT (CASE WHEN (i.source) = 'messenger' THEN 'facebook' ELSE (i.source) END) FROM i"
    )


def test_macros_within_macros_are_put_in_place_as_well() -> None:
    import sqlglot

    tree = expand(sqlglot.parse_one("select core.ref(p.k, p.n) from p", read="duckdb"))
    said = tree.sql(dialect="duckdb")
    assert "core." not in said
    assert said.startswith("SELECT (COALESCE('k:' || (p.k), 'n:' || (NULLIF(LOWER(TRIM(")
