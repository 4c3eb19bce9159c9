"""Group contacts with Splink on DuckDB; run by ``resolve_peers.py`` in a throw-away environment.

Usage: ``python peer_splink.py RECORDS.json GROUPS.json``. Uses nothing of notworking. Given and
family name are compared apart and with term frequencies, addresses and numbers as arrays; what
the levels weigh is learned by expectation maximisation, as Splink's tutorial does it.
"""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

_ONE_IN = 5000.0
_MERGE_AT = 0.9


def settings(splink: Any, compare: Any) -> Any:
    """Return the model: comparisons and blocking rules."""
    return splink.SettingsCreator(
        link_type="dedupe_only",
        probability_two_random_records_match=1 / _ONE_IN,
        comparisons=[
            compare.NameComparison("given").configure(term_frequency_adjustments=True),
            compare.NameComparison("family").configure(term_frequency_adjustments=True),
            compare.ArrayIntersectAtSizes("mails", 1),
            compare.ArrayIntersectAtSizes("phones", 1),
            compare.ExactMatch("company").configure(term_frequency_adjustments=True),
        ],
        blocking_rules_to_generate_predictions=[
            splink.block_on("given", "family"),
            splink.block_on("family", "substr(given, 1, 1)"),
            splink.block_on("given", "company"),
            splink.block_on("mails[1]"),
            splink.block_on("phones[1]"),
        ],
    )


def group(records: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the group of each record."""
    splink, compare = import_module("splink"), import_module("splink.comparison_library")
    frame = import_module("pandas").DataFrame(records)
    database = import_module("splink.internals.duckdb.database_api").DuckDBAPI()
    linker = splink.Linker(database.register(frame), settings(splink, compare))
    training = linker.training
    training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1)
    training.estimate_parameters_using_expectation_maximisation(splink.block_on("given", "family"))
    training.estimate_parameters_using_expectation_maximisation(splink.block_on("mails[1]"))
    scored = linker.inference.predict(threshold_match_probability=_MERGE_AT)
    found = linker.clustering.cluster_pairwise_predictions_at_threshold(
        scored, threshold_match_probability=_MERGE_AT
    )
    rows = found.as_pandas_dataframe()
    pairs = zip(rows["unique_id"], rows["cluster_id"], strict=True)
    return {str(record): str(cluster) for record, cluster in pairs}


if __name__ == "__main__":
    source, target = (Path(name) for name in sys.argv[1:])
    target.write_text(json.dumps(group(json.loads(source.read_text("utf-8")))), "utf-8")
