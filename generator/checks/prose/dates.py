"""Days and months that there are not."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator

from generator.checks.prose.slips import Slip

_DATE = re.compile(
    r"(?<![0-9])(?:((?:19|20)[0-9]{2})\s*年\s*)?([0-9]{1,2})\s*月(?:\s*([0-9]{1,2})\s*[日号])?(?![0-9])"
    r"|(?<![0-9-])((?:19|20)[0-9]{2})-([0-9]{1,2})-([0-9]{1,2})(?![0-9-])"
)
_LEAP_YEAR = 2000


def impossible_dates(text: str) -> Iterator[Slip]:
    """The dates in `text` that no calendar has; one without a year may be of any."""
    for found in _DATE.finditer(text):
        year, month, day = (found.group(one) or found.group(one + 3) for one in (1, 2, 3))
        is_date = bool(year or day)  # a month alone may be a number of months
        if is_date and not _is_possible(int(year or _LEAP_YEAR), int(month), int(day or 1)):
            yield Slip(*found.span(), f"里的“{found[0]}”不是日历上有的日期，请改正。")


def _is_possible(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]
