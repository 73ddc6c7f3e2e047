"""The program `juesuan` as all groups of its commands see it: arguments they share, and where they print."""

from __future__ import annotations

import json
import sys
from enum import Enum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

out = Console(highlight=False, markup=False, soft_wrap=True)
err = Console(highlight=False, markup=False, soft_wrap=True, stderr=True)

FAILED, MISUSED = 1, 2

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


class Format(Enum):
    """In which form a result is printed."""

    TEXT = "text"
    JSON = "json"


def group(help_: str, *, has_version: bool = False) -> typer.Typer:
    """A program, or a group of its commands, that shows its help where no command is given."""
    program = typer.Typer(
        help=help_,
        add_completion=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": []},
        invoke_without_command=True,
    )
    program.callback(help=help_)(_help_or_version if has_version else _help_alone)
    return program


def _show_help(context: typer.Context, wanted: bool) -> None:
    if wanted:
        text = context.get_help()
        for english, chinese in _HELP_WORDS.items():
            text = text.replace(english, chinese)
        out.print(text)
        raise typer.Exit


def _show_version(context: typer.Context, wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        out.print(f"juesuan {version('juesuan')}")
        raise typer.Exit


def _choose_editions(folder: Path | None) -> Path | None:
    from generator.edition import own_editions, use_editions

    if folder:
        use_editions(folder)
        own_editions()
    return folder


Help = Annotated[bool, typer.Option("--help", "-h", help="显示这段说明。", is_eager=True, callback=_show_help)]
Version = Annotated[bool, typer.Option("--version", help="显示程序的版本号。", is_eager=True, callback=_show_version)]
Editions = Annotated[
    Path | None,
    typer.Option(
        "--editions",
        metavar="文件夹",
        help="自己的版本所在的文件夹，里面是 data_specs 和 templates。",
        is_eager=True,
        callback=_choose_editions,
        show_default=False,
    ),
]
File = Annotated[Path, typer.Argument(metavar="填报文件", help="部门的填报文件（YAML 或 JSON）。", show_default=False)]
EDITION_ID = "版本"
EditionId = Annotated[str, typer.Argument(metavar=EDITION_ID, help="版本编号，如 gz-2020。", show_default=False)]
FormatOption = Annotated[Format, typer.Option("--format", metavar="格式", help="text 供人看，json 供程序读。")]


def _help_alone(context: typer.Context, help_: Help = False) -> None:
    if context.invoked_subcommand is None:
        _show_help(context, True)


def _help_or_version(context: typer.Context, help_: Help = False, version: Version = False) -> None:
    _help_alone(context)


def print_json(data: object) -> None:
    """Prints `data` as JSON, Chinese as it is."""
    sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=2) + "\n")
