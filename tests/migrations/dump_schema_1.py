"""Write ``schema_1.sql``: the rows of a small database, as far as schema 1 had tables for them.

``python tests/migrations/dump_schema_1.py DATABASE > tests/migrations/schema_1.sql``, by hand and
once: the file stands for databases that were made before there was a schema 2.
"""

from __future__ import annotations

import sys
from datetime import datetime
from typing import Any

import duckdb

TABLES = (
    "main.owners",
    "main.imports",
    "main.source_files",
    "main.rejects",
    "raw.files",
    "raw.entries",
    "raw.sightings",
    "raw.events",
    "raw.threads",
    "raw.stages",
)


def literal(value: Any) -> str:
    """Return a value as SQL has it."""
    match value:
        case None:
            return "null"
        case bool() | int():
            return str(value).lower()
        case datetime():
            return f"'{value.isoformat()}'"
        case list():
            return "[" + ", ".join(map(literal, value)) + "]"
        case dict():
            return "{" + ", ".join(f"'{k}': {literal(v)}" for k, v in value.items()) + "}"
        case _:
            return "'" + str(value).replace("'", "''") + "'"


def main(path: str) -> None:
    with duckdb.connect(path, read_only=True) as con:
        for table in TABLES:
            for row in con.execute(f"from {table} order by all").fetchall():
                values = ", ".join(map(literal, row))
                sys.stdout.write(f"insert into {table} values ({values});\n")


if __name__ == "__main__":
    main(sys.argv[1])
