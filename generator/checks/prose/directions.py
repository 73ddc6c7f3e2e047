"""Reasons that go the other way than the figure that they explain, and what any text says of an indicator's change."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from generator.accounts import Accounts, Cell, TypedText
from generator.checks.evaluation import relations
from generator.checks.prose.known import percent
from generator.checks.prose.quantities import AMOUNT, PERCENTAGE, quantity
from generator.checks.prose.ratios import says_ratio
from generator.checks.prose.slips import Slip
from generator.checks.relations import place_of, total
from generator.checks.wording import names
from generator.edition import CheckKind
from generator.findings import Place
from generator.numbers import rounded, separated

_UP, _DOWN = "增加|增长|上升|提高|增支|调增|上涨", "减少|降低|下降|减支|调减|压减|缩减"
_SAME = "持平|一致|相同|相等|不变|[无没]有?(?:增减)?(?:变化|变动)|[无没]有?增减|未发生变[化动]"
_HINTS_OF_UP = re.compile(rf"{_UP}|新增|追加|增|扩大|加重|加大|划入|补发")
_HINTS_OF_DOWN = re.compile(rf"{_DOWN}|压缩|节约|减|取消|划出|控制")
_SAID_UP, _SAID_DOWN = re.compile(rf"(?<![未没不])(?:{_UP}|新增|追加)"), re.compile(rf"(?<![未没不])(?:{_DOWN})")
_OPENING = r"(?:^|(?<=[，。；：、\n]))"
_SUBJECT = r"(?:本年度?|全年|今年|该项|支出|收入|经费|规模|总体上?|决算数?|总额|合计)*"
_SAYS = (
    r"(?:(?:比|较|与|和|同)(?P<base>(?:上一?|[0-9]{4})年度?(?![年初]*预算)|去年|年初预算|年初|全年预算|预算)(?:同期|决算|支出|收入)*数?(?:相比|比较)?"
    r"|(?P<same>同比))[，,]?(?:总体|保持|有所|大幅|明显|相应)*(?P<roughly>基本|略有?|大体)?(?:保持)?"
    rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN})|(?P<equal>{_SAME}))了?"
    rf"(?P<by>{AMOUNT})?(?:[，,]?(?:{_UP}|{_DOWN}|增幅|降幅)?(?:为|达|了)?(?P<rate>{PERCENTAGE}))?"
)
_STAYED = re.compile(rf"{_SUBJECT}(?P<roughly>基本)?(?:保持)?(?:{_SAME})(?=[，。；]|$)")
"""What a reason begins with that says of its figure that it did not change."""
_COMPARED = re.compile(_OPENING + _SUBJECT + _SAYS)
_OF_OTHERS = rf"(?:决算|总额|合计|总计|共计|为|数|[：:\s])*(?:{AMOUNT})?[，,]?"
"""What may stand between an indicator's name and what is said of its change."""
_PARTS = re.compile(r"[；;。]|[一二三四五六]是")
_ROUGHLY = Decimal("0.05")


class ExplainedChange(NamedTuple):
    """A figure, what it is compared with, and how messages name the two. In 万元."""

    now: Decimal
    base: Decimal
    name: str
    base_name: str
    of_budget: bool
    """Whether it is compared with a budget; else with last year."""
    side_by_side: bool
    """Whether both are fields; a row of a table may begin or end with any year."""
    places: tuple[Place, ...]
    """Where the two are written."""

    @property
    def difference(self) -> Decimal:
        return rounded(self.now) - rounded(self.base)

    @property
    def told(self) -> str:
        """What is so, after a comma."""
        left, right = separated(self.now), separated(self.base)
        if not self.difference:
            return f"而{self.name}和{self.base_name}都是 {left} 万元，没有变动，请改正"
        way = "增加" if self.difference > 0 else "减少"
        by = separated(abs(self.difference))
        rate = f"（{abs(rounded(percent(self.difference, self.base)))}%）" if self.base else ""
        return f"而{self.name}是 {left} 万元，{self.base_name}是 {right} 万元，{way} {by} 万元{rate}，请改正"


@dataclass(frozen=True)
class ExplainedChanges:
    """The changes of which a department's file gives reasons."""

    year: int
    by_reason: dict[tuple[str, ...], ExplainedChange]
    """By the path of the field that gives the reason."""
    by_name: dict[tuple[str, bool], ExplainedChange]
    """Those of indicators, by name and whether they are compared with a budget."""

    @cached_property
    def said_of_indicators(self) -> re.Pattern[str]:
        """What a text says of the change of an indicator that it names."""
        known = "|".join(sorted({re.escape(name) for name, _ in self.by_name}, key=len, reverse=True))
        return re.compile(rf"{_OPENING}(?:其中|本年度?|全年)?[，：]?(?P<name>{known}){_OF_OTHERS}{_SAYS}")

    def are_meant(self, found: re.Match[str], of_budget: bool) -> bool:
        """Whether what is said compares with the budget, or with last year, as is wanted."""
        base = found["base"] or ""
        other_year = re.match("[0-9]{4}", base)
        return ("预算" in base) == of_budget and (not other_year or int(other_year[0]) == self.year - 1)


def explained_changes(accounts: Accounts) -> ExplainedChanges:
    """Every change that the edition asks a reason for, whether there is one or not."""
    by_reason, by_name = {}, {}
    for check in accounts.edition.checks:
        if check.kind is CheckKind.EXPLAINED:
            for relation in relations(accounts, check):
                left, right = relation.left, relation.right
                of_budget = "预算" in (check.comparison or names(right))
                places = tuple(place for part in (*left, *right) if (place := place_of(accounts, part)))
                figures = (total(left), total(right), names(left), names(right))
                side_by_side = not any(isinstance(part.source, Cell) for part in (*left, *right))
                change = ExplainedChange(*figures, of_budget, side_by_side, places)
                by_reason[relation.reason_path] = change
                if check.comparison:
                    by_name[relation.reason_path[-1], of_budget] = change
    return ExplainedChanges(accounts.year, by_reason, by_name)


def opposite(typed: TypedText, changes: ExplainedChanges) -> Iterator[Slip]:
    """What `typed` says of the change of an indicator, or as a reason of its own figure's, that is not so."""
    for found in changes.said_of_indicators.finditer(typed.text) if changes.by_name else ():
        meant = changes.by_name.get((found["name"], "预算" in (found["base"] or "")))
        if meant and changes.are_meant(found, meant.of_budget) and (wrong := _wrong(found, meant)):
            yield Slip(*found.span(), wrong)
    if change := changes.by_reason.get(tuple(_key(step) for step in typed.path)):
        yield from _of_reason(typed, change, changes)


def _of_reason(reason: TypedText, change: ExplainedChange, changes: ExplainedChanges) -> Iterator[Slip]:
    """What `reason` says of its own figure that is not so: that it grew, fell or stayed, or by how much.

    Where it says nothing of the figure itself, a reason that knows only the other way.
    """
    said = [found for found in _COMPARED.finditer(reason.text) if changes.are_meant(found, change.of_budget)]
    for found in said:
        if wrong := _wrong(found, change):
            yield Slip(*found.span(), wrong)
    stayed = _STAYED.match(reason.text)
    if stayed and change.difference and not _is_near(stayed, change):
        yield Slip(*stayed.span(), f"说“{stayed[0]}”，{change.told}。")
    elif not said and change.difference:
        grew = change.difference > 0
        against, right = (_SAID_DOWN, _HINTS_OF_UP) if grew else (_SAID_UP, _HINTS_OF_DOWN)
        one_way = against.search(reason.text)
        if one_way and (not right.search(reason.text) or _every_part_says(reason.text, grew)):
            yield Slip(*one_way.span(), f"只说了“{one_way[0]}”，{change.told}。")


def _is_near(found: re.Match[str], change: ExplainedChange) -> bool:
    """Whether a figure stayed so nearly as it was that 基本持平 is right."""
    return bool(found["roughly"]) and abs(change.difference) <= _ROUGHLY * abs(change.base)


def _every_part_says(text: str, grew: bool) -> bool:
    """Whether each of the reasons 一是, 二是 … in `text` goes the other way than a figure that `grew` or fell."""
    parts = [part for part in _PARTS.split(text) if part.strip()]
    against, right = (_SAID_DOWN, _SAID_UP) if grew else (_SAID_UP, _SAID_DOWN)
    return len(parts) > 1 and all(against.search(part) and not right.search(part) for part in parts)


def _key(step: str | int) -> str:
    """A step of a path as the accounts know it: a subject by its code."""
    code = re.match(r"([0-9]{3,7}) ", f"{step} ")
    return code[1] if code else str(step)


def _wrong(found: re.Match[str], change: ExplainedChange) -> str:
    """What is not so of a comparison that is said of `change`; empty where it is."""
    says = f"说“{found['up'] or found['down'] or found['equal']}”，{change.told}。"
    if found["equal"]:
        return says if change.difference and not _is_near(found, change) else ""
    if not change.difference and found["by"] and not quantity(found["by"]).value:
        return ""  # so the form says 持平: 增加0.00万元
    if change.difference == 0 or (change.difference > 0) != bool(found["up"]):
        return says
    if found["by"] and not quantity(found["by"]).says(change.difference):
        return f"说“{found['by']}”，{change.told}。"
    if found["rate"] and change.base and not says_ratio(found["rate"], change.difference, change.base):
        return f"说“{found['rate']}”，{change.told}。"
    return ""
