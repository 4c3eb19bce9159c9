"""What the tests of round trips draw for Meta's files as JSON."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from notworking.tests.ingest.drawn import words

EXAMPLES = settings(max_examples=40, deadline=None)
NAMES = words(" -'", first="Zz")
SECONDS = st.integers(1_100_000_000, 1_900_000_000)
PENS = st.tuples(st.booleans(), st.sampled_from([None, 1, 2]), st.booleans())
Pen = tuple[bool, int | None, bool]
MetaJson = Callable[[Any, Pen], bytes]


def at(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
