"""The 目录: the result of the template's own TOC field, written from the headings of the filled document.

Word and WPS show a field's stored result as it stands. Here it is complete: every entry links to its heading, and the
page numbers are those of the laid-out document, so that nobody has to update it by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Any

from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml

from generator.word.bookmarks import bookmark
from generator.word.xml import Element, styled_as, text_of

BOOKMARK = "_Toc{:08d}"
_UNKNOWN_PAGE = "0"
_FIRST_ID = 90_000


@dataclass(frozen=True, slots=True)
class _Heading:
    paragraph: Element
    level: int
    text: str
    bookmark: str


def write_contents(document: Element, styles: Element) -> None:
    """Gives every heading of `document` a bookmark, and the TOC field its entries, page numbers still unknown."""
    field = _find_field(document)
    if field is None:
        return
    levels = _outline_levels(styles)
    headings = list(_mark_headings(document, levels, _wanted_levels(field.instruction)))
    names = {name.get(qn("w:val")): style.get(qn("w:styleId")) for style, name in _style_names(styles)}
    entries = [
        _entry(heading, names.get(f"toc {heading.level}", ""), field.instruction if index == 0 else "")
        for index, heading in enumerate(headings)
    ]
    if not entries:
        return
    entries[-1].append(_run('<w:fldChar w:fldCharType="end"/>'))
    for entry in entries:
        field.first.addprevious(entry)
    for paragraph in field.paragraphs:
        paragraph.getparent().remove(paragraph)


def write_page_numbers(document: Any, pages: dict[str, int]) -> None:
    """Stores in every PAGEREF field of `document` (python-docx) the page of its bookmark."""
    instruction = ""
    inside = False
    for run in document.element.body.iter(qn("w:r")):
        for part in run:
            if part.tag == qn("w:fldChar"):
                kind = part.get(qn("w:fldCharType"))
                inside = kind == "separate" and instruction.startswith("PAGEREF")
                if kind == "begin":
                    instruction = ""
            elif part.tag == qn("w:instrText"):
                instruction = (part.text or "").strip()
            elif part.tag == qn("w:t") and inside:
                bookmark = instruction.split()[1]
                part.text = str(pages.get(bookmark, part.text))


def write_heading_numbers(document: Any, numbers: dict[str, str]) -> bool:
    """Puts the numbers of Word's automatic numbering before the entries of the 目录, as Word itself does.

    `numbers`: by the bookmark of the heading. Returns whether any entry has changed.
    """
    changed = False
    for link in document.element.body.iter(qn("w:hyperlink")):
        text = link.find(f"{qn('w:r')}/{qn('w:t')}")
        if text is not None and (number := numbers.get(link.get(qn("w:anchor"), ""))):
            text.text = f"{number}\u3000{text.text}"
            changed = True
    return changed


@dataclass(frozen=True, slots=True)
class _Field:
    """A TOC field: its instruction, and the paragraphs from where it begins to where it ends."""

    instruction: str
    paragraphs: list[Element]

    @property
    def first(self) -> Element:
        return self.paragraphs[0]


def _find_field(document: Element) -> _Field | None:
    depth, found, instruction = 0, [], ""
    for paragraph in document.iter(qn("w:p")):
        within = depth > 0
        for part in paragraph.iter(qn("w:fldChar"), qn("w:instrText")):
            if part.tag == qn("w:instrText"):
                if depth == 1:
                    instruction += part.text or ""
                continue
            kind = part.get(qn("w:fldCharType"))
            depth += {"begin": 1, "end": -1}.get(kind, 0)
            within = within or kind == "begin"
        if within:
            found.append(paragraph)
        if found and depth == 0:
            if instruction.strip().startswith("TOC"):
                return _Field(instruction.strip(), found)
            found, instruction = [], ""
    return None


def _wanted_levels(instruction: str) -> range:
    levels = re.search(r'\\o\s+"(\d)-(\d)"', instruction)
    return range(int(levels[1]), int(levels[2]) + 1) if levels else range(1, 10)


def _style_names(styles: Element) -> Iterator[tuple[Element, Element]]:
    for style in styles.iter(qn("w:style")):
        yield style, style.find(qn("w:name"))


def _outline_levels(styles: Element) -> dict[str, int]:
    """Heading level (from 1) by style id, inherited from the style that one is based on."""
    own: dict[str, int] = {}
    parents: dict[str, str] = {}
    for style in styles.iter(qn("w:style")):
        name = style.get(qn("w:styleId"))
        level = style.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
        based_on = style.find(qn("w:basedOn"))
        if level is not None:
            own[name] = int(level.get(qn("w:val"))) + 1
        if based_on is not None:
            parents[name] = based_on.get(qn("w:val"))
    levels = {}
    for name in {*own, *parents}:
        style, seen = name, set()
        while style not in own and style in parents and style not in seen:
            seen.add(style)
            style = parents[style]
        if own.get(style, 10) <= 9:
            levels[name] = own[style]
    return levels


def _mark_headings(document: Element, levels: dict[str, int], wanted: range) -> Iterator[_Heading]:
    number = 0
    for paragraph in document.iter(qn("w:p")):
        level = levels.get(styled_as(paragraph), 0)
        text = text_of(paragraph).strip()
        if not (level in wanted and text):
            continue
        number += 1
        name = BOOKMARK.format(number)
        bookmark(paragraph, name, _FIRST_ID + number)
        yield _Heading(paragraph, level, text, name)


def _entry(heading: _Heading, style: str, instruction: str) -> Element:
    """A line of the 目录; the first one begins the TOC field itself."""
    style_xml = f'<w:pStyle w:val="{style}"/>' if style else ""
    begin = ""
    if instruction:
        begin = (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            f'<w:r><w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        )
    return parse_xml(
        f"<w:p {nsdecls('w')}><w:pPr>{style_xml}</w:pPr>{begin}"
        f'<w:hyperlink w:anchor="{heading.bookmark}" w:history="1">'
        f'<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>'
        f'<w:t xml:space="preserve">{escape(heading.text)}</w:t></w:r><w:r><w:tab/></w:r>'
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> PAGEREF {heading.bookmark} \\h </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f"<w:r><w:t>{_UNKNOWN_PAGE}</w:t></w:r>"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:hyperlink></w:p>'
    )


def _run(content: str) -> Element:
    return parse_xml(f"<w:r {nsdecls('w')}>{content}</w:r>")
