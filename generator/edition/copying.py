"""Next year's edition as a copy of this year's, to be changed."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.edition.inheritance import HEAD_FILE
from generator.edition.loading import (
    available_editions,
    installed_editions,
    load_edition,
    own_editions,
    specification_path,
    template_path,
    use_editions,
)
from generator.findings import Code, Finding, InvalidInput, Place
from generator.reading import not_written, read_text

_IDENTIFIER = re.compile(r"[\w-]*?(?<![0-9])([0-9]{4})")
_RENAMED = re.compile(r"^\s*(?:-\s*\{?.*)?(科目沿革|上年名称)\s*:")
_CHINESE_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")


@dataclass(frozen=True, slots=True)
class Copied:
    """A new edition as it was written."""

    identifier: str
    specification: Path
    """The folder of its YAML files."""
    template: Path
    year: int
    old_year: int


def copy_edition(old: str, new: str, home: Path | None) -> Copied:
    """Writes the edition `new`, a copy of `old` for the year at the end of its identifier, whole or not at all.

    `home`: a folder in the layout of the checkout, made where it is not there; `None`: that of the environment
    variable, else the checkout. Raises `InvalidInput` where `old` cannot be used, `new` is there, or nothing may be
    written there.
    """
    if home and (home / "data_specs").is_dir():
        use_editions(home)
    found = _IDENTIFIER.fullmatch(new)
    if found is None:
        message = f"新版本的编号“{new}”不对：要由字母、数字和“-”组成，以四位年度结尾，如 gz-2021。"
        raise InvalidInput(Finding(Code.WRONG_IDENTIFIER, message))
    edition = load_edition(old)
    target = home or own_editions() or _checkout()
    copied = Copied(new, target / "data_specs" / new, target / "templates" / f"{new}.docx", int(found[1]), edition.year)
    if new in available_editions() or copied.specification.exists() or copied.template.exists():
        raise InvalidInput(
            Finding(Code.NOT_COPIED, f"已有版本“{new}”或它的文件，没有覆盖；请换一个编号，或先移走原来的文件。")
        )
    template = template_path(edition)
    if not template.is_file():
        raise InvalidInput(Finding(Code.NOT_COPIED, f"版本“{old}”没有模板（{template}），不能照它复制。"))
    try:
        _write(copied, specification_path(edition), template)
    except OSError as error:
        raise not_written(target, error) from None
    return copied


def _checkout() -> Path:
    home, installed = installed_editions()
    if installed:
        message = "不能把版本写进安装好的程序里：请用 --editions 指定一个自己的文件夹，以后各命令也用它。"
        raise InvalidInput(Finding(Code.INSTALLED_EDITIONS, message))
    return home


def _write(copied: Copied, specification: Path, template: Path) -> None:
    """Writes both under temporary names, then renames them; where that fails, nothing is left."""
    folders = (copied.specification.parent, copied.template.parent)
    for folder in folders:
        folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".juesuan-", dir=folders[0]) as waiting:
        folder = Path(waiting) / copied.identifier
        shutil.copytree(specification, folder)
        head = folder / HEAD_FILE
        head.write_text(_next_head(read_text(head), copied), encoding="utf-8", newline="")
        document = Path(waiting) / copied.template.name
        shutil.copyfile(template, document)
        os.rename(folder, copied.specification)
        try:
            os.rename(document, copied.template)
        except OSError:
            shutil.rmtree(copied.specification)
            raise


def _next_head(text: str, copied: Copied) -> str:
    """`版本.yaml` with the new identifier and year, and the year in the title; comments stay as they are."""
    for key, value in (("编号", copied.identifier), ("年度", str(copied.year))):
        text, count = re.subn(rf"(?m)^{key}:[ \t]*[^\s#]+", f"{key}: {value}", text, count=1)
        if not count:
            text = f"{text.rstrip()}\n{key}: {value}\n"
    title = re.search(r"(?m)^名称:.*$", text)
    if title:
        renewed = re.sub(rf"(?<![0-9]){copied.old_year}(?![0-9])", str(copied.year), title[0])
        text = text.replace(title[0], renewed, 1)
    return text


def mentions(text: str, year: int) -> bool:
    """Whether `text` names `year` in digits or in Chinese."""
    chinese = str(year).translate(_CHINESE_DIGITS)
    return bool(re.search(rf"(?<![0-9.]){year}(?![0-9])", text)) or chinese in text


def to_review(copied: Copied) -> Iterator[tuple[Place, str]]:
    """What in the specification a person should look at, and why: where the old year or last year's names stand."""
    for file in sorted(copied.specification.glob("*.yaml")):
        for number, line in enumerate(read_text(file).splitlines(), 1):
            if mentions(line, copied.old_year):
                yield Place(str(file), number, 1), f"写着 {copied.old_year}：{line.strip()}"
            elif _RENAMED.match(line):
                yield Place(str(file), number, 1), f"是 {copied.old_year} 年与上年的对应，新版本要重写：{line.strip()}"
