"""What is said where rounding prints figures apart that are one: the cell to state, and the lines to write."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby

from generator.accounts import Accounts, Cell, below, file_keys
from generator.checks.alike import Agreement, Alike, Statement
from generator.checks.wording import show
from generator.edition import TABLES
from generator.findings import Code, Finding, Place, Severity
from generator.reading import Mapping, Node, Scalar, in_braces, plain_or_quoted

_FURTHEST = 20


def advise(accounts: Accounts, agreed: Agreement) -> list[Finding]:
    """A reminder for each row of the file in which something is to be stated, and for each pair that stays apart."""
    order = {cell: at for at, cell in enumerate(accounts.ledger.cells())}
    statements = sorted(agreed.statements, key=lambda one: order[one.cell])
    rows = [list(group) for _, group in groupby(statements, key=_row)]
    begun: set[str] = set()
    findings = [_finding(accounts, row, begun) for row in rows]
    if findings:
        count = f"全文件这样要填明的共 {len(statements)} 格，逐行列出，可用 juesuan fix 一次写好。"
        findings[0] = replace(findings[0], message=findings[0].message + count)
    return [*findings, *map(_left_apart, agreed.left)]


def amount_of(statement: Statement) -> str:
    """The figure of `statement` as a department writes it."""
    return f"{statement.amount:.2f}"


def reason_of(accounts: Accounts, pair: Alike, cells: Iterable[Cell]) -> str:
    """Why `cells` are to be stated: `pair` prints apart, or will once the others are stated."""
    sources = {part.source: part.amount for part in (pair.one, pair.other) if isinstance(part.source, Cell)}
    later = any(accounts.ledger.amount(cell) != amount for cell, amount in sources.items())
    told = f"{'其他各格填明后，' if later else ''}{_both(pair)}，只因四舍五入相差，公布时应当一样"
    also = "、".join(f"“{cell}”" for cell in cells if cell not in sources)
    return f"{pair.check.name}：{told}{f'，{also}也应是这个数' if also else ''}。"


def _row(statement: Statement) -> tuple[str, str]:
    return statement.cell.table, statement.cell.row


def _both(pair: Alike) -> str:
    return "，".join(f"“{part.name}”是 {show(part.amount, part.unit)}" for part in (pair.one, pair.other))


def _left_apart(pair: Alike) -> Finding:
    group = pair.one.source.table if isinstance(pair.one.source, Cell) else ""
    message = f"{pair.check.name}：{_both(pair)}，公布时应当一样；填明合计也不能使它们一样，请核对填的数。"
    return Finding(Code.STAYS_APART, message, (), Severity.WARNING, group)


def _finding(accounts: Accounts, statements: list[Statement], begun: set[str]) -> Finding:
    """What is said of the cells of one row; `begun`: the tables, not in the file, for which lines were given before."""
    pairs = [one.pair for at, one in enumerate(statements) if one.pair not in [s.pair for s in statements[:at]]]
    reasons = [reason_of(accounts, pair, [one.cell for one in statements if one.pair == pair]) for pair in pairs]
    wanted = "，".join(f"“{one.cell}”是 {amount_of(one)}" for one in statements)
    where, place, lines = _to_write(accounts, statements, begun)
    message = f"{''.join(reasons)}请填明{wanted}：{where}下面的行。"
    cell = statements[0].cell
    places = (place.within(str(cell)),)
    return Finding(Code.PRINTED_APART, message, places, Severity.WARNING, cell.table, to_paste=lines)


def _to_write(accounts: Accounts, statements: list[Statement], begun: set[str]) -> tuple[str, Place, tuple[str, ...]]:
    """What to do with the lines, at which place of the file, and the lines, indented as they stand there."""
    keys = [file_keys(accounts, one.cell)[1:] for one in statements]
    table, row = keys[0][:2]
    columns = {key[2]: amount_of(one) for key, one in zip(keys, statements, strict=True) if len(key) > 2}
    line = f"{plain_or_quoted(row)}: {in_braces(columns) if columns else amount_of(statements[0])}"
    tables = accounts.source.entries[TABLES]
    rows = below(tables, table)
    if isinstance(rows, Mapping) and row in rows.entries:
        return _in_row(rows, row, columns, line)
    if rows is not None and isinstance(tables, Mapping):
        place = tables.keys[table]
        first = next(iter(rows.keys.values())).column if isinstance(rows, Mapping) and rows.keys else None
        return f"在第 {place.line} 行“{table}:”下面加上", place, (_indented(first or _column(place) + 2, line),)
    place = accounts.source.keys[TABLES]
    head = [] if table in begun else [_indented(3, f"{table}:")]
    begun.add(table)
    return f"在第 {place.line} 行“{TABLES}:”下面加上", place, (*head, _indented(5, line))


def _in_row(rows: Mapping, row: str, columns: dict[str, str], line: str) -> tuple[str, Place, tuple[str, ...]]:
    place, figures = rows.keys[row], rows.entries[row]
    if isinstance(figures, Mapping) and figures.keys:
        entries = columns | {key: _as_written(node) for key, node in figures.entries.items() if key not in columns}
        line = f"{plain_or_quoted(row)}: {in_braces(entries)}"
        if figures.place.line != place.line:
            inner = _column(figures.place)
            lines = tuple(_indented(inner, f"{plain_or_quoted(key)}: {value}") for key, value in columns.items())
            return f"在第 {place.line} 行“{row}:”里写上（已有的改成）", place, lines
    return f"把第 {place.line} 行改成", place, (_indented(_column(place), line),)


def _as_written(node: Node) -> str:
    return plain_or_quoted(node.text) if isinstance(node, Scalar) else ""


def _column(place: Place) -> int:
    return place.column or 1


def _indented(column: int, line: str) -> str:
    # What stands further right is on one line with what it belongs to.
    return " " * (column - 1) + line if column <= _FURTHEST else line
