"""Precision of the word lists on the labelled messages, as docs/hints.md states it."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from notworking.hints import LANGUAGES

ROOT = Path(__file__).resolve().parents[2]


def quality() -> ModuleType:
    """Return the benchmark, which is a script and no part of the package's import tree."""
    spec = importlib.util.spec_from_file_location(
        "hints_quality", ROOT / "benchmarks" / "hints_quality.py"
    )
    if spec is None or spec.loader is None:
        raise AssertionError("benchmarks/hints_quality.py is missing")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("language", LANGUAGES)
def test_nine_in_ten_hints_are_meant_in_each_language_and_kind(language: str) -> None:
    bench = quality()
    assert len(bench.labelled(language)) >= 60
    found = bench.outcomes(language)
    (whole,) = bench.measured(found, "language").to_dicts()
    assert whole["precision"] >= 0.9
    assert whole["recall"] >= 0.9
    for row in bench.measured(found, "kind").to_dicts():
        if row["positives"] >= 5:
            assert row["precision"] >= 0.9, row["kind"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_messages_that_the_lists_were_not_mended_on_are_read_well_too(language: str) -> None:
    bench = quality()
    (whole,) = bench.measured(bench.outcomes(language, "unseen"), "language").to_dicts()
    assert whole["positives"] >= 15
    assert whole["precision"] >= 0.9
