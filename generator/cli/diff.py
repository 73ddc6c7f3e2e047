"""The command that compares two versions of a department's file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from generator.cli.program import FAILED, Editions, Format, FormatOption, Help, err, out, print_json
from generator.findings import Severity

Old = Annotated[Path, typer.Argument(metavar="旧文件", help="更正前的填报文件。", show_default=False)]
New = Annotated[Path, typer.Argument(metavar="新文件", help="更正后的填报文件。", show_default=False)]
Folder = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="文件夹",
        help="写出更正后的公开文本、修订对照本和更正说明（各有 Word 和 PDF）。",
        show_default=False,
    ),
]


def diff(
    old: Old,
    new: New,
    format_: FormatOption = Format.TEXT,
    folder: Folder = None,
    editions: Editions = None,
    help_: Help = False,
) -> None:
    """Prints what differs, and writes the documents of a correction where a folder is given."""
    from generator.correction import compare_files, print_report, report_as_data, write_documents
    from generator.pdf.fonts import FontLibrary

    fonts = FontLibrary.of_machine()
    report = compare_files(old, new, fonts, reasons_required=folder is not None)
    if format_ is Format.JSON:
        print_json(report_as_data(report))
    else:
        print_report(out, report)
    errors = [finding for finding in report.remarks if finding.severity is Severity.ERROR]
    if folder is None:
        return
    if errors:
        err.print(f"有 {len(errors)} 处变动没有写明原因，没有生成更正的文件。")
        raise typer.Exit(FAILED)
    for path in write_documents(report, folder, fonts):
        if format_ is Format.TEXT:
            out.print(f"已生成 {path}")
