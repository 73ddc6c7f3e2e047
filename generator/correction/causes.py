"""What each difference of two documents comes from: it would not be there without this or that entered change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from typing import Any

from generator.accounts import Accounts, Cell, Ledger, restated
from generator.correction.differences import Difference, What, compare
from generator.correction.document import Filled
from generator.correction.entered import Entered
from generator.correction.official import Official, rows_before_figures
from generator.correction.versions import Versions
from generator.edition import DEPARTMENT, SUBJECTS
from generator.findings import InvalidInput

Group = tuple[Entered, ...]
"""Entered changes that are taken back together."""
_MOST_GROUPS = 24
"""How often the template is filled at most; of more changes than this, those of a row or a table go together."""


class Causes:
    """Finds the causes of differences by filling the template without one change after the other.

    `new`: the new document as it was filled; `fill` fills one from accounts, and raises `InvalidInput` where it cannot.
    """

    def __init__(
        self, versions: Versions, entered: list[Entered], new: Filled, fill: Callable[[Accounts], Filled]
    ) -> None:
        self._versions = versions
        self._entered = entered
        self._new = new
        self._fill = fill

    def of(self, differences: list[Difference]) -> list[Group]:
        """For each of `differences` the changes without which it would not be there; pages in the 目录 have none."""
        told = [difference for difference in differences if difference.what is not What.PAGE]
        without = list(self._without_each()) if told and len(self._entered) > 1 else []
        return [self._causes(one, without) if one.what is not What.PAGE else () for one in differences]

    def _without_each(self) -> Iterator[tuple[Group, list[Difference]]]:
        """Each group of changes, with the differences that come back where it is taken back."""
        for group in _groups(self._entered):
            if (before := self._taken_back(group)) is None:
                continue
            with suppress(InvalidInput):  # the template may not allow what never was in one file
                filled = self._fill(before)
                official = Official(before, filled), Official(self._versions.new, self._new)
                yield group, compare(filled, self._new, rows_before_figures(*official))

    def _causes(self, difference: Difference, without: list[tuple[Group, list[Difference]]]) -> Group:
        found: list[Entered] = []
        for group, differences in without:
            if any(difference.is_part_of(other) for other in differences):
                found += _narrowed(group, difference)
        # Changes that only together make no difference, or that cannot be taken back one by one, are all named.
        return tuple(found or self._entered)

    def _taken_back(self, group: Group) -> Accounts | None:
        """The new accounts without the changes of `group`; `None` where the others cannot stand without them."""
        old, new = self._versions.old, self._versions.new
        stated, own = dict(new.ledger.stated), dict(new.ledger.own)
        values, department = new.values, new.department
        for change in group:
            if change.cell:
                stated.pop(change.cell, None)
                if before := old.ledger.stated.get(change.cell):
                    stated[change.cell] = before
            elif change.field:
                values = _put_back(values, old.values, change.field)
            elif change.path[0] == SUBJECTS:
                code = str(change.path[1])
                own = {known: name for known, name in own.items() if known != code}
                own |= {known: name for known, name in old.ledger.own.items() if known == code}
            elif change.path[0] == DEPARTMENT:
                department = old.department
        try:
            ledger = Ledger(new.edition, stated, self._named(group, set(stated)), own)
            return replace(restated(new, ledger, values), department=department)
        except (InvalidInput, KeyError):
            return None

    def _named(self, group: Group, stated: set[Cell]) -> dict[str, set[str]]:
        """The subjects that the file would name without the changes of `group`, given the cells it would state."""
        old, new = self._versions.old.ledger.named, self._versions.new.ledger.named
        named = {table: set(rows) for table, rows in new.items()}
        for table, row in {(str(change.path[0]), str(change.path[1])) for change in group if _is_in_table(change)}:
            if row in old.get(table, set()):
                named.setdefault(table, set()).add(row)
            elif not any(cell.table == table and cell.row == row for cell in stated):
                named.get(table, set()).discard(row)
        return named


def _is_in_table(change: Entered) -> bool:
    return not change.field and len(change.path) > 1 and change.path[0] != SUBJECTS


def _put_back(values: dict[str, Any], old: dict[str, Any], path: tuple[str, ...]) -> dict[str, Any]:
    """`values` with what `old` has at `path`."""
    name, *rest = path
    before = old.get(name) if isinstance(old, dict) else None
    if rest and isinstance(values.get(name), dict):
        return values | {name: _put_back(values[name], before or {}, tuple(rest))}
    return values | {name: before}


def _groups(entered: Iterable[Entered]) -> list[Group]:
    """The changes in groups, as small as their number allows: cells and fields, else rows, else tables."""
    groups: dict[object, list[Entered]] = {}
    for depth in (3, 2, 1):
        groups = {}
        for change in entered:
            path = change.field or tuple(map(str, change.path))
            groups.setdefault(path[:depth] if depth < 3 else path, []).append(change)
        if len(groups) <= _MOST_GROUPS:
            break
    return [tuple(group) for group in groups.values()]


def _narrowed(group: Group, difference: Difference) -> Group:
    """Those of `group` whose words stand in the difference, where any do."""
    texts = {difference.old, difference.new} - {""}

    def stands(change: Entered) -> bool:
        said = {change.old, change.new} - {""}
        return all(any(words in text for text in texts) for words in said)

    return tuple(filter(stands, group)) or group
