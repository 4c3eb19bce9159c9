"""What somebody wants to know, and how they want to be told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from notworking.errors import DatabaseError
from notworking.queries import query
from notworking.seek.lists import Extras

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, slots=True)
class Asking:
    """One question to the network.

    Attributes:
        text: As typed.
        limit: At most so many lines of the answer.
        extras: What the user added to the word lists.
        form: One of ``output.FORMATS``.
        target: File to write the list to; None: standard output.
        say: Takes the sentences before the list.
    """

    text: str
    limit: int
    extras: Extras
    form: str
    target: Path | None
    say: Callable[[str], None]


def require_tables(con: duckdb.DuckDBPyConnection) -> None:
    """Refuse a database whose shared tables are those of an older version.

    Raises:
        DatabaseError: A table that answers are read from is not there.
    """
    if con.execute(query("seek_missing")).fetchall():
        raise DatabaseError(
            "This database was made by an older version, which kept no words to search: run "
            "'notworking import' on your exports once more."
        )
