"""The figures of indicators (指标)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from generator.accounts.ledger import Ledger
from generator.accounts.rows import Cell
from generator.edition import Term
from generator.kinds import field_at


def indicator_figure(name: str, ledger: Ledger, values: dict[str, Any]) -> Decimal | int:
    """The figure of the indicator `name` of the ledger's edition: an amount in 万元, a count or another number.

    `values`: the department's fields. There always is a figure: an edition makes an indicator of what may be left out
    only where it says what that means (不填即为).
    """
    parts = indicator_parts(name, ledger, values)
    return sum(sign * (ledger.amount(part) if isinstance(part, Cell) else part) for sign, part in parts)


def indicator_parts(name: str, ledger: Ledger, values: dict[str, Any]) -> Iterator[tuple[int, Cell | Decimal | int]]:
    """What the indicator `name` adds up (1) or takes away (-1): cells, entries, and what other indicators add up."""
    for term in ledger.edition.indicators[name].terms:
        for sign, part in _parts(term, ledger, values):
            yield term.sign * sign, part


def _parts(term: Term, ledger: Ledger, values: dict[str, Any]) -> Iterable[tuple[int, Cell | Decimal | int]]:
    if term.table:
        return [(1, ledger.cell_of(term))]
    if term.name:
        return indicator_parts(term.name, ledger, values)
    entered: Any = values
    for step in term.field:
        entered = entered[step]
    if entered is not None:
        return [(1, entered)]
    field = field_at(ledger.edition.fields, term.field)
    return indicator_parts(field.stands_for, ledger, values) if field and field.stands_for else []
