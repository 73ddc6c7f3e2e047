"""Free tables: laid out by the department, or with columns that the edition gives, and filled in by the department."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from generator.findings import Code, InvalidInput
from generator.kinds.changes import EntryChange, Spot, Write, flat, shown, texts_changed, with_moves
from generator.kinds.field import FieldFigure, FieldKind, FieldSpec, FileAtHand, Form
from generator.kinds.free_columns import Alignment, CellContent, FreeColumn, FreeColumns, leaves
from generator.kinds.free_rows import ABOVE, LEFT, MAXIMUM_ROWS, Grid, RowReader
from generator.kinds.names import ANYTHING, Name
from generator.kinds.schema import AMOUNT, ONE_TEXT, PARAGRAPHS, Schema, keyed
from generator.kinds.values import Faults, is_empty, read_paragraphs, read_text, refuse_unknown
from generator.reading import Mapping, Node, Sequence, Specification, validate

TITLE, HEADS, ROWS, TOTAL, NOTES = "标题", "栏目", "行", "合计行", "注"
_TOTAL_CAPTION = "合计"


@dataclass(frozen=True, slots=True)
class FreeTable:
    """A free table. Its Chinese properties are what templates read."""

    heads: tuple[FreeColumn, ...]
    grid: Grid
    title: str = ""
    total: str = ""
    """Caption of the row of totals; empty where there is none."""
    notes: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.grid)

    def __str__(self) -> str:
        """All of it as one text, to be compared and shown."""
        rows = [[flat(cell.value) for cell in row] for row in self.grid]
        return "；".join("，".join(row) for row in [[column.name for column in self.columns], *rows])

    @property
    def columns(self) -> tuple[FreeColumn, ...]:
        return leaves(self.heads)

    def sum_of(self, index: int) -> Decimal:
        """The sum of an amount column in 万元; a merged amount counts once."""
        cells = {cell: None for row in self.grid if (cell := row[index]).column == index}
        return sum((cell.value for cell in cells if isinstance(cell.value, Decimal)), Decimal(0))

    @property
    def 标题(self) -> str:
        return self.title

    @property
    def 行(self) -> list[dict[str, str | Decimal]]:
        """Each row by column name; a place that a merged cell fills has its value, an empty one the empty text."""
        names = [column.name for column in self.columns]
        return [
            {n: c.value if c.value is not None else "" for n, c in zip(names, row, strict=True)} for row in self.grid
        ]

    @property
    def 合计(self) -> dict[str, Decimal]:
        """The sum of each amount column by its name."""
        return {column.name: self.sum_of(index) for index, column in enumerate(self.columns) if column.is_amount}


_HEAD = keyed(
    {
        "头": {"type": "string", "description": "栏目的名称。"},
        "键": {"type": "string", "description": "栏目同名时另起的名称。"},
        "宽": {"type": "number", "exclusiveMinimum": 0, "description": "大约几个字宽；不写则按内容定。"},
        "对齐": {"enum": [kind.value for kind in Alignment], "description": "不写则文字靠左、数靠右。"},
        "类型": {"enum": [kind.value for kind in CellContent], "description": "这一栏填什么；不写即文字。"},
        "下级": {"$ref": "#/$defs/栏目", "description": "它下面的各栏。"},
    },
    ("头",),
)
_HEADS_SCHEMA: Schema = {"type": "array", "minItems": 1, "items": {"oneOf": [{"type": "string"}, _HEAD]}}


class FreeTableKind(FieldKind):
    """A table that the department lays out, or whose columns the edition gives."""

    name, how_to_write = "自由表格", "一张表：栏目和各行"
    may_have_heads = True
    definitions: ClassVar[dict[str, Schema]] = {"栏目": _HEADS_SCHEMA}

    def read(self, field: FieldSpec, node: Node, file: FileAtHand) -> FreeTable | None:
        if isinstance(node, Sequence) and field.heads:
            grid = RowReader(field.columns, file.unit, file.faults).grid(node)
            return FreeTable(field.heads, grid, total=_TOTAL_CAPTION if field.total else "") if grid else None
        needed = f"{ROWS}（每行一个列表）" if field.heads else f"{HEADS}和{ROWS}"
        if not isinstance(node, Mapping):
            file.faults.add(Code.WRONG_SHAPE, f"“{field.name}”是一张表，下面应写{needed}。", node.place)
            return None
        known = [TITLE, *([] if field.heads else [HEADS]), ROWS, TOTAL, NOTES]
        misspelt = refuse_unknown(known, node, file.faults)
        heads = field.heads or _heads(node, misspelt, file)
        rows = node.entries.get(ROWS)
        if rows is None or is_empty(rows):
            if ROWS not in misspelt:
                file.faults.add(Code.MISSING, f"“{field.name}”缺少“{ROWS}”：下面应写{needed}。", node.place)
            return None
        if not heads:
            return None
        title = (read_text(node.entries[TITLE], file.faults) or "") if TITLE in node.entries else ""
        total = _total(field, node, heads, file.faults)
        notes = read_paragraphs(node.entries[NOTES], file.faults) if NOTES in node.entries else ()
        grid = RowReader(leaves(heads), file.unit, file.faults).grid(rows)
        return FreeTable(heads, grid, title, total, notes) if grid else None

    def blank(self, field: FieldSpec, form: Form) -> Iterator[str]:
        names = [column.name for column in field.columns]
        merging = f'空着的写 ""，和上面一格合并的写“{ABOVE}”，和左边一格合并的写“{LEFT}”。'
        if names:
            yield f"# 每行一个列表，按栏目的顺序写：{'、'.join(names)}；{merging}"
            yield f"# - [{', '.join('0' if column.is_amount else '……' for column in field.columns)}]"
            return
        yield f"# 栏目写各栏的名称；要加总的栏写“类型: 金额”。每行一个列表，{merging}"
        yield f"# {HEADS}: [事项, 完成情况, {{头: 支出, 类型: 金额}}]"
        yield f"# {ROWS}:"
        yield "#   - [……, ……, 0]"
        yield f"# {TOTAL}: 是"

    def schema(self, field: FieldSpec, form: Form) -> Schema:
        """A free table; where the edition gives the columns the rows alone will do."""
        rows = {"type": "array", "items": _row_schema(field.columns), "minItems": 1, "maxItems": MAXIMUM_ROWS}
        parts: dict[str, Schema] = {
            TITLE: {"type": "string", "description": "表的标题，可以不写。"},
            HEADS: {"$ref": "#/$defs/栏目", "description": "各栏的名称；要加总的栏写 {头: 支出, 类型: 金额}。"},
            ROWS: rows | {"description": f"各行；“{ABOVE}”“{LEFT}”表示和那一格合并。"},
            TOTAL: {"type": ["string", "boolean"], "description": "写“是”就加合计行，也可以写合计行的名称。"},
            NOTES: PARAGRAPHS | {"description": "表下面的注，可以不写。"},
        }
        if not field.heads:
            return keyed(parts, (HEADS, ROWS))
        del parts[HEADS]
        return {"oneOf": [rows, keyed(parts, (ROWS,))]}

    def shown(self, field: FieldSpec, form: Form) -> Name:
        """A free table; of one whose columns the department chooses they are not known."""
        columns = {column.name: Name("金额" if column.is_amount else "文字") for column in field.columns}
        totals = {column.name: Name("金额") for column in field.columns if column.is_amount}
        parts = dict.fromkeys((name for name in vars(FreeTable) if not name.isascii()), ANYTHING)
        if columns:
            parts |= {"行": Name("列表", items=(Name("行", parts=columns),)), "合计": Name("组", parts=totals)}
        return Name(self.name, field.guide, parts=parts, optional=not field.required)

    def figures(self, field: FieldSpec, value: Any) -> Iterator[FieldFigure]:
        for row, cells in enumerate(value.grid if value and field.heads else ()):
            for column, cell in zip(field.columns, cells, strict=True):
                if isinstance(cell.value, Decimal) and cell.row == row:
                    yield FieldFigure((row, column.name), cell.value, column.is_amount)

    def changed(self, field: FieldSpec, old: Any, new: Any, spot: Spot, amount: Write) -> Iterator[EntryChange]:
        if old is None or new is None or old.heads != new.heads:
            yield EntryChange(spot, flat(old), flat(new))
            return
        for name, before, after in ((TITLE, old.title, new.title), (TOTAL, old.total, new.total)):
            if before != after:
                yield EntryChange(spot.below(name), before, after)
        yield from _rows_changed(old, new, spot.below(ROWS), amount)
        yield from texts_changed(old.notes, new.notes, spot.below(NOTES))


def _row_schema(columns: tuple[FreeColumn, ...]) -> Schema:
    """A row: a list of cells, or cells by column name."""
    if not columns:
        return {"oneOf": [{"type": "array", "items": ONE_TEXT}, {"type": "object", "additionalProperties": ONE_TEXT}]}
    cells = [_cell_schema(column) for column in columns]
    listed: Schema = {"type": "array", "prefixItems": cells, "minItems": len(cells), "maxItems": len(cells)}
    return {"oneOf": [listed, keyed({c.name: cell for c, cell in zip(columns, cells, strict=True)})]}


def _cell_schema(column: FreeColumn) -> Schema:
    cell = ONE_TEXT
    if column.content is not CellContent.TEXT:
        cell = {"anyOf": [AMOUNT, {"type": "null"}, {"enum": ["", ABOVE, LEFT]}]}
    return cell | {"description": column.caption or "（无名栏）"}


def _rows_changed(old: FreeTable, new: FreeTable, spot: Spot, amount: Write) -> Iterator[EntryChange]:
    columns = [column.name for column in new.columns]
    writes = [amount if column.is_amount else None for column in new.columns]
    before, after = (
        [[shown(cell.value, write) for cell, write in zip(row, writes, strict=True)] for row in table.grid]
        for table in (old, new)
    )
    # Which cells are merged is part of a row: two grids with the same texts may look different.
    spans = [_spans(table) for table in (old, new)]
    for i, j, moved in with_moves(["\t".join(row) for row in before], ["\t".join(row) for row in after]):
        at = spot.item(i, j)
        if i is None or j is None or moved:
            texts = "，".join(before[i]) if i is not None else "", "，".join(after[j]) if j is not None else ""
            yield EntryChange(at, *texts, moved)
            continue
        for name, one, other in zip(columns, before[i], after[j], strict=True):
            if one != other:
                yield EntryChange(at.below(name), one, other)
        if before[i] == after[j] and spans[0][i] != spans[1][j]:
            yield EntryChange(at, "，".join(before[i]), "，".join(after[j]))


def _spans(table: FreeTable) -> list[list[tuple[int, int, int, int]]]:
    """For each cell of the grid how many rows and columns it fills, and where in them the place is."""
    return [
        [(cell.rows, cell.columns, row - cell.row, column - cell.column) for column, cell in enumerate(cells)]
        for row, cells in enumerate(table.grid)
    ]


class _Heads(Specification):
    """A table's 栏目 in a department's file."""

    栏目: FreeColumns


def _heads(node: Mapping, misspelt: set[str], file: FileAtHand) -> tuple[FreeColumn, ...]:
    faults = file.faults
    if HEADS not in node.entries:
        if HEADS not in misspelt:
            faults.add(Code.MISSING, f"缺少“{HEADS}”：请写各栏的名称，如 {HEADS}: [任务, 完成情况]。", node.place)
        return ()
    heads = Mapping({HEADS: node.entries[HEADS]}, {HEADS: node.keys[HEADS]}, node.place)
    try:
        found = validate(heads, _Heads, Code.WRONG_SHAPE, file.form.published_unit).栏目
    except InvalidInput as invalid:
        for finding in invalid.findings:
            faults.add(Code.WRONG_SHAPE, finding.message, *finding.places)
        return ()
    if not found:
        faults.add(Code.MISSING, f"“{HEADS}”是空的：请写各栏的名称，如 {HEADS}: [任务, 完成情况]。", node.keys[HEADS])
    return found


def _total(field: FieldSpec, node: Mapping, heads: tuple[FreeColumn, ...], faults: Faults) -> str:
    """The caption of the row of totals."""
    wanted = node.entries.get(TOTAL)
    if wanted is None:
        return _TOTAL_CAPTION if field.total else ""
    caption = read_text(wanted, faults)
    if caption in (None, "否", "false"):
        return ""
    if not any(column.is_amount for column in leaves(heads)[1:]) or leaves(heads)[0].is_amount:
        message = "合计行加总金额：请给要加总的栏写“类型: 金额”，如 {头: 支出, 类型: 金额}，第一栏留给“合计”两字。"
        faults.add(Code.WRONG_SHAPE, message, wanted.place)
        return ""
    return _TOTAL_CAPTION if caption in ("是", "true") else caption
