"""Filling the tags of a template; whatever goes wrong is told with the paragraph in which it does."""

from __future__ import annotations

import re
from itertools import count
from pathlib import Path
from typing import Any

from docx.opc.constants import CONTENT_TYPE
from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml
from docxtpl import DocxTemplate
from jinja2 import TemplateError, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree

from generator.filling.tags import OPENING, paragraphs, tag_faults, tag_in_place_of, tags_of, template_parts
from generator.narrative import MissingName, TemplateFault, syntax_fault
from generator.word import (
    BREAK,
    CELL,
    PARAGRAPH,
    PARAGRAPH_PROPERTIES,
    ROW,
    RUN,
    SECTION,
    STORIES,
    Element,
    UnreadableDocument,
    leave_to_readers,
    open_document,
    value,
)

_MARKED = re.compile(r"<w:(?:p|tr)(?=[ />])")
_MARK = re.compile(r"<!--(\d+)-->")
_LINE = "\ufdd1\n"
"""What separates the pieces of a source: no text holds U+FDD1, so that it can be taken out again."""
_LOWEST = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
_BREAK = f"<w:p {nsdecls('w')}><w:pPr>{_LOWEST}</w:pPr><w:r/></w:p>"
_JINJA_FILES = ("<template>", "<unknown>")


def render(template: Path, context: dict[str, Any], environment: ImmutableSandboxedEnvironment) -> Any:
    """`template` with every tag filled from `context`, as a python-docx document.

    Raises `TemplateFault`, with the paragraph, where a tag cannot be filled or would be lost.
    """
    filled = _Template(template)
    filled.docx = open_template(template)
    for part, root in template_parts(filled.docx):
        found = paragraphs(root, part)
        for fault in tag_faults(found):
            raise fault
        for tag in (tag for paragraph in found for tag in tags_of(paragraph)):
            # Jinja and docxtpl know statements that are no part of what a template may say.
            if tag.is_statement and tag.content.split(None, 1)[:1] != [tag.word]:
                message = syntax_fault(environment, True, tag.content)
                raise TemplateFault(f"“{tag.source}”写得不对：{message}", tag.paragraph.place)
    known = (*context, *environment.globals)
    environment.undefined = type("MissingName", (MissingName,), {"known": known})
    filled.render(context, environment, autoescape=True)
    _complete_cells(filled.docx.element.body)
    return filled.docx


def open_template(template: Path) -> Any:
    """The python-docx document of `template`, without what is not for readers of a publication.

    Raises `TemplateFault` where it cannot be read.
    """
    if not template.is_file():
        raise TemplateFault(f"找不到模板“{template}”。")
    try:
        document = open_document(template.read_bytes())
        leave_to_readers(document)
        return document
    except (OSError, UnreadableDocument, etree.XMLSyntaxError):
        message = f"“{template.name}”不是可用的 Word 文件：请用 Word 打开，另存为“Word 文档 (*.docx)”。"
        raise TemplateFault(message) from None


class _Template(DocxTemplate):  # type: ignore[misc]
    """docxtpl's template, which knows the paragraph that a fault comes from.

    Each paragraph and each row is marked with its number before docxtpl makes Jinja's source of them (where whole
    paragraphs become tags); in the source each mark begins a line, and Jinja tells the line.
    """

    def patch_xml(self, src_xml: str) -> str:
        self._original = src_xml
        numbers = count()
        marked = _MARKED.sub(lambda found: f"<!--{next(numbers)}-->{found[0]}", src_xml)
        patched: str = super().patch_xml(_with_breaks_apart(marked))
        return patched

    def render_xml_part(self, src_xml: str, part: Any, context: dict[str, Any], jinja_env: Any) -> str:
        """The part filled. Unlike docxtpl's own, it leaves `{_{` as it is, which a department may have written."""
        pieces = _MARK.split(src_xml)
        owners: list[int | None] = []
        for owner, text in zip([None, *map(int, pieces[1::2])], pieces[::2], strict=True):
            owners += [owner] * (text.count("\n") + 1)
        try:
            rendered = jinja_env.from_string(_LINE.join(pieces[::2])).render(context)
        except Exception as error:
            # A template's expression may raise anything: each is a fault of the template, none a traceback.
            line = _line_of(error)
            owner = owners[line - 1] if 0 < line <= len(owners) else None
            raise self._fault(error, part, owner, jinja_env) from None
        return str(self.resolve_listing(rendered.replace(_LINE, "").replace(_LINE[0], "")))

    def _fault(self, error: Exception, part: Any, owner: int | None, environment: Any) -> TemplateFault:
        name = _part_name(str(part.partname))
        place = name
        if owner is not None:
            root = parse_xml(self._original)
            element = [found for found in root.iter() if found.tag in (PARAGRAPH, ROW)][owner]
            within = {element, *element.iterdescendants()}
            # A row stands for the first of its paragraphs that has a tag.
            found = [one for one in paragraphs(root, name) if one.element in within]
            found = [one for one in found if tags_of(one)] or found
            place = found[0].place if found else name
            unreadable = isinstance(error, TemplateError) and not isinstance(error, (UndefinedError, SecurityError))
            if unreadable and found:
                for tag in tags_of(found[0]):
                    if message := syntax_fault(environment, tag.is_statement, tag.content):
                        return TemplateFault(f"“{tag.source}”写得不对：{message}", place)
        return TemplateFault(_sentence(error), place)

    def fix_tables(self, xml: str) -> Any:
        try:
            etree.fromstring(xml)
        except etree.XMLSyntaxError:
            # docxtpl would go on with what remains of it.
            message = "填好的内容拼不成完整的文档：有的循环或条件跨过了段落或表格的边界，请让开头和结尾在同一处。"
            raise TemplateFault(message) from None
        return super().fix_tables(xml)

    def render_properties(self, context: dict[str, Any], jinja_env: Any = None) -> None:
        """Nothing: the properties of the document are written afterwards, none of them is a template."""

    def render_footnotes(self, context: dict[str, Any], jinja_env: Any = None) -> None:
        """Footnotes and endnotes, once: what has been filled in is never filled again."""
        for part in self.docx.part.package.iter_parts():
            if part.content_type in (CONTENT_TYPE.WML_FOOTNOTES, CONTENT_TYPE.WML_ENDNOTES):
                xml = self.patch_xml(etree.tostring(etree.fromstring(part.blob), encoding="unicode"))
                part._blob = self.render_xml_part(xml, part, context, jinja_env).encode("utf-8")


def _with_breaks_apart(xml: str) -> str:
    """`xml` with the page and section breaks of paragraphs that become tags in paragraphs of their own.

    Word and people put a break into the paragraph before it; with that paragraph it would be lost.
    """
    root = parse_xml(xml)
    breaks = [one for one in root.iter(BREAK, SECTION) if _parts_pages(one)]
    for one in reversed(breaks):
        paragraph = next(one.iterancestors(PARAGRAPH), None)
        tag = tag_in_place_of(paragraph) if paragraph is not None else None
        if paragraph is None or tag is None:
            continue
        apart: Any = parse_xml(_BREAK)
        apart.find(PARAGRAPH_PROPERTIES if one.tag == SECTION else RUN).append(one)
        # A break is no part of what a loop repeats.
        (paragraph.addprevious if tag.word in OPENING else paragraph.addnext)(apart)
    return str(etree.tostring(root, encoding="unicode"))


def _complete_cells(body: Element) -> None:
    """Gives cells that end without a paragraph, such as one of a loop over nothing, an empty one: Word needs it."""
    for cell in body.iter(CELL):
        if len(cell) == 0 or cell[-1].tag != PARAGRAPH:
            cell.append(parse_xml(f"<w:p {nsdecls('w')}/>"))


def _parts_pages(element: Any) -> bool:
    return element.tag == SECTION or value(element, "type") in ("page", "column")


def _part_name(partname: str) -> str:
    return next((name for kind, name in STORIES.items() if kind in partname.rpartition("/")[2]), "")


def _line_of(error: Exception) -> int:
    """The line of the template's source in which `error` came up; 0 where that is not known."""
    if isinstance(error, TemplateSyntaxError):
        return error.lineno
    line, trace = 0, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename in _JINJA_FILES:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _sentence(error: Exception) -> str:
    """What `error` says, in Chinese and to someone who writes templates."""
    if isinstance(error, TemplateFault):
        return error.message
    if isinstance(error, UndefinedError):
        return str(error.message)
    if isinstance(error, ArithmeticError):
        return "这里的计算没有结果，如除以 0；要写比率请用 占比、完成率。"
    if isinstance(error, KeyError):
        return f"没有“{error.args[0]}”这一行或这一项，请对照 juesuan template names 检查写法。"
    if isinstance(error, SecurityError):
        return "这里用到了模板不允许的写法，请对照 juesuan template names 检查。"
    return "这里的内容不能这样用，如用文字计算、对不是列表的内容循环，或括号里少写、多写了一项。"
