"""Files to records: every module below that has an ``IMPORTER`` (or ``IMPORTERS``) is found here.

Installed packages of others add sources through the entry-point group ``notworking.importers``:
each entry point names an ``Importer``, an ``Ignored``, or a module that holds them.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from importlib.metadata import entry_points
from types import ModuleType

from notworking.errors import NotworkingError
from notworking.ingest.importer import Ignored, Importer

ENTRY_POINTS = "notworking.importers"


class PluginError(NotworkingError):
    """An installed package offers an importer that cannot be used; the message names it."""


@cache
def _offered() -> tuple[object, ...]:
    """Return every importer and ignored kind, ours first, then those of installed packages."""
    found: list[object] = []
    for info in pkgutil.walk_packages(__path__, __name__ + "."):
        if not info.name.rsplit(".", 1)[-1].startswith("_"):
            found += _inside(importlib.import_module(info.name))
    for point in sorted(entry_points(group=ENTRY_POINTS), key=lambda point: point.name):
        try:
            loaded = point.load()
        except (ImportError, AttributeError) as error:
            raise PluginError(
                f"The installed importer '{point.name}' ({point.value}) cannot be loaded: {error}. "
                "Upgrade or uninstall its package."
            ) from error
        found += _inside(loaded) if isinstance(loaded, ModuleType) else [loaded]
    return tuple(found)


def _inside(module: ModuleType) -> list[object]:
    one = getattr(module, "IMPORTER", None)
    several = [*getattr(module, "IMPORTERS", ()), *getattr(module, "IGNORED", ())]
    return several if one is None else [one, *several]


@cache
def importers() -> tuple[Importer, ...]:
    """Return every importer, in the order of their names.

    Raises:
        PluginError: An installed package offers something else, or a name that is taken.
    """
    found = sorted(
        (offer for offer in _offered() if isinstance(offer, Importer)), key=lambda i: i.name
    )
    names = [importer.name for importer in found]
    taken = {name for name in names if names.count(name) > 1}
    if taken:
        raise PluginError(f"Two importers are called {', '.join(sorted(taken))}: uninstall one.")
    odd = [offer for offer in _offered() if not isinstance(offer, Importer | Ignored)]
    if odd:
        raise PluginError(f"An installed package offers {odd[0]!r}, which is no importer.")
    return tuple(found)


@cache
def ignored() -> tuple[Ignored, ...]:
    """Return every kind of file that is known and not read, in the order of their names."""
    found = (offer for offer in _offered() if isinstance(offer, Ignored))
    return tuple(sorted(found, key=lambda kind: kind.name))
