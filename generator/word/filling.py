"""From the template and a department's accounts to the Word document."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2 import TemplateError, UndefinedError

from generator.accounts import Accounts
from generator.narrative import TemplateFault, narrative_context, template_environment
from generator.word.contents import write_contents
from generator.word.draft import mark_as_draft
from generator.word.merging import merge_marked_cells
from generator.word.placing import Draw, Placeholders
from generator.word.tables import STYLES, draw_table
from generator.word.xml import child


def fill_template(template: Path, accounts: Accounts, *, draft: bool = False) -> Any:
    """The filled document (python-docx), complete but for the page numbers of its 目录.

    Raises `TemplateFault` where the template does not go with the data.
    """
    placeholders = Placeholders()
    document = _render(template, accounts, placeholders)
    body = document.element.body
    placeholders.fill(document)
    merge_marked_cells(body)
    write_contents(body, document.styles.element)
    _describe(document, accounts)
    if draft:
        mark_as_draft(document)
    return document


def _render(template: Path, accounts: Accounts, placeholders: Placeholders) -> Any:
    environment = template_environment(accounts.edition.wording)
    environment.globals["画表"] = lambda number: placeholders.reserve(_table(accounts, number))
    filled = DocxTemplate(template)
    try:
        filled.render(narrative_context(accounts), environment, autoescape=True)
    except UndefinedError as error:
        raise TemplateFault(f"模板“{template.name}”用到了没有的名称：{error.message}。") from None
    except TemplateError as error:
        raise TemplateFault(f"模板“{template.name}”的标记写得不对：{error.message}。") from None
    return filled.docx


def _table(accounts: Accounts, number: str) -> Draw:
    """Draws the official table `number`."""
    if number not in accounts.edition.tables:
        raise TemplateFault(f"模板要画“{number}”，但这个版本没有这张表。")
    table = accounts.edition.tables[number]
    return lambda place: draw_table(accounts, table, _style_ids(place.document, STYLES), place.width)


def _style_ids(document: Any, names: tuple[str, ...]) -> dict[str, str]:
    """The ids of the styles called `names`."""
    styles = document.styles.element.findall(qn("w:style"))
    ids = {child(style, "w:name").get(qn("w:val")): style.get(qn("w:styleId")) for style in styles}
    if absent := [name for name in names if name not in ids]:
        raise TemplateFault(f"模板缺少样式{'、'.join(absent)}，请在 Word 的“样式”中补上。")
    return {name: ids[name] for name in names}


def _describe(document: Any, accounts: Accounts) -> None:
    """The document's properties, free of the times that python-docx and Word put there."""
    properties = document.core_properties
    properties.title = f"{accounts.year}年{accounts.department}部门决算"
    properties.author = properties.last_modified_by = accounts.department
    properties.language = "zh-CN"
    properties.comments = properties.keywords = properties.subject = ""
    properties.revision = 1
    element = properties._element
    for name in ("dcterms:created", "dcterms:modified"):
        for found in element.findall(qn(name)):
            element.remove(found)
