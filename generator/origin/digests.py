"""What a publication is made from, each part as a digest (SHA-256): equal digests give equal files.

A digest is of what counts, not of how it is written down: a comment in the department's file, the files over which an
edition is spread, and the times in a template's package change none.
"""

import hashlib
import json
from dataclasses import dataclass, fields, is_dataclass
from decimal import Decimal
from enum import Enum
from functools import cache, lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from generator.accounts import Accounts, Ledger
from generator.edition import Edition, template_path
from generator.findings import Place
from generator.kinds import last_year_file
from generator.pdf import FontLibrary, document_fonts
from generator.reading import plain
from generator.word import Package, UnreadableDocument

SHORT = 12
"""Characters of a digest that people are shown."""


@dataclass(frozen=True, slots=True)
class Origin:
    """What a publication was made from: names for people, digests for comparing."""

    source: str
    """Name of the department's file, without its folder."""
    department: str
    figures: str
    """Of the department's file as typed values, last year's file aside."""
    last_year: str
    """Of last year's figures where a file gave them; else empty."""
    edition: str
    template: str
    program: str
    fonts: str
    """Of the font files that this machine takes for the template's fonts."""
    draft: bool
    correction: int
    """How many corrections have been made since the first publication."""


def origin_of(accounts: Accounts, fonts: FontLibrary, *, draft: bool = False) -> Origin:
    """The origin of the publication of `accounts` that would be made now.

    A template that cannot be read is no matter here: filling it tells what is wrong.
    """
    template = _content(template_path(accounts.edition))
    previous = accounts.previous
    return Origin(
        source=Path(accounts.place.file).name,
        department=accounts.department,
        figures=_digest(_figures(accounts)),
        last_year=_digest([_edition(previous.ledger.edition), *_ledger(previous.ledger)]) if previous else "",
        edition=_digest(_edition(accounts.edition)),
        template=_digest(_parts(template)),
        program=_program(),
        fonts=_digest([[name, *_font_file(fonts, name)] for name in _fonts_asked(template)]),
        draft=draft,
        correction=len(accounts.corrections),
    )


def _digest(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _figures(accounts: Accounts) -> list[object]:
    entries = accounts.source.entries
    from_files = {
        field.name: plain(entries[field.name])
        for field in accounts.edition.fields
        if last_year_file(field, entries.get(field.name))
    }
    values = _canonical(accounts.values | from_files)
    corrections = _canonical(accounts.corrections)
    head = [accounts.department, accounts.year, accounts.unit.value]
    return [head, *_ledger(accounts.ledger), values, corrections]


def _ledger(ledger: Ledger) -> list[object]:
    """What the department stated, and the names of the subjects that it added."""
    known = {code for codes in ledger.edition.code_lists.values() for code in codes}
    own = {code: name for code, name in ledger.names.items() if code not in known}
    return [sorted([*cell, _canonical(stated.amount)] for cell, stated in ledger.stated.items()), own]


def _canonical(value: Any) -> object:
    """`value` as JSON can hold it: equal for equal values, however they were spelt, and free of places."""
    if isinstance(value, Decimal):
        return f"{value.normalize() or Decimal(0):f}"
    if isinstance(value, Enum):
        return value.name
    if isinstance(value, dict):
        return [[key, _canonical(entry)] for key, entry in value.items()]
    if isinstance(value, list | tuple):
        return [_canonical(entry) for entry in value]
    if isinstance(value, Place | BaseModel):  # a part of the edition has its own digest
        return None
    if is_dataclass(value):
        return [_canonical(getattr(value, field.name)) for field in fields(value)]
    return value if value is None or isinstance(value, str | int) else str(value)


def _edition(edition: Edition) -> object:
    return edition.model_dump(mode="json", exclude={"lineage"})


def _content(template: Path) -> bytes:
    try:
        return template.read_bytes()
    except OSError:
        return b""


def _parts(package: bytes) -> list[list[str]]:
    try:
        return sorted([name, hashlib.sha256(part).hexdigest()] for name, part in Package(package).parts.items())
    except UnreadableDocument:
        return [["", hashlib.sha256(package).hexdigest()]]


@cache
def _program() -> str:
    """The version, and a digest of the source: a checkout changes without its version."""
    try:
        number = version("juesuan")
    except PackageNotFoundError:
        number = "0"
    package = Path(__file__).parent.parent
    sources = sorted((path.relative_to(package).as_posix(), path) for path in package.rglob("*.py"))
    contents = hashlib.sha256()
    for name, path in sources:
        contents.update(f"{name}\n".encode())
        contents.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return f"{number} {contents.hexdigest()}"


@lru_cache(maxsize=8)
def _fonts_asked(template: bytes) -> tuple[str, ...]:
    try:
        return tuple(sorted(document_fonts(template)))
    except UnreadableDocument:
        return ()


def _font_file(fonts: FontLibrary, name: str) -> tuple[str, int]:
    path = fonts.choose(name).face.path
    return path.name, path.stat().st_size
