"""Who is named first: every line of queries.tsv, on the frozen network and on the example."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from notworking.seek import search
from notworking.seek.lists import Extras

QUERIES = [
    tuple(line.split("\t"))
    for line in (Path(__file__).with_name("queries.tsv")).read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize(
    ("where", "asked", "expected", "reason"), QUERIES, ids=[f"{q[0]}: {q[1]}" for q in QUERIES]
)
def test_the_best_person_to_ask_comes_first(
    request: pytest.FixtureRequest, where: str, asked: str, expected: str, reason: str
) -> None:
    con: duckdb.DuckDBPyConnection = request.getfixturevalue(
        {"network": "wordy", "example": "example"}[where]
    )
    answer = search.ask(con, asked, 5, Extras())
    names = [found.name for found in answer.found]
    if expected == "-":
        assert names == [], reason
    else:
        assert names, reason
        assert names[0].startswith(expected), f"{reason}: {names}"
