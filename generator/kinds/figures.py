"""Figures: one number."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from generator.kinds.field import FieldKind, FieldSpec, FileAtHand
from generator.kinds.schema import AMOUNT, Schema
from generator.kinds.values import read_amount, read_count, read_number
from generator.reading import Node


class Amount(FieldKind):
    """An amount in the file's unit."""

    name, how_to_write = "金额", "金额，用全文件的单位，只写数字"
    is_number = is_amount = True
    editors = AMOUNT

    def read(self, field: FieldSpec, node: Node, file: FileAtHand) -> Decimal | None:
        return read_amount(node, file.unit, file.faults)


class Count(FieldKind):
    """A whole number from 0."""

    name, how_to_write = "个数", "整数"
    is_number = True
    editors: ClassVar[Schema] = {"type": "integer", "minimum": 0}

    def read(self, field: FieldSpec, node: Node, file: FileAtHand) -> int | None:
        return read_count(node, file.faults)


class Number(FieldKind):
    """A number with decimals that is no amount, such as a score."""

    name, how_to_write = "数值", "数，可带小数"
    is_number = True
    filter, editors = "数值", {"type": "number"}

    def read(self, field: FieldSpec, node: Node, file: FileAtHand) -> Decimal | None:
        return read_number(node, file.faults)
