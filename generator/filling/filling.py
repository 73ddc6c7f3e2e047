"""From the template and a department's accounts to the Word document."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docx.oxml.ns import qn

from generator.accounts import Accounts
from generator.charts import FindFont, chart_of, font_of_installation
from generator.filling.boxes import Style, part_tables
from generator.filling.contents import write_contents
from generator.filling.draft import mark_as_draft
from generator.filling.free_tables import FREE_TABLE_STYLES, draw_free_table
from generator.filling.merging import merge_marked_cells
from generator.filling.pictures import draw_chart
from generator.filling.placing import Draw, Placeholders
from generator.filling.rendering import render
from generator.filling.tables import STYLES, draw_table
from generator.kinds import FreeTable
from generator.narrative import TemplateFault, narrative_context, template_environment
from generator.numbers import FigureWriter
from generator.word import Element, child, named_styles, value


def fill_template(
    template: Path, accounts: Accounts, find_font: FindFont = font_of_installation, *, draft: bool = False
) -> Any:
    """The filled document (python-docx), complete but for the page numbers of its 目录.

    `find_font` finds the fonts of charts. Raises `TemplateFault` where the template does not go with the data.
    """
    placeholders = Placeholders()
    document = _render(template, accounts, placeholders, find_font)
    body = document.element.body
    placeholders.fill(document)
    part_tables(body)
    merge_marked_cells(body)
    write_contents(body, document.styles.element)
    describe(document, accounts.edition.publication_name(accounts.department), accounts.department)
    if draft:
        mark_as_draft(document)
    return document


def _render(template: Path, accounts: Accounts, placeholders: Placeholders, find_font: FindFont) -> Any:
    environment = template_environment(accounts.edition.wording)
    environment.globals["画表"] = lambda number: placeholders.reserve(_table(accounts, number))
    environment.globals["画图"] = lambda name: placeholders.reserve(_chart(accounts, name, find_font))
    return render(template, narrative_context(accounts), environment)


def _table(accounts: Accounts, number: str | FreeTable) -> Draw:
    """Draws the official table `number`, or a free table."""
    if isinstance(number, FreeTable):
        return _free_table(number, FigureWriter(accounts.edition.wording))
    if number not in accounts.edition.tables:
        raise TemplateFault(f"模板要画“{number}”，但这个版本没有这张表。")
    table = accounts.edition.tables[number]
    return lambda place: draw_table(accounts, table, _styles(place.document, STYLES), place.width)


def _chart(accounts: Accounts, name: str, find_font: FindFont) -> Draw:
    """Draws the chart `name`."""
    if name not in accounts.edition.charts:
        raise TemplateFault(f"模板要画“{name}”，但这个版本没有这幅图。")
    chart = chart_of(accounts.edition.charts[name], accounts)
    return lambda place: draw_chart(chart, accounts.edition.wording, place, find_font)


def _free_table(table: FreeTable, figures: FigureWriter) -> Draw:
    return lambda place: draw_free_table(table, figures, _styles(place.document, FREE_TABLE_STYLES), place.width)


def _styles(document: Any, names: tuple[str, ...]) -> dict[str, Style]:
    """The template's styles called `names`."""
    elements = named_styles(document.styles.element)
    if absent := [name for name in names if name not in elements]:
        raise TemplateFault(f"模板缺少样式{'、'.join(absent)}，请在 Word 的“样式”中补上。")
    return {name: Style(value(elements[name], "styleId") or "", _fill(elements[name])) for name in names}


def _fill(style: Element) -> str:
    fill = value(child(child(style, "pPr"), "shd"), "fill") or "auto"
    return "" if fill == "auto" else fill


_NOT_OURS = (
    *("dcterms:created", "dcterms:modified", "cp:lastPrinted"),
    *("cp:category", "cp:contentStatus", "cp:version", "dc:identifier"),
)
"""Properties that say of the template what is not true of what is made from it."""


def describe(document: Any, title: str, author: str) -> None:
    """The document's properties, free of the times that python-docx and Word put there."""
    properties = document.core_properties
    properties.title = title
    properties.author = properties.last_modified_by = author
    properties.language = "zh-CN"
    properties.comments = properties.keywords = properties.subject = ""
    properties.revision = 1
    element = properties._element
    for name in _NOT_OURS:
        for found in element.findall(qn(name)):
            element.remove(found)
