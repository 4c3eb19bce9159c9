"""What lists have in common, and what a third list says of two entries of one name."""

from __future__ import annotations

import json
from itertools import product
from typing import Any

import numpy as np
import polars as pl
import pytest

from notworking.benchmarks.people_truth import invent
from notworking.resolve import resolve
from notworking.resolve.elsewhere import elsewhere
from notworking.resolve.frequency import measure
from notworking.resolve.overlap import Overlaps, overlaps
from notworking.resolve.prepare import Records, prepare
from notworking.resolve.prior import list_priors
from notworking.resolve.tally import Tally, count_names


def counted(habits: str, size: int, seed: int) -> tuple[Records, Tally]:
    case = invent(habits, size, seed)
    records = prepare(case.contacts, case.points)
    return records, count_names(records, measure(records))


def tally(counts: list[list[int]], chance: float | list[float]) -> Tally:
    """Return one owner's lists, in which each row of counts is a name."""
    count = np.array(counts, dtype=np.int32)
    lists = count.shape[1]
    return Tally(
        row=np.arange(len(counts)),
        count=count,
        chance=np.broadcast_to(np.array(chance), len(counts)),
        lists=np.arange(lists)[None, :],
        owner=np.zeros(lists, dtype=np.int64),
        column=np.arange(lists),
        starts=np.array([0, len(counts)]),
        size=count.sum(axis=0).astype(np.int64),
    )


def test_names_are_counted_per_list_and_add_up() -> None:
    records, found = counted("harsh", 3000, 1)
    assert found.count.sum() == (found.row >= 0).sum()
    assert found.count.sum(axis=0).tolist() == found.size[found.lists[0]].tolist()
    place = int(np.flatnonzero(found.row >= 0)[0])
    column = found.column[records.list_of[place]]
    assert found.count[found.row[place], column] >= 1


def test_the_chance_of_a_name_fits_what_a_large_clean_list_shows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("notworking.resolve.frequency._MOST_NAMES", 3000)
    records, found = counted("harsh", 20_000, 1)
    (number,) = [n for n in range(4) if records.list_size[n] == records.list_size.max()]
    seen = found.count[:, found.column[number]]
    expected = found.chance * found.size[number]
    for least, most in ((0.1, 0.5), (0.5, 5.0)):
        rows = (expected >= least) & (expected < most) & (seen > 0)
        others = (seen[rows] * (seen[rows] - 1)).sum() / (seen[rows] * expected[rows]).sum()
        assert 0.7 < others < 1.3


def test_the_overlap_is_told_apart_from_strangers_of_the_same_name() -> None:
    dice = np.random.default_rng(1)
    chance = np.exp(dice.uniform(np.log(1e-5), np.log(5e-3), 4000))
    known = dice.random(4000) < 0.4
    theirs = known + dice.poisson(chance * 4000)
    counts = np.stack([np.ones(4000, dtype=np.int64), theirs], axis=1)
    found = overlaps(tally(counts.tolist(), chance.tolist())).one
    assert found[0, 1] == pytest.approx(0.4, abs=0.08)
    assert found[0, 1] * 4000 == pytest.approx(found[1, 0] * theirs.sum())


def test_a_name_that_fills_two_lists_does_not_make_them_one() -> None:
    few = [[1, 0]] * 400 + [[0, 1]] * 400
    plain = overlaps(tally(few, 2e-4)).one[0, 1]
    full = overlaps(tally([*few, [60, 60]], 2e-4)).one[0, 1]
    assert full < plain + 0.05


@pytest.fixture
def three_lists() -> tuple[Records, Tally, Overlaps]:
    records, found = counted("harsh", 5000, 2)
    return records, found, overlaps(found)


def bits(given: tuple[Records, Tally, Overlaps], wanted: list[int], chance: float) -> float:
    """Weigh a pair of the first two lists whose name the third shows so many times."""
    records, found, overlap = given
    sources = [int(np.flatnonzero(records.list_of == n)[0]) for n in (0, 2)]
    row = int(found.row[sources[0]])
    found.row[sources[1]] = row
    found.count[row] = wanted
    found.chance[row] = chance
    left, right = (np.array([place]) for place in sorted(sources))
    return float(elsewhere(records, found, overlap, left, right)[0])


def test_a_name_in_no_other_list_is_rather_one_persons(
    three_lists: tuple[Records, Tally, Overlaps],
) -> None:
    assert bits(three_lists, [1, 0, 1, 0], 1e-5) > 0.2


def test_a_name_that_crowds_a_third_list_is_rather_several_peoples(
    three_lists: tuple[Records, Tally, Overlaps],
) -> None:
    none, many = (bits(three_lists, [1, 0, 1, n], 1e-4) for n in (0, 3))
    assert many < 0.0 < none


def test_two_owners_lists_say_nothing_of_each_other(
    three_lists: tuple[Records, Tally, Overlaps],
) -> None:
    records, found, overlap = three_lists
    found.owner[2] = 1
    assert bits((records, found, overlap), [1, 0, 1, 0], 1e-5) == 0.0


def test_the_other_lists_are_told_in_words() -> None:
    case = invent("harsh", 4000, 1)
    told = resolve(case.contacts, case.points, case.decisions).matches["evidence"].to_list()
    words = {t["words"] for text in told for t in json.loads(text) if t["term"] == "elsewhere"}
    assert words == {
        "your other lists show the name as one person would",
        "your other lists show the name as several people would",
    }


def test_people_two_owners_know_are_expected_in_lists_without_profiles(empty: Any) -> None:
    for owner in (1, 2):
        for place in range(40):
            slug = f"https://www.linkedin.com/in/p{place if place < 20 else place * 100 + owner}"
            empty.add("linkedin", f"Ada Bar{place}", owner_id=owner, profile_url=slug)
        for place in range(40):
            empty.add("facebook", f"Cor Dun{place}", owner_id=owner)
    contacts, points, _ = empty.frames()
    records = prepare(contacts, points)
    shares = list_priors(records, overlaps(count_names(records, measure(records))))
    first = {
        (int(records.list_owner[n]), "profile" if (records.profile[records.list_of == n] >= 0).any()
         else "none"): n
        for n in np.unique(records.list_of).tolist()
    }  # fmt: skip
    assert len(first) == 4
    assert shares[first[1, "none"], first[2, "none"]] == pytest.approx(0.25)
    assert shares[first[1, "profile"], first[2, "none"]] == pytest.approx(0.25)


def strangers(one: str, other: str, *, again: int) -> float:
    """Score two names in a book in which so many others bear each of the family names."""
    case = invent("harsh", 3000, 5)
    rows = [
        {"contact_id": 1, "source": "linkedin", "relation": "connection", "full_name": one},
        {"contact_id": 2, "source": "facebook", "relation": "friend", "full_name": other},
        *(
            {
                "contact_id": 3 + n,
                "source": "vcard",
                "relation": "card",
                "full_name": f"{given} {name.split()[1]}",
            }
            for n, (name, given) in enumerate(
                product((one, other), ("Rosalind", "Walter", "Imogen")[:again])
            )
        ),
    ]
    schema = case.contacts.schema
    more = pl.DataFrame([{"owner_id": 1, **row} for row in rows], schema=schema)
    result = resolve(pl.concat([case.contacts, more]), case.points, case.decisions)
    scores = {(a, b): s for a, b, s in result.matches.select(
        "contact_a", "contact_b", "score").rows()}  # fmt: skip
    return float(scores.get((1, 2), 0.0))


def test_a_slip_of_the_pen_is_nobody_elses_name() -> None:
    slip = strangers("Harriet Quambelton", "Harriet Quambleton", again=0)
    name = strangers("Harriet Quambelton", "Harriet Quambleton", again=3)
    assert slip > 0.9
    assert name < slip - 0.3


def test_turned_names_count_less_where_either_order_is_a_name(book: Any) -> None:
    a = book.add("linkedin", "Adine Barel", given_name="Adine", family_name="Barel")
    b = book.add("vcard", "Barel Adine", given_name="Barel", family_name="Adine")
    before = score(book, a, b)
    for other in ("Gorin", "Holel", "Dunin", "Corel"):
        book.add("google", f"Barel {other}")
        book.add("google", f"{other} Adine", given_name=other, family_name="Adine")
    assert score(book, a, b) < before


def score(book: Any, a: int, b: int) -> float:
    rows = book.resolve().matches.filter(contact_a=min(a, b), contact_b=max(a, b))
    return float(rows["score"][0]) if len(rows) else 0.0
