"""A Word document as plain text, one thing a line, so that two versions can be compared line by line.

Works on any .docx, a filled publication too. What has no words of its own here is shown as WordprocessingML calls it:
nothing that a change could be made of is left out silently.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from generator.template.look import (
    attributes,
    emu,
    run_look,
    shown_properties,
    shown_property,
    style_lines,
    tag_of,
    twips,
)
from generator.word import (
    EMBEDDED,
    RELATIONSHIP_ID,
    SILENT,
    STORIES,
    TYPES,
    Element,
    Package,
    Piece,
    UnreadableDocument,
    boxes,
    cells,
    child,
    content,
    pieces_of,
    rows,
    style_names,
    style_of,
    table_style_of,
    value,
)

_TITLES = STORIES | {"comments": "批注"}
_NOTES = {"w:footnote": "footnotes", "w:endnote": "endnotes", "w:comment": "comments"}
_KINDS = {"default": "", "first": "（首页）", "even": "（偶数页）"}
_BREAKS = {"page": "［分页］", "column": "［分栏］"}


def show_document(path: Path) -> list[str]:
    """The lines of the Word document at `path`. Raises `UnreadableDocument`."""
    try:
        return list(_Document(Package(path.read_bytes())).lines())
    except OSError:
        raise UnreadableDocument("这个文件找不到或打不开，请核对路径和文件名。") from None


class _Document:
    """A document whose parts are shown, each once, so that nothing is left out."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._stories = package.stories(_TITLES)
        self._shown: set[str] = set()

    def lines(self) -> Iterator[str]:
        main = self._package.main
        styles = self._xml(self._package.related(main, "styles"))
        names = style_names(styles)
        self._shown.add(main)
        yield "== 正文"
        yield from _Story(self, main, names).lines(self._package.body)
        for kind, part in self._stories:
            number = f" {self.story_number(part)}" if kind in ("header", "footer") else ""
            yield ""
            yield f"== {_TITLES[kind]}{number}"
            if (root := self._xml(part)) is not None:
                yield from _Story(self, part, names).lines(root)
        if styles is not None:
            yield ""
            yield "== 样式"
            yield from style_lines(styles)
        yield ""
        yield "== 其他部件"
        for name in sorted(set(self._package.names) - self._shown):
            if not name.endswith(".rels") and name != TYPES:
                yield f"{name} {self.fingerprint(name)}"

    def _xml(self, part: str | None) -> Element | None:
        self._shown.add(part or "")
        return self._package.xml(part)

    def relationship(self, part: str, identity: str) -> str:
        """What `part` refers to by `identity`: the part or the address outside."""
        relationship = self._package.relationships(part).get(identity)
        return relationship.target if relationship else identity

    def story_number(self, part: str) -> int:
        """Which of its kind a header or footer is, from 1; 0 where it is none."""
        kind = next((kind for kind, name in self._stories if name == part), "")
        same = [name for of, name in self._stories if of == kind]
        return same.index(part) + 1 if part in same else 0

    def fingerprint(self, part: str) -> str:
        """What tells one picture from another."""
        self._shown.add(part)
        found = self._package.media(part)
        return f"{hashlib.sha256(found).hexdigest()[:12]}，{len(found)} 字节" if found is not None else "缺少文件"


class _Story:
    """The lines of one part: paragraphs with their styles and tags, tables by row and cell, sections."""

    def __init__(self, document: _Document, part: str, styles: dict[str, str]) -> None:
        self._document = document
        self._part = part
        self._styles = styles

    def lines(self, container: Element, indent: str = "") -> Iterator[str]:
        for element in content(container):
            match tag_of(element):
                case "w:p":
                    yield from self._paragraph(element, indent)
                case "w:tbl":
                    yield from self._table(element, indent)
                case "w:sectPr":
                    yield from self._section(element, indent)
                case "w:footnote" | "w:endnote" | "w:comment" as note:
                    yield f"{indent}{_TITLES[_NOTES[note]]} {value(element, 'id')}"
                    yield from self.lines(element, f"{indent}  ")
                case "w:tcPr":
                    continue
                case other:
                    yield f"{indent}［{other}{attributes(element)}］"

    def _paragraph(self, element: Element, indent: str) -> Iterator[str]:
        properties = child(element, "pPr")
        pieces = [(self._shown(piece), run_look(child(piece.run, "rPr"), self._styles)) for piece in pieces_of(element)]
        text = "".join(piece for piece, _ in pieces)
        yield f"{indent}［{self._styles.get(style_of(element)) or '正文'}］{text}".rstrip()
        if look := shown_properties(properties, ("w:pStyle", "w:sectPr", "w:rPr")):
            yield f"{indent}    段落：{look}"
        for look, run in _runs_that_differ([one for one in pieces if one[0]]):
            yield f"{indent}    文字“{run}”：{look}"
        for box in boxes(element):
            yield f"{indent}    文本框"
            yield from self.lines(box, f"{indent}      ")
        section = child(properties, "sectPr")
        if section is not None:
            yield from self._section(section, indent)

    def _shown(self, piece: Piece) -> str:
        """What a piece of a paragraph is shown as: text as it is, the rest between brackets."""
        element = piece.element
        if piece.is_words:
            return ("［已删］" if piece.deleted else "") + piece.text
        match tag_of(element):
            case "w:tab":
                return "［制表］"
            case "w:br" | "w:cr":
                return _BREAKS.get(value(element, "type") or "", "［换行］")
            case "w:instrText":
                return f"［域 {' '.join((element.text or '').split())}］"
            case "w:fldSimple":
                return f"［域 {' '.join((value(element, 'instr') or '').split())}］"
            case "w:bookmarkStart":
                name = value(element, "name") or ""
                return "" if name.startswith("_") else f"［书签 {name}］"
            case "w:footnoteReference" | "w:endnoteReference" | "w:commentReference" as note:
                return f"［{_TITLES[_NOTES[note.removesuffix('Reference')]]} {value(element, 'id')}］"
            case "w:drawing" | "w:pict" | "w:object":
                return "".join(f"［{drawn}］" for drawn in self._drawn(element))
            case "w:hyperlink":
                target = value(element, "anchor") or self._document.relationship(
                    self._part, element.get(RELATIONSHIP_ID, "")
                )
                return "" if target.startswith("_") else f"［链接 {target}］"
            case "w:fldChar" | "w:footnoteRef" | "w:endnoteRef":
                return ""
            case other:
                return "" if element.tag in SILENT else f"［{other}{attributes(element)}］"

    def _drawn(self, element: Element) -> Iterator[str]:
        """A drawing: its size, its description, and which picture it is."""
        said = False
        for found in element.iter(etree.Element):
            match tag_of(found):
                case "wp:extent":
                    yield f"图形 {'×'.join(emu(found.get(side, '')) for side in ('cx', 'cy'))}"
                    said = True
                case "wp:docPr" if found.get("descr"):
                    yield f"替代文字 {' '.join(found.get('descr', '').split())}"
                case "a:blip" if found.get(EMBEDDED):
                    part = self._document.relationship(self._part, found.get(EMBEDDED, ""))
                    yield f"图片 {self._document.fingerprint(part)}"
        if not said:
            yield "图形"

    def _table(self, table: Element, indent: str) -> Iterator[str]:
        named = self._styles.get(table_style_of(table))
        grid = child(table, "tblGrid")
        widths = "、".join(twips(value(column, "w") or "") for column in (() if grid is None else grid))
        yield f"{indent}表格［{named or '无样式'}］列宽 {widths}"
        if look := shown_properties(child(table, "tblPr"), ("w:tblStyle", "w:tblLook", "w:tblW")):
            yield f"{indent}    表格：{look}"
        for row_number, row in enumerate(rows(table), 1):
            look = shown_properties(child(row, "trPr"), ())
            yield f"{indent}  行 {row_number}{f'：{look}' if look else ''}"
            for cell_number, cell in enumerate(cells(row), 1):
                look = shown_properties(child(cell, "tcPr"), ("w:tcW",))
                yield f"{indent}    格 {cell_number}{f'：{look}' if look else ''}"
                yield from self.lines(cell, f"{indent}      ")

    def _section(self, section: Element, indent: str) -> Iterator[str]:
        yield f"{indent}── 节"
        for part in section.iterchildren(etree.Element):
            if tag_of(part) in ("w:headerReference", "w:footerReference"):
                target = self._document.relationship(self._part, part.get(RELATIONSHIP_ID, ""))
                title = "页眉" if tag_of(part) == "w:headerReference" else "页脚"
                kind = _KINDS.get(value(part, "type") or "", "")
                yield f"{indent}    {title}{kind}：{title} {self._document.story_number(target)}"
            elif shown := shown_property(part):
                yield f"{indent}    {shown}"


def _runs_that_differ(pieces: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Neighbouring pieces of one look as one, those with a look of their own."""
    text, of = "", ""
    for piece, look in [*pieces, ("", "\0")]:
        if look == of:
            text += piece
            continue
        if of and text:
            yield of, text
        text, of = piece, look
