"""Commands about a department's file."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer

from generator.cli.program import FAILED, EditionId, Editions, File, Format, FormatOption, Help, err, out, print_json
from generator.findings import Code, Finding, InvalidInput, Severity
from generator.messages import findings_as_data, print_findings, print_summary
from generator.reading import not_written


def build(
    file: File,
    folder: Annotated[Path, typer.Option("--output", "-o", metavar="文件夹", help="写到哪个文件夹。")] = Path("output"),
    draft: Annotated[bool, typer.Option("--draft", help="核对有错也生成，每页标明“草稿”。")] = False,
    force: Annotated[bool, typer.Option("--force", help="已是最新的也重做，被人改动过的也覆盖。")] = False,
    editions: Editions = None,
    help_: Help = False,
) -> None:
    """Writes both files, or says what stands in the way."""
    from generator.accounts import load_accounts
    from generator.pdf.fonts import FontLibrary
    from generator.publish import publish

    begun = time.perf_counter()
    files, findings = publish(load_accounts(file), folder, FontLibrary.of_machine(), draft=draft, force=force)
    print_findings(err, findings)
    if not files:
        out.print(f"“{folder}”里的 Word 和 PDF 已是最新，没有重做；要重做请加 --force。")
    for path in files:
        out.print(f"已生成 {path}")
    out.print(f"用时 {time.perf_counter() - begun:.2f} 秒")


def check(
    file: File,
    format_: FormatOption = Format.TEXT,
    editions: Editions = None,
    help_: Help = False,
) -> None:
    """Prints the findings."""
    from generator.accounts import load_accounts
    from generator.checks import check_accounts

    try:
        findings = check_accounts(load_accounts(file))
    except InvalidInput as invalid:
        findings = list(invalid.findings)
    report(findings, format_, f"{file}：核对无误。")


def report(findings: list[Finding], format_: Format, if_none: str) -> None:
    """Prints `findings`, or `if_none`. Raises `typer.Exit` where one is an error."""
    if format_ is Format.JSON:
        print_json(findings_as_data(findings))
    elif findings:
        print_findings(out, findings)
        print_summary(out, findings)
    else:
        out.print(if_none)
    if any(finding.severity is Severity.ERROR for finding in findings):
        raise typer.Exit(FAILED)


def show(
    file: File,
    table: Annotated[str, typer.Argument(metavar="表号", help="只看这张表，如 表5；不写就看全部。")] = "",
    editions: Editions = None,
    help_: Help = False,
) -> None:
    """Prints the tables."""
    from generator.accounts import load_accounts
    from generator.tables_shown import print_table

    accounts = load_accounts(file)
    tables = accounts.edition.tables
    if table and table not in tables:
        raise InvalidInput(Finding(Code.NO_SUCH_PART, f"没有表“{table}”，本版本有：{'、'.join(tables)}。"))
    for number in [table] if table else tables:
        print_table(out, accounts, tables[number])


def new(
    edition: EditionId,
    file: Annotated[Path, typer.Option("--output", "-o", metavar="文件", help="写到哪个文件；已有的文件不会覆盖。")],
    editions: Editions = None,
    help_: Help = False,
) -> None:
    """Writes a file to fill in."""
    from generator.edition import load_edition
    from generator.forms import blank_file

    text = blank_file(load_edition(edition))
    try:
        _write_new(file, text)
    except FileExistsError:
        raise InvalidInput(Finding(Code.EXISTS, f"“{file}”已经存在，没有覆盖；请换一个文件名。")) from None
    except OSError as error:
        raise not_written(file, error) from None
    out.print(f"已生成 {file}，填好后用 juesuan check {file} 核对。")


def _write_new(file: Path, text: str) -> None:
    """Writes `text` whole or not at all. Raises `FileExistsError`, or another `OSError` where it cannot be written."""
    target = file.open("x", encoding="utf-8")
    try:
        with target:
            target.write(text)
    except OSError:
        file.unlink()
        raise
