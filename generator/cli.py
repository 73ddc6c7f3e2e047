"""The command `juesuan`: arguments in, messages out."""

from __future__ import annotations

import gc
import json
import os
import sys
import time
from enum import Enum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from typer.exceptions import TyperException

from generator.findings import Finding, InvalidInput, Severity
from generator.messages import findings_as_data, print_findings, print_summary
from generator.reading.failures import reason_of

# What a command needs beyond reading and checking is imported where it is used: `check` and `schema` start faster.

app = typer.Typer(
    help="由填报文件生成部门决算公开文本（Word 和 PDF）。",
    add_completion=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": []},
)
out = Console(highlight=False, markup=False, soft_wrap=True)
err = Console(highlight=False, markup=False, soft_wrap=True, stderr=True)

FAILED, MISUSED = 1, 2


class Format(Enum):
    """In which form findings are printed."""

    TEXT = "text"
    JSON = "json"


_HELP_WORDS = {
    "Usage:": "用法：",
    "Arguments:": "参数：",
    "Options:": "选项：",
    "Commands:": "命令：",
    "[OPTIONS]": "[选项]",
    "COMMAND [ARGS]...": "命令 [参数]...",
    "[default: ": "[默认：",
    "[required]": "[必填]",
}


def _show_help(context: typer.Context, wanted: bool) -> None:
    if wanted:
        text = context.get_help()
        for english, chinese in _HELP_WORDS.items():
            text = text.replace(english, chinese)
        out.print(text)
        raise typer.Exit


Help = Annotated[bool, typer.Option("--help", "-h", help="显示这段说明。", is_eager=True, callback=_show_help)]
File = Annotated[Path, typer.Argument(metavar="填报文件", help="部门的填报文件（YAML 或 JSON）。", show_default=False)]
EditionId = Annotated[str, typer.Argument(metavar="版本", help="版本编号，如 gz-2020。", show_default=False)]


@app.callback(invoke_without_command=True)
def _program(context: typer.Context, help_: Help = False) -> None:
    if context.invoked_subcommand is None:
        _show_help(context, True)


@app.command(help="生成决算公开文本：写出 Word 和 PDF 两个文件。")
def build(
    file: File,
    folder: Annotated[Path, typer.Option("--output", "-o", metavar="文件夹", help="写到哪个文件夹。")] = Path("output"),
    draft: Annotated[bool, typer.Option("--draft", help="核对有错也生成，每页标明“草稿”。")] = False,
    help_: Help = False,
) -> None:
    """Writes both files, or says what stands in the way."""
    from generator.pdf.fonts import FontLibrary
    from generator.publish import publish

    begun = time.perf_counter()
    files, findings = publish(file, folder, FontLibrary.of_machine(), draft=draft)
    print_findings(err, findings)
    for path in files:
        out.print(f"已生成 {path}")
    out.print(f"用时 {time.perf_counter() - begun:.2f} 秒")


@app.command(help="只核对填报文件，不生成。")
def check(
    file: File,
    format_: Annotated[
        Format, typer.Option("--format", metavar="格式", help="text 供人看，json 供程序读。")
    ] = Format.TEXT,
    help_: Help = False,
) -> None:
    """Prints the findings."""
    from generator.accounts import load_accounts
    from generator.checks import check_accounts

    try:
        findings = check_accounts(load_accounts(file))
    except InvalidInput as invalid:
        findings = list(invalid.findings)
    if format_ is Format.JSON:
        _print_json(findings_as_data(findings))
    elif findings:
        print_findings(out, findings)
        print_summary(out, findings)
    else:
        out.print(f"{file}：核对无误。")
    if any(finding.severity is Severity.ERROR for finding in findings):
        raise typer.Exit(FAILED)


@app.command(help="在终端显示决算表；由程序算出的数颜色较淡。")
def show(
    file: File,
    table: Annotated[str, typer.Argument(metavar="表号", help="只看这张表，如 表5；不写就看全部。")] = "",
    help_: Help = False,
) -> None:
    """Prints the tables."""
    from generator.accounts import load_accounts
    from generator.tables_shown import print_table

    accounts = load_accounts(file)
    tables = accounts.edition.tables
    if table and table not in tables:
        raise InvalidInput(Finding("W103", f"没有表“{table}”，本版本有：{'、'.join(tables)}。"))
    for number in [table] if table else tables:
        print_table(out, accounts, tables[number])


@app.command(help="输出版本的勾稽关系手册（Markdown）。")
def rules(edition: EditionId, help_: Help = False) -> None:
    """Prints the handbook of checks."""
    from generator.edition import load_edition
    from generator.edition.handbook import checks_handbook

    sys.stdout.write(checks_handbook(load_edition(edition)))


@app.command(help="生成一份待填写的填报文件，逐项带说明。")
def new(
    edition: EditionId,
    file: Annotated[Path, typer.Option("--output", "-o", metavar="文件", help="写到哪个文件；已有的文件不会覆盖。")],
    help_: Help = False,
) -> None:
    """Writes a file to fill in."""
    from generator.accounts.blank import blank_file
    from generator.edition import load_edition

    text = blank_file(load_edition(edition))
    try:
        _write_new(file, text)
    except FileExistsError:
        raise InvalidInput(Finding("W101", f"“{file}”已经存在，没有覆盖；请换一个文件名。")) from None
    except OSError as error:
        message = f"无法写入“{file}”（{reason_of(error)}）：请检查文件夹是否存在、磁盘空间和权限。"
        raise InvalidInput(Finding("W102", message)) from None
    out.print(f"已生成 {file}，填好后用 juesuan check {file} 核对。")


@app.command(help="输出填报文件的 JSON Schema，供编辑器自动补全和检查。")
def schema(edition: EditionId, help_: Help = False) -> None:
    """Prints the JSON Schema."""
    from generator.accounts.schema import json_schema
    from generator.edition import load_edition

    _print_json(json_schema(load_edition(edition)))


@app.command(help="显示模板里的每种字体打印 PDF 时用哪个字体文件。")
def fonts(edition: EditionId, help_: Help = False) -> None:
    """Prints which file each of the template's fonts is printed with."""
    from generator.edition import load_edition, template_path
    from generator.pdf import document_fonts
    from generator.pdf.fonts import FontLibrary

    library = FontLibrary.of_machine()
    for name in document_fonts(template_path(load_edition(edition)).read_bytes()):
        found = library.explain(name)
        out.print(f"{name} → {found.face.family}")
        out.print(f"    {found.face.path}")
        out.print(f"    {found.reason}")


def _write_new(file: Path, text: str) -> None:
    """Writes `text` whole or not at all. Raises `FileExistsError`, or another `OSError` where it cannot be written."""
    target = file.open("x", encoding="utf-8")
    try:
        with target:
            target.write(text)
    except OSError:
        file.unlink()
        raise


def _print_json(data: object) -> None:
    sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=2) + "\n")


def main() -> None:
    """Runs the command. Exit status: 0, 1 where the input does not allow it, 2 where the command is misused."""
    for stream in (sys.stdout, sys.stderr):
        # A Windows console may lack a character of a department's text; a message is worth more than its every sign.
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    # One command makes one publication and ends: looking for cycles to free costs a tenth of its time.
    gc.disable()
    try:
        status = _run()
        sys.stdout.flush()
    except OSError as error:
        # Of the output, since those of files are findings: a full disk, or a reader such as `head` that has enough.
        status = FAILED
        if not isinstance(error, BrokenPipeError):
            err.print(f"无法输出（{reason_of(error)}）。")
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # or Python fails once more when it flushes at its end
    sys.exit(status)


def _run() -> int:
    try:
        return app(standalone_mode=False) or 0
    except TyperException as misuse:
        err.print(f"用法不对：{_in_chinese(misuse)}查看用法：juesuan --help")
        return MISUSED
    except typer.Abort:
        return FAILED
    except InvalidInput as invalid:
        print_findings(err, invalid.findings)
        return FAILED


def _in_chinese(misuse: TyperException) -> str:
    """What a user got wrong on the command line; typer says it in English."""
    option = getattr(misuse, "option_name", None)
    parameter = getattr(misuse, "param", None)
    if option:
        return f"没有选项“{option}”，或它后面缺少内容。"
    if parameter is not None:
        return f"缺少或写错了“{parameter.metavar or parameter.name}”。"
    return f"没有这样的命令，或参数多了：{' '.join(sys.argv[1:])}。"
