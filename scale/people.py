"""People of a pool: recognised on Spark, numbered and described by the store's own statements.

Numbers and golden values are made in a DuckDB in a private folder, from contacts alone: the
interactions, of which a pool has most, are never read here but for the first of each contact.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import duckdb
import polars as pl

from notworking.scale import pool as pools
from notworking.scale.recognise import recognise
from notworking.store import connecting, database, derive

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

#: What is known of contacts, and what the users said of them.
_TABLES = ("main.contact_points", "main.contacts", "main.decisions", "main.notes", "main.tags")
#: Whose contact was whose before.
_BEFORE = ("core.person_of", "core.person_redirects")
#: What it leaves, for the pool.
_MADE = (*_BEFORE, "main.matches", "main.people", "main.tags", "main.notes")


def find(spark: SparkSession, pool: Path, *, parts: int) -> int:
    """Write people, and whose contact is whose, into the pool; return how many people there are.

    Raises:
        UsageError: The pool is empty.
    """
    pools.names(pool)
    contacts, points, decisions = (
        pools.frame(pool / "in" / f"frames.{kind}") for kind in pools.FRAMES
    )
    found = recognise(spark, contacts, points, decisions, parts=parts)
    firsts = _firsts(spark, pool)
    with TemporaryDirectory(dir=pool) as scratch:
        con = duckdb.connect(str(Path(scratch) / "people.duckdb"))
        try:
            con.execute("set TimeZone = 'UTC'")
            pools.quiet(con)
            database.migrate(con)
            _fill(con, pool, firsts)
            settle(con, pool / "in", "*", found.clusters, found.matches)
            for table in _MADE:
                pools.write(con, f"from {table}", pools.clear(pool / "out" / table))
            return int(con.execute("select count(*) from main.people").fetchall()[0][0])
        finally:
            con.close()


def _firsts(spark: SparkSession, pool: Path) -> Path:
    """Write the first interaction of every contact; return where."""
    target = pool / "out" / "temp.firsts"
    rows = spark.read.parquet(str(pool / "in" / "core.interactions"))
    firsts = rows.groupBy("contact_id").agg({"at": "min"}).withColumnRenamed("min(at)", "at")
    firsts.write.mode("overwrite").parquet(str(target))
    return target


def _fill(con: duckdb.DuckDBPyConnection, pool: Path, firsts: Path) -> None:
    for table in _TABLES:
        _insert(con, table, pool / "in" / table)
    for table in _BEFORE:
        earlier = pool / "out" / table
        if earlier.is_dir():
            _insert(con, table, earlier)
        elif len(pools.names(pool)) == 1:
            # Of several databases each has numbers of its own, which say nothing to the others.
            _insert(con, table, pool / "in" / table)
    files = connecting.quoted(str(firsts / "*.parquet"))
    con.execute(
        "insert into core.interactions by name"
        " select 0 as interaction_id, c.owner_id, contact_id, c.source, '' as kind,"
        " '' as direction, f.\"at\", 2 as thread_size, false as one_click, 0 as event_id,"
        f" 0 as file_id from read_parquet({files}) f join main.contacts c using (contact_id)"
    )


def _insert(con: duckdb.DuckDBPyConnection, table: str, folder: Path) -> None:
    files = connecting.quoted(str(folder / "*.parquet"))
    shown = ", ".join(_shown(name) for name in pools.columns_of(con, table))
    con.execute(f"insert into {table} by name select {shown} from read_parquet({files})")


def _shown(column: str) -> str:
    """Select a column; which import or file told of a contact makes nobody another person."""
    if column not in pools.OWN_NUMBERS:
        return f'"{column}"'
    return f'{"row_number() over ()" if column == "decision_id" else "1"} as "{column}"'


def settle(
    con: duckdb.DuckDBPyConnection,
    folder: Path,
    name: str,
    clusters: pl.DataFrame,
    matches: pl.DataFrame,
) -> None:
    """Give people their numbers and golden values by the store's own statements.

    Args:
        con: A database that holds the contacts.
        folder: The pool's ``in``.
        name: Whose files to take of it; ``*`` for everybody's.
        clusters: contact_id, cluster.
        matches: Scored pairs with evidence.
    """
    for table in ("placed", "echoes"):
        files = connecting.quoted(str(folder / f"temp.{table}" / f"{name}.parquet"))
        con.execute(f"create or replace temp table {table} as from read_parquet({files})")
    derive.take_people(con, clusters, matches)
    derive.apply_people(con, import_id=1)
