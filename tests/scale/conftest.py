"""One Spark for all tests of the pool, and two owners who know some of the same people."""

from __future__ import annotations

import csv
import fcntl
import io
import os
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from notworking.pipeline import Options, import_paths
from notworking.progress import Silent
from notworking.scale import answers, gather, people, session

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_EXPORTS = Path(__file__).resolve().parents[2] / "fixtures" / "example" / "exports"
_LINKEDIN = "Complete_LinkedInDataExport_11-02-2026.zip"
FIRST, SECOND = "Ottilie Varga", "Ida Lundqvist"
#: Besides ties, an answer that no tie needs: it goes the same way.
ASKED = ("ties", "face_time")


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkSession]:
    if shutil.which("java") is None:
        pytest.skip("Spark runs on Java, which is missing: apt-get install default-jre-headless")
    # Statements of a second each do not pay for the optimising compiler.
    os.environ.setdefault("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1")
    started = session.start("local[2]", tmp_path_factory.mktemp("spark"), partitions=2)
    for name in ("spark.sql.codegen.wholeStage", "spark.sql.adaptive.enabled"):
        started.conf.set(name, "false")
    yield started
    started.stop()


@pytest.fixture(scope="session")
def exports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the exports of the example's owner, and of somebody with a third of her contacts."""
    folder = tmp_path_factory.mktemp("exports")
    other = folder / "ida.zip"
    with zipfile.ZipFile(_EXPORTS / _LINKEDIN) as opened, zipfile.ZipFile(other, "w") as written:
        for name in ("Connections.csv", "messages.csv", "Profile.csv", "Invitations.csv"):
            written.writestr(name, _of_somebody_else(opened.read(name).decode("utf-8")))
    return {FIRST: _EXPORTS, SECOND: other}


def _of_somebody_else(text: str) -> str:
    """Return every third row of an export, told by the second owner."""
    for old, new in (
        ("Ottilie", "Ida"),
        ("Varga", "Lundqvist"),
        ("ottilie-varga", "ida-lundqvist"),
    ):
        text = text.replace(old, new)
    rows = list(csv.reader(io.StringIO(text)))
    head = next(place for place, row in enumerate(rows) if len(row) > 3) + 1
    kept = [*rows[:head], *(rows[head:] if len(rows) - head < 3 else rows[head::3])]
    if "CONTENT" in rows[head - 1]:
        # Nobody writes word for word what somebody else wrote.
        place = rows[head - 1].index("CONTENT")
        for row in kept[head:]:
            row[place : place + 1] = [cell[::-1] for cell in row[place : place + 1]]
    made = io.StringIO()
    csv.writer(made, lineterminator="\n").writerows(kept)
    return made.getvalue()


@pytest.fixture(scope="session")
def pooled(
    spark: SparkSession, exports: dict[str, Path], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Path]:
    """Return the same exports twice: as one database, and as a pool answered on Spark."""
    root = tmp_path_factory.getbasetemp()
    # Made once, also where the tests run in several processes, which have folders side by side.
    shared = root.parent if "PYTEST_XDIST_WORKER" in os.environ else root
    made = {"database": shared / "scale" / "network.duckdb", "pool": shared / "scale" / "pool"}
    with (shared / "scale.lock").open("w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / "scale").exists():
            (shared / "scale").mkdir()
            _make(spark, exports, **made)
    return made


def _make(spark: SparkSession, exports: dict[str, Path], database: Path, pool: Path) -> None:
    for name, path in exports.items():
        import_paths([path], database, Options(owner=name), Silent())
    listed = [
        gather.Export(number, name, path)
        for number, (name, path) in enumerate(exports.items(), start=1)
    ]
    assert gather.gather(spark, listed, pool) == {}
    people.find(spark, pool, parts=3)
    answers.answer(spark, pool, ASKED)
