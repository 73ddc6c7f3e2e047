"""The figures that running text names, and which of them changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from generator.accounts import Cell
from generator.correction.effects import Chain, Effects
from generator.correction.entered import ChangeKind, Entered
from generator.correction.versions import Versions
from generator.numbers import NUMBER, FigureWriter

_NUMBER = re.compile(NUMBER)


@dataclass(frozen=True, slots=True)
class NamedFigure:
    """A figure with a name that changed: an indicator, a cell, or an entry of the file."""

    name: str
    old: str
    new: str
    chains: tuple[Chain, ...] = ()


class NamedFigures:
    """Every named figure that changed."""

    def __init__(self, versions: Versions, entered: list[Entered], effects: Effects) -> None:
        self._found = [
            *_indicators(versions, effects),
            *(NamedFigure(c.name, c.old, c.new) for c in entered if c.field and c.kind is ChangeKind.CHANGED),
            *_cells(versions, effects),
        ]

    def within(self, old: str, new: str) -> list[NamedFigure]:
        """Those that stand in the text `old` as they were and in `new` as they are; one for each number.

        Several figures may be alike: then the text must tell which it means.
        """
        before, after = _numbers(old) - _numbers(new), _numbers(new) - _numbers(old)
        found: dict[tuple[str, str], list[NamedFigure]] = {}
        for figure in self._found:
            pair = _plain(figure.old), _plain(figure.new)
            if pair[0] in before and pair[1] in after:
                found.setdefault(pair, []).append(figure)
        chosen = (_meant(figures, new) for figures in found.values())
        return [figure for figure in chosen if figure]


def _meant(figures: list[NamedFigure], text: str) -> NamedFigure | None:
    """The one of `figures`, all of the same amounts, that `text` names; the only one where there are no others."""
    told = [figure for figure in figures if figure.name in text]
    return max(told, key=lambda figure: len(figure.name)) if told else figures[0] if len(figures) == 1 else None


def _indicators(versions: Versions, effects: Effects) -> Iterator[NamedFigure]:
    """Those that follow from tables; one of entries alone follows from what was entered, which is told as such."""
    old, new = versions.old, versions.new
    figures = FigureWriter(new.edition.wording)
    for name in (name for name in new.edition.indicators if name in old.edition.indicators):
        chains = tuple(chain for cell in new.indicator_cells(name) for chain in effects.chains(cell))
        before, now = Decimal(old.indicator(name)), Decimal(new.indicator(name))
        if before != now and chains:
            yield NamedFigure(name, figures.figure(before), figures.figure(now), chains)


def _cells(versions: Versions, effects: Effects) -> Iterator[NamedFigure]:
    figures = FigureWriter(versions.new.edition.wording)
    for table in versions.tables:
        for row in versions.rows(table):
            for column in row.columns:
                cell = Cell(table, row.name, column)
                old, new = effects.amounts(cell)
                if old != new:
                    chains = tuple(effects.chains(cell))
                    yield NamedFigure(versions.cell_title(cell), figures.figure(old), figures.figure(new), chains)


def _numbers(text: str) -> set[str]:
    return {_plain(number) for number in _NUMBER.findall(text)}


def _plain(number: str) -> str:
    return number.replace(",", "")
