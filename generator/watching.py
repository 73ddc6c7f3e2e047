"""Making the draft again whenever one of the files that it is made from is saved."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from generator.accounts import Accounts, load_accounts
from generator.batch import read_head
from generator.correction import Entered, Versions, entries_changed, fields_changed
from generator.edition import load_edition, specification_path, template_path
from generator.findings import Finding, InvalidInput
from generator.pdf.fonts import FontLibrary
from generator.publish import publish

_State = tuple[int, int] | None
"""When a file was last written, in nanoseconds, and its size; `None` where it is not there."""


@dataclass(frozen=True, slots=True)
class Remade:
    """What followed from a change of the files."""

    changed: tuple[Path, ...]
    """The files that were saved; empty at the beginning."""
    made: tuple[Path, ...] = ()
    """The files of the draft; empty where it could not be made, and the one before stays."""
    entered: tuple[Entered, ...] = ()
    """What was entered differently since the file could last be read."""
    came: tuple[Finding, ...] = ()
    """Findings that were not there before."""
    went: tuple[Finding, ...] = ()
    """Findings that are no longer there."""
    left: int = 0
    """How many findings there are now."""
    seconds: float = 0.0


class Watch:
    """Watches a department's file, last year's that it names, the files of its edition and the template."""

    def __init__(self, file: Path, folder: Path, fonts: FontLibrary) -> None:
        """The draft goes to `folder`."""
        self._file, self._folder, self._fonts = file, folder, fonts
        self._states: dict[Path, _State] = {}
        self._accounts: Accounts | None = None
        self._findings: tuple[Finding, ...] = ()

    def look(self) -> Remade | None:
        """Makes the draft again where a file has changed since the last look; `None` where none has."""
        sources = self._sources()
        states = {path: _state_of(path) for path in sources}
        changed = tuple(path for path in sources if states[path] != self._states.get(path))
        if not changed:
            return None
        begun = time.perf_counter()
        changed = changed if self._states else ()
        self._states = states  # from before it is read: what is saved meanwhile shows at the next look
        remade = self._make(changed)
        gc.collect()
        return replace(remade, seconds=time.perf_counter() - begun)

    def _make(self, changed: tuple[Path, ...]) -> Remade:
        try:
            accounts = load_accounts(self._file)
        except InvalidInput as invalid:
            # Half-written, perhaps: what was found in the figures still stands.
            return Remade(changed, came=invalid.findings)
        entered: tuple[Entered, ...] = ()
        if self._accounts:
            versions = Versions(self._accounts, accounts)
            entered = (*entries_changed(versions), *fields_changed(versions))
        made: list[Path] = []
        try:
            made, found = publish(accounts, self._folder, self._fonts, draft=True, force=True)
        except InvalidInput as invalid:
            found = list(invalid.findings)
        came, went = _not_among(found, self._findings), _not_among(self._findings, found)
        self._accounts, self._findings = accounts, tuple(found)
        return Remade(changed, tuple(made), entered, came, went, left=len(found))

    def _sources(self) -> list[Path]:
        """The files that the draft is made from, as far as they can be told: those of before where they cannot."""
        head = read_head(self._file)
        try:
            edition = load_edition(head.edition) if head and head.edition else None
        except InvalidInput:
            edition = None
        if head is None or edition is None:
            return list(self._states) or [self._file]
        folders = [specification_path(load_edition(name)) for name in edition.lineage]
        specification = sorted(path for folder in folders for path in folder.glob("*.yaml"))
        last_year = [head.last_year] if head.last_year else []
        return [self._file, *last_year, template_path(edition), *specification]


def _state_of(path: Path) -> _State:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def _not_among(findings: Iterable[Finding], others: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those of `findings` that say what none of `others` does, wherever it stands in the file by now."""
    said = {(other.code, other.message) for other in others}
    return tuple(finding for finding in findings if (finding.code, finding.message) not in said)
