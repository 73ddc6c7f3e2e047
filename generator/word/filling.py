"""From the template and a department's accounts to the Word document."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2 import TemplateError, UndefinedError
from markupsafe import Markup

from generator.accounts import Accounts
from generator.narrative import TemplateFault, narrative_context, template_environment
from generator.word.contents import write_contents
from generator.word.draft import mark_as_draft
from generator.word.merging import merge_marked_cells
from generator.word.tables import STYLES, draw_table
from generator.word.xml import Element, child

_PLACEHOLDER = "决算表"


def fill_template(template: Path, accounts: Accounts, *, draft: bool = False) -> Any:
    """The filled document (python-docx), complete but for the page numbers of its 目录.

    Raises `TemplateFault` where the template does not go with the data.
    """
    document = _render(template, accounts)
    body = document.element.body
    _draw_tables(body, accounts, _style_ids(document.styles.element, STYLES))
    merge_marked_cells(body)
    write_contents(body, document.styles.element)
    _describe(document, accounts)
    if draft:
        mark_as_draft(document)
    return document


def _render(template: Path, accounts: Accounts) -> Any:
    environment = template_environment(accounts.edition.wording)
    environment.globals["画表"] = lambda number: _placeholder(accounts, number)
    filled = DocxTemplate(template)
    try:
        filled.render(narrative_context(accounts), environment, autoescape=True)
    except UndefinedError as error:
        raise TemplateFault(f"模板“{template.name}”用到了没有的名称：{error.message}。") from None
    except TemplateError as error:
        raise TemplateFault(f"模板“{template.name}”的标记写得不对：{error.message}。") from None
    return filled.docx


def _placeholder(accounts: Accounts, number: str) -> Markup:
    """An element, which no text can be mistaken for, in the place of a table until it is drawn."""
    if number not in accounts.edition.tables:
        raise TemplateFault(f"模板要画“{number}”，但这个版本没有这张表。")
    tag = f'<w:sdtPr><w:tag w:val="{_PLACEHOLDER}:{number}"/></w:sdtPr>'
    return Markup(f"<w:sdt>{tag}<w:sdtContent><w:p/></w:sdtContent></w:sdt>")


def _draw_tables(body: Element, accounts: Accounts, styles: dict[str, str]) -> None:
    for element in body.findall(qn("w:sdt")):
        tag = element.find(f"{qn('w:sdtPr')}/{qn('w:tag')}")
        if tag is None or not tag.get(qn("w:val")).startswith(f"{_PLACEHOLDER}:"):
            continue
        table = accounts.edition.tables[tag.get(qn("w:val")).partition(":")[2]]
        for drawn in draw_table(accounts, table, styles, _text_width(element)):
            element.addprevious(drawn)
        body.remove(element)


def _text_width(element: Element) -> int:
    """The width between the margins of the section that `element` of the body is in, in twentieths of a point."""
    following = (found for sibling in element.itersiblings() for found in sibling.iter(qn("w:sectPr")))
    section = next(following)
    size, margins = child(section, "w:pgSz"), child(section, "w:pgMar")
    return int(size.get(qn("w:w"))) - int(margins.get(qn("w:left"))) - int(margins.get(qn("w:right")))


def _style_ids(styles: Element, names: tuple[str, ...]) -> dict[str, str]:
    """The ids of the styles called `names`."""
    ids = {
        child(style, "w:name").get(qn("w:val")): style.get(qn("w:styleId")) for style in styles.findall(qn("w:style"))
    }
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
