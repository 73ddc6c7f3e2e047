"""A report for machines: plain data with Chinese keys."""

from __future__ import annotations

from typing import Any

from generator.accounts import Correction
from generator.correction.effects import Chain
from generator.correction.entered import Entered
from generator.correction.report import Change, Report
from generator.correction.versions import Versions, published
from generator.findings import Place
from generator.messages import findings_as_data


def report_as_data(report: Report) -> dict[str, Any]:
    """Everything that `report` says; changes name the entries that they come from by 序号."""
    numbers = {id(change): number for number, change in enumerate(report.entered, 1)}
    versions = report.versions
    return {
        "部门": versions.new.department,
        "年度": versions.new.year,
        "版本": versions.new.edition.identifier,
        "金额单位": versions.unit.value,
        "填报变动": [_entered(number, change, report) for number, change in enumerate(report.entered, 1)],
        "公开文本变动": [_change(change, numbers, versions) for change in report.changes],
        "页数": {"旧": report.old.pages, "新": report.new.pages},
        "新出现的核对结果": findings_as_data(report.findings_came),
        "已消除的核对结果": findings_as_data(report.findings_gone),
        "更正": [_correction(correction) for correction in report.reasons.corrections],
        "提醒": findings_as_data(report.remarks),
    }


def _entered(number: int, change: Entered, report: Report) -> dict[str, Any]:
    return {
        "序号": number,
        "类别": change.kind.value,
        "名称": change.name,
        "旧": change.old,
        "新": change.new,
        "旧位置": _place(change.old_place),
        "新位置": _place(change.new_place),
        "原因": [correction.reason for correction in report.reasons.of([change])],
    }


def _change(change: Change, numbers: dict[int, int], versions: Versions) -> dict[str, Any]:
    return {
        "类别": change.what.value,
        "位置": change.place,
        "旧": change.old,
        "新": change.new,
        "旧页": change.old_page,
        "新页": change.new_page,
        "起因": [numbers[id(cause)] for cause in change.causes],
        "经过": [_chain(chain, versions) for chain in change.chains],
        "数字": [
            {
                "名称": figure.name,
                "旧": figure.old,
                "新": figure.new,
                "经过": [_chain(chain, versions) for chain in figure.chains],
            }
            for figure in change.figures
        ],
        "原因": [correction.reason for correction in change.reasons],
    }


def _chain(chain: Chain, versions: Versions) -> list[dict[str, str]]:
    old, new = versions.old, versions.new
    return [
        {
            "表": cell.table,
            "行": cell.row,
            "栏": cell.column,
            "旧": published(old, cell) if cell.table in versions.old.edition.tables else "",
            "新": published(new, cell) if cell.table in versions.new.edition.tables else "",
        }
        for cell in chain
    ]


def _place(place: Place | None) -> dict[str, Any] | None:
    return {"文件": place.file, "行": place.line, "列": place.column} if place else None


def _correction(correction: Correction) -> dict[str, Any]:
    paths = ["/".join(path) for path in correction.paths]
    return {"日期": correction.date.isoformat(), "原因": correction.reason, "位置": paths}
