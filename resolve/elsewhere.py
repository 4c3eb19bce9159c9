"""What an owner's other lists say of two entries: does the name stand there as one person would?

A person who is in two lists is often in a third. So a name that two lists show and no other one
is rather one person's; one that a third list shows three times is rather several people's. How
often people are in a third list is counted among names so rare that they are surely one person's.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from notworking.resolve.overlap import Overlaps
from notworking.resolve.prepare import Records
from notworking.resolve.tally import Tally
from notworking.resolve.tokens import Floats, Ints
from notworking.resolve.weights import weight

#: So many pairs are weighed at a time, which bounds memory.
_AT_A_TIME = 250_000


def elsewhere(
    records: Records, tally: Tally, overlaps: Overlaps, left: Ints, right: Ints
) -> Floats:
    """Return the bits that the owner's other lists give each pair."""
    bits = np.zeros(len(left))
    for start in range(0, len(left), _AT_A_TIME):
        part = slice(start, start + _AT_A_TIME)
        bits[part] = _weigh(records, tally, overlaps, left[part], right[part])
    return bits


def _weigh(records: Records, tally: Tally, overlaps: Overlaps, left: Ints, right: Ints) -> Floats:
    x, y = tally.row[left], tally.row[right]
    a, b = records.list_of[left], records.list_of[right]
    owner = tally.owner[a]
    # Names written in two ways are written in any way elsewhere.
    rows = np.flatnonzero((x >= 0) & (x == y) & (owner == tally.owner[b]))
    x, y, a, b, owner = x[rows], y[rows], a[rows], b[rows], owner[rows]
    found = np.zeros(len(rows))
    for column in range(tally.lists.shape[1]):
        other = tally.lists[owner, column]
        some = np.flatnonzero((other >= 0) & (other != a) & (other != b))
        asked = _Asked(x[some], y[some], a[some], b[some], other[some], column)
        found[some] += _in_list(records, tally, overlaps, asked)
    bits = np.zeros(len(left))
    most = weight("elsewhere", "most")
    bits[rows] = np.clip(found, -most, most)
    return bits


@dataclass(frozen=True, slots=True)
class _Asked:
    """Pairs of names, and a third list of their owner.

    Attributes:
        x: Row of one name in the tally.
        y: Row of the other.
        a: List of the one.
        b: List of the other.
        other: The third list.
        column: Its column.
    """

    x: Ints
    y: Ints
    a: Ints
    b: Ints
    other: Ints
    column: int


def _in_list(records: Records, tally: Tally, overlaps: Overlaps, asked: _Asked) -> Floats:
    """Compare how likely one list's count of a name is for one person, and for two.

    One person stands there or not, beside strangers; of two, each does.
    """
    of_x, of_y = overlaps.one[asked.a, asked.other], overlaps.one[asked.b, asked.other]
    place = tally.owner[asked.a]
    of_both = overlaps.both[place, tally.column[asked.a], tally.column[asked.b], asked.column]
    more_x, strangers = _seen(records, tally, asked.x, asked)
    more_y, _ = _seen(records, tally, asked.y, asked)
    same = asked.x == asked.y
    more = np.where(same, more_x, (more_x + more_y) / 2)
    apart = (1.0 - of_x + of_x * more_x) * (1.0 - of_y + of_y * more_y)
    # Two people of one name are two of those seen.
    apart -= np.where(same, of_x * of_y * more_x / strangers, 0.0)
    return np.asarray(np.log2((1.0 - of_both + of_both * more) / apart))


def _seen(records: Records, tally: Tally, row: Ints, asked: _Asked) -> tuple[Floats, Floats]:
    """Return how many times oftener than by strangers a list shows a name, and the strangers.

    In an open list two entries may be one person.
    """
    strangers = tally.chance[row] * tally.size[asked.other]
    seen = tally.count[row, asked.column].astype(np.float64)
    again = weight("overlap", "again")
    fresh = strangers / (strangers + again)
    fresh[records.list_is_clean[asked.other]] = 1.0
    people = np.where(seen > 1, 1.0 + (seen - 1.0) * fresh, seen)
    return people / strangers, strangers
