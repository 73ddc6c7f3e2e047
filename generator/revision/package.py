"""A Word file as its parts, and the parts of two such files in one (ECMA-376 part 2)."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from generator.revision.xml import Element, R

DOCUMENT = "word/document.xml"
_RELATIONS = "word/_rels/document.xml.rels"
_TYPES = "[Content_Types].xml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
_RELATION = f"{{{_PACKAGE}relationships}}Relationship"
_OVERRIDE = f"{{{_PACKAGE}content-types}}Override"
_DEFAULT = f"{{{_PACKAGE}content-types}}Default"
_RELATIONS_NAMESPACE: dict[Any, str] = {None: f"{_PACKAGE}relationships"}
_EARLIEST = (1980, 1, 1, 0, 0, 0)
_IDENTITY = re.compile(r"/(?:header|footer|footnotes|endnotes|styles|settings|numbering|theme|fontTable|webSettings)$")

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)


class UnreadableDocument(Exception):
    """A file that is no Word document; the Chinese message says so."""


@dataclass(slots=True)
class Package:
    """The parts of a .docx by name; its main part and the relations of that, as XML."""

    parts: dict[str, bytes]
    document: Element = field(init=False)
    relations: Element = field(init=False)
    types: Element = field(init=False)

    def __post_init__(self) -> None:
        try:
            self.document = self.xml(DOCUMENT)
            self.types = self.xml(_TYPES)
            self.relations = self.xml(_RELATIONS) if _RELATIONS in self.parts else _no_relations()
        except (KeyError, etree.XMLSyntaxError) as error:
            raise UnreadableDocument("不是可以比较的 Word 文档（.docx）：没有正文，或内容已损坏。") from error

    @classmethod
    def read(cls, docx: bytes) -> Package:
        """Raises UnreadableDocument."""
        try:
            with zipfile.ZipFile(io.BytesIO(docx)) as file:
                return cls({name: file.read(name) for name in file.namelist()})
        except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError) as error:
            raise UnreadableDocument("不是 Word 文档（.docx），或文件已损坏。") from error

    def xml(self, part: str) -> Element:
        return etree.fromstring(self.parts[part], _PARSER)

    @property
    def body(self) -> Element:
        body = self.document.find("{*}body")
        if body is None:
            raise UnreadableDocument("Word 文档没有正文。")
        return body

    def pack(self, changed: dict[str, Element]) -> bytes:
        """The file, the XML of `changed` in place of the parts of these names."""
        trees = {**changed, DOCUMENT: self.document, _RELATIONS: self.relations, _TYPES: self.types}
        contents = {**self.parts, **{name: _serialized(tree) for name, tree in trees.items()}}
        result = io.BytesIO()
        with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target:
            for name in sorted(contents, key=lambda name: (name != _TYPES, name)):
                entry = zipfile.ZipInfo(name, _EARLIEST)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.external_attr = 0o600 << 16
                target.writestr(entry, contents[name])
        return result.getvalue()

    def content_type(self, part: str) -> str:
        for override in self.types.iter(_OVERRIDE):
            if override.get("PartName") == f"/{part}":
                return str(override.get("ContentType"))
        ending = part.rpartition(".")[2].lower()
        for default in self.types.iter(_DEFAULT):
            if (default.get("Extension") or "").lower() == ending:
                return str(default.get("ContentType"))
        return "application/octet-stream"


def _no_relations() -> Element:
    return etree.Element(f"{{{_PACKAGE}relationships}}Relationships", nsmap=_RELATIONS_NAMESPACE)


def _serialized(tree: Element) -> bytes:
    etree.cleanup_namespaces(tree)
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


def join_relations(old: Package, new: Package) -> None:
    """Lets both main parts name what they refer to by the ids of `new`, which gets what only `old` has.

    Afterwards equal ids mean equal pictures and links, and content of `old` may stand in `new`.
    """
    known: dict[tuple[object, ...], str] = {}
    for package in (new, old):
        names: dict[str, str] = {}
        for relation in package.relations.iter(_RELATION):
            said = _said(package, relation)
            if said not in known:
                known[said] = str(relation.get("Id")) if package is new else _add(old, new, relation, len(known))
            names[str(relation.get("Id"))] = known[said]
        _rename(package.document, names)


def _said(package: Package, relation: Element) -> tuple[object, ...]:
    """What a relation refers to: an address, the one part of its kind, or a part's content."""
    kind, target = relation.get("Type", ""), relation.get("Target", "")
    if relation.get("TargetMode") == "External" or _IDENTITY.search(kind):
        return kind, target
    part = _part(target)
    return kind, package.content_type(part), package.parts.get(part, target)


def _part(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("word", target))


def _add(old: Package, new: Package, relation: Element, number: int) -> str:
    """Adds to `new` a relation of `old` and the part that it leads to; returns its id."""
    taken = {one.get("Id") for one in new.relations.iter(_RELATION)}
    name = next(name for count in range(number, number + len(taken) + 1) if (name := f"rIdOld{count}") not in taken)
    attributes = {str(key): str(text) for key, text in relation.attrib.items()} | {"Id": name}
    part = _part(relation.get("Target", ""))
    if relation.get("TargetMode") != "External" and part in old.parts:
        folder, _, file = part.rpartition("/")
        free = next(
            one for count in range(len(new.parts) + 1) if (one := f"{folder}/old{count}-{file}") not in new.parts
        )
        new.parts[free] = old.parts[part]
        attributes["Target"] = f"/{free}"
        etree.SubElement(new.types, _OVERRIDE, PartName=f"/{free}", ContentType=old.content_type(part))
    etree.SubElement(new.relations, _RELATION, attributes)
    return name


def _rename(document: Element, names: dict[str, str]) -> None:
    prefix = f"{{{R}}}"
    for element in document.iter(etree.Element):
        for attribute, text in element.attrib.items():
            if str(attribute).startswith(prefix) and text in names:
                element.set(attribute, names[str(text)])
