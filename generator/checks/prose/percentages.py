"""Percentages that cannot be, and figures with more decimals than are published."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from generator.checks.prose.slips import Slip
from generator.edition import ProseRule
from generator.numbers import NUMBER

_GROWING = "增提升涨超"
"""Between a word such as 占比 and its percentage these say that it is a growth, which knows no bounds."""
_PUBLISHED = re.compile(rf"(?<![0-9.]){NUMBER}(?=\s*(?:[%％]|万?元))")
_MOST_DECIMALS = 2


def too_great(rule: ProseRule, text: str) -> Iterator[Slip]:
    """The percentages in `text` beyond the rule's threshold; where it names words, those that follow them."""
    assert rule.threshold is not None
    for found in _percentages(rule.words).finditer(text):
        if Decimal(found[1].replace(",", "")) / 100 > rule.threshold:
            yield Slip(found.start(1), found.end(), f"里的“{found[1]}%”超过 {rule.threshold:.0%}，请核对。")


def too_many_decimals(text: str) -> Iterator[Slip]:
    """The amounts and percentages in `text` with more than two decimals."""
    for found in _PUBLISHED.finditer(text):
        if len(found[0].partition(".")[2]) > _MOST_DECIMALS:
            yield Slip(*found.span(), f"里的 {found[0]} 小数超过两位，请四舍五入到两位。")


@lru_cache(maxsize=16)
def _percentages(words: tuple[str, ...]) -> re.Pattern[str]:
    before = rf"(?:{'|'.join(map(re.escape, words))})[^，。；、0-9{_GROWING}]{{0,12}}" if words else ""
    return re.compile(rf"{before}({NUMBER})[%％]")
