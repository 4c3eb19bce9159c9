"""The benchmark of ties: its measures are right, and it runs on a small log of the known shape."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def ties() -> ModuleType:
    spec = importlib.util.spec_from_file_location("ties_benchmark", ROOT / "benchmarks/ties.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_area_counts_pairs_in_order_and_ties_by_half(ties: ModuleType) -> None:
    scores = np.array([4.0, 3.0, 2.0, 2.0, 1.0])
    true = np.array([True, False, True, False, False])
    assert ties.area(scores, true) == pytest.approx((3 + 1.5) / 6)


def test_average_precision_takes_equal_scores_as_one_step(ties: ModuleType) -> None:
    scores = np.array([4.0, 3.0, 2.0, 2.0, 1.0])
    true = np.array([True, False, True, False, False])
    assert ties.average_precision(scores, true) == pytest.approx((1 + 2 / 4) / 2)


def test_calibration_error_is_the_mean_distance_over_bands(ties: ModuleType) -> None:
    chances = np.array([0.05, 0.05, 0.95, 1.0])
    true = np.array([False, True, True, True])
    assert ties.calibration_error(chances, true) == pytest.approx((2 * 0.45 + 2 * 0.025) / 4)


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """Write a log in which half of each writer's people stay in touch and the others do not."""
    lines = []
    for writer in range(3):
        for friend in range(12):
            other = 100 + writer * 20 + friend
            last = 120 if friend % 2 else 55
            for day in range(friend, last, 3):
                lines.append((writer, other, 1_000_000 + day * 86_400))
                lines.append((other, writer, 1_000_000 + day * 86_400 + 3_600))
    lines += [(0, person, 1_000_500) for person in range(100, 105)]
    path = tmp_path / "small.txt"
    path.write_text("".join("{} {} {}\n".format(*line) for line in sorted(lines)))
    return path


def test_the_shipped_queries_foretell_a_small_log(ties: ModuleType, log: Path) -> None:
    quality = ties.foretell(log, 70, 40)
    assert quality.owners == 3
    assert quality.auc == 100
    assert quality.precision == 100
    assert 0 < quality.brier < 25
    assert 0 < quality.ece < 50


def test_both_parts_print_their_tables(
    ties: ModuleType, log: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--development", str(log), "--rows", "2000", "--people", "100"]
    assert ties.main(arguments) == 0
    printed = capsys.readouterr().out
    assert "60 + 60 days" in printed
    assert "shared tables" in printed
    assert "ties" in printed


def test_without_arguments_it_says_what_to_give(
    ties: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        ties.main([])
    assert "--development" in capsys.readouterr().err
