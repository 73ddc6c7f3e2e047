"""How figures are written: amounts, changes, shares and rates. Amounts are in 万元, exact until they are written.

In which unit, and with how many decimals, the edition says.

Every figure is rounded half up, on its own, from the exact one: the form's 注 calls what sums then lack 尾差.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol

from generator.numbers.phrases import filled
from generator.numbers.typed import Unit

ZERO = Decimal(0)


def rounded(amount: Decimal, decimals: int = 2) -> Decimal:
    """`amount` with `decimals` decimals, half up; never a negative zero."""
    result = amount.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return result or abs(result)


def separated(amount: Decimal, separators: bool = True) -> str:
    """An amount with two decimals, and with thousands separators unless these are not wanted: `5,143.02`."""
    return f"{rounded(amount):,.2f}" if separators else f"{rounded(amount):.2f}"


class FigureWording(Protocol):
    """What an edition lays down on how figures are written; its `写法` says what each of these is."""

    unit: Unit
    decimals: int
    table_separators: bool
    text_separators: bool
    table_zero: str
    text_zero: str
    rate_decimals: int
    plain_whole_rates: bool
    more: str
    less: str
    more_by: str
    less_by: str
    compared: str
    unchanged: str
    same: str
    no_base: str
    no_budget: str
    completed: str
    nothing_to_complete: str


class FigureWriter:
    """Writes figures in the way that one edition lays down."""

    def __init__(self, wording: FigureWording, unit: Unit | None = None) -> None:
        """`unit`: other than the edition's, where a table is published in one of its own."""
        self._wording = wording
        self.unit = unit or wording.unit

    def in_official_table(self, amount: Decimal) -> str:
        """An amount in a cell of an official table."""
        return self.figure(amount, self._wording.table_separators) if amount else self._wording.table_zero

    def in_table(self, amount: Decimal) -> str:
        """An amount in a cell of any other table, which belongs to the text."""
        return self._in_text(amount) if amount else self._wording.table_zero

    def amount(self, amount: Decimal) -> str:
        """An amount in running text, with its unit: `5,143.02万元`, `0万元`."""
        return (self._in_text(amount) if amount else self._wording.text_zero) + self.unit.value

    def figure(self, amount: Decimal, separators: bool = True) -> str:
        """An amount as it is published, without its unit: `5,143.02`."""
        return f"{self._published(amount):,f}" if separators else f"{self._published(amount):f}"

    def rate(self, ratio: Decimal, decimals: int | None = None) -> str:
        """A ratio in percent: `41.21%`; `0%` and `100%` where it is exactly that.

        `decimals`: other than the edition's. One too small for them is written to its first digit: `0.0006%`.
        """
        if ratio in (ZERO, Decimal(1)) and self._wording.plain_whole_rates:
            return f"{ratio:.0%}"
        decimals = self._wording.rate_decimals if decimals is None else decimals
        percent = ratio * 100
        if ratio and not rounded(percent, decimals):
            decimals = -percent.adjusted()
        return f"{rounded(percent, decimals):f}%"

    def share(self, part: Decimal, whole: Decimal, decimals: int | None = None) -> str:
        """What share of `whole` `part` is; a part of nothing is 0%."""
        return self.rate(part / whole if whole else ZERO, decimals)

    def completion(self, actual: Decimal, budget: Decimal, decimals: int | None = None) -> str:
        """What share of its budget was spent; the form's phrase for a budget of 0."""
        return self.rate(actual / budget, decimals) if budget else self._wording.no_budget

    def completed(self, actual: Decimal, budget: Decimal, budget_name: str, decimals: int | None = None) -> str:
        """How much of which budget was spent: `完成预算24.00万元的28.75%`; the form's phrase for a budget of 0."""
        wording = self._wording
        if not budget:
            return filled(wording.nothing_to_complete, 基数=budget_name, 预算=self.amount(budget))
        rate = self.rate(actual / budget, decimals)
        return filled(wording.completed, 基数=budget_name, 预算=self.amount(budget), 比率=rate)

    def change(self, now: Decimal, base: Decimal, base_name: str) -> str:
        """How `now` differs from `base`: `比上年决算增加1,117.25万元，增长27.75%`, or `与上年决算持平`.

        Figures that print alike are 持平; growth from a base of 0 is the form's phrase, not a number.
        """
        wording = self._wording
        if self._published(now) == self._published(base):
            return filled(wording.same, 基数=base_name)
        return filled(wording.compared, 基数=base_name, 变动=self.growth(now, base, base_name=base_name))

    def named_difference(self, now: Decimal, base: Decimal, base_name: str) -> str:
        """`change` without the rate: `比年初预算数增加576.58万元`, or `与年初预算数持平`."""
        if self._published(now) == self._published(base):
            return filled(self._wording.same, 基数=base_name)
        return filled(self._wording.compared, 基数=base_name, 变动=self.difference(now, base))

    def difference(self, now: Decimal, base: Decimal) -> str:
        """By how much `now` differs from `base`, without a rate: `增加576.58万元`, `减少…`, or `持平`."""
        if self._published(now) == self._published(base):
            return self._wording.unchanged
        difference = self._difference(now, base)
        phrase = self._wording.more_by if difference > 0 else self._wording.less_by
        return filled(phrase, 差额=self._in_text(abs(difference)) + self.unit.value)

    def growth(self, now: Decimal, base: Decimal, prefix: str = "", base_name: str = "基数") -> str:
        """The same where the sentence has named the base before: `增加1,117.25万元，增长27.75%`, or `持平`.

        `prefix` stands before 增加 or 减少 (`各增加…`).
        """
        wording = self._wording
        if self._published(now) == self._published(base):
            return wording.unchanged
        difference = self._difference(now, base)
        rate = self.rate(abs(now - base) / abs(base)) if base else filled(wording.no_base, 基数=base_name)
        phrase = wording.more if difference > 0 else wording.less
        return prefix + filled(phrase, 差额=self._in_text(abs(difference)) + self.unit.value, 比率=rate)

    def _in_text(self, amount: Decimal) -> str:
        return self.figure(amount, self._wording.text_separators)

    def comparison(self, left: Decimal, right: Decimal) -> str:
        """`大于`, `等于` or `小于`, as the two figures print."""
        difference = self._published(left) - self._published(right)
        return "等于" if not difference else "大于" if difference > 0 else "小于"

    def _published(self, amount: Decimal) -> Decimal:
        """`amount` in the unit and with the decimals in which it is published."""
        return rounded(amount / self.unit.in_ten_thousand, self._wording.decimals)

    def _difference(self, now: Decimal, base: Decimal) -> Decimal:
        """In 万元, what is printed as the difference: figures that print apart never differ by a printed 0.00."""
        if self._published(now - base):
            return now - base
        return (self._published(now) - self._published(base)) * self.unit.in_ten_thousand


def plain_number(value: Decimal | int) -> str:
    """A number that is no amount, without needless zeros: `20`, `9.5`."""
    text = f"{Decimal(value):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


_DIGITS = "〇一二三四五六七八九"


def chinese_number(number: int) -> str:
    """1 to 99 in Chinese: `一`, `十`, `二十三`."""
    if not 0 < number < 100:
        raise ValueError(f"“汉字”只能写 1 到 99，不能写 {number}。")
    tens, ones = divmod(number, 10)
    return ("" if not tens else "十" if tens == 1 else f"{_DIGITS[tens]}十") + (_DIGITS[ones] if ones else "")
