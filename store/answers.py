"""What the user answered to the suggestions of the week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from notworking.store import own

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to one suggestion: a row of ``suggestions_answered``.

    Attributes:
        today: Newest date in the data.
        until: First day on which a snoozed one comes back.
    """

    owner_id: int
    person_id: int
    kind: str
    occasion: str
    answer: str
    today: date
    until: date | None = None


def write(con: duckdb.DuckDBPyConnection, given: Answer) -> None:
    """Write an answer down, in place of an earlier one to the same suggestion."""
    take_back(con, given)
    con.execute(
        "insert or replace into main.suggestions_answered values (?, ?, ?, ?, ?, ?, ?)",
        [
            given.owner_id,
            own.anchor(con, given.person_id),
            given.kind,
            given.occasion,
            given.answer,
            given.today,
            given.until,
        ],
    )


def take_back(con: duckdb.DuckDBPyConnection, given: Answer) -> None:
    """Forget what was answered on this date of the data to a suggestion of this kind."""
    con.execute(
        "delete from main.suggestions_answered where owner_id = $owner and kind = $kind"
        " and answered_on >= $today and (occasion = $occasion or answer = 'dismissed')"
        " and contact_id in (select contact_id from main.contacts where person_id = $person)",
        {
            "owner": given.owner_id,
            "kind": given.kind,
            "today": given.today,
            "occasion": given.occasion,
            "person": given.person_id,
        },
    )
