"""What the main parts of two Word files refer to, so joined that content of either may stand in one file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from lxml import etree

from generator.word import (
    RELATIONSHIP,
    TYPES,
    Element,
    Package,
    Parts,
    R,
    UnreadableDocument,
    packed,
    relationships_of,
    serialized,
    target_of,
)

_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
_OVERRIDE = f"{{{_PACKAGE}content-types}}Override"
_DEFAULT = f"{{{_PACKAGE}content-types}}Default"
_RELATIONSHIPS_NAMESPACE: dict[Any, str] = {None: f"{_PACKAGE}relationships"}
_IDENTITY = re.compile(r"/(?:header|footer|footnotes|endnotes|styles|settings|numbering|theme|fontTable|webSettings)$")


@dataclass(slots=True)
class Opened:
    """A Word file to be changed: its parts by name, and as XML its main part and what says what there is."""

    package: Package
    parts: Parts
    document: Element
    relationships: Element
    types: Element

    @classmethod
    def read(cls, docx: bytes) -> Opened:
        """Raises UnreadableDocument."""
        package = Package(docx)
        relationships, types = package.xml(relationships_of(package.main)), package.xml(TYPES)
        if relationships is None:
            relationships = etree.Element(f"{{{_PACKAGE}relationships}}Relationships", nsmap=_RELATIONSHIPS_NAMESPACE)
        if types is None:
            raise UnreadableDocument("Word 文档已损坏：没有内容类型的清单。请用 Word 打开并另存后再试。")
        return cls(package, package.parts, package.root, relationships, types)

    def pack(self, changed: dict[str, Element]) -> bytes:
        """The file, the XML of `changed` in place of the parts of these names."""
        main = self.package.main
        trees = {**changed, main: self.document, relationships_of(main): self.relationships, TYPES: self.types}
        for tree in trees.values():
            etree.cleanup_namespaces(tree)
        return packed({**self.parts, **{name: serialized(tree) for name, tree in trees.items()}})

    def target(self, relationship: Element) -> str:
        """The part that a relationship of the main part leads to."""
        return target_of(self.package.main, relationship.get("Target", ""))

    def content_type(self, part: str) -> str:
        for override in self.types.iter(_OVERRIDE):
            if override.get("PartName") == f"/{part}":
                return str(override.get("ContentType"))
        ending = part.rpartition(".")[2].lower()
        for default in self.types.iter(_DEFAULT):
            if (default.get("Extension") or "").lower() == ending:
                return str(default.get("ContentType"))
        return "application/octet-stream"


def join_relationships(old: Opened, new: Opened) -> None:
    """Lets both main parts name what they refer to by the ids of `new`, which gets what only `old` has.

    Afterwards equal ids mean equal pictures and links, and content of `old` may stand in `new`.
    """
    known: dict[tuple[object, ...], str] = {}
    for package in (new, old):
        names: dict[str, str] = {}
        for relationship in package.relationships.iter(RELATIONSHIP):
            said = _said(package, relationship)
            if said not in known:
                known[said] = (
                    str(relationship.get("Id")) if package is new else _add(old, new, relationship, len(known))
                )
            names[str(relationship.get("Id"))] = known[said]
        _rename(package.document, names)


def _said(package: Opened, relationship: Element) -> tuple[object, ...]:
    """What a relationship refers to: an address, the one part of its kind, or a part's content."""
    kind, target = relationship.get("Type", ""), relationship.get("Target", "")
    if relationship.get("TargetMode") == "External" or _IDENTITY.search(kind):
        return kind, target
    part = package.target(relationship)
    return kind, package.content_type(part), package.parts.get(part, target)


def _add(old: Opened, new: Opened, relationship: Element, number: int) -> str:
    """Adds to `new` a relationship of `old` and the part that it leads to; returns its id."""
    taken = {one.get("Id") for one in new.relationships.iter(RELATIONSHIP)}
    name = next(name for count in range(number, number + len(taken) + 1) if (name := f"rIdOld{count}") not in taken)
    attributes = {str(key): str(text) for key, text in relationship.attrib.items()} | {"Id": name}
    part = old.target(relationship)
    if relationship.get("TargetMode") != "External" and part in old.parts:
        folder, _, file = part.rpartition("/")
        free = next(
            one for count in range(len(new.parts) + 1) if (one := f"{folder}/old{count}-{file}") not in new.parts
        )
        new.parts[free] = old.parts[part]
        attributes["Target"] = f"/{free}"
        etree.SubElement(new.types, _OVERRIDE, PartName=f"/{free}", ContentType=old.content_type(part))
    etree.SubElement(new.relationships, RELATIONSHIP, attributes)
    return name


def _rename(document: Element, names: dict[str, str]) -> None:
    prefix = f"{{{R}}}"
    for element in document.iter(etree.Element):
        for attribute, text in element.attrib.items():
            if str(attribute).startswith(prefix) and text in names:
                element.set(attribute, names[str(text)])
