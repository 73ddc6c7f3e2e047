"""Reading YAML and JSON files so that every value knows its line and column."""

from generator.reading.comments import lost_texts
from generator.reading.nodes import Mapping, Node, Scalar, Sequence
from generator.reading.source import read_document
from generator.reading.typed import validate

__all__ = ["Mapping", "Node", "Scalar", "Sequence", "lost_texts", "read_document", "validate"]
