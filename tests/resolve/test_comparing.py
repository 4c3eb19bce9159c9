"""How alike names are, how rare, and what is expected before looking."""

from __future__ import annotations

import json
import math
from typing import Any

import numpy as np
import polars as pl
import pytest

from notworking.benchmarks.people_truth import invent
from notworking.resolve import resolve
from notworking.resolve.block import CAPS, find_candidates
from notworking.resolve.compare import Likeness, compare_names
from notworking.resolve.frequency import lift, measure
from notworking.resolve.namebook import as_numbers, parse_all
from notworking.resolve.names import Written
from notworking.resolve.overlap import overlaps
from notworking.resolve.prepare import prepare
from notworking.resolve.prior import list_priors
from notworking.resolve.tally import count_names
from notworking.resolve.tokens import (
    DIFFERENT,
    EQUAL,
    INITIAL,
    MISSING,
    NEAR,
    NICKNAME,
    PART,
    family_levels,
    given_levels,
    make_vocabulary,
)


def like(one: Written, other: Written) -> Likeness:
    table = pl.DataFrame([one, other], schema=Written._fields, orient="row")
    number, names = as_numbers(parse_all(table.with_columns(owner=pl.lit(1))))
    return compare_names(names, number[:1], number[1:])


def levels(one: str, other: str) -> tuple[int, int]:
    found = like(Written(one), Written(other))
    return int(found.given[0]), int(found.family[0])


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("anna", "anna", EQUAL),
        ("robert", "bob", NICKNAME),
        ("beth", "liz", NICKNAME),
        ("max", "maximilian", NICKNAME),
        ("kasia", "katarzyna", NICKNAME),
        ("jonathan", "jonathon", NEAR),
        ("mario", "maria", DIFFERENT),
        ("robert", "roberta", DIFFERENT),
        ("daniel", "daniela", DIFFERENT),
        ("alexander", "sandra", DIFFERENT),
        ("a", "anna", INITIAL),
        ("a", "a", INITIAL),
        ("a", "berta", DIFFERENT),
    ],
)
def test_given_names_are_compared_word_by_word(one: str, other: str, level: int) -> None:
    vocabulary = make_vocabulary({one, other})
    places = [np.array([vocabulary.words.index(w)]) for w in (one, other)]
    assert given_levels(vocabulary, *places).tolist() == [level]
    assert given_levels(vocabulary, *reversed(places)).tolist() == [level]


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("smith", "smith", EQUAL),
        ("heathham", "heatham", NEAR),
        ("shcherbakova", "scerbakova", NEAR),
        ("smith", "smyth", NEAR),
        ("lee", "lea", DIFFERENT),
        ("s", "smith", INITIAL),
        ("smith", "jones", DIFFERENT),
    ],
)
def test_family_names_are_compared_word_by_word(one: str, other: str, level: int) -> None:
    vocabulary = make_vocabulary({one, other})
    places = [np.array([vocabulary.words.index(w)]) for w in (one, other)]
    assert family_levels(vocabulary, *places).tolist() == [level]


def test_a_missing_word_is_neither_alike_nor_different() -> None:
    vocabulary = make_vocabulary({"anna"})
    assert given_levels(vocabulary, np.array([-1]), np.array([0])).tolist() == [MISSING]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Mary Ann Smith", "Maryann Smith", (EQUAL, EQUAL)),
        ("Mary Ann Smith", "Mary Smith", (EQUAL, EQUAL)),
        ('Robert "Bo" Smith', "Bo Smith", (NICKNAME, EQUAL)),
        ("Anna Smith-Jones", "Anna Jones", (EQUAL, PART)),
        ("Anna Smith (Jones)", "Anna Jones", (EQUAL, PART)),
        ("Ana García López", "Ana García", (EQUAL, PART)),
        ("Kim Min-jun", "Min-jun Kim", (EQUAL, EQUAL)),
        ("Smith Bob", "Robert Smith", (NICKNAME, EQUAL)),
        ("Anna Smith", "Berta Jones", (DIFFERENT, DIFFERENT)),
    ],
)
def test_whole_names_are_compared_by_their_parts(
    one: str, other: str, expected: tuple[int, int]
) -> None:
    assert levels(one, other) == expected
    assert levels(other, one) == expected


def test_only_a_name_inside_a_double_name_is_part_of_it() -> None:
    assert like(Written("", "Ana", "García López"), Written("Ana García")).is_double[0]
    assert not like(Written("Anna Smith (Jones)"), Written("Anna Jones")).is_double[0]
    assert not like(
        Written("", "Ana", "García López"), Written("", "Ana", "García Pérez")
    ).is_double[0]


def test_the_pairs_own_rows_are_left_out_of_the_count(book: Any) -> None:
    """A name only the pair bears must look rarer than one that two others bear as well."""
    book.add("linkedin", "Ottoline Heathham")
    book.add("facebook", "Ottoline Heathham")
    book.add("vcard", "Wendel Quarmby")
    for source in ("linkedin", "facebook"):
        book.add(source, "Wendel Quarmby", owner_id=1)
    matches = book.resolve().matches
    bits = {
        json.loads(text)[1]["words"]: json.loads(text)[2]["bits"]
        for text in matches["evidence"].to_list()
    }
    rare = bits['same given name ("Ottoline Heathham")']
    assert rare > bits['same given name ("Wendel Quarmby")']


def test_names_of_one_culture_go_together() -> None:
    case = invent("harsh", 4000, 3)
    records = prepare(case.contacts, case.points)
    found = measure(records)
    words = records.names.vocabulary.words
    place = {w: i for i, w in enumerate(words)}

    def typical(*pairs: tuple[str, str]) -> float:
        given, family = (np.array([place[pair[side]] for pair in pairs]) for side in (0, 1))
        return float(np.exp(np.log(lift(found, given, family)).mean()))

    assert typical(("javier", "fernandez"), ("rajesh", "sharma"), ("james", "smith")) > 1.4
    assert typical(("javier", "schmidt"), ("rajesh", "smith"), ("james", "sharma")) < 0.8


def test_a_few_names_more_change_the_fit_of_the_others_little() -> None:
    case = invent("harsh", 4000, 3)
    more = case.contacts.head(20).with_columns(
        pl.col("contact_id") + 1,
        full_name=pl.lit("Zyxw Aaaadam"),
        given_name=None,
        family_name=None,
    )
    scores = [
        {
            (a, b): s
            for a, b, s in resolve(frame, case.points, case.decisions)
            .matches.select("contact_a", "contact_b", "score")
            .rows()
        }
        for frame in (case.contacts, pl.concat([case.contacts, more]))
    ]
    both = [(scores[0][pair], scores[1][pair]) for pair in scores[0] if pair in scores[1]]
    assert len(both) > 1000
    assert np.mean([abs(x - y) for x, y in both]) < 0.01


@pytest.mark.parametrize(("habits", "close"), [("harsh", 0.12), ("abroad", 0.2)])
def test_the_overlap_of_two_lists_is_estimated_from_names(habits: str, close: float) -> None:
    case = invent(habits, 6000, 2)
    records = prepare(case.contacts, case.points)
    found = overlaps(count_names(records, measure(records)))
    source = case.contacts.sort("contact_id")["source"].to_numpy()
    person = np.array([case.person[c] for c in records.ids.tolist()])
    one, other = (set(person[source == s].tolist()) for s in ("linkedin", "facebook"))
    a, b = (records.list_of[np.flatnonzero(source == s)[0]] for s in ("linkedin", "facebook"))
    true = len(one & other) / min(len(one), len(other))
    smaller = min((a, b), key=lambda number: int(records.list_size[number]))
    bigger = a + b - smaller
    assert math.isclose(found.one[smaller, bigger], true, abs_tol=close)
    shares = list_priors(records, found)
    assert shares[a, b] == shares[b, a] > found.one[smaller, bigger]


def pool() -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    case = invent("harsh", 1500, 4)
    ours = case.contacts.filter(pl.col("source") == "linkedin")
    theirs = ours.with_columns(
        (pl.col("contact_id") + 1).alias("contact_id"), pl.lit(2, pl.Int32).alias("owner_id")
    )
    return pl.concat([ours, theirs]), case.points, case.decisions


def test_two_owners_contacts_meet_by_their_profiles_alone() -> None:
    contacts, points, decisions = pool()
    group = dict(resolve(contacts, points, decisions).clusters.rows())
    mine = contacts.filter(pl.col("owner_id") == 1)["contact_id"].to_list()
    assert all(group[c] == group[c + 1] for c in mine)
    without = contacts.with_columns(
        pl.lit(None, pl.String).alias("profile_url"), pl.lit(None, pl.String).alias("company")
    )
    group = dict(resolve(without, points, decisions).clusters.rows())
    assert sum(group[c] == group[c + 1] for c in mine) < len(mine) / 4


def test_a_block_over_its_cap_is_counted_and_tried_with_the_company(book: Any) -> None:
    for place in range(CAPS["name"] + 1):
        book.add("vcard", "John Smith", company=f"Firm {place}")
    a = book.add("google", "John Smith", company="Quarmby")
    b = book.add("linkedin", "John Smith", company="Quarmby Ltd")
    contacts, points, _ = book.frames()
    candidates = find_candidates(prepare(contacts, points), np.empty(0, dtype=np.int64))
    (part,) = candidates.parts()
    assert candidates.counts["over_cap_name"] == 1
    assert (a - 1, b - 1) in set(zip(part.left.tolist(), part.right.tolist(), strict=True))
    namesakes = np.flatnonzero(part.right >= 600)
    assert len(namesakes) == 1


def test_names_the_fit_has_no_room_for_find_their_place_in_its_classes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    case = invent("harsh", 2000, 3)
    records = prepare(case.contacts, case.points)
    monkeypatch.setattr("notworking.resolve.frequency._MOST_NAMES", 500)
    found = measure(records)
    assert np.allclose(found.class_given.sum(axis=1), 1.0, atol=1e-5)
    assert np.allclose(found.class_family.sum(axis=1), 1.0, atol=1e-5)
    assert found.class_share.sum() == pytest.approx(1.0, abs=1e-5)


def test_a_page_of_ones_own_is_an_identifier_and_a_domain_is_not(book: Any) -> None:
    a, b = book.add("vcard", "Mom"), book.add("google", "Maria Rossi")
    for contact in (a, b):
        book.point(contact, "url", "https://example.com/")
    assert book.groups()[a] != book.groups()[b]
    for contact in (a, b):
        book.point(contact, "url", "https://example.com/people/maria-rossi")
    assert book.groups()[a] == book.groups()[b]
