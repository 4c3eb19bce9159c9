"""The drop: what one look at a file tells."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from notworking.ingest import drop
from notworking.ingest.importer import HEAD_SIZE


@pytest.mark.parametrize("size", [0, 1, HEAD_SIZE, HEAD_SIZE + 1, 3 * (1 << 20)])
def test_digest_and_head_are_those_of_the_whole_file(tmp_path: Path, size: int) -> None:
    data = bytes(n % 251 for n in range(size))
    path = tmp_path / "file"
    path.write_bytes(data)
    found = drop.digest_and_head(drop.FileContent(path))
    assert found == (hashlib.sha256(data).hexdigest(), data[:HEAD_SIZE])
