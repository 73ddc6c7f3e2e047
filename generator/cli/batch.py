"""The command for all departments of a folder."""

from __future__ import annotations

import gc
import time
from pathlib import Path
from typing import Annotated

import typer

from generator.cli.program import FAILED, Editions, Help, err, out
from generator.reading import not_written

BATCH_HELP = (
    "生成一个文件夹里所有部门的公开文本，并写出汇总表（汇总.xlsx）。没有变化的不重做，中断后再运行就接着做。"
    "退出码：0 全部已有；1 有部门不能生成；130 被中止。"
)
STOPPED = 130
"""Exit status where the user ended the batch, as shells have it for Ctrl-C."""


def batch(
    sources: Annotated[
        Path, typer.Argument(metavar="填报文件夹", help="各部门的填报文件所在的文件夹。", show_default=False)
    ],
    folder: Annotated[Path, typer.Option("--output", "-o", metavar="文件夹", help="写到哪个文件夹。")] = Path("output"),
    jobs: Annotated[
        int | None,
        typer.Option(
            "--jobs",
            "-j",
            metavar="个数",
            min=1,
            max=256,
            help="同时开几个进程；不写就用全部处理器核。",
            show_default=False,
        ),
    ] = None,
    only: Annotated[
        str, typer.Option("--only", metavar="通配符", help="只处理名称相符的文件，如 '2020*.yaml'。")
    ] = "*",
    recursive: Annotated[bool, typer.Option("--recursive", "-r", help="下级文件夹里的也处理。")] = False,
    fail_fast: Annotated[
        bool, typer.Option("--fail-fast/--keep-going", help="有一个不能生成就不再开始下一个；默认继续做其余的。")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="没有变化的也重新生成。")] = False,
    draft: Annotated[bool, typer.Option("--draft", help="核对有错也生成，每页标明“草稿”。")] = False,
    editions: Editions = None,
    help_: Help = False,
) -> None:
    """Makes every department's publication and the summary, and says what became of each.

    Exit status: 0 where every publication is there, 1 where one could not be made, 130 where the user ended it.
    """
    from generator.batch import Order, find_departments, run_batch
    from generator.batch_summary import write_workbook
    from generator.cli.batch_shown import print_batch, progress

    begun = time.perf_counter()
    gc.enable()  # of many departments, what a command for one need not tidy up would add up
    departments, last_years = find_departments(sources, only, recursive=recursive)
    for file in last_years:
        out.print(f"{file.name}：是其他文件的上年填报文件，不另生成；要生成请用 --only 只选它。")
    try:
        with progress(err, len(departments)) as tell:
            order = Order(folder, editions, draft=draft, force=force)
            result = run_batch(departments, order, jobs=jobs or 0, fail_fast=fail_fast, done=tell)
        print_batch(out, err, result)
        summary = write_workbook(result, folder)
    except OSError as error:
        raise not_written(folder, error) from None
    out.print(f"汇总 {summary}")
    out.print(f"用时 {time.perf_counter() - begun:.1f} 秒")
    if result.was_stopped:
        out.print("已按要求中止；再运行一次就接着做其余的。")
        raise typer.Exit(STOPPED)
    if not all(one.state.is_published for one in result.outcomes):
        raise typer.Exit(FAILED)
