"""A draft says on every page that it is one."""

from __future__ import annotations

from typing import Any

from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml

from generator.word import PARAGRAPH, RUN

_NOTICE = (
    '<w:p {namespaces}><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:rPr><w:rFonts w:hint="eastAsia" '
    'w:ascii="黑体" w:hAnsi="黑体" w:eastAsia="黑体"/><w:color w:val="C00000"/><w:sz w:val="28"/></w:rPr>'
    "<w:t>草稿</w:t></w:r></w:p>"
)


def mark_as_draft(document: Any) -> None:
    """Puts 草稿 at the head of every page of `document`, whatever headers it has."""
    for index, section in enumerate(document.sections):
        for header in (section.header, section.first_page_header, section.even_page_header):
            if index and header.is_linked_to_previous:
                continue
            element = header._element
            element.insert(0, parse_xml(_NOTICE.format(namespaces=nsdecls("w"))))
            _drop_empty_paragraphs(element)


def _drop_empty_paragraphs(header: Any) -> None:
    for paragraph in header.findall(PARAGRAPH)[1:]:
        if not len(paragraph.findall(RUN)):
            header.remove(paragraph)
