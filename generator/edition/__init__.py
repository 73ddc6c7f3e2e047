"""Editions: what the form is in one year and city, as data kept by the finance bureau."""

from generator.edition import department_file
from generator.edition.charts import ChartKind, ChartSpec, ChartTerm
from generator.edition.checks import Check, CheckKind
from generator.edition.copying import copy_edition, mentions, to_review
from generator.edition.department_file import (
    CONFIRMED,
    CORRECTIONS,
    DATE,
    DEPARTMENT,
    EDITION,
    HEAD,
    MAXIMUM_CONFIRMED,
    MAXIMUM_CORRECTIONS,
    PLACES,
    REASON,
    SUBJECTS,
    TABLES,
    UNIT,
    YEAR,
)
from generator.edition.loading import (
    available_editions,
    correction_template_path,
    edition_remarks,
    example_files,
    load_edition,
    merged_files,
    own_editions,
    prose_rule_place,
    specification_path,
    template_path,
    use_editions,
)
from generator.edition.models import Edition, HeadRow, Wording
from generator.edition.names import BASE_NAMES, TEMPLATE_WORDS
from generator.edition.prose import ProseKind, ProseRule
from generator.edition.references import unit_said
from generator.edition.schema import FileKind, specification_schema
from generator.edition.tables import TOTAL, Block, Column, Content, RowSpec, TableSpec
from generator.edition.terms import FIELD, LAST_YEAR, SAME_ROW, SUM, Term
