"""Starting Spark as this tool needs it: times in UTC, DuckDB's forgiving arithmetic, our Python.

Where a session runs already (a notebook, ``spark-submit``), it is taken, and only the settings of
its SQL are changed. Nothing here knows a table.
"""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from notworking.errors import UsageError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

#: What the statements rely on, whatever the cluster is set to.
_SQL = {
    "spark.sql.session.timeZone": "UTC",
    # DuckDB gives null where a list has no such place, and Spark's ANSI mode ends the run.
    "spark.sql.ansi.enabled": "false",
    "spark.sql.legacy.sizeOfNull": "false",
    "spark.sql.crossJoin.enabled": "true",
    "spark.sql.parquet.outputTimestampType": "TIMESTAMP_MICROS",
}


def require_extra() -> None:
    """Refuse to go on where Spark or the translator is not installed.

    Raises:
        UsageError: Says what to install.
    """
    missing = [name for name in ("pyspark", "sqlglot") if find_spec(name) is None]
    if missing:
        raise UsageError(
            f"Pools on Spark need {' and '.join(missing)}: "
            "run 'pip install \"notworking[spark]\"', with Java 17 or later on the machine."
        )


def start(master: str, work: Path, *, partitions: int | None = None) -> SparkSession:
    """Return a session, with the Python of this process on every worker of this machine.

    Args:
        master: Where Spark runs: ``local[4]``, ``yarn``, ``spark://...``.
        work: A private folder for what memory cannot hold.
        partitions: Parts of a shuffle; Spark's own choice if None.

    Raises:
        UsageError: Spark is not installed, or it does not start.
    """
    require_extra()
    # Heavy, and an extra.
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = (
        SparkSession.builder.appName("notworking")
        .master(master)
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.local.dir", str(work))
        .config("spark.sql.warehouse.dir", str(work / "warehouse"))
        .config("spark.driver.maxResultSize", "0")
        .config("spark.driver.memory", os.environ.get("NOTWORKING_SPARK_MEMORY", "2g"))
    )
    try:
        spark = builder.getOrCreate()
    except (PySparkException, OSError, RuntimeError) as error:
        raise UsageError(
            f"Spark does not start on {master}: {error}. It needs Java 17 or later: "
            "see 'java -version', or set JAVA_HOME."
        ) from error
    spark.sparkContext.setLogLevel("OFF")
    for name, value in _SQL.items():
        spark.conf.set(name, value)
    if partitions is not None:
        spark.conf.set("spark.sql.shuffle.partitions", str(partitions))
    return spark
