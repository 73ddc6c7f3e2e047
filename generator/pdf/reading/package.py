"""The zip package of a Word document: opened within bounds, its parts and relationships (ECMA-376 part 2)."""

import posixpath
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO

from lxml import etree

from generator.pdf.reading.xml import STRICT_NAMESPACES, Element

MAX_MEMBERS = 4_000
MAX_UNPACKED = 256 * 1024 * 1024
MAX_XML = 64 * 1024 * 1024
MAX_MEDIA = 48 * 1024 * 1024

_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


class UnreadableDocument(Exception):
    """The bytes are no Word document that can be read: the Chinese message says why."""


@dataclass(frozen=True, slots=True)
class Relation:
    """What a relationship id of a part stands for: a part of the package, or an outside address."""

    kind: str
    target: str
    external: bool


class Package:
    """The parts of an opened .docx.

    Raises UnreadableDocument where the file is no zip, lacks a main document, is broken or beyond the bounds.
    """

    def __init__(self, docx: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(BytesIO(docx))
        except (zipfile.BadZipFile, ValueError, OSError) as error:
            raise UnreadableDocument(
                "这不是 Word 文档（.docx）：文件打不开。请用 Word 另存为 .docx 后再试。"
            ) from error
        members = self._zip.infolist()
        if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED:
            raise UnreadableDocument(
                f"Word 文档过大：最多 {MAX_MEMBERS} 个部件、解压后 {MAX_UNPACKED // 2**20} MB。请压缩或删去图片后再试。"
            )
        self._sizes = {member.filename: member.file_size for member in members}
        self.main = next(
            (relation.target for relation in self.relations("").values() if relation.kind == "officeDocument"), ""
        )
        if self.main not in self._sizes:
            raise UnreadableDocument("这不是 Word 文档（.docx）：文件里没有正文部件。请用 Word 另存为 .docx 后再试。")

    def relations(self, part: str) -> dict[str, Relation]:
        """The relationships of a part ("" for the package itself), by id; empty where it has none."""
        folder, name = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        if root is None:
            return {}
        found = {}
        for element in root.iter(_RELATION):
            external = element.get("TargetMode") == "External"
            target = element.get("Target", "")
            if not external:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[element.get("Id", "")] = Relation(element.get("Type", "").rpartition("/")[2], target, external)
        return found

    def related(self, part: str, kind: str) -> str | None:
        """The part that `part` points to by a relationship of this kind; None where it has none."""
        for relation in self.relations(part).values():
            if relation.kind == kind and not relation.external and relation.target in self._sizes:
                return relation.target
        return None

    def xml(self, part: str | None) -> Element | None:
        """The root of an XML part, read without entities and network; None where the part is missing."""
        data = self._read(part, MAX_XML)
        if data is None:
            return None
        if b"purl.oclc.org/ooxml" in data:
            for strict, transitional in STRICT_NAMESPACES.items():
                data = data.replace(strict, transitional)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True)
        try:
            return etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            raise UnreadableDocument(
                f"Word 文档已损坏：部件 {part} 不是完好的 XML。请用 Word 打开并另存后再试。"
            ) from error

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
            return self._zip.read(part)
        except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError) as error:
            raise UnreadableDocument(f"Word 文档已损坏：部件 {part} 读不出来。请用 Word 打开并另存后再试。") from error
