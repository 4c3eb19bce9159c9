"""The known files of Facebook's export that are not read, in the form of the catalogue."""

from __future__ import annotations

from notworking.ingest.facebook import _ignored
from notworking.ingest.facebook._kinds import is_kind
from notworking.ingest.importer import Ignored

IGNORED = tuple(
    Ignored(
        name=f"facebook.{name}",
        source="facebook",
        files=files,
        identify=is_kind(f"ignored.{name}"),
        reason=reason,
    )
    for name, files, reason, _, _ in _ignored.KINDS
)
