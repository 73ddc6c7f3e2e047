"""Names and small readers of WordprocessingML values.

Measures of the format (ECMA-376 part 1, 17.18: twentieths and eighths of a point, half points, EMU) become points here,
so that no other module of the printer knows them.
"""

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
}

VAL = f"{{{W}}}val"
RELATION_ID = f"{{{R}}}id"
OFF = frozenset({"0", "false", "off", "none"})
EMU_PER_POINT = 12700
LARGEST = 1e12  # no measure of a document comes near


@cache
def w(name: str) -> str:
    """The full name of an element or attribute of the main namespace."""
    return f"{{{W}}}{name}"


def child(element: Element | None, name: str) -> Element | None:
    """The first child of that name in the main namespace; None where there is none (or no parent)."""
    return None if element is None else next(element.iterchildren(w(name)), None)


def value(element: Element | None, attribute: str = "val") -> str | None:
    """An attribute of the main namespace; None where the element or the attribute is missing."""
    return None if element is None else element.get(w(attribute))


def child_value(element: Element | None, name: str) -> str | None:
    return value(child(element, name))


def switched_on(element: Element | None) -> bool:
    """An on/off element (17.17.4): present without a value means on."""
    return element is not None and element.get(VAL, "1") not in OFF


def number(text: str | None) -> float | None:
    """A decimal number; None where it is missing or no number (a broken measure is ignored, as Word does)."""
    if text is None:
        return None
    try:
        found = float(text)
    except ValueError:
        return None
    return found if abs(found) < LARGEST else None


_UNITS = {"pt": 1.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "in": 72.0, "pc": 12.0, "pi": 12.0}


def points(text: str | None, per_point: float = 20.0) -> float | None:
    """A measure in points: a bare number counts `per_point` to the point (twips), others carry their unit."""
    if text is None:
        return None
    unit = _UNITS.get(text[-2:])
    if unit is not None:
        measure = number(text[:-2])
        return None if measure is None else measure * unit
    measure = number(text)
    return None if measure is None else measure / per_point


def whole(text: str | None) -> int | None:
    """A whole number; None where it is missing or none."""
    measure = number(text)
    return None if measure is None else int(measure)


def attribute_points(element: Element | None, attribute: str, per_point: float = 20.0) -> float | None:
    return points(value(element, attribute), per_point)
