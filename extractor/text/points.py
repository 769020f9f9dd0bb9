"""Points of time: a day, a month, a year, or a named stretch such as last week, put together from their parts."""

from __future__ import annotations

from datetime import date
from typing import Final

from extractor.text.calendars import UNKNOWN, shifted, year_of
from extractor.text.point_meaning import Point, PointMeaning
from extractor.text.time_tokens import CLOCK, CUE, DATE, DAY, HALF, PERIOD, POINT, WEEKDAY, WHICH, YEAR, TimeTokens
from extractor.text.time_words import Month

_GREGORIAN, _HIJRI = range(1900, 2101), range(1300, 1501)
_HOURS: Final = 12
_OPENINGS: Final = ("(", "[")
_CLOSINGS: Final = (")", "]")
_JOINTS: Final = (",", "/", "-", *_OPENINGS)
_BETWEEN_MONTHS: Final = ("/", "-", *_OPENINGS)


class PointReader:
    """Reads points of time in one stretch of tokens; `today` is the day of publication, None if not known."""

    def __init__(self, tokens: TimeTokens, today: date | None) -> None:
        self._t = tokens
        self._v = tokens.vocabulary
        self._today = today
        self._meaning = PointMeaning(today)

    def point(self, at: int, *, joined: bool = True) -> Point | None:
        """The point that begins at `at`, with all that goes on it; None where nothing there tells a time."""
        point = self._part(Point(at), at)
        if point is None:
            return None
        while True:
            more = self._part(point, point.end)
            if more is None and joined:
                more = self._part_behind_joint(point)
            if more is None:
                break
            point = more
        if point.brackets and self._t.word(point.end) in _CLOSINGS:
            point = point._replace(end=point.end + 1)
        sure = point.day or point.year or point.edge or point.which is not None or self._t.cue("month", at)
        if point.month is not None and point.month.weak and not sure:
            return None
        return self._meaning.settled(point)

    def year(self, at: int) -> Point | None:
        """A bare year at `at`, in digits."""
        value = self._t.digits(at)
        if value is None or (value not in _GREGORIAN and value not in _HIJRI):
            return None
        hijri = value in _HIJRI
        end = self._t.cue("past_era" if hijri else "era", at + 1) or at + 1
        return Point(end, year=value, hijri=hijri, stretch=year_of(value, hijri=hijri))

    # -- parts -------------------------------------------------------------------------------------------------------

    def _part_behind_joint(self, point: Point) -> Point | None:
        at = point.end
        if self._t.word(at) in _JOINTS:
            bracket = self._t.word(at) in _OPENINGS
            found = self._part(point, at + 1)
            if found is None:
                return None
            if bracket and self._t.word(found.end) in _CLOSINGS:
                return found._replace(end=found.end + 1)
            return found._replace(brackets=found.brackets + bracket)
        of = self._t.cue("of", at)
        return self._part(point, of) if of else None

    def _part(self, point: Point, at: int) -> Point | None:
        """`point` with the part that stands at `at`, or None."""
        if at >= len(self._t):
            return None
        part = self._t.parts[at]
        if not part & POINT:
            return None
        return (
            (self._date(point, at) if part & DATE else None)
            or (self._day(point, at) if part & DAY else None)
            or (self._weekday(point, at) if part & WEEKDAY else None)
            or (self._period(point, at) if part & PERIOD else None)
            or (self._clock(point, at) if part & CLOCK else None)
            or (self._half(point, at) if part & HALF else None)
            or (self._which(point, at) if part & WHICH else None)
            or (self._year(point, at) if part & YEAR else None)
            or (self._cue(point, at) if part & CUE else None)
        )

    def _cue(self, point: Point, at: int) -> Point | None:
        inside = self._t.cue("in", at)
        if inside and not point.told and (year := self.year(inside)) is not None and not year.hijri:
            counted = self._t.find(self._v.units, year.end)
            return None if counted else point._replace(end=year.end, year=year.year)
        behind = self._t.cue("day", at)
        return self._part(point, behind) if behind and behind > at else None

    def _day(self, point: Point, at: int) -> Point | None:
        found = self._t.find(self._v.days, at)
        if found is None or point.offset is not None or point.period is not None:
            return None
        offset, end = found
        if offset == 0 and (self._t.ordinal(end) or self._t.find(self._v.which, end)):
            return None  # the fourth day, the next day
        return point._replace(end=end, offset=offset)

    def _weekday(self, point: Point, at: int) -> Point | None:
        found = self._t.find(self._v.weekdays, at)
        if found is None or point.night_to is not None:
            return None
        number, end = found
        article = len(self._t.word(at)) > 2 and self._t.word(at)[:2] == "\u0627\u0644"
        if not article and not (point.half or self._t.cue("day", at - 1)):
            return None
        if point.weekday is not None:
            return point._replace(end=end, night_to=number) if number == (point.weekday + 1) % 7 else None
        return point._replace(end=end, weekday=number)

    def _half(self, point: Point, at: int) -> Point | None:
        found = self._t.find(self._v.parts, at)
        if found is None:
            return None
        half, end = found
        if len(self._t.word(at)) == 1:  # a.m., p.m.
            return point._replace(end=end, half=half) if point.hour is not None and point.half is None else None
        if point.half is None:
            return point._replace(end=end, half=half)
        return point._replace(end=end) if not point.told else None

    def _which(self, point: Point, at: int) -> Point | None:
        found = self._t.find(self._v.which, at)
        if found is None or point.which is not None or not (point.weekday is not None or point.month is not None):
            return None
        return point._replace(end=found[1], which=found[0])

    def _clock(self, point: Point, at: int) -> Point | None:
        """Half past nine: the hour 9:30, the ninth and a half; the part of the day is read behind it."""
        t = self._t
        if point.hour is not None:
            return None
        behind = t.cue("hour", at)
        start = behind or at
        value = t.digits(start)
        if value is not None and value <= 24:
            minute = t.digits(start + 2) if t.word(start + 1) in (":", ".") else None
            if (
                minute is not None
                and minute < 60
                and len(t.word(start + 2)) == 2
                and (behind or t.word(start + 1) == ":")
            ):
                return point._replace(end=start + 3, hour=(value % 24, minute))
            half = t.find(self._v.parts, start + 1)
            if (behind and value <= 12) or (half and point.told and value <= 12 and not t.cue("month", start + 1)):
                return point._replace(end=start + 1, hour=(value % 24, 0))
            return None
        return self._hour_in_words(point, start, told=bool(behind))

    def _hour_in_words(self, point: Point, at: int, *, told: bool) -> Point | None:
        """The ninth and a half, which a word for hour leads to (`told`) or a part of the day follows."""
        t = self._t
        ordinal = t.ordinal(at)
        if ordinal is None or ordinal[0] > _HOURS or not (told or t.find(self._v.parts, ordinal[1])):
            return None
        joint = t.cue("and", ordinal[1])
        part = t.find(self._v.minutes, joint) if joint else None
        minute, end = part or (0, ordinal[1])
        return point._replace(end=end, hour=(ordinal[0] % 24, minute))

    def _period(self, point: Point, at: int) -> Point | None:
        """Last week, this month, the year before last; early last week."""
        if point.period is not None or point.weekday is not None or point.offset is not None:
            return None
        t, v = self._t, self._v
        edge = t.find(v.edges, at)
        start = edge[1] if edge else at
        part = edge[0] if edge else point.edge
        season = t.find(v.seasons, start)
        which = t.find(v.which, season[1]) if season else None
        if season is not None and which is not None:
            return point._replace(end=which[1], period=self._meaning.season(season[0], which[0]), edge=part)
        this = t.find(v.which, start)
        shown = this[1] if this is not None and this[0] == 0 else 0
        unit = t.find(v.units, shown or start)
        if unit is None or not unit[0].definite or unit[0].told != 1:
            return None
        which = (0, unit[1]) if shown else t.find(v.which, unit[1])
        if which is None and edge is not None and t.cue("since", at - 1) and self.year(unit[1]) is None:
            which = (0, unit[1])  # since the beginning of the year
        return None if which is None else self._of_unit(point._replace(end=which[1], edge=part), unit[0].unit, which[0])

    def _of_unit(self, point: Point, unit: str, offset: int) -> Point | None:
        """`point` with a period that is told by a unit and by how many of them it lies ahead."""
        if point.day is not None and point.month is None and unit == "month":  # the 12th of this month
            if self._today is None:
                return point._replace(period=UNKNOWN)
            month = shifted(self._today.replace(day=1), offset)
            return point._replace(month=Month(month.month, hijri=False, weak=False), year=month.year)
        if point.month is not None and unit == "year":  # June of last year
            return point._replace(year=self._today.year + offset) if self._today else None
        if unit not in ("week", "month", "year", "decade"):
            return None
        return point._replace(period=self._meaning.unit(unit, offset))

    def _year(self, point: Point, at: int) -> Point | None:
        cue = self._t.cue("year", at)
        found = self.year(cue or at)
        if found is None or point.year is not None or point.offset is not None:
            return None
        if not cue and point.month is None:
            return None
        return point._replace(end=found.end, year=found.year, hijri=found.hijri)

    def _date(self, point: Point, at: int) -> Point | None:
        """A day with its month, a date in numbers, or a month with a word such as early before it."""
        if point.month is not None or point.day is not None:
            return None
        t = self._t
        edge = t.find(self._v.edges, at)
        if edge is not None:
            return self._edged(point, edge)
        number = t.number(at) or t.ordinal(at)
        numeric = self._numeric(point, at) if t.digits(at) is not None else None
        if numeric is not None or (t.digits(at) is not None and number is None):
            return numeric
        if number is None or not 0 < number[0] <= 31:
            month = self._month(at)
            return point._replace(end=month[1], month=month[0]) if month else None
        month = self._month(number[1], behind_day=True)
        if month is not None:
            return point._replace(end=month[1], day=number[0], month=month[0])
        of = t.cue("of", number[1])
        period = self._period(point._replace(day=number[0]), of) if of else None
        return period if period is not None and (period.month or period.period) else None

    def _edged(self, point: Point, edge: tuple[str, int]) -> Point | None:
        """Early in a month or a year."""
        part, at = edge
        month = self._month(at)
        if month is not None:
            return point._replace(end=month[1], month=month[0], edge=part)
        year = self.year(self._t.cue("year", at) or at)
        return point._replace(end=year.end, year=year.year, hijri=year.hijri, edge=part) if year else None

    def _month(self, at: int, *, behind_day: bool = False) -> tuple[Month, int] | None:
        """A month at `at`, its second name included: July (Tammuz), May/Ayyar."""
        t = self._t
        for _ in range(2):
            joint = behind_day and (t.cue("of", at) or (at + 1 if t.word(at) in ("/", "-") else 0))
            behind = joint or t.cue("month", at)
            at = behind if behind and (t.find(self._v.months, behind) or t.cue("month", behind)) else at
        found = t.find(self._v.months, at)
        if found is None:
            return None
        month, end = found
        joint = end + 1 if t.word(end) in _BETWEEN_MONTHS else end
        second = t.find(self._v.months, joint)
        if second is not None and second[0].number == month.number and second[0].hijri == month.hijri:
            end = second[1]
            if joint > found[1] and t.word(joint - 1) in _OPENINGS and t.word(end) in _CLOSINGS:
                end += 1
            month = month._replace(weak=month.weak and second[0].weak)
        return month, end

    def _numeric(self, point: Point, at: int) -> Point | None:
        """17/7/2016, 2016-07-17, 17.7.2016, 17 7 2016, 03/October/2017."""
        t = self._t
        values = [t.digits(at)]
        end, sign = at + 1, ""
        while len(values) < 3:
            between = t.word(end)
            gap = 1 if between and between in "/-." else 0
            if gap and sign and between != sign:
                return None
            sign = between if gap else sign
            value = t.digits(end + gap)
            if value is None:
                return None
            values.append(value)
            end += gap + 1
        first, middle, third = (v or 0 for v in values)
        if first > 31:
            first, third = third, first
        if third < 100 and sign == "/":
            third += 2000 if third < 70 else 1900
        if middle > 12 >= first:
            first, middle = middle, first
        hijri = third in _HIJRI
        if not (0 < first <= 31 and 0 < middle <= 12 and (hijri or third in _GREGORIAN)):
            return None
        end = t.cue("past_era" if hijri else "era", end) or end
        return point._replace(end=end, day=first, month=Month(middle, hijri=hijri, weak=False), year=third, hijri=hijri)
