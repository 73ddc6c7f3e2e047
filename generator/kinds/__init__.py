"""Kinds of field: how each is typed from a file, written blank, described, shown to templates and compared."""

from generator.kinds.by_indicator import LAST_YEAR_FILE, last_year_file, last_year_path
from generator.kinds.changes import EntryChange, Path, Spot, merged
from generator.kinds.field import NOTHING, STEP, FieldKind, FieldSpec, FileAtHand, Value, field_at
from generator.kinds.figures import Amount
from generator.kinds.free_columns import FORMER_CONTENT, Alignment, CellContent, FreeColumn
from generator.kinds.free_rows import ABOVE, LEFT, FreeCell
from generator.kinds.free_table import HEADS, ROWS, FreeTable
from generator.kinds.groups import empty_fields, figures_of, read_fields
from generator.kinds.names import ANYTHING, EACH_CODE, EACH_ITEM, ROW_FUNCTION, TEXT, Name
from generator.kinds.outline import OutlineItem
from generator.kinds.registry import KINDS
from generator.kinds.schema import AMOUNT, SUBJECT_PATTERN, Schema, keyed
from generator.kinds.subjects import Subjects, sample_subject
from generator.kinds.values import (
    Faults,
    bare,
    half_width,
    hint,
    is_empty,
    mapping_of,
    meant,
    read_amount,
    read_names,
    read_text,
    refuse_unknown,
    says_nothing,
    short,
    within_sentence,
)
