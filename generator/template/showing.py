"""A Word document as plain text, one thing a line, so that two versions can be compared line by line.

Works on any .docx, a filled publication too. What has no words of its own here is shown as WordprocessingML calls it:
nothing that a change could be made of is left out silently.
"""

from __future__ import annotations

import hashlib
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

from lxml import etree

from generator.filling.xml import Element
from generator.template.look import attributes, emu, run_look, shown_properties, style_lines, tag_of, twips

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_OFFICE_DOCUMENT = "/officeDocument"
_STORIES = {"header": "页眉", "footer": "页脚", "footnotes": "脚注", "endnotes": "尾注", "comments": "批注"}
_KINDS = {"default": "", "first": "（首页）", "even": "（偶数页）"}
_BREAKS = {"page": "［分页］", "column": "［分栏］"}
_MOST_BYTES = 100_000_000


class NotADocument(Exception):
    """Raised for a file that is no Word document; a Chinese sentence."""


def show_document(path: Path) -> list[str]:
    """The lines of the Word document at `path`. Raises `NotADocument`."""
    try:
        return list(_lines(_Package(path)))
    except (OSError, KeyError, RuntimeError, zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError):
        why = "不是可读的 Word 文件（.docx）" if path.exists() else "这个文件找不到，请核对路径和文件名"
        raise NotADocument(f"“{path}”{why}。") from None


def _lines(package: _Package) -> Iterator[str]:
    document = package.xml(package.main)
    styles = package.related(package.main, "/styles")
    names = _style_names(package.xml(styles)) if styles else {}
    body = document.find(f"{_W}body")
    yield "== 正文"
    yield from _Story(package, package.main, names).lines(body if body is not None else document)
    for kind, title, part in package.stories():
        yield ""
        yield f"== {title}"
        yield from _Story(package, part, names, kind).lines(package.xml(part))
    if styles:
        yield ""
        yield "== 样式"
        yield from style_lines(package.xml(styles))
    yield ""
    yield "== 其他部件"
    yield from package.remaining()


class _Package:
    """The parts of a .docx file."""

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as file:
            entries = [entry for entry in file.infolist() if not entry.is_dir()]
            if sum(entry.file_size for entry in entries) > _MOST_BYTES:
                raise zipfile.BadZipFile
            self._contents = {entry.filename: file.read(entry) for entry in entries}
        self._shown: set[str] = set()
        self.main = self.related("", _OFFICE_DOCUMENT)

    def xml(self, part: str) -> Element:
        self._shown.add(part)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        return etree.fromstring(self._contents[part], parser)

    def related(self, part: str, kind: str) -> str:
        """The part of `kind` that `part` refers to; empty where it refers to none."""
        found = (target for of, target in self._relations(part).values() if of.endswith(kind))
        return next((target for target in found if target in self._contents), "")

    def relation(self, part: str, identity: str) -> str:
        """What `part` refers to by `identity`: the part or the address outside."""
        return self._relations(part).get(identity, ("", identity))[1]

    def stories(self) -> Iterator[tuple[str, str, str]]:
        """Headers, footers, notes and comments: kind, title for people, part."""
        found = [
            (kind.rpartition("/")[2], target)
            for kind, target in self._relations(self.main).values()
            if target in self._contents
        ]
        for kind, title in _STORIES.items():
            for number, part in enumerate(sorted(target for of, target in found if of == kind), 1):
                yield kind, f"{title} {number}" if kind in ("header", "footer") else title, part

    def story_number(self, part: str) -> int:
        same = [target for kind, _, target in self.stories() if kind == self._kind_of(part)]
        return same.index(part) + 1 if part in same else 0

    def _kind_of(self, part: str) -> str:
        return next((kind for kind, _, target in self.stories() if target == part), "")

    def fingerprint(self, part: str) -> str:
        """What tells one picture from another."""
        self._shown.add(part)
        content = self._contents.get(part)
        return f"{hashlib.sha256(content).hexdigest()[:12]}，{len(content)} 字节" if content is not None else "缺少文件"

    def remaining(self) -> Iterator[str]:
        """The parts that nothing else shows, so that a change of them shows too."""
        for name in sorted(self._contents.keys() - self._shown):
            if not name.endswith(".rels") and name != "[Content_Types].xml":
                yield f"{name} {self.fingerprint(name)}"

    def _relations(self, part: str) -> dict[str, tuple[str, str]]:
        folder, name = posixpath.split(part)
        file = posixpath.join(folder, "_rels", f"{name}.rels")
        if file not in self._contents:
            return {}
        found = {}
        for relation in self.xml(file).iter(_RELATION):
            target = relation.get("Target", "")
            if relation.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join(folder, target)) if target[:1] != "/" else target[1:]
            found[relation.get("Id", "")] = (relation.get("Type", ""), target)
        return found


class _Story:
    """The lines of one part: paragraphs with their styles and tags, tables by row and cell, sections."""

    def __init__(self, package: _Package, part: str, styles: dict[str, str], kind: str = "") -> None:
        self._package = package
        self._part = part
        self._styles = styles
        self._kind = kind

    def lines(self, container: Element, indent: str = "") -> Iterator[str]:
        for element in container.iterchildren(etree.Element):
            match tag_of(element):
                case "w:p":
                    yield from self._paragraph(element, indent)
                case "w:tbl":
                    yield from self._table(element, indent)
                case "w:sectPr":
                    yield from self._section(element, indent)
                case "w:footnote" | "w:endnote" | "w:comment":
                    yield f"{indent}{_STORIES[self._kind]} {element.get(f'{_W}id')}"
                    yield from self.lines(element, f"{indent}  ")
                case "w:sdtPr" | "w:sdtEndPr" | "w:tblGrid" | "mc:Fallback":
                    continue
                case "w:sdt" | "w:sdtContent" | "w:ins" | "w:customXml" | "mc:AlternateContent" | "mc:Choice":
                    yield from self.lines(element, indent)
                case other:
                    yield f"{indent}［{other}{attributes(element)}］"

    def _paragraph(self, element: Element, indent: str) -> Iterator[str]:
        properties = element.find(f"{_W}pPr")
        style = properties.find(f"{_W}pStyle") if properties is not None else None
        named = self._styles.get(style.get(f"{_W}val", ""), "") if style is not None else ""
        pieces: list[tuple[str, str]] = []
        boxes: list[Element] = []
        self._gather(element, pieces, boxes)
        text = "".join(piece for piece, _ in pieces)
        yield f"{indent}［{named or '正文'}］{text}".rstrip()
        if look := shown_properties(properties, ("w:pStyle", "w:sectPr", "w:rPr")):
            yield f"{indent}    段落：{look}"
        for look, run in _runs_that_differ(pieces):
            yield f"{indent}    文字“{run}”：{look}"
        for box in boxes:
            yield f"{indent}    文本框"
            yield from self.lines(box, f"{indent}      ")
        section = properties.find(f"{_W}sectPr") if properties is not None else None
        if section is not None:
            yield from self._section(section, indent)

    def _gather(self, element: Element, pieces: list[tuple[str, str]], boxes: list[Element], look: str = "") -> None:
        """The texts below `element`, each with the look of its run, and the text boxes."""
        for part in element.iterchildren(etree.Element):
            match tag_of(part):
                case "w:pPr" | "w:rPr" | "mc:Fallback" | "w:proofErr" | "w:lastRenderedPageBreak" | "w:bookmarkEnd":
                    continue
                case "w:r":
                    self._gather(part, pieces, boxes, run_look(part.find(f"{_W}rPr"), self._styles))
                case "w:t" | "w:delText":
                    deleted = "［已删］" if tag_of(part) == "w:delText" else ""
                    pieces.append((deleted + (part.text or "").replace("\n", " "), look))
                case "w:tab":
                    pieces.append(("［制表］", look))
                case "w:br" | "w:cr":
                    pieces.append((_BREAKS.get(part.get(f"{_W}type", ""), "［换行］"), look))
                case "w:instrText":
                    pieces.append((f"［域 {' '.join((part.text or '').split())}］", look))
                case "w:fldSimple":
                    pieces.append((f"［域 {' '.join(part.get(f'{_W}instr', '').split())}］", look))
                    self._gather(part, pieces, boxes, look)
                case "w:fldChar":
                    continue
                case "w:bookmarkStart":
                    if not part.get(f"{_W}name", "").startswith("_"):
                        pieces.append((f"［书签 {part.get(f'{_W}name')}］", look))
                case "w:footnoteReference" | "w:endnoteReference" | "w:commentReference" as note:
                    title = _STORIES[f"{note[2:].removesuffix('Reference')}s"]
                    pieces.append((f"［{title} {part.get(f'{_W}id')}］", look))
                case "w:commentRangeStart" | "w:commentRangeEnd" | "w:annotationRef" | "w:footnoteRef" | "w:endnoteRef":
                    continue
                case "w:drawing" | "w:pict" | "w:object":
                    pieces.extend((f"［{drawn}］", look) for drawn in self._drawn(part))
                    boxes += [box for box in part.iter(f"{_W}txbxContent") if not _in_fallback(box, part)]
                case "w:hyperlink":
                    target = part.get(f"{_W}anchor") or self._package.relation(self._part, part.get(f"{_R}id", ""))
                    if not target.startswith("_"):
                        pieces.append((f"［链接 {target}］", look))
                    self._gather(part, pieces, boxes, look)
                case "w:sym" | "w:noBreakHyphen" | "w:softHyphen" | "w:ptab" | "w:separator" as other:
                    pieces.append((f"［{other}{attributes(part)}］", look))
                case _:
                    self._gather(part, pieces, boxes, look)

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
                case "a:blip" if found.get(f"{_R}embed"):
                    part = self._package.relation(self._part, found.get(f"{_R}embed", ""))
                    yield f"图片 {self._package.fingerprint(part)}"
        if not said:
            yield "图形"

    def _table(self, table: Element, indent: str) -> Iterator[str]:
        style = table.find(f"{_W}tblPr/{_W}tblStyle")
        named = self._styles.get(style.get(f"{_W}val", ""), "") if style is not None else ""
        widths = "、".join(twips(column.get(f"{_W}w", "")) for column in table.iterfind(f"{_W}tblGrid/{_W}gridCol"))
        yield f"{indent}表格［{named or '无样式'}］列宽 {widths}"
        if look := shown_properties(table.find(f"{_W}tblPr"), ("w:tblStyle", "w:tblLook", "w:tblW")):
            yield f"{indent}    表格：{look}"
        for row_number, row in enumerate(table.iter(f"{_W}tr"), 1):
            if next(row.iterancestors(f"{_W}tbl")) is not table:
                continue
            look = shown_properties(row.find(f"{_W}trPr"), ())
            yield f"{indent}  行 {row_number}{f'：{look}' if look else ''}"
            cells = [cell for cell in row.iter(f"{_W}tc") if next(cell.iterancestors(f"{_W}tr")) is row]
            for cell_number, cell in enumerate(cells, 1):
                look = shown_properties(cell.find(f"{_W}tcPr"), ("w:tcW",))
                yield f"{indent}    格 {cell_number}{f'：{look}' if look else ''}"
                content = [part for part in cell if tag_of(part) != "w:tcPr"]
                holder = etree.Element("cell")
                for part in content:
                    yield from self.lines(_alone(holder, part), f"{indent}      ")

    def _section(self, section: Element, indent: str) -> Iterator[str]:
        yield f"{indent}── 节"
        for part in section.iterchildren(etree.Element):
            if tag_of(part) in ("w:headerReference", "w:footerReference"):
                target = self._package.relation(self._part, part.get(f"{_R}id", ""))
                title = "页眉" if tag_of(part) == "w:headerReference" else "页脚"
                kind = _KINDS.get(part.get(f"{_W}type", ""), "")
                yield f"{indent}    {title}{kind}：{title} {self._package.story_number(target)}"
            elif shown := shown_properties_of(part):
                yield f"{indent}    {shown}"


def shown_properties_of(element: Element) -> str:
    """One property, in words where there are any."""
    holder = etree.Element("one")
    return shown_properties(_alone(holder, element), ())


def _alone(holder: Element, element: Element) -> Element:
    """A copy of `element` as the only child of `holder`."""
    holder[:] = [deepcopy(element)]
    return holder


def _in_fallback(element: Element, top: Element) -> bool:
    for above in element.iterancestors():
        if above is top:
            return False
        if tag_of(above) == "mc:Fallback":
            return True
    return False


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


def _style_names(styles: Element) -> dict[str, str]:
    names = {}
    for style in styles.iterfind(f"{_W}style"):
        name = style.find(f"{_W}name")
        names[style.get(f"{_W}styleId", "")] = name.get(f"{_W}val", "") if name is not None else ""
    return names
