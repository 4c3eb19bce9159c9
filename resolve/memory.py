"""What a process holds of the machine's memory; knows no contact."""

from __future__ import annotations

import ctypes
import sys

#: Fewer pairs leave nothing behind that would be worth the call.
_MANY_PAIRS = 500_000


def give_back(pairs: int) -> None:
    """Give memory that was freed back to the system, after so many pairs.

    The C library of most Linux systems keeps what lies between things still in use; in a large
    pool that is a quarter of all. Elsewhere nothing is done.
    """
    if pairs < _MANY_PAIRS or sys.platform != "linux":
        return
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
