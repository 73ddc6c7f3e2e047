"""Amounts and percentages as people write them in a text: 5,143.02万元, 约5143万, 5 143.02 万元, 0.51亿元, 66.27%."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from generator.numbers import rounded

_UNITS = {
    "亿元": Decimal(10_000),
    "亿": Decimal(10_000),
    "万元": Decimal(1),
    "万": Decimal(1),
    "元": Decimal("0.0001"),
    "%": Decimal(1),
}
_NUMBER = r"(?<![0-9.])(?<![0-9],)(?:[0-9]{1,3}(?:[,， ] ?[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?"
_ABOUT = r"约为?|大约|大概|近|将近|接近|超过?|逾|突破|不足|不到"
_ABOUT_BEHIND = r"左右|上下|以上|多|余"
_COUNTED = "人件次个张条户份辆平亩吨台套册字宗项家只名位笔单页米步公"
"""What 万 and 亿 count where 元 does not follow."""
_OF_MONEY = rf"(?:亿元|万元|元|[亿万](?![{_COUNTED}元]))"

AMOUNT = rf"(?:{_ABOUT})?\s*{_NUMBER}\s*[多余]?\s*{_OF_MONEY}(?:{_ABOUT_BEHIND})?"
"""An amount of money with its unit, and what says that it is not exact; a pattern without groups."""
PERCENTAGE = rf"(?:{_ABOUT})?\s*{_NUMBER}\s*[%％](?:{_ABOUT_BEHIND})?"
"""The same of a percentage."""
_PARTS = re.compile(rf"({_ABOUT})?\s*({_NUMBER})\s*([多余]?)\s*(亿元|万元|元|亿|万|[%％])({_ABOUT_BEHIND})?")

FEWEST_DIGITS = 4
"""Of shorter figures too many are alike by chance."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount, in 万元, or a percentage, as it is written from `start` to before `end` of a text."""

    start: int
    end: int
    written: str
    """The number alone, without separators."""
    unit: str
    about: bool
    """Whether it says that it is not exact: 约, 近, 左右."""

    @property
    def value(self) -> Decimal:
        return Decimal(self.written) * _UNITS[self.unit]

    def says(self, figure: Decimal) -> bool:
        """Whether `figure` is rightly written so: rounded to as many decimals, or near enough where it is about."""
        if self.about:
            return abs(abs(figure) - self.value) < self._last_digit
        return self._rounded(figure) == Decimal(self.written)

    def miswrites(self, figure: Decimal, fewest: int = FEWEST_DIGITS) -> str:
        """By which one slip of the pen this would be `figure`; empty where by none, or of fewer digits."""
        one, other = _digits(Decimal(self.written)), _digits(self._rounded(figure))
        if len(one) != len(other) or len(one) < fewest:
            return ""
        apart = [at for at, (left, right) in enumerate(zip(one, other, strict=True)) if left != right]
        if len(apart) == 1:
            return ONE_DIGIT
        return SWAPPED if len(apart) == 2 and _are_swapped(one, other, apart) else ""

    def _rounded(self, figure: Decimal) -> Decimal:
        return rounded(abs(figure) / _UNITS[self.unit], len(self.written.partition(".")[2]))

    @property
    def digits(self) -> int:
        """How many digits it shows, without zeros at its beginning."""
        return len(_digits(Decimal(self.written)))

    @property
    def _last_digit(self) -> Decimal:
        """What one more of the last digit that is no 0 would be."""
        return Decimal(1).scaleb(int(Decimal(self.written).normalize().as_tuple().exponent)) * _UNITS[self.unit]


ONE_DIGIT, SWAPPED = "只差一个数字", "有两个数字写颠倒了"


def quantities(text: str, pattern: str = AMOUNT) -> Iterator[Quantity]:
    """The amounts in `text`, or what else `pattern` is."""
    for found in re.finditer(pattern, text):
        yield quantity(found[0], found.start())


def quantity(written: str, at: int = 0) -> Quantity:
    """What stands in `written`, an `AMOUNT` or `PERCENTAGE`, that begins `at` in its text."""
    found = _PARTS.search(written)
    assert found
    about, number, more, unit, behind = found.groups()
    plain = re.sub("[,， ]", "", number)
    return Quantity(
        at + found.start(2), at + found.end(4), plain, unit.replace("％", "%"), bool(about or more or behind)
    )


def _digits(number: Decimal) -> str:
    return f"{number:f}".replace(".", "").lstrip("0")


def _are_swapped(one: str, other: str, apart: list[int]) -> bool:
    (first, second), *_ = pairwise(apart)
    return second == first + 1 and one[first] == other[second] and one[second] == other[first]
