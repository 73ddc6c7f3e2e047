"""The figures of a department's file, table by table, by subject code or row name."""

from __future__ import annotations

import re

from generator.accounts.ledger import Stated
from generator.accounts.own_subjects import OwnSubjects
from generator.accounts.rows import Cell
from generator.edition import TOTAL, Block, Edition, TableSpec
from generator.findings import Code, Place
from generator.kinds import Faults, bare, half_width, hint, mapping_of, meant, read_amount, sample_subject
from generator.numbers import Unit
from generator.reading import Mapping, Node, Scalar

_CODE = re.compile(r"([0-9]{3}(?:[0-9]{2}){0,2})(?:\s*(?![0-9])(.+))?")


class FigureReader:
    """Reads `决算表`; afterwards `stated` and `subjects` are what a `Ledger` is made of."""

    def __init__(self, edition: Edition, unit: Unit, own: OwnSubjects, faults: Faults) -> None:
        self.stated: dict[Cell, Stated] = {}
        self.subjects: dict[str, set[str]] = {}
        self._edition = edition
        self._unit = unit
        self._own = own
        self._faults = faults
        self.places: dict[str, Place] = {}
        """Where the file writes each table (表5), row (表5 › 2060101) and figure, by its name."""

    def read(self, node: Node) -> None:
        """All tables of `node`, a mapping from table to rows."""
        tables = {
            name: table
            for table in self._edition.tables.values()
            for name in (table.number, bare(table.title), f"{table.number}{bare(table.title)}")
        }
        entries = mapping_of(node, "“决算表”下面应逐张写表号，如“表2:”。", self._faults)
        for name, rows in entries.items():
            assert isinstance(node, Mapping)
            if table := tables.get(bare(name)):
                if self._is_first(table.number, node.keys[name]):
                    self._table(table, rows)
            else:
                numbers = "、".join(self._edition.tables)
                self._faults.add(Code.UNKNOWN_NAME, f"没有表“{name}”，本版本有：{numbers}。", node.keys[name])

    def place_of(self, table: str, row: str) -> Place | None:
        """Where the file names `row` of `table`, or else the table; `None` where it names neither."""
        return self.places.get(f"{table} › {row}") or self.places.get(table)

    def _is_first(self, what: str, place: Place) -> bool:
        """Whether `what` was not written before, under this name or another; a finding where it was."""
        first = self.places.setdefault(what, place)
        if first is not place:
            message = f"“{what}”写了两次（第一次在第 {first.line} 行），请合成一处，只保留一个。"
            self._faults.add(Code.SUBJECT_TWICE, message, place, first)
        return first is place

    def _table(self, table: TableSpec, node: Node) -> None:
        entries = mapping_of(
            node, f"{table.number} 下面应逐行写科目编码或行名，如“{_sample(self._edition, table)}”。", self._faults
        )
        for name, figures in entries.items():
            assert isinstance(node, Mapping)
            found = self._row(table, name, node.keys[name])
            if found and self._is_first(f"{table.number} › {found[1]}", node.keys[name]):
                self._figures(table, *found, figures)

    def _row(self, table: TableSpec, name: str, place: Place) -> tuple[Block, str] | None:
        """The block and row that `name` means; a finding where there is none."""
        plain = re.sub(r"\s+", " ", name)
        for wanted in (plain, plain.replace(" ", "")):
            if wanted in table.row_names:
                block, row = table.row_names[wanted]
                if row.is_blank:
                    break
                return block, row.name
        captions = {
            row.caption.replace(" ", ""): (block, row.name) for block in table.blocks for row in block.fixed_rows
        }
        if found := captions.get(plain.replace(" ", "")):
            return found
        if any(block.subjects for block in table.blocks):
            return self._subject_row(table, plain, place)
        known = [row.name for block in table.blocks for row in block.fixed_rows if not row.is_blank]
        self._faults.add(Code.UNKNOWN_NAME, f"{table.number} 没有行“{name}”，{hint(name, known)}", place)
        return None

    def _subject_row(self, table: TableSpec, name: str, place: Place) -> tuple[Block, str] | None:
        subject_blocks = [block for block in table.blocks if block.subjects]
        if name == TOTAL and table.total:
            return subject_blocks[0], TOTAL
        match = _CODE.fullmatch(name)
        if match is None:
            message = f"{table.number} 没有行“{name}”：这张表按科目编码填写，如“{_sample(self._edition, table)}”。"
            if _CODE.fullmatch(half_width(name)):
                message = f"“{name}”里有全角数字，请改成半角：{half_width(name)}。"
            self._faults.add(Code.UNKNOWN_NAME, message, place)
            return None
        code, title = match[1], match[2] or ""
        for block in subject_blocks:
            codes = self._edition.code_lists[block.subjects]
            if code in codes and (not block.listed or code.startswith(block.listed)):
                if title and bare(title) != bare(codes[code]):
                    message = f"科目 {code} 的名称是“{codes[code]}”，这里写的是“{title}”，请核对编码和名称。"
                    self._faults.add(Code.UNKNOWN_SUBJECT, message + self._codes_of(title, code, codes), place)
                return self._subject(table, block, code)
        if why := self._why_elsewhere(code, subject_blocks):
            self._faults.add(Code.UNKNOWN_NAME, f"{table.number} 没有科目“{name}”：{why}", place)
            return None
        self._own.use(code, title, table.number, place)
        return self._subject(
            table, next(block for block in subject_blocks if not block.listed or code.startswith(block.listed)), code
        )

    def _subject(self, table: TableSpec, block: Block, code: str) -> tuple[Block, str]:
        self.subjects.setdefault(table.number, set()).add(code)
        return block, code

    def _codes_of(self, title: str, code: str, codes: dict[str, str]) -> str:
        """Under which of `codes` nearest to `code` the subject `title` stands; empty where there is none."""
        same = [known for known, name in codes.items() if bare(name) == bare(title)]
        return f"“{title}”的编码是 {meant(code, same) or same[0]}。" if same else ""

    def _why_elsewhere(self, code: str, blocks: list[Block]) -> str:
        """Why `code` cannot be in this table, whatever its name; empty where it can."""
        listed = [top for block in blocks for top in block.listed]
        if all(block.listed for block in blocks) and not code.startswith(tuple(listed)):
            return f"这张表只列 {'、'.join(listed)} 的科目，请核对编码。"
        for name, codes in self._edition.code_lists.items():
            if code in codes:
                return f"{code} 是{name}的科目，这张表不用{name}，请核对编码。"
        return ""

    def _figures(self, table: TableSpec, block: Block, row: str, node: Node) -> None:
        columns = {column.name: column for column in block.amounts}
        if isinstance(node, Scalar):
            if node.empty:
                return
            if len(columns) > 1:
                message = f"{table.number} 有多栏，请写明栏名，如“{{{next(iter(columns))}: {node.text}}}”。"
                self._faults.add(Code.WRONG_SHAPE, message, node.place)
                return
            self._state(Cell(table.number, row, next(iter(columns))), node)
            return
        entries = mapping_of(node, "这里应是金额，或“{栏名: 金额}”。", self._faults)
        for name, value in entries.items():
            assert isinstance(node, Mapping)
            if (plain := name.replace(" ", "")) in columns:
                self._state(Cell(table.number, row, plain), value)
            elif not self._faults.add_split_amount(name, node):
                message = f"{table.number} 没有栏“{name}”，{hint(name, columns)}"
                self._faults.add(Code.UNKNOWN_NAME, message, node.keys[name])

    def _state(self, cell: Cell, node: Node) -> None:
        amount = read_amount(node, self._unit, self._faults)
        if amount is not None and self._is_first(str(cell), node.place):
            self.stated[cell] = Stated(amount, node.place.within(str(cell)))


def _sample(edition: Edition, table: TableSpec) -> str:
    block = next((block for block in table.blocks if block.subjects or block.fixed_rows), table.blocks[0])
    if block.subjects and block.listed:
        return f"{block.listed[0]}01: 0"
    if block.subjects:
        return f'"{sample_subject(edition.code_lists[block.subjects]).split()[0]}": {{{block.amounts[-1].name}: 0}}'
    row = next(row for row in block.fixed_rows if not row.is_blank)
    return f"{row.name}: 0"
