"""Setting a paragraph: its content as glyphs, broken into lines, each line with all that is drawn on it."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from generator.pdf.content import (
    Break,
    Field,
    Grid,
    Mark,
    NoteReference,
    Paragraph,
    ParagraphLook,
    Picture,
    Svg,
    Tab,
    TabStop,
    Text,
)
from generator.pdf.fonts import FontLibrary
from generator.pdf.layout.boxes import Line, Link, Patch, PlacedPicture, Run, Stroke, Type, Vector
from generator.pdf.layout.setting.glyphs import EM_ASCENT, Cases, Glyph
from generator.pdf.layout.setting.lines import GlyphRow, SetLine, Stretch, Tabs
from generator.pdf.layout.setting.vectors import Vectors
from generator.pdf.remarks import Remarks

UNKNOWN_NUMBER = "00"
LEADER_END_SPACE = 2.0


@dataclass(slots=True)
class _Row:
    """A paragraph's items as glyphs, with where its links, bookmarks and so on stand in them."""

    glyphs: list[Glyph] = field(default_factory=list)
    links: list[tuple[int, int, str]] = field(default_factory=list)
    marks: list[tuple[int, str]] = field(default_factory=list)
    notes: list[tuple[int, NoteReference]] = field(default_factory=list)
    fields: list[tuple[int, Field]] = field(default_factory=list)
    turns: dict[int, str] = field(default_factory=dict)
    stops: dict[int, TabStop] = field(default_factory=dict)


Numbers = Mapping[Field, str]
NO_GRID = Grid()


class Typesetter:
    """Sets paragraphs with the fonts of a library. `numbers` tells what fields print; the others print as stored.

    What was set once is kept: a paragraph that comes again with the same width and numbers is the same lines.
    """

    def __init__(self, fonts: FontLibrary, default_tab: float, vectors: Mapping[str, Svg], remarks: Remarks) -> None:
        """`vectors` are the SVGs of the document by part."""
        self.cases = Cases(fonts)
        self._vectors = Vectors(self.cases, vectors, remarks)
        self.default_tab = default_tab if default_tab > 0 else 36.0
        self.numbers: Numbers = {}
        self._set: dict[tuple[object, ...], list[Line]] = {}

    def lines(self, paragraph: Paragraph, width: float, grid: Grid = NO_GRID, tight: bool = False) -> list[Line]:
        """The lines of a paragraph in a column of this width; at least one. `tight`: see GlyphRow."""
        items = paragraph.items
        if len(items) == 1 and isinstance(items[0], Text) and items[0].link is None:
            # Table cells say the same again and again: such a paragraph is known by what it says.
            only = items[0]
            key: tuple[object, ...] = (only.text, only.look, paragraph.look, paragraph.mark, width, grid, tight)
        else:
            shown = tuple(self.numbers.get(item) for item in items if isinstance(item, Field))
            key = (paragraph, width, grid, tight, shown)
        lines = self._set.get(key)
        if lines is None:
            self.cases.paragraph = paragraph
            lines = self._set[key] = self._lines(paragraph, width, grid, tight)
        return lines

    def vector(self, picture: Picture, paragraph: Paragraph) -> Vector | None:
        """What to draw for a picture with an SVG; None where the picture itself is drawn."""
        self.cases.paragraph = paragraph
        return self._vectors.of(picture.vector, paragraph.place) if picture.vector else None

    def _lines(self, paragraph: Paragraph, width: float, grid: Grid, tight: bool) -> list[Line]:
        look = paragraph.look
        left, right, first = indents(paragraph)
        row = self._row(paragraph, width, width - left - right, grid)
        glyphs = GlyphRow(row.glyphs, look.space_latin, look.space_digits, tight, row.stops)
        tabs = Tabs(look.tabs, self.default_tab, left)
        room = max(width - left - right, 1.0)
        set_lines = glyphs.lines(max(room - first, 1.0), room, look.align, tabs, left + first, left)
        mark = self.cases.of(paragraph.mark).glyph("\ufffc").type
        if not set_lines:
            height, baseline = line_height(look, [self.cases.of(paragraph.mark).glyph("中").type], 0.0, grid)
            return [Line(height, baseline, marks=[name for _, name in row.marks])]
        lines = []
        start = 0
        for index, line in enumerate(set_lines):
            last = index + 1 == len(set_lines)
            begin = left + first if index == 0 else left
            lines.append(self._line(row, line, start, look, begin, left + room, grid, mark if last else None))
            start = line.next
        return lines

    def _row(self, paragraph: Paragraph, width: float, room: float, grid: Grid) -> _Row:
        """The glyphs of a paragraph in a column of that width, with `room` between its indents."""
        row = _Row()
        glyphs = row.glyphs
        snapped = paragraph.look.snap_to_grid
        for item in paragraph.items:
            start = len(glyphs)
            if isinstance(item, Text):
                glyphs += self.cases.of(item.look, grid.extra if snapped else 0.0).glyphs(item.text)
            elif isinstance(item, Tab):
                if item.align:
                    at = {"center": width / 2, "right": width}.get(item.align, 0.0)
                    row.stops[start] = TabStop(at, item.align, item.leader)
                glyphs.append(self.cases.of(item.look).glyph("\t"))
            elif isinstance(item, Break):
                glyphs.append(self.cases.of(item.look).glyph("\n"))
                if item.kind != "line":
                    row.turns[start] = item.kind
            elif isinstance(item, Field):
                glyphs += self.cases.of(item.look).glyphs(self.numbers.get(item) or item.stored or UNKNOWN_NUMBER)
                row.fields.append((start, item))
            elif isinstance(item, Picture):
                glyph = self.cases.of(item.look).picture(item, min(item.width, max(room, 1.0)))
                glyph.vector = self.vector(item, paragraph)
                glyphs.append(glyph)
            elif isinstance(item, NoteReference):
                glyphs += self.cases.of(item.look).glyphs(item.number)
                row.notes.append((start, item))
            elif isinstance(item, Mark):
                row.marks.append((start, item.name))
            link = item.link if isinstance(item, (Text, Tab, Field)) else None
            if link:
                row.links.append((start, len(glyphs), link))
        return row

    def _line(
        self, row: _Row, line: SetLine, start: int, look: ParagraphLook, begin: float, right: float, grid: Grid,
        mark: Type | None,
    ) -> Line:  # fmt: skip
        shift = 0.0
        final = line.stretches[-1]
        if look.align in ("center", "right"):
            slack = right - (final.x + final.width)
            shift = slack / 2 if look.align == "center" else slack
        runs: list[Run] = []
        pictures: list[PlacedPicture] = []
        for stretch in line.stretches:
            if stretch.leader:
                self._lead(stretch, row.glyphs[stretch.start - 1], shift, runs)
            _runs(row.glyphs, stretch, stretch.x + shift, runs, pictures)
        types = list(dict.fromkeys([run.type for run in runs]))
        if mark is not None:
            types.append(mark)
        if not types:
            types = [row.glyphs[start].type]
        height, baseline = line_height(look, types, max((one.height for one in pictures), default=0.0), grid)
        last = line.next >= len(row.glyphs)
        set_line = Line(height, baseline, runs, pictures=pictures)
        if any(_decorated(type_) for type_ in types):
            set_line.strokes, set_line.patches = _decorations(runs)
        if row.links:
            set_line.links = _links(row, line, shift)
        if row.marks:
            set_line.marks = [name for at, name in row.marks if start <= at < line.next or (last and at >= line.next)]
        if row.notes:
            set_line.notes = [note for at, note in row.notes if start <= at < line.next]
        if row.fields:
            set_line.fields = [one for at, one in row.fields if start <= at < line.next]
        if row.turns:
            set_line.turn = row.turns.get(line.next - 1, "")
        return set_line

    def _lead(self, stretch: Stretch, tab: Glyph, shift: float, runs: list[Run]) -> None:
        """Fill the tab before a stretch. The marks stand on a raster of the page, so that those of all lines align."""
        glyph = self.cases.of(tab.type.look).glyph(stretch.leader)
        start, end = stretch.leader_from + LEADER_END_SPACE, stretch.x - LEADER_END_SPACE
        step = max(glyph.advance, 1.0)
        first = math.ceil(start / step)
        count = math.floor(end / step) - first
        if count > 0:
            spacing = glyph.spacing + step - glyph.advance
            runs.append(Run(first * step + shift, stretch.leader * count, glyph.type, spacing, count * step))


def indents(paragraph: Paragraph) -> tuple[float, float, float]:
    """Left, right and first-line indent in points; a character is as wide as the paragraph's first text is high."""
    look = paragraph.look
    if not (look.left_chars or look.right_chars or look.first_chars):
        return look.left, look.right, look.first
    em = next((item.look.size for item in paragraph.items if isinstance(item, Text)), paragraph.mark.size)
    left = look.left_chars * em / 100 if look.left_chars else look.left
    right = look.right_chars * em / 100 if look.right_chars else look.right
    first = look.first_chars * em / 100 if look.first_chars else look.first
    if look.first_chars < 0 and not look.left_chars:
        # Hanging characters without a left indent in characters: the twips of the left indent hold the hanging part.
        left = max(left, -first)
    return left, right, first


def line_height(look: ParagraphLook, types: Sequence[Type], picture: float, grid: Grid) -> tuple[float, float]:
    """The height of a line and its baseline below its top; the text is centred in the height (17.3.1.33, 17.6.5)."""
    above = max([type_.above for type_ in types])
    below = max([type_.below for type_ in types])
    if not above:
        size = max([type_.look.size for type_ in types])
        above, below = EM_ASCENT * size, (1 - EM_ASCENT) * size
    natural = above + below
    if look.line_rule == "exact":
        # The em box of the largest text is centred: text raised by w:position does not push the others down.
        natural = max([type_.size for type_ in types if type_.above] or [natural])
        height, above = look.line, EM_ASCENT * natural
    else:
        pitch = grid.pitch if look.snap_to_grid else 0.0
        height = math.ceil(natural / pitch - 0.01) * pitch if pitch else natural
        height = max(height, look.line) if look.line_rule == "atLeast" else height * look.line
    baseline = (height - natural) / 2 + above
    if picture > baseline:
        height += picture - baseline
        baseline = picture
    return height, baseline


def _runs(glyphs: Sequence[Glyph], stretch: Stretch, x: float, runs: list[Run], pictures: list[PlacedPicture]) -> None:
    """Gather a stretch into runs: neighbours of one type with the same space between them are drawn together."""
    chars: list[str] = []
    type_: Type | None = None
    spacing: float | None = None
    begin = before = x
    gaps = [*stretch.gaps, 0.0]
    for glyph, gap in zip(glyphs[stretch.start : stretch.end], gaps, strict=False):
        if glyph.type is not type_ or (spacing is not None and abs(spacing - before) > 1e-4):
            if chars and type_ is not None:
                runs.append(Run(begin, "".join(chars), type_, spacing or 0.0, x - begin))
            chars, type_, spacing, begin = [], glyph.type, None, x
        elif spacing is None and chars:
            spacing = before
        if glyph.picture is not None:
            scale = glyph.advance / glyph.picture.width if glyph.picture.width else 1.0
            height = glyph.picture.height * scale
            pictures.append(PlacedPicture(x, glyph.advance, height, glyph.picture, glyph.vector))
        elif glyph.char not in "\n\u200b\u00ad\u2060":
            chars.append(glyph.char)
        before = glyph.spacing + gap
        x += glyph.advance + gap
    if chars and type_ is not None:
        runs.append(Run(begin, "".join(chars), type_, spacing or 0.0, x - begin))


def _decorated(type_: Type) -> bool:
    look = type_.look
    return look.underline != "none" or look.strike or look.double_strike or bool(look.highlight or look.shade)


def _decorations(runs: Sequence[Run]) -> tuple[list[Stroke], list[Patch]]:
    strokes: list[Stroke] = []
    patches: list[Patch] = []
    for run in runs:
        look, size, end = run.type.look, run.type.size, run.x + run.width
        thin = max(size / 18, 0.4)
        level = run.type.rise
        if look.underline != "none":
            _continue(strokes, Stroke(run.x, end, -0.13 * look.size + look.position, thin, look.color, look.underline))
        if look.strike or look.double_strike:
            style = "double" if look.double_strike else "single"
            strokes.append(Stroke(run.x, end, level + 0.3 * size, thin, look.color, style))
        behind = look.highlight or look.shade
        if behind:
            bottom, top = level - (1 - EM_ASCENT) * size, level + EM_ASCENT * size
            patches.append(Patch(run.x, end, bottom, top, behind))
    return strokes, patches


def _continue(strokes: list[Stroke], stroke: Stroke) -> None:
    """Add an underline, as one with that before it where they meet."""
    if strokes and abs(strokes[-1].end - stroke.x) < 0.01:
        joined = replace(stroke, x=strokes[-1].x)
        if joined == replace(strokes[-1], end=stroke.end):
            strokes[-1] = joined
            return
    strokes.append(stroke)


def _links(row: _Row, line: SetLine, shift: float) -> list[Link]:
    """The clickable parts of a line; one link over several stretches, as a line of contents is, is one area."""
    found: dict[str, Link] = {}
    for start, end, target in row.links:
        for stretch in line.stretches:
            first, last = max(start, stretch.start), min(end, stretch.end)
            if first >= last:
                continue
            x = stretch.x + shift + _advance(row.glyphs, stretch, first)
            until = stretch.x + shift + _advance(row.glyphs, stretch, last)
            before = found.get(target)
            found[target] = Link(min(before.x, x), max(before.end, until), target) if before else Link(x, until, target)
    return list(found.values())


def _advance(glyphs: Sequence[Glyph], stretch: Stretch, until: int) -> float:
    """How far glyph `until` of a stretch lies behind its start."""
    count = until - stretch.start
    return sum(glyph.advance for glyph in glyphs[stretch.start : until]) + sum(stretch.gaps[:count])
