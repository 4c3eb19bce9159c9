"""Group contacts with mailcompiler; run by ``resolve_peers.py`` in a throw-away environment.

Usage: ``python peer_mailcompiler.py RECORDS.json GROUPS.json``. Uses nothing of notworking. Which
records were put together is told by the column ``source``, which the tool unites; those it drops
stay alone.
"""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path
from typing import Any


def group(records: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the group of each record."""
    tool = import_module("mailcompiler.mailcompiler")
    rows = [
        tool._normalize_row(
            {
                "id": str(record["unique_id"]),
                "first_name": record["given"],
                "last_name": record["family"],
                "company": record["company"],
                "emails": record["mails"],
                "primary_email": next(iter(record["mails"]), ""),
                "phone_numbers": record["phones"],
                "source": str(record["unique_id"]),
            }
        )
        for record in records
    ]
    found = {row["id"]: f"single {row['id']}" for row in rows}
    for row in tool.reconcile_contacts(rows):
        members = row["source"].split(tool.SOURCE_SEP)
        found |= dict.fromkeys((member.strip() for member in members), row["id"])
    return found


if __name__ == "__main__":
    source, target = (Path(name) for name in sys.argv[1:])
    target.write_text(json.dumps(group(json.loads(source.read_text("utf-8")))), "utf-8")
