"""Commands about an edition: its specification, and one of the next year."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from generator.cli.program import EditionId, Editions, Help, group, out, print_json
from generator.edition import FileKind, specification_schema
from generator.findings import Code
from generator.messages import print_findings

edition_app = group("版本：一年一地的格式（表、勾稽关系、模板）。")


def rules(edition: EditionId, editions: Editions = None, help_: Help = False) -> None:
    """Prints the handbook of checks."""
    from generator.checks import checks_handbook
    from generator.edition import load_edition

    sys.stdout.write(checks_handbook(load_edition(edition)))


def guide(edition: EditionId, editions: Editions = None, help_: Help = False) -> None:
    """Prints what a department fills in."""
    from generator.edition import load_edition
    from generator.forms import fields_guide

    sys.stdout.write(fields_guide(load_edition(edition)))


def messages(help_: Help = False) -> None:
    """Prints what each message code means."""
    from generator.findings import codes_page

    sys.stdout.write(codes_page())


def schema(edition: EditionId, editions: Editions = None, help_: Help = False) -> None:
    """Prints the JSON Schema."""
    from generator.edition import load_edition
    from generator.forms import json_schema

    print_json(json_schema(load_edition(edition)))


def fonts(edition: EditionId, editions: Editions = None, help_: Help = False) -> None:
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


@edition_app.command("list", help="列出现有的版本，以及格式和模板在哪里。")
def list_editions(editions: Editions = None, help_: Help = False) -> None:
    """Prints every edition with its title and files."""
    from generator.edition import available_editions, load_edition, specification_path, template_path
    from generator.findings import InvalidInput

    for identifier in available_editions():
        try:
            edition = load_edition(identifier)
        except InvalidInput as invalid:
            count = len(invalid.findings)
            out.print(f"{identifier}　格式有 {count} 处错误，查看：juesuan edition check {identifier}")
            continue
        template = template_path(edition)
        out.print(f"{identifier}　{edition.title}")
        out.print(f"    格式 {specification_path(edition)}")
        out.print(f"    模板 {template}{'' if template.is_file() else '（还没有）'}")


@edition_app.command("check", help="检查一个版本的格式（data_specs 里的 YAML）是否完整、前后一致。")
def check_edition(edition: EditionId, editions: Editions = None, help_: Help = False) -> None:
    """Says that the specification can be used; what is wrong with it is said by loading it, and by its own examples."""
    from generator.checks import check_examples
    from generator.edition import edition_remarks, load_edition
    from generator.findings import InvalidInput

    found = load_edition(edition)
    if unfound := check_examples(found):
        raise InvalidInput(*unfound)
    print_findings(out, edition_remarks(edition))
    out.print(f"{edition}：{len(found.tables)} 张表、{len(found.checks)} 条勾稽关系，格式没有错误。")


@edition_app.command("show", help="输出一个版本合并以后的格式（YAML）：自己写的，加上沿用别的版本的。")
def show_edition(
    edition: EditionId,
    file: Annotated[str, typer.Argument(metavar="文件", help="只看这个文件，如 表5.yaml。", show_default=False)] = "",
    editions: Editions = None,
    help_: Help = False,
) -> None:
    """Prints the specification with what it takes from others."""
    import yaml

    from generator.edition import merged_files
    from generator.findings import Finding, InvalidInput

    files = merged_files(edition)
    if file and file not in files:
        raise InvalidInput(Finding(Code.NO_SUCH_PART, f"没有文件“{file}”，本版本有：{'、'.join(files)}。"))
    for name in [file] if file else files:
        sys.stdout.write(f"# {name}\n{yaml.safe_dump(files[name], allow_unicode=True, sort_keys=False, width=1000)}")


@edition_app.command("schema", help="输出格式文件（YAML）的 JSON Schema，供编辑器自动补全和检查。")
def show_schema(
    kind: Annotated[FileKind, typer.Argument(metavar="文件", help="哪一种文件；表1、表2 等各张表都是“表”。")],
    help_: Help = False,
) -> None:
    """Prints the JSON Schema of a kind of file."""
    print_json(specification_schema(kind))


@edition_app.command("new", help="以一个版本为底本，复制出下一年的版本，再在上面修改。")
def new_edition(
    edition: Annotated[str, typer.Argument(metavar="新版本", help="新版本的编号，末尾是年度，如 gz-2021。")],
    old: Annotated[str, typer.Option("--from", metavar="底本", help="照哪个版本复制，如 gz-2020。")],
    home: Annotated[
        Path | None,
        typer.Option("--editions", metavar="文件夹", help="写到哪个版本文件夹；没有就新建。", show_default=False),
    ] = None,
    help_: Help = False,
) -> None:
    """Writes the new edition, and says what to look at."""
    from generator.edition import copy_edition, to_review
    from generator.template import year_mentions

    copied = copy_edition(old, edition, home)
    out.print(f"已生成版本 {edition}：")
    out.print(f"    格式 {copied.specification}")
    out.print(f"    模板 {copied.template}")
    review = list(to_review(copied))
    years = list(year_mentions(copied.template, copied.old_year))
    if review or years:
        out.print("请逐处看一看要不要改：")
        for place, why in review:
            out.print(f"    {place}　{why}")
        for place in years:
            out.print(f"    {place}　写着 {copied.old_year}")
    chosen = f" --editions {home}" if home else ""
    out.print("接下来：改好格式和模板，再依次用")
    out.print(f"    juesuan edition check {edition}{chosen}　　检查格式")
    out.print(f"    juesuan template check {edition}{chosen}　检查模板")
    out.print(f"    juesuan rules {edition}{chosen}　　　　　查看勾稽关系")
    out.print(f"    juesuan new {edition} -o 填报.yaml{chosen}　生成待填写的文件，填好后用 juesuan build 试做一份")
