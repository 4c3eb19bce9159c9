"""What holds for any contacts: order, decisions, and the machine do not change who is who."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from notworking.benchmarks.people_truth import invent
from notworking.resolve import Resolution, resolve
from notworking.resolve.block import find_candidates, holding_pairs
from notworking.resolve.prepare import prepare

CASE = invent("abroad", 700, 5)
FRAMES = (CASE.contacts, CASE.points, CASE.decisions)


def same(one: Resolution, other: Resolution) -> bool:
    return (
        one.clusters.equals(other.clusters)
        and one.matches.equals(other.matches)
        and one.flagged.equals(other.flagged)
        and one.conflicts.equals(other.conflicts)
    )


BEFORE = resolve(*FRAMES)


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_the_order_of_rows_does_not_matter(seed: int) -> None:
    shuffled = [frame.sample(fraction=1, shuffle=True, seed=seed) for frame in FRAMES]
    assert same(resolve(*shuffled), BEFORE)


def test_every_contact_is_in_one_group_named_after_its_smallest_member() -> None:
    clusters = BEFORE.clusters
    assert clusters["contact_id"].to_list() == sorted(CASE.contacts["contact_id"].to_list())
    smallest = clusters.group_by("cluster").agg(pl.col("contact_id").min().alias("smallest"))
    assert smallest.filter(pl.col("cluster") != pl.col("smallest")).height == 0


def test_pairs_are_told_once_and_in_order() -> None:
    matches = BEFORE.matches
    assert matches.filter(pl.col("contact_a") >= pl.col("contact_b")).height == 0
    assert matches.select("contact_a", "contact_b").is_duplicated().sum() == 0
    assert matches.filter(~pl.col("score").is_between(0.05, 1.0)).height == 0


def test_comparing_is_symmetric() -> None:
    """With the ids turned round, left becomes right; scores and groups must stay."""
    top = 1 << 60
    turned = [
        CASE.contacts.with_columns((top - pl.col("contact_id")).alias("contact_id")),
        CASE.points.with_columns((top - pl.col("contact_id")).alias("contact_id")),
        CASE.decisions,
    ]
    found = resolve(*turned).matches.select(
        (top - pl.col("contact_b")).alias("contact_a"),
        (top - pl.col("contact_a")).alias("contact_b"),
        pl.col("score").round(9),
        "verdict",
    )
    kept = BEFORE.matches.select("contact_a", "contact_b", pl.col("score").round(9), "verdict")
    assert found.sort("contact_a", "contact_b").equals(kept.sort("contact_a", "contact_b"))


def test_deciding_what_was_found_changes_no_group() -> None:
    certain = BEFORE.matches.filter(pl.col("verdict") == "same")
    decisions = certain.select(
        "contact_a", "contact_b", "verdict", pl.lit(0).cast(pl.Datetime("us", "UTC")).alias("at")
    )
    assert resolve(CASE.contacts, CASE.points, decisions).clusters.equals(BEFORE.clusters)


ids = st.sampled_from(sorted(CASE.contacts["contact_id"].to_list()[:60]))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(ids, ids, st.sampled_from(["same", "different"])), max_size=12))
def test_decisions_hold_whatever_the_scores_say(verdicts: list[tuple[int, int, str]]) -> None:
    rows = [(a, b, verdict, place) for place, (a, b, verdict) in enumerate(verdicts) if a != b]
    decisions = pl.DataFrame(
        rows,
        schema={"contact_a": pl.Int64, "contact_b": pl.Int64, "verdict": pl.String, "at": pl.Int64},
        orient="row",
    ).with_columns(pl.col("at").cast(pl.Datetime("us", "UTC")))
    result = resolve(CASE.contacts, CASE.points, decisions)
    group = dict(result.clusters.rows())
    overruled = {(a, b) for a, b, _, _ in result.conflicts.rows()}
    latest = {(min(a, b), max(a, b)): verdict for a, b, verdict, _ in rows}
    told = {
        (a, b): v for a, b, v in result.matches.select("contact_a", "contact_b", "verdict").rows()
    }
    for pair, verdict in latest.items():
        if pair not in overruled:
            assert (group[pair[0]] == group[pair[1]]) == (verdict == "same")
            assert told[pair] == verdict


def test_taking_a_decision_back_restores_the_former_state(book: Any) -> None:
    a = book.add("linkedin", "Ottoline Heathham")
    b = book.add("facebook", "Ottoline Heathham")
    before = book.resolve()
    book.decide(a, b, "different")
    assert book.groups()[a] != book.groups()[b]
    assert book.resolve().matches.filter(pl.col("decided_by") == "user").height == 1
    book.decisions.clear()
    assert same(book.resolve(), before)


def test_a_cautious_user_gets_no_more_merges_than_an_eager_one() -> None:
    cautious = resolve(*FRAMES, merge_at=0.97).clusters["cluster"].n_unique()
    eager = resolve(*FRAMES, merge_at=0.70).clusters["cluster"].n_unique()
    assert cautious > BEFORE.clusters["cluster"].n_unique() > eager


_SCRIPT = """
import hashlib, sys
import polars as pl
from notworking.resolve import resolve
found = resolve(*(pl.read_ipc(path) for path in sys.argv[1:]))
text = "".join(f.write_json() for f in (found.clusters, found.matches, found.flagged))
print(hashlib.sha256(text.encode()).hexdigest(), sorted(found.counts.items()))
"""


def test_hash_seeds_and_threads_do_not_matter(tmp_path: Path) -> None:
    paths = [str(tmp_path / f"{place}.arrow") for place in range(len(FRAMES))]
    for frame, path in zip(FRAMES, paths, strict=True):
        frame.write_ipc(path)
    told = {
        subprocess.run(
            [sys.executable, "-c", _SCRIPT, *paths],
            check=True,
            capture_output=True,
            text=True,
            env=os.environ | {"PYTHONHASHSEED": seed, "POLARS_MAX_THREADS": threads},
        ).stdout
        for seed, threads in (("1", "1"), ("2", "2"), ("3", "4"))
    }
    assert len(told) == 1


def test_leaving_out_hopeless_pairs_changes_no_group(monkeypatch: pytest.MonkeyPatch) -> None:
    ids = sorted(CASE.contacts["contact_id"].to_list())
    decisions = pl.DataFrame(
        {"contact_a": [ids[0]], "contact_b": [ids[1]], "verdict": ["different"], "at": [0]}
    ).with_columns(pl.col("at").cast(pl.Datetime("us", "UTC")))
    before = resolve(CASE.contacts, CASE.points, decisions)
    monkeypatch.setattr("notworking.resolve.pairs.MANY_PAIRS", 0)
    monkeypatch.setattr("notworking.resolve.odds._MANY_PAIRS", 0)
    monkeypatch.setattr("notworking.resolve.block._AT_A_TIME", 100)
    monkeypatch.setattr("notworking.resolve.odds._AT_A_TIME", 100)
    monkeypatch.setattr("notworking.resolve.compete._AT_A_TIME", 100)
    monkeypatch.setattr("notworking.resolve.frequency._AT_A_TIME", 100)
    monkeypatch.setattr("notworking.resolve.evidence._AT_A_TIME", 100)
    after = resolve(CASE.contacts, CASE.points, decisions)
    assert after.clusters.equals(before.clusters)
    told = before.matches.filter(pl.col("score") > 0.5).select("contact_a", "contact_b")
    assert told.join(after.matches, on=["contact_a", "contact_b"], how="anti").height == 0
    scores = before.matches.join(after.matches, on=["contact_a", "contact_b"])
    assert scores.select((pl.col("score") - pl.col("score_right")).abs().max()).item() < 0.001
    assert after.matches.filter(pl.col("decided_by") == "user").height == 1


def test_how_many_pairs_are_looked_at_a_time_changes_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ids = sorted(CASE.contacts["contact_id"].to_list())
    decisions = pl.DataFrame(
        {
            "contact_a": [ids[3], ids[1], ids[8]],
            "contact_b": [ids[0], ids[650], ids[9]],
            "verdict": ["different", "same", "same"],
            "at": [0, 1, 2],
        }
    ).with_columns(pl.col("at").cast(pl.Datetime("us", "UTC")))
    for many in ("pairs.MANY_PAIRS", "odds._MANY_PAIRS", "memory._MANY_PAIRS"):
        monkeypatch.setattr(f"notworking.resolve.{many}", 0)
    whole = resolve(CASE.contacts, CASE.points, decisions)
    for module in ("block", "compete", "elsewhere", "evidence", "frequency", "odds"):
        monkeypatch.setattr(f"notworking.resolve.{module}._AT_A_TIME", 90)
    in_parts = resolve(CASE.contacts, CASE.points, decisions)
    assert same(in_parts, whole)
    assert in_parts.counts == whole.counts
    assert in_parts.matches.filter(pl.col("decided_by") == "user").height == 3


def test_the_parts_of_the_candidates_follow_one_another_and_know_what_to_keep(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    records = prepare(CASE.contacts, CASE.points)
    size = len(records.ids)
    decided = np.array([5 * size + 600, 2 * size + 3])
    (whole,) = find_candidates(records, decided).parts()
    monkeypatch.setattr("notworking.resolve.block._AT_A_TIME", 50)
    parts = list(find_candidates(records, decided).parts())
    assert len(parts) > 10
    for name in ("left", "right", "keep"):
        columns = [getattr(part, name) for part in parts]
        assert np.array_equal(np.concatenate(columns), getattr(whole, name))
    codes = whole.left * size + whole.right
    assert (np.diff(codes) > 0).all()
    assert (whole.left < whole.right).all()
    one, other, _ = holding_pairs(records)
    holder = records.holdings.record
    kept = {*(holder[one] * size + holder[other]).tolist(), *decided.tolist()}
    assert set(codes[whole.keep].tolist()) == kept


def test_nobody_is_nobody(empty: Any) -> None:
    found = empty.resolve()
    assert found.clusters.rows() == []
    assert found.matches.rows() == []
    assert found.counts["pairs"] == 0
