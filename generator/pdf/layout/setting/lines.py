"""Breaking a paragraph into lines and spacing each line out (clreq 3.1 and 3.2, GB/T 15834 避头尾).

The paragraph is held as parallel lists, one entry per glyph, and as running sums over them, so that a line is found by
bisection instead of a walk. A line ends at the last place where it may; where taking in the next piece only needs the
blanks of full-width marks to be pressed, they are pressed instead of leaving the line loose.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from generator.pdf.content import TabStop
from generator.pdf.layout.setting.characters import NO_END, PAIRS, Kind, break_harm, unbreakable
from generator.pdf.layout.setting.glyphs import Glyph

# A text extractor takes a gap of more than 3 pt inside a word for a blank: no gap that we make may reach that.
MOST_GAP = 2.8
# Beyond that a line of running text is still spread, by up to this much in em for each gap; then it stays ragged.
LOOSEST = 0.3
# A full-width mark at the end of a line gives up its blank half.
END_BLANK = 0.5
# A line that is short by less than half a character is spread without anyone seeing it.
UNSEEN_SLACK = 0.5
TOLERANCE = 1e-3

_BLANK_AT_END = frozenset({Kind.CLOSE, Kind.STOP})


@dataclass(slots=True)
class Tabs:
    """The tab stops of a paragraph, measured from its column edge: its own ones, then every `every` points."""

    stops: Sequence[TabStop]
    every: float
    edge: float  # the left indent: a hanging paragraph has a stop there

    def after(self, x: float, hanging: bool) -> TabStop:
        """The first stop right of `x`."""
        own = next((stop for stop in self.stops if stop.position > x + TOLERANCE), None)
        if hanging and self.edge > x + TOLERANCE and (own is None or self.edge < own.position):
            return TabStop(self.edge, "left", "")
        if own is not None:
            return own
        last = (x + TOLERANCE) // self.every
        return TabStop((last + 1) * self.every, "left", "")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Glyphs [start, end) of a line set one after another from `x`; `gaps` follow each glyph but the last.

    `leader` fills the tab before `x` from `leader_from`.
    """

    start: int
    end: int
    x: float
    gaps: Sequence[float]
    width: float
    leader: str = ""
    leader_from: float = 0.0


@dataclass(frozen=True, slots=True)
class SetLine:
    """One line: its stretches between tabs from the column edge, and the glyph index where the next line goes on."""

    stretches: tuple[Stretch, ...]
    next: int


def _after_opening(kinds: Sequence[Kind], index: int) -> bool:
    """Whether the blanks up to `index` follow an opening mark, which would then end the line."""
    while index and kinds[index] is Kind.SPACE:
        index -= 1
    return kinds[index] in NO_END


class GlyphRow:
    """The glyphs of a paragraph with what stands between them, ready to be broken into lines."""

    def __init__(
        self,
        glyphs: list[Glyph],
        space_latin: bool = True,
        space_digits: bool = True,
        tight: bool = False,
        stops: Mapping[int, TabStop] | None = None,
    ) -> None:
        """`tight`: no gap may be taken for a blank, rather stay ragged (cells of tables, whose text is read back).

        `stops` are those of tabs, by glyph index, that go to a place of their own.
        """
        self._stops = stops or {}
        self.glyphs = glyphs
        self._tight = tight
        count = len(glyphs)
        self._gaps = gaps = [0.0] * count
        self._shrinks = shrinks = [0.0] * count
        self._stretches = stretches = [0.0] * count
        self._breaks = breaks = bytearray(count + 1)
        self._tabs: list[int] = []
        self._forced: list[int] = []
        advances = [glyph.advance for glyph in glyphs]
        if count:
            kinds = [glyph.kind for glyph in glyphs]
            for index, (first, second) in enumerate(pairwise(kinds)):
                gap, shrink, stretch, may_break, latin, digits = PAIRS[first][second]
                if gap or shrink:
                    em = glyphs[index].type.size
                    if gap > 0:
                        if (latin and space_latin) or (digits and space_digits):
                            gaps[index] = gap = min(gap * em, MOST_GAP)
                            shrinks[index] = min(shrink * em, gap / 2)
                    else:
                        gaps[index] = gap * em
                        shrinks[index] = shrink * em
                stretches[index] = stretch
                breaks[index + 1] = may_break and not (first is Kind.SPACE and _after_opening(kinds, index))
            breaks[count] = True
            for start, end in unbreakable("".join([glyph.char for glyph in glyphs])):
                for index in range(start + 1, end):
                    breaks[index] = False
            self._tabs = [index for index, kind in enumerate(kinds) if kind is Kind.TAB]
            self._forced = [index for index, kind in enumerate(kinds) if kind is Kind.BREAK]
        self._sums = [0.0, *accumulate(map(float.__add__, advances, gaps))]
        self._shrunk = [0.0, *accumulate(shrinks)]

    def lines(
        self, first_width: float, width: float, align: str, tabs: Tabs, first_x: float, x: float
    ) -> list[SetLine]:
        """Break into lines. Widths are those between the indents; `first_x` and `x` are where lines begin.

        `align` both and distribute spread lines over their width; lines come out flush left, the caller moves others.
        """
        found: list[SetLine] = []
        start, count = 0, len(self.glyphs)
        while start < count:
            first = not found
            line = self._line(start, first_width if first else width, align, tabs, first_x if first else x, first)
            found.append(line)
            start = line.next
        return found

    def natural_width(self, start: int, end: int) -> float:
        """The width of glyphs [start, end) on a line of their own."""
        return self._sums[end] - self._sums[start] - self._gaps[end - 1] if end > start else 0.0

    def _line(self, start: int, width: float, align: str, tabs: Tabs, x: float, first: bool) -> SetLine:
        right = x + width
        limit = next((index for index in self._forced if index >= start), len(self.glyphs))
        stretches: list[Stretch] = []
        at, leader, leader_from = start, "", 0.0
        while True:
            tab = next((index for index in self._tabs if at <= index < limit), None)
            if tab is None or x + self.natural_width(at, tab) > right + TOLERANCE:
                end, fitted = self._break(at, limit, right - x, bool(stretches))
                break
            before = x + self.natural_width(at, tab)
            stop = self._stops.get(tab) or tabs.after(before, first)
            following = next((index for index in self._tabs if tab < index < limit), limit)
            target = self._tabbed(stop, before, tab + 1, following, right)
            wide = stop.kind != "left" and target + self.natural_width(tab + 1, following) > right + TOLERANCE
            if (wide or target > right + TOLERANCE) and tab > start:
                end, fitted = tab, False
                break
            stretches.append(self._stretch(at, tab, x, None, leader, leader_from))
            x, at, leader, leader_from = min(target, right), tab + 1, stop.leader, before
        following = end + 1 if end == limit and limit < len(self.glyphs) else end
        last = following >= len(self.glyphs) or following != end
        while following < len(self.glyphs) and not last and self.glyphs[following].kind is Kind.SPACE:
            following += 1
        if following >= len(self.glyphs):
            last = True
        end = self._without_blanks(at, end, keep=last)
        spread = None
        if fitted or (align == "both" and not last) or align == "distribute":
            spread = self._spread(
                at, end, right - x, align == "distribute", only_press=align not in ("both", "distribute")
            )
        stretches.append(self._stretch(at, end, x, spread, leader, leader_from))
        return SetLine(tuple(stretches), max(following, start + 1))

    def _tabbed(self, stop: TabStop, before: float, start: int, end: int, right: float) -> float:
        """Where the text [start, end) begins that follows a tab to `stop`."""
        if stop.kind == "left":
            return stop.position
        width = self.natural_width(start, end)
        if stop.kind == "right":
            return max(before, min(stop.position, right) - width)
        if stop.kind == "center":
            return max(before, min(stop.position - width / 2, right - width))
        point = next((index for index in range(start, end) if self.glyphs[index].char == "."), end)
        return max(before, stop.position - self.natural_width(start, point))

    def _break(self, start: int, limit: int, width: float, started: bool) -> tuple[int, bool]:
        """Where a line ends that begins with glyph `start`, and whether it must be pressed to fit."""
        if start >= limit or self.natural_width(start, limit) <= width + TOLERANCE:
            return limit, False
        em = self.glyphs[start].type.size
        most = min(bisect_right(self._sums, self._sums[start] + width + em), limit)
        end = most
        while end > start and not (self._breaks[end] and self._fits(start, end, width)):
            end -= 1
        following = max(end, start) + 1
        while following < limit and not self._breaks[following]:
            following += 1
        slack = width - self.natural_width(start, self._without_blanks(start, end, keep=False))
        if end == start or slack > UNSEEN_SLACK * em or following == limit:
            over = self.natural_width(start, following) - width
            if over <= self._pressable(start, following) + TOLERANCE:
                return following, True
        if end > start or started:
            return end, False
        return self._forced_break(start, limit, width), False

    def _forced_break(self, start: int, limit: int, width: float) -> int:
        """Where a word wider than the line ends: at the last of the places that do least harm to it."""
        full = start + 1
        while full < limit and self.natural_width(start, full + 1) <= width + TOLERANCE:
            full += 1
        if full == limit:
            return limit

        def harm(end: int) -> int:
            return break_harm(self.glyphs[end - 1].char, self.glyphs[end].char)

        return min(range(full, start, -1), key=harm)

    def _fits(self, start: int, end: int, width: float) -> bool:
        return self.natural_width(start, self._without_blanks(start, end, keep=False)) <= width + TOLERANCE

    def _without_blanks(self, start: int, end: int, keep: bool) -> int:
        """The end of a line without the blanks that hang over its edge."""
        while not keep and end > start and self.glyphs[end - 1].kind in (Kind.SPACE, Kind.ZERO):
            end -= 1
        return end

    def _pressable(self, start: int, end: int) -> float:
        last = self.glyphs[end - 1]
        blank = END_BLANK * last.type.size if last.kind in _BLANK_AT_END else 0.0
        return self._shrunk[end - 1] - self._shrunk[start] + blank

    def _stretch(
        self, start: int, end: int, x: float, gaps: list[float] | None, leader: str, leader_from: float
    ) -> Stretch:
        if gaps is None:
            gaps, width = self._gaps[start : max(end - 1, start)], self.natural_width(start, end)
        else:
            width = sum([glyph.advance for glyph in self.glyphs[start:end]]) + sum(gaps)
        return Stretch(start, end, x, gaps, width, leader, leader_from)

    def _spread(self, start: int, end: int, width: float, freely: bool, only_press: bool) -> list[float] | None:
        """The gaps that make glyphs [start, end) fill `width`; None to leave them as they are."""
        if end - start < 2:
            return None
        slack = width - self.natural_width(start, end)
        if slack < -TOLERANCE:
            return self._pressed(start, end, -slack)
        if only_press or slack <= TOLERANCE:
            return None
        return self._loosened(start, end, slack, freely)

    def _pressed(self, start: int, end: int, over: float) -> list[float]:
        """Take `over` out of the line: first the unseen blank of the mark at its end, then evenly everywhere."""
        last = self.glyphs[end - 1]
        over -= END_BLANK * last.type.size if last.kind in _BLANK_AT_END else 0.0
        gaps = self._gaps[start : end - 1]
        room = self._shrunk[end - 1] - self._shrunk[start]
        if over <= 0 or room <= 0:
            return gaps
        share = min(1.0, over / room)
        return [gap - share * shrink for gap, shrink in zip(gaps, self._shrinks[start : end - 1], strict=True)]

    def _loosened(self, start: int, end: int, slack: float, freely: bool) -> list[float] | None:
        """Give `slack` out to the gaps, evenly and if it can be without any of them growing beyond MOST_GAP."""
        gaps = self._gaps[start : end - 1]
        weights = self._stretches[start : end - 1]
        if freely and not any(weights):
            weights = [1.0] * len(gaps)
        evenly = slack / sum(weights) if any(weights) else 0.0
        if not evenly:
            return None
        even = [gap + weight * evenly for gap, weight in zip(gaps, weights, strict=True)]
        if freely:
            return even
        while slack > TOLERANCE and any(weights):
            each, slack = slack / sum(weights), 0.0
            for index, weight in enumerate(weights):
                if not weight:
                    continue
                gap = gaps[index] + weight * each
                # Blanks between words are blanks already: they alone take whatever there is to give.
                if weight == 1.0 and gap > MOST_GAP:
                    slack += gap - max(MOST_GAP, gaps[index])
                    gap = max(MOST_GAP, gaps[index])
                    weights[index] = 0.0
                gaps[index] = gap
        if slack <= TOLERANCE:
            return gaps
        return None if self._tight or evenly > LOOSEST * self.glyphs[start].type.size else even
