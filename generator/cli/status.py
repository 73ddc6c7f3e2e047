"""Commands about finished publications: whether they are current, and whether their figures are those of the file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from generator.cli.program import FAILED, Editions, File, Format, FormatOption, Help, out, print_json
from generator.findings import Code, Finding, InvalidInput, Place
from generator.reading import reason_of

if TYPE_CHECKING:
    from generator.accounts import Accounts
    from generator.origin import Kept, Standing
    from generator.publish import Publication
    from generator.readback import Result

MAXIMUM_BYTES = 200_000_000


def status(
    folder: Annotated[Path, typer.Argument(metavar="文件夹", help="公开文本所在的文件夹。", show_default=False)],
    source: Annotated[
        Path | None,
        typer.Option(
            "--source",
            metavar="文件夹",
            help="填报文件所在的文件夹，包括下一级；不写就找公开文本的文件夹、它的上一级和当前文件夹。",
            show_default=False,
        ),
    ] = None,
    format_: FormatOption = Format.TEXT,
    editions: Editions = None,
    help_: Help = False,
) -> None:
    """Prints what has become of each publication. Raises `typer.Exit` where one is not current."""
    from generator.accounts import load_accounts
    from generator.origin import Origin, State, origin_of, pairs_in, standing_of
    from generator.pdf.fonts import FontLibrary

    fonts = FontLibrary.of_machine()

    def origin_now(file: Path, draft: bool) -> Origin:
        return origin_of(load_accounts(file), fonts, draft=draft)

    try:
        sources = list(_sources(folder, source))
        standings = [standing_of(pair, sources, origin_now) for pair in pairs_in(folder)]
    except OSError as error:
        message = f"无法读取“{error.filename or folder}”（{reason_of(error)}），请核对文件夹和权限。"
        raise InvalidInput(Finding(Code.NOT_READ, message)) from None
    if format_ is Format.JSON:
        print_json([_as_data(standing) for standing in standings])
    else:
        _print_standings(standings, folder)
    if any(standing.state is not State.CURRENT for standing in standings):
        raise typer.Exit(FAILED)


def _sources(folder: Path, source: Path | None) -> Iterator[Path]:
    """Where the departments' files may be, the nearest first."""
    if source:
        yield from sorted(path for path in source.iterdir() if path.is_file())
        yield from sorted(path for path in source.rglob("*/*") if path.is_file())
        return
    seen: set[Path] = set()
    for near in (folder, folder.absolute().parent, Path()):
        if near.absolute() not in seen:
            seen.add(near.absolute())
            yield from sorted(path for path in near.iterdir() if path.is_file())


def _print_standings(standings: list[Standing], folder: Path) -> None:
    if not standings:
        out.print(f"“{folder}”里没有公开文本。")
        return
    for standing in standings:
        because = f"：{'、'.join(standing.reasons)}变了" if standing.reasons else ""
        style = "green" if standing.state.value == "最新" else "bold yellow"
        words = Text(f"{standing.state.value}{because}", style=style)
        out.print(Text(f"{standing.pair.name}　").append_text(words))
        for note in standing.notes:
            out.print(Text(f"    {note}"))
    counts = {
        state: sum(standing.state is state for standing in standings)
        for standing in standings
        for state in [standing.state]
    }
    out.print(
        f"共 {len(standings)} 份：" + "，".join(f"{state.value} {count} 份" for state, count in counts.items()) + "。"
    )


def _as_data(standing: Standing) -> dict[str, object]:
    from generator.origin import shown

    origin = standing.pair.origin
    return {
        "名称": standing.pair.name,
        "状态": standing.state.value,
        "原因": list(standing.reasons),
        "说明": list(standing.notes),
        "文件": [_file_as_data(*both) for both in zip(standing.pair.files, standing.pair.stamps, strict=True)],
        "填报文件": str(standing.source) if standing.source else None,
        "部门": origin.department if origin else None,
        "草稿": origin.draft if origin else None,
        "更正次数": origin.correction if origin else None,
        "来源": shown(origin) if origin else None,
    }


def _file_as_data(file: Path, kept: Kept | None) -> dict[str, object]:
    return {
        "文件": str(file),
        "有记录": kept is not None,
        "被改动": kept.edited if kept else None,
        "文字被改动": kept.text_edited if kept else None,
    }


def verify(
    document: Annotated[
        Path, typer.Argument(metavar="公开文本", help="做好的 Word（.docx）或 PDF。", show_default=False)
    ],
    file: File,
    format_: FormatOption = Format.TEXT,
    editions: Editions = None,
    help_: Help = False,
) -> None:
    """Prints the figures that are not the file's. Raises `typer.Exit` where there are any."""
    from generator.accounts import load_accounts
    from generator.pdf.fonts import FontLibrary
    from generator.publish import make_publication
    from generator.word import UnreadableDocument

    data = _read(document)
    accounts = load_accounts(file)
    publication = make_publication(accounts, FontLibrary.of_machine())
    try:
        result = _compare(data, publication, accounts)
    except UnreadableDocument:
        message = "不是可读的 Word 文件（.docx）或 PDF：请用 Word 或 WPS 打开，另存为“Word 文档 (*.docx)”或 PDF。"
        raise InvalidInput(Finding(Code.NOT_A_PUBLICATION, message, (Place(str(document)),))) from None
    if format_ is Format.JSON:
        print_json(_result_as_data(result))
    else:
        _print_result(result, document)
    if result.wrong:
        raise typer.Exit(FAILED)


def _read(document: Path) -> bytes:
    try:
        with document.open("rb") as file:
            data = file.read(MAXIMUM_BYTES + 1)
    except OSError as error:
        message = f"无法读取“{document}”（{reason_of(error)}），请核对路径和权限，或关闭正在使用它的程序。"
        raise InvalidInput(Finding(Code.NOT_READ, message)) from None
    if len(data) > MAXIMUM_BYTES:
        message = f"“{document}”超过 {MAXIMUM_BYTES // 1_000_000} MB，不像是公开文本，请核对。"
        raise InvalidInput(Finding(Code.NOT_READ, message))
    return data


def _compare(data: bytes, publication: Publication, accounts: Accounts) -> Result:
    from generator.readback import drawn_texts, wrong_figures_of_pdf, wrong_figures_of_word

    if data.startswith(b"%PDF"):
        return wrong_figures_of_pdf(publication.pdf, data, drawn_texts(publication.docx))
    edition = accounts.edition
    heads = (edition.wording.department_line, edition.wording.unit_line)
    asides = {edition.printed(text, table, accounts.department) for table in edition.tables.values() for text in heads}
    return wrong_figures_of_word(publication.docx, data, asides)


def _print_result(result: Result, document: Path) -> None:
    for figure in result.wrong:
        out.print(Text(str(figure)))
    if result.wrong:
        out.print(f"{document}：有 {len(result.wrong)} 个数与填报文件不符（共核对 {result.compared} 个）。")
    else:
        out.print(f"{document}：核对了 {result.compared} 个数，都与填报文件相符。")
    if result.reworded:
        out.print(f"另有 {result.reworded} 段文字改动过，其中的数没有变。")


def _result_as_data(result: Result) -> dict[str, object]:
    return {
        "核对": result.compared,
        "文字改动": result.reworded,
        "不符": [
            {
                "类别": figure.kind,
                "位置": figure.place,
                "应为": figure.expected,
                "实为": figure.found,
                "上下文": figure.context,
            }
            for figure in result.wrong
        ],
    }
