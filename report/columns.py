"""Which columns of an analysis hold people, and where their numbers stand beside the names."""

from __future__ import annotations

#: Columns whose number is not called like the name.
_NUMBERS = {"name": "person_id", "introduced": "person_id"}
#: Columns that hold the number of a person.
PEOPLE = frozenset(
    {
        *("person_id", "introducer_id", "other_id", "strongest_id", "top_speaker_id"),
        *("leans_on_id", "reaches_id"),
    }
)
#: Columns that hold the numbers of several.
SEVERAL = frozenset({"name_ids", "bridge_ids", "who_ids", "candidate_ids", "ask_first_ids"})


def number_column(column: str) -> str:
    """Return the column that holds the number of whom a column names."""
    return _NUMBERS.get(column, f"{column}_id")


def numbers_column(column: str) -> str:
    """Return the column that holds the numbers of those whom a column lists."""
    return f"{column.removesuffix('s')}_ids"
