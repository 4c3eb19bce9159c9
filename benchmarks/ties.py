"""Measure the ties: how well they foretell contact, and how fast the questions are answered.

    python benchmarks/ties.py --development CollegeMsg.txt email-Eu-core-temporal.txt
    python benchmarks/ties.py --rows 1000000

The first reads message logs with the lines ``FROM TO UNIXSECONDS`` (CollegeMsg and
email-Eu-core-temporal of the SNAP collection have this form), makes every writer an owner, builds
the shared tables and the ties as they ship, and compares strength and chance at a moment with
what came after it. The second times the shared tables and every view on an invented network.
Nothing is downloaded, and no user's database is opened.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import duckdb
import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

from notworking.analyze import catalogue

_DAY = 86_400
#: Moment and horizon, in days from the start, at which each public log is cut.
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
Flags = NDArray[np.bool_]


class Quality(NamedTuple):
    """How good scores and chances were, all times 100."""

    auc: float
    precision: float
    brier: float
    ece: float
    owners: int


def empty_database() -> duckdb.DuckDBPyConnection:
    """Return a database in memory with the published schema and nothing in it."""
    con = duckdb.connect(config={"autoinstall_known_extensions": "false"})
    con.execute("set TimeZone = 'UTC'")
    con.execute("set preserve_insertion_order = false")
    folder = files("notworking.store").joinpath("schema")
    for name in sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".sql")):
        con.execute(folder.joinpath(name).read_text(encoding="utf-8"))
    return con


# --- how well ties foretell contact ---------------------------------------------------------------

#: Every line once from each side. Lines of one sender and second are one group message. The clock
#: is moved so that the moment of the cut ends a day: the score may not depend on the date.
_LOG = """
create temp table log as
    select source, target, stamp,
        hash(source, stamp) % 4611686018427387904 as message,
        1 + count(distinct target) over (partition by source, stamp) as size
    from read_csv(?, delim = ' ', header = false, auto_detect = false,
        columns = {'source': 'INTEGER', 'target': 'INTEGER', 'stamp': 'BIGINT'})
    where source <> target;
"""
_SIDES = """
create or replace temp table sides as
    select source as ego, target as alter_id, 'out' as direction, stamp, message, size from log
    union all
    select target, source, 'in', stamp, message, size from log;
create or replace temp table egos as
    select ego, row_number() over (order by ego)::integer as owner_id
    from sides
    group by ego
    having count(distinct alter_id) filter (stamp <= $cut) >= 10
        and count(*) filter (stamp <= $cut and direction = 'out') > 0
        and count(*) filter (stamp > $cut and stamp <= $cut + $horizon and direction = 'out') > 0;
create or replace temp table pairs as
    select owner_id, alter_id, ego,
        row_number() over (order by owner_id, alter_id)::integer as person_id
    from (
        select egos.owner_id, s.alter_id, egos.ego
        from sides s join egos using (ego)
        where s.stamp <= $cut
        group by all
    );
"""
_FILL = """
insert into owners (owner_id, name) select owner_id, 'Owner ' || owner_id from egos;
insert into people (person_id, name, contacts, is_owner)
    select person_id, 'Person ' || person_id, 1, false from pairs
    union all
    select 2000000000, 'The moment of the cut', 1, false;
insert into contacts (contact_id, person_id, owner_id, source, source_key, relation, connected_at)
    select person_id, person_id, owner_id, 'csv', person_id, 'correspondent', null from pairs
    union all
    select -owner_id, 2000000000, owner_id, 'csv', 'now', 'correspondent', to_timestamp($now)
    from egos;
insert into raw.files (file_id, owner_id, importer, sha256, as_of, complete)
    select owner_id, owner_id, 'csv.log', '', to_timestamp($now), true from egos;
create temp table rows as
    select row_number() over ()::bigint as row_id, p.owner_id, p.person_id, s.direction,
        to_timestamp(s.stamp - $cut + $now) as moment, s.message, s.size
    from sides s join pairs p on p.ego = s.ego and p.alter_id = s.alter_id
    where s.stamp <= $cut;
insert into core.interactions
    select row_id, owner_id, person_id, person_id, 'csv', 'message', direction, moment,
        message, size, 1, false, row_id, owner_id
    from rows;
insert into raw.events (event_id, owner_id, source, kind, thread_key, one_click, file_id)
    select row_id, owner_id, 'csv', 'message', message, false, owner_id from rows where size > 2;
insert into core.parties (owner_id, source, ref, is_self, contact_id)
    select owner_id, 'csv', alter_id, false, person_id from pairs;
insert into core.members (owner_id, source, thread_key, ref)
    select distinct e.owner_id, 'csv', mine.message, others.target
    from log mine
    join egos e on e.ego = mine.target
    join log others on others.source = mine.source and others.stamp = mine.stamp
    where mine.size between 3 and 21 and mine.stamp <= $cut and others.target <> mine.target;
"""
_ANSWER = """
with after as (
    select ego, alter_id
    from sides
    where stamp > $cut and stamp <= $cut + $horizon
    group by all
    having count(distinct direction) = 2
)
select pairs.owner_id, ties.strength, ties.alive, after.ego is not null as came_true
from pairs
join ties on ties.owner_id = pairs.owner_id and ties.person_id = pairs.person_id
left join after on after.ego = pairs.ego and after.alter_id = pairs.alter_id
order by pairs.person_id
"""


def foretell(path: Path, cut_days: int, horizon_days: int) -> Quality:
    """Cut one log at one moment, and compare the ties of that moment with the time after it."""
    con = empty_database()
    con.execute(_LOG, [str(path)])
    first = con.execute("select min(stamp) from log").fetchall()[0][0]
    cut = first + cut_days * _DAY
    names = {"$cut": cut, "$horizon": horizon_days * _DAY, "$now": 20_000 * _DAY - 1}
    for text in (_SIDES, _FILL):
        con.execute(_with(text, names))
    catalogue.publish(con)
    con.execute("update thresholds set value = ? where name = 'horizon_days'", [horizon_days])
    catalogue.refresh(con)
    answer = con.execute(_with(_ANSWER, names)).fetchnumpy()
    return judge(
        np.asarray(answer["owner_id"]),
        np.asarray(answer["strength"], dtype=np.float64),
        np.asarray(answer["alive"], dtype=np.float64),
        np.asarray(answer["came_true"], dtype=np.bool_),
    )


def judge(owners: NDArray[np.int32], scores: Floats, chances: Floats, came_true: Flags) -> Quality:
    """Average ranking over owners, and calibration over all pairs."""
    aucs, precisions = [], []
    for owner in np.unique(owners):
        own = owners == owner
        if came_true[own].any() and not came_true[own].all():
            aucs.append(area(scores[own], came_true[own]))
            precisions.append(average_precision(scores[own], came_true[own]))
    return Quality(
        auc=100 * float(np.mean(aucs)),
        precision=100 * float(np.mean(precisions)),
        brier=100 * float(np.mean((chances - came_true) ** 2)),
        ece=100 * calibration_error(chances, came_true),
        owners=len(aucs),
    )


def area(scores: Floats, came_true: Flags) -> float:
    """Return the chance that one that came true is scored above one that did not."""
    hits = int(came_true.sum())
    misses = len(scores) - hits
    ranks = rankdata(scores)
    return float((ranks[came_true].sum() - hits * (hits + 1) / 2) / (hits * misses))


def average_precision(scores: Floats, came_true: Flags) -> float:
    """Return the mean precision at each that came true; equal scores count as one step."""
    order = np.argsort(-scores, kind="stable")
    sorted_scores, sorted_true = scores[order], came_true[order]
    ends = np.append(np.nonzero(np.diff(sorted_scores))[0], len(scores) - 1)
    hits = np.cumsum(sorted_true)[ends]
    gained = np.diff(hits, prepend=0)
    return float(np.sum(gained * hits / (ends + 1)) / came_true.sum())


def calibration_error(chances: Floats, came_true: Flags, bands: int = 10) -> float:
    """Return the mean distance of chance and outcome over equal bands of the chance."""
    band = np.minimum((chances * bands).astype(int), bands - 1)
    total = 0.0
    for number in np.unique(band):
        own = band == number
        total += own.sum() * abs(chances[own].mean() - came_true[own].mean())
    return float(total / len(chances))


def print_quality(path: Path) -> None:
    """Print one line for each cut of a log, and their mean."""
    splits = SPLITS.get(path.stem, ((60, 60),))
    print(f"{path.stem:22}{'AUC':>8}{'AP':>8}{'Brier':>8}{'ECE':>8}{'owners':>8}")
    found = []
    for cut, horizon in splits:
        found.append(foretell(path, cut, horizon))
        print(f"{f'{cut} + {horizon} days':>22}{_figures(found[-1])}")
    # Chances need a past as long as the time ahead, so earlier cuts say nothing of calibration.
    long = [
        quality for quality, (cut, horizon) in zip(found, splits, strict=True) if cut >= horizon
    ] or found
    mean = Quality(
        auc=statistics.fmean(quality.auc for quality in found),
        precision=statistics.fmean(quality.precision for quality in found),
        brier=statistics.fmean(quality.brier for quality in long),
        ece=statistics.fmean(quality.ece for quality in long),
        owners=round(statistics.fmean(quality.owners for quality in found)),
    )
    print(f"{'mean':>22}{_figures(mean)}")


def _figures(quality: Quality) -> str:
    return "".join(f"{value:8.1f}" for value in quality[:4]) + f"{quality.owners:8.0f}"


def _with(text: str, names: dict[str, int]) -> str:
    for name, value in names.items():
        text = text.replace(name, str(value))
    return text


# --- how fast the questions are answered ----------------------------------------------------------

#: An invented network: activity falls off as in real logs, an eighth of the people never write,
#: some messages go to groups. Every figure comes from a hash of the row's number.
_INVENT = """
create temp macro lot(i, salt) as (hash(i * 1000 + salt) % 1000003) / 1.000003e6;
insert into owners (owner_id, name) values (1, 'Owner Invented');
insert into people (person_id, name, company, title, birthday, location, contacts, is_owner)
    select i, case when i = 0 then 'Owner Invented' else 'Person ' || i end,
        'Company ' || floor(lot(i, 1) * 4000)::integer,
        ['Engineer', 'Manager', 'Director', 'Analyst', 'Head of Sales']
            [1 + floor(lot(i, 2) * 5)::integer],
        case when lot(i, 3) < 0.3
            then '--' || lpad((1 + floor(lot(i, 4) * 12))::integer::varchar, 2, '0') || '-15' end,
        'Town, Country ' || floor(lot(i, 14) * 40)::integer, 1, i = 0
    from range($people + 1) t(i);
insert into contacts (contact_id, person_id, owner_id, source, source_key, relation, full_name,
        company, title, birthday, connected_at)
    select person_id, person_id, 1, ['linkedin', 'facebook', 'vcard'][1 + person_id % 3],
        'key ' || person_id,
        case when is_owner then 'self'
            else ['connection', 'friend', 'card'][1 + person_id % 3] end,
        name, company, title, birthday,
        timestamptz '2014-01-01 00:00:00+00' + to_days(floor(lot(person_id, 5) * 4300)::integer)
    from people;
create temp table crowd as
    select g, m, 1 + floor(pow(lot(g * 40 + m, 6), 2) * ($people - 1))::integer as person_id,
        3 + floor(pow(lot(g, 7), 3) * 25)::integer as size
    from range($rows // 1000 + 1) t(g), range(27) u(m)
    where m < 2 + floor(pow(lot(g, 7), 3) * 25);
create temp table said as
    select i, 1 + floor(pow(lot(i, 8), 4) * 7 / 8 * ($people - 1))::integer as person_id,
        ['linkedin', 'facebook'][1 + person_id % 2] as source,
        case when lot(i, 9) < 0.05 then 'reaction' when lot(i, 9) < 0.1 then 'call'
            else 'message' end as kind,
        case when kind = 'call' and lot(i, 10) < 0.5 then 'mutual' when lot(i, 11) < 0.5 then 'in'
            else 'out' end as direction,
        lot(i, 12) as when_lot, person_id::bigint as thread_id, 2 as thread_size
    from range($rows * 7 // 8) t(i)
    union all
    select $rows + row_number() over (order by c.g, n, c.m), c.person_id, 'facebook', 'message',
        case when n % 4 = 0 then 'out' else 'in' end, lot(c.g * 977 + n, 13), 1000000 + c.g, c.size
    from crowd c, range(40) t(n)
    where n % 4 = 0 or n % (c.size - 1) = c.m;
insert into core.interactions
    select i, 1, person_id, person_id, source, kind, direction,
        timestamptz '2026-10-21 00:00:00+00' - to_seconds(floor(pow(when_lot, 2) * 3.7e8)),
        thread_id, thread_size, 12, kind = 'reaction', i, 1
    from said;
insert into raw.events (event_id, owner_id, source, kind, thread_key, one_click, file_id)
    select i, 1, source, kind, thread_id, kind = 'reaction', 1 from said;
"""


def invent(con: duckdb.DuckDBPyConnection, rows: int, people: int) -> None:
    """Fill the published tables with an invented network of about this size."""
    con.execute(_with(_INVENT, {"$rows": rows, "$people": people}))


def print_times(rows: int, people: int) -> None:
    """Print how long the shared tables and every view take."""
    con = empty_database()
    invent(con, rows, people)
    counted = con.execute("select count(*) from core.interactions").fetchall()[0][0]
    print(f"{counted:,} interactions, {people:,} people")
    print(f"{'shared tables':24}{_milliseconds(lambda: catalogue.refresh(con), 1):8.0f} ms")
    print(f"{'views made':24}{_milliseconds(lambda: catalogue.publish(con), 1):8.0f} ms")
    print(f"{'views found unchanged':24}{_milliseconds(lambda: catalogue.publish(con), 3):8.0f} ms")
    for question in catalogue.analyses():
        spent = _milliseconds(_reader(con, question.name), 3)
        mark = "" if spent < 100 else "   over the goal of 100 ms"
        print(f"{question.name:24}{spent:8.0f} ms{mark}")


def _reader(con: duckdb.DuckDBPyConnection, name: str) -> Callable[[], object]:
    return lambda: con.execute(f'create or replace temp table answer as from "{name}"')


def _milliseconds(action: Callable[[], object], runs: int) -> float:
    spent = []
    for _ in range(runs):
        began = time.perf_counter()
        action()
        spent.append((time.perf_counter() - began) * 1000)
    return statistics.median(spent)


def main(arguments: list[str] | None = None) -> int:
    """Read the arguments and print what they ask for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--development",
        metavar="FILE",
        nargs="+",
        type=Path,
        default=[],
        help="message logs, lines FROM TO UNIXSECONDS; a known name chooses its published cuts",
    )
    parser.add_argument("--rows", metavar="N", type=int, help="time this many interactions")
    parser.add_argument("--people", metavar="N", type=int, default=30_000)
    given = parser.parse_args(arguments)
    if not given.development and not given.rows:
        parser.error("give --development FILE... or --rows N")
    for path in given.development:
        print_quality(path)
    if given.rows:
        print_times(given.rows, given.people)
    return 0


if __name__ == "__main__":
    sys.exit(main())
