"""Files to records: every module below that has an ``IMPORTER`` (or ``IMPORTERS``) is found here."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from notworking.ingest.importer import Ignored, Importer


@cache
def _modules() -> tuple[object, ...]:
    found = []
    for info in pkgutil.walk_packages(__path__, __name__ + "."):
        if not info.name.rsplit(".", 1)[-1].startswith("_"):
            found.append(importlib.import_module(info.name))
    return tuple(found)


@cache
def importers() -> tuple[Importer, ...]:
    """Return every importer, in the order of their names."""
    found: list[Importer] = []
    for module in _modules():
        found += getattr(module, "IMPORTERS", ())
        one = getattr(module, "IMPORTER", None)
        if one is not None:
            found.append(one)
    return tuple(sorted(found, key=lambda importer: importer.name))


@cache
def ignored() -> tuple[Ignored, ...]:
    """Return every kind of file that is known and not read, in the order of their names."""
    found: list[Ignored] = []
    for module in _modules():
        found += getattr(module, "IGNORED", ())
    return tuple(sorted(found, key=lambda kind: kind.name))
