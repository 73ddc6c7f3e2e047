"""Tracked changes resolved by a reader of our own, written from the format: all accepted, or all rejected.

Knows nothing of how the product marks changes; it follows ECMA-376 part 1, 17.13.5, and what Word does.
"""

from __future__ import annotations

import hashlib
import io
import posixpath
import re
import zipfile
from typing import Any, Literal

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"

Way = Literal["accept", "reject"]


def blocks(docx: bytes, way: Way = "accept", part: str = "word/document.xml") -> list[str]:
    """The blocks of a document as normal XML, its tracked changes resolved."""
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        root = etree.fromstring(package.read(part))
        targets = _targets(package, part)
    resolve(root, way)
    body = root.find(f"{W}body")
    _normalize(root, targets)
    return [etree.tostring(block, method="c14n", exclusive=True).decode() for block in (root if body is None else body)]


def texts(docx: bytes, way: Way = "accept") -> list[str]:
    """The text of every paragraph, those in tables too, its tracked changes resolved."""
    root = _document(docx)
    resolve(root, way)
    return ["".join(text.text or "" for text in paragraph.iter(f"{W}t")) for paragraph in root.iter(f"{W}p")]


def has_changes(docx: bytes) -> bool:
    """Whether anything in a document is marked as changed."""
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        parts = [package.read(name) for name in package.namelist() if name.endswith(".xml")]
    return any(re.search(rb"<w:(?:ins|del|\w+Change) ", part) for part in parts)


def changed_texts(docx: bytes) -> set[tuple[str, str]]:
    """The text of each paragraph that stays but whose words change: before, and after."""
    found = set()
    for paragraph in _document(docx).iter(f"{W}p"):
        changes = paragraph.xpath(".//*[local-name() = 'r']/parent::*[local-name() = 'ins' or local-name() = 'del']")
        if changes and _way(paragraph.find(f"{W}pPr/{W}rPr")) is None and not _in_changed_row(paragraph):
            found.add((_text(paragraph, "ins"), _text(paragraph, "del")))
    return found


def changed_paragraphs(docx: bytes) -> dict[str, list[str]]:
    """The texts of the paragraphs that come (ins) and go (del), those of rows that do aside."""
    found: dict[str, list[str]] = {"ins": [], "del": []}
    for paragraph in _document(docx).iter(f"{W}p"):
        way = _way(paragraph.find(f"{W}pPr/{W}rPr"))
        if way and not _in_changed_row(paragraph):
            found[way].append(_text(paragraph, ""))
    return found


def changed_rows(docx: bytes) -> dict[str, list[list[str]]]:
    """The rows that come (ins) and go (del): what each cell says, one that goes on from above what stands there."""
    found: dict[str, list[list[str]]] = {"ins": [], "del": []}
    for table in _document(docx).iter(f"{W}tbl"):
        above: dict[int, str] = {}
        for row in table.iterchildren(f"{W}tr"):
            texts = ["".join(_text(one, "") for one in cell.iter(f"{W}p")) for cell in row.iterchildren(f"{W}tc")]
            for column, cell in enumerate(row.iterchildren(f"{W}tc")):
                merge = cell.find(f"{W}tcPr/{W}vMerge")
                if merge is not None and merge.get(f"{W}val") != "restart":
                    texts[column] = above.get(column, "")
            above = dict(enumerate(texts))
            if way := _way(row.find(f"{W}trPr")):
                found[way].append(texts)
    return found


def _document(docx: bytes) -> Any:
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        return etree.fromstring(package.read("word/document.xml"))


def _way(properties: Any) -> str | None:
    """Whether what has these properties comes or goes."""
    ways = ("ins", "del") if properties is not None else ()
    return next((way for way in ways if properties.find(f"{W}{way}") is not None), None)


def _in_changed_row(paragraph: Any) -> bool:
    return any(_way(row.find(f"{W}trPr")) for row in paragraph.iterancestors(f"{W}tr"))


def _text(paragraph: Any, without: str) -> str:
    """The text of a paragraph but for what stands in w:ins, or in w:del; of all of it without a name."""
    texts = paragraph.iter(f"{W}t", f"{W}delText")
    kept = [text for text in texts if not without or next(text.iterancestors(f"{W}{without}"), None) is None]
    return "".join(text.text or "" for text in kept)


def targets_found(docx: bytes, way: Way) -> bool:
    """Whether every link and reference to a bookmark leads to one, its tracked changes resolved."""
    root = _document(docx)
    resolve(root, way)
    names = {mark.get(f"{W}name") for mark in root.iter(f"{W}bookmarkStart")}
    wanted = {link.get(f"{W}anchor") for link in root.iter(f"{W}hyperlink")}
    wanted |= {text.text.split()[1] for text in root.iter(f"{W}instrText") if "PAGEREF" in text.text}
    return wanted <= names


def resolve(root: Any, way: Way) -> None:
    kept, dropped = ("ins", "del") if way == "accept" else ("del", "ins")
    for row in list(root.iter(f"{W}tr")):
        if row.find(f"{W}trPr/{W}{dropped}") is not None:
            row.getparent().remove(row)
    for table in list(root.iter(f"{W}tbl")):
        if table.find(f"{W}tr") is None:
            table.getparent().remove(table)
    _resolve_properties(root, way)
    gone = []
    for mark in list(root.iter(f"{W}{kept}", f"{W}{dropped}")):
        parent = mark.getparent()
        if parent.tag == f"{W}rPr":
            if mark.tag == f"{W}{dropped}":
                gone.append(parent.getparent().getparent())
            parent.remove(mark)
        elif parent.tag == f"{W}trPr" or mark.tag == f"{W}{dropped}":
            parent.remove(mark)
        else:
            for child in list(mark):
                mark.addprevious(child)
            parent.remove(mark)
    for text in root.iter(f"{W}delText", f"{W}delInstrText"):
        text.tag = text.tag.replace("delText", "t").replace("delInstrText", "instrText")
    for paragraph in gone:
        _join_with_next(paragraph)


def _join_with_next(paragraph: Any) -> None:
    """A paragraph whose end has gone: what is left of it begins the next one, which keeps its own properties."""
    content = [one for one in paragraph if one.tag != f"{W}pPr"]
    following = paragraph.getnext()
    if following is not None and following.tag == f"{W}p":
        at = 0 if following.find(f"{W}pPr") is None else 1
        for one in reversed(content):
            following.insert(at, one)
    else:
        assert not any(one.tag == f"{W}r" for one in content), "text would move into a table"
        assert following is not None and following.tag == f"{W}tbl", "the last paragraph cannot go"
    paragraph.getparent().remove(paragraph)


def _resolve_properties(root: Any, way: Way) -> None:
    kept = {"pPr": ("rPr", "sectPr"), "sectPr": ("headerReference", "footerReference"), "rPr": ("ins", "del")}
    for name in ("pPr", "rPr", "sectPr", "tblPr", "tblGrid", "trPr", "tcPr"):
        for change in list(root.iter(f"{W}{name}Change")):
            properties = change.getparent()
            properties.remove(change)
            if way == "accept":
                continue
            stays = [f"{W}{one}" for one in kept.get(name, ())]
            for one in [one for one in properties if one.tag not in stays]:
                properties.remove(one)
            before = list(change[0])
            first = [one for one in properties if one.tag.endswith("Reference")]
            for index, one in enumerate(before):
                properties.insert(len(first) + index, one)


def _targets(package: zipfile.ZipFile, part: str) -> dict[str, str]:
    folder, _, file = part.rpartition("/")
    name = f"{folder}/_rels/{file}.rels"
    found = {}
    for relation in etree.fromstring(package.read(name)) if name in package.namelist() else ():
        target = relation.get("Target")
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
        content = package.read(path) if path in package.namelist() else target.encode()
        is_media = "/image" in relation.get("Type")
        found[relation.get("Id")] = hashlib.sha256(content).hexdigest() if is_media else target
    return found


def _normalize(root: Any, targets: dict[str, str]) -> None:
    for mark in list(root.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")):
        mark.getparent().remove(mark)
    for link in root.iter(f"{W}hyperlink"):
        link.attrib.pop(f"{W}anchor", None)
    for link in list(root.iter(f"{W}hyperlink")):
        if len(link) == 0:
            link.getparent().remove(link)
    for text in root.iter(f"{W}instrText"):
        words = (text.text or "").split()
        text.text = " ".join(words[:1] + words[2:] if words[:1] == ["PAGEREF"] else words)
    for element in root.iter(etree.Element):
        for name in list(element.attrib):
            if name.startswith(R):
                element.set(name, targets[element.get(name)])
    for drawing in root.iter("{*}docPr"):
        drawing.set("id", "")
    for picture in root.iter("{*}cNvPr"):
        picture.set("id", "")
    for properties in list(root.iter(f"{W}rPr", f"{W}pPr", f"{W}trPr")):
        if len(properties) == 0:
            properties.getparent().remove(properties)
    for properties in list(root.iter(f"{W}pPr")):
        if len(properties) == 0:
            properties.getparent().remove(properties)
    for parent in list(root.iter(f"{W}p", f"{W}hyperlink")):
        _join_runs(parent)


def _join_runs(parent: Any) -> None:
    before = None
    for run in list(parent):
        if run.tag != f"{W}r":
            before = None
            continue
        for text in list(run.iter(f"{W}t")):
            text.attrib.pop(SPACE, None)
            if not text.text:
                run.remove(text)
        if all(one.tag == f"{W}rPr" for one in run):
            parent.remove(run)
            continue
        if before is not None and _look(before) == _look(run):
            for one in [one for one in run if one.tag != f"{W}rPr"]:
                before.append(one)
            parent.remove(run)
        else:
            before = run
        last = None
        for one in list(before):
            if one.tag == f"{W}t" and last is not None and last.tag == f"{W}t":
                last.text = (last.text or "") + (one.text or "")
                before.remove(one)
            else:
                last = one


def _look(run: Any) -> bytes:
    look = run.find(f"{W}rPr")
    return b"" if look is None else etree.tostring(look, method="c14n", exclusive=True)
