"""Corrections: what a department says of each change that it made after publishing."""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass

from generator.edition import CORRECTIONS, DATE, MAXIMUM_CORRECTIONS, PLACES, REASON
from generator.findings import Code, Place
from generator.kinds import Faults, hint, is_empty, read_names, read_text, refuse_unknown, says_nothing, short
from generator.reading import Mapping, Node, Scalar, Sequence

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_SEPARATOR = re.compile(r"\s*[/›]\s*")

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction: when, why, and the parts of the file that it changed."""

    date: datetime.date
    reason: str
    paths: tuple[Path, ...]
    """Each a cell (`表5`, `2060101`, `基本支出`), a field, or the beginning of one: a table, a row, a group."""
    place: Place


def read_corrections(node: Node | None, known: Collection[str], faults: Faults) -> tuple[Correction, ...]:
    """The corrections that the list `node` gives, in its order.

    `known`: what a 位置 may begin with, the numbers of the tables and the names of the fields.
    """
    if node is None or is_empty(node):
        return ()
    with faults.within(CORRECTIONS):
        if not isinstance(node, Sequence):
            message = "这里应是一个列表，每次更正以“- ”开头，下面写日期、原因和位置。"
            faults.add(Code.WRONG_SHAPE, message, node.place)
            return ()
        if len(node.items) > MAXIMUM_CORRECTIONS:
            faults.add(Code.WRONG_SHAPE, f"更正超过 {MAXIMUM_CORRECTIONS} 次，请核对。", node.place)
            return ()
        found = []
        for index, item in enumerate(node.items, 1):
            with faults.within(f"第 {index} 项"):
                if correction := _correction(item, known, faults):
                    found.append(correction)
        return tuple(found)


def _correction(node: Node, known: Collection[str], faults: Faults) -> Correction | None:
    if not isinstance(node, Mapping):
        message = f"每次更正应写：{DATE}、{REASON}、{PLACES}。"
        faults.add(Code.WRONG_SHAPE, message, node.place)
        return None
    misspelt = refuse_unknown([DATE, REASON, PLACES], node, faults)
    for name, guide in _GUIDES.items():
        value = node.entries.get(name)
        if name not in misspelt and (value is None or says_nothing(value)):
            faults.add(Code.MISSING, f"缺少“{name}”：{guide}", value.place if value else node.place)
    date = _date(node.entries.get(DATE), faults)
    reason = read_text(node.entries[REASON], faults) if REASON in node.entries else None
    paths = _paths(node.entries.get(PLACES), known, faults)
    return Correction(date, reason, paths, node.place) if date and reason and paths else None


_GUIDES = {
    DATE: "更正的日期，如 2021-09-30。",
    REASON: "为什么更正，一句话。",
    PLACES: "改了哪里，如 [表5/2060101/基本支出, 三公经费/总体情况]。",
}


def _date(node: Node | None, faults: Faults) -> datetime.date | None:
    if node is None or is_empty(node) or (text := read_text(node, faults)) is None:
        return None
    if _DATE.fullmatch(text):
        with suppress(ValueError):  # a day that the calendar does not have
            return datetime.date.fromisoformat(text)
    faults.add(Code.NOT_A_DATE, f"“{short(text)}”不是日期：请写成“年-月-日”，如 2021-09-30。", node.place)
    return None


def _paths(node: Node | None, known: Collection[str], faults: Faults) -> tuple[Path, ...]:
    if node is None or is_empty(node):
        return ()
    items = [node] if isinstance(node, Scalar) else list(node.items) if isinstance(node, Sequence) else []
    if not items:
        read_names(node, faults)  # which says that this should be a list
    found = []
    for item in items:
        text = read_text(item, faults)
        path = tuple(_SEPARATOR.split(text)) if text else ()
        if path and not all(path):
            faults.add(Code.UNKNOWN_NAME, f"“{short(text or '')}”不完整：两个“/”之间要有名称。", item.place)
        elif path and path[0] not in known:
            message = f"没有“{short(path[0])}”这张表或这一项，{hint(path[0], known)}"
            faults.add(Code.UNKNOWN_NAME, message, item.place)
        elif path:
            found.append(path)
    return tuple(found)
