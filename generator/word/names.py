"""Names of WordprocessingML and its neighbours, and small readers of what carries them."""

from functools import cache

from lxml import etree

Element = etree._Element

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
WPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
ASVG = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
V = "urn:schemas-microsoft-com:vml"
WORD_EXTENSIONS = tuple(
    f"http://schemas.microsoft.com/office/word/{part}"
    for part in ("2010/wordml", "2010/wordprocessingDrawing", "2012/wordml", "2015/wordml/symex")
)
M = "http://schemas.openxmlformats.org/officeDocument/2006/math"

# The strict flavour of the format says the same under other names; it is read as the transitional one.
STRICT_NAMESPACES = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": W.encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": R.encode(),
    b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": WP.encode(),
    b"http://purl.oclc.org/ooxml/drawingml/main": A.encode(),
    b"http://purl.oclc.org/ooxml/drawingml/picture": PIC.encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/math": M.encode(),
    b"http://purl.oclc.org/ooxml/drawingml/chart": b"http://schemas.openxmlformats.org/drawingml/2006/chart",
    b"http://purl.oclc.org/ooxml/drawingml/diagram": b"http://schemas.openxmlformats.org/drawingml/2006/diagram",
}


@cache
def w(name: str) -> str:
    """The full name of an element or attribute of the main namespace."""
    return f"{{{W}}}{name}"


PARAGRAPH, TABLE, ROW, CELL, RUN = w("p"), w("tbl"), w("tr"), w("tc"), w("r")
PARAGRAPH_PROPERTIES, RUN_PROPERTIES, SECTION = w("pPr"), w("rPr"), w("sectPr")
TEXT, BREAK = w("t"), w("br")
LINK, SIMPLE_FIELD, FIELD_MARK, INSTRUCTION = w("hyperlink"), w("fldSimple"), w("fldChar"), w("instrText")
PICTURES = (w("drawing"), w("pict"), w("object"))
DELETED = (w("del"), w("moveFrom"))
TEXT_BOX = w("txbxContent")
BOOKMARK = w("bookmarkStart")

_SILENT = (
    "pPr rPr sectPr tblPr tblGrid tblPrEx trPr tcPr sdtPr sdtEndPr smartTagPr customXmlPr proofErr bookmarkEnd "
    "lastRenderedPageBreak permStart permEnd separator continuationSeparator annotationRef endnoteRef "
    "numberingChange instrText delInstrText fldData commentRangeStart commentRangeEnd moveFromRangeStart "
    "moveFromRangeEnd moveToRangeStart moveToRangeEnd customXmlInsRangeStart customXmlInsRangeEnd "
    "customXmlDelRangeStart customXmlDelRangeEnd"
)
SILENT = frozenset(map(w, _SILENT.split()))
"""What says nothing to a reader."""

AS_DELETED = {TEXT: w("delText"), INSTRUCTION: w("delInstrText")}
"""What text and a field's instruction are called within a deletion."""

VAL = w("val")
RELATIONSHIP_ID = f"{{{R}}}id"
EMBEDDED = f"{{{R}}}embed"
OFF = frozenset({"0", "false", "off", "none"})


def child(element: Element | None, name: str) -> Element | None:
    """The first child of that name in the main namespace; None where there is none (or no parent)."""
    return None if element is None else next(element.iterchildren(w(name)), None)


def value(element: Element | None, attribute: str = "val") -> str | None:
    """An attribute of the main namespace; None where the element or the attribute is missing."""
    return None if element is None else element.get(w(attribute))


def child_value(element: Element | None, name: str) -> str | None:
    return value(child(element, name))


def remove(element: Element) -> None:
    """Takes an element out of what it stands in."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def switched_on(element: Element | None) -> bool:
    """An on/off element (ECMA-376 part 1, 17.17.4): present without a value means on."""
    return element is not None and element.get(VAL, "1") not in OFF
