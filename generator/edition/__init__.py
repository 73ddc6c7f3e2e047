"""Editions: what the form is in one year and city, as data kept by the finance bureau."""

from generator.edition.charts import ChartKind, ChartSpec
from generator.edition.checks import Check, CheckKind
from generator.edition.loading import (
    available_editions,
    correction_template_path,
    load_edition,
    specification_path,
    template_path,
    use_editions,
)
from generator.edition.models import Edition
from generator.edition.tables import Block, Column, Content, RowSpec, TableSpec
from generator.edition.terms import Term

__all__ = [
    "Block",
    "ChartKind",
    "ChartSpec",
    "Check",
    "CheckKind",
    "Column",
    "Content",
    "Edition",
    "RowSpec",
    "TableSpec",
    "Term",
    "available_editions",
    "correction_template_path",
    "load_edition",
    "specification_path",
    "template_path",
    "use_editions",
]
