"""Answers on Spark: the catalogue's own files, translated, each after those it reads.

Only what an answer needs is made. Every shared table and every answer is written to the pool as
Parquet before the next is asked, so that a run that broke goes on where it was.
"""

from __future__ import annotations

from collections.abc import Iterable
from graphlib import TopologicalSorter
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from notworking.analyze import catalogue
from notworking.errors import UsageError
from notworking.scale import pool as pools
from notworking.scale.dialect import TranslationError, tables_of, to_spark, view_name

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

#: What the pool as a whole says.
_OF_THE_POOL = frozenset({"main.people", "main.matches", "main.tags", "main.notes"})
#: Tables in which a contact's person stands beside the contact.
_ABOUT_PEOPLE = frozenset({"main.contacts", "core.interactions", "core.hints", "main.changes"})


def needed(wanted: Iterable[str]) -> list[catalogue.Analysis]:
    """Return the shared tables and answers behind some questions, each after those it reads.

    Raises:
        UsageError: There is no such question.
    """
    known = {("main", one.name): one for one in catalogue.analyses()}
    unknown = sorted(set(wanted) - {name for _, name in known})
    if unknown:
        raise UsageError(f"There is no analysis {', '.join(unknown)}: see 'notworking analyses'.")
    known |= {("mart", one.name): one for one in catalogue.marts()}
    graph: dict[tuple[str, str], list[tuple[str, str]]] = {}
    waiting = [("main", name) for name in wanted]
    while waiting:
        name = waiting.pop()
        if name not in graph:
            graph[name] = sorted(tables_of(known[name].select) & known.keys())
            waiting += graph[name]
    return [known[name] for name in TopologicalSorter(graph).static_order()]


def answer(spark: SparkSession, pool: Path, wanted: Iterable[str]) -> list[str]:
    """Write the answers to some questions into the pool; return what was made, in order.

    Raises:
        UsageError: There is no such question, or people are not known yet.
        TranslationError: Spark cannot say one of the statements.
    """
    analyses = needed(wanted)
    if not (pool / "out" / "core.person_of").is_dir():
        raise UsageError(f"{pool}: people come first: 'python -m notworking.scale people'.")
    read = {table for one in analyses for table in tables_of(one.select)}
    for schema, name in sorted(read - {(one.schema, one.name) for one in analyses}):
        _see(spark, pool, f"{schema}.{name}")
    for analysis in analyses:
        _made(spark, analysis, pool / "out" / f"{analysis.schema}.{analysis.name}")
    return [f"{one.schema}.{one.name}" for one in analyses]


def _see(spark: SparkSession, pool: Path, table: str) -> None:
    """Let Spark see a table of the pool, with the people that the pool as a whole found."""
    if table == "main.thresholds":
        source = _thresholds(pool)
    elif table in _ABOUT_PEOPLE:
        source = _with_people(spark, pool, table)
    else:
        source = pool / ("out" if table in _OF_THE_POOL else "in") / table
    _name(spark.read.parquet(str(source)), table)


def _name(frame: DataFrame, table: str) -> None:
    schema, _, name = table.partition(".")
    frame.createOrReplaceTempView(view_name(schema, name))


def _with_people(spark: SparkSession, pool: Path, table: str) -> Path:
    """Write a table with its contacts' people once, so that not every statement joins them."""
    stated = spark.read.parquet(str(pool / "in" / table))
    person_of = spark.read.parquet(str(pool / "out" / "core.person_of"))
    joined = stated.drop("person_id").join(person_of, "contact_id", "left").select(stated.columns)
    target = pool / "out" / table
    joined.write.mode("overwrite").parquet(str(target))
    return target


def _thresholds(pool: Path) -> Path:
    """Write the one set of thresholds of a pool; return where.

    Raises:
        UsageError: Two databases have different ones.
    """
    said = pools.frame(pool / "in" / "main.thresholds").unique(["name", "value"]).sort("name")
    twice = sorted(set(said.filter(pl.col("name").is_duplicated())["name"].to_list()))
    if twice:
        raise UsageError(
            f"The databases of the pool disagree on {', '.join(twice)} (table thresholds): "
            "set them alike and import those owners again."
        )
    target = pools.clear(pool / "out" / "main.thresholds")
    said.write_parquet(target)
    return target


def _made(spark: SparkSession, analysis: catalogue.Analysis, target: Path) -> None:
    from pyspark.errors import AnalysisException, ParseException

    try:
        answered = spark.sql(to_spark(analysis.select, analysis.file))
    except (AnalysisException, ParseException) as error:
        reason = str(error).split("\n", 1)[0]
        raise TranslationError(f"{analysis.file}: Spark refuses it: {reason}") from error
    answered.write.mode("overwrite").parquet(str(target))
    fresh = spark.read.schema(answered.schema).parquet(str(target))
    _name(fresh, f"{analysis.schema}.{analysis.name}")
