"""The analyses on the frozen network: the known truth, the golden answers, and laws that hold."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from notworking.analyze import catalogue

GOLDEN = Path(__file__).parent
NETWORK = Path(__file__).resolve().parents[2] / "fixtures" / "network"
NAMES = [analysis.name for analysis in catalogue.analyses()]
Make = Callable[..., duckdb.DuckDBPyConnection]


def truth() -> list[dict[str, str]]:
    with (NETWORK / "truth.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def answer(con: duckdb.DuckDBPyConnection, name: str) -> str:
    """Return an answer as tab-separated text; times in UTC whatever the session says."""
    types = con.execute(f'describe "{name}"').fetchall()
    columns = [
        f"strftime(make_timestamp(epoch_us(\"{row[0]}\")), '%Y-%m-%dT%H:%M:%S')"
        if row[1] == "TIMESTAMP WITH TIME ZONE"
        else f'"{row[0]}"::varchar'
        for row in types
    ]
    rows = con.execute(f'select {", ".join(columns)} from "{name}" order by all').fetchall()
    lines = ["\t".join(row[0] for row in types)]
    lines += ["\t".join("" if cell is None else str(cell) for cell in row) for row in rows]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("person", truth(), ids=lambda person: person["person_id"])
def test_everybody_has_the_class_and_ring_meant_for_them(
    network: duckdb.DuckDBPyConnection, person: dict[str, str]
) -> None:
    rows = network.execute(
        "select class, coalesce(ring::varchar, ''), coalesce(card_kind, '') from ties"
        " where owner_id = 1 and person_id = ?",
        [int(person["person_id"])],
    ).fetchall()
    assert rows == [(person["class"], person["ring"], person["card_kind"])]


def test_everybody_but_the_owner_groups_and_organisations_is_in_the_ties(
    network: duckdb.DuckDBPyConnection,
) -> None:
    rows = network.execute("select person_id from ties where owner_id = 1 order by 1").fetchall()
    assert [str(row[0]) for row in rows] == [person["person_id"] for person in truth()]


def test_an_owner_is_a_tie_of_the_other_owner_and_never_of_themselves(
    network: duckdb.DuckDBPyConnection,
) -> None:
    rows = network.execute("select owner_id, person_id, class from ties where person_id <= 2")
    assert sorted(rows.fetchall()) == [(1, 2, "strong"), (2, 1, "strong")]


def test_the_silent_card_is_told_apart_per_owner(network: duckdb.DuckDBPyConnection) -> None:
    rows = network.execute("select owner_id, class from ties where person_id = 10").fetchall()
    assert sorted(rows) == [(1, "inner"), (2, "card")]


@pytest.mark.parametrize("name", NAMES)
def test_answers_are_the_golden_ones(
    network: duckdb.DuckDBPyConnection, name: str, update_golden: bool
) -> None:
    golden = GOLDEN / f"{name}.tsv"
    actual = answer(network, name)
    if update_golden:
        golden.write_text(actual, encoding="utf-8")
    assert actual == golden.read_text(encoding="utf-8")


def test_every_golden_answer_belongs_to_an_analysis() -> None:
    assert sorted(path.stem for path in GOLDEN.glob("*.tsv")) == NAMES


@pytest.mark.parametrize("order", ["id desc", "hash(id)"])
def test_the_order_of_rows_changes_nothing(
    network: duckdb.DuckDBPyConnection, make_network: Make, order: str
) -> None:
    other = make_network(order=order)
    for name in NAMES:
        assert answer(other, name) == answer(network, name)


def test_moving_all_dates_changes_nothing_but_dates(
    network: duckdb.DuckDBPyConnection, make_network: Make
) -> None:
    # 1461 days are four calendar years, so that birthdays, quarters and leap days move along.
    moved = make_network(shift_days=1461)
    for name in NAMES:
        assert without_dates(answer(moved, name)) == without_dates(answer(network, name))


def without_dates(text: str) -> list[str]:
    # In a list of rows sorted by all columns dates decide the order, so rows are compared as a set.
    bare = re.sub(r"\d{4}-\d{2}-\d{2}(T[\d:]+)?", "DATE", text)
    bare = re.sub(r"turns \d+", "turns", bare)
    return sorted(re.sub(r"\t(19|20)\d\d\t", "\tYEAR\t", line) for line in bare.splitlines())


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "America/Los_Angeles"])
def test_a_plain_duckdb_in_any_zone_answers_the_same(
    network: duckdb.DuckDBPyConnection, make_network: Make, tmp_path: Path, zone: str
) -> None:
    path = tmp_path / "network.duckdb"
    make_network(path=path).close()
    plain = duckdb.connect(str(path), read_only=True)
    plain.execute(f"set TimeZone = '{zone}'")
    for name in NAMES:
        assert answer(plain, name) == answer(network, name)
    plain.close()


def test_the_database_answers_without_notworking(make_network: Make, tmp_path: Path) -> None:
    path = tmp_path / "network.duckdb"
    make_network(path=path).close()
    script = (
        "import duckdb, sys\n"
        f"con = duckdb.connect({str(path)!r}, read_only=True)\n"
        "names = [n for (n,) in con.execute('select name from analyses').fetchall()]\n"
        "print(sum(len(con.execute(f'from \"{n}\"').fetchall()) > 0 for n in names), len(names))\n"
        "assert not any(m.startswith('notworking') for m in sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    answered, known = map(int, done.stdout.split())
    assert known == len(NAMES)
    assert answered == known, "every analysis has something to say about the network"


def test_classes_are_a_partition_and_rings_belong_to_ties(
    network: duckdb.DuckDBPyConnection,
) -> None:
    rows = network.execute(
        "select count(*), count(distinct (owner_id, person_id)),"
        " count(*) filter (class in ('inner', 'strong', 'weak', 'dormant', 'card')),"
        " count(*) filter ((class = 'card') <> (ring is null)),"
        " count(*) filter ((class = 'card') <> (card_kind is not null)),"
        " count(*) filter (ring not between 1 and 5) from ties"
    ).fetchall()
    ((people, distinct, classed, ringless, kindless, beyond),) = rows
    assert people == distinct == classed == 39
    assert (ringless, kindless, beyond) == (0, 0, 0)


def test_cards_have_no_two_way_evidence(network: duckdb.DuckDBPyConnection) -> None:
    rows = network.execute(
        "select person_id from ties where class = 'card' and days_in > 0 and days_out > 0"
    )
    assert rows.fetchall() == []
    rows = network.execute(
        "select person_id from ties where class <> 'card' and (days_in = 0 or days_out = 0)"
    )
    assert rows.fetchall() == [(42,)], "only whom the user pinned"


def test_shares_sum_to_one(network: duckdb.DuckDBPyConnection) -> None:
    for name, share, by in [
        ("bridges", "share", "owner_id"),
        ("seniority", "share", "owner_id"),
        ("seniority", "days_share", "owner_id"),
        ("social_signature", "share_now", "owner_id"),
        ("face_time", "private + small_group + large_group", "owner_id, person_id"),
        ("face_time_by_month", "private + small_group + large_group", "owner_id, month"),
    ]:
        rows = network.execute(f"select sum({share}) from {name} group by {by}").fetchall()
        assert rows
        for (total,) in rows:
            assert total == pytest.approx(1, abs=2e-3), name


def test_the_index_counts_every_card_once(network: duckdb.DuckDBPyConnection) -> None:
    rows = network.execute(
        "select source, contacts, cards, silent + waiting_for_them + waiting_for_you,"
        " low <= share and share <= high from notworking_index"
        " where owner_id = 1 and scope <> 'year' order by scope, source"
    ).fetchall()
    counts = {source: (contacts, cards) for source, contacts, cards, _, _ in rows}
    # LinkedIn: 15 connections with 4 cards, and 7 of the conference with 5; see truth.csv.
    assert counts == {
        "facebook": (5, 0),
        "linkedin": (22, 9),
        "vcard": (4, 1),
        "all": (27, 9),
    }
    assert all(cards == kinds and inside for _, _, cards, kinds, inside in rows)


def test_a_source_without_talk_says_so_and_stays_out_of_the_total(
    network: duckdb.DuckDBPyConnection,
) -> None:
    rows = network.execute(
        "select source, talk_seen from notworking_index where scope = 'source' and owner_id = 1"
    )
    assert dict(rows.fetchall()) == {"linkedin": True, "facebook": True, "vcard": False}
    rows = network.execute("select in_words from visibility where source = 'vcard'")
    assert rows.fetchall() == [
        (
            "address book holds no messages, calls or meetings: "
            "nobody can be told a card by it alone.",
        )
    ]
