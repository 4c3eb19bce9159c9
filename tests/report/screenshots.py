"""Photographs the page of the shipped example, for the documentation.

Run through ``scripts/screenshots``. Everything in the pictures is invented.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from notworking.cli import main
from notworking.tests.report import chromium

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "docs/pictures"
#: Forges show pictures of this size without a second thought.
LARGEST = 300_000


def photograph(page: Path) -> None:
    """Write the pictures of a page."""
    with chromium.browser() as tab:
        for theme in ("light", "dark"):
            tab.theme(theme)
            tab.size(1280, 800)
            tab.open(page.as_uri())
            save(f"laptop-{theme}.png", tab.picture())
        tab.run("document.querySelector('#view-the_dozen .who').click()")
        save("card.png", tab.picture())
        tab.theme("light")
        tab.size(390, 844, mobile=True, scale=1.5)
        tab.open(page.as_uri())
        save("phone.png", tab.picture())
        for number, part in enumerate(("slipping", "bridging", "help", "sight"), start=1):
            tab.size(1280, 800)
            tab.open("about:blank")
            tab.open(page.as_uri())
            tab.run(f"document.getElementById('{part}').scrollIntoView()")
            save(f"chapter-{number}.png", tab.picture())
        tab.call("Emulation.clearDeviceMetricsOverride")
        save("print.pdf", tab.pdf("1-3"))


def save(name: str, content: bytes) -> None:
    """Write one picture, and refuse one that is too large to be looked at casually."""
    if name.endswith(".png") and len(content) > LARGEST:
        sys.exit(f"{name} has {len(content):,} bytes; {LARGEST:,} is the most.")
    (PICTURES / name).write_bytes(content)
    sys.stderr.write(f"docs/pictures/{name}: {len(content):,} bytes\n")


def run() -> None:
    """Import the example, write its page, photograph it."""
    if chromium.BINARY is None:
        sys.exit("chromium is missing: apt-get install chromium")
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        database, page = Path(folder) / "example.duckdb", Path(folder) / "report.html"
        # Two files of the example are none on purpose, so the import ends with 1.
        if main(["--db", str(database), "import", str(ROOT / "fixtures/example/exports")]) > 1:
            sys.exit("the example could not be imported")
        if main(["--db", str(database), "report", "-o", str(page)]):
            sys.exit("the page could not be written")
        photograph(page)


if __name__ == "__main__":
    run()
