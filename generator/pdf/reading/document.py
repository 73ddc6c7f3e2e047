"""A Word document read into values: the one way from bytes to a Document."""

from collections.abc import Mapping
from typing import Literal

from generator.pdf.reading.blocks import BlockReader, Shared
from generator.pdf.reading.content import (
    Block,
    Blocks,
    Document,
    Grid,
    Margins,
    PageNumbers,
    Paragraph,
    Properties,
    Section,
)
from generator.pdf.reading.inlines import NoteNumbers
from generator.pdf.reading.numbering import Numbering
from generator.pdf.reading.package import Package, UnreadableDocument
from generator.pdf.reading.styles import StyleSheet
from generator.pdf.reading.xml import (
    RELATION_ID,
    Element,
    attribute_points,
    child,
    child_value,
    number,
    switched_on,
    value,
    w,
    whole,
)
from generator.pdf.remarks import Remarks

A4 = (595.3, 841.9)
MODERN_WORD = 15  # w:compatibilityMode of Word 2013 and later


def read_document(docx: bytes, remarks: Remarks) -> Document:
    """Read a .docx. Raises UnreadableDocument; what is beyond the printer goes to `remarks`."""
    package = Package(docx)
    main = package.main
    root = package.xml(main)
    body = child(root, "body")
    if body is None:
        raise UnreadableDocument("Word 文档没有正文。请用 Word 打开并另存为 .docx 后再试。")
    settings = package.xml(package.related(main, "settings"))
    style_part = package.xml(package.related(main, "styles"))
    styles = StyleSheet(style_part, package.xml(package.related(main, "theme")), settings)
    numbering = Numbering(package.xml(package.related(main, "numbering")), styles)
    for style in numbering.unknown_formats():
        remarks.add(f"自动编号的格式“{style}”按阿拉伯数字打印", "编号")
    note_style = child_value(child(settings, "footnotePr"), "numFmt") or "decimal"
    shared = Shared(package, styles, numbering, remarks, NoteNumbers(note_style))
    sections = _sections(shared, body)
    return Document(
        sections=sections,
        properties=_properties(package, style_part),
        notes=_notes(shared),
        pictures=shared.pictures,
        default_tab=attribute_points(child(settings, "defaultTabStop"), "val") or 36.0,
        even_and_odd=switched_on(child(settings, "evenAndOddHeaders")),
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
        self._relations = shared.package.relations(shared.package.main)
        self._read: dict[str, Blocks] = {}

    def of(self, properties: Element | None, kind: Literal["header", "footer"]) -> dict[str, Blocks]:
        """The stories that a w:sectPr refers to, by default/first/even."""
        found: dict[str, Blocks] = {}
        for reference in properties.iterfind(w(f"{kind}Reference")) if properties is not None else ():
            relation = self._relations.get(reference.get(RELATION_ID, ""))
            if relation is not None and not relation.external:
                found[value(reference, "type") or "default"] = self._story(relation.target, kind)
        return found

    def _story(self, part: str, kind: Literal["header", "footer"]) -> Blocks:
        blocks = self._read.get(part)
        if blocks is None:
            root = self._shared.package.xml(part)
            reader = BlockReader(self._shared, part, "页眉" if kind == "header" else "页脚")
            blocks = self._read[part] = reader.blocks(root) if root is not None else ()
        return blocks


def _notes(shared: Shared) -> dict[int, Blocks]:
    """The footnotes that the text refers to, by id."""
    numbers = shared.notes
    part = shared.package.related(shared.package.main, "footnotes")
    root = shared.package.xml(part) if numbers.numbers else None
    if root is None or part is None:
        return {}
    reader = BlockReader(shared, part, "脚注")
    found: dict[int, Blocks] = {}
    for element in root.iterfind(w("footnote")):
        identity = whole(value(element, "id"))
        if identity in numbers.numbers:
            numbers.current = numbers.numbers[identity]
            found[identity] = reader.blocks(element)
    return found


def _sections(shared: Shared, body: Element) -> tuple[Section, ...]:
    reader = BlockReader(shared, shared.package.main, "")
    stories = _Stories(shared)
    sections: list[Section] = []
    blocks: list[Block] = []
    for element in reader.elements(body):
        block = reader.block(element)
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
    kind = child_value(properties, "type")
    align = child_value(properties, "vAlign")
    columns = whole(value(child(properties, "cols"), "num"))
    place = f"第 {len(before) + 1} 节"
    if columns is not None and columns > 1:
        shared.remarks.add(f"分栏（{columns} 栏）按一栏打印", place)
    if child(properties, "pgBorders") is not None:
        shared.remarks.add("页面边框没有打印", place)
    if child(properties, "lnNumType") is not None:
        shared.remarks.add("行号没有打印", place)
    inherited_headers = before[-1].headers if before else {}
    inherited_footers = before[-1].footers if before else {}

    def edge(name: str, default: float) -> float:
        measure = attribute_points(edges, name)
        return default if measure is None else measure

    return Section(
        blocks=blocks,
        start="continuous" if kind == "continuous" else kind if kind in ("oddPage", "evenPage") else "nextPage",  # type: ignore[arg-type]
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
        align="center"
        if align == "center"
        else "bottom"
        if align == "bottom"
        else "both"
        if align == "both"
        else "top",
    )


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
    said: Mapping[str, str] = (
        {name: (core.findtext(tag) or "").strip() for name, tag in _CORE.items()} if core is not None else {}
    )
    properties = Properties(**said)
    if properties.language:
        return properties
    language = value(child(child(child(child(styles, "docDefaults"), "rPrDefault"), "rPr"), "lang"), "eastAsia")
    return Properties(**{**said, "language": language or "zh-CN"})
