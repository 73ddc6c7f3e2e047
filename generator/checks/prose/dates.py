"""Days and months that there are not."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator

from generator.checks.prose.slips import Slip
from generator.numbers import chinese_number

_DATE = re.compile(
    r"(?<![0-9])(?:((?:19|20)[0-9]{2})\s*年\s*)?([0-9]{1,2})\s*月(?:\s*([0-9]{1,2})\s*[日号])?(?![0-9])"
    r"|(?<![0-9./-])((?:19|20)[0-9]{2})([-/.])([0-9]{1,2})\5([0-9]{1,2})(?![0-9./-])"
)
_IN_CHINESE = re.compile(r"(?<![一二三四五六七八九十])([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日")
_NUMBERS = {chinese_number(number): number for number in range(1, 32)}
_LEAP_YEAR = 2000


def impossible_dates(text: str) -> Iterator[Slip]:
    """The dates in `text` that no calendar has; one without a year may be of any."""
    for found in _DATE.finditer(text):
        year, month, day = (found.group(one) or found.group(other) for one, other in ((1, 4), (2, 6), (3, 7)))
        is_date = bool(year or day)  # a month alone may be a number of months
        if is_date and not _is_possible(int(year or _LEAP_YEAR), int(month), int(day or 1)):
            yield Slip(*found.span(), f"里的“{found[0]}”不是日历上有的日期，请改正。")
    for found in _IN_CHINESE.finditer(text):
        month, day = (_NUMBERS.get(part) for part in found.groups())
        if not (month and day and _is_possible(_LEAP_YEAR, month, day)):
            yield Slip(*found.span(), f"里的“{found[0]}”不是日历上有的日期，请改正。")


def _is_possible(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]
