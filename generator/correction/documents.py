"""The documents of a correction: the corrected publication, the same with its changes tracked, and the 更正说明."""

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from generator.correction.differences import What
from generator.correction.report import Report, readable
from generator.edition import correction_template_path
from generator.filling import describe, render
from generator.findings import Code, Finding, InvalidInput, Severity
from generator.narrative import template_environment
from generator.origin import EXPLANATION, TRACKED
from generator.pdf import print_document
from generator.pdf.fonts import FontLibrary
from generator.publish import Publication, contents, faults_told, publication_files, publish, write_files
from generator.reading import not_written
from generator.revision import tracked_changes
from generator.word import pack


def write_documents(report: Report, folder: Path, fonts: FontLibrary) -> list[Path]:
    """Writes the three documents of `report`, each as Word and PDF, and returns their paths.

    Raises `InvalidInput` where the corrected figures fail a check, no correction is told, or nothing can be written.
    """
    accounts = report.versions.new
    if any(finding.severity is Severity.ERROR for finding in report.findings):
        message = "新文件核对有错误，没有生成更正的文件：请先用 juesuan check 核对、改正。"
        raise InvalidInput(Finding(Code.NOT_CORRECT, message, (accounts.place,)))
    if not report.reasons.corrections:
        message = "新文件的“更正”里没有这一次的更正：请补一项，写明日期、原因和位置，再生成更正说明。"
        raise InvalidInput(Finding(Code.NO_CORRECTION, message, (accounts.place,)))
    tracked_one, explained = tracked(report, fonts), explanation(report, fonts)
    # As `build` does it: what somebody has edited by hand is not lost.
    publish(accounts, folder, fonts, made=report.new)
    try:
        written = write_files(folder, {**contents(tracked_one), **contents(explained)})
    except OSError as error:
        raise not_written(folder, error) from None
    return [*publication_files(accounts, folder), *written]


def tracked(report: Report, fonts: FontLibrary) -> Publication:
    """The corrected publication with every change marked as Word's own tracked changes."""
    date = f"{_date(report).isoformat()}T00:00:00Z"
    docx = tracked_changes(report.old.docx, report.new.docx, date)
    printed = print_document(docx, fonts, revisions=True)
    return Publication(report.new.name + TRACKED, docx, printed.pdf, printed.pages, printed.remarks)


def explanation(report: Report, fonts: FontLibrary) -> Publication:
    """The 更正说明, filled from its template. Raises `InvalidInput` where the template has a fault."""
    accounts = report.versions.new
    template = correction_template_path(accounts.edition)
    name = report.new.name + EXPLANATION
    with faults_told(template, accounts):
        document = render(template, _context(report), template_environment(accounts.edition.wording))
        describe(document, name, accounts.department)
        docx = pack(document)
        printed = print_document(docx, fonts)
    return Publication(name, docx, printed.pdf, printed.pages, printed.remarks)


def _context(report: Report) -> dict[str, Any]:
    """What the template of a 更正说明 may name."""
    accounts = report.versions.new
    return {
        "部门": accounts.department,
        "年度": accounts.year,
        "公开文本": report.new.name,
        "更正次数": len(accounts.corrections),
        "日期": _in_chinese(_date(report)),
        "各次更正": [
            {
                "序号": number,
                "日期": _in_chinese(correction.date),
                "原因": correction.reason.rstrip("。"),
                "位置": ["“" + " › ".join(path) + "”" for path in correction.paths],
            }
            for number, correction in enumerate(report.reasons.corrections, 1)
        ],
        "各项": list(_items(report)),
    }


def _items(report: Report) -> Iterator[dict[str, Any]]:
    """Each change of the publication; new page numbers in its 目录 need no explanation."""
    corrections = report.reasons.corrections
    changes = [change for change in report.changes if change.what is not What.PAGE]
    for number, change in enumerate(changes, 1):
        yield {
            "序号": number,
            "位置": change.place or "封面",
            "更正前": readable(change.old),
            "更正后": readable(change.new),
            "页": str(change.new_page or change.old_page or ""),
            "原因": "、".join(str(corrections.index(correction) + 1) for correction in change.reasons),
        }


def _date(report: Report) -> datetime.date:
    return report.reasons.corrections[-1].date


def _in_chinese(date: datetime.date) -> str:
    return f"{date.year}年{date.month}月{date.day}日"
