"""The reasons that a department gives for what changed (有原因), and which of them are told."""

from __future__ import annotations

from typing import Any

from generator.accounts import Accounts, Cell
from generator.checks.relations import Relation, relations, total
from generator.edition.terms import SAME_ROW
from generator.numbers import comparison


def has_reason(accounts: Accounts, relation: Relation) -> bool:
    """Whether the department says why the two sides of `relation` differ."""
    value: object = accounts.values
    for name in _path(relation):
        value = value.get(name) if isinstance(value, dict) else None
    return bool(value)


def told_values(accounts: Accounts) -> dict[str, Any]:
    """The fields of `accounts` without the reasons (有变动才写) of figures that print as what they are held against."""
    values = accounts.values
    for check in accounts.edition.checks:
        field = accounts.edition.reasons_field(check)
        if field and field.only_if_changed:
            for relation in relations(accounts, check):
                alike = comparison(total(relation.left), total(relation.right)) == "等于"
                if alike and has_reason(accounts, relation):
                    values = _without(values, *_path(relation))
    return values


def _path(relation: Relation) -> tuple[str, ...]:
    """Where the fields hold the reason that `relation` asks for."""
    path, source = relation.check.reasons_path, relation.left[0].source
    if relation.check.comparison:
        return (*path, str(relation.right[0].source[-1]))
    return tuple(source.row if step == SAME_ROW and isinstance(source, Cell) else step for step in path)


def _without(values: dict[str, Any], name: str, *below: str) -> dict[str, Any]:
    return values | {name: _without(values[name], *below) if below else None}
