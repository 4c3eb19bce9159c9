"""The SQL files of this room, read by name."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def sql(folder: str, name: str) -> str:
    """Return the text of one SQL file of a folder below ``store``."""
    return files("notworking.store").joinpath(folder, f"{name}.sql").read_text(encoding="utf-8")
