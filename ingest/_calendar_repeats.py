"""Calendar files: a repeated entry to the times at which it took place.

Expanded are daily, weekly, monthly and yearly rules with interval, count, end and weekdays; what is
finer than a day counts as once. Exceptions belong to the caller.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count, islice

#: Periods looked at in one rule: every day for half a century.
_PERIODS = 20_000
_DAYS = {name: number for number, name in enumerate(("MO", "TU", "WE", "TH", "FR", "SA", "SU"))}
_DAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)", re.ASCII)
_WEEK = timedelta(days=7)
_LAST_YEAR = 2100
_WIDEST_INTERVAL = 1000

_Weekday = tuple[int, int]


def rule_of(written: str) -> dict[str, str]:
    """Return the parts of a rule by upper-case name."""
    parts = (part.partition("=") for part in written.upper().strip()[:1000].split(";"))
    return {name.strip(): value.strip() for name, _, value in parts if value}


def starts(first: datetime, rule: dict[str, str], latest: datetime) -> Iterator[datetime]:
    """Yield the local starts of a series, the first included, up to ``latest``.

    Args:
        first: Local start of the first one.
        rule: As ``rule_of`` returns it.
        latest: Local time after which nothing is wanted, the rule's own end included.
    """
    most = _number(rule.get("COUNT"), None)
    for start in islice(_all(first, rule), most):
        if start > latest:
            return
        yield start


def _number(written: str | None, otherwise: int | None) -> int | None:
    if written is None or not re.fullmatch(r"\d{1,6}", written, re.ASCII):
        return otherwise
    return max(int(written), 1)


def _all(first: datetime, rule: dict[str, str]) -> Iterator[datetime]:
    step = min(_number(rule.get("INTERVAL"), 1) or 1, _WIDEST_INTERVAL)
    weekdays = [
        (int(number or 0), _DAYS[name]) for number, name in _DAY.findall(rule.get("BYDAY", ""))
    ]
    frequency = rule.get("FREQ")
    periods: Iterator[list[datetime]]
    if frequency == "DAILY":
        periods = _days(first, step, weekdays)
    elif frequency == "WEEKLY":
        periods = _weeks(first, step, weekdays)
    elif frequency in ("MONTHLY", "YEARLY"):
        months = step if frequency == "MONTHLY" else 12 * step
        periods = _months(first, months, rule, weekdays)
    else:
        periods = iter([[first]])
    # The entry's own start belongs to the series even where the rule would not give it.
    yield first
    for starts_of_period in islice(periods, _PERIODS):
        yield from (start for start in starts_of_period if start > first)


def _days(first: datetime, step: int, weekdays: list[_Weekday]) -> Iterator[list[datetime]]:
    wanted = {day for _, day in weekdays} or set(range(7))
    for number in count():
        start = _later(first, timedelta(days=step * number))
        if start is None:
            return
        yield [start] if start.weekday() in wanted else []


def _weeks(first: datetime, step: int, weekdays: list[_Weekday]) -> Iterator[list[datetime]]:
    days = sorted({day for _, day in weekdays} or {first.weekday()})
    for number in count():
        monday = _later(first, step * number * _WEEK - timedelta(days=first.weekday()))
        if monday is None or monday.year > _LAST_YEAR:
            return
        yield [monday + timedelta(days=day) for day in days]


def _later(first: datetime, distance: timedelta) -> datetime | None:
    try:
        return first + distance
    except OverflowError:
        return None


def _months(
    first: datetime, step: int, rule: dict[str, str], weekdays: list[_Weekday]
) -> Iterator[list[datetime]]:
    for number in count():
        year, month = divmod(first.year * 12 + first.month - 1 + step * number, 12)
        if year > _LAST_YEAR:
            return
        days = sorted(set(_days_of_month(first, year, month + 1, rule, weekdays)))
        yield [first.replace(year=year, month=month + 1, day=day) for day in days]


def _days_of_month(
    first: datetime, year: int, month: int, rule: dict[str, str], weekdays: list[_Weekday]
) -> list[int]:
    """Return the days of a month on which a series takes place."""
    length = calendar.monthrange(year, month)[1]
    if not weekdays:
        told = re.findall(r"-?\d{1,2}", rule.get("BYMONTHDAY", "")) or [str(first.day)]
        days = [int(day) if int(day) > 0 else length + 1 + int(day) for day in told]
        return [day for day in days if 1 <= day <= length]
    days = [
        day
        for number, weekday in weekdays
        for day in _nth(
            [d for d in range(1, length + 1) if _weekday(year, month, d) == weekday], number
        )
    ]
    position = re.fullmatch(r"-?\d{1,2}", rule.get("BYSETPOS", ""), re.ASCII)
    return _nth(sorted(days), int(position.group())) if position else days


def _weekday(year: int, month: int, day: int) -> int:
    return calendar.weekday(year, month, day)


def _nth(days: list[int], number: int) -> list[int]:
    """Return the one day that a number counts, from the end if negative; all for zero."""
    if number == 0:
        return days
    at = number - 1 if number > 0 else len(days) + number
    return [days[at]] if 0 <= at < len(days) else []
