"""From a department's file to its accounts."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path

from generator.accounts.corrections import Correction, read_corrections
from generator.accounts.figures import FigureReader
from generator.accounts.indicators import indicator_figure, indicator_parts
from generator.accounts.last_year import LastYear
from generator.accounts.ledger import Ledger
from generator.accounts.own_subjects import OwnSubjects
from generator.accounts.rows import Cell
from generator.edition import (
    CONFIRMED,
    CORRECTIONS,
    DEPARTMENT,
    EDITION,
    HEAD,
    MAXIMUM_CONFIRMED,
    SUBJECTS,
    TABLES,
    UNIT,
    YEAR,
    Edition,
    TableSpec,
    available_editions,
    load_edition,
)
from generator.findings import Code, Finding, InvalidInput, Place, in_words
from generator.kinds import (
    Faults,
    FileAtHand,
    Subjects,
    Value,
    bare,
    empty_fields,
    field_at,
    last_year_file,
    last_year_path,
    mapping_of,
    meant,
    read_fields,
    read_text,
    refuse_unknown,
    short,
)
from generator.numbers import ZERO, Unit
from generator.reading import Mapping, Node, Scalar, node_at, read_document

_NAME_WITH_COLON = re.compile(r"([^:：\\/.]{2,40})[:：]\s*(.*)")
_NOT_IN_FILE_NAMES = re.compile(r'[\\/:*?"<>|\s]')


@dataclass(frozen=True, slots=True)
class Accounts:
    """A department's final accounts: who and when, every figure of the tables, and the edition's other fields."""

    edition: Edition
    year: int
    department: str
    unit: Unit
    ledger: Ledger
    values: dict[str, Value]
    """The fields of the edition by name, amounts in 万元."""
    source: Mapping
    """The department's file as it was read."""
    places: dict[str, Place]
    """Where it writes each table (表5), row (表5 › 2060101) and figure, by its name."""
    previous: LastYear | None
    confirmed: dict[str, str]
    """Texts that the department has looked at and stands by, each with its reason: no check of words speaks of them."""
    faults: tuple[Finding, ...]
    """Errors of the file that left nothing unread: the checks tell them with theirs."""
    corrections: tuple[Correction, ...] = ()
    """Those made since the first publication, the oldest first; how many there are is the correction number."""

    @property
    def place(self) -> Place:
        """The beginning of the file."""
        return self.source.place

    def indicator(self, name: str) -> Decimal | int:
        """The figure of the indicator `name`: an amount in 万元, a count or another number."""
        return indicator_figure(name, self.ledger, self.values)

    def left_out(self, path: tuple[str, ...]) -> Decimal | int:
        """What the entry of the field at `path` counts as where the department left it out (不填即为)."""
        field = field_at(self.edition.fields, path)
        return self.indicator(field.stands_for) if field and field.stands_for else 0

    def indicator_cells(self, name: str) -> list[Cell]:
        """The cells that the indicator `name` is made of, beside what the department entered."""
        return [part for _, part in indicator_parts(name, self.ledger, self.values) if isinstance(part, Cell)]

    def place_of(self, path: tuple[str | int, ...]) -> Place:
        """Where the file says what `path` leads to, or the nearest above it."""
        return node_at(self.source, path).within(in_words(path))


def load_accounts(path: Path) -> Accounts:
    """The accounts in the YAML or JSON file `path`. Raises `InvalidInput` with every finding."""
    return read_accounts(read_document(path))


def read_accounts(node: Node, *, with_last_year: bool = True) -> Accounts:
    """The accounts that a read document holds. Raises `InvalidInput` with every finding.

    `with_last_year`: whether a path to last year's file is followed.
    """
    if not isinstance(node, Mapping):
        message = "填报文件应由若干“名称: 内容”组成（冒号用半角，后面空一格），可用 juesuan new 生成一份。"
        raise InvalidInput(Finding(Code.WRONG_HEAD, message, (node.place,)))
    edition = load_edition(_edition_name(node))
    faults = Faults()
    known = [*HEAD, SUBJECTS, TABLES, *(field.name for field in edition.fields), CONFIRMED, CORRECTIONS]
    misspelt = refuse_unknown(known, node, faults)
    year = _year(node, edition, faults, misspelt)
    department = _department(node, faults, misspelt)
    unit = _unit(node, faults, misspelt)

    before = len(faults.findings)
    own = OwnSubjects(edition, faults)
    if SUBJECTS in node.entries:
        own.register(node.entries[SUBJECTS])
    figures = FigureReader(edition, unit, own, faults)
    if TABLES in node.entries:
        figures.read(node.entries[TABLES])
    elif TABLES not in misspelt:
        faults.add(Code.MISSING, "缺少“决算表”：请逐表填写金额。", node.place)
    own.judge()
    sound = len(faults.findings) == before
    ledger = Ledger(edition, figures.stated, figures.subjects, own.names) if sound else None
    if ledger:
        for table in edition.tables.values():
            _refuse_blanks(ledger, table, figures, faults)
    previous = _last_year(node, edition, department, faults) if with_last_year else None
    values = read_fields(edition.fields, node, misspelt, _file_at_hand(edition, unit, faults, ledger, previous))
    confirmed = _confirmed(node, faults)
    fixed = (EDITION, YEAR, CONFIRMED, CORRECTIONS)
    changeable = [*edition.tables, *(name for name in known if name not in fixed)]
    corrections = read_corrections(node.entries.get(CORRECTIONS), changeable, faults)
    if faults.findings or ledger is None:
        raise faults.refusal()
    _derive_bases(edition, ledger, values)
    places = figures.places
    told = tuple(faults.of_read)
    return Accounts(
        edition, year, department, unit, ledger, values, node, places, previous, confirmed, told, corrections
    )


def _refuse_blanks(ledger: Ledger, table: TableSpec, figures: FigureReader, faults: Faults) -> None:
    """A finding for each column that must not be blank (必填), with the last-level subjects for which it is."""
    for column in (column for block in table.blocks for column in block.amounts if column.required):
        subjects = _last_level_subjects(ledger, table)
        cells = [Cell(table.number, code, column.name) for code in subjects.names]
        blank = [cell.row for cell in cells if cell not in ledger.stated and not ledger.summands(cell)]
        if blank:
            names = "、".join(map(subjects.title, blank))
            message = f"{table.number} 的“{column.name}”没有填：{names}。没有的请填 0，空着不是 0。"
            places = dict.fromkeys(place for code in blank if (place := figures.place_of(table.number, code)))
            with faults.within(TABLES, table.number):
                faults.add(Code.MISSING, message, *places)


def _file_at_hand(
    edition: Edition, unit: Unit, faults: Faults, ledger: Ledger | None, previous: LastYear | None
) -> FileAtHand:
    """What the kinds of field may ask; `ledger` is `None` where the tables have faults."""

    @cache
    def subjects(table: str) -> Subjects | None:
        return _last_level_subjects(ledger, edition.tables[table]) if ledger else None

    def last_year(indicator: str) -> Decimal | int | None:
        # Of a file that is refused nothing more is asked.
        return previous.indicator(indicator) if previous else ZERO

    return FileAtHand(edition, unit, faults, subjects, last_year)


def _derive_bases(edition: Edition, ledger: Ledger, values: dict[str, Value]) -> None:
    """Puts what indicators are compared with, where tables tell it, beside what the department entered."""
    for name, indicator in edition.indicators.items():
        for comparison, terms in indicator.base_terms.items():
            field = edition.comparison_field(comparison)
            values[field] = (values.get(field) or {}) | {name: ledger.total(ledger.resolve(terms))}


def restated(accounts: Accounts, ledger: Ledger, values: dict[str, Value]) -> Accounts:
    """`accounts` as they would be with the figures of `ledger` and the fields `values`."""
    edition = accounts.edition
    empty = empty_fields(edition.fields, _file_at_hand(edition, accounts.unit, Faults(), ledger, accounts.previous))
    complete = dict(values)
    for field in edition.fields:
        if field.subjects_from:
            given = values[field.name]
            complete[field.name] = {code: given.get(code) or nothing for code, nothing in empty[field.name].items()}
    _derive_bases(edition, ledger, complete)
    return replace(accounts, ledger=ledger, values=complete)


def _last_year(node: Mapping, edition: Edition, department: str, faults: Faults) -> LastYear | None:
    """Last year's accounts where the file names theirs in place of figures."""
    named = (last_year_file(field, node.entries.get(field.name)) for field in edition.fields)
    file = next((one for one in named if one), None)
    return _follow(file, edition, department, faults) if file else None


def _follow(value: Scalar, edition: Edition, department: str, faults: Faults) -> LastYear | None:
    path = last_year_path(value)
    if message := _no_last_year(value, path):
        faults.add(Code.WRONG_LAST_YEAR, message, value.place)
        return None
    try:
        accounts = read_accounts(read_document(Path(value.place.file).parent / path), with_last_year=False)
    except InvalidInput as invalid:
        faults.add(Code.WRONG_LAST_YEAR, f"上年的填报文件“{path}”不能用，请先改正它：", value.place)
        faults.findings += invalid.findings
        return None
    messages = []
    if accounts.year != edition.year - 1:
        messages.append(f"上年的填报文件应是 {edition.year - 1} 年度的，“{path}”是 {accounts.year} 年度的。")
    if bare(accounts.department) != bare(department):
        whose = f"“{accounts.department}”的，不是“{department}”的"
        messages.append(f"上年的填报文件“{path}”是{whose}；改过名的请把两处写成一样。")
    for message in messages:
        faults.add(Code.WRONG_LAST_YEAR, message, value.place)
    if messages:
        return None
    return LastYear(accounts.ledger, accounts.values, edition, value.place, accounts.source)


def _no_last_year(value: Scalar, path: Path) -> str:
    """Why `value` is no path of a file that is there; empty where it is one."""
    if entry := _NAME_WITH_COLON.match(value.text):
        return f"“{entry[1]}”后面的冒号要用半角的“:”，再空一格，如“{entry[1]}: {entry[2]}”。"
    if path.is_absolute() or ".." in path.parts or ":" in value.text:
        return "上年的填报文件要和本文件放在同一个文件夹里，这里只写文件名。"
    if not re.fullmatch(r"[^\n\t\r]+", value.text.strip()):
        return "双引号里的反斜杠“\\”连着后面的字会变成别的：请把“\\”改成“/”。"
    this = Path(value.place.file)
    file = this.parent / path
    if os.path.exists(file):
        return ""
    beside = sorted(one.name for one in file.parent.glob("*.*") if one != this)
    near = meant(path.name, beside)
    advice = f"是不是“{near}”？" if near else "请核对文件名，和本文件放在一个文件夹里。"
    return f"找不到上年的填报文件“{path}”：{advice}"


def _edition_name(node: Mapping) -> str:
    value = node.entries.get(EDITION)
    known = "、".join(available_editions())
    if value is None:
        message = f"第一项应写“版本”，说明用哪一年、哪个地方的格式，现有：{known}。"
        raise InvalidInput(Finding(Code.MISSING, message, (node.place,)))
    name = value.text.strip() if isinstance(value, Scalar) else ""
    if name not in available_editions():
        message = f"没有版本“{name}”，现有：{known}，请改成其中之一。"
        raise InvalidInput(Finding(Code.WRONG_EDITION, message, (value.place,)))
    return name


def _year(node: Mapping, edition: Edition, faults: Faults, misspelt: set[str]) -> int:
    text, place = _head_text(node, YEAR, "决算年度，如 2020。", faults, misspelt)
    if text is not None and text != str(edition.year):
        if re.fullmatch("[0-9]{4}", text):
            message = (
                f"年度“{text}”与版本“{edition.identifier}”不符：这个版本只用于 {edition.year} 年度，请核对年度或版本。"
            )
        else:
            message = f"年度“{short(text)}”写得不对：只写四位半角数字，如 {edition.year}。"
        faults.add(Code.WRONG_EDITION, message, place)
    return edition.year


def _department(node: Mapping, faults: Faults, misspelt: set[str]) -> str:
    text, place = _head_text(node, DEPARTMENT, "部门全称。", faults, misspelt)
    if text is not None and (len(text) > 60 or _NOT_IN_FILE_NAMES.search(text)):
        message = '部门全称不能超过 60 字，也不能有空格、换行和 \\ / : * ? " < > | 这些文件名里不能用的符号。'
        faults.add(Code.WRONG_HEAD, message, place)
    return text or ""


def _unit(node: Mapping, faults: Faults, misspelt: set[str]) -> Unit:
    text, place = _head_text(node, UNIT, "写“元”或“万元”，全部金额都用它。", faults, misspelt)
    if text in {unit.value for unit in Unit}:
        return Unit(text)
    if text is not None:
        faults.add(Code.WRONG_HEAD, f"金额单位“{text}”不对：只能写“元”或“万元”。", place)
    return Unit.TEN_THOUSAND


def _head_text(node: Mapping, name: str, guide: str, faults: Faults, misspelt: set[str]) -> tuple[str | None, Place]:
    value = node.entries.get(name)
    text = read_text(value, faults) if value is not None else None
    place = value.place if value is not None else node.place
    if text is None and (value is None or isinstance(value, Scalar)) and name not in misspelt:
        faults.add(Code.MISSING, f"缺少“{name}”：{guide}", place)
    return text, place


def _confirmed(node: Mapping, faults: Faults) -> dict[str, str]:
    """The texts that the department stands by, each with its reason."""
    value = node.entries.get(CONFIRMED)
    if value is None:
        return {}
    entries = mapping_of(value, f"“{CONFIRMED}”下面应逐行写“原文: 理由”。", faults)
    if len(entries) > MAXIMUM_CONFIRMED:
        faults.add(Code.WRONG_SHAPE, f"“{CONFIRMED}”超过 {MAXIMUM_CONFIRMED} 条，请核对。", value.place)
        return {}
    reasons = {text: read_text(reason, faults) for text, reason in entries.items()}
    for text in (text for text, reason in reasons.items() if not reason):
        faults.add(Code.MISSING, f"“{short(text)}”后面要写明为什么没有问题。", entries[text].place)
    return {text: reason for text, reason in reasons.items() if reason}


def _last_level_subjects(ledger: Ledger, table: TableSpec) -> Subjects:
    """The subjects that `table` shows and below which it shows none."""
    columns = {row.code: side.block.amounts for side in ledger.sides(table) for row in side.rows if row.code}
    captions = {row.code: row.caption for side in ledger.sides(table) for row in side.rows if row.code}
    names = {
        code: caption
        for code, caption in captions.items()
        if not any(other != code and other.startswith(code) for other in captions)
    }
    with_figures = [
        code for code in names if any(ledger.amount(Cell(table.number, code, one.name)) for one in columns[code])
    ]
    return Subjects(table.number, names, with_figures)
