"""Kinds of field: how each is typed from a file, written blank, described, shown to templates and compared."""

from generator.kinds.field import FieldKind, FieldSpec, FileAtHand, Value
from generator.kinds.registry import KINDS

__all__ = ["KINDS", "FieldKind", "FieldSpec", "FileAtHand", "Value"]
