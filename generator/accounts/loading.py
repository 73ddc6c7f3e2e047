"""From a department's file to its accounts."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

from generator.accounts.corrections import Correction, read_corrections
from generator.accounts.figures import FigureReader
from generator.accounts.last_year import LastYear
from generator.accounts.ledger import Ledger
from generator.accounts.own_subjects import OwnSubjects
from generator.accounts.typing import FieldReader, Value
from generator.accounts.values import Faults, bare, read_text, refuse_unknown, short
from generator.edition import Edition, FieldKind, available_editions, load_edition
from generator.edition.department_file import CORRECTIONS, DEPARTMENT, EDITION, HEAD, SUBJECTS, TABLES, UNIT, YEAR, Unit
from generator.findings import Code, Finding, InvalidInput, Place
from generator.reading import Mapping, Node, Scalar, read_document
from generator.reading.nodes import node_at

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
    previous: LastYear | None
    corrections: tuple[Correction, ...] = ()
    """Those made since the first publication, the oldest first; how many there are is the correction number."""

    @property
    def place(self) -> Place:
        """The beginning of the file."""
        return self.source.place

    def place_of(self, path: tuple[str | int, ...]) -> Place:
        """Where the file says what `path` leads to, or the nearest above it."""
        return node_at(self.source, path).within(" › ".join(str(step) for step in path))


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
    known = [*HEAD, SUBJECTS, TABLES, *(field.name for field in edition.fields), CORRECTIONS]
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
    previous = _last_year(node, edition, department, faults) if with_last_year else None
    values = FieldReader(edition, unit, faults, previous, ledger).group(edition.fields, node, misspelt)
    changeable = [*edition.tables, *(name for name in known if name not in (EDITION, YEAR, CORRECTIONS))]
    corrections = read_corrections(node.entries.get(CORRECTIONS), changeable, faults)
    if faults.findings or ledger is None:
        raise faults.refusal()
    _derive_bases(edition, ledger, values)
    return Accounts(edition, year, department, unit, ledger, values, node, previous, corrections)


def _derive_bases(edition: Edition, ledger: Ledger, values: dict[str, Value]) -> None:
    """Puts what indicators are compared with, where tables tell it, beside what the department entered."""
    for name, indicator in edition.indicators.items():
        for comparison, terms in indicator.base_terms.items():
            field = edition.comparison_field(comparison)
            values[field] = (values.get(field) or {}) | {name: ledger.total(ledger.resolve(terms))}


def restated(accounts: Accounts, ledger: Ledger, values: dict[str, Value]) -> Accounts:
    """`accounts` as they would be with the figures of `ledger` and the fields `values`."""
    edition = accounts.edition
    reader = FieldReader(edition, accounts.unit, Faults(), accounts.previous, ledger)
    empty = reader.group(edition.fields, accounts.source, {field.name for field in edition.fields})
    complete = dict(values)
    for field in edition.fields:
        if field.kind is FieldKind.BY_SUBJECT:
            given = values[field.name]
            complete[field.name] = {code: given.get(code) or nothing for code, nothing in empty[field.name].items()}
    _derive_bases(edition, ledger, complete)
    return replace(accounts, ledger=ledger, values=complete)


def _last_year(node: Mapping, edition: Edition, department: str, faults: Faults) -> LastYear | None:
    """Last year's accounts where the file names theirs in place of figures."""
    for field in edition.fields:
        value = node.entries.get(field.name)
        if field.from_file and isinstance(value, Scalar) and not value.empty and value.text.strip():
            return _follow(value, edition, department, faults)
    return None


def _follow(value: Scalar, edition: Edition, department: str, faults: Faults) -> LastYear | None:
    path = Path(value.text.strip())
    if path.is_absolute() or ".." in path.parts or path.drive:
        faults.add(Code.WRONG_LAST_YEAR, "上年的填报文件要和本文件放在同一个文件夹里，这里只写文件名。", value.place)
        return None
    try:
        accounts = read_accounts(read_document(Path(value.place.file).parent / path), with_last_year=False)
    except InvalidInput as invalid:
        faults.add(Code.WRONG_LAST_YEAR, f"上年的填报文件“{path}”不能用，请先改正它：", value.place)
        faults.findings += invalid.findings
        return None
    if accounts.year != edition.year - 1:
        message = f"上年的填报文件应是 {edition.year - 1} 年度的，“{path}”是 {accounts.year} 年度的。"
        faults.add(Code.WRONG_LAST_YEAR, message, value.place)
    if bare(accounts.department) != bare(department):
        message = f"上年的填报文件“{path}”是“{accounts.department}”的，不是“{department}”的；改过名的请把两处写成一样。"
        faults.add(Code.WRONG_LAST_YEAR, message, value.place)
    return LastYear(accounts.ledger, edition, value.place)


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
