"""Editions that build on another: which file is read, and how one is laid over the other's.

An edition's folder need only hold what differs from the one that its head names (`沿用版本: gz-2019`). A file that it
lacks is the other edition's; the head, and a file that says `沿用: 是`, is laid over the other's file of the same name:
of two items with one name its own counts, a new one stands after the one before it (which may be the other's, named
alone: `- G405`), else at the end; `去掉` names those that go.
The other edition is never changed by this: it reads nothing of those that build on it.
"""

from __future__ import annotations

import re
from pathlib import Path

from generator.findings import Code, Finding, InvalidInput, Place
from generator.reading import Mapping, Node, Scalar, Sequence, read_document

HEAD_FILE = "版本.yaml"
BUILT_ON, LAID_OVER, REMOVED = "沿用版本", "沿用", "去掉"
_NAMES = ("代码", "名称")
"""What an item of a list goes by."""
OWN = ("编号", "名称", "年度")
MERGED_LISTS = ("指标", "字段", "勾稽关系", "用语", "图")


class Lineage:
    """An edition's folder, and those of the editions that it builds on, the nearest first."""

    def __init__(self, identifier: str, homes: list[Path]) -> None:
        """`homes`: folders that hold editions by identifier. Raises `InvalidInput` where one is missing."""
        self.identifiers: list[str] = []
        self._folders: list[Path] = []
        place: Place | None = None
        while identifier:
            folders = [home / identifier for home in homes] if re.fullmatch(r"[\w-]+", identifier) else []
            folder = next((folder for folder in folders if (folder / HEAD_FILE).is_file()), None)
            if folder is None or identifier in self.identifiers:
                why = "已经沿用了本版本" if folder else "没有这个版本"
                message = f"“{BUILT_ON}: {identifier}”不对：{why}，请写一个更早的版本的编号。"
                raise InvalidInput(Finding(Code.EDITION_FAULT, message, (place,) if place else ()))
            self.identifiers.append(identifier)
            self._folders.append(folder)
            head = read_document(folder / HEAD_FILE)
            found = head.entries.get(BUILT_ON) if isinstance(head, Mapping) else None
            identifier = found.text.strip() if isinstance(found, Scalar) and not found.empty else ""
            place = found.place if found else None
            if isinstance(head, Mapping) and identifier:
                _require_own(head)

    def read(self, name: str) -> Node:
        """The file `name`, laid over those it builds on. Raises `InvalidInput`."""
        return self._read(name, 0)

    def _read(self, name: str, depth: int) -> Node:
        for index in range(depth, len(self._folders)):
            if (self._folders[index] / name).is_file():
                own = read_document(self._folders[index] / name)
                return self._laid_over_others(own, name, index + 1) if _builds_on(own, name) else own
        return read_document(self._folders[0] / name)  # which says that it is missing

    def _laid_over_others(self, own: Node, name: str, depth: int) -> Node:
        assert isinstance(own, Mapping)
        if not any((folder / name).is_file() for folder in self._folders[depth:]):
            message = f"沿用的版本里没有“{name}”，请去掉“{LAID_OVER}”，写全内容。"
            raise InvalidInput(Finding(Code.EDITION_FAULT, message, (own.keys[LAID_OVER],)))
        base = self._read(name, depth)
        if not isinstance(base, Mapping):
            message = "这个文件应由若干“名称: 内容”组成（冒号用半角，后面空一格）。"
            raise InvalidInput(Finding(Code.EDITION_FAULT, message, (base.place,)))
        for key in MERGED_LISTS:
            if isinstance(own.entries.get(key), Sequence) and not isinstance(base.entries.get(key), Sequence):
                raise InvalidInput(Finding(Code.EDITION_FAULT, f"缺少“{key}”，或它下面不是一个列表。", (base.place,)))
        return _laid_over(base, own)

    def has(self, name: str) -> bool:
        """Whether any of the editions has the file `name`."""
        return any((folder / name).is_file() for folder in self._folders)


def _require_own(head: Mapping) -> None:
    """What tells an edition from the one it builds on must be its own, or it would be printed as that one."""
    if absent := [key for key in OWN if key not in head.entries]:
        message = f"缺少“{absent[0]}”：沿用别的版本，也要写自己的{'、'.join(OWN)}。"
        raise InvalidInput(Finding(Code.EDITION_FAULT, message, (head.keys[BUILT_ON],)))


def _builds_on(node: Node, name: str) -> bool:
    """Whether the file `name` is to be laid over another: of a head, that it names an edition; else that it says 是."""
    said = node.entries.get(BUILT_ON if name == HEAD_FILE else LAID_OVER) if isinstance(node, Mapping) else None
    if said is None or name == HEAD_FILE:
        return isinstance(said, Scalar) and not said.empty
    if isinstance(said, Scalar) and said.text.strip() == "是":
        return True
    message = f"“{LAID_OVER}”只能写“是”；沿用哪个版本，写在“{HEAD_FILE}”的“{BUILT_ON}”里。"
    raise InvalidInput(Finding(Code.EDITION_FAULT, message, (said.place,)))


def _laid_over(base: Mapping, own: Mapping) -> Mapping:
    removed = {item.text for item in _items(own.entries.get(REMOVED)) if isinstance(item, Scalar)}
    merged = _merged(base, own)
    for key in (BUILT_ON if BUILT_ON in own.entries else LAID_OVER, REMOVED):
        merged.entries.pop(key, None)
    _refuse_needless(base, own)
    _refuse_unclear(base, set())
    _refuse_unclear(own, removed)
    return _without(merged, removed)


def _merged(base: Mapping, own: Mapping) -> Mapping:
    entries, keys = dict(base.entries), {**base.keys, **own.keys}
    for key, node in own.entries.items():
        under = base.entries.get(key)
        if isinstance(node, Mapping) and isinstance(under, Mapping):
            node = _merged(under, node)
        elif key in MERGED_LISTS and isinstance(node, Sequence) and isinstance(under, Sequence):
            node = _merged_list(under, node)
        entries[key] = node
    return Mapping(entries, keys, own.place)


def _merged_list(base: Sequence, own: Sequence) -> Sequence:
    items = list(base.items)
    at = len(items)
    for item in own.items:
        names = [_name(found) for found in items]
        if isinstance(item, Scalar):
            if item.text not in names:
                raise InvalidInput(
                    Finding(Code.EDITION_FAULT, f"沿用的版本里没有“{item.text}”，请核对名称。", (item.place,))
                )
            at = names.index(item.text)
        elif _name(item) and _name(item) in names:
            at = names.index(_name(item))
            items[at] = item
        else:
            at = min(at + 1, len(items))
            items.insert(at, item)
    return Sequence(tuple(items), own.place)


def _without(node: Mapping, removed: set[str]) -> Mapping:
    entries: dict[str, Node] = {}
    for key, value in node.entries.items():
        if key in MERGED_LISTS and isinstance(value, Sequence):
            entries[key] = Sequence(tuple(item for item in value.items if _name(item) not in removed), value.place)
        elif isinstance(value, Mapping):
            kept = {name: part for name, part in value.entries.items() if name not in removed}
            entries[key] = Mapping(kept, value.keys, value.place)
        else:
            entries[key] = value
    return Mapping(entries, node.keys, node.place)


def _refuse_needless(base: Mapping, own: Mapping) -> None:
    """Names under `去掉` that the other edition does not have are slips of the pen."""
    known = {_name(item) for key in MERGED_LISTS for item in _items(base.entries.get(key))}
    known |= {name for part in base.entries.values() if isinstance(part, Mapping) for name in part.entries}
    for item in _items(own.entries.get(REMOVED)):
        if not isinstance(item, Scalar) or item.text not in known:
            what = item.text if isinstance(item, Scalar) else "这一项"
            raise InvalidInput(
                Finding(Code.EDITION_FAULT, f"沿用的版本里没有“{what}”，不用去掉，请核对名称。", (item.place,))
            )


def _refuse_unclear(own: Mapping, removed: set[str]) -> None:
    """An item may stand once in its list, and not among those that go as well."""
    for key in MERGED_LISTS:
        seen: set[str] = set()
        for item in _items(own.entries.get(key)):
            name = _name(item)
            if name and name in seen | removed:
                why = "又写在“去掉”里" if name in removed else "写了两次"
                raise InvalidInput(Finding(Code.EDITION_FAULT, f"“{name}”{why}，请只留一处。", (item.place,)))
            seen.add(name)


def _items(node: Node | None) -> tuple[Node, ...]:
    return node.items if isinstance(node, Sequence) else ()


def _name(item: Node) -> str:
    """What an item of a list goes by; empty where it has no name."""
    if isinstance(item, Mapping):
        for key in _NAMES:
            if isinstance(found := item.entries.get(key), Scalar):
                return found.text
    return ""
