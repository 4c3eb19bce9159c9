"""Ties on a day of one's own: the same formulas as the shared table has for its days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import duckdb
import pytest

from notworking.analyze import catalogue

Make = Callable[..., duckdb.DuckDBPyConnection]
_DIFFERENT = """
with
    shared as (from mart.points where back = $back and owner_id = $owner),
    own as (from past_ties where back = $back and owner_id = $owner)
select
    count(*),
    count(*) filter (
        coalesce(abs(own.strength - round(shared.s, 4)) > 1e-4, true)
        or abs(own.per_year - round(shared.per_year, 4)) > 1e-4
        or (own.ring is not null) <> shared.two_way)
from shared
full join own using (person_id)
"""


@pytest.mark.parametrize("back", [60, 200])
def test_a_day_of_ones_own_is_reckoned_as_the_shared_table_reckons_its_days(
    make_network: Make, back: int
) -> None:
    con = make_network()
    # The horizon is a day of the shared table, which past_ties reckons itself.
    con.execute("update thresholds set value = ? where name = 'horizon_days'", [back])
    catalogue.refresh(con)
    days = con.execute("select owner_id, day from mart.now order by owner_id").fetchall()
    for owner_id, day in days:
        con.execute(
            "set variable compare_since = date '1970-01-01' + $day::integer", {"day": day - back}
        )
        compared, different = con.execute(_DIFFERENT, {"back": back, "owner": owner_id}).fetchall()[
            0
        ]
        assert compared > 0
        assert different == 0


def test_now_the_past_says_what_the_ties_say(network: duckdb.DuckDBPyConnection) -> None:
    rows = network.execute(
        "select ties.name, ties.class, past.class, ties.ring, past.ring from ties"
        " join past_ties past using (owner_id, person_id)"
        " where past.back = 0 and not ties.hidden"
        " and person_id not in (select person_id from tags where tag like 'class:%' or tag = 'pin')"
        " and (ties.class <> past.class or ties.ring is distinct from past.ring)"
    ).fetchall()
    assert rows == []


def test_nobody_is_there_twice_on_any_day(make_network: Make) -> None:
    con = make_network()
    day = con.execute("select max(day) from mart.now").fetchall()[0][0]
    for back in (0, 91, 183, 365):
        con.execute(
            "set variable compare_since = date '1970-01-01' + $day::integer", {"day": day - back}
        )
        twice = con.execute(
            "select owner_id, person_id, back from past_ties group by all having count(*) > 1"
        ).fetchall()
        assert twice == [], timedelta(days=back)
