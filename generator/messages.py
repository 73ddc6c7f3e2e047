"""Findings as the command prints them: for people by table, for machines as data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from generator.findings import Finding, Place, Severity

_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow"}
_MARGIN = "    "
_PIECE = re.compile(r"[0-9A-Za-z.,%+-]+|.", re.DOTALL)
"""What stays on one line: a number or a Latin word, else a single character."""


def print_findings(console: Console, findings: Iterable[Finding]) -> None:
    """Each finding with its places; those of one table together, under its name.

    On a terminal long messages are broken to its width; in a pipe each stays on its line, to be searched and cut.
    """
    ordered = sorted(findings, key=lambda finding: _order(finding.group))
    for group, members in groupby(ordered, key=lambda finding: finding.group):
        if group:
            console.print(Text(f"── {group}", style="bold"))
        for finding in members:
            head = f"{finding.severity.value} {finding.code}"
            message = f"{head} {_in_one_line(finding.message)}"
            lines = list(_lines(message, console.width - len(_MARGIN))) if console.is_terminal else [message]
            shown = Text(f"\n{_MARGIN}".join(lines))
            shown.stylize(_STYLES[finding.severity], 0, len(head))
            console.print(shown, soft_wrap=True)
            for place in finding.places:
                console.print(Text(f"{_MARGIN}{place}", style="dim"), soft_wrap=True)
            for line in finding.to_paste:
                console.print(Text(line), soft_wrap=True)


def print_summary(console: Console, findings: list[Finding]) -> None:
    """How many findings of each severity."""
    counts = {severity: sum(finding.severity is severity for finding in findings) for severity in Severity}
    words = "，".join(f"{severity.value} {count} 项" for severity, count in counts.items() if count)
    console.print(f"共{words}。")


def findings_as_data(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """The findings for machines; amounts as texts, exact."""
    return [
        {
            "级别": finding.severity.value,
            "代码": finding.code,
            "说明": finding.message,
            "归属": finding.group,
            "位置": [_place_as_data(place) for place in finding.places],
            **_comparison_as_data(finding),
            "可能原因": finding.cause,
            **({"可粘贴": list(finding.to_paste)} if finding.to_paste else {}),
        }
        for finding in findings
    ]


def _in_one_line(message: str) -> str:
    """`message` without the line ends that it quotes from a file."""
    return re.sub(r"\s*[\r\n]\s*", " ", message)


def _lines(text: str, width: int) -> Iterator[str]:
    """`text` in lines of at most `width` cells, a Chinese character being two wide."""
    line = ""
    for piece in _PIECE.findall(text):
        stays = piece in "，。、；：！？”）"
        if line and cell_len(line + piece) > width and not stays:
            yield line.rstrip()
            line = piece.lstrip()
        else:
            line += piece
    yield line


def _order(group: str) -> tuple[int, str]:
    digits = "".join(filter(str.isdigit, group))
    return (int(digits) if digits else 0 if not group else 1000, group)


def _place_as_data(place: Place) -> dict[str, Any]:
    return {"文件": place.file, "行": place.line, "列": place.column, "项目": place.where}


def _comparison_as_data(finding: Finding) -> dict[str, Any]:
    compared = finding.comparison
    if compared is None:
        return {}
    return {
        "左边": {"名称": compared.left_name, "金额": str(compared.left)},
        "右边": {"名称": compared.right_name, "金额": str(compared.right)},
        "差额": str(compared.difference),
    }
