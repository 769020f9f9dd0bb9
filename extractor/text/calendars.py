"""Stretches of days: months, years and the like by the calendars of the region, as first and last day."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Final, NamedTuple

_MIDDLE, _END = 10, 20  # the last days of the first and the second third of a month


class Stretch(NamedTuple):
    """From the first day to the last, both included; None where it is not known."""

    first: date | None = None
    last: date | None = None

    @property
    def day(self) -> date | None:
        """The one day that it is, if it is one."""
        return self.first if self.first == self.last else None


UNKNOWN: Final = Stretch()


def days(first: date, last: date) -> Stretch:
    """The stretch between two days in whatever order."""
    return Stretch(min(first, last), max(first, last))


def shifted(day: date, months: int) -> date:
    """`day` some months later, or earlier where `months` is negative; the last of the month where it is too short."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def month_of(year: int, month: int) -> Stretch:
    """A Gregorian month."""
    return Stretch(date(year, month, 1), date(year, month, monthrange(year, month)[1]))


def year_of(year: int, *, hijri: bool = False) -> Stretch:
    """A year; a Hijri year lasts from the day of its first month to the day before the next year's."""
    if not hijri:
        return Stretch(date(year, 1, 1), date(year, 12, 31))
    first, after = hijri_day(year, 1, 1), hijri_day(year + 1, 1, 1)
    return UNKNOWN if first is None or after is None else Stretch(first, after - timedelta(1))


def hijri_day(year: int, month: int, day: int) -> date | None:
    """The Gregorian day of a Hijri one by the calendar of Umm al-Qura; None outside 1343 to 1500."""
    from hijridate import Hijri  # noqa: PLC0415 - few texts hold a Hijri date

    try:
        found = Hijri(year, month, day).to_gregorian()
    except (ValueError, OverflowError):
        return None
    return date(found.year, found.month, found.day)


def hijri_month(year: int, month: int) -> Stretch:
    """A Hijri month as Gregorian days."""
    first = hijri_day(year, month, 1)
    after = hijri_day(year + month // 12, month % 12 + 1, 1)
    return UNKNOWN if first is None or after is None else Stretch(first, after - timedelta(1))


def hijri_year_of(day: date) -> int | None:
    """The Hijri year that a Gregorian day lies in; None outside the tables."""
    from hijridate import Gregorian  # noqa: PLC0415

    try:
        return Gregorian(day.year, day.month, day.day).to_hijri().year
    except (ValueError, OverflowError):
        return None


def part_of(stretch: Stretch, part: str) -> Stretch:
    """The start, middle or end (thirds) of a stretch."""
    if stretch.first is None or stretch.last is None:
        return stretch
    length = (stretch.last - stretch.first).days + 1
    one, two = length * _MIDDLE // 30, length * _END // 30
    if part == "start":
        return Stretch(stretch.first, stretch.first + timedelta(one - 1))
    if part == "middle":
        return Stretch(stretch.first + timedelta(one), stretch.first + timedelta(two - 1))
    return Stretch(stretch.first + timedelta(two), stretch.last)


def weekday_near(day: date, weekday: int, which: int | None) -> date:
    """The weekday (Monday 0) on or before `day`; before it with which -1 or less, after it with 1."""
    back = (day.weekday() - weekday) % 7
    if which == 1:
        return day + timedelta((weekday - day.weekday() - 1) % 7 + 1)
    if which is not None and which < 0:
        return day - timedelta((back or 7) + 7 * (-1 - which))
    return day - timedelta(back)
