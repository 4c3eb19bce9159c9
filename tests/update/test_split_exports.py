"""Exports of the example in pieces: after every one, all tables are as if derived from nothing."""

from __future__ import annotations

import csv
import io
import json
import random
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from notworking import pipeline
from notworking.pipeline import Options, import_paths
from notworking.progress import Silent
from notworking.tests.update.books import Book

EXPORTS = Path(__file__).parents[2] / "fixtures" / "example" / "exports"
HELD_BACK = 10

pytestmark = pytest.mark.slow


def unpacked(folder: Path) -> Path:
    for path in EXPORTS.iterdir():
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                archive.extractall(folder / path.stem)
        else:
            shutil.copy(path, folder)
    return folder


def messages_of(path: Path) -> tuple[list[str], list[list[str]]]:
    head, *rows = csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig")))
    return head, rows


def write(path: Path, head: list[str], rows: list[list[str]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([head, *rows])


def later_pieces(whole: Path, first: Path, luck: random.Random) -> Iterator[Path]:
    """Take conversations out of the first exports, whole or in part, and yield them bit by bit."""
    talks = sorted(p for p in whole.rglob("*.json") if "messages" in p.parts)
    taken = luck.sample(talks, HELD_BACK)
    for path in taken:
        target = first / path.relative_to(whole)
        told = json.loads(path.read_text(encoding="utf-8"))
        told["messages"] = told["messages"][luck.randrange(1, 4) :]
        target.write_text(json.dumps(told), encoding="utf-8")
    sheet = next(whole.rglob("messages.csv"))
    head, rows = messages_of(sheet)
    keys = luck.sample(sorted({row[0] for row in rows}), HELD_BACK)
    day = head.index("DATE")
    dates = {key: sorted(row[day] for row in rows if row[0] == key) for key in keys}
    kept = [row for row in rows if row[0] not in keys or row[day] <= dates[row[0]][0]]
    write(first / sheet.relative_to(whole), head, kept)
    yield first
    while taken or keys:
        piece = first.with_name(f"piece-{len(taken)}-{len(keys)}")
        for path in [taken.pop() for _ in range(min(len(taken), luck.randrange(1, 3)))]:
            target = piece / path.relative_to(whole)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target)
        now = [keys.pop() for _ in range(min(len(keys), luck.randrange(1, 3)))]
        if now:
            write(piece / sheet.relative_to(whole), head, [row for row in rows if row[0] in now])
        yield piece


@pytest.mark.parametrize("seed", [1, 2])
def test_pieces_leave_the_same_as_a_derivation_from_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    anew: list[int] = []
    rebuild = pipeline.rebuild

    def counted(*given: Any) -> None:
        anew.append(1)
        rebuild(*given)

    monkeypatch.setattr(pipeline, "rebuild", counted)
    (tmp_path / "whole").mkdir()
    whole = unpacked(tmp_path / "whole")
    first = Path(shutil.copytree(whole, tmp_path / "first"))
    book = Book(tmp_path / "n.duckdb")
    alone = 0
    for piece in later_pieces(whole, first, random.Random(seed)):
        anew.clear()
        import_paths([piece], book.path, Options(), Silent())
        if not anew:
            alone += 1
            assert book.is_as_if_anew()
    assert alone >= 2
