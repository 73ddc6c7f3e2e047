"""The whole comparing of two versions of a department's file: what was changed, and all that follows from it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from generator.accounts import Accounts, Cell, Correction, load_accounts
from generator.checks import check_accounts
from generator.correction.causes import Causes
from generator.correction.differences import Difference, What, compare
from generator.correction.document import Filled
from generator.correction.effects import Chain, Effects
from generator.correction.entered import Entered, entries_changed
from generator.correction.fields import fields_changed
from generator.correction.named import NamedFigure, NamedFigures
from generator.correction.official import Official, rows_before_figures
from generator.correction.reasons import Reasons
from generator.correction.versions import Versions
from generator.findings import Code, Finding, InvalidInput, Severity
from generator.kinds import bare
from generator.origin import origin_of
from generator.pdf.fonts import FontLibrary
from generator.publish import Publication, filled, finished


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that a reader of the publication sees changed; an empty text for what one version has not."""

    what: What
    place: str
    old: str
    new: str
    causes: tuple[Entered, ...]
    old_page: int | None = None
    new_page: int | None = None
    chains: tuple[Chain, ...] = ()
    """Of a figure of an official table: the way from each cause."""
    figures: tuple[NamedFigure, ...] = ()
    """Of a text: the named figures in it that changed."""
    cell: Cell | None = None
    """Of an official table."""
    heading: str = ""
    """The headings that a text stands under, the beginning of `place`."""
    reasons: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What differs between two versions, in the order of the publication."""

    versions: Versions
    entered: tuple[Entered, ...]
    changes: tuple[Change, ...]
    findings: tuple[Finding, ...]
    """Of the checks of the new version."""
    findings_came: tuple[Finding, ...]
    """Those of them that the old version did not have."""
    findings_gone: tuple[Finding, ...]
    reasons: Reasons
    remarks: tuple[Finding, ...]
    """On the comparing itself: other departments, changes without a reason."""
    old: Publication
    new: Publication


def readable(text: str) -> str:
    """A text of a `Change` for people: the cells of a row in one line; that there is nothing."""
    return text.replace("\t", "　").strip() or "（无）"


def compare_files(old: Path, new: Path, fonts: FontLibrary, *, reasons_required: bool = False) -> Report:
    """The report on two files. Raises `InvalidInput` where one cannot be used, or the two not be compared."""
    versions = Versions(*_loaded(old, new))
    remarks = _remarks(old, new, versions)
    if any(remark.severity is Severity.ERROR for remark in remarks):
        raise InvalidInput(*remarks)
    entered = (*entries_changed(versions), *fields_changed(versions))
    reasons = Reasons(versions.old, versions.new)
    remarks += reasons.findings(list(entered), required=reasons_required)
    old_made, new_made = _Made.of(versions.old, fonts), _Made.of(versions.new, fonts)
    before, after = check_accounts(versions.old), check_accounts(versions.new)
    return Report(
        versions,
        entered,
        tuple(_Changes(versions, entered, old_made, new_made, fonts, reasons).all()),
        tuple(after),
        tuple(_not_among(after, before)),
        tuple(_not_among(before, after)),
        reasons,
        tuple(remarks),
        old_made.publication,
        new_made.publication,
    )


def _loaded(old: Path, new: Path) -> tuple[Accounts, Accounts]:
    """Both files; where both have faults, all are told at once."""
    loaded: list[Accounts] = []
    findings: list[Finding] = []
    for path in (old, new):
        try:
            loaded.append(load_accounts(path))
        except InvalidInput as invalid:
            findings += invalid.findings
    if findings:
        raise InvalidInput(*dict.fromkeys(findings))
    return loaded[0], loaded[1]


def _remarks(old: Path, new: Path, versions: Versions) -> list[Finding]:
    one, other = versions.old, versions.new
    places = (one.place, other.place)
    if os.path.samefile(old, new):
        return [Finding(Code.SAME_FILE, f"两处写的是同一个文件“{old}”：请给出更正前和更正后的两个文件。", places[:1])]
    if one.year != other.year:
        message = f"两个文件的年度不同（{one.year}、{other.year}），不是同一份决算的更正，不能比较。"
        return [Finding(Code.OTHER_YEAR, message, places)]
    found = []
    if one.edition.identifier != other.edition.identifier:
        ids = f"{one.edition.identifier}、{other.edition.identifier}"
        message = f"两个文件用的版本不同（{ids}）：格式不同引起的变动也会列出。"
        found.append(Finding(Code.OTHER_EDITION, message, places, Severity.WARNING))
    if bare(one.department) != bare(other.department):
        message = f"两个文件的部门不同（“{one.department}”“{other.department}”）：请核对是不是同一个部门。"
        found.append(Finding(Code.OTHER_DEPARTMENT, message, places, Severity.WARNING))
    return found


def _not_among(findings: Iterable[Finding], others: Iterable[Finding]) -> Iterator[Finding]:
    """Those of `findings` that `others` do not have in the same words."""
    known = {(finding.code, finding.message) for finding in others}
    return (finding for finding in findings if (finding.code, finding.message) not in known)


_Placed = tuple[int, Change, Any, Any]
"""The position in the new document, the change, and the paragraphs or rows of both documents that show it."""


@dataclass(frozen=True, slots=True)
class _Made:
    """A version's publication, and its document as the comparing sees it."""

    publication: Publication
    document: Filled
    unpaged: Filled
    """The document as it was filled, before page numbers stood in its 目录."""
    pages: dict[Any, int]
    """Where its paragraphs and rows are printed."""

    @classmethod
    def of(cls, accounts: Accounts, fonts: FontLibrary) -> _Made:
        document = filled(accounts, fonts)
        unpaged = Filled(document)
        origin = origin_of(accounts, fonts)
        publication, pages = finished(document, accounts, fonts, origin, unpaged.elements)
        return cls(publication, Filled(document), unpaged, pages)


class _Changes:
    """Puts the figures of the official tables and the other differences of the documents into one order."""

    def __init__(
        self,
        versions: Versions,
        entered: tuple[Entered, ...],
        old: _Made,
        new: _Made,
        fonts: FontLibrary,
        reasons: Reasons,
    ) -> None:
        self._versions = versions
        self._entered = list(entered)
        self._fonts = fonts
        self._reasons = reasons
        self._old_made, self._new_made = old, new
        self._old, self._new = old.document, new.document
        self._old_tables = Official(versions.old, self._old)
        self._new_tables = Official(versions.new, self._new)
        self._effects = Effects(versions, entered)

    def all(self) -> list[Change]:
        """Every change, each with its causes, reasons and pages."""
        placed = sorted((*self._official_cells(), *self._differences()), key=lambda one: one[0])
        return [
            replace(
                change,
                old_page=self._old_made.pages.get(old),
                new_page=self._new_made.pages.get(new),
                reasons=tuple(self._reasons.of(change.causes)),
            )
            for _, change, old, new in placed
        ]

    def _official_cells(self) -> Iterator[_Placed]:
        for effect in self._effects.cells():
            title, texts = self._versions.cell_title(effect.cell), (effect.old or "", effect.new or "")
            change = Change(What.CELL, title, *texts, effect.causes, chains=effect.chains, cell=effect.cell)
            yield self._in_table(effect.cell.table, effect.cell.row, change)
        for table, row in self._effects.captions():
            assert row.old and row.new
            cell = Cell(table, row.name, "名称")
            causes = tuple(c for c in self._entered if c.path[-1] == row.name) or tuple(self._entered)
            change = Change(What.CELL, str(cell), row.old[0].caption, row.new[0].caption, causes, cell=cell)
            yield self._in_table(table, row.name, change)

    def _in_table(self, table: str, row: str, change: Change) -> _Placed:
        drawn = self._new_tables.tables.get(table) or self._old_tables.tables.get(table)
        position = drawn.position if drawn else len(self._new.blocks)
        return position, change, self._old_tables.row(table, row), self._new_tables.row(table, row)

    def _differences(self) -> Iterator[_Placed]:
        found = compare(self._old, self._new, rows_before_figures(self._old_tables, self._new_tables))
        named = NamedFigures(self._versions, self._entered, self._effects)
        for difference, causes in zip(found, self._causes(found), strict=True):
            figures = tuple(named.within(difference.old, difference.new)) if difference.what is not What.PAGE else ()
            texts = difference.old, difference.new
            heading = " › ".join(difference.headings)
            change = Change(difference.what, difference.place, *texts, causes, figures=figures, heading=heading)
            yield difference.position, change, difference.old_element, difference.new_element

    def _causes(self, differences: list[Difference]) -> list[tuple[Entered, ...]]:
        def fill(accounts: Accounts) -> Filled:
            return Filled(filled(accounts, self._fonts))

        return Causes(self._versions, self._entered, self._new_made.unpaged, fill).of(differences)
