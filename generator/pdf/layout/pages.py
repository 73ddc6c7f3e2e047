"""Filling pages: sections, page breaks, what stays together, heads of tables that come again, headers and footers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from generator.pdf.layout.flow import Flow, Placed, Placer, stack
from generator.pdf.layout.sheet import Rule, Sheet
from generator.pdf.layout.slabs import TOLERANCE, LineSlab, RowSlab, Slab, notes_of, stacked_height
from generator.pdf.reading.content import Blocks, Document, Field, Paragraph, Section
from generator.pdf.reading.numerals import written
from generator.pdf.reading.properties import BLACK, Border

MOST_PASSES = 4
NOTE_SEPARATOR_SPACE = 10.0
NOTE_SEPARATOR_WIDTH = 144.0


@dataclass(slots=True)
class Page:
    """A page with what its headers and footers depend on."""

    sheet: Sheet
    section: Section
    first_of_section: bool
    blank: bool = False

    def kind(self, even_and_odd: bool) -> str:
        """Which header and footer it takes: first, even or default."""
        if self.section.title_page and self.first_of_section:
            return "first"
        return "even" if even_and_odd and self.sheet.number % 2 == 0 else "default"


@dataclass(slots=True)
class Pagination:
    """The pages of a document, and the numbers that its fields print."""

    pages: list[Page]
    numbers: dict[Field, str]

    @property
    def mark_pages(self) -> dict[str, Page]:
        """The page of every bookmark."""
        found: dict[str, Page] = {}
        for page in self.pages:
            for name in page.sheet.marks:
                found.setdefault(name, page)
        return found


def lay_out(document: Document, flow: Flow) -> Pagination:
    """Fill the pages of a document. Numbers that depend on the pages are set in a further pass, until they hold."""
    numbers: dict[Field, str] = {}
    for _ in range(MOST_PASSES):
        flow.typesetter.numbers = numbers
        pages = _Filler(document, flow).fill()
        found = _field_numbers(pages)
        settled = found == numbers
        numbers = found
        if settled:
            break
    _remark_missing_marks(document, pages, flow)
    _add_headers_and_footers(document, flow, pages)
    return Pagination(pages, numbers)


def _remark_missing_marks(document: Document, pages: Sequence[Page], flow: Flow) -> None:
    """Say which page references have no bookmark to refer to."""
    marks = Pagination(list(pages), {}).mark_pages
    for section in document.sections:
        for paragraph in _paragraphs(section.blocks):
            for item in paragraph.items:
                if isinstance(item, Field) and item.kind == "PAGEREF" and item.target not in marks:
                    flow.remarks.add(
                        f"页码引用的书签“{item.target}”不存在，按文档中存的“{item.stored}”打印，请在 Word 中更新域",
                        paragraph.place,
                    )


def _field_numbers(pages: Sequence[Page]) -> dict[Field, str]:
    """What every field in the text prints, by the pages as they are."""
    marks = Pagination(list(pages), {}).mark_pages
    found: dict[Field, str] = {}
    for page in pages:
        for placed in page.sheet.lines:
            for one in placed.line.fields:
                shown = _number(one, page, pages, marks)
                if shown is not None:
                    found[one] = shown
    return found


def _number(one: Field, page: Page, pages: Sequence[Page], marks: Mapping[str, Page]) -> str | None:
    """What a field prints on a page; None where its bookmark is missing, then what Word stored is printed."""
    if one.kind == "PAGE":
        return written(page.sheet.number, one.style or page.sheet.style)
    if one.kind == "NUMPAGES":
        return written(len(pages), one.style or "decimal")
    if one.kind == "SECTIONPAGES":
        return written(sum(other.section is page.section for other in pages), one.style or "decimal")
    target = marks.get(one.target)
    return None if target is None else written(target.sheet.number, one.style or target.sheet.style)


class _Filler:
    """One pass over the document: slabs go on the open page until it is full."""

    def __init__(self, document: Document, flow: Flow) -> None:
        self._document = document
        self._flow = flow
        self._placer = Placer()
        self._pages: list[Page] = []
        self._open: _OpenPage | None = None
        self._section = document.sections[0]
        self._number = 0
        self._section_begins = True
        self._broken = True  # the next page opens after a break that somebody asked for

    def fill(self) -> list[Page]:
        for section in self._document.sections:
            self._begin(section)
            width = max(section.width - section.margins.left - section.margins.right, 1.0)
            self._flow.grid = section.grid
            self._add(self._flow.slabs(section.blocks, width))
        self._close()
        if not self._pages:
            self._open_page()
            self._close()
        return self._pages

    def _begin(self, section: Section) -> None:
        same_paper = (section.width, section.height) == (self._section.width, self._section.height)
        if section.start != "continuous" or not same_paper:
            self._close()
            self._broken = True
        self._section = section
        self._section_begins = True
        if section.numbers.start is not None and self._open is None:
            self._number = section.numbers.start - 1
        parity = {"oddPage": 1, "evenPage": 0}.get(section.start)
        if parity is not None and self._pages and (self._number + 1) % 2 != parity:
            self._open_page(blank=True)
            self._close()
            self._section_begins = True

    def _open_page(self, blank: bool = False) -> "_OpenPage":
        section = self._section
        self._number += 1
        sheet = Sheet(section.width, section.height, written(self._number, section.numbers.style), self._number)
        sheet.style = section.numbers.style
        page = Page(sheet, section, self._section_begins, blank)
        self._section_begins = False
        top, bottom = _text_area(page, self._document.even_and_odd, self._flow)
        self._open = _OpenPage(page, top, top, bottom)
        return self._open

    def _close(self, later: Sequence[Slab] = ()) -> None:
        """Put what the open page holds on its sheet. `later` are the slabs that follow, for cells that go on there."""
        page, self._open = self._open, None
        if page is None:
            return
        self._grow_later_rows([slab for slab, _ in page.placed], later)
        section = page.page.section
        placed = page.placed
        if section.align in ("center", "bottom") and placed:
            shift = max(page.bottom - page.y, 0.0) / (2 if section.align == "center" else 1)
            placed = [(slab, top + shift) for slab, top in placed]
        start = 0
        for end, x in page.columns(section.margins.left, len(placed)):
            self._placer.place(placed[start:end], x, page.page.sheet)
            start = end
        self._add_notes(page)
        self._pages.append(page.page)

    def _grow_later_rows(self, placed: Sequence[Slab], later: Sequence[Slab]) -> None:
        """Make room on later pages for the text of merged cells that does not fit into their rows on this one."""
        last = placed[-1] if placed else None
        if not isinstance(last, RowSlab) or not later:
            return
        table = last.table
        on_page = [slab for slab in placed if isinstance(slab, RowSlab) and slab.table is table and not slab.repeated]
        to_come = [slab for slab in later if isinstance(slab, RowSlab) and slab.table is table]
        for box in dict.fromkeys(place[1] for place in table.grid[last.row] if place is not None and place[1].merged):
            rows = [slab for slab in to_come if slab.row < box.end_row]
            here = [slab for slab in on_page if box.row <= slab.row]
            if rows and here:
                rows[-1].height += max(self._placer.lacking(box, here, rows), 0.0)

    def _add(self, slabs: list[Slab]) -> None:
        first = 0  # the first slab that is on the open page
        index = 0
        before = len(self._open.placed) if self._open is not None else 0  # what earlier sections put there
        if self._open is not None:
            self._open.mark_column(self._section.margins.left)
        while index < len(slabs):
            slab = slabs[index]
            if slab.new_page and self._open is not None and self._open.placed:
                self._close(slabs[index:])
                self._broken = True
            if self._open is None:
                page = self._open_page()
                before = page.repeat_heads(slabs, index)
                first = index
            page = self._open
            top = page.y + (slab.above if page.placed or self._broken else 0.0)
            limit = self._limit(page, slab)
            if top + slab.height <= limit + TOLERANCE:
                page.put(slab, top)
                index += 1
                self._broken = False
                if slab.turn:
                    self._close(slabs[index:])
                    self._broken = True
                continue
            if _needs_no_room(slab, last=index + 1 == len(slabs)):
                page.put(slab, page.y)
                self._close(slabs[index + 1 :])
                self._broken = slab.turn
                index += 1
                continue
            if isinstance(slab, RowSlab) and slab.splits_freely:
                parts = slab.split(limit - top)
                if parts is not None:
                    page.put(parts[0], top)
                    slabs[index] = parts[1]
                    self._close(slabs[index:])
                    continue
            index = self._break_before(slabs, index, first, before)

    def _limit(self, page: "_OpenPage", slab: Slab) -> float:
        """How far down slabs may reach: to the foot of the text, or to the footnotes that come with this slab."""
        if not self._document.notes:
            return page.bottom
        return page.bottom - self._notes_height([*(one for one, _ in page.placed), slab])

    def _notes(self, slabs: Sequence[Slab]) -> list[Slab]:
        section = self._section
        width = max(section.width - section.margins.left - section.margins.right, 1.0)
        notes = (self._document.notes.get(note, ()) for note in notes_of(slabs))
        return [slab for blocks in notes for slab in self._flow.slabs(blocks, width)]

    def _notes_height(self, slabs: Sequence[Slab]) -> float:
        height = stacked_height(self._notes(slabs))
        return height + NOTE_SEPARATOR_SPACE if height else 0.0

    def _add_notes(self, page: "_OpenPage") -> None:
        """Put the footnotes of a page at its foot, under a short rule (17.11.23)."""
        if not self._document.notes:
            return
        notes = self._notes([slab for slab, _ in page.placed])
        if notes:
            x, sheet = page.page.section.margins.left, page.page.sheet
            top = max(page.bottom - stacked_height(notes), page.y + NOTE_SEPARATOR_SPACE)
            y = top - NOTE_SEPARATOR_SPACE / 2
            sheet.rules.append(Rule(x, y, x + NOTE_SEPARATOR_WIDTH, y, Border("single", 0.5, BLACK)))
            self._placer.place(stack(notes, top), x, sheet)

    def _break_before(self, slabs: list[Slab], index: int, first: int, before: int) -> int:
        """End the page before slab `index`, or further up where slabs must stay together. Returns what comes next."""
        page = self._open
        assert page is not None
        start = index
        while start > first and slabs[start - 1].glued:
            start -= 1
        stuck = (start == first and before == 0) or (start == first and page.only_heads)
        if not stuck:
            del page.placed[before + start - first :]
            self._close(slabs[start:])
            return start
        if index > first:  # a chain longer than a page: it is broken where the page is full
            self._close(slabs[index:])
            return index
        return self._overflow(slabs, index)

    def _overflow(self, slabs: list[Slab], index: int) -> int:
        """Put a slab that is higher than a page: a row is parted if it can be, the rest stands over the edge."""
        page = self._open
        assert page is not None
        slab = slabs[index]
        parts = slab.split(page.bottom - page.y) if isinstance(slab, RowSlab) else None
        if parts is not None:
            page.put(parts[0], page.y)
            slabs[index] = parts[1]
            self._close(slabs[index:])
            return index
        page.put(slab, page.y)
        if slab.turn or index + 1 < len(slabs):
            self._close(slabs[index + 1 :])
        self._broken = slab.turn
        return index + 1


def _needs_no_room(slab: Slab, last: bool) -> bool:
    """Whether a slab that does not fit is not worth a page: a lone page break, an empty last paragraph."""
    return isinstance(slab, LineSlab) and not slab.line.runs and not slab.line.pictures and (slab.turn or last)


@dataclass(slots=True)
class _OpenPage:
    """The page being filled: `y` is where the next slab goes, `placed` what is on it so far."""

    page: Page
    top: float
    y: float
    bottom: float
    placed: list[Placed] = field(default_factory=list)
    only_heads: bool = False
    _columns: list[tuple[int, float]] = field(default_factory=list)

    def put(self, slab: Slab, top: float) -> None:
        self.placed.append((slab, top))
        self.y = top + slab.height + slab.below
        self.only_heads = False

    def mark_column(self, x: float) -> None:
        """What follows stands in a column that begins at `x` (a continuous section with other margins)."""
        self._columns.append((len(self.placed), x))

    def columns(self, x: float, count: int) -> Iterator[tuple[int, float]]:
        """Up to which slab, and from which x, the columns of the page go."""
        for start, next_x in self._columns:
            yield start, x
            x = next_x
        yield count, x

    def repeat_heads(self, slabs: Sequence[Slab], index: int) -> int:
        """Put the head rows of a table that goes on with slab `index` on top of the page; returns how many."""
        slab = slabs[index]
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
        self.only_heads = bool(heights)
        return len(heights)


def _text_area(page: Page, even_and_odd: bool, flow: Flow) -> tuple[float, float]:
    """Top and bottom of the text: the margins, unless the header or footer needs more and they may move (17.6.11)."""
    section = page.section
    kind = page.kind(even_and_odd)
    width = max(section.width - section.margins.left - section.margins.right, 1.0)
    header = stacked_height(flow.slabs(section.headers.get(kind, ()), width))
    footer = stacked_height(flow.slabs(section.footers.get(kind, ()), width))
    top, bottom = abs(section.margins.top), abs(section.margins.bottom)
    if section.margins.top >= 0 and header:
        top = max(top, section.header_distance + header)
    if section.margins.bottom >= 0 and footer:
        bottom = max(bottom, section.footer_distance + footer)
    return top, max(section.height - bottom, top + 1.0)


def _add_headers_and_footers(document: Document, flow: Flow, pages: Sequence[Page]) -> None:
    marks = Pagination(list(pages), {}).mark_pages
    for page in pages:
        if page.blank:
            continue
        section, kind = page.section, page.kind(document.even_and_odd)
        width = max(section.width - section.margins.left - section.margins.right, 1.0)
        flow.grid = section.grid
        for blocks, at_foot in ((section.headers.get(kind, ()), False), (section.footers.get(kind, ()), True)):
            numbers = {one: _number(one, page, pages, marks) for one in _fields(blocks)}
            flow.typesetter.numbers = {one: shown for one, shown in numbers.items() if shown is not None}
            slabs = flow.slabs(blocks, width)
            top = (
                section.height - section.footer_distance - stacked_height(slabs) if at_foot else section.header_distance
            )
            Placer().place(stack(slabs, top), section.margins.left, page.sheet, repeated=True)


def _fields(blocks: Blocks) -> Iterator[Field]:
    """The number fields in blocks."""
    return (item for paragraph in _paragraphs(blocks) for item in paragraph.items if isinstance(item, Field))


def _paragraphs(blocks: Blocks) -> Iterator[Paragraph]:
    """The paragraphs in blocks, those in table cells too."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            for row in block.rows:
                for cell in row.cells:
                    yield from _paragraphs(cell.blocks)
