"""Commands about Word templates."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from generator.cli.accounts import report
from generator.cli.editions import list_editions
from generator.cli.program import EditionId, Editions, Format, FormatOption, Help, group, out, print_json
from generator.findings import Code, Finding, InvalidInput, Place

if TYPE_CHECKING:
    from generator.edition import Edition

template_app = group("Word 模板：检查、查看、可用的名称。")
template_app.command("list", help="列出现有的版本，以及格式和模板在哪里。")(list_editions)

Template = Annotated[
    str, typer.Argument(metavar="版本或文件", help="版本编号，如 gz-2020；或一个 .docx 文件。", show_default=False)
]


@template_app.command("check", help="检查模板：标记、名称、表和图、样式、目录，以及 PDF 打印不了的内容。")
def check(
    template: Template,
    edition: Annotated[
        str, typer.Option("--edition", metavar="版本", help="文件属于哪个版本；不写就看文件名。", show_default=False)
    ] = "",
    format_: FormatOption = Format.TEXT,
    editions: Editions = None,
    help_: Help = False,
) -> None:
    """Prints the findings, each with its paragraph."""
    from generator.pdf.fonts import FontLibrary
    from generator.template import check_template

    path, of = _template(template, edition)
    findings = check_template(path, of, FontLibrary.of_machine())
    report(findings, format_, f"{path}：没有发现问题。")


@template_app.command("show", help="把 Word 文件显示成文字，一行一件事，便于比较两个版本。")
def show(template: Template, editions: Editions = None, help_: Help = False) -> None:
    """Prints the document, line by line."""
    from generator.template import show_document
    from generator.word import UnreadableDocument

    path = Path(template)
    if not path.is_file() and path.suffix != ".docx":
        path, _ = _template(template, "")
    try:
        lines = show_document(path)
    except UnreadableDocument as refused:
        raise InvalidInput(Finding(Code.TEMPLATE_FAULT, str(refused), (Place(str(path)),))) from None
    # Written as it is: git reads UTF-8, whatever the console of the machine is set to.
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
    sys.stdout.writelines(f"{line}\n" for line in lines)


@template_app.command("names", help="列出模板可用的名称、过滤器和函数，附示例里的值。")
def names(
    edition: EditionId, format_: FormatOption = Format.TEXT, editions: Editions = None, help_: Help = False
) -> None:
    """Prints what a template of this edition may use."""
    from generator.edition import load_edition
    from generator.template import print_reference, reference

    found = reference(load_edition(edition))
    if format_ is Format.JSON:
        print_json(found)
    else:
        print_reference(out, found)


def _template(named: str, edition: str) -> tuple[Path, Edition]:
    """The template that `named` means, an edition's or a file, and its edition. Raises `InvalidInput`."""
    from generator.edition import available_editions, load_edition, template_path

    path = Path(named)
    if path.suffix.lower() != ".docx" and not path.is_file():
        of = load_edition(edition or named)
        return template_path(of), of
    if not edition:
        edition = max((known for known in available_editions() if path.stem.startswith(known)), key=len, default="")
    if not edition:
        message = (
            f"从文件名“{path.name}”看不出属于哪个版本，请加上 --edition，现有：{'、'.join(available_editions())}。"
        )
        raise InvalidInput(Finding(Code.NO_EDITION_OF_TEMPLATE, message))
    return path, load_edition(edition)
