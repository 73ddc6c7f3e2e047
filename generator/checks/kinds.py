"""The kinds of check: where each applies, what the handbook says of it, when it fails and what is said then."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import ClassVar, NamedTuple

from generator.accounts import Accounts, RelationKind
from generator.checks.relations import Figures, Relation, allowance, has_reason, total
from generator.checks.wording import both_sides, name_of, names, show, shown, sum_of, unit_of
from generator.edition import SAME_ROW, Check, CheckKind
from generator.numbers import ZERO


class Failure(NamedTuple):
    """What is said of a relation that does not hold."""

    message: str
    """Without the name of the check."""
    has_cause: bool = True
    """Whether a figure that was miswritten may have caused it."""


class KindOfCheck(ABC):
    """A kind of check; what is not abstract here does for one of two sums."""

    relation: RelationKind | None = None
    """Which relation inside the tables it holds figures against, if it does."""

    def relations(self, check: Check, figures: Figures) -> Iterator[Relation]:
        """`check` wherever it applies."""
        return figures.of_sides(check)

    @abstractmethod
    def statement(self, check: Check) -> str:
        """What `check` demands, for the handbook."""

    @abstractmethod
    def failure(self, accounts: Accounts, relation: Relation) -> Failure | None:
        """What is wrong with `relation`; `None` where it holds."""


class OfSums(KindOfCheck):
    """One sum stands to the other as is demanded, or is too far from it by what can be told."""

    def __init__(self, demand: str, said: str, too_far: Callable[[Decimal], Decimal]) -> None:
        """`too_far`: by how much, given the left sum less the right one; `said`: how that is introduced."""
        self._demand = demand
        self._said = said
        self._too_far = too_far

    def statement(self, check: Check) -> str:
        return f"{sum_of(check.left)} {self._demand} {sum_of(check.right)}。"

    def failure(self, accounts: Accounts, relation: Relation) -> Failure | None:
        rest = self._too_far(relation.difference)
        if not rest or rest <= allowance(accounts, relation):
            return None
        said = f"{both_sides(relation)}，{self._said} {show(rest, unit_of(relation.left))}。"
        return Failure(said + (_asked_unit(accounts, relation) if self._is_of_size(relation) else ""))

    def _is_of_size(self, relation: Relation) -> bool:
        """Whether a part is that much greater than the whole that it is likely in another unit."""
        of_amounts = unit_of(relation.left) is not None and unit_of(relation.right) is not None
        is_part = relation.check.kind is CheckKind.AT_MOST and of_amounts
        return is_part and total(relation.left) > _TIMES * total(relation.right) > 0


class OfTables(OfSums):
    """Each figure of the tables is what the relation makes of others."""

    def __init__(self, relation: RelationKind, meaning: str) -> None:
        super().__init__("等于", "相差", abs)
        self.relation = relation
        self._meaning = meaning

    def relations(self, check: Check, figures: Figures) -> Iterator[Relation]:
        assert self.relation
        return figures.of_tables(check, self.relation)

    def statement(self, check: Check) -> str:
        return _of_tables(check, self._meaning)


class NotNegative(KindOfCheck):
    """No figure is negative."""

    def relations(self, check: Check, figures: Figures) -> Iterator[Relation]:
        negative = (part for part in figures.each(check) if part.amount < 0)
        return (Relation(check, (part,), ()) for part in negative if not figures.rests_on_a_negative_one(part))

    def statement(self, check: Check) -> str:
        return _of_tables(check, "逐个核对：不是负数")

    def failure(self, accounts: Accounts, relation: Relation) -> Failure | None:
        if total(relation.left) >= 0:
            return None
        by_rounding = -total(relation.left) <= allowance(accounts, relation)
        hint = "由尾差形成，请直接填写这个数，如 0。" if by_rounding else ""
        return Failure(f"{names(relation.left)}是 {shown(relation.left)}。{hint}", has_cause=not by_rounding)


class Limited(KindOfCheck):
    """A sum, or each figure of the tables, is not greater than any that is thinkable."""

    def relations(self, check: Check, figures: Figures) -> Iterator[Relation]:
        if check.left:
            yield from figures.of_sides(check)
            return
        right = figures.sum_of(check.sides[1])
        yield from (Relation(check, (part,), right) for part in figures.each(check) if part.unit is not None)

    def statement(self, check: Check) -> str:
        times = f"的 {check.limit:,} 倍" if check.limit != 1 else ""
        limit = f"{sum_of(check.right)} {times}".rstrip() if check.right else f"{check.limit:,}（金额按万元）"
        return f"{sum_of(check.left)} 不超过 {limit}。" if check.left else _of_tables(check, f"每个金额不超过 {limit}")

    def failure(self, accounts: Accounts, relation: Relation) -> Failure | None:
        left, right, limit = total(relation.left), total(relation.right), relation.check.limit
        # What is 0 limits nothing: that a part is there without the whole is another check's to say.
        if limit is None or (relation.right and not right):
            return None
        if left - (limit * right if relation.right else limit) <= allowance(accounts, relation):
            return None
        most = _bound(limit, relation)
        if relation.right:
            most = f"{names(relation.right)}（{shown(relation.right)}）" + (f"的 {limit:,} 倍" if limit != 1 else "")
        said = f"{names(relation.left)}是 {shown(relation.left)}，超过{most}。"
        return Failure(said + _asked_unit(accounts, relation), has_cause=False)


class AtLeast(KindOfCheck):
    """A sum that is not 0 is not less than any that is thinkable."""

    def statement(self, check: Check) -> str:
        return f"{sum_of(check.left)} 不少于 {check.least:,}（金额按万元）。"

    def failure(self, accounts: Accounts, relation: Relation) -> Failure | None:
        least = relation.check.least
        if least is None or not 0 < total(relation.left) < least:
            return None
        said = f"{names(relation.left)}是 {shown(relation.left)}，不到 {_bound(least, relation)}。"
        return Failure(said + _asked_unit(accounts, relation), has_cause=False)


class SmallToo(KindOfCheck):
    """Not all of many figures are great."""

    _FEWEST = 20
    """Figures other than 0."""

    def relations(self, check: Check, figures: Figures) -> Iterator[Relation]:
        """The least of the figures."""
        amounts = (part for part in figures.each(check) if part.amount and part.unit is not None)
        stated = [part for part in amounts if figures.is_stated(part)]
        if len(stated) >= self._FEWEST:
            yield Relation(check, (min(stated, key=lambda part: part.amount),), ())

    def statement(self, check: Check) -> str:
        return _of_tables(check, f"填的金额不能全都超过 {check.limit:,} 万元")

    def failure(self, accounts: Accounts, relation: Relation) -> Failure | None:
        limit = relation.check.limit
        if limit is None or total(relation.left) <= limit:
            return None
        said = f"填的金额全都超过 {limit:,} 万元，最小的{names(relation.left)}也有 {shown(relation.left)}。"
        return Failure(said + _asked_unit(accounts, relation), has_cause=False)


class Together(KindOfCheck):
    """Either both sums are 0 or neither is."""

    def statement(self, check: Check) -> str:
        return f"{sum_of(check.left)} 与 {sum_of(check.right)}，同为 0 或同不为 0。"

    def failure(self, accounts: Accounts, relation: Relation) -> Failure | None:
        if bool(total(relation.left)) == bool(total(relation.right)):
            return None
        return Failure(f"{both_sides(relation)}，应当同有同无。", has_cause=False)


class OfPairs(KindOfCheck):
    """Of two sums wherever they stand side by side, or of each indicator and what it is compared with."""

    def relations(self, check: Check, figures: Figures) -> Iterator[Relation]:
        return figures.compared(check) if check.comparison else figures.of_sides(check)

    def pairs(self, check: Check) -> str:
        """What is held against what, for the handbook."""
        return f"各指标与{check.comparison}" if check.comparison else f"{sum_of(check.left)} 与 {sum_of(check.right)} "


class Explained(OfPairs):
    """A change beyond the threshold has a reason."""

    def statement(self, check: Check) -> str:
        return f"{self.pairs(check)}相比，变动超过 {check.threshold:.0%} 的，“{name_of(check.reasons)}”不能空。"

    def failure(self, accounts: Accounts, relation: Relation) -> Failure | None:
        now, base = total(relation.left), total(relation.right)
        threshold = relation.check.threshold or Decimal(0)
        if abs(now - base) <= threshold * abs(base) or has_reason(accounts, relation):
            return None
        row = str(relation.left[0].source[1])
        field = " › ".join(row if step == SAME_ROW else step for step in relation.check.reasons_path)
        message = f"{both_sides(relation)}，变动超过 {threshold:.0%}，请在“{field}”里说明原因。"
        return Failure(message, has_cause=False)


class Magnitude(OfPairs):
    """Not most of the pairs differ by the same power of ten, as they do where figures are in another unit."""

    _FEWEST, _MOST = 2, Decimal(2) / 3
    """Pairs of two figures that are not 0, and the share of them that must differ alike."""
    _NEAR: ClassVar = {1: 0.02, 2: 0.02, 4: 0.2}
    """How far a quotient's logarithm may be from these powers: a unit is another one, whatever changed besides."""

    def relations(self, check: Check, figures: Figures) -> Iterator[Relation]:
        """The first of the pairs that differ alike."""
        pairs = [one for one in super().relations(check, figures) if total(one.left) > 0 and total(one.right) > 0]
        for power, (count, first) in self._alike(pairs).items():
            if power and count >= self._FEWEST and count >= self._MOST * len(pairs):
                yield first

    def _alike(self, pairs: list[Relation]) -> dict[int, tuple[int, Relation]]:
        """How many pairs differ by a power of ten, and the first of them, by the power."""
        found: dict[int, tuple[int, Relation]] = {}
        for one in pairs:
            power = self._power(one)
            count, first = found.get(power, (0, one))
            found[power] = count + 1, first
        return found

    def _power(self, relation: Relation) -> int:
        """By which power of ten the left side is greater than the right one, nearly; 0 where by none that is told."""
        exponent = float((total(relation.left) / total(relation.right)).log10())
        nearest = round(exponent)
        return nearest if abs(exponent - nearest) <= self._NEAR.get(abs(nearest), -1) else 0

    def statement(self, check: Check) -> str:
        return f"{self.pairs(check)}相比，不能大多相差十倍、百倍或一万倍左右。"

    def failure(self, accounts: Accounts, relation: Relation) -> Failure | None:
        power = self._power(relation)
        times = {1: "十", 2: "一百", 4: "一万"}[abs(power)]
        way = f"{times}倍左右" if power > 0 else f"{times}分之一左右"
        example = f"大多数的数是所比的数的{way}，如{both_sides(relation)}。"
        return Failure(f"{example}{_UNIT.format(accounts.unit.value)}两边的数用的是不是同一个单位。", has_cause=False)


class NotCopied(OfPairs):
    """Not all pairs are equal."""

    _FEWEST = 3
    """Pairs that are not 0."""

    def relations(self, check: Check, figures: Figures) -> Iterator[Relation]:
        """The first of the pairs, where all are equal."""
        pairs = [one for one in super().relations(check, figures) if total(one.left) or total(one.right)]
        if len(pairs) >= self._FEWEST and not any(one.difference for one in pairs):
            yield pairs[0]

    def statement(self, check: Check) -> str:
        return f"{self.pairs(check)}相比，不能全都一样。"

    def failure(self, accounts: Accounts, relation: Relation) -> Failure | None:
        return Failure(f"全部的数都一样，如{both_sides(relation)}。请核对是不是照抄了。", has_cause=False)


_TIMES = 10
_UNIT = "请核对“金额单位: {}”，"


def _bound(bound: Decimal, relation: Relation) -> str:
    return f"{bound:,} 万元" if unit_of(relation.left) is not None else f"{bound:,}"


def _asked_unit(accounts: Accounts, relation: Relation) -> str:
    """What to look at where a figure's size tells that it may be in the other unit."""
    if unit_of(relation.left) is None:
        return "请核对。"
    return f"{_UNIT.format(accounts.unit.value)}数是以元还是以万元填的。"


KINDS: dict[CheckKind, KindOfCheck] = {
    CheckKind.IN_ROW: OfTables(RelationKind.IN_ROW, "逐行核对：一栏等于表格规定的其他栏之和"),
    CheckKind.HIERARCHY: OfTables(RelationKind.HIERARCHY, "逐级核对：上级科目等于下一级各科目之和"),
    CheckKind.BETWEEN_ROWS: OfTables(RelationKind.BETWEEN_ROWS, "逐行核对：合计行等于各行之和，取自其他表的等于其他表"),
    CheckKind.EQUAL: OfSums("等于", "相差", abs),
    CheckKind.AT_MOST: OfSums("不大于", "多出", lambda difference: max(difference, ZERO)),
    CheckKind.LIMITED: Limited(),
    CheckKind.AT_LEAST: AtLeast(),
    CheckKind.SMALL_TOO: SmallToo(),
    CheckKind.NOT_NEGATIVE: NotNegative(),
    CheckKind.TOGETHER: Together(),
    CheckKind.EXPLAINED: Explained(),
    CheckKind.MAGNITUDE: Magnitude(),
    CheckKind.NOT_COPIED: NotCopied(),
}


def _of_tables(check: Check, meaning: str) -> str:
    exceptions = f"（{'、'.join(map(name_of, check.exceptions))}除外）" if check.exceptions else ""
    return f"{'、'.join(map(name_of, check.tables))}{meaning}{exceptions}。"
