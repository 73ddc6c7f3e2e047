"""The zip package of a Word document: opened within bounds, its parts and relationships (ECMA-376 part 2)."""

import posixpath
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from docx import Document
from docx.opc.exceptions import OpcError
from docx.oxml.parser import parse_xml
from lxml import etree

from generator.word.names import STRICT_NAMESPACES, Element, w

MAX_MEMBERS = 4_000
MAX_UNPACKED = 256 * 1024 * 1024
MAX_XML = 64 * 1024 * 1024
MAX_MEDIA = 48 * 1024 * 1024

Parts = dict[str, bytes]
"""What is in a Word file, by name."""
TYPES = "[Content_Types].xml"
STORIES = {"header": "页眉", "footer": "页脚", "footnotes": "脚注", "endnotes": "尾注"}
"""What the parts beside the text are called, by the kind of their relationship."""
RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_EARLIEST = (1980, 1, 1, 0, 0, 0)
_BROKEN = (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError)


class UnreadableDocument(Exception):
    """The bytes are no document that can be read: the Chinese message says why."""


@dataclass(frozen=True, slots=True)
class Relationship:
    """What a relationship id of a part stands for: a part of the package, or an outside address."""

    kind: str
    target: str
    external: bool


class Package:
    """A Word document as its parts; `docx` is the file, or parts that are to become one.

    Raises UnreadableDocument where the file is no zip, lacks a main document, is broken or beyond the bounds.
    """

    def __init__(self, docx: bytes | Parts) -> None:
        self._zip = None if isinstance(docx, dict) else _opened(docx)
        self._given = docx if isinstance(docx, dict) else {}
        members = self._zip.infolist() if self._zip else ()
        self._sizes = {member.filename: member.file_size for member in members if not member.is_dir()}
        self._sizes |= {name: len(content) for name, content in self._given.items()}
        self.main = self.related("", "officeDocument") or ""
        if not self.main:
            raise UnreadableDocument("这不是 Word 文档（.docx）：文件里没有正文部件。请用 Word 另存为 .docx 后再试。")

    def __contains__(self, part: str) -> bool:
        return part in self._sizes

    @property
    def names(self) -> list[str]:
        """The names of all parts."""
        return list(self._sizes)

    @property
    def parts(self) -> Parts:
        """All parts, as they may be written again."""
        return {name: self._read(name, MAX_UNPACKED) or b"" for name in self._sizes}

    def relationships(self, part: str) -> dict[str, Relationship]:
        """The relationships of a part ("" for the package itself), by id; empty where it has none."""
        root = self.xml(relationships_of(part))
        found = {}
        for element in root.iter(RELATIONSHIP) if root is not None else ():
            external = element.get("TargetMode") == "External"
            target = element.get("Target", "")
            if not external:
                target = target_of(part, target)
            found[element.get("Id", "")] = Relationship(element.get("Type", "").rpartition("/")[2], target, external)
        return found

    def related(self, part: str, kind: str) -> str | None:
        """The part that `part` points to by a relationship of this kind; None where it has none."""
        for relationship in self.relationships(part).values():
            if relationship.kind == kind and not relationship.external and relationship.target in self:
                return relationship.target
        return None

    def stories(self, kinds: Iterable[str] = STORIES) -> list[tuple[str, str]]:
        """The parts of these `kinds` beside the main one, each by its kind, in their order, and its name."""
        relationships = self.relationships(self.main).values()
        found = {(one.kind, one.target) for one in relationships if not one.external and one.target in self}
        return [(kind, part) for kind in kinds for of, part in sorted(found) if of == kind]

    def xml(self, part: str | None) -> Element | None:
        """The root of an XML part, read without entities and network; None where the part is missing."""
        data = self._read(part, MAX_XML)
        if data is None:
            return None
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True)
        try:
            return etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            raise UnreadableDocument(
                f"Word 文档已损坏：部件 {part} 不是完好的 XML。请用 Word 打开并另存后再试。"
            ) from error

    @property
    def body(self) -> Element:
        """The w:body of the main part. Raises UnreadableDocument where it has none."""
        return body_of(self.root)

    @property
    def root(self) -> Element:
        """The root of the main part."""
        root = self.xml(self.main)
        assert root is not None
        return root

    def media(self, part: str) -> bytes | None:
        """The bytes of a picture; None where the part is missing."""
        return self._read(part, MAX_MEDIA)

    def _read(self, part: str | None, limit: int) -> bytes | None:
        size = None if part is None else self._sizes.get(part)
        if part is None or size is None:
            return None
        if size > limit:
            raise UnreadableDocument(
                f"Word 文档的部件 {part} 过大：最多 {limit // 2**20} MB。请压缩图片或拆分文档后再试。"
            )
        try:
            # The stated size bounds what is unpacked: more than that is a fault (zipfile checks the length and CRC).
            data = self._zip.read(part) if self._zip else self._given[part]
        except _BROKEN as error:
            raise UnreadableDocument(f"Word 文档已损坏：部件 {part} 读不出来。请用 Word 打开并另存后再试。") from error
        if part.endswith((".xml", ".rels")) and b"purl.oclc.org/ooxml" in data:
            for strict, transitional in STRICT_NAMESPACES.items():
                data = data.replace(strict, transitional)
        return data


def _opened(docx: bytes) -> zipfile.ZipFile:
    try:
        package = zipfile.ZipFile(BytesIO(docx))
    except (*_BROKEN, ValueError) as error:
        raise UnreadableDocument("这不是 Word 文档（.docx）：文件打不开。请用 Word 另存为 .docx 后再试。") from error
    members = package.infolist()
    if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED:
        raise UnreadableDocument(
            f"Word 文档过大：最多 {MAX_MEMBERS} 个部件、解压后 {MAX_UNPACKED // 2**20} MB。请压缩或删去图片后再试。"
        )
    return package


def body_of(root: Element) -> Element:
    """The w:body of the main part's root. Raises UnreadableDocument where it has none."""
    body = root.find("{*}body")
    if body is None:
        raise UnreadableDocument("Word 文档没有正文。请用 Word 打开并另存为 .docx 后再试。")
    return body


def relationships_of(part: str) -> str:
    """The part that holds the relationships of `part`."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def target_of(part: str, target: str) -> str:
    """The part that `part` means by the `target` of a relationship."""
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)).lstrip("/")


def story_roots(document: Any) -> Iterator[tuple[str, Element]]:
    """The parts of a python-docx `document` with text beside the main one, by kind (one of STORIES)."""
    for relationship in document.part.rels.values():
        kind = relationship.reltype.rpartition("/")[2]
        if kind in STORIES and not relationship.is_external:
            part = relationship.target_part
            yield kind, part.element if hasattr(part, "element") else parse_xml(part.blob)


def open_document(docx: bytes) -> Any:
    """The document as python-docx has it, to be filled or written on. Raises UnreadableDocument."""
    package = Package(docx)
    root = package.root
    if root.attrib.pop(w("conformance"), ""):
        # python-docx knows the transitional flavour only, which `package` has made of the strict one.
        docx = packed({**package.parts, package.main: serialized(root)})
    try:
        return Document(BytesIO(docx))
    except (*_BROKEN, OpcError, KeyError, ValueError, etree.XMLSyntaxError) as error:
        raise UnreadableDocument("这不是可用的 Word 文件：请用 Word 打开，另存为“Word 文档 (*.docx)”。") from error


def pack(document: Any, finish: Callable[[Parts], Parts] = lambda parts: parts) -> bytes:
    """The bytes of a python-docx `document`, its parts in a fixed order and without times.

    `finish` is given the parts, and returns those to be written.
    """
    saved = BytesIO()
    document.save(saved)
    # A template saved by LibreOffice gets its properties part twice from python-docx; the last one is ours.
    return packed(finish(Package(saved.getvalue()).parts))


def packed(parts: Parts) -> bytes:
    """The file of `parts`: the same for the same content, on any day."""
    result = BytesIO()
    with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(parts, key=lambda name: (name != TYPES, name)):
            entry = zipfile.ZipInfo(name, _EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            target.writestr(entry, parts[name])
    return result.getvalue()


def serialized(root: Element) -> bytes:
    """The bytes of an XML part."""
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
