"""The benchmark of the page: what it makes is the same each time, and it tells where bytes go."""

from __future__ import annotations

from pathlib import Path

from notworking.benchmarks import report
from notworking.benchmarks.import_speed import Cost


def result(ties: int, size: int) -> report.Result:
    return report.Result(30_000, ties, 100 * ties, Cost(3.0, 4.0, 300.0), size, {"names": 510})


def test_growth_is_told_for_each_tie_more() -> None:
    lines = list(
        report.told(
            [result(1_000, 2_000_000), result(3_000, 2_400_000)], Cost(0.2, 0.2, 60), parts=True
        )
    )
    assert "2,000,000" in lines[1]
    assert lines[1].endswith("20.0")
    assert lines[3] == "From 1,000 to 3,000 ties: 200 bytes for each tie more."
    assert lines[-1].split() == ["names", "510"]


def test_the_parts_of_a_page_add_up_to_all_of_it(hostile_page: Path) -> None:
    text = hostile_page.read_text(encoding="utf-8")
    parts = report.parts_of(text)
    assert sum(parts.values()) == len(text.encode())
    assert next(iter(parts)) == "markup and pictures"
    assert parts["names"] == len(
        '["<script>alert(1)</script>","Zoe </title><img src=x onerror=alert(2)>"]'
    )


def test_the_generated_exports_are_the_same_at_every_run(tmp_path: Path) -> None:
    found = []
    for name in ("a", "b"):
        folder = tmp_path / name
        folder.mkdir()
        report.write_export(folder, report.Size(people=20, ties=3, messages=4))
        found.append((folder / "contacts.vcf").read_bytes())
    assert found[0] == found[1]
