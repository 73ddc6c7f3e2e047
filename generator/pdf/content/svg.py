"""The SVG that a picture carries beside its PNG: parsed within bounds, and only if every part of it can be drawn.

A document may come from anybody, so nothing is followed out of the SVG, and what is not known is not half drawn: the
PNG stands for the whole then.
"""

import re

from lxml import etree

from generator.word import Element

MAX_BYTES = 1024 * 1024
MAX_ELEMENTS = 5_000
MAX_DEPTH = 32
LONGEST = 1e6  # a measure beyond it is no drawing's

_SVG = "http://www.w3.org/2000/svg"
_ELEMENT_NAMES = "svg g rect line circle ellipse polyline polygon path text tspan title desc defs metadata"
_ELEMENTS = frozenset(_ELEMENT_NAMES.split())
_WITHOUT_INK = frozenset(("title", "desc", "metadata"))
# Attributes that change the picture in ways that are not drawn; a reference (href, url) is refused whatever it is for.
_BEYOND_NAMES = (
    "href style filter mask clip-path clip marker marker-start marker-mid marker-end textLength lengthAdjust "
    "letter-spacing word-spacing writing-mode rotate baseline-shift mix-blend-mode vector-effect paint-order "
    "stroke-dashoffset preserveAspectRatio opacity"
)
_BEYOND = frozenset(_BEYOND_NAMES.split())

_COORDINATES = re.compile(r"[MmZzLlHhVvCcSsQqTtAa0-9eE+\-.,\s]*")


Svg = Element  # the root of one that passed


class BeyondSvg(Exception):
    """An SVG that cannot be drawn whole: the message, in Chinese, says why."""


def read_svg(data: bytes) -> Svg:
    """The root of an SVG of simple shapes, paths, groups and text. Raises BeyondSvg."""
    if len(data) > MAX_BYTES:
        raise BeyondSvg(f"超过 {MAX_BYTES // 2**20} MB")
    if b"<!ENTITY" in data or b"<!DOCTYPE" in data:
        raise BeyondSvg("含有文档类型声明")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise BeyondSvg("不是完好的 XML") from error
    if root.tag != f"{{{_SVG}}}svg":
        raise BeyondSvg("不是 SVG")
    _check(root)
    return root


def _check(root: Element) -> None:
    remaining = [(root, 1)]
    count = 0
    while remaining:
        element, depth = remaining.pop()
        count += 1
        if count > MAX_ELEMENTS or depth > MAX_DEPTH:
            raise BeyondSvg(f"超过 {MAX_ELEMENTS} 个元素或 {MAX_DEPTH} 层")
        name = etree.QName(element).localname
        if etree.QName(element).namespace != _SVG or name not in _ELEMENTS:
            raise BeyondSvg(f"含有“{name}”")
        if name in _WITHOUT_INK:
            continue
        for key, text in element.attrib.items():
            attribute = etree.QName(key).localname
            if attribute in ("d", "points") and not _COORDINATES.fullmatch(str(text)):
                raise BeyondSvg("含有写错的路径")
            if attribute in _BEYOND or re.search(r"\burl\s*\(", str(text)):
                raise BeyondSvg(f"含有“{attribute}”")
        remaining += [(child, depth + 1) for child in element]
