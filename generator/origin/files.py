"""The stamp of a publication: its origin and a digest of its own content, in the properties of both files.

In the Word file they are custom properties (ECMA-376 part 1, 22.3), which people find under 文件 › 信息 › 属性; in the
PDF entries of the information dictionary (PDF 32000-1, 14.3.3), added by an incremental update (7.5.6), so that what
was there before is a whole PDF of its own and can be held against its digest.
"""

import hashlib
import re
from dataclasses import dataclass, replace
from typing import Any

import pypdfium2
from lxml import etree

from generator.origin.digests import Origin
from generator.word import (
    RELATIONSHIP,
    TYPES,
    Package,
    Parts,
    R,
    UnreadableDocument,
    digest_of_words,
    relationships_of,
    serialized,
)

_PREFIX = "决算·"
_NAMES = {
    "source": "填报文件",
    "department": "部门",
    "figures": "数据",
    "last_year": "上年数据",
    "edition": "版本",
    "template": "模板",
    "program": "程序",
    "fonts": "字体",
    "draft": "草稿",
    "correction": "更正次数",
}
"""What the properties are called, by field of `Origin`."""
_CONTENT, _TEXT = "内容", "文字"
_CUSTOM = "docProps/custom.xml"
_RELATIONSHIPS = relationships_of("")
_UNSEALED = (TYPES, _RELATIONSHIPS)
"""Beside `docProps/`, what changes in a package with its properties alone."""

_CUSTOM_NS = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_TYPES_NS = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_NAMESPACES: dict[Any, str] = {None: _CUSTOM_NS, "vt": _TYPES_NS}
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_KIND = f"{R}/custom-properties"
_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_OVERRIDE = "{http://schemas.openxmlformats.org/package/2006/content-types}Override"

_TRAILER = re.compile(rb"trailer\s*<<(.*?)>>\s*startxref\s*(\d+)\s*%%EOF\s*\Z", re.DOTALL)
_MARK = b"% juesuan\n"
"""The first line of the update: where the PDF as it was printed ends."""


@dataclass(frozen=True, slots=True)
class Kept:
    """The stamp that a file keeps, and whether the file still is what was stamped."""

    origin: Origin
    content: str
    """Digest of the content that was stamped: tells two publications apart whose origin is alike."""
    edited: bool
    text_edited: bool | None
    """Whether words have changed; `None` where it cannot be told."""


# Word


def stamped_parts(parts: Parts, origin: Origin) -> Parts:
    """The parts of a Word package with the stamp among its properties."""
    package = Package(parts)
    properties = _as_properties(origin)
    properties[_CONTENT] = _content_of_parts(parts)
    properties[_TEXT] = digest_of_words(package)
    return {**parts, _CUSTOM: _with_properties(package, properties), **_declared(package)}


def _content_of_parts(parts: Parts) -> str:
    digest = hashlib.sha256()
    for name in sorted(parts):
        if name not in _UNSEALED and not name.startswith("docProps/"):
            digest.update(f"{name}\n{len(parts[name])}\n".encode())
            digest.update(parts[name])
    return digest.hexdigest()


def _with_properties(package: Package, properties: dict[str, str]) -> bytes:
    root = package.xml(_CUSTOM)
    if root is None:
        root = etree.Element(f"{{{_CUSTOM_NS}}}Properties", nsmap=_NAMESPACES)
    for element in list(root):
        if (element.get("name") or "").startswith(_PREFIX):
            root.remove(element)
    last = max((int(element.get("pid", "1")) for element in root), default=1)
    for number, (name, value) in enumerate(properties.items(), last + 1):
        element = etree.SubElement(
            root, f"{{{_CUSTOM_NS}}}property", fmtid=_FORMAT_ID, pid=str(number), name=_PREFIX + name
        )
        etree.SubElement(element, f"{{{_TYPES_NS}}}lpwstr").text = value
    return serialized(root)


def _declared(package: Package) -> Parts:
    """The parts that say what is in the package, the custom properties among it."""
    types, relationships = package.xml(TYPES), package.xml(_RELATIONSHIPS)
    if _CUSTOM in package or types is None or relationships is None:
        return {}
    etree.SubElement(types, _OVERRIDE, PartName=f"/{_CUSTOM}", ContentType=_CONTENT_TYPE)
    etree.SubElement(relationships, RELATIONSHIP, Id="rIdJuesuan", Type=_KIND, Target=_CUSTOM)
    return {TYPES: serialized(types), _RELATIONSHIPS: serialized(relationships)}


# PDF


def stamped_pdf(pdf: bytes, origin: Origin) -> bytes:
    """`pdf`, which reportlab wrote, with the stamp in its information dictionary."""
    trailer = _TRAILER.search(pdf)
    info = re.search(rb"/Info (\d+) 0 R", trailer[1]) if trailer else None
    old = re.search(rb"\n%s 0 obj\s*<<(.*?)>>\s*endobj" % info[1], pdf, re.DOTALL) if info else None
    if not (trailer and info and old):
        raise ValueError("the trailer or the information dictionary of the PDF is not where reportlab puts it")
    properties = _as_properties(origin)
    printed = pdf if pdf.endswith(b"\n") else pdf + b"\n"
    properties[_CONTENT] = hashlib.sha256(printed).hexdigest()
    entries = b"".join(b"%s %s\n" % (_pdf_name(name), _pdf_text(value)) for name, value in properties.items())
    update = printed + _MARK
    place = len(update)
    update += b"%s 0 obj\n<<%s%s>>\nendobj\n" % (info[1], old[1], entries)
    start = len(update)
    update += b"xref\n0 1\n0000000000 65535 f \n%s 1\n%010d 00000 n \n" % (info[1], place)
    return update + b"trailer\n<<%s/Prev %s\n>>\nstartxref\n%d\n%%%%EOF\n" % (trailer[1], trailer[2], start)


def _pdf_name(name: str) -> bytes:
    return b"/" + b"".join(b"#%02X" % byte for byte in (_PREFIX + name).encode("utf-8"))


def _pdf_text(text: str) -> bytes:
    return b"<FEFF%s>" % text.encode("utf-16-be").hex().upper().encode("ascii")


# Both


def _as_properties(origin: Origin) -> dict[str, str]:
    values = {name: getattr(origin, field) for field, name in _NAMES.items()}
    return {
        name: ("是" if value else "否") if isinstance(value, bool) else str(value) for name, value in values.items()
    }


def read_stamp(data: bytes) -> Kept | None:
    """The stamp of a Word file or a PDF; `None` where there is none. Raises `UnreadableDocument`."""
    return _read_pdf(data) if data.startswith(b"%PDF") else _read_word(data)


def _read_word(data: bytes) -> Kept | None:
    package = Package(data)
    root = package.xml(_CUSTOM)
    properties = {
        (element.get("name") or "").removeprefix(_PREFIX): "".join(map(str, element.itertext()))
        for element in (root if root is not None else ())
        if (element.get("name") or "").startswith(_PREFIX)
    }
    kept = _kept(properties)
    if kept is None:
        return None
    edited = _content_of_parts(package.parts) != kept.content
    return replace(kept, edited=edited, text_edited=edited and digest_of_words(package) != properties.get(_TEXT))


def _read_pdf(data: bytes) -> Kept | None:
    try:
        document = pypdfium2.PdfDocument(data)
        try:
            names = [*_NAMES.values(), _CONTENT]
            # A PDF without an entry has an empty text for it, as has one whose entry is empty.
            properties = {name: document.get_metadata_value(_PREFIX + name) for name in names}
        finally:
            document.close()
    except pypdfium2.PdfiumError:
        raise UnreadableDocument("不是可读的 PDF。") from None
    kept = _kept(properties)
    if kept is None:
        return None
    printed, mark, _ = data.rpartition(_MARK)
    updates = data.count(b"startxref", len(printed))  # another one is another program's
    edited = not mark or updates != 1 or hashlib.sha256(printed).hexdigest() != kept.content
    return replace(kept, edited=edited, text_edited=None if edited else False)


def _kept(properties: dict[str, str]) -> Kept | None:
    texts = {field: properties.get(name, "") for field, name in _NAMES.items()}
    if not (texts["figures"] and texts["program"] and properties.get(_CONTENT)):
        return None
    correction = texts["correction"]
    values: dict[str, Any] = texts | {
        "draft": texts["draft"] == "是",
        "correction": int(correction) if correction.isdecimal() else 0,
    }
    return Kept(Origin(**values), properties[_CONTENT], edited=False, text_edited=False)
