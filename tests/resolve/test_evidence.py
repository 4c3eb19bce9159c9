from __future__ import annotations

import json
import math
from typing import Any

from notworking.resolve import explain, waterfall


def evidence(book: Any, a: int, b: int) -> tuple[str, float, dict[str, Any]]:
    rows = book.resolve().matches.rows(named=True)
    row = next(r for r in rows if {r["contact_a"], r["contact_b"]} == {a, b})
    return row["evidence"], row["score"], row


def test_the_bits_of_the_terms_add_up_to_the_score(book: Any) -> None:
    a = book.add("linkedin", "Tilda Marlow", company="Quarmby Ltd")
    b = book.add("vcard", "Tilda Marlow", company="Quarmby", birthday="1980-02-03")
    text, score, row = evidence(book, a, b)
    total = sum(term["bits"] for term in json.loads(text))
    assert math.isclose(total, math.log2(score / (1 - score)), abs_tol=0.5)
    assert row["decided_by"] == "model"


def test_the_terms_are_told_in_words(book: Any) -> None:
    a = book.add("linkedin", "Ottoline Heathham", company="Quarmby")
    b = book.add("facebook", "Ottoline Heathham")
    text, _, _ = evidence(book, a, b)
    assert [term["term"] for term in json.loads(text)] == [
        "prior",
        "given",
        "family",
        "rarity",
        "competition",
    ]
    sentence = explain(text)
    assert sentence.startswith("before looking, one among 401 (-")
    assert 'same given name ("Ottoline Heathham") (+' in sentence
    assert "no rival" in sentence
    assert sentence.endswith(" %")


def test_the_waterfall_runs_to_the_total(book: Any) -> None:
    a = book.add("linkedin", "Ottoline Heathham")
    text, _, _ = evidence(book, a, book.add("facebook", "Ottoline Heathham"))
    lines, terms = waterfall(text), json.loads(text)
    assert len(lines) == len(terms) + 1
    total = sum(term["bits"] for term in terms)
    assert lines[-2].split()[1] == f"{total:+.1f}"


def test_a_shared_identifier_is_named_and_decides_by_rule(book: Any) -> None:
    a = book.add("vcard", "Mom", phones=["+15555550101"])
    text, _, row = evidence(book, a, book.add("google", "Maria Rossi", phones=["+15555550101"]))
    assert "same phone number +15555550101 (+4.0)" in explain(text)
    assert (row["decided_by"], row["verdict"]) == ("rule", "same")


def test_names_that_break_json_or_markup_come_back_unharmed(book: Any) -> None:
    name = 'Ottoline "Otti" <script>Heath\\ham'
    a = book.add("linkedin", name, mails=["o@example.com"])
    text, _, _ = evidence(book, a, book.add("facebook", name, mails=["o@example.com"]))
    told = {term["term"]: term["words"] for term in json.loads(text)}
    assert told["given"] == f'same given name ("{name}")'


def test_rivals_are_counted(book: Any) -> None:
    friend = book.add("facebook", "John Smith")
    one = book.add("linkedin", "John Smith")
    book.add("linkedin", "John Smith")
    text, score, row = evidence(book, friend, one)
    assert json.loads(text)[-1]["words"] == "1 rival"
    assert json.loads(text)[-1]["bits"] < 0
    assert (score < 0.5, row["verdict"]) == (True, "unsure")


def test_certainty_is_not_overstated() -> None:
    assert explain('[{"term": "identifier", "words": "x", "bits": 24.0}]') == (
        "x (+24.0) -> over 99.9 %"
    )
    assert explain('[{"term": "prior", "words": "x", "bits": 0.0}]') == "x -> 50 %"
