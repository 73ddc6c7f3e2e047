"""The command that makes the draft again at each save."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from generator.cli.program import Editions, File, Help, err, out
from generator.messages import print_findings

if TYPE_CHECKING:
    from generator.watching import Remade

_SECONDS_BETWEEN_LOOKS = 0.2
_SHOWN_CHANGES = 20


def watch(
    file: File,
    folder: Annotated[Path, typer.Option("--output", "-o", metavar="文件夹", help="草稿写到哪个文件夹。")] = Path(
        "草稿"
    ),
    editions: Editions = None,
    help_: Help = False,
) -> None:
    """Makes the draft, and again at each save, until Ctrl-C; says what changed."""
    from generator.batch import Stop
    from generator.pdf.fonts import FontLibrary
    from generator.reading import read_document
    from generator.watching import Watch

    if not file.exists():
        read_document(file)  # which says so, as to any other command
    out.print(f"监视 {file} 和它用到的版本、模板；每次保存后重新生成草稿。按 Ctrl-C 结束。")
    watched = Watch(file, folder, FontLibrary.of_machine())
    with Stop() as stop:
        while not stop.asked:
            if remade := watched.look():
                print_remade(remade)
            time.sleep(_SECONDS_BETWEEN_LOOKS)
    out.print("已结束。")


def print_remade(remade: Remade) -> None:
    """Says which files were saved, what was entered differently, what is newly found, and whether there is a draft."""
    names = "、".join(dict.fromkeys(path.name for path in remade.changed))
    out.print(f"── {time.strftime('%H:%M:%S')} {f'{names} 有变化' if names else '开始'}")
    for one in remade.entered[:_SHOWN_CHANGES]:
        out.print(f"    {one.kind.value} {one.name}：{one.old or '（无）'} → {one.new or '（无）'}")
    if len(remade.entered) > _SHOWN_CHANGES:
        out.print(f"    另有 {len(remade.entered) - _SHOWN_CHANGES} 处变化。")
    print_findings(err, remade.came)
    for finding in remade.went:
        out.print(f"    已消除 {finding.code} {finding.message}")
    if remade.made:
        left = f"，核对结果 {remade.left} 项" if remade.left else ""
        out.print(f"已生成 {'、'.join(map(str, remade.made))}（{remade.seconds:.2f} 秒{left}）")
    else:
        out.print("这次没有生成，原来的草稿没有动；改正后保存即可。")
