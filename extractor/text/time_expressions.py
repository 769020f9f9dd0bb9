"""What an expression of time stands for: a point, a range, a stretch since, within or before a day."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Final, NamedTuple

from extractor.text.calendars import UNKNOWN, Stretch, days, month_of, shifted, year_of
from extractor.text.points import PointReader
from extractor.text.time_tokens import AGO, LENGTH, RANGE, SINCE, SKIPPED, WITHIN, TimeTokens
from extractor.text.time_words import AL

_FEW_DAYS: Final = 3  # "two weeks ago" is a day near it


class Found(NamedTuple):
    """An expression up to token `end`: the days it stands for, its kind as in `TimeExpression` or "name" for what is
    none, and the time of day."""

    end: int
    stretch: Stretch
    kind: str
    clock: time | None = None


class ExpressionReader:
    """Reads the expressions of one stretch of text, told on the day `today` where that is known."""

    def __init__(self, tokens: TimeTokens, today: date | None) -> None:
        self._t = tokens
        self._today = today
        self._points = PointReader(tokens, today)

    def expression(self, at: int) -> Found | None:
        """The expression that begins exactly at `at`."""
        t = self._t
        if at >= len(t):
            return None
        part = t.parts[at]
        if part & SKIPPED:
            skip = t.cue("none", at)
            if skip:
                return Found(skip, UNKNOWN, "name")
            anaphor = t.cue("anaphor", at)
            if anaphor:
                return Found(anaphor, UNKNOWN, "other")
            until = t.cue("until", at)
            if until and (limit := self.expression(until)) is not None:
                return limit._replace(kind="other")
        return (
            (self._range(at) if part & RANGE else None)
            or (self._since(at) if part & SINCE else None)
            or (self._within(at) if part & WITHIN else None)
            or (self._ago(at) if part & AGO else None)
            or self._point(at)
            or (self._several(at) if part & LENGTH else None)
        )

    def _point(self, at: int) -> Found | None:
        point = self._points.point(at)
        if point is None or not point.told:
            return None
        quoted = point.day is not None and self._t.word(at - 1) == self._t.word(point.end) == '"'
        return Found(point.end, point.stretch, "name" if quoted else "point", point.clock)  # "14 March", a movement

    # -- ranges ------------------------------------------------------------------------------------------------------

    def _range(self, at: int) -> Found | None:
        """Between 3 and 5 May; from Sunday to Tuesday; the years 2006 and 2007; the days of Saturday and Sunday."""
        t = self._t
        for opening, link in (("between", "and"), ("from", "to"), ("year", "and"), ("day", "and")):
            opened = t.cue(opening, at)
            found = self._pair(opened, link) if opened else None
            if found is not None:
                return found
        if t.digits(at) is not None:
            return self._days_of_month(at, "and") or self._days_of_month(at, "to")
        return None

    def _days_of_month(self, at: int, link: str) -> Found | None:
        """Two days that share the month behind the second: 10 and 11 October."""
        number = self._t.number(at)
        joint = self._t.cue(link, number[1]) if number else 0
        second = self._points.point(joint) if joint else None
        if number is None or second is None or second.day is None or second.stretch.day is None:
            return None
        try:
            return Found(second.end, days(second.stretch.day.replace(day=number[0]), second.stretch.day), "span")
        except ValueError:
            return None

    def _pair(self, at: int, link: str) -> Found | None:
        t, points = self._t, self._points
        shared = self._days_of_month(at, link)
        if shared is not None:
            return shared
        one = points.point(at, joined=False) or points.year(at)
        joint = t.cue(link, one.end) if one else 0
        if one is None or not joint:
            return None
        two = points.point(joint, joined=False) or points.year(joint)
        if two is None:
            return None
        first, last = one.stretch.first, two.stretch.last
        if first is not None and last is not None and first > last and one.year is None:
            first = shifted(first, -12)
        return Found(two.end, Stretch(first, last), "span")

    # -- since, within, ago ------------------------------------------------------------------------------------------

    def _since(self, at: int) -> Found | None:
        behind = self._t.cue("since", at)
        if not behind:
            return None
        length = self._length(behind)
        if length is not None:
            return Found(length.end, self._up_to_now(length), "since")
        point = self._points.point(behind) or self._points.year(behind)
        if point is None or not point.told:
            return None
        return Found(point.end, Stretch(point.stretch.first, self._today), "since")

    def _within(self, at: int) -> Found | None:
        behind = self._t.cue("within", at)
        if not behind:
            return None
        length = self._length(behind)
        if length is not None:
            which = self._t.find(self._t.vocabulary.which, length.end)
            if which is not None and which[0] > 0:
                return Found(which[1], self._ahead(length), "span")
            end = which[1] if which else length.end
            return Found(end, self._up_to_now(length), "span")
        found = self._range(behind) or self._point(behind) or self._several(behind)
        return found._replace(kind="span") if found else None

    def _ago(self, at: int) -> Found | None:
        """Three days ago; "after three days" and "two days before the vote" are passed over, their days unknown."""
        t = self._t
        behind = t.cue("ago", at)
        later = t.cue("later", at)
        length = self._length(behind or later) if behind or later else None
        if length is None:
            limit = self._points.point(behind) if behind and self._points.point(at) is None else None
            if limit is None or not limit.told or limit.half or limit.hour:
                return None  # "before dawn today" is today
            return Found(limit.end, UNKNOWN, "other")
        if not behind or t.cue("of", length.end):
            return Found(length.end, UNKNOWN, "other")
        return Found(length.end, self._around(length), "point")

    def _around(self, length: _Length) -> Stretch:
        """The day, or the month or year, that lies so long back."""
        day = self._before(length)
        if day is None or self._today is None or not length.exact:
            return Stretch(None, day)
        if length.unit in ("minute", "hour"):
            return days(day, self._today)
        if length.unit == "week":
            near = timedelta(_FEW_DAYS)
            return Stretch(day - near, min(day + near, self._today))
        if length.unit == "month":
            return month_of(day.year, day.month)
        return year_of(day.year) if length.unit in ("year", "decade") else Stretch(day, day)

    def _several(self, at: int) -> Found | None:
        """The last two days; the past three weeks; the last few hours."""
        t = self._t
        length = self._length(at, definite=True)
        which = t.find(t.vocabulary.which, length.end) if length else None
        if length is None or which is None or which[0] == 0:
            return None
        if which[0] > 0:
            return Found(which[1], self._ahead(length), "span")
        return Found(which[1], self._up_to_now(length), "span")

    def _length(self, at: int, *, definite: bool = False) -> _Length | None:
        """A length of time at `at`: two days, the past 24 hours, a week, more than a year."""
        t, v = self._t, self._t.vocabulary
        start, about = at, t.cue("about", at)
        at = about or at
        vague = t.cue("vague", at)
        number = None if vague else t.number(at)
        has_article = t.word(at).startswith(AL) or t.word(start).startswith(AL)
        unit = t.find(v.units, vague or (number[1] if number else at))
        if unit is None:
            return None
        (name, count, with_article), end = unit
        if vague:
            count = 0
        elif number is not None:
            count = number[0]
        elif with_article or definite:
            behind = t.number(end)  # the three days, the 24 hours
            if behind is not None and count == 0 and behind[0] < 1000:
                count, end = behind
            elif count == 1:
                return None  # "the day", "the year": a period, not a length
        if definite and not (with_article or has_article):
            return None
        if number is None and not vague and self._names_one(name, end):
            return None
        behind_vague = t.cue("vague", end)
        return _Length(behind_vague or end, name, 0 if behind_vague else count, not about)

    def _names_one(self, unit: str, end: int) -> bool:
        """Whether what follows a unit at `end` says which one it is: the year 1984, the month of May, Friday."""
        t, v = self._t, self._t.vocabulary
        if unit == "year":
            return self._points.year(end) is not None
        if unit == "month":
            return t.find(v.months, end) is not None
        return unit in ("day", "night") and (t.find(v.weekdays, end) or t.digits(end) or t.ordinal(end)) is not None

    def _before(self, length: _Length) -> date | None:
        if self._today is None or not length.number:
            return None
        return _moved(self._today, length.unit, -length.number)

    def _up_to_now(self, length: _Length) -> Stretch:
        return Stretch(self._before(length), self._today if length.number else None)

    def _ahead(self, length: _Length) -> Stretch:
        if self._today is None or not length.number:
            return UNKNOWN
        return Stretch(self._today, _moved(self._today, length.unit, length.number))


class _Length(NamedTuple):
    end: int
    unit: str
    number: int  # of units; 0 where it is not told
    exact: bool


def _moved(day: date, unit: str, count: int) -> date | None:
    """`day` moved by some units; hours and minutes by the days that hold them."""
    try:
        if unit in ("minute", "hour"):
            hours = abs(count) if unit == "hour" else 1
            whole = max(1, -(-hours // 24))
            return day + timedelta(whole if count > 0 else -whole)
        if unit in ("day", "night"):
            return day + timedelta(count)
        if unit == "week":
            return day + timedelta(7 * count)
        months = {"month": 1, "year": 12, "decade": 120}[unit]
        return shifted(day, months * count)
    except (ValueError, OverflowError):
        return None
