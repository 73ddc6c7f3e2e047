"""What changed in the fields beside the tables: texts, figures, list items, free tables, outlines, by subject."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from generator.accounts import Accounts
from generator.accounts.free_tables import FreeTable
from generator.accounts.outlines import OutlineItem
from generator.accounts.typing import Value
from generator.correction.entered import ChangeKind, Entered, Path, kind_of
from generator.correction.versions import Versions, merged
from generator.edition import FieldKind, FieldSpec
from generator.edition.department_file import NOTES, ROWS, TITLE, TOTAL_ROW
from generator.edition.fields import BY_INDICATOR
from generator.findings import Place
from generator.numbers import plain_number
from generator.reading import Mapping
from generator.word import align, likeness


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where the comparing is: the paths in both versions, differing where list items have moved, and the field."""

    old: Path
    new: Path
    field: tuple[str, ...]

    def below(self, *steps: str | int) -> _Spot:
        return replace(self, old=(*self.old, *steps), new=(*self.new, *steps))

    def item(self, old: int | None, new: int | None) -> _Spot:
        """The items of a list with these indexes."""
        first = old if old is not None else new
        second = new if new is not None else old
        assert first is not None and second is not None
        return replace(self, old=(*self.old, first), new=(*self.new, second))


def fields_changed(versions: Versions) -> Iterator[Entered]:
    """Every entry of the fields that changed, in the order of the edition's fields."""
    old = {field.name: field for field in versions.old.edition.fields}
    new = {field.name: field for field in versions.new.edition.fields}
    comparing = _Comparing(versions)
    for name in merged(old, new):
        field = new.get(name) or old[name]
        values = versions.old.values.get(name), versions.new.values.get(name)
        yield from comparing.field(field, *values, _Spot((name,), (name,), (name,)))


class _Comparing:
    def __init__(self, versions: Versions) -> None:
        self._versions = versions

    def field(self, field: FieldSpec, old: Value, new: Value, spot: _Spot) -> Iterator[Entered]:
        """What changed between the values `old` and `new` of one field."""
        if old == new:
            return
        match field.kind:
            case FieldKind.GROUP:
                yield from self._group(field, old, new, spot, whole=False)
            case FieldKind.BY_SUBJECT:
                for code in merged(old or {}, new or {}):
                    below = replace(spot.below(code), field=(*spot.field, code))
                    yield from self._group(field, (old or {}).get(code), (new or {}).get(code), below, whole=False)
            case FieldKind.LIST:
                yield from self._groups(field, old or [], new or [], spot)
            case FieldKind.TERMS:
                yield from self._terms(old or {}, new or {}, spot)
            case FieldKind.PARAGRAPHS | FieldKind.NAMES:
                yield from self._texts(old or (), new or (), spot)
            case FieldKind.OUTLINE:
                yield from self._outline(old or (), new or (), spot)
            case FieldKind.FREE_TABLE:
                yield from self._free_table(old, new, spot)
            case kind if kind in BY_INDICATOR:
                for name in merged(old or {}, new or {}):
                    below = replace(spot.below(name), field=(*spot.field, name))
                    values = (old or {}).get(name), (new or {}).get(name)
                    yield from self._single(field, *values, below)
            case _:
                yield from self._single(field, old, new, spot)

    def _group(self, field: FieldSpec, old: Value, new: Value, spot: _Spot, *, whole: bool) -> Iterator[Entered]:
        """The fields of a group; `whole`: it is an item of a list, which is put back as a whole."""
        for part in field.below:
            below = spot.below(part.name)
            below = below if whole else replace(below, field=(*spot.field, part.name))
            yield from self.field(part, (old or {}).get(part.name), (new or {}).get(part.name), below)

    def _groups(self, field: FieldSpec, old: list[Value], new: list[Value], spot: _Spot) -> Iterator[Entered]:
        before, after = [self._flat(item) for item in old], [self._flat(item) for item in new]
        for i, j, moved in _with_moves(before, after):
            at = spot.item(i, j)
            if i is None or j is None or moved:
                index = j if i is None else i
                assert index is not None
                yield self._entered(at, before[i] if i is not None else "", after[j] if j is not None else "", moved)
            else:
                yield from self._group(field, old[i], new[j], at, whole=True)

    def _flat(self, value: Any) -> str:
        """A value as one text, to be compared and shown."""
        match value:
            case None:
                return ""
            case dict():
                return "；".join(f"{key}：{text}" for key, entry in value.items() if (text := self._flat(entry)))
            case FreeTable():
                rows = [[self._flat(cell.value) for cell in row] for row in value.grid]
                return "；".join("，".join(row) for row in [[column.name for column in value.columns], *rows])
            case OutlineItem():
                return "".join(value.paragraphs) + (f"（{self._flat(value.below)}）" if value.below else "")
            case list() | tuple():
                return "；".join(map(self._flat, value))
            case Decimal():
                return f"{value.normalize():f}"
            case _:
                return str(value)

    def _single(self, field: FieldSpec, old: Value, new: Value, spot: _Spot) -> Iterator[Entered]:
        if old == new:
            return
        amounts = field.kind in (FieldKind.AMOUNT, FieldKind.INDICATOR_AMOUNTS)
        texts = self._text(old, amounts), self._text(new, amounts)
        yield self._entered(spot, *texts, was=old is not None, is_=new is not None)

    def _text(self, value: Value, is_amount: bool) -> str:
        if value is None:
            return ""
        if isinstance(value, Decimal | int):
            return self._versions.amount(Decimal(value)) if is_amount else plain_number(value)
        return str(value)

    def _terms(self, old: dict[str, str], new: dict[str, str], spot: _Spot) -> Iterator[Entered]:
        for i, j, moved in _with_moves(list(old), list(new), key_only=True):
            word = list(new)[j] if j is not None else list(old)[i or 0]
            below = spot.below(word)
            if moved:
                yield self._entered(below, old[word], new[word], moved=True)
            elif i is None or j is None or old[word] != new[word]:
                yield self._entered(below, old.get(word, ""), new.get(word, ""), was=i is not None, is_=j is not None)

    def _texts(self, old: Sequence[str], new: Sequence[str], spot: _Spot) -> Iterator[Entered]:
        for i, j, moved in _with_moves(old, new):
            texts = old[i] if i is not None else "", new[j] if j is not None else ""
            if moved or texts[0] != texts[1]:
                yield self._entered(spot.item(i, j), *texts, moved)

    def _outline(self, old: Sequence[OutlineItem], new: Sequence[OutlineItem], spot: _Spot) -> Iterator[Entered]:
        before, after = ["\n".join(item.paragraphs) for item in old], ["\n".join(item.paragraphs) for item in new]
        for i, j, moved in _with_moves(before, after):
            at = spot.item(i, j)
            if i is None or j is None:
                item = old[i] if i is not None else new[j or 0]
                texts = (self._flat(item), "") if i is not None else ("", self._flat(item))
                yield self._entered(at, *texts)
                continue
            if moved or before[i] != after[j]:
                yield self._entered(at, before[i], after[j], moved)
            yield from self._outline(old[i].below, new[j].below, at)

    def _free_table(self, old: FreeTable | None, new: FreeTable | None, spot: _Spot) -> Iterator[Entered]:
        if old is None or new is None or old.heads != new.heads:
            yield self._entered(spot, self._flat(old), self._flat(new))
            return
        for name, before, after in ((TITLE, old.title, new.title), (TOTAL_ROW, old.total, new.total)):
            if before != after:
                yield self._entered(spot.below(name), before, after)
        yield from self._rows(old, new, spot.below(ROWS))
        yield from self._texts(old.notes, new.notes, spot.below(NOTES))

    def _rows(self, old: FreeTable, new: FreeTable, spot: _Spot) -> Iterator[Entered]:
        columns = [column.name for column in new.columns]
        amounts = [column.is_amount for column in new.columns]
        before, after = (
            [[self._text(c.value, a) for c, a in zip(row, amounts, strict=True)] for row in table.grid]
            for table in (old, new)
        )
        # Which cells are merged is part of a row: two grids with the same texts may look different.
        spans = [_spans(table) for table in (old, new)]
        for i, j, moved in _with_moves(["\t".join(row) for row in before], ["\t".join(row) for row in after]):
            at = spot.item(i, j)
            if i is None or j is None or moved:
                texts = "，".join(before[i]) if i is not None else "", "，".join(after[j]) if j is not None else ""
                yield self._entered(at, *texts, moved)
                continue
            for name, one, other in zip(columns, before[i], after[j], strict=True):
                if one != other:
                    yield self._entered(at.below(name), one, other)
            if before[i] == after[j] and spans[0][i] != spans[1][j]:
                yield self._entered(at, "，".join(before[i]), "，".join(after[j]))

    def _entered(
        self, spot: _Spot, old: str, new: str, moved: bool = False, *, was: bool | None = None, is_: bool | None = None
    ) -> Entered:
        was, is_ = bool(old) if was is None else was, bool(new) if is_ is None else is_
        path = spot.new if is_ else spot.old
        name = self._name(path)
        places = (
            _place(self._versions.old, spot.old).within(self._name(spot.old)) if was else None,
            _place(self._versions.new, spot.new).within(name) if is_ else None,
        )
        return Entered(
            ChangeKind.MOVED if moved else kind_of(was, is_), path, name, old, new, *places, field=spot.field
        )

    def _name(self, path: Path) -> str:
        steps = [f"第 {step + 1} 项" if isinstance(step, int) else self._versions.row_title("", step) for step in path]
        return " › ".join(steps)


def _spans(table: FreeTable) -> list[list[tuple[int, int, int, int]]]:
    """For each cell of the grid how many rows and columns it fills, and where in them the place is."""
    return [
        [(cell.rows, cell.columns, row - cell.row, column - cell.column) for column, cell in enumerate(cells)]
        for row, cells in enumerate(table.grid)
    ]


def _place(accounts: Accounts, path: Path) -> Place:
    """Where the file says what `path` leads to; subjects may stand in it with their names behind their codes."""
    node: object = accounts.source
    steps: list[str | int] = []
    for step in path:
        entries = node.entries if isinstance(node, Mapping) else {}
        if isinstance(step, str) and step.isdigit() and step not in entries:
            step = next((key for key in entries if key.startswith(step)), step)
        if step == ROWS and ROWS not in entries:  # rows that stand under the field itself
            continue
        steps.append(step)
        items = getattr(node, "items", ())
        node = (
            entries.get(str(step)) if entries else items[step] if isinstance(step, int) and step < len(items) else None
        )
    return accounts.place_of(tuple(steps))


def _with_moves(
    old: Sequence[str], new: Sequence[str], *, key_only: bool = False
) -> Iterator[tuple[int | None, int | None, bool]]:
    """Which entries belong together, and whether one stands elsewhere than before.

    `key_only`: entries are names, which are the same or not at all.
    """
    pairs = align(old, new, lambda i, j: 0.0 if key_only else likeness(old[i], new[j]), quick=True)
    gone = [i for i, j in pairs if j is None and i is not None]
    moved: dict[int, int] = {}
    for i, j in pairs:
        if i is None and j is not None and (source := next((g for g in gone if old[g] == new[j]), None)) is not None:
            gone.remove(source)
            moved[j] = source
    for i, j in pairs:
        if i is None and j in moved:
            yield moved[j], j, True
        elif j is not None or i in gone:
            yield i, j, False
