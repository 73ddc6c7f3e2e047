"""Numbered prose: a list of texts, each perhaps with a list below it. The template's styles number it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from generator.findings import Code
from generator.kinds.changes import EntryChange, Spot, Write, flat, with_moves
from generator.kinds.field import FieldKind, FieldSpec, FileAtHand
from generator.kinds.names import ANYTHING
from generator.kinds.schema import Schema, keyed
from generator.kinds.values import Faults, is_empty, read_paragraphs, refuse_number, refuse_unknown, short
from generator.reading import Node, Scalar, Sequence

TEXT, BELOW = "文字", "下级"
DEEPEST = 5
MAXIMUM_ITEMS = 50
"""In one list; ㊿ is the last number of its kind."""


@dataclass(frozen=True, slots=True)
class OutlineItem:
    """A text and the items below it; only the first of its paragraphs is numbered."""

    paragraphs: tuple[str, ...]
    below: tuple[OutlineItem, ...] = ()

    def __str__(self) -> str:
        """All of it as one text, to be compared and shown."""
        return "".join(self.paragraphs) + (f"（{flat(self.below)}）" if self.below else "")


Items = tuple[OutlineItem, ...]


def _level_schema(level: int) -> Schema:
    """The items of one level of numbered prose."""
    item: Schema = {"type": ["string", "number"]}
    if level < DEEPEST:
        below = {"$ref": f"#/$defs/层次{level + 1}"}
        parts = {
            TEXT: {"type": "string", "description": "文字，不写编号。"},
            BELOW: below | {"description": "它的下级。"},
        }
        by_text = {"type": "object", "minProperties": 1, "maxProperties": 1, "not": {"required": [TEXT]}}
        item = {"oneOf": [item, keyed(parts, (TEXT,)), by_text | {"additionalProperties": below}]}
    return {"type": "array", "items": item, "maxItems": MAXIMUM_ITEMS}


class Outline(FieldKind):
    """Numbered prose: a list of texts, each perhaps with a list below it."""

    name, how_to_write = "层次", "分层的文字，不写编号"
    keys_are_texts = True
    nothing, items = (), (ANYTHING,)
    to_fill_in = (
        "# - 第一条；编号由程序加，不写“一是”“①”",
        "# - 下面还分几条的，后面写冒号:",
        "#     - 它的下级，最多五级",
        f"# - {TEXT}: 文字太长或有冒号的，也可以这样写",
        f"#   {BELOW}:",
        "#     - 它的下级",
    )
    editors: ClassVar[Schema] = {"$ref": "#/$defs/层次1"}
    definitions: ClassVar[dict[str, Schema]] = {f"层次{level}": _level_schema(level) for level in range(1, DEEPEST + 1)}

    def read(self, field: FieldSpec, node: Node, file: FileAtHand) -> Items:
        return _read(node, file.faults)

    def changed(self, field: FieldSpec, old: Any, new: Any, spot: Spot, amount: Write) -> Iterator[EntryChange]:
        yield from _changed(old or (), new or (), spot)


def _changed(old: Items, new: Items, spot: Spot) -> Iterator[EntryChange]:
    before, after = ["\n".join(item.paragraphs) for item in old], ["\n".join(item.paragraphs) for item in new]
    for i, j, moved in with_moves(before, after):
        at = spot.item(i, j)
        if i is None or j is None:
            yield EntryChange(at, flat(old[i]) if i is not None else "", flat(new[j]) if j is not None else "")
            continue
        if moved or before[i] != after[j]:
            yield EntryChange(at, before[i], after[j], moved)
        yield from _changed(old[i].below, new[j].below, at)


def _read(node: Node, faults: Faults, level: int = 1) -> Items:
    """The items that the list `node` gives, the first level being 1."""
    if not isinstance(node, Sequence):
        faults.add(Code.WRONG_SHAPE, "这里应是一个列表，每条前面加“- ”；编号由程序加。", node.place)
        return ()
    if level > DEEPEST:
        faults.add(Code.WRONG_SHAPE, f"最多 {DEEPEST} 级，请把这一级并到上一级的文字里。", node.place)
        return ()
    if len(node.items) > MAXIMUM_ITEMS:
        message = f"这一级有 {len(node.items)} 条，最多 {MAXIMUM_ITEMS} 条，请合并或分成几级。"
        faults.add(Code.WRONG_SHAPE, message, node.place)
        return ()
    items = []
    for index, item in enumerate(node.items, 1):
        with faults.within(f"第 {index} 条"):
            if found := _item(item, faults, level):
                items.append(found)
    return tuple(items)


def _item(node: Node, faults: Faults, level: int) -> OutlineItem | None:
    text, below = _parts(node, faults)
    if text is None:
        return None
    paragraphs = read_paragraphs(text, faults)
    if not paragraphs:
        faults.add(Code.MISSING, "这一条没有文字，请填写或删去。", text.place)
    else:
        refuse_number(paragraphs[0], text.place, faults)
    return OutlineItem(paragraphs, _read(below, faults, level + 1) if below else ())


def _parts(node: Node, faults: Faults) -> tuple[Node | None, Node | None]:
    """The text of an item and the list below it: `文字`, `{文字: …, 下级: […]}` or `{文字: […]}`."""
    if isinstance(node, Sequence):
        faults.add(Code.WRONG_SHAPE, "下级要写在一条文字的下面，如“- 文字:”，再缩进写它的各条。", node.place)
        return None, None
    if isinstance(node, Scalar):
        return node, None
    if TEXT in node.entries or BELOW in node.entries:
        refuse_unknown([TEXT, BELOW], node, faults)
        if TEXT not in node.entries:
            faults.add(Code.MISSING, f"有“{BELOW}”没有“{TEXT}”，请补上。", node.place)
        below = node.entries.get(BELOW)
        return node.entries.get(TEXT), None if below is None or is_empty(below) else below
    (key, below), *more = node.entries.items() or [("", node)]
    if more:
        faults.add(Code.WRONG_SHAPE, "这里把几条写成了一条：请在每条前面加“- ”。", node.keys[more[0][0]])
        return None, None
    if not isinstance(below, Sequence):
        faults.add(
            Code.WRONG_SHAPE,
            f"“{short(key)}:”后面应是它的下级（另起一行，缩进，每条加“- ”）；文字里有冒号的，请给整段加引号。",
            node.place,
        )
        return None, None
    return Scalar(key, node.keys[key]), below
