"""Calendar files: dates and times, in whatever zone, to UTC.

Zones that are unknown by name (Windows has its own) take the offset that the file gives for them,
without summer time, and else UTC: an hour more or less does not matter here, a lost meeting does.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

_WRITTEN = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)(?:T(\d\d):?(\d\d):?(\d\d)?(?:\.\d+)?(Z)?)?", re.ASCII
)
_OFFSET = re.compile(r"\s*([+-])(\d\d):?(\d\d)(?:\d\d)?\s*", re.ASCII)
#: Address books write birthdays without a year as of 1604.
_FIRST_YEAR, _LAST_YEAR = 1600, 2099


@dataclass(frozen=True, slots=True)
class When:
    """A point in a calendar: local time in a zone, or a whole day."""

    local: datetime
    zone: tzinfo
    whole_day: bool

    @property
    def utc(self) -> datetime:
        """The same in UTC; midnight for a whole day."""
        return self.at(self.local)

    def at(self, local: datetime) -> datetime:
        """Return another local time in the same zone, in UTC."""
        return local.replace(tzinfo=self.zone).astimezone(UTC)


def offset(written: str) -> timedelta | None:
    """Return an offset such as ``+0100``; None for anything else."""
    match = _OFFSET.fullmatch(written)
    if match is None or int(match[2]) > 23 or int(match[3]) > 59:
        return None
    distance = timedelta(hours=int(match[2]), minutes=int(match[3]))
    return -distance if match[1] == "-" else distance


@lru_cache(maxsize=1024)
def _known_zone(name: str) -> tzinfo | None:
    # Some programs put a path before the name: /freeassociation.sourceforge.net/Europe/Berlin.
    parts = name.strip("/").split("/")
    for at in range(len(parts)):
        candidate = "/".join(parts[at:])
        try:
            return ZoneInfo(candidate)
        except (ValueError, KeyError, OSError):
            continue
    return None


def zone_of(name: str, told: Mapping[str, tzinfo]) -> tzinfo:
    """Return a zone by its name, else as the file describes it, else UTC."""
    name = name.strip().strip('"')[:200]
    return (_known_zone(name) if name else None) or told.get(name) or UTC


def read_when(written: str, zone: tzinfo) -> When | None:
    """Return what a date or time says; None for nonsense.

    Args:
        written: The value, e.g. ``20230105T100000``.
        zone: Where it holds, unless it says that it is in UTC.
    """
    match = _WRITTEN.fullmatch(written.strip()[:40])
    if match is None or not _FIRST_YEAR <= int(match[1]) <= _LAST_YEAR:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
    try:
        at = datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC)
    except ValueError:
        return None
    whole_day = match[4] is None
    return When(at.replace(tzinfo=None), UTC if whole_day or match[7] else zone, whole_day)
