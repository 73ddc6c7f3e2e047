"""A Word document read into values: the one way from bytes to a Document."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

from generator.pdf.content import (
    BLACK,
    Block,
    Blocks,
    Border,
    Columns,
    Document,
    Floating,
    Grid,
    Margins,
    Offset,
    PageBorders,
    PageNumbers,
    Paragraph,
    Properties,
    Section,
    TextBox,
)
from generator.pdf.reading.blocks import BlockReader
from generator.pdf.reading.colors import palette
from generator.pdf.reading.drawings import Media
from generator.pdf.reading.numbering import Numbering
from generator.pdf.reading.properties import borders, one_of
from generator.pdf.reading.revisions import Revised
from generator.pdf.reading.shared import NoteNumbers, Shared
from generator.pdf.reading.styles import StyleSheet
from generator.pdf.remarks import Remarks
from generator.word import (
    RELATIONSHIP_ID,
    Element,
    Package,
    attribute_points,
    child,
    child_value,
    number,
    quoted,
    switched_on,
    value,
    w,
    whole,
)

A4 = (595.3, 841.9)
MODERN_WORD = 15  # w:compatibilityMode of Word 2013 and later


def read_document(docx: bytes, remarks: Remarks, *, revisions: bool = False) -> Document:
    """Read a .docx. Raises UnreadableDocument; what is beyond the printer goes to `remarks`.

    Its tracked changes are taken as accepted; with `revisions` what was deleted is there too, both as they are marked.
    """
    package = Package(docx)
    main = package.main
    body = package.body
    settings = package.xml(package.related(main, "settings"))
    style_part = package.xml(package.related(main, "styles"))
    theme = package.xml(package.related(main, "theme"))
    styles = StyleSheet(style_part, theme, settings)
    numbering = Numbering(package.xml(package.related(main, "numbering")), styles)
    for style in numbering.unknown_formats():
        remarks.add(f"自动编号的格式“{style}”按阿拉伯数字打印", "编号")
    foot, end = (child_value(child(settings, f"{kind}notePr"), "numFmt") for kind in ("foot", "end"))
    shared = Shared(
        package,
        styles,
        numbering,
        remarks,
        NoteNumbers(foot or "decimal"),
        NoteNumbers(end or "lowerRoman"),
        Media(theme=palette(theme)),
        Revised() if revisions else None,
    )
    sections = _sections(shared, body)
    notes = _notes(shared, shared.footnotes, "footnote", "脚注")
    endnotes = _notes(shared, shared.endnotes, "endnote", "尾注")
    if endnotes:
        sections = (*sections[:-1], _with_endnotes(sections[-1], endnotes))
    return Document(
        sections=sections,
        properties=_properties(package, style_part),
        notes=notes,
        pictures=shared.media.pictures,
        vectors=shared.media.vectors,
        default_tab=attribute_points(child(settings, "defaultTabStop"), "val") or 36.0,
        even_and_odd=switched_on(child(settings, "evenAndOddHeaders")),
        mirrored_margins=switched_on(child(settings, "mirrorMargins")),
        modern_tables=_compatibility(settings) >= MODERN_WORD,
    )


def _compatibility(settings: Element | None) -> int:
    compat = child(settings, "compat")
    for setting in compat if compat is not None else ():
        if value(setting, "name") == "compatibilityMode":
            return whole(value(setting)) or 0
    return 0


class _Stories:
    """The headers and footers of a document, each read once."""

    def __init__(self, shared: Shared) -> None:
        self._shared = shared
        self._relationships = shared.package.relationships(shared.package.main)
        self._read: dict[str, Blocks] = {}

    def of(self, properties: Element | None, kind: Literal["header", "footer"]) -> dict[str, Blocks]:
        """The stories that a w:sectPr refers to, by default/first/even."""
        found: dict[str, Blocks] = {}
        for reference in properties.iterfind(w(f"{kind}Reference")) if properties is not None else ():
            relationship = self._relationships.get(reference.get(RELATIONSHIP_ID, ""))
            if relationship is not None and not relationship.external:
                found[value(reference, "type") or "default"] = self._story(relationship.target, kind)
        return found

    def _story(self, part: str, kind: Literal["header", "footer"]) -> Blocks:
        blocks = self._read.get(part)
        if blocks is None:
            root = self._shared.package.xml(part)
            reader = BlockReader(self._shared, part, "页眉" if kind == "header" else "页脚")
            blocks = self._read[part] = reader.blocks(root) if root is not None else ()
        return blocks


def _notes(shared: Shared, numbers: NoteNumbers, kind: Literal["footnote", "endnote"], name: str) -> dict[int, Blocks]:
    """The notes of a kind that the text refers to, by id, in the order of their numbers."""
    part = shared.package.related(shared.package.main, f"{kind}s")
    root = shared.package.xml(part) if numbers.numbers else None
    if root is None or part is None:
        return {}
    reader = BlockReader(shared, part, name)
    elements = {whole(value(element, "id")): element for element in root.iterfind(w(kind))}
    found: dict[int, Blocks] = {}
    for identity, shown in numbers.numbers.items():
        if identity in elements:
            numbers.current = shown
            found[identity] = reader.blocks(elements[identity])
    return found


ENDNOTE_RULE = TextBox(144.0, 0.0, border=Border("single", 0.5, BLACK), line="falling")
ENDNOTE_SPACE = 10.0


def _with_endnotes(section: Section, notes: Mapping[int, Blocks]) -> Section:
    """The last section with the endnotes after its text, under a short rule (17.11.4)."""
    blocks = [block for note in notes.values() for block in note]
    if blocks and isinstance(blocks[0], Paragraph):
        rule = Floating(ENDNOTE_RULE, Offset("column"), Offset("paragraph", by=ENDNOTE_SPACE), "block")
        blocks[0] = replace(blocks[0], items=(rule, *blocks[0].items))
    return replace(section, blocks=(*section.blocks, *blocks))


def _sections(shared: Shared, body: Element) -> tuple[Section, ...]:
    reader = BlockReader(shared, shared.package.main, "")
    stories = _Stories(shared)
    sections: list[Section] = []
    blocks: list[Block] = []
    for element in reader.elements(body):
        block = reader.block(element)
        if isinstance(block, Paragraph) and block.look.frame is not None:
            shared.remarks.add("图文框（如首字下沉）按普通段落打印", block.place)
        properties = child(child(element, "pPr"), "sectPr") if element.tag == w("p") else None
        if properties is None:
            blocks.append(block)
            continue
        # An empty paragraph that only carries the section break takes no room, unless the section has nothing else.
        if not (isinstance(block, Paragraph) and not block.items and blocks):
            blocks.append(block)
        sections.append(_section(properties, tuple(blocks), sections, stories, shared))
        blocks = []
    sections.append(_section(child(body, "sectPr"), tuple(blocks), sections, stories, shared))
    return tuple(sections)


def _section(
    properties: Element | None, blocks: Blocks, before: list[Section], stories: _Stories, shared: Shared
) -> Section:
    size, edges = child(properties, "pgSz"), child(properties, "pgMar")
    numbers = child(properties, "pgNumType")
    words = next((block.text for block in blocks if isinstance(block, Paragraph) and block.text.strip()), "")
    place = f"第 {len(before) + 1} 节{quoted(words)}"
    if (child_value(properties, "textDirection") or "lrTb") != "lrTb":
        shared.remarks.add("竖排的文字按横排打印", place)
    if child(properties, "lnNumType") is not None:
        shared.remarks.add("行号没有打印", place)
    inherited_headers = before[-1].headers if before else {}
    inherited_footers = before[-1].footers if before else {}

    def edge(name: str, default: float) -> float:
        measure = attribute_points(edges, name)
        return default if measure is None else measure

    return Section(
        blocks=blocks,
        start=one_of(child_value(properties, "type"), "nextPage", "continuous", "oddPage", "evenPage"),
        width=attribute_points(size, "w") or A4[0],
        height=attribute_points(size, "h") or A4[1],
        margins=Margins(
            edge("top", 72.0), edge("right", 90.0), edge("bottom", 72.0), edge("left", 90.0) + edge("gutter", 0.0)
        ),
        header_distance=edge("header", 42.55),
        footer_distance=edge("footer", 49.6),
        headers={**inherited_headers, **stories.of(properties, "header")},
        footers={**inherited_footers, **stories.of(properties, "footer")},
        title_page=switched_on(child(properties, "titlePg")),
        numbers=PageNumbers(whole(value(numbers, "start")), value(numbers, "fmt") or "decimal"),
        grid=_grid(child(properties, "docGrid")),
        align=one_of(child_value(properties, "vAlign"), "top", "center", "bottom", "both"),
        borders=_page_borders(child(properties, "pgBorders")),
        columns=_columns(child(properties, "cols"), shared, place),
    )


def _page_borders(element: Element | None) -> PageBorders | None:
    """The borders of a section's pages (17.6.10)."""
    if element is None:
        return None
    pages = {"firstPage": "first", "notFirstPage": "others"}.get(value(element, "display") or "", "all")
    return PageBorders(borders(element), value(element, "offsetFrom") != "page", pages)  # type: ignore[arg-type]


MOST_COLUMNS = 12


def _columns(element: Element | None, shared: Shared, place: str) -> Columns:
    """The columns of a section (17.6.4)."""
    count = min(whole(value(element, "num")) or 1, MOST_COLUMNS)
    if count < 2 or element is None:
        return Columns()
    widths = {value(column, "w") for column in element.iterfind(w("col"))}
    if value(element, "equalWidth") in ("0", "false", "off") and len(widths) > 1:
        shared.remarks.add("宽度不等的分栏按等宽打印", place)
    space = attribute_points(element, "space")
    return Columns(count, 36.0 if space is None else space, value(element, "sep") in ("1", "true", "on"))


def _grid(element: Element | None) -> Grid:
    """The document grid (17.6.5); its character space counts in 4096ths of a point."""
    kind = value(element, "type")
    pitch = attribute_points(element, "linePitch") or 0.0
    if kind not in ("lines", "linesAndChars", "snapToChars"):
        return Grid()
    extra = (number(value(element, "charSpace")) or 0.0) / 4096 if kind != "lines" else 0.0
    return Grid(pitch, extra)


_CORE = {
    "title": "{http://purl.org/dc/elements/1.1/}title",
    "author": "{http://purl.org/dc/elements/1.1/}creator",
    "subject": "{http://purl.org/dc/elements/1.1/}subject",
    "keywords": "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}keywords",
    "created": "{http://purl.org/dc/terms/}created",
    "language": "{http://purl.org/dc/elements/1.1/}language",
}


def _properties(package: Package, styles: Element | None) -> Properties:
    """The core properties; where they name no language, that of the document defaults."""
    core = package.xml(package.related("", "core-properties"))
    said = {name: (core.findtext(tag) or "").strip() for name, tag in _CORE.items()} if core is not None else {}
    usual = value(child(child(child(child(styles, "docDefaults"), "rPrDefault"), "rPr"), "lang"), "eastAsia")
    return Properties(**{**said, "language": said.get("language") or usual or "zh-CN"})
