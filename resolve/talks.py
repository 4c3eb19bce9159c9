"""Who is in which conversation: two members of one are two people. Knows no names and no odds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from notworking.resolve.tokens import Bools, Ints


@dataclass(frozen=True, slots=True)
class Rooms:
    """One row for each contact and conversation of several, sorted by contact.

    Attributes:
        record: Place of the contact.
        room: Number of the conversation, as one file lists its members.
        starts: Where the rows of each contact begin; one more than there are contacts.
    """

    record: Ints
    room: Ints
    starts: Ints


def find_rooms(rooms: pl.Series) -> Rooms:
    """Return who is a member of what, from a column of lists."""
    rows = pl.DataFrame([rooms.alias("room")]).with_row_index("record").explode("room")
    rows = rows.drop_nulls().select("record", pl.col("room").rank("dense").cast(pl.Int64))
    rows = rows.unique().sort("record", "room")
    record = rows["record"].to_numpy().astype(np.int64)
    starts = np.searchsorted(record, np.arange(len(rooms) + 1))
    return Rooms(record, rows["room"].to_numpy(), starts)


def meet(rooms: Rooms, left: Ints, right: Ints) -> Bools:
    """Tell which pairs are members of one conversation."""
    found = np.zeros(len(left), dtype=bool)
    counts = np.diff(rooms.starts)
    pairs = np.flatnonzero((counts[left] > 0) & (counts[right] > 0))
    if not len(pairs):
        return found
    size = int(rooms.room.max()) + 1
    codes = rooms.record * size + rooms.room
    times = counts[left[pairs]]
    offset = np.arange(int(times.sum())) - np.repeat(np.cumsum(times) - times, times)
    room = rooms.room[np.repeat(rooms.starts[left[pairs]], times) + offset]
    asked = np.repeat(right[pairs], times) * size + room
    place = np.minimum(np.searchsorted(codes, asked), len(codes) - 1)
    found[np.repeat(pairs, times)[codes[place] == asked]] = True
    return found
