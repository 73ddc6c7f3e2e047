"""Numbering of prose: the items of an outline as numbered lines, in styles that the template shows by an example."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from generator.kinds import OutlineItem
from generator.numbers import chinese_number

_FIRST = re.compile("[一1①Aa]")


def outlined(items: Iterable[OutlineItem], *styles: str) -> list[dict[str, Any]]:
    """The paragraphs of `items` in reading order, each with 级 (from 1), 序号 and 文字.

    `styles`: for each level how its first item is numbered, such as `一是`, `①`, `A.`, `（a）`. A further paragraph of
    an item has an empty 序号. Raises `ValueError`, a Chinese sentence, for a style without a number and for items on
    a level without a style.
    """
    if unclear := [style for style in styles if not _FIRST.search(style)]:
        raise ValueError(f"编号样式“{unclear[0]}”里没有 一、1、①、A 或 a，看不出怎样编号。")
    return list(_paragraphs(items, styles, 1))


def _paragraphs(items: Iterable[OutlineItem], styles: tuple[str, ...], level: int) -> Iterator[dict[str, Any]]:
    for number, item in enumerate(items, 1):
        if level > len(styles):
            raise ValueError(f"内容有第 {level} 级，模板只写了 {len(styles)} 级的编号样式，请补上。")
        numbers = [numbered(styles[level - 1], number), *[""] * (len(item.paragraphs) - 1)]
        for label, text in zip(numbers, item.paragraphs, strict=True):
            yield {"级": level, "序号": label, "文字": text}
        yield from _paragraphs(item.below, styles, level + 1)


def numbered(style: str, number: int) -> str:
    """`style`, which shows the first of its numbers, with the one for `number` (from 1 to 50)."""
    return _FIRST.sub(lambda first: _numeral(first[0], number), style, count=1)


def _numeral(first: str, number: int) -> str:
    match first:
        case "一":
            return chinese_number(number)
        case "①":
            return _circled(number)
        case "A" | "a":
            # After Z come AA and BB, as in Word's own lists.
            rounds, letter = divmod(number - 1, 26)
            return chr(ord(first) + letter) * (rounds + 1)
        case _:
            return str(number)


def _circled(number: int) -> str:
    """① to ㊿, which Unicode keeps in three places."""
    starts = ((1, "①"), (21, "㉑"), (36, "㊱"))
    start, first = max(entry for entry in starts if entry[0] <= number)
    return chr(ord(first) + number - start)
