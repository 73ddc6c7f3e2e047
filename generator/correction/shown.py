"""A report in the terminal: what was entered, then what follows from it, in the order of the publication."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby, pairwise

from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from generator.accounts import Cell
from generator.correction.differences import What
from generator.correction.effects import Chain
from generator.correction.entered import ChangeKind, Entered
from generator.correction.report import Change, Report, readable
from generator.correction.versions import Versions, published
from generator.findings import Place
from generator.messages import print_findings

_OLD, _NEW = "red", "green"
_SHORT = 34
"""Cells of a text that stands beside another on a line of 80."""
_MOST_STEPS = 6
"""Steps of a chain that are shown; of a longer one the first and the last."""


def print_report(console: Console, report: Report) -> None:
    """Prints the whole report."""
    if not report.entered and not report.changes:
        console.print("两个文件填报的内容相同，公开文本没有变动。")
    if report.entered:
        _print_entered(console, report)
    if report.changes:
        _print_changes(console, report)
    for title, findings in (
        ("新出现的核对结果", report.findings_came),
        ("已消除的核对结果", report.findings_gone),
        ("需要处理", report.remarks),
    ):
        if findings:
            _title(console, title)
            print_findings(console, findings)
    console.print(_summary(report))


def _summary(report: Report) -> str:
    cells = sum(change.what is What.CELL for change in report.changes)
    pages = sum(change.what is What.PAGE for change in report.changes)
    others = len(report.changes) - cells - pages
    moved = f"，目录页码 {pages} 处" if pages else ""
    return f"填报变动 {len(report.entered)} 处；公开文本变动：表格 {cells} 格，文字 {others} 处{moved}。"


def _print_entered(console: Console, report: Report) -> None:
    _title(console, f"填报的变动（{len(report.entered)} 处，金额单位：{report.versions.unit.value}）")
    for number, change in enumerate(report.entered, 1):
        _line(console, Text.assemble((_mark(number), "bold"), f" {change.kind.value}　{change.name}"), 0)
        _print_texts(console, change.old, change.new, _explanation(change))
        reasons = "；".join(correction.reason for correction in report.reasons.of([change]))
        spots = " → ".join(_spot(place) for place in (change.old_place, change.new_place) if place)
        _line(console, Text(spots + (f"　原因：{reasons}" if reasons else ""), style="dim"), 4)


def _print_changes(console: Console, report: Report) -> None:
    numbers = {id(change): number for number, change in enumerate(report.entered, 1)}
    for title, members in groupby(report.changes, lambda change: _group(change, report.versions)):
        _title(console, title)
        for change in members:
            _print_change(console, change, numbers, report)


def _print_change(console: Console, change: Change, numbers: dict[int, int], report: Report) -> None:
    place = _within_group(change)
    if change.what is What.PAGE:
        _line(console, Text.assemble(f"{place}　", _old_and_new(change.old, change.new)), 0)
        return
    _line(console, Text(f"{place or change.what.value}{_pages(change)}"), 0)
    _print_texts(console, change.old, change.new)
    causes = "".join(_mark(numbers[id(cause)]) for cause in change.causes)
    versions = report.versions
    ways = [
        f"{_mark(numbers[id(_cause(chain, report.entered))])} {_chain(chain, versions)}"
        for chain in change.chains
        if len(chain) > 1
    ]
    for figure in change.figures:
        first = next((chain for chain in figure.chains if len(chain) > 1), ())
        way = f"（{_chain(first, versions)}）" if first else ""
        ways.append(f"{figure.name} {figure.old}→{figure.new}{way}")
    if not change.chains:
        ways.insert(0, f"起因：{causes}" if causes else "")
    for way in filter(None, ways):
        _line(console, Text(way, style="dim"), 4)


def _cause(chain: Chain, entered: Iterable[Entered]) -> Entered:
    return next(change for change in entered if change.cell == chain[0])


def _group(change: Change, versions: Versions) -> str:
    if change.what is What.PAGE:
        return "目录页码"
    if not change.cell:
        return change.heading or "封面、目录和页眉页脚"
    table = change.cell.table
    edition = versions.new.edition if table in versions.new.edition.tables else versions.old.edition
    return f"{table} {edition.tables[table].title}"


def _within_group(change: Change) -> str:
    if change.cell:
        return change.place.removeprefix(f"{change.cell.table} › ")
    return change.place.removeprefix(change.heading).removeprefix(" › ")


def _pages(change: Change) -> str:
    if change.old_page == change.new_page or change.old_page is None or change.new_page is None:
        page = change.new_page or change.old_page
        return f"（第 {page} 页）" if page else ""
    return f"（第 {change.old_page} 页，现第 {change.new_page} 页）"


def _chain(chain: Chain, versions: Versions) -> str:
    """`表5 › 2060101 › 基本支出 669.88→670.88 ⇒ 20601 ⇒ 206 ⇒ 表3 › 206`: of each step only what is other."""
    first = chain[0]
    old, new = (published(accounts, first) for accounts in (versions.old, versions.new))
    steps = [_other(step, before) for before, step in pairwise(chain)]
    if len(steps) > _MOST_STEPS:
        steps = [*steps[:2], f"……（{len(steps) - 4} 步）", *steps[-2:]]
    return " ⇒ ".join((f"{first} {old}→{new}", *steps))


def _other(cell: Cell, before: Cell) -> str:
    if cell.table != before.table:
        return str(cell)
    parts = [part for part, known in zip(cell[1:], before[1:], strict=True) if part != known]
    return " › ".join(parts)


def _print_texts(console: Console, old: str, new: str, explanation: str = "") -> None:
    """Old and new side by side where they are short, else one below the other."""
    if max(cell_len(old), cell_len(new)) <= _SHORT:
        _line(console, _old_and_new(old, new, explanation), 4)
        return
    _line(console, Text.assemble("旧　", (readable(old), _OLD)), 4)
    _line(console, Text.assemble("新　", (readable(new), _NEW), explanation), 4)


def _old_and_new(old: str, new: str, explanation: str = "") -> Text:
    return Text.assemble((readable(old), _OLD), " → ", (readable(new), _NEW), explanation)


def _explanation(change: Entered) -> str:
    match change.kind:
        case ChangeKind.STATED:
            return "（原来由程序算出，现在改为填写）"
        case ChangeKind.DERIVED:
            return "（原来填写，现在改由程序算出）"
        case ChangeKind.MOVED:
            return "（移了位置）"
        case _:
            return ""


def _spot(place: Place) -> str:
    return f"{place.file}:{place.line}:{place.column}"


def _mark(number: int) -> str:
    """① to ⑳, then (21)."""
    return chr(0x2460 + number - 1) if number <= 20 else f"({number})"


def _title(console: Console, title: str) -> None:
    console.print(Text(f"── {title}", style="bold"))


def _line(console: Console, text: Text, indent: int) -> None:
    """A line, broken to the width of a terminal; in a pipe it stays one line."""
    if console.is_terminal:
        console.print(Padding(text, (0, 0, 0, indent)), soft_wrap=False)
    else:
        console.print(Text.assemble(" " * indent, text), soft_wrap=True)
