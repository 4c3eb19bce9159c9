"""No file unaccounted for: every file that exports are known to hold has exactly one reader.

``reference_files.tsv`` names the files of every source and era, with how each begins and who reads
it, or under which reason it is left alone. A file of a new era is a new line there.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from notworking.ingest import ignored, importers
from notworking.ingest.drop import owner_of

TABLE = Path(__file__).with_name("reference_files.tsv")
FILES = [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines()]


def begins(written: str) -> bytes:
    """Return the first bytes of a file; tables with tabs are LinkedIn's UTF-16."""
    text: str = json.loads(written)
    is_wide = "\t" in text
    return ("\ufeff" + text).encode("utf-16-le") if is_wide else text.encode("utf-8")


@pytest.mark.parametrize(
    ("owner", "path", "head"), FILES, ids=[f"{owner}: {path}" for owner, path, _ in FILES]
)
def test_every_known_file_has_one_reader_or_one_reason(owner: str, path: str, head: str) -> None:
    found = owner_of(path, begins(head))
    assert found is not None, "unrecognised"
    assert found.name == owner


def test_every_reader_has_a_known_file() -> None:
    named = {owner for owner, _, _ in FILES}
    assert [one.name for one in importers() if one.name not in named] == []


def test_every_file_left_alone_says_why() -> None:
    reasons = {kind.name: kind.reason for kind in ignored()}
    left = {owner for owner, _, _ in FILES} - {one.name for one in importers()}
    assert [owner for owner in sorted(left) if len(reasons[owner].split()) < 3] == []
