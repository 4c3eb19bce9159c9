"""What is not needed is not loaded: importing known files again must stay quick."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SCRIPT = """
import sys
from pathlib import Path
from notworking import pipeline, progress
with progress.shown() as bars:
    done = pipeline.import_paths([Path("in")], Path("n.duckdb"), pipeline.Options(), bars)
heavy = {"notworking.resolve", "scipy", "rapidfuzz"} & set(sys.modules)
print(",".join(f.status for f in done.files), done.verdict.contacts, *sorted(heavy))
"""
CARD = "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:1\r\nFN:Mira Example\r\nEND:VCARD\r\n"


def once(folder: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=folder, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_the_resolver_is_only_loaded_when_something_is_new(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "contacts.vcf").write_text(CARD, encoding="utf-8", newline="")
    assert "notworking.resolve" in once(tmp_path)
    assert once(tmp_path) == "unchanged 1"
