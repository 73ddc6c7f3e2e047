"""Years that are neither this nor last, where nothing in their sentence explains them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.checks.prose.slips import Slip, in_title, sentence

_YEAR = re.compile(r"(?<![0-9.,])([0-9]{4}|[一二][九〇○零][〇○零一二三四五六七八九]{2})(?=\s*年)")
_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_SPAN = re.compile(r"[0-9]{4}年?度?\s*[-—–~～至到]+\s*[0-9]{4}(?=年)")
_OF_DAYS = re.compile(r"\s*年\s*[0-9]{1,2}\s*月")
_SINCE = re.compile(r"\s*年度?(以来|以后|以前|之前|之后|起|开始|底|初|末|前|后)")
_LED_IN = re.compile(r"(自|从|于|到|早在|原定)$")
_UNTIL = re.compile(r"(截至|截止到?)$")
_OWN_WORK = re.compile(r"\s*年度?[，,]?\s*(我|本|全|共|已?完成|开展|累计|组织|推进|持续|继续|主要|重点|各项|工作|绩效)")


def other_years(text: str, year: int) -> Iterator[Slip]:
    """The years in `text` that `year`, and the form of the sentence, do not explain.

    Explained are spans, days, titles, and what a year began or ended. Last year is said of where a sentence begins with
    it and tells what was done, or how things stand at its end: so speaks a text that was written a year ago.
    """
    spans = [found.span() for found in _SPAN.finditer(text)]
    for found in _YEAR.finditer(text):
        named = int(found[1].translate(_DIGITS))
        if named == year - 1 and _tells_own_work(text, found, year):
            yield Slip(*found.span(), f"里的“{found[0]}年”是上年，请核对是不是沿用了上年的话。")
        elif named not in (year, year - 1) and not _is_explained(text, found, spans):
            yield Slip(*found.span(), f"里的“{found[0]}年”不是本年（{year}），也不是上年，请核对。")


def _tells_own_work(text: str, found: re.Match[str], year: int) -> bool:
    """Whether a sentence tells what was done in the year `found`, or stands at its end, and does not name `year`."""
    begins, ends = sentence(text, *found.span())
    before = text[begins : found.start()]
    leads = not before.strip() and _OWN_WORK.match(text, found.end())
    return bool(leads or _UNTIL.search(before)) and str(year) not in text[begins:ends]


def _is_explained(text: str, found: re.Match[str], spans: list[tuple[int, int]]) -> bool:
    before = text[: found.start()]
    if any(start <= found.start() < end for start, end in spans) or in_title(before):
        return True
    if _UNTIL.search(before):
        return False
    return bool(_OF_DAYS.match(text, found.end()) or _SINCE.match(text, found.end()) or _LED_IN.search(before))
