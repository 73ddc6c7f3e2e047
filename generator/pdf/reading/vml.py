"""Pictures, text boxes and lines in the older vector language of Word files (ECMA-376 part 4, 19)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from generator.pdf.content import (
    BLACK,
    IN_LINE,
    Blocks,
    Border,
    Color,
    Floating,
    Margins,
    Offset,
    Picture,
    RunLook,
    TextBox,
)
from generator.pdf.reading.properties import WIDEST_BORDER, color
from generator.word import Element, R, V, points, w

_W10 = "urn:schemas-microsoft-com:office:word"
_NAMED = {"black": BLACK, "white": (1.0, 1.0, 1.0), "red": (1.0, 0.0, 0.0), "blue": (0.0, 0.0, 1.0)}
_SHAPES = frozenset(f"{{{V}}}{name}" for name in ("shape", "rect", "roundrect", "line"))
_SILENT = frozenset((f"{{{V}}}shapetype", w("control")))


@dataclass(slots=True)
class VmlReader:
    """Reads w:pict and the previews of w:object. `part` gives the part of a picture by its relationship."""

    part: Callable[[str], str | None]
    blocks: Callable[[Element], Blocks]
    remark: Callable[[str], None]

    def read(self, parent: Element, look: RunLook) -> list[Picture | Floating]:
        """What the shapes in a w:pict or w:object show."""
        found: list[Picture | Floating] = []
        for shape in parent:
            if shape.tag in _SHAPES:
                content = self._content(shape, look)
                if content is not None:
                    found.append(self._placed(shape, content))
            elif shape.tag not in _SILENT and shape.tag.startswith(f"{{{V}}}"):
                self.remark("旧式图形（VML）没有打印，请改为嵌入型图片或正文")
        return found

    def _content(self, shape: Element, look: RunLook) -> Picture | TextBox | None:
        style = _style(shape)
        width, height = points(style.get("width"), 1.0) or 0.0, points(style.get("height"), 1.0) or 0.0
        if shape.tag == f"{{{V}}}line":
            return self._line(shape)
        image = shape.find(f"{{{V}}}imagedata")
        if image is not None:
            if image.get("gain") or image.get("blacklevel"):
                self.remark("图片的冲蚀效果没有打印，请换成已调淡的图片")
            part = self.part(image.get(f"{{{R}}}id", ""))
            return Picture(part, width, height, look) if part and width > 0 and height > 0 else None
        if shape.find(f"{{{V}}}textpath") is not None:
            self.remark("艺术字或水印没有打印，请改为图片")
            return None
        box = shape.find(f"{{{V}}}textbox")
        content = box.find(w("txbxContent")) if box is not None else None
        if content is None and shape.tag == f"{{{V}}}shape":
            self.remark("旧式图形（VML）没有打印，请改为嵌入型图片或正文")
            return None
        return TextBox(
            width, height,
            blocks=self.blocks(content) if content is not None else (),
            margins=_insets(box),
            border=_border(shape),
            shade=_color(shape.get("fillcolor", "white")) if shape.get("filled", "t") not in ("f", "false") else None,
            grows="mso-fit-shape-to-text:t" in (box.get("style", "") if box is not None else ""),
        )  # fmt: skip

    def _line(self, shape: Element) -> TextBox:
        ends = [[points(part, 1.0) or 0.0 for part in shape.get(end, "0,0").split(",")] for end in ("from", "to")]
        (x1, y1), (x2, y2) = (end[:2] if len(end) > 1 else [0.0, 0.0] for end in ends)
        falling = (x2 - x1) * (y2 - y1) >= 0
        line: Literal["falling", "rising"] = "falling" if falling else "rising"
        return TextBox(abs(x2 - x1), abs(y2 - y1), border=_border(shape), line=line)

    def _placed(self, shape: Element, content: Picture | TextBox) -> Picture | Floating:
        style = _style(shape)
        if style.get("position") != "absolute":
            if isinstance(content, Picture):
                return content
            return Floating(content, Offset("column", IN_LINE), Offset("paragraph"), "block")
        start = shape.get("from", "0,0").split(",") if shape.tag == f"{{{V}}}line" else ["0", "0"]
        across = _offset(style, "horizontal", "left", "column", points(start[0], 1.0) or 0.0)
        down = _offset(style, "vertical", "top", "paragraph", points(start[-1], 1.0) or 0.0)
        wrap = shape.find(f"{{{_W10}}}wrap")
        if wrap is None or wrap.get("type", "none") == "none":
            behind = (style.get("z-index") or "0").startswith("-")
            return Floating(content, across, down, "behind" if behind else "front")
        if wrap.get("type") != "topAndBottom":
            self.remark("文字环绕的图形按“上下型环绕”打印，文字不排在它的两侧")
        return Floating(content, across, down, "block")


def _style(shape: Element) -> dict[str, str]:
    pairs = (part.partition(":") for part in shape.get("style", "").split(";"))
    return {name.strip(): value.strip() for name, _, value in pairs}


_BASES = {"text": "column", "char": "column", "line": "paragraph"}


def _offset(style: dict[str, str], axis: str, edge: str, base: str, start: float) -> Offset:
    relative = style.get(f"mso-position-{axis}-relative", base)
    if axis == "vertical" and relative == "text":
        relative = "paragraph"
    align = style.get(f"mso-position-{axis}", "absolute")
    by = (points(style.get(f"margin-{edge}"), 1.0) or 0.0) + (points(style.get(edge), 1.0) or 0.0) + start
    return Offset(_BASES.get(relative, relative), "" if align == "absolute" else align, by)


def _color(text: str) -> Color | None:
    text = text.split(" ")[0]
    if text.startswith("#"):
        digits = text[1:]
        return color("".join(digit * 2 for digit in digits) if len(digits) == 3 else digits)
    return _NAMED.get(text)


def _border(shape: Element) -> Border | None:
    if shape.get("stroked", "t") in ("f", "false"):
        return None
    width = points(shape.get("strokeweight"), 1.0) or 0.0
    width = width if 0 < width <= WIDEST_BORDER else 0.75
    return Border("single", width, _color(shape.get("strokecolor", "")) or BLACK)


def _insets(box: Element | None) -> Margins:
    said = (box.get("inset", "") if box is not None else "").split(",")
    sides = [points(said[at].strip(), 1.0) if at < len(said) and said[at].strip() else None for at in range(4)]
    left, top, right, bottom = (
        default if side is None else side for side, default in zip(sides, (7.2, 3.6, 7.2, 3.6), strict=True)
    )
    return Margins(top, right, bottom, left)
