"""How text and paragraphs look, completely: what all levels of properties came to."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Color = tuple[float, float, float]
BLACK: Color = (0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Border:
    """A border line: `style` none/single/thick/double/dotted/dashed, `width` and `space` (to the text) in points."""

    style: str
    width: float
    color: Color
    space: float = 0.0

    @property
    def visible(self) -> bool:
        return self.style != "none"


@dataclass(frozen=True, slots=True)
class TabStop:
    """A tab stop: `position` from the column edge, `kind` left/right/center/decimal, `leader` a mark or nothing."""

    position: float
    kind: str
    leader: str


@dataclass(frozen=True, slots=True, eq=False)
class RunLook:
    """How the text of a run looks. Compared by identity: the resolver makes one for every different look."""

    ascii: str = "Times New Roman"
    hansi: str = "Times New Roman"
    east_asia: str = "宋体"
    east_asia_hint: bool = False
    size: float = 10.0
    bold: bool = False
    italic: bool = False
    underline: str = "none"
    strike: bool = False
    double_strike: bool = False
    color: Color = (0.0, 0.0, 0.0)
    highlight: Color | None = None
    shade: Color | None = None
    raised: Literal["baseline", "superscript", "subscript"] = "baseline"
    position: float = 0.0
    spacing: float = 0.0
    stretch: float = 1.0
    caps: bool = False
    small_caps: bool = False
    hidden: bool = False
    snap_to_grid: bool = True
    unprinted: tuple[str, ...] = ()
    revised: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame that paragraphs stand in (17.3.1.11): its size (0: that of its text) and where it stands."""

    width: float
    height: float
    across: tuple[str, str, float]  # base, alignment and offset
    down: tuple[str, str, float]


@dataclass(frozen=True, slots=True, eq=False)
class ParagraphLook:
    """How a paragraph is set. `line` is points for exact/atLeast and a multiple of single spacing for auto."""

    style: str = ""
    align: str = "left"
    left: float = 0.0
    right: float = 0.0
    first: float = 0.0
    left_chars: float = 0.0
    right_chars: float = 0.0
    first_chars: float = 0.0
    before: float = 0.0
    after: float = 0.0
    before_lines: float = 0.0
    after_lines: float = 0.0
    contextual: bool = False
    line: float = 1.0
    line_rule: Literal["auto", "exact", "atLeast"] = "auto"
    keep_next: bool = False
    keep_lines: bool = False
    page_break_before: bool = False
    widow_control: bool = True
    tabs: tuple[TabStop, ...] = ()
    borders: Mapping[str, Border] | None = None
    shade: Color | None = None
    outline: int | None = None
    snap_to_grid: bool = True
    space_latin: bool = True
    space_digits: bool = True
    list_id: int = 0
    list_level: int = 0
    frame: Frame | None = None
