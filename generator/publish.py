"""The whole way, from a department's accounts to the two files of their publication."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.accounts import Accounts
from generator.charts import FontFile
from generator.checks import check_accounts
from generator.edition import template_path
from generator.filling import fill_template, write_heading_numbers, write_page_numbers
from generator.findings import Code, Finding, InvalidInput, Place, Severity
from generator.narrative import TemplateFault
from generator.origin import ENDINGS, Origin, origin_of, pair_at, same_making, stamped_parts, stamped_pdf
from generator.pdf import MissingCharacters, Remark, print_document
from generator.pdf.fonts import FontLibrary
from generator.reading import not_written
from generator.word import PageMarks, UnreadableDocument, pack

TEMPORARY = ".juesuan-"
"""How the names begin of folders in which files wait until they are whole; the number of the process comes next."""


@dataclass(frozen=True, slots=True)
class Publication:
    """A publication as bytes, both files saying the same."""

    name: str
    docx: bytes
    pdf: bytes
    pages: int
    remarks: tuple[Remark, ...]
    """What of the Word file the printer could not show as Word does."""


def publish(
    accounts: Accounts,
    folder: Path,
    fonts: FontLibrary,
    *,
    draft: bool = False,
    force: bool = False,
    made: Publication | None = None,
) -> tuple[list[Path], list[Finding]]:
    """Makes the publication of `accounts` in `folder`; `made` is the one to write where it has been made already.

    Returns the files written, none where both are current already, and the findings that did not stop them: with
    `draft`, any that a check made. Raises `InvalidInput` where a check fails (without `draft`), where the template or a
    character does not allow it, where somebody has edited what is there, or where it cannot be written; then nothing
    is written. With `force` it is made in any case that the checks allow.
    """
    findings = check_accounts(accounts)
    if not draft and any(finding.severity is Severity.ERROR for finding in findings):
        raise InvalidInput(*findings)
    origin = origin_of(accounts, fonts, draft=draft)
    try:
        if not force and _is_current(origin, publication_files(accounts, folder)):
            return [], findings
        publication = made or make_publication(accounts, fonts, draft=draft, origin=origin)
        files = write_files(folder, contents(publication))
    except OSError as error:
        raise not_written(folder, error) from None
    return files, findings + [_remark(remark, accounts) for remark in publication.remarks]


def publication_files(accounts: Accounts, folder: Path) -> list[Path]:
    """Where the publication of `accounts` stands in `folder`, or would: the Word file, then the PDF."""
    name = accounts.edition.publication_name(accounts.department)
    return [folder / f"{name}{ending}" for ending in ENDINGS]


def _is_current(origin: Origin, files: list[Path]) -> bool:
    """Whether `files` are what would be made. Raises `InvalidInput` where making them again would lose an edit."""
    pair = pair_at(files[0].parent, files[0].stem)
    if edited := [*pair.foreign_documents, *(file for file, _ in pair.edited)]:
        names = "、".join(f"“{file}”" for file in edited)
        message = (
            f"{names}生成以后被人改动或重新保存过，没有覆盖：要保留改动，请先改名另存，再重新生成；"
            "不要这些改动，请加 --force。改了哪些数，可用 juesuan verify 核对。"
        )
        raise InvalidInput(Finding(Code.EDITED, message))
    return same_making(pair, origin)


def make_publication(
    accounts: Accounts, fonts: FontLibrary, *, draft: bool = False, origin: Origin | None = None
) -> Publication:
    """The publication of `accounts`, stamped with its `origin`, which is found where it is not given.

    Raises `InvalidInput` where the template, or a character of the file, does not allow it.
    """
    document = filled(accounts, fonts, draft=draft)
    return finished(document, accounts, fonts, origin or origin_of(accounts, fonts, draft=draft))[0]


def filled(accounts: Accounts, fonts: FontLibrary, *, draft: bool = False) -> Any:
    """The filled document (python-docx), still to be `finished`. Raises `InvalidInput` as `make_publication` does."""
    template = template_path(accounts.edition)
    with faults_told(template, accounts):
        return fill_template(template, accounts, finding_fonts(fonts), draft=draft)


def finished(
    document: Any, accounts: Accounts, fonts: FontLibrary, origin: Origin, paged: Iterable[Any] = ()
) -> tuple[Publication, dict[Any, int]]:
    """The publication of a filled `document`: printed, the pages that the PDF came to in the 目录 of both, stamped.

    Also the page of each of `paged`, paragraphs and rows of `document`, that is printed. Raises `InvalidInput` as
    `make_publication` does.
    """
    marks = PageMarks(paged)
    with faults_told(template_path(accounts.edition), accounts):
        printed = print_document(pack(document), fonts)
        if write_heading_numbers(document, printed.heading_numbers):
            printed = print_document(pack(document), fonts)
    marks.remove()
    write_page_numbers(document, printed.bookmark_pages)
    name = accounts.edition.publication_name(accounts.department)
    docx = pack(document, lambda parts: stamped_parts(parts, origin))
    publication = Publication(name, docx, stamped_pdf(printed.pdf, origin), printed.pages, printed.remarks)
    return publication, marks.pages(printed.bookmark_pages)


@contextmanager
def faults_told(template: Path, accounts: Accounts) -> Iterator[None]:
    """Raises `InvalidInput` where filling or printing `template` fails, with the place that it is to be mended at."""
    try:
        yield
    except TemplateFault as fault:
        place = Place(str(template), where=fault.place)
        raise InvalidInput(Finding(Code.TEMPLATE_FAULT, fault.message, (place,))) from None
    except UnreadableDocument as unreadable:
        raise InvalidInput(Finding(Code.TEMPLATE_FAULT, str(unreadable), (Place(str(template)),))) from None
    except MissingCharacters as missing:
        raise InvalidInput(Finding(Code.NO_FONT_FOR_CHARACTER, str(missing), (accounts.place,))) from None


def finding_fonts(fonts: FontLibrary) -> Callable[[str], FontFile]:
    """How charts find the file of a font by its name in the template: as the printer does."""

    def find_font(name: str) -> FontFile:
        face = fonts.choose(name).face
        return FontFile(face.path, face.family)

    return find_font


def contents(publication: Publication) -> dict[str, bytes]:
    """The two files of `publication` by name, as `write_files` takes them."""
    data = (publication.docx, publication.pdf)
    return {f"{publication.name}{ending}": content for ending, content in zip(ENDINGS, data, strict=True)}


def write_files(folder: Path, files: dict[str, bytes]) -> list[Path]:
    """Writes `files`, by name, all whole or none: first under temporary names, then renamed. Raises `OSError`."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / name for name in files]
    with tempfile.TemporaryDirectory(prefix=f"{TEMPORARY}{os.getpid()}-", dir=folder) as waiting:
        written = [Path(waiting) / name for name in files]
        for temporary, content in zip(written, files.values(), strict=True):
            temporary.write_bytes(content)
        _replace_all(written, paths)
    return paths


def _replace_all(written: list[Path], paths: list[Path]) -> None:
    """Renames each of `written` to its path; where one cannot be, those before it become again what they were.

    What was there before is copied first, so that a full disk shows before anything has changed.
    """
    kept = {
        path: shutil.copy2(path, f"{new}.before") for new, path in zip(written, paths, strict=True) if path.is_file()
    }
    replaced: list[Path] = []
    try:
        for new, path in zip(written, paths, strict=True):
            os.replace(new, path)
            replaced.append(path)
    except OSError:
        for path in replaced:
            if path in kept:
                os.replace(kept[path], path)
            else:
                path.unlink()
        raise


def _remark(remark: Remark, accounts: Accounts) -> Finding:
    place = Place(template_path(accounts.edition).name, where=remark.place)
    return Finding(Code.NOT_PRINTED_AS_IN_WORD, remark.message, (place,), Severity.WARNING)
