"""The command that states the cells which make equal figures print alike."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from generator.cli.program import FAILED, Editions, File, Help, err, out
from generator.findings import Code, Finding, InvalidInput, Severity
from generator.messages import print_findings

FIX_HELP = "以万元填报、应当相等的两个数因四舍五入印得不一样时，列出要填明的各格；加 --write 写进填报文件。"


def fix(
    file: File,
    write: Annotated[bool, typer.Option("--write", help="写进填报文件；不加只列出，不改文件。")] = False,
    copy: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="文件", help="另存成这个文件，原来的不动。", show_default=False),
    ] = None,
    editions: Editions = None,
    help_: Help = False,
) -> None:
    """Shows what is to be stated, and writes it where that is asked for."""
    from generator.accounts import load_accounts
    from generator.checks import advise, agreement, check_figures, reason_of, wrong_sums
    from generator.checks import show as shown
    from generator.fixing import replace_file, with_statements
    from generator.numbers import Unit

    if copy and copy.exists():
        raise InvalidInput(Finding(Code.EXISTS, f"“{copy}”已经存在，没有覆盖；请换一个文件名。"))
    accounts = load_accounts(file)
    figures = check_figures(accounts)
    if wrong := wrong_sums(accounts, figures):
        print_findings(err, wrong)
        err.print("这些数对不上，不是四舍五入引起的：请先改正，再用 juesuan fix。")
        raise typer.Exit(FAILED)
    agreed = agreement(accounts, figures)
    statements = agreed.statements
    for one in statements:
        out.print(f"{one.cell}：{shown(one.now)} → {shown(one.amount)}")
        out.print(f"    {reason_of(accounts, one.pair, [one.cell])}")
    print_findings(out, advise(accounts, agreed._replace(statements=[])))
    if not statements:
        exact = "以元填报，各数分毫不差，" if accounts.unit is Unit.YUAN else ""
        out.print(f"{file}：{exact}没有要填明的。")
    elif copy or write:
        content = with_statements(accounts, statements)
        replace_file(copy or file, content)
        out.print(f"已把以上 {len(statements)} 格写进 {copy or file}。")
    else:
        out.print(f"共 {len(statements)} 格，还没有写：写进填报文件请加 --write，另存请加 -o 文件。")
    if errors := sum(one.severity is Severity.ERROR for one in figures):
        err.print(f"另有 {errors} 项错误与四舍五入无关，请用 juesuan check {file} 查看。")
