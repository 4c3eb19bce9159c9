"""From the pool back into DuckDB: one file for all owners, or one for each database that went in.

People get the pool's numbers, and their golden values from the contacts of the file alone, so that
an owner's file shows nothing that only other owners know. Shared tables that Spark made are taken
as they are; what it did not make, the store's own catalogue makes here.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from notworking.analyze import catalogue
from notworking.errors import UsageError
from notworking.scale import pool as pools
from notworking.scale.people import settle
from notworking.store import connecting, database, hints, private

#: What the pool as a whole says in place of what each database said.
_OF_THE_POOL = frozenset({"core.person_of", "core.person_redirects", "main.tags", "main.notes"})
#: What several databases may say in the same words.
_ALIKE = frozenset({"main.thresholds", "core.forgotten"})
#: What is made anew from the pool's people.
_MADE_HERE = frozenset({"main.people", "main.matches"})


def load(pool: Path, target: Path, name: str | None = None) -> None:
    """Make a database of the pool, or of one of the databases that went in.

    Raises:
        UsageError: The target exists, the pool has no such part, or people are not known yet.
        DatabaseError: The target cannot be written.
    """
    known = pools.names(pool)
    if name is not None and name not in known:
        raise UsageError(f"{pool} holds no {name}: it holds {', '.join(known)}.")
    if not (pool / "out" / "core.person_of").is_dir():
        raise UsageError(f"{pool}: people come first: 'python -m notworking.scale people'.")
    if target.exists():
        raise UsageError(f"{target} exists already: name another file, or remove it.")
    con = database.connect(target)
    pools.quiet(con)
    try:
        with private.folder_beside(target) as scratch, database.transaction(con):
            con.execute("set temp_directory = $folder", {"folder": str(scratch)})
            database.migrate(con)
            _fill(con, pool, name or "*", scratch)
    except BaseException:
        con.close()
        target.unlink(missing_ok=True)
        raise
    con.close()


def _fill(con: duckdb.DuckDBPyConnection, pool: Path, name: str, scratch: Path) -> None:
    _number_anew(con, pool, name)
    for table in pools.base_tables(con):
        folder = pool / ("out" if table in _OF_THE_POOL else "in") / table
        if table not in _MADE_HERE and folder.is_dir():
            _insert(con, table, folder, name)
    _people(con, pool, name, scratch)
    _answers(con, pool / "out")
    catalogue.publish(con)


def _number_anew(con: duckdb.DuckDBPyConnection, pool: Path, name: str) -> None:
    """Give files, imports and decisions numbers that fit a database, in the pool's order."""
    for counting in sorted(set(pools.OWN_NUMBERS.values())):
        number = _counted(counting)
        files = _files(pool / "in" / counting, name)
        con.execute(
            f"create or replace temp table new_{number} as select {number} as old,"
            f" row_number() over (order by {number}) as new from read_parquet({files})"
        )


def _counted(table: str) -> str:
    return next(column for column, counting in pools.OWN_NUMBERS.items() if counting == table)


def _files(folder: Path, name: str) -> str:
    return connecting.quoted(str(folder / f"{name}.parquet"))


def _insert(con: duckdb.DuckDBPyConnection, table: str, folder: Path, name: str) -> None:
    is_pooled = table in _OF_THE_POOL
    columns = pools.columns_of(con, table)
    only = ""
    if is_pooled and "contact_id" in columns:
        mine = _files(folder.parent.parent / "in" / "main.contacts", name)
        only = f" where contact_id in (select contact_id from read_parquet({mine}))"
    shown = ", ".join(f'"{one}"' if is_pooled else _numbered(one) for one in columns)
    files = _files(folder, "*" if is_pooled else name)
    how = "or ignore into" if table in _ALIKE else "into"
    con.execute(f"insert {how} {table} by name select {shown} from read_parquet({files}) t{only}")


def _numbered(column: str) -> str:
    counting = pools.OWN_NUMBERS.get(column)
    if counting is None:
        return f'"{column}"'
    new = f"new_{_counted(counting)}"
    return f'(select new from {new} n where n.old = t."{column}")::integer as "{column}"'


def _people(con: duckdb.DuckDBPyConnection, pool: Path, name: str, scratch: Path) -> None:
    """Tell the store who is whose by the pool, for the contacts that are in this file."""
    # Our own cards that came home follow the contact they were made from.
    echoes = _files(pool / "in" / "temp.echoes", name)
    clusters = (
        "select contact_id, min(contact_id) over (partition by person_id) as cluster"
        " from core.person_of where contact_id in (select contact_id from main.contacts)"
        f" and contact_id not in (select contact_id from read_parquet({echoes}))"
    )
    files = _files(pool / "out" / "main.matches", "*")
    matches = (
        "select contact_a, contact_b, score, verdict, evidence, decided_by"
        f" from read_parquet({files}) where contact_a in (select contact_id from main.contacts)"
        " and contact_b in (select contact_id from main.contacts)"
    )
    settle(
        con,
        pool / "in",
        name,
        pools.ask(con, clusters, scratch),
        pools.ask(con, matches, scratch),
    )
    hints.derive(con)


def _answers(con: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Take over the shared tables that Spark made for these owners, and make the others."""
    for mart in catalogue.in_order(catalogue.marts()):
        files = connecting.quoted(str(folder / f"mart.{mart.name}" / "*.parquet"))
        columns = [column for column, _ in mart.columns]
        is_there = (folder / f"mart.{mart.name}").is_dir()
        select = mart.select
        if is_there and "owner_id" in columns:
            shown = ", ".join(f'"{column}"' for column in columns)
            select = (
                f"select {shown} from read_parquet({files})"
                " where owner_id in (select owner_id from main.owners)"
            )
        con.execute(f"create or replace table {mart.qualified} as {select}")
        _explain(con, mart)


def _explain(con: duckdb.DuckDBPyConnection, mart: catalogue.Analysis) -> None:
    con.execute(f"comment on table {mart.qualified} is {connecting.quoted(mart.question)}")
    for column, meaning in mart.columns:
        said = connecting.quoted(meaning)
        con.execute(f'comment on column {mart.qualified}."{column}" is {said}')
