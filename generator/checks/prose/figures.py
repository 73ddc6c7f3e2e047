"""Amounts in a text that say something else than the tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from generator.checks.prose.known import Known
from generator.checks.prose.quantities import AMOUNT, FEWEST_DIGITS, ONE_DIGIT, SWAPPED, Quantity, quantities, quantity
from generator.checks.prose.slips import Slip, sentence
from generator.numbers import rounded, separated

BEFORE = r"(?:^|(?<=[，。；：、（(\s年度局委办门中]))"
"""Where the name of an indicator may begin: not within a longer one."""
BETWEEN = r"(?:总额|合计|总计|决算|数|额|共计?|完成|发生|实际|实现|为|达到?|了|是|[：:\s])*"
"""What may stand between a name and its figure."""
_TOTAL = (
    r"(?:^|(?<=[。；：\n])|(?<=[年门])|(?<=年度))(?:全年|本年度?|部门)*"
    rf"(?P<total>收入|支出)(?:总额|合计|总计|共计|总量|总数|共){BETWEEN}(?P<amount>{AMOUNT})"
)
_FEWEST_OF_NAMED = 3
"""Digits of an amount whose subject is named: chance is small there."""
_WHOLE = re.compile("总收入|总支出|本年|全年|合计|总计|共计")
_OF_OTHER_YEAR = re.compile(r"(?:上年度?|去年|上一年度?|预算|(?P<year>[0-9]{4})\s*年度?)\s*$")


def contradicting(text: str, known: Known) -> Iterator[Slip]:
    """The amounts in `text` that stand after a known name and are not its, or are a known one miswritten."""
    told = set()
    for start, written, name, figures in _named(text, known):
        if not any(map(written.says, figures)) and rounded(written.value) not in known.in_tables:
            told.add(written.start)
            right = separated(known.indicators.get(name, max(figures)))
            said = text[written.start : written.end]
            yield Slip(start, written.end, f"写的是 {said}，而“{name}”是 {right} 万元。")
    for written in quantities(text):
        if written.start not in told and not _is_known(written, known) and (meant := _meant(written, text, known)):
            how, name, figure = meant
            said = text[written.start : written.end]
            says = f"里的 {said} 与“{name}”的 {separated(figure)} 万元{how}，请核对。"
            yield Slip(written.start, written.end, says)


def _named(text: str, known: Known) -> Iterator[tuple[int, Quantity, str, tuple[Decimal, ...]]]:
    """The amounts in `text` said to be of what has a name: where the name begins, the name, what they may be."""
    for found in _amount_of(known.any_name).finditer(text):
        other = _OF_OTHER_YEAR.search(text, 0, found.start())
        written = quantity(found["amount"], found.start("amount"))
        if (not other or other["year"] == str(known.year)) and not _is_of_another(text, found.start(), written):
            yield found.start(), written, found["name"], known.figures_of(found["name"])
    for found in re.finditer(_TOTAL, text):
        if names := known.totals[found["total"]]:
            figures = tuple(known.indicators[name] for name in names)
            yield found.start("total"), quantity(found["amount"], found.start("amount")), names[0], figures


@lru_cache(maxsize=16)
def _amount_of(name: str) -> re.Pattern[str]:
    return re.compile(rf"{BEFORE}(?P<name>{name}){BETWEEN}(?P<amount>{AMOUNT})")


def _is_of_another(text: str, at: int, written: Quantity) -> bool:
    """Whether what is named `at` is a part, after 其中, of an amount that is no total, or of nothing."""
    before = text[sentence(text, at, at)[0] : at]
    whole, among, _ = before.rpartition("其中")
    return bool(among) and (not written.value or (bool(re.search(AMOUNT, whole)) and not _WHOLE.search(whole)))


@lru_cache(maxsize=16)
def _by_name(name: str) -> re.Pattern[str]:
    return re.compile(rf"{BEFORE}(?P<name>{name}){BETWEEN}(?P<amount>{AMOUNT})")


def _meant(written: Quantity, text: str, known: Known) -> tuple[str, str, Decimal] | None:
    """By which slip of the pen `written` differs from a known figure, what that is called, and the figure."""
    if subject := re.search(rf"(?P<name>{known.any_subject})(?:支出)?{BETWEEN}(?:约|近)?$", text[: written.start]):
        for figure in known.subjects[subject["name"]]:
            if how := written.miswrites(figure, _FEWEST_OF_NAMED):
                return how, subject["name"], figure
    for figure, name in known.names.items():
        how = written.miswrites(figure)
        is_near = figure in known.outside_tables
        if how == SWAPPED and (is_near or written.digits > FEWEST_DIGITS):
            return how, name, figure
        if how == ONE_DIGIT and written.digits > FEWEST_DIGITS + (not is_near):
            return how, name, figure
    return None


def _is_known(written: Quantity, known: Known) -> bool:
    return rounded(written.value) in known.names or any(written.says(one) for one in known.outside_tables)
