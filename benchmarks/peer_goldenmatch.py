"""Group contacts with goldenmatch; run by ``resolve_peers.py`` in a throw-away environment.

Usage: ``python peer_goldenmatch.py [--named] RECORDS.json GROUPS.json``. Uses no notworking.
The tool chooses its own settings from the records, as its quick start does it; with ``--named`` it
is told to take addresses and numbers as exact and to compare names within one family name.
"""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

_NAMED = {"exact": ["email", "phone"], "fuzzy": {"name": 0.92}, "blocking": ["family"]}


def group(records: list[dict[str, Any]], settings: dict[str, Any]) -> dict[str, Any]:
    """Return the group of each record; the tool numbers the rows of the frame it is given."""
    columns = ("family",) if settings else ("given", "family", "company")
    rows = [
        {name: record[name] for name in columns}
        | ({"name": f"{record['given']} {record['family']}"} if settings else {})
        | {"email": next(iter(record["mails"]), None), "phone": next(iter(record["phones"]), None)}
        for record in records
    ]
    frame = import_module("polars").DataFrame(rows, infer_schema_length=None)
    tool = import_module("goldenmatch")
    result = tool.dedupe_df(frame, confidence_required=False, **settings)
    found = {str(record["unique_id"]): f"single {record['unique_id']}" for record in records}
    for number, cluster in result.clusters.items():
        for row in cluster["members"]:
            found[str(records[row]["unique_id"])] = str(number)
    return found


if __name__ == "__main__":
    source, target = (Path(name) for name in sys.argv[-2:])
    chosen = _NAMED if "--named" in sys.argv else {}
    target.write_text(json.dumps(group(json.loads(source.read_text("utf-8")), chosen)), "utf-8")
