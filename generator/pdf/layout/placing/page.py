"""A page while it is filled: its columns, and where the next slab goes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from generator.pdf.content import BLACK, Border, Section
from generator.pdf.layout.boxes import LineSlab, Placed, RowSlab, Rule, Sheet, Slab
from generator.pdf.layout.placing.parting import fitting_count

COLUMN_RULE = Border("single", 0.5, BLACK)


@dataclass(slots=True)
class Page:
    """A page with what its headers and footers depend on."""

    sheet: Sheet
    section: Section
    first_of_section: bool
    blank: bool = False
    shift: float = 0.0  # of all that is on it, where even pages have the margins of odd ones mirrored

    def kind(self, even_and_odd: bool) -> str:
        """Which header and footer it takes: first, even or default."""
        if self.section.title_page and self.first_of_section:
            return "first"
        return "even" if even_and_odd and self.sheet.number % 2 == 0 else "default"


def column_width(section: Section) -> float:
    """The width of each column of a section's text."""
    gaps = section.columns.space * (section.columns.count - 1)
    return max((section.text_width - gaps) / section.columns.count, 1.0)


@dataclass(slots=True)
class OpenPage:
    """The page being filled: `y` is where the next slab goes, `placed` what is on it so far."""

    page: Page
    top: float
    y: float
    bottom: float
    asked: bool  # whether it opened after a break that somebody asked for
    placed: list[Placed] = field(default_factory=list)
    _section: Section | None = None  # whose columns these are: a page may hold several sections,
    _begun: int = 0  # how many slabs stood on the page before it,
    _column: int = 0  # which of its columns is being filled,
    _column_top: float = 0.0
    _column_start: int = 0  # how many slabs stood on the page before that column,
    _lowest: float = 0.0  # and how far down its columns reach
    _columns: list[tuple[int, float]] = field(default_factory=list)

    def put(self, slab: Slab, top: float) -> None:
        self.placed.append((slab, top))
        self.y = top + slab.height + slab.below

    @property
    def shows_nothing(self) -> bool:
        """Whether only empty lines are on it."""
        return all(isinstance(slab, LineSlab) and slab.empty for slab, _ in self.placed)

    @property
    def at_top(self) -> bool:
        """Whether the next slab is the first of the page or of a column that goes on from another."""
        return not self.placed or (self._column > 0 and len(self.placed) == self._column_start)

    @property
    def slabs_in_column(self) -> list[Slab]:
        return [slab for slab, _ in self.placed[self._column_start :]]

    def begin_columns(self, section: Section) -> None:
        """What follows is set in the columns of this section, below all that is on the page."""
        self.end_columns()
        self._section, self._begun = section, len(self.placed)
        self._column_top = self._lowest = self.y
        self._begin_column(0)

    def _begin_column(self, index: int) -> None:
        section = self._section
        assert section is not None
        self._column, self._column_start, self.y = index, len(self.placed), self._column_top
        x = section.margins.left + self.page.shift + index * (column_width(section) + section.columns.space)
        self._columns.append((len(self.placed), x))

    def next_column(self) -> bool:
        """Go on at the top of the next column; False where this was the last."""
        if self._section is None or self._column + 1 >= self._section.columns.count:
            return False
        self._lowest = max(self._lowest, self.y)
        self._begin_column(self._column + 1)
        return True

    def end_columns(self) -> None:
        """Go on below the longest column. Between columns there is a rule if the section wants it."""
        section = self._section
        if section is None:
            return
        self.y = max(self._lowest, self.y)
        if section.columns.rule and self._column > 0:
            for index in range(1, section.columns.count):
                x = section.margins.left + self.page.shift + index * (column_width(section) + section.columns.space)
                x -= section.columns.space / 2
                self.page.sheet.rules.append(Rule(x, self._column_top, x, self.y, COLUMN_RULE))
        self._section = None

    def balance(self) -> None:
        """Make the columns of the section on this page equally long, as far as its slabs may be parted (17.6.4)."""
        section, begun = self._section, self._begun
        if section is None or section.columns.count < 2:
            return
        slabs = [slab for slab, _ in self.placed[begun:]]
        if any(slab.turn or (isinstance(slab, RowSlab) and slab.repeated) for slab in slabs):
            return
        parts = balanced(slabs, section.columns.count, self.bottom - self._column_top)
        if parts is None:
            return
        del self.placed[begun:]
        self._columns = [one for one in self._columns if one[0] < begun]
        self._lowest = self._column_top
        self._begin_column(0)
        for index, part in enumerate(parts):
            if index:
                self.next_column()
            for slab in part:
                self.put(slab, self.y + (0.0 if self.at_top else slab.above))

    def columns(self, x: float, count: int) -> Iterator[tuple[int, float]]:
        """Up to which slab, and from which x, the columns of the page go."""
        for start, next_x in self._columns:
            yield start, x
            x = next_x
        yield count, x

    def repeat_heads(self, slabs: Sequence[Slab], index: int) -> int:
        """Put the head rows of a table that goes on with slab `index` on top of the page; returns how many."""
        slab = slabs[index] if index < len(slabs) else None
        if not isinstance(slab, RowSlab):
            return 0
        table = slab.table
        goes_on = not slab.begins or (index > 0 and getattr(slabs[index - 1], "table", None) is table)
        heights = table.heights[: table.headers]
        # Heads that would leave no room for a row are not repeated.
        if not goes_on or slab.row < table.headers or sum(heights) > (self.bottom - self.top) * 0.7:
            return 0
        for row, height in enumerate(heights):
            self.put(RowSlab(table, row, height, True, repeated=True), self.y)
        return len(heights)


def balanced(slabs: Sequence[Slab], count: int, room: float) -> list[list[Slab]] | None:
    """Slabs in at most `count` columns, as low as can be; None where they do not fit into that room."""
    low, high = 0.0, room
    best = _in_columns(slabs, count, room)
    for _ in range(20):
        middle = (low + high) / 2
        parts = _in_columns(slabs, count, middle)
        if parts is None:
            low = middle
        else:
            best, high = parts, middle
    return best


def _in_columns(slabs: Sequence[Slab], count: int, room: float) -> list[list[Slab]] | None:
    """Slabs in columns of this height, none parted after a slab that must stay with the next."""
    parts: list[list[Slab]] = []
    start = 0
    while start < len(slabs):
        space = slabs[start].above  # falls away at the top of a column
        end = start + fitting_count(slabs[start:], room + space)
        while start < end < len(slabs) and slabs[end - 1].glued:
            end -= 1
        if end == start or len(parts) == count:
            return None
        parts.append(list(slabs[start:end]))
        start = end
    return parts
