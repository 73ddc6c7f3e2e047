"""The relations of a department's figures: every check of the edition, written out for every cell that it speaks of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from generator.accounts import Accounts, Cell, RelationKind, Summand
from generator.edition import FIELD, LAST_YEAR, SAME_ROW, SUM, Check, Term
from generator.findings import Place, in_words
from generator.kinds import FreeTable, field_at, figures_of
from generator.numbers import Unit

HALF_A_UNIT = Decimal("0.005")
Source = Cell | tuple[str | int, ...]
"""Where a figure comes from: a cell of a table, or a field of the file (its path, list items by index)."""


class Part(NamedTuple):
    """One figure of a relation."""

    sign: int
    amount: Decimal
    """In 万元; a number that is no amount as it is."""
    source: Source
    unit: Decimal | None = Decimal(1)
    """How much one of the file's unit is, such as 0.0001 for 元; `None` for a number that is no amount."""

    @property
    def name(self) -> str:
        """The figure as a message names it."""
        return in_words(self.source)


Side = tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Relation:
    """A check at one place: what stands on its left and on its right."""

    check: Check
    left: Side
    right: Side

    @property
    def reason_path(self) -> tuple[str, ...]:
        """Where the file says why the two sides differ; empty where the check asks for no reason."""
        source, path = self.left[0].source, self.check.reasons_path
        if path and self.check.comparison:
            return (*path, str(self.right[0].source[-1]))
        return tuple(source.row if step == SAME_ROW and isinstance(source, Cell) else step for step in path)

    @property
    def difference(self) -> Decimal:
        """Left less right, in 万元."""
        return total(self.left) - total(self.right)


def total(side: Side) -> Decimal:
    """The sum of `side`, in 万元 (or in its fields' own units, where these are counts)."""
    return sum((part.amount if part.sign > 0 else -part.amount for part in side if part.amount), Decimal(0))


def place_of(accounts: Accounts, part: Part) -> Place | None:
    """Where the department wrote `part`; `None` for a derived figure."""
    if not isinstance(part.source, Cell):
        return accounts.place_of(part.source)
    stated = accounts.ledger.stated.get(part.source)
    return stated.place if stated else None


def has_reason(accounts: Accounts, relation: Relation) -> bool:
    """Whether the department says why the two sides of `relation` differ."""
    value: object = accounts.values
    for name in relation.reason_path:
        value = value.get(name) if isinstance(value, dict) else None
    return bool(value)


def allowance(accounts: Accounts, relation: Relation) -> Decimal:
    """How far the two sides may lie apart, in 万元.

    From 元 nothing: the sums are exact. From 万元 each amount is off by up to half of its last digit; so where one is
    held against the sum of n others, the two may be n × 0.005 apart. Figures that stand on both sides cancel out, a
    derived figure counts as the stated ones that it is made of. A 0 is exact, and so is what is no amount.
    """
    return Decimal(0) if accounts.unit is Unit.YUAN else rounding(accounts, relation, accounts.unit)


def rounding(accounts: Accounts, relation: Relation, unit: Unit) -> Decimal:
    """How far the two sides may lie apart, in 万元, where all amounts were rounded to two decimals of `unit`."""
    figures = sum(abs(times) for times in rounded_figures(accounts, relation).values())
    return HALF_A_UNIT * unit.in_ten_thousand * max(figures - 1, 0)


def rounded_figures(accounts: Accounts, relation: Relation) -> Counter[Source]:
    """The amounts, other than 0, that left less right comes down to, each with how often it counts."""
    counts: Counter[Source] = Counter()
    for sign, side in ((1, relation.left), (-1, relation.right)):
        for part in side:
            for source, times in _stated_parts(accounts, part).items():
                counts[source] += sign * part.sign * times
    return counts


def _stated_parts(accounts: Accounts, part: Part) -> Counter[Source]:
    if isinstance(part.source, Cell):
        return Counter(accounts.ledger.stated_parts(part.source))
    return Counter({part.source: 1} if part.amount and part.unit is not None else {})


def _summands(
    value: Any, path: tuple[str, ...], items: tuple[int, ...]
) -> Iterator[tuple[tuple[str | int, ...], Decimal]]:
    """Each figure that `…/各项之和/…` adds up, with its own path in the file; `items`: of the lists before it."""
    at = path.index(SUM)
    left, above = list(items), tuple[str | int, ...]()
    for name in path[:at]:
        if isinstance(value, list):
            above, value = (*above, left[0]), value[left.pop(0)]
        value = value[name] if isinstance(value, dict) else None
        above = (*above, name)
    if isinstance(value, FreeTable):
        yield (*above, path[-1]), value.合计[path[-1]]
        return
    for index, item in enumerate(value or ()):
        for name in path[at + 1 :]:
            item = item[name] if isinstance(item, dict) else None
        if isinstance(item, Decimal | int):
            yield (*above, index, *path[at + 1 :]), Decimal(item)


def _is_below(names: list[str], paths: list[list[str]]) -> bool:
    return any(names[: len(path)] == path for path in paths)


class Figures:
    """The figures of a department as checks name them, and the relations between them."""

    def __init__(self, accounts: Accounts) -> None:
        self._accounts = accounts
        self._ledger = accounts.ledger

    def amount(self, term: Term) -> Decimal:
        """The figure that `term` names."""
        return total(self.sum_of((term,)))

    def sum_of(self, terms: tuple[Term, ...]) -> Side:
        """What `terms`, of which none stands for several, add up."""
        return self._side(terms, "", ())

    def rests_on_a_negative_one(self, part: Part) -> bool:
        """Whether `part` follows from figures of which the department stated one below 0."""
        stated = self._ledger.stated
        if not isinstance(part.source, Cell) or part.source in stated:
            return False
        return any(stated[cell].amount < 0 for cell in self._ledger.stated_parts(part.source))

    def is_stated(self, part: Part) -> bool:
        """Whether the department wrote `part`, which then follows from no other figure."""
        return not isinstance(part.source, Cell) or part.source in self._ledger.stated

    def is_known(self, term: Term) -> bool:
        """Whether there is such a figure: last year's file may not be at hand, or be of a form that has none."""
        if term.last_year and term.row == SAME_ROW:
            previous = self._accounts.previous
            return previous is not None and previous.has_column(term.table, term.column)
        return not term.last_year or self._last_year(term, "") is not None

    def _last_year(self, term: Term, code: str) -> Decimal | None:
        previous, row = self._accounts.previous, code if term.row == SAME_ROW else term.row
        return previous.amount(Cell(term.table, row, term.column)) if previous else None

    def of_tables(self, check: Check, kind: RelationKind) -> Iterator[Relation]:
        ledger = self._ledger
        for cell in ledger.cells(check.tables):
            # A figure that was derived in this very way holds.
            if ledger.derived_by(cell) is kind or not (summands := ledger.relation(cell, kind)):
                continue
            if kind is RelationKind.IN_ROW and self._only_add_up([cell, *(part.cell for part in summands)]):
                continue
            yield Relation(check, (self._cell(1, cell),), self._summed(summands))

    def _only_add_up(self, cells: Iterable[Cell]) -> bool:
        """Whether a row's figures only add up the rows below: at fault only where one of these is, and shown there."""
        ledger = self._ledger
        return all(
            ledger.derived_by(cell) is RelationKind.HIERARCHY or (cell not in ledger.stated and not ledger.amount(cell))
            for cell in cells
        )

    def each(self, check: Check) -> Iterator[Part]:
        """Every figure of the tables that `check` names, and of the fields where it names 填报."""
        yield from (
            self._cell(1, cell)
            for cell in self._ledger.cells(name for name in check.tables if name in self._ledger.edition.tables)
            if cell.column not in check.exceptions
        )
        wanted, unwanted = (
            [path for field, *path in (name.split("/") for name in names) if field == FIELD]
            for names in (check.tables, check.exceptions)
        )
        accounts = self._accounts
        for path, number, is_amount in figures_of(accounts.edition.fields, accounts.values) if wanted else ():
            names = [step for step in path if isinstance(step, str)]
            if _is_below(names, wanted) and not _is_below(names, unwanted):
                yield Part(1, number, path, accounts.unit.in_ten_thousand if is_amount else None)

    def compared(self, check: Check) -> Iterator[Relation]:
        """Each indicator beside the figure that it is compared with."""
        edition = self._accounts.edition
        for name in edition.compared(check.comparison):
            now = self._summed(self._ledger.resolve(edition.indicators[name].terms))
            yield Relation(check, now, (self._field(1, (edition.comparison_field(check.comparison), name)),))

    def of_sides(self, check: Check) -> Iterator[Relation]:
        left, right = check.sides
        terms = (*left, *right)
        if any(term.row == SAME_ROW for term in terms):
            for code in self._explained(check) or self._codes(terms):
                # A sum of subjects is at fault only where one of these is.
                cells = (self._ledger.cell_of(term, code) for term in terms if not (term.field or term.last_year))
                if len(code) < 7 and self._only_add_up(cells):
                    continue
                yield Relation(check, self._side(left, code, ()), self._side(right, code, ()))
        else:
            for items in self._items(terms) if all(map(self._is_told, terms)) else ():
                yield Relation(check, self._side(left, "", items), self._side(right, "", items))

    def _is_told(self, term: Term) -> bool:
        """Whether the file may say what `term` names: what must be said in a group is not where that is left out."""
        value: Any = self._accounts.values
        for name in term.field:
            value = value.get(name) if isinstance(value, dict) else value
        field = field_at(self._accounts.edition.fields, term.field)
        return value is not None or not field or bool(field.left_out)

    def _explained(self, check: Check) -> list[str]:
        """The subjects of which the department says something, where the check asks for a reason of each."""
        path = check.reasons_path
        if SAME_ROW not in path:
            return []
        value: Any = self._accounts.values
        for name in path[: path.index(SAME_ROW)]:
            value = value[name]
        return sorted(value)

    def _codes(self, terms: tuple[Term, ...]) -> list[str]:
        """The subjects that any of the tables named shows."""
        tables = {term.table for term in terms if term.row == SAME_ROW and not term.last_year}
        return sorted({cell.row for cell in self._ledger.cells(tables) if cell.row.isdigit()})

    def _items(self, terms: tuple[Term, ...]) -> list[tuple[int, ...]]:
        """The items of the lists that the fields named are in; one empty tuple where they are in none."""
        fields = [term.field for term in terms if term.field]
        return self._walk(self._accounts.values, fields[0]) if fields else [()]

    def _walk(self, value: object, path: tuple[str, ...]) -> list[tuple[int, ...]]:
        if isinstance(value, list) and path[0] != SUM:
            return [(index, *rest) for index, item in enumerate(value) for rest in self._walk(item, path)]
        if isinstance(value, dict) and path:
            return self._walk(value.get(path[0]), path[1:])
        return [()]

    def _side(self, terms: tuple[Term, ...], code: str, items: tuple[int, ...]) -> Side:
        return tuple(part for term in terms for part in self._parts(term, code, items))

    def _parts(self, term: Term, code: str, items: tuple[int, ...]) -> list[Part]:
        if SUM in term.field:
            unit = self._unit_of(term.field)
            found = _summands(self._accounts.values, term.field, items)
            return [Part(term.sign, amount, source, unit) for source, amount in found]
        return [self._field(term.sign, term.field, items) if term.field else self._term(term, code)]

    def _term(self, term: Term, code: str) -> Part:
        if term.last_year:
            amount = self._last_year(term, code)
            assert amount is not None, "a relation is made only of what is known"
            source = (LAST_YEAR, term.table, code if term.row == SAME_ROW else term.row, term.column)
            return Part(term.sign, amount, source, self._accounts.unit.in_ten_thousand)
        return self._cell(term.sign, self._ledger.cell_of(term, code))

    def _summed(self, summands: list[Summand]) -> Side:
        return tuple(self._cell(part.sign, part.cell) for part in summands)

    def _cell(self, sign: int, cell: Cell) -> Part:
        return Part(sign, self._ledger.amount(cell), cell, self._accounts.unit.in_ten_thousand)

    def _field(self, sign: int, path: tuple[str, ...], items: tuple[int, ...] = ()) -> Part:
        value: object = self._accounts.values
        steps: list[str | int] = []
        left = list(items)
        for name in path:
            value = value[name] if isinstance(value, dict) else None
            steps.append(name)
            if isinstance(value, list):
                index = left.pop(0)
                value = value[index]
                steps.append(index)
        amount = value if isinstance(value, Decimal | int) else self._accounts.left_out(path)
        return Part(sign, Decimal(amount), tuple(steps), self._unit_of(path))

    def _unit_of(self, path: tuple[str, ...]) -> Decimal | None:
        """The unit of the amounts of the field at `path`, in which its list items are passed over."""
        fields, kind = self._accounts.edition.fields, None
        for name in path:
            field = next((field for field in fields if field.name == name), None)
            fields, kind = (field.below, field.kind) if field else (fields, kind)
        counts = kind and kind.is_number and not kind.is_amount
        return None if counts else self._accounts.unit.in_ten_thousand
