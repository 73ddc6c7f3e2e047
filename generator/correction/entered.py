"""What a department changed in its file, leaf by leaf: typed values, so that spacing and order of keys do not count."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from generator.accounts import Accounts, Cell, Stated
from generator.correction.versions import Versions
from generator.edition import DEPARTMENT, EDITION, SUBJECTS, TABLES, UNIT
from generator.findings import Place
from generator.kinds import Path

NAMED = "（有此行）"
"""What a row that the file names without figures is shown as."""


class ChangeKind(Enum):
    """In which way an entry changed."""

    CHANGED = "改"
    ADDED = "增"
    REMOVED = "删"
    MOVED = "移"
    STATED = "改为填写"
    """A figure that was derived is now stated."""
    DERIVED = "改为计算"
    """A figure that was stated is now derived."""


@dataclass(frozen=True, slots=True)
class Entered:
    """One entry of the file that changed."""

    kind: ChangeKind
    path: Path
    name: str
    """The path in the user's terms: `表5 › 2060101 行政运行 › 基本支出`."""
    old: str
    new: str
    old_place: Place | None
    new_place: Place | None
    cell: Cell | None = None
    """The figure of an official table that it states."""
    field: tuple[str, ...] = ()
    """Where in `Accounts.values` the text, list or table stands that it is, or is a part of."""


def kind_of(was: bool, is_: bool) -> ChangeKind:
    """The kind of a change of something that was there before, or is there now, or both."""
    return ChangeKind.CHANGED if was and is_ else ChangeKind.REMOVED if was else ChangeKind.ADDED


def entries_changed(versions: Versions) -> list[Entered]:
    """Every entry of the file's head and tables that changed, in the order of the edition."""
    return [*_head(versions), *_own_subjects(versions), *_figures(versions), *_named_rows(versions)]


def _head(versions: Versions) -> Iterator[Entered]:
    old, new = versions.old, versions.new
    for name, before, after in (
        (EDITION, old.edition.identifier, new.edition.identifier),
        (DEPARTMENT, old.department, new.department),
        (UNIT, old.unit.value, new.unit.value),
    ):
        if before != after:
            yield Entered(
                ChangeKind.CHANGED, (name,), name, before, after, old.place_of((name,)), new.place_of((name,))
            )


def _own_subjects(versions: Versions) -> Iterator[Entered]:
    before, after = versions.old.ledger.own, versions.new.ledger.own
    for code in sorted(before.keys() | after.keys()):
        if before.get(code) != after.get(code):
            path = (SUBJECTS, code)
            places = (
                versions.old.place_of(path) if code in before else None,
                versions.new.place_of(path) if code in after else None,
            )
            kind = kind_of(code in before, code in after)
            yield Entered(kind, path, " › ".join(path), before.get(code, ""), after.get(code, ""), *places)


def _figures(versions: Versions) -> Iterator[Entered]:
    """Stated figures that changed, came or went, in the order of the tables."""
    old, new = versions.old, versions.new
    for cell in _in_order(versions):
        before, after = old.ledger.stated.get(cell), new.ledger.stated.get(cell)
        if before and after and before.amount == after.amount:
            continue
        kind = kind_of(before is not None, after is not None)
        if kind is ChangeKind.ADDED and _is_derived(old, cell):
            kind = ChangeKind.STATED
        if kind is ChangeKind.REMOVED and _is_derived(new, cell):
            kind = ChangeKind.DERIVED
        yield Entered(
            kind,
            tuple(cell),
            versions.cell_title(cell),
            _shown(versions, old, cell, before),
            _shown(versions, new, cell, after),
            before.place if before else None,
            after.place if after else None,
            cell=cell,
        )


def _in_order(versions: Versions) -> list[Cell]:
    """The cells that either version states, in the order of the tables."""
    stated = versions.old.ledger.stated.keys() | versions.new.ledger.stated.keys()
    order = {
        Cell(table, row.name, column): None
        for table in versions.tables
        for row in versions.rows(table)
        for column in row.columns
    }
    return [cell for cell in order if cell in stated] + sorted(stated - order.keys())


def _is_derived(accounts: Accounts, cell: Cell) -> bool:
    """Whether `accounts` shows `cell` and derives it from others."""
    ledger = accounts.ledger
    known = cell.table in accounts.edition.tables and cell in ledger.cells([cell.table])
    return known and cell not in ledger.stated and bool(ledger.summands(cell))


def _shown(versions: Versions, accounts: Accounts, cell: Cell, stated: Stated | None) -> str:
    if stated:
        return versions.amount(stated.amount)
    return versions.amount(accounts.ledger.amount(cell)) if _is_derived(accounts, cell) else ""


def _named_rows(versions: Versions) -> Iterator[Entered]:
    """Subjects that the file names without a figure: they are rows of the table all the same."""
    for table in versions.tables:
        old, new = (accounts.ledger.named.get(table, set()) for accounts in (versions.old, versions.new))
        with_figures = {
            cell.row
            for accounts in (versions.old, versions.new)
            for cell in accounts.ledger.stated
            if cell.table == table
        }
        for code in sorted((old ^ new) - with_figures):
            was = code in old
            place = (versions.old if was else versions.new).place_of((TABLES, table))
            name = f"{table} › {versions.row_title(table, code)}"
            texts, places = ((NAMED, ""), (place, None)) if was else (("", NAMED), (None, place))
            yield Entered(kind_of(was, not was), (table, code), name, *texts, *places)
