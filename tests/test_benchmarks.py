"""The benchmarks: the page keeps its words, and the guard sees what it guards."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from notworking.benchmarks import guard, speed_table
from notworking.benchmarks.import_speed import Cost, Result, bytes_of, sizes, write_all

STEPS = {
    "floor": Cost(0.2, 0.2, 60),
    "reader": Cost(0.4, 0.4, 30),
    "first import": Cost(4, 5, 400),
    "the same again": Cost(0.6, 0.6, 140),
    "one more conversation": Cost(2, 3, 300),
    "show": Cost(0.4, 0.4, 90),
    "person": Cost(0.4, 0.4, 90),
    "--help": Cost(0.1, 0.1, 20),
}
SMALL = Result(STEPS, 20_000_000, 10_000_000)


def slower(step: str, times: float) -> Result:
    cost = STEPS[step]
    return Result(STEPS | {step: replace(cost, cpu=cost.cpu * times)}, 20_000_000, 10_000_000)


def test_the_guard_passes_what_is_usual() -> None:
    assert [
        r.what for r in guard.ratios(SMALL, slower("first import", 1.9)) if r.found > r.most
    ] == []


def test_the_guard_names_the_step_that_became_slow() -> None:
    (found,) = (r for r in guard.ratios(slower("the same again", 5), SMALL) if r.found > r.most)
    assert found.what == "the same again: processor time / floor"
    assert found.found == pytest.approx(15.0)


def test_the_guard_sees_growth_that_is_more_than_in_step() -> None:
    found = [r.what for r in guard.ratios(SMALL, slower("first import", 4)) if r.found > r.most]
    assert found == ["first import of twice as much: processor time"]


def test_only_what_stands_between_the_markers_is_replaced() -> None:
    page = f"before\n{speed_table.BEGIN}\nold\n{speed_table.END}\nafter\n"
    expected = f"before\n{speed_table.BEGIN}\nnew\n{speed_table.END}\nafter\n"
    assert speed_table.replaced(page, "new") == expected


def test_a_page_without_markers_is_left_alone() -> None:
    with pytest.raises(SystemExit, match="markers"):
        speed_table.replaced("no markers", "new")


def test_the_page_has_its_markers() -> None:
    page = speed_table.PAGE.read_text(encoding="utf-8")
    assert page.count(speed_table.BEGIN) == page.count(speed_table.END) == 1


def test_growth_is_told_for_a_doubling() -> None:
    lines = list(speed_table.growth([(sizes(1), SMALL), (sizes(4), slower("first import", 9))]))
    assert "*first import* take 3.00 times" in lines[0]


def test_the_generated_exports_are_the_same_at_every_run(tmp_path: Path) -> None:
    found = []
    for name in ("a", "b"):
        folder = tmp_path / name
        folder.mkdir()
        write_all(folder, sizes(0.01))
        found.append(((folder / "in" / "contacts.vcf").read_bytes(), bytes_of(folder / "in")))
    assert found[0] == found[1]
    assert found[0][0].count(b"BEGIN:VCARD") == 10
