"""Editions: what the form is in one year and city, as data kept by the finance bureau."""

from generator.edition.charts import ChartKind, ChartSpec
from generator.edition.checks import Check, CheckKind, CheckSeverity
from generator.edition.department_file import Unit
from generator.edition.fields import FieldKind, FieldSpec
from generator.edition.loading import (
    available_editions,
    correction_template_path,
    load_edition,
    specification_path,
    template_path,
    use_editions,
)
from generator.edition.models import Edition
from generator.edition.prose import ProseKind, ProseRule
from generator.edition.tables import Block, Column, Content, RowSpec, TableSpec
from generator.edition.terms import Term

__all__ = [
    "Block",
    "ChartKind",
    "ChartSpec",
    "Check",
    "CheckKind",
    "CheckSeverity",
    "Column",
    "Content",
    "Edition",
    "FieldKind",
    "FieldSpec",
    "ProseKind",
    "ProseRule",
    "RowSpec",
    "TableSpec",
    "Term",
    "Unit",
    "available_editions",
    "correction_template_path",
    "load_edition",
    "specification_path",
    "template_path",
    "use_editions",
]
