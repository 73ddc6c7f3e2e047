"""Percentages in a text that say something else than the figures: shares, completion of a budget, growth."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from generator.checks.prose.figures import BEFORE, BETWEEN
from generator.checks.prose.known import COMPLETION, GROWTH, SHARE, Known, Ratio, percent
from generator.checks.prose.quantities import AMOUNT, ONE_DIGIT, PERCENTAGE, SWAPPED, Quantity, quantities, quantity
from generator.checks.prose.slips import Slip
from generator.numbers import rounded

_LED_IN = {
    GROWTH: re.compile(r"(?:增长|增加|上升|提高|增幅|下降|减少|降低|降幅)[^，。；%]{0,6}$"),
    SHARE: re.compile(r"占[^，。；%]{0,20}$"),
    COMPLETION: re.compile(r"(?:完成|执行)[^，。；%]{0,12}$"),
}
"""What stands before a percentage that is a ratio of this kind."""
_OF_OTHER_THINGS = re.compile(r"(?:(?<!增长)(?<!执行)(?<!完成)率|满意度)[^，。；%]{0,6}$")
"""What stands before a percentage that is none of figures: 办结率."""
_LAST_DECIMAL = Decimal("0.01")
_OF = r"(?:总额|合计|总计|总数|决算数?|预算数?|数|比重?|比例|的|为|达到?|是|[：:\s])*"


def contradicting_ratios(text: str, known: Known) -> Iterator[Slip]:
    """The percentages in `text` that are said of indicators and are not so, or are a known ratio miswritten."""
    told = set()
    for start, written, names, right in _named(text, known):
        if not _says(written, right):
            told.add(written.start)
            yield Slip(start, written.end, f"写的是 {text[written.start : written.end]}，而{names} {rounded(right)}%。")
    for written in quantities(text, PERCENTAGE):
        if written.start not in told and (meant := _meant(written, text, known)):
            how, ratio = meant
            of_known = f"{ratio.name} {abs(rounded(ratio.percent))}%"
            said = text[written.start : written.end]
            yield Slip(written.start, written.end, f"里的 {said} 与{of_known} {how}，请核对。")


def _named(text: str, known: Known) -> Iterator[tuple[int, Quantity, str, Decimal]]:
    """The shares and completions in `text` of indicators that it names: where, how written, of what, the right one."""
    for found in _shares(known.any_indicator).finditer(text):
        part, whole = known.indicators[found["name"]], known.indicators[found["whole"]]
        if whole:
            names = f"“{found['name']}”是“{found['whole']}”的"
            yield found.start(), quantity(found["percent"], found.start("percent")), names, percent(part, whole)
    for found in _completions(known.any_indicator).finditer(text):
        named = [one for one in known.bases if one[0] == found["name"] and found["base"] in one[1]]
        if len(named) == 1 and (base := known.bases[named[0]]):
            names = f"“{found['name']}”是“{named[0][1]}”的"
            right = percent(known.indicators[found["name"]], base)
            yield found.start(), quantity(found["percent"], found.start("percent")), names, right


def says_ratio(written: str, part: Decimal, whole: Decimal) -> bool:
    """Whether `written` is rightly what `part` is of `whole`."""
    return _says(quantity(written), percent(part, whole))


def _says(written: Quantity, ratio: Decimal) -> bool:
    """Of figures that are rounded themselves, a ratio may be off by the last of two decimals."""
    return written.says(ratio) or abs(written.value - rounded(abs(ratio))) <= _LAST_DECIMAL


@lru_cache(maxsize=16)
def _shares(name: str) -> re.Pattern[str]:
    figure = rf"(?P<name>{name}){BETWEEN}(?:{AMOUNT})?[，,]?"
    return re.compile(rf"{BEFORE}{figure}占(?:部门|全部)?(?P<whole>{name}){_OF}(?P<percent>{PERCENTAGE})")


@lru_cache(maxsize=16)
def _completions(name: str) -> re.Pattern[str]:
    figure = rf"(?P<name>{name}){BETWEEN}(?:{AMOUNT})?[，,]?"
    return re.compile(rf"{BEFORE}{figure}完成(?P<base>[年初全调整]*预算){_OF}(?P<percent>{PERCENTAGE})")


def _meant(written: Quantity, text: str, known: Known) -> tuple[str, Ratio] | None:
    """By which slip of the pen a percentage differs from a known one, and from which."""
    if any(_says(written, one.percent) for one in known.ratios):
        return None
    for one in known.ratios:
        how = written.miswrites(one.percent)
        is_meant = _LED_IN[one.kind].search(text, 0, written.start)
        if (how == ONE_DIGIT and is_meant) or (how == SWAPPED and not _OF_OTHER_THINGS.search(text, 0, written.start)):
            return how, one
    return None
