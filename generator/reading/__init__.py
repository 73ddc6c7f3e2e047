"""Reading YAML and JSON files so that every value knows its line and column."""

from generator.reading.comments import lost_texts
from generator.reading.composing import parse_document
from generator.reading.editing import in_braces, plain_or_quoted, with_entries
from generator.reading.failures import not_written, reason_of
from generator.reading.nodes import Mapping, Node, Scalar, Sequence, node_at, plain
from generator.reading.signs import ends_sentence
from generator.reading.slips import NEXT_ITEM
from generator.reading.source import read_document, read_text
from generator.reading.specification import Specification, Texts, YesNo, word
from generator.reading.typed import Model, validate
