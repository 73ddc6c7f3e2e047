"""The command `juesuan`: arguments in, messages out. One module for each group of commands."""

from __future__ import annotations

import gc
import os
import sys

import typer
from typer.exceptions import TyperException

from generator.cli.accounts import build, check, new, show
from generator.cli.batch import BATCH_HELP, batch
from generator.cli.diff import diff
from generator.cli.editions import edition_app, fonts, guide, messages, rules, schema
from generator.cli.fix import FIX_HELP, fix
from generator.cli.program import EDITION_ID, FAILED, MISUSED, err, group
from generator.cli.status import status, verify
from generator.cli.templates import template_app
from generator.cli.watch import watch
from generator.edition import available_editions, use_editions
from generator.findings import InvalidInput
from generator.messages import print_findings
from generator.reading import reason_of

# What a command needs beyond reading and checking is imported where it is used: `check` and `schema` start faster.
app = group("由填报文件生成部门决算公开文本（Word 和 PDF）。", has_version=True)
app.command(help="生成决算公开文本：写出 Word 和 PDF 两个文件。")(build)
app.command(help=BATCH_HELP)(batch)
app.command(help="监视填报文件和模板，每次保存后重新生成草稿。")(watch)
app.command(help="说明文件夹里的每份公开文本是最新、过期，还是生成后被改动。")(status)
app.command(help="读回做好的 Word 或 PDF，找出与填报文件不符的数。")(verify)
app.command(help="只核对填报文件，不生成。")(check)
app.command(help=FIX_HELP)(fix)
app.command(help="比较填报文件的新旧两稿：改了什么，公开文本哪里跟着变；加 -o 生成更正说明。")(diff)
app.command(help="在终端显示决算表；由程序算出的数颜色较淡。")(show)
app.command(help="输出版本的勾稽关系和用语手册（Markdown）。")(rules)
app.command(help="生成一份待填写的填报文件，逐项带说明。")(new)
app.command(help="输出版本的填报字段说明（Markdown）。")(guide)
app.command(help="输出消息代码一览：每个代码什么时候出现，怎么办（Markdown）。")(messages)
app.command(help="输出填报文件的 JSON Schema，供编辑器自动补全和检查。")(schema)
app.command(help="显示模板里的每种字体打印 PDF 时用哪个字体文件。")(fonts)
app.add_typer(template_app, name="template")
app.add_typer(edition_app, name="edition")


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
    use_editions(None)
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


def _known(metavar: str | None) -> str:
    """What may stand for an argument, where that is one of a few."""
    return f"现有的版本：{'、'.join(available_editions())}。" if metavar == EDITION_ID else ""


def _in_chinese(misuse: TyperException) -> str:
    """What a user got wrong on the command line; typer says it in English."""
    option = getattr(misuse, "option_name", None)
    parameter = getattr(misuse, "param", None)
    if option:
        return f"没有选项“{option}”，或它后面缺少内容。"
    if parameter is not None:
        return f"缺少或写错了“{parameter.metavar or parameter.name}”。{_known(parameter.metavar)}"
    return f"没有这样的命令，或参数多了：{' '.join(sys.argv[1:])}。"
