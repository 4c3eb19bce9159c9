"""Keys that come more than once in one file, told apart without remembering the whole file."""

from __future__ import annotations

#: Equal keys bear the same time and stand near each other: so many are looked through.
REMEMBERED = 200_000


class Repeats:
    """Numbers equal keys; those far back in the file are forgotten, so that any length fits."""

    def __init__(self) -> None:
        """Begin with no key."""
        self._new: dict[str, int] = {}
        self._old: dict[str, int] = {}

    def number(self, key: str) -> int:
        """Return how often the key has come, this time included."""
        if len(self._new) >= REMEMBERED:
            self._old, self._new = self._new, {}
        self._new[key] = count = self._new.get(key, self._old.get(key, 0)) + 1
        return count
