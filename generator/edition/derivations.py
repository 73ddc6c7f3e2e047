"""What each figure of an edition's tables is made of, known from its specification alone.

Two faults show there: a figure that is made of itself, and one that adds up a total and the parts of it. A row `*`
stands for any subject of a table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from generator.edition.models import Edition
from generator.edition.references import Path, leaves
from generator.edition.tables import TOTAL, Block, Column, Content, RowSpec, TableSpec
from generator.edition.terms import SAME_ROW, Term

Spot = tuple[str, Path]
"""The number of a table, and where in its file something stands."""


class FormCell(NamedTuple):
    """A cell, or with the row `*` the cells of a column in all rows by subject."""

    table: str
    row: str
    column: str

    def __str__(self) -> str:
        return " › ".join(part for part in self if part != SAME_ROW)


class Addend(NamedTuple):
    """A figure that another one adds (1) or takes away (-1), and where the specification says so."""

    sign: int
    figure: FormCell
    spot: Spot


class Derivations:
    """All figures of `edition`, each with those that it may be made of."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._columns: dict[tuple[str, str, str], tuple[Path, Column]] = {}
        self._rows: dict[tuple[str, str], tuple[Path, int, RowSpec]] = {}
        for number, table in edition.tables.items():
            for index, block in enumerate(table.blocks):
                for path, column in leaves(block.heads, ("分栏", index, "栏目")):
                    if column.content is not Content.AMOUNT:
                        continue
                    for row in (*(row.name for row in block.fixed_rows), *((SAME_ROW,) if block.subjects else ())):
                        self._columns.setdefault((number, row, column.name), (path, column))
                for kind, rows in (("行", block.rows), ("末行", block.closing)):
                    for at, row in enumerate(rows):
                        self._rows.setdefault((number, row.name), (("分栏", index, kind, at), index, row))
        self._known_links: dict[FormCell, list[Addend]] = {}
        self._known_parts: dict[FormCell, frozenset[tuple[FormCell, int]]] = {}
        self._below = {number: _subjects_below(edition.subjects_of(number)) for number in edition.tables}

    @property
    def figures(self) -> Iterator[FormCell]:
        """All figures that are not one subject's."""
        for number, row, column in self._columns:
            yield FormCell(number, row, column)
        for number, table in self._edition.tables.items():
            if table.total:
                yield from (FormCell(number, TOTAL, c.name) for b in table.blocks if b.subjects for c in b.amounts)

    def circles(self) -> Iterator[tuple[FormCell, list[Addend]]]:
        """A figure that is made of itself, with the way from it to itself: one for all that the same 等于 make so."""
        told: set[frozenset[Spot]] = set()
        done: set[FormCell] = set()
        way: list[Addend] = []
        running: dict[FormCell, int] = {}

        def follow(figure: FormCell) -> Iterator[tuple[FormCell, list[Addend]]]:
            running[figure] = len(way)
            for link in self.links(figure):
                if link.figure in running:
                    circle = [*way[running[link.figure] :], link]
                    spots = frozenset(one.spot for one in circle)
                    if spots not in told:
                        told.add(spots)
                        yield link.figure, circle
                elif link.figure not in done:
                    way.append(link)
                    yield from follow(link.figure)
                    way.pop()
            del running[figure]
            done.add(figure)

        for figure in self.figures:
            if figure not in done:
                yield from follow(figure)

    def counted_twice(self) -> Iterator[tuple[Spot, FormCell, FormCell]]:
        """Where one 等于 or 来自 adds up a total and a part of it, or one figure twice; there must be no circles."""
        told: set[Spot] = set()
        for figure in self.figures:
            links = self.links(figure)
            for at, link in enumerate(links):
                for other in links[:at] + links[at + 1 :]:
                    alike = other.figure == link.figure and other.sign == link.sign
                    part = (other.figure, other.sign * link.sign) in self.parts(link.figure)
                    if other.spot == link.spot and link.spot not in told and (alike or part):
                        told.add(link.spot)
                        yield link.spot, link.figure, other.figure

    def parts(self, figure: FormCell) -> frozenset[tuple[FormCell, int]]:
        """All that `figure` comes down to, step by step, each added (1) or taken away (-1)."""
        if figure in self._known_parts:
            return self._known_parts[figure]
        found: set[tuple[FormCell, int]] = set()
        for link in self.links(figure):
            found.add((link.figure, link.sign))
            found |= {(part, sign * link.sign) for part, sign in self.parts(link.figure)}
        return self._known_parts.setdefault(figure, frozenset(found))

    def links(self, figure: FormCell) -> list[Addend]:
        """What `figure` may be made of, directly; nothing where only the department knows it."""
        if figure not in self._known_links:
            self._known_links[figure] = self._links(figure)
        return self._known_links[figure]

    def _links(self, figure: FormCell) -> list[Addend]:
        number, name, _ = figure
        table = self._edition.tables[number]
        name = table.row_name(name)
        if (number, name) in self._rows:
            return self._of_fixed_row(FormCell(number, name, figure.column), table)
        return self._of_subject(figure, table)

    def _of_fixed_row(self, figure: FormCell, table: TableSpec) -> list[Addend]:
        path, at, row = self._rows[figure[:2]]
        here: Spot = (figure.table, (*path, "等于"))
        terms = row.terms.get(figure.column, row.terms.get("", ()))
        if terms:
            return [link for term in terms for link in self._of_row_term(table, term, figure.column, here)]
        head, column = self._columns.get(figure, ((), None))
        there: Spot = (figure.table, (*head, "等于"))
        if column and (found := self._elsewhere(column.terms, row.code, there)):
            return found
        # The rows below it count where the department fills one of them in, the columns beside it where not.
        below = [FormCell(figure.table, child.name, figure.column) for child in _children(table.blocks[at], row)]
        return [*(Addend(1, child, (figure.table, path)) for child in below), *_in_row(figure, column, there)]

    def _of_subject(self, figure: FormCell, table: TableSpec) -> list[Addend]:
        head, column = self._columns.get(figure._replace(row=SAME_ROW), ((), None))
        if column is None:
            return []
        code = figure.row
        taken = self._elsewhere(column.taken_terms, code, (figure.table, (*head, "来自")))
        if code == TOTAL:
            return [*taken, Addend(1, figure._replace(row=SAME_ROW), (figure.table, ("合计行",)))]
        if below := self._below[table.number].get(code):
            return [*taken, *(Addend(1, figure._replace(row=one), (figure.table, head)) for one in below)]
        there: Spot = (figure.table, (*head, "等于"))
        return [*taken, *(_in_row(figure, column, there) or self._elsewhere(column.terms, code, there))]

    def _of_row_term(self, table: TableSpec, term: Term, column: str, spot: Spot) -> Iterator[Addend]:
        if term.table:
            yield from self._elsewhere((term,), "", spot)
            return
        for row in table.rows_meant(term.name):
            yield Addend(term.sign, FormCell(table.number, row, column), spot)

    def _elsewhere(self, terms: tuple[Term, ...], code: str, spot: Spot) -> list[Addend]:
        """What of `terms` stands in other tables; in the row of the subject `code` where a term says `*`."""
        return [
            Addend(term.sign, self._named(term, code), spot)
            for term in terms
            if term.table and (code or term.row != SAME_ROW)
        ]

    def _named(self, term: Term, code: str) -> FormCell:
        row = code if term.row == SAME_ROW else self._edition.tables[term.table].row_name(term.row)
        return FormCell(term.table, row, term.column)


def _subjects_below(codes: Iterable[str]) -> dict[str, list[str]]:
    """The subjects one level below each of `codes`."""
    found: dict[str, list[str]] = {}
    for code in codes:
        found.setdefault(code[:-2], []).append(code)
    return found


def _in_row(figure: FormCell, column: Column | None, spot: Spot) -> list[Addend]:
    terms = column.terms if column else ()
    return [Addend(term.sign, figure._replace(column=term.name), spot) for term in terms if not term.table]


def _children(block: Block, row: RowSpec) -> list[RowSpec]:
    """The fixed rows one level below `row`."""
    found: list[RowSpec] = []
    at = next(index for index, one in enumerate(block.fixed_rows) if one is row)
    for below in block.fixed_rows[at + 1 :]:
        if below.level <= row.level:
            break
        if below.level == row.level + 1:
            found.append(below)
    return found
