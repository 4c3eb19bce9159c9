"""The queries behind the commands: one .sql file each, read by name."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def query(name: str) -> str:
    """Return the SQL of one file, without its ending."""
    return files("notworking.queries").joinpath(f"{name}.sql").read_text(encoding="utf-8")
