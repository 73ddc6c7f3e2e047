"""Filling pages: sections, page breaks, what stays together, heads of tables that come again, headers and footers."""

from collections.abc import Iterable, Mapping, Sequence

from generator.pdf.content import BLACK, Border, Document, Field, Section, items_of, written
from generator.pdf.layout.boxes import LineSlab, RowSlab, Rule, Sheet, Slab, stacked_height
from generator.pdf.layout.placing.frames import page_border_rules
from generator.pdf.layout.placing.page import OpenPage, Page, column_width
from generator.pdf.layout.placing.parting import TOLERANCE, cut, notes_of, split, splits_freely, stack
from generator.pdf.layout.placing.placer import Placer
from generator.pdf.layout.setting import Flow

MOST_PASSES = 4
NOTE_SEPARATOR_SPACE = 10.0
NOTE_SEPARATOR_WIDTH = 144.0


def lay_out(document: Document, flow: Flow) -> list[Sheet]:
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
    return [page.sheet for page in pages]


def marked_sheets(sheets: Iterable[Sheet]) -> dict[str, Sheet]:
    """The sheet of every bookmark."""
    found: dict[str, Sheet] = {}
    for sheet in sheets:
        for name in sheet.marks:
            found.setdefault(name, sheet)
    return found


def _remark_missing_marks(document: Document, pages: Sequence[Page], flow: Flow) -> None:
    """Say which page references have no bookmark to refer to."""
    marks = marked_sheets(page.sheet for page in pages)
    for section in document.sections:
        for paragraph, item in items_of(section.blocks):
            if isinstance(item, Field) and item.kind == "PAGEREF" and item.target not in marks:
                flow.remarks.add(
                    f"页码引用的书签“{item.target}”不存在，按文档中存的“{item.stored}”打印，请在 Word 中更新域",
                    paragraph.place,
                )


def _field_numbers(pages: Sequence[Page]) -> dict[Field, str]:
    """What every field in the text prints, by the pages as they are."""
    marks = marked_sheets(page.sheet for page in pages)
    found: dict[Field, str] = {}
    for page in pages:
        for one in (one for layer in page.sheet.layers for placed in layer.lines for one in placed.line.fields):
            shown = _number(one, page, pages, marks)
            if shown is not None:
                found[one] = shown
    return found


def _number(one: Field, page: Page, pages: Sequence[Page], marks: Mapping[str, Sheet]) -> str | None:
    """What a field prints on a page; None where its bookmark is missing, then what Word stored is printed."""
    if one.kind == "PAGE":
        return written(page.sheet.number, one.style or page.sheet.style)
    if one.kind == "NUMPAGES":
        return written(len(pages), one.style or "decimal")
    if one.kind == "SECTIONPAGES":
        return written(sum(other.section is page.section for other in pages), one.style or "decimal")
    target = marks.get(one.target)
    return None if target is None else written(target.number, one.style or target.style)


class _Filler:
    """One pass over the document: slabs go on the open page until it is full."""

    def __init__(self, document: Document, flow: Flow) -> None:
        self._document = document
        self._flow = flow
        self._placer = Placer()
        self._pages: list[Page] = []
        self._open: OpenPage | None = None
        self._section = document.sections[0]
        self._number = 0
        self._section_begins = True
        self._broken = True  # the next page opens after a break that somebody asked for
        self._first = 0  # the first slab of the section that is on the open page,
        self._before = 0  # how many slabs stand before it there: of an earlier section, or heads come again,
        self._shared = False  # and whether they are an earlier section's, so that the page may end before it

    def fill(self) -> list[Page]:
        sections = self._document.sections
        for section, following in zip(sections, [*sections[1:], None], strict=True):
            self._begin(section)
            self._flow.grid = section.grid
            self._add(self._flow.slabs(section.blocks, column_width(section)))
            if self._open is not None and following is not None and _goes_on(section, following):
                self._open.balance()
        self._close(asked=True)
        if not self._pages:
            self._open_page()
            self._close(asked=True)
        return self._pages

    def _begin(self, section: Section) -> None:
        if not _goes_on(self._section, section):
            self._close(asked=True)
            self._broken = True
        self._section = section
        self._section_begins = True
        if section.numbers.start is not None and self._open is None:
            self._number = section.numbers.start - 1
        parity = {"oddPage": 1, "evenPage": 0}.get(section.start)
        if parity is not None and self._pages and (self._number + 1) % 2 != parity:
            self._broken = True
            self._open_page(blank=True)
            self._close(asked=True)
            self._section_begins = True

    def _open_page(self, blank: bool = False) -> OpenPage:
        section = self._section
        self._number += 1
        sheet = Sheet(section.width, section.height, self._number, section.numbers.style)
        page = Page(sheet, section, self._section_begins, blank)
        if self._document.mirrored_margins and self._number % 2 == 0:
            page.shift = section.margins.right - section.margins.left
        self._section_begins = False
        top, bottom = _text_area(page, self._document.even_and_odd, self._flow)
        left, right = section.margins.left, section.width - section.margins.right
        sheet.area = (left + page.shift, top, right + page.shift, bottom)
        self._open = OpenPage(page, top, top, bottom, asked=self._broken)
        self._open.begin_columns(section)
        return self._open

    def _close(self, later: Sequence[Slab] = (), asked: bool = False) -> None:
        """Put what the open page holds on its sheet. `later` are the slabs that follow, for cells that go on there.

        `asked`: a break ends it. A page without anything to see is kept only where breaks ask for it at both ends.
        """
        page, self._open = self._open, None
        if page is None:
            return
        self._broken = asked
        page.end_columns()
        if not (page.asked and asked) and page.shows_nothing:
            self._discard(page)
            return
        self._grow_later_rows(page.slabs_in_column, later)
        section = page.page.section
        placed = page.placed
        if section.align in ("center", "bottom") and placed:
            shift = max(page.bottom - page.y, 0.0) / (2 if section.align == "center" else 1)
            placed = [(slab, top + shift) for slab, top in placed]
        start = 0
        for end, x in page.columns(page.page.sheet.area[0], len(placed)):
            self._placer.place(placed[start:end], x, page.page.sheet)
            start = end
        self._add_notes(page)
        self._pages.append(page.page)

    def _discard(self, page: OpenPage) -> None:
        """Take back a page that nothing is on; bookmarks on it go to the page before."""
        self._number -= 1
        self._section_begins = page.page.first_of_section
        self._broken = self._broken or page.asked
        if self._pages:
            sheet = self._pages[-1].sheet
            for slab, _ in page.placed:
                for name in slab.line.marks if isinstance(slab, LineSlab) else ():
                    sheet.marks.setdefault(name, sheet.height)

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
        """Put the slabs of a section on pages."""
        self._first, self._before, self._shared = 0, 0, False
        if self._open is not None:
            self._before = len(self._open.placed)
            self._shared = self._before > 0
            self._open.begin_columns(self._section)
        index = 0
        while index < len(slabs):
            index = self._put(slabs, index)

    def _put(self, slabs: list[Slab], index: int) -> int:
        """Put slab `index` on the open page, or end the page before it. Returns the index of what comes next."""
        slab = slabs[index]
        if slab.new_page and self._open is not None and self._open.placed:
            self._close(slabs[index:], asked=True)
        page = self._open or self._go_on(slabs, index)
        top = page.y + (slab.above if not page.at_top or self._broken else 0.0)
        limit = self._limit(page, slab)
        if top + slab.height <= limit + TOLERANCE:
            return self._placed(page, slabs, index, top)
        parts = split(slab, limit - top) if isinstance(slab, RowSlab) and splits_freely(slab) else None
        if parts is None:
            return self._break_before(page, slabs, index)
        page.put(parts[0], top)
        slabs[index] = parts[1]
        self._turn(page, slabs, index)
        return index

    def _turn(self, page: OpenPage, slabs: Sequence[Slab], index: int) -> None:
        """Go on with slab `index` in the next column, or on the next page."""
        self._grow_later_rows(page.slabs_in_column, slabs[index:])
        if page.next_column():
            self._first, self._before, self._shared = index, len(page.placed), False
            self._before += page.repeat_heads(slabs, index)
        else:
            self._close(slabs[index:])

    def _placed(self, page: OpenPage, slabs: Sequence[Slab], index: int, top: float) -> int:
        """Put a slab as it is; where it holds a page break the page ends."""
        slab = slabs[index]
        page.put(slab, top)
        self._broken = False
        if slab.turn == "column" and self._section.columns.count > 1:
            self._turn(page, slabs, index + 1)
        elif slab.turn:
            self._close(slabs[index + 1 :], asked=True)
        return index + 1

    def _go_on(self, slabs: Sequence[Slab], index: int) -> OpenPage:
        """Open a page for slab `index`, with the head rows of its table if that goes on here."""
        page = self._open_page()
        self._first, self._before, self._shared = index, page.repeat_heads(slabs, index), False
        return page

    def _limit(self, page: OpenPage, slab: Slab) -> float:
        """How far down slabs may reach: to the foot of the text, or to the footnotes that come with this slab."""
        if not self._document.notes:
            return page.bottom
        return page.bottom - self._notes_height([*(one for one, _ in page.placed), slab])

    def _notes(self, slabs: Sequence[Slab]) -> list[Slab]:
        section = self._section
        notes = (self._document.notes.get(note, ()) for note in notes_of(slabs))
        return [slab for blocks in notes for slab in self._flow.slabs(blocks, section.text_width)]

    def _notes_height(self, slabs: Sequence[Slab]) -> float:
        height = stacked_height(self._notes(slabs))
        return height + NOTE_SEPARATOR_SPACE if height else 0.0

    def _add_notes(self, page: OpenPage) -> None:
        """Put the footnotes of a page at its foot, under a short rule (17.11.23)."""
        if not self._document.notes:
            return
        notes = self._notes([slab for slab, _ in page.placed])
        if notes:
            x, sheet = page.page.sheet.area[0], page.page.sheet
            top = max(page.bottom - stacked_height(notes), page.y + NOTE_SEPARATOR_SPACE)
            y = top - NOTE_SEPARATOR_SPACE / 2
            sheet.rules.append(Rule(x, y, x + NOTE_SEPARATOR_WIDTH, y, Border("single", 0.5, BLACK)))
            self._placer.place(stack(notes, top), x, sheet)

    def _break_before(self, page: OpenPage, slabs: list[Slab], index: int) -> int:
        """End the page before slab `index`, or further up where slabs must stay together. Returns what comes next."""
        start = index
        while start > self._first and slabs[start - 1].glued:
            start -= 1
        if start > self._first:
            del page.placed[self._before + start - self._first :]
            self._turn(page, slabs, start)
            return start
        if self._shared:
            del page.placed[self._before :]
            self._close(slabs[start:])
            return start
        if index > self._first:  # a chain longer than a page: it is broken where the page is full
            self._turn(page, slabs, index)
            return index
        return self._overflow(page, slabs, index)

    def _overflow(self, page: OpenPage, slabs: list[Slab], index: int) -> int:
        """Put a slab that is higher than a page: a row is parted if it can be, the rest stands over the edge."""
        slab = slabs[index]
        room = page.bottom - page.y
        parts = split(slab, room) or cut(slab, room) if isinstance(slab, RowSlab) else None
        if parts is not None:
            page.put(parts[0], page.y)
            slabs[index] = parts[1]
            self._turn(page, slabs, index)
            return index
        return self._placed(page, slabs, index, page.y)


def _goes_on(section: Section, following: Section) -> bool:
    """Whether a section begins on the page that the one before it ends on."""
    same_paper = (section.width, section.height) == (following.width, following.height)
    return following.start == "continuous" and same_paper


def _text_area(page: Page, even_and_odd: bool, flow: Flow) -> tuple[float, float]:
    """Top and bottom of the text: the margins, unless the header or footer needs more and they may move (17.6.11)."""
    section = page.section
    kind = page.kind(even_and_odd)
    header = stacked_height(flow.slabs(section.headers.get(kind, ()), section.text_width))
    footer = stacked_height(flow.slabs(section.footers.get(kind, ()), section.text_width))
    top, bottom = abs(section.margins.top), abs(section.margins.bottom)
    if section.margins.top >= 0 and header:
        top = max(top, section.header_distance + header)
    if section.margins.bottom >= 0 and footer:
        bottom = max(bottom, section.footer_distance + footer)
    return top, max(section.height - bottom, top + 1.0)


def _add_headers_and_footers(document: Document, flow: Flow, pages: Sequence[Page]) -> None:
    marks = marked_sheets(page.sheet for page in pages)
    for page in pages:
        if page.blank:
            continue
        page.sheet.rules += page_border_rules(page)
        section, kind = page.section, page.kind(document.even_and_odd)
        flow.grid = section.grid
        for blocks, at_foot in ((section.headers.get(kind, ()), False), (section.footers.get(kind, ()), True)):
            numbers = {one: _number(one, page, pages, marks) for _, one in items_of(blocks) if isinstance(one, Field)}
            flow.typesetter.numbers = {one: shown for one, shown in numbers.items() if shown is not None}
            slabs = flow.slabs(blocks, section.text_width)
            top = (
                section.height - section.footer_distance - stacked_height(slabs) if at_foot else section.header_distance
            )
            Placer(background=True).place(
                stack(slabs, top), section.margins.left + page.shift, page.sheet, repeated=True
            )
