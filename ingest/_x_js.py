"""Files of X's archive, first step: JavaScript that assigns one value, to its entries.

Every file reads ``window.YTD.follower.part0 = [ {...} ]``; the name before the equals sign changed
over the years and says nothing that the file's own name does not. What entries mean is not known
here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime

from notworking.ingest._json_stream import CutError, Stream
from notworking.ingest.importer import Content, base_name
from notworking.records import Reject

_ASSIGNMENT = re.compile(rb"(?:\xef\xbb\xbf)?\s*[A-Za-z_$][\w.$]*\s*=\s*[\[{]")
_PART = re.compile(r"-part\d+\.js$|\.js$")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TIMES = (
    re.compile(r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)[T ](?P<t>\d\d:\d\d:\d\d)(?:\.\d+)?Z?"),
    re.compile(r"\w{3} (?P<m>\w{3}) (?P<d>\d\d) (?P<t>\d\d:\d\d:\d\d) \+0000 (?P<y>\d{4})"),
)
#: The service began in 2006; archives hold dates that are nonsense.
_FIRST_YEAR, _LAST_YEAR = 2006, 2099


def is_assignment(head: bytes) -> bool:
    """Whether a file begins with an assignment of a list or an object."""
    return _ASSIGNMENT.match(head) is not None


def is_file(*names: str) -> Callable[[str, bytes], bool]:
    """Return an ``identify`` for files of these names, in one or several parts."""

    def identify(path: str, head: bytes) -> bool:
        stem, found = _PART.subn("", base_name(path))
        return bool(found) and stem in names and is_assignment(head)

    return identify


def entries(content: Content, *wrappers: str) -> Iterator[tuple[str, dict[str, object]] | Reject]:
    """Yield every entry with its JSON path, out of the object that newer archives wrap it in.

    Args:
        content: The file.
        wrappers: Names the wrapping object may have.
    """
    with content.open() as source:
        stream = Stream(source)
        stream.skip_past("=")
        is_list = stream.peek() == "["
        with suppress(CutError):
            for place in stream.elements("") if is_list else ():
                entry = fields(stream.value(place))
                wrapped = (entry[name] for name in wrappers if isinstance(entry.get(name), dict))
                yield place, fields(next(wrapped, entry))
        damage = stream.finish(";") if is_list else None
    if not is_list:
        yield Reject("file", "not a list of entries; request the archive again")
    elif damage is not None:
        yield damage


def fields(value: object) -> dict[str, object]:
    """Return an object's fields; empty for anything that is no object."""
    return value if isinstance(value, dict) else {}


def items(value: object) -> list[object]:
    """Return a list's elements; empty for anything that is no list."""
    return value if isinstance(value, list) else []


def text(value: object) -> str | None:
    """Return a non-blank string, or a whole number as one; None for anything else."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        return None
    return value.encode("utf-8", "replace").decode("utf-8").replace("\0", "").strip() or None


def moment(value: object) -> datetime | None:
    """Return a time as either kind of file writes it, in UTC; None for nonsense."""
    written = text(value) or ""
    found = next((m for m in (pattern.fullmatch(written) for pattern in _TIMES) if m), None)
    if found is None or not _FIRST_YEAR <= int(found["y"]) <= _LAST_YEAR:
        return None
    month = found["m"].lower()
    if not month.isdigit() and month not in _MONTHS:
        return None
    number = int(month) if month.isdigit() else _MONTHS.index(month) + 1
    hour, minute, second = map(int, found["t"].split(":"))
    try:
        day = int(found["d"])
        return datetime(int(found["y"]), number, day, hour, minute, min(second, 59), tzinfo=UTC)
    except ValueError:
        return None
