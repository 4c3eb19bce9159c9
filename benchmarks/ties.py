"""Measure the ties: how well they foretell contact, and how fast the questions are answered.

    python benchmarks/ties.py --development CollegeMsg.txt email-Eu-core-temporal.txt
    python benchmarks/ties.py --rows 1000000

The first reads message logs with the lines ``FROM TO UNIXSECONDS`` (the SNAP collection's
CollegeMsg and email-Eu-core-temporal have this form), makes every writer an owner, builds the
shared tables of ``analyze`` as they ship, and compares the strength at a moment with what came
after it. The second times the tables and every view on an invented network. Nothing is
downloaded, and no user's database is opened.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from itertools import groupby
from pathlib import Path

import duckdb
import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

from notworking.analyze import catalogue

_DAY = 86_400
#: Moment (days after the start) and horizon (days) at which each public log is cut.
SPLITS = {
    "CollegeMsg": ((40, 60), (60, 60), (80, 60), (90, 90)),
    "email-Eu-core-temporal": (
        (157, 365),
        (200, 300),
        (250, 90),
        (300, 90),
        (350, 90),
        (250, 180),
        (300, 180),
    ),
}
Floats = NDArray[np.float64]


def empty_database() -> duckdb.DuckDBPyConnection:
    """Return a database in memory with the published schema and nothing in it."""
    con = duckdb.connect(config={"autoinstall_known_extensions": "false"})
    con.execute("set TimeZone = 'UTC'")
    con.execute("set preserve_insertion_order = false")
    folder = files("notworking.store").joinpath("schema")
    for name in sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".sql")):
        con.execute(folder.joinpath(name).read_text(encoding="utf-8"))
    return con


# --- speed --------------------------------------------------------------------------------------

#: An invented network: activity falls off as in real logs, an eighth of the people never write,
#: one message in eight goes to a group. Every figure comes from a hash of the row's number.
_INVENT = """
create temp macro lot(i, salt) as (hash(i * 1000 + salt) % 1000003) / 1.000003e6;
insert into owners (owner_id, name) values (1, 'Owner Invented');
insert into people (person_id, name, company, title, birthday, contacts, is_owner)
    select i, case when i = 0 then 'Owner Invented' else 'Person ' || i end,
        'Company ' || floor(lot(i, 1) * 4000)::integer,
        ['Engineer', 'Manager', 'Director', 'Analyst', 'Head of Sales'][1 + floor(lot(i, 2) * 5)::integer],
        if(lot(i, 3) < 0.3, '--' || lpad((1 + floor(lot(i, 4) * 12))::integer::varchar, 2, '0') || '-15', null),
        1, i = 0
    from range($people + 1) t(i);
insert into contacts (contact_id, person_id, owner_id, source, source_key, relation, full_name,
        company, title, birthday, connected_at)
    select person_id, person_id, 1, ['linkedin', 'facebook', 'vcard'][1 + person_id % 3],
        'key ' || person_id, if(is_owner, 'self', ['connection', 'friend', 'card'][1 + person_id % 3]),
        name, company, title, birthday,
        timestamptz '2014-01-01 00:00:00+00' + to_days(floor(lot(person_id, 5) * 4300)::integer)
    from people;
create temp table crowd as
    select g, m, 1 + floor(pow(lot(g * 40 + m, 6), 2) * ($people - 1))::integer as person_id,
        3 + floor(pow(lot(g, 7), 3) * 25)::integer as size
    from range($rows // 1000 + 1) t(g), range(27) u(m)
    where m < 2 + floor(pow(lot(g, 7), 3) * 25);
insert into core.interactions
    select i, 1, person_id, person_id, source, kind, direction, moment, thread_id, thread_size, 12,
        kind = 'reaction', i, 1
    from (
        select i, 1 + floor(pow(lot(i, 8), 4) * 7 / 8 * ($people - 1))::integer as person_id,
            ['linkedin', 'facebook'][1 + person_id % 2] as source,
            if(lot(i, 9) < 0.05, 'reaction', if(lot(i, 9) < 0.1, 'call', 'message')) as kind,
            if(kind = 'call' and lot(i, 10) < 0.5, 'mutual', if(lot(i, 11) < 0.5, 'in', 'out')) as direction,
            timestamptz '2026-10-21 00:00:00+00' - to_seconds(floor(pow(lot(i, 12), 2) * 3.7e8)) as moment,
            person_id::bigint as thread_id, 2 as thread_size
        from range($rows * 7 // 8) t(i)
        union all
        select $rows + row_number() over (order by c.g, n, c.m), c.person_id, 'facebook', 'message',
            if(n % 4 = 0, 'out', 'in'),
            timestamptz '2026-10-21 00:00:00+00' - to_seconds(floor(pow(lot(c.g * 977 + n, 13), 2) * 3.7e8)),
            1000000 + c.g, c.size
        from crowd c, range(40) t(n)
        where n % 4 = 0 or n % (c.size - 1) = c.m
    );
"""


def invent(con: duckdb.DuckDBPyConnection, rows: int, people: int) -> None:
    """Fill the published tables with an invented network of about this size."""
    text = _INVENT.replace("$rows", str(rows)).replace("$people", str(people))
    con.execute(text)


def time_everything(rows: int, people: int) -> None:
    """Print how long the shared tables and every view take."""
    con = empty_database()
    invent(con, rows, people)
    counted = con.execute("select count(*) from core.interactions").fetchall()[0][0]
    print(f"{counted:,} interactions, {people:,} people")
    print(f"{'shared tables':32}{_milliseconds(lambda: catalogue.refresh(con), 1):9.0f} ms")
    print(f"{'views made':32}{_milliseconds(lambda: catalogue.publish(con), 1):9.0f} ms")
    print(f"{'views made again':32}{_milliseconds(lambda: catalogue.publish(con), 3):9.0f} ms")
    for question in catalogue.analyses():
        spent = _milliseconds(lambda name=question.name: _read_all(con, name), 3)
        mark = "" if spent < 100 else "   over the goal of 100 ms"
        print(f"{question.name:32}{spent:9.0f} ms{mark}")


def _read_all(con: duckdb.DuckDBPyConnection, name: str) -> None:
    con.execute(f'create or replace temp table answer as from "{name}"')


def _milliseconds(action: Callable[[], None], runs: int) -> float:
    spent = []
    for _ in range(runs):
        began = time.perf_counter()
        action()
        spent.append((time.perf_counter() - began) * 1000)
    return statistics.median(spent)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int)
    parser.add_argument("--people", type=int, default=30000)
    a = parser.parse_args()
    time_everything(a.rows, a.people)
    return 0

if __name__ == "__main__":
    sys.exit(main())
