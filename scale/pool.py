"""The pool: one folder of Parquet files, filled by one task per database, read by every engine.

``POOL/in/SCHEMA.TABLE/NAME.parquet`` is what one database said, ``POOL/out/SCHEMA.TABLE/`` what
the pool as a whole adds: people, and the answers. Numbers that a database counts for itself (files,
imports) are moved apart, so that those of two databases never meet; contacts and events have
numbers that hold everywhere. Holds no SQL of Spark.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import polars as pl

from notworking.errors import UsageError
from notworking.store import connecting, database, derive

#: Numbers that each database counts for itself, and the table that counts them.
OWN_NUMBERS = {
    "decision_id": "main.decisions",
    "file_id": "main.source_files",
    "import_id": "main.imports",
    "first_import_id": "main.imports",
    "last_import_id": "main.imports",
    "missing_since": "main.imports",
}
#: How far apart the own numbers of two databases lie.
STEP = 1 << 31
#: What the derivation knows for its own length only, and the pool needs.
_PASSING = ("placed", "echoes")
#: The frames that people are recognised by; in ``in`` under the schema ``frames``.
FRAMES = ("contacts", "points", "decisions")


def unload(database_path: Path, pool: Path, name: str, place: int) -> None:
    """Write one database into the pool; what it had there before is replaced.

    Args:
        database_path: A finished database.
        pool: The folder of the pool.
        name: What the database is called in the pool, for its files.
        place: Its place among the databases, from 0; no two may have the same.

    Raises:
        DatabaseError: It cannot be used.
        UsageError: The folder cannot be written.
    """
    try:
        pool.mkdir(mode=0o700, parents=True, exist_ok=True)
        with TemporaryDirectory(dir=pool) as scratch:
            copy = Path(scratch) / "copy.duckdb"
            _copy(database_path, copy)
            con = database.connect(copy)
            quiet(con)
            try:
                _unload(con, pool / "in", name, place)
            finally:
                con.close()
    except OSError as error:
        raise UsageError(f"{pool} cannot be written: {error}.") from error


def quiet(con: duckdb.DuckDBPyConnection) -> None:
    """Keep the engine from drawing its progress where data goes."""
    con.execute("set enable_progress_bar = false")


def _copy(source: Path, target: Path) -> None:
    con = database.connect(source, read_only=True)
    try:
        database.require_current(con)
        # While it is open nobody writes; what a dead run left beside it belongs to it.
        for part in (source, source.with_name(f"{source.name}.wal")):
            if part.exists():
                shutil.copyfile(part, target.with_name(target.name + part.name[len(source.name) :]))
    finally:
        con.close()


def _unload(con: duckdb.DuckDBPyConnection, folder: Path, name: str, place: int) -> None:
    # How this database was built is no matter of the pool's.
    con.execute("delete from core.settings where owner_id = 0")
    for table in ("main.tags", "main.notes"):
        # The numbers of people change in the pool; those of contacts do not.
        con.execute(
            f"update {table} t set contact_id = p.contact_id from (select person_id,"
            " min(contact_id) as contact_id from core.person_of group by person_id) p"
            " where t.contact_id is null and p.person_id = t.person_id"
        )
    for table in base_tables(con):
        _write(con, table, folder / table / f"{name}.parquet", place * STEP)
    points = derive.points_frame(con)
    # Done once more in the copy: what the derivation has at hand is gone when an import ends.
    derive.derive_contacts(con, lambda *_: [])
    for table in _PASSING:
        _write(con, table, folder / f"temp.{table}" / f"{name}.parquet", place * STEP)
    frames = (derive.contacts_frame(con), points, derive.decisions_frame(con))
    for kind, frame in zip(FRAMES, frames, strict=True):
        target = _made(folder / f"frames.{kind}" / f"{name}.parquet")
        frame.write_parquet(target)


def base_tables(con: duckdb.DuckDBPyConnection) -> list[str]:
    """Return the tables that a pool takes from a database, with their schemas.

    Journals are left: they say how a database came to be, and nothing of people.
    """
    rows = con.execute(
        "select schema_name || '.' || table_name from duckdb_tables()"
        " where schema_name in ('raw', 'core', 'main') and not temporary"
        " and table_name <> 'schema_version' and not ends_with(table_name, '_journal')"
        " order by all"
    ).fetchall()
    return [table for (table,) in rows]


def columns_of(con: duckdb.DuckDBPyConnection, source: str) -> list[str]:
    """Return the names of the columns of a table, or of anything to select from."""
    return [column[0] for column in con.execute(f"select * from {source} limit 0").description]


def _write(con: duckdb.DuckDBPyConnection, table: str, target: Path, moved: int) -> None:
    shown = ", ".join(
        f'"{name}"::bigint + {moved} as "{name}"' if name in OWN_NUMBERS else f'"{name}"'
        for name in columns_of(con, table)
    )
    write(con, f"select {shown} from {table}", target)


def write(con: duckdb.DuckDBPyConnection, select: str, target: Path) -> None:
    """Write what a SELECT yields as a Parquet file that its owner alone can read."""
    file = connecting.quoted(str(_made(target)))
    con.execute(f"copy ({select}) to {file} (format parquet, compression zstd)")


def _made(target: Path) -> Path:
    """Make a file that its owner alone can read."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    target.touch(mode=0o600)
    return target


def tables(folder: Path) -> list[str]:
    """Return the tables that lie in a folder of a pool."""
    return sorted(entry.name for entry in folder.iterdir() if entry.is_dir())


def names(pool: Path) -> list[str]:
    """Return what the databases of a pool are called.

    Raises:
        UsageError: It is no pool, or an empty one.
    """
    folder = pool / "in" / "main.owners"
    found = sorted(file.stem for file in folder.glob("*.parquet"))
    if not found:
        raise UsageError(f"{pool} holds no pool: fill it with 'python -m notworking.scale import'.")
    return found


def frame(folder: Path) -> pl.DataFrame:
    """Return a table of the pool; its files are read in the order of their names."""
    return pl.concat([pl.read_parquet(file) for file in sorted(folder.glob("*.parquet"))])


def ask(con: duckdb.DuckDBPyConnection, select: str, folder: Path) -> pl.DataFrame:
    """Return what a SELECT yields as a frame, by way of a file.

    Polars reading a relation keeps the engine's module alive, which complains at exit.
    """
    target = folder / "asked.parquet"
    write(con, select, target)
    return pl.read_parquet(target)


def clear(target: Path) -> Path:
    """Take away a table that the pool as a whole added; return where its only file goes."""
    shutil.rmtree(target, ignore_errors=True)
    return _made(target / "part.parquet")
