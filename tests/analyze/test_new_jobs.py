"""New jobs in the list of dates, where the export that shows them is younger than the last word."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest


@pytest.mark.parametrize(
    ("noticed", "expected"),
    [
        ("2026-10-28", [(date(2026, 10, 28), False)]),
        ("2026-10-21", [(date(2026, 10, 21), True)]),
        ("2026-10-01", [(date(2026, 10, 1), True)]),
        ("2026-07-01", []),
    ],
)
def test_a_new_job_is_due_though_the_export_is_younger_than_the_last_message(
    world: Any, noticed: str, expected: list[tuple[date, bool]]
) -> None:
    world.contact(2)
    world.says(2, "in", "2026-09-01 08:00", "2026-09-20 08:00")
    world.says(2, "out", "2026-09-02 08:00", "2026-10-21 08:00")
    world.con.execute(
        "insert into changes (contact_id, person_id, field, old, new, import_id, noticed_at)"
        " select contact_id, 2, 'title', 'Clerk', 'Head', 1, (? || ' 12:00:00+00')::timestamptz"
        " from contacts where person_id = 2",
        [noticed],
    )
    world.publish()
    rows = world.rows("select date, what, said_last_time from birthdays where why = 'new_job'")
    assert [(row["date"], row["said_last_time"]) for row in rows] == expected
    assert {row["what"] for row in rows} <= {"Head"}
