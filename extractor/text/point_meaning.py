"""What the parts of a point of time come to: the days that it is, and the hour."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import NamedTuple

from extractor.text.calendars import (
    UNKNOWN,
    Stretch,
    hijri_day,
    hijri_month,
    hijri_year_of,
    month_of,
    part_of,
    shifted,
    weekday_near,
    year_of,
)
from extractor.text.time_words import Month


class Point(NamedTuple):
    """A point of time being read: its parts, and what they come to."""

    end: int
    weekday: int | None = None
    night_to: int | None = None  # the second weekday of "the night of Saturday to Sunday"
    offset: int | None = None  # days from publication
    which: int | None = None
    day: int | None = None
    month: Month | None = None
    year: int | None = None
    hijri: bool = False
    edge: str | None = None
    period: Stretch | None = None
    half: str | None = None
    hour: tuple[int, int] | None = None
    stretch: Stretch = UNKNOWN
    clock: time | None = None
    brackets: int = 0

    @property
    def told(self) -> bool:
        """Whether it tells a day or longer, and not only an hour or a part of any day."""
        parts = (self.weekday, self.offset, self.day, self.month, self.year, self.period)
        return any(part is not None for part in parts)


class PointMeaning:
    """Settles points of time; `today` is the day of publication, None if not known."""

    def __init__(self, today: date | None) -> None:
        self._today = today

    def settled(self, point: Point) -> Point:
        """The point with its days and its hour."""
        stretch = self._stretch(point)
        return point._replace(stretch=stretch, clock=self._clock_of(point, stretch))

    def _stretch(self, point: Point) -> Stretch:
        try:
            whole = self._whole(point)
        except (ValueError, OverflowError):
            return UNKNOWN
        return part_of(whole, point.edge) if point.edge else whole

    def _whole(self, point: Point) -> Stretch:
        """The stretch without regard to early, middle or late."""
        today = self._today
        if point.month is not None:
            return self._of_month(point)
        if point.period is not None:
            return point.period
        if point.year is not None:
            return year_of(point.year, hijri=point.hijri)
        if today is None:
            return UNKNOWN
        day, last = today, 0
        if point.offset is not None:
            day = today + timedelta(point.offset)
            if point.weekday is not None:
                # Written on another day than published: of the two the weekday is the surer.
                day += timedelta((point.weekday - day.weekday() + 3) % 7 - 3)
        elif point.weekday is not None:
            day, last = weekday_near(today, point.weekday, point.which), int(point.night_to is not None)
        return Stretch(day, day + timedelta(last))

    def _of_month(self, point: Point) -> Stretch:
        month = point.month
        if month is None:
            return UNKNOWN
        years = [point.year] if point.year is not None else self._years(month)
        options = [s for year in years if (s := self._in_year(point, month, year)).first is not None]
        if not options:
            return UNKNOWN
        if point.year is None:
            options = self._by_which(options, point.which)
        return options[0]

    def _years(self, month: Month) -> list[int]:
        """The years that a month without one can be of, the latest first."""
        if self._today is None:
            return []
        year = hijri_year_of(self._today) if month.hijri else self._today.year
        return [] if year is None else [year + 1, year, year - 1]

    def _in_year(self, point: Point, month: Month, year: int) -> Stretch:
        if point.day is None:
            return hijri_month(year, month.number) if month.hijri else month_of(year, month.number)
        if month.hijri:
            day = hijri_day(year, month.number, point.day)
        else:
            try:
                day = date(year, month.number, point.day)
            except ValueError:
                day = None
        return Stretch(day, day)

    def _by_which(self, options: list[Stretch], which: int | None) -> list[Stretch]:
        today = self._today
        if today is None:
            return options
        if which == 1:
            return [s for s in reversed(options) if s.first and s.first > today] or options[:1]
        if which is not None and which < 0:
            return [s for s in options if s.last and s.last < today] or options[-1:]
        return [s for s in options if s.first and s.first <= today] or options[-1:]

    def unit(self, name: str, offset: int) -> Stretch:
        """The week, month, year or decade that lies `offset` of them ahead."""
        today = self._today
        if today is None:
            return UNKNOWN
        if name == "week":
            if offset == 0:
                return Stretch(today - timedelta(6), today)
            if offset > 0:
                return Stretch(today + timedelta(1), today + timedelta(13))
            return Stretch(today - timedelta(6 - 7 * offset), today - timedelta(-6 - 7 * offset))
        if name == "month":
            first = shifted(today.replace(day=1), offset)
            whole = month_of(first.year, first.month)
        elif name == "year":
            whole = year_of(today.year + offset)
        else:
            first_year = today.year - today.year % 10 + 10 * offset
            whole = Stretch(date(first_year, 1, 1), date(first_year + 9, 12, 31))
        return Stretch(whole.first, today) if offset == 0 else whole

    def season(self, months: tuple[int, int], offset: int) -> Stretch:
        """The last, this or the next season from the first to the last of `months`."""
        if self._today is None:
            return UNKNOWN
        year = self._today.year
        options = [Stretch(date(y, months[0], 1), month_of(y, months[1]).last) for y in (year + 1, year, year - 1)]
        return self._by_which(options, offset or None)[0]

    def _clock_of(self, point: Point, stretch: Stretch) -> time | None:
        if point.hour is None or stretch.day is None:
            return None
        hour, minute = point.hour
        if hour > 12 or (point.half == "am" and hour < 12):
            return time(hour, minute)
        if point.half == "am":
            return time(0, minute)
        if point.half == "pm" or (point.half == "night" and 6 <= hour < 12):
            return time(hour % 12 + 12, minute)
        return None
