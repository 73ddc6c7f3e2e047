"""Pictures, text boxes and lines: DrawingML in the text or anchored beside it (ECMA-376 part 1, 20.4)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from lxml import etree

from generator.pdf.content import (
    BLACK,
    IN_LINE,
    BeyondSvg,
    Blocks,
    Border,
    Color,
    Floating,
    Margins,
    Offset,
    Picture,
    RunLook,
    TextBox,
    read_svg,
)
from generator.pdf.reading.colors import Palette, solid
from generator.pdf.reading.properties import WIDEST_BORDER
from generator.word import ASVG, EMU_PER_POINT, PIC, WP, WPS, A, Element, Package, R, Relationship, number, w

# What can be drawn: PNG, JPEG, GIF, BMP and TIFF by their first bytes.
_KNOWN = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")
_LINES = frozenset(("line", "straightConnector1"))
_FRAMES = frozenset(("rect", "roundRect", "flowChartProcess", ""))
_BOX_INSETS = (7.2, 3.6, 7.2, 3.6)  # Word's own margins of a text box: left, top, right, bottom


@dataclass(slots=True)
class Media:
    """The pictures of a document by part, as far as it shows them, and the colours of its theme."""

    pictures: dict[str, bytes] = field(default_factory=dict)
    vectors: dict[str, Element] = field(default_factory=dict)
    theme: Palette = field(default_factory=dict)


@dataclass(slots=True)
class DrawingReader:
    """Reads the drawings of one part. `blocks` reads the content of a text box, `remark` takes what is not printed.

    `makes_room`: text of the part gives way to an object that wants no text over it; in headers and footers it does
    not, as that would move the text of all pages.
    """

    package: Package
    relationships: dict[str, Relationship]
    media: Media
    blocks: Callable[[Element], Blocks]
    remark: Callable[[str], None]
    makes_room: bool = True

    def read(self, drawing: Element, look: RunLook) -> list[Picture | Floating]:
        """What a w:drawing shows."""
        found = []
        for frame in drawing:
            if frame.tag in (_wp("inline"), _wp("anchor")):
                content = self._content(frame, look)
                if content is not None:
                    found.append(self._placed(frame, content))
        return found

    def _placed(self, frame: Element, content: Picture | TextBox) -> Picture | Floating:
        if frame.tag == _wp("inline"):
            if isinstance(content, Picture):
                return content
            return Floating(content, Offset("column", IN_LINE), Offset("paragraph"), "block")
        across = _offset(frame.find(_wp("positionH")), "column")
        down = _offset(frame.find(_wp("positionV")), "paragraph")
        return Floating(content, across, down, self._layer(frame, down))

    def _layer(self, frame: Element, down: Offset) -> Literal["front", "behind", "block"]:
        """Over the text, under it, or between its lines. Text is not set beside an object."""
        if frame.find(_wp("wrapNone")) is not None:
            return "behind" if frame.get("behindDoc") in _YES else "front"
        if not self.makes_room:
            self.remark("页眉页脚里环绕文字的图形按“浮于文字上方”打印，请核对它是否盖住文字")
            return "front"
        if frame.find(_wp("wrapTopAndBottom")) is None:
            self.remark("文字环绕的图形按“上下型环绕”打印，文字不排在它的两侧")
        if down.base not in ("paragraph", "line"):
            self.remark("图形的垂直位置以页面为准，打印时改为以段落为准，以免盖住文字")
        return "block"

    def _content(self, frame: Element, look: RunLook) -> Picture | TextBox | None:
        width, height = _size(frame.find(_wp("extent")))
        named = frame.find(_wp("docPr"))
        if named is not None and named.get("hidden") in _YES:
            return None
        description = _description(named)
        data = frame.find(f"{{{A}}}graphic/{{{A}}}graphicData")
        kind = data[0] if data is not None and len(data) else None
        if kind is not None and kind.tag == f"{{{PIC}}}pic":
            return self.picture(kind, width, height, look, description)
        if kind is not None and kind.tag == f"{{{WPS}}}wsp":
            return self._shape(kind, width, height)
        name = etree.QName(kind).localname if kind is not None else ""
        known = {"chart": "Word 图表", "wgp": "组合图形", "wpc": "绘图画布", "relIds": "SmartArt 图形"}
        self.remark(f"{known.get(name, '图形')}没有打印，请改为嵌入型图片")
        return None

    # Pictures

    def picture(self, pic: Element, width: float, height: float, look: RunLook, description: str) -> Picture | None:
        """The picture of a pic:pic, None where it cannot be drawn."""
        blip = pic.find(f"{{{PIC}}}blipFill/{{{A}}}blip")
        part = self.part(blip.get(f"{{{R}}}embed", "")) if blip is not None else None
        if blip is None or part is None or width <= 0 or height <= 0:
            return None
        properties = pic.find(f"{{{PIC}}}spPr")
        self._remark_effects(properties, flips=True)
        if any(effect.tag != f"{{{A}}}extLst" for effect in blip):
            self.remark("图片的颜色和透明效果没有打印，请换成已处理好的图片")
        crop = pic.find(f"{{{PIC}}}blipFill/{{{A}}}srcRect")
        sides = [(number(crop.get(side)) or 0.0) / 100_000 if crop is not None else 0.0 for side in "ltrb"]
        if min(sides) < 0:
            self.remark("图片四周用裁剪加出的空白没有打印")
        if min(sides) < 0 or sides[0] + sides[2] > 0.99 or sides[1] + sides[3] > 0.99:
            sides = [0.0] * 4
        left, top, right, bottom = sides
        vector, outline = self._vector(blip), _line(properties, self.media.theme)
        return Picture(part, width, height, look, vector, (left, top, right, bottom), outline, description)

    def part(self, identity: str) -> str | None:
        """The part of a picture by its relationship; None, with a remark, where it cannot be drawn."""
        relationship = self.relationships.get(identity)
        data = self.package.media(relationship.target) if relationship and not relationship.external else None
        if relationship is None or data is None:
            self.remark("图片不在文档中（链接的图片），没有打印，请在 Word 中嵌入图片")
            return None
        name = relationship.target.rpartition("/")[2]
        if not data.startswith(_KNOWN):
            self.remark(f"图片 {name} 的格式不能打印，请换成 PNG 或 JPEG")
            return None
        if relationship.target not in self.media.pictures and not _sound(data):
            self.remark(f"图片 {name} 已损坏或过大，没有打印，请重新插入")
            return None
        self.media.pictures[relationship.target] = data
        return relationship.target

    def _vector(self, blip: Element) -> str:
        """The part of the SVG beside a picture; empty where it has none that can be drawn."""
        beside = blip.find(f"{{{A}}}extLst/{{{A}}}ext/{{{ASVG}}}svgBlip")
        relationship = self.relationships.get(beside.get(f"{{{R}}}embed", "")) if beside is not None else None
        if relationship is None or relationship.external:
            return ""
        if relationship.target in self.media.vectors:
            return relationship.target
        try:
            self.media.vectors[relationship.target] = read_svg(self.package.media(relationship.target) or b"")
        except BeyondSvg as reason:
            self.remark(f"矢量图 {relationship.target.rpartition('/')[2]} {reason}，改用随附的位图打印")
            return ""
        return relationship.target

    # Text boxes and lines

    def _shape(self, shape: Element, width: float, height: float) -> TextBox | None:
        properties, theme = shape.find(f"{{{WPS}}}spPr"), self.media.theme
        kind = _geometry(properties)
        self._remark_effects(properties, flips=False)
        border = _line(properties, theme, _styled(shape, "lnRef", theme))
        content = shape.find(f"{{{WPS}}}txbx/{w('txbxContent')}")
        if kind in _LINES:
            transform = _transform(properties)
            flipped = transform.get("flipH") in _YES, transform.get("flipV") in _YES
            return TextBox(
                width,
                height,
                border=border or Border("single", 0.5, BLACK),
                line="rising" if flipped[0] != flipped[1] else "falling",
            )
        if content is None and kind not in _FRAMES:
            self.remark("形状没有打印，请改为嵌入型图片")
            return None
        if kind not in _FRAMES:
            self.remark("形状打印为矩形文本框")
        body = shape.find(f"{{{WPS}}}bodyPr")
        if body is not None and body.get("vert", "horz") != "horz":
            self.remark("竖排的文本框按横排打印")
        return TextBox(
            width, height,
            blocks=self.blocks(content) if content is not None else (),
            margins=_insets(body),
            border=border,
            shade=_fill(properties, theme, _styled(shape, "fillRef", theme)),
            align={"ctr": "center", "b": "bottom"}.get(body.get("anchor", "") if body is not None else "", "top"),  # type: ignore[arg-type]
            grows=body is not None and body.find(f"{{{A}}}spAutoFit") is not None,
        )  # fmt: skip

    def _remark_effects(self, properties: Element | None, flips: bool) -> None:
        """Say what of a shape's look is not printed. A flipped frame looks like itself, a flipped picture does not."""
        transform = _transform(properties)
        flipped = flips and (transform.get("flipH") in _YES or transform.get("flipV") in _YES)
        if number(transform.get("rot")) or flipped:
            self.remark("旋转或翻转的图形按原样打印，请改为不旋转的图片")
        for name, effect in _EFFECTS.items():
            found = properties.find(f"{{{A}}}{name}") if properties is not None else None
            if found is not None and (len(found) or name != "effectLst"):
                self.remark(f"图形的{effect}没有打印")


_YES = ("1", "true")
_EFFECTS = {"gradFill": "渐变填充", "pattFill": "图案填充", "blipFill": "图片填充", "effectLst": "阴影等效果"}


def _transform(properties: Element | None) -> Mapping[str, str]:
    """The attributes of a shape's a:xfrm: how it is turned and flipped."""
    transform = properties.find(f"{{{A}}}xfrm") if properties is not None else None
    return {} if transform is None else {str(name): str(text) for name, text in transform.attrib.items()}


def _geometry(properties: Element | None) -> str:
    """The name of a shape's outline; empty where it says none."""
    for geometry in properties if properties is not None else ():
        if geometry.tag == f"{{{A}}}prstGeom":
            return geometry.get("prst", "")
        if geometry.tag == f"{{{A}}}custGeom":
            return "custom"
    return ""


def _wp(name: str) -> str:
    return f"{{{WP}}}{name}"


def _size(extent: Element | None) -> tuple[float, float]:
    if extent is None:
        return 0.0, 0.0
    width, height = ((number(extent.get(name)) or 0.0) / EMU_PER_POINT for name in ("cx", "cy"))
    return width, height


def _description(properties: Element | None) -> str:
    return "" if properties is None else properties.get("descr", "") or properties.get("title", "")


def _offset(position: Element | None, base: str) -> Offset:
    """A wp:positionH or wp:positionV (20.4.2.10, 20.4.2.11)."""
    if position is None:
        return Offset(base)
    base = position.get("relativeFrom", base)
    by = (number(position.findtext(_wp("posOffset"))) or 0.0) / EMU_PER_POINT
    return Offset(base, position.findtext(_wp("align")) or "", by)


def _sound(data: bytes) -> bool:
    """Whether a picture can be opened: it is whole, and no bomb that fills the memory when unpacked."""
    import warnings
    from io import BytesIO

    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data)) as image:
                image.load()
    except Exception:  # whatever the decoders raise of broken data
        return False
    return True


def _styled(shape: Element, reference: str, theme: Palette) -> Color | None:
    """The colour that a shape's style names for its line (lnRef) or fill (fillRef); None where it names none."""
    named = shape.find(f"{{{WPS}}}style/{{{A}}}{reference}")
    return None if named is None or named.get("idx", "0") == "0" else solid(named, theme)


_DASHES = {"solid": "single", "dot": "dotted", "sysDot": "dotted"}


def _line(properties: Element | None, theme: Palette, styled: Color | None = None) -> Border | None:
    """The outline of a shape or picture (20.1.2.2.24); `styled` is what its style says."""
    line = properties.find(f"{{{A}}}ln") if properties is not None else None
    if line is None:
        return Border("single", 0.75, styled) if styled is not None else None
    if line.find(f"{{{A}}}noFill") is not None:
        return None
    fill = line.find(f"{{{A}}}solidFill")
    ink = solid(fill, theme) if fill is not None else styled
    if ink is None and fill is None:
        return None
    dash = line.find(f"{{{A}}}prstDash")
    style = _DASHES.get(dash.get("val", "solid"), "dashed") if dash is not None else "single"
    if line.get("cmpd", "sng") in ("dbl", "thickThin", "thinThick", "tri"):
        style = "double"
    width = (number(line.get("w")) or 0.0) / EMU_PER_POINT
    return Border(style, width if 0 < width <= WIDEST_BORDER else 0.75, ink or BLACK)


def _fill(properties: Element | None, theme: Palette, styled: Color | None) -> Color | None:
    if properties is None or properties.find(f"{{{A}}}noFill") is not None:
        return None
    fill = properties.find(f"{{{A}}}solidFill")
    return solid(fill, theme) if fill is not None else styled


def _insets(body: Element | None) -> Margins:
    sides = [
        inset if body is None or body.get(name) is None else (number(body.get(name)) or 0.0) / EMU_PER_POINT
        for name, inset in zip(("lIns", "tIns", "rIns", "bIns"), _BOX_INSETS, strict=True)
    ]
    return Margins(top=sides[1], right=sides[2], bottom=sides[3], left=sides[0])
