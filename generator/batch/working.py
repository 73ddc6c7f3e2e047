"""What a worker process does: one department after the other, with all that is the same for them kept at hand."""

import gc
import re
import time
from dataclasses import dataclass, replace
from pathlib import Path

from generator.accounts import load_accounts
from generator.batch.departments import Department
from generator.batch.outcome import Outcome, Stage
from generator.batch.sums import contribution_of
from generator.edition import use_editions
from generator.findings import Code, Finding, InvalidInput, Place
from generator.pdf.fonts import FontLibrary
from generator.publish import publication_files, publish

_PAGES = re.compile(rb"/Count (\d+)")


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked of a batch, for every department the same."""

    folder: Path
    """Where the publications go."""
    editions: Path | None = None
    """Editions of the user's own."""
    draft: bool = False
    force: bool = False
    """Whether what is current is made again."""


class Workshop:
    """Makes the publications of departments. What was loaded for one is there for the next."""

    def __init__(self, order: Order) -> None:
        self._order = order
        self._fonts = FontLibrary.of_machine()
        use_editions(order.editions)
        # What is here now stays: looking through it for cycles would take longer than a department's own.
        gc.disable()
        gc.freeze()

    def __call__(self, department: Department) -> Outcome:
        """What became of `department`; whatever goes wrong is a finding, so that the next one has its turn."""
        begun = time.perf_counter()
        try:
            outcome = self._make(department)
        except InvalidInput as invalid:
            outcome = Outcome(department, Stage.INVALID, invalid.findings)
        except Exception as error:  # a fault of this program; the other departments are not to suffer for it
            finding = broke_down(department, f"{type(error).__name__}: {error}")
            outcome = Outcome(department, Stage.FAILED, (finding,))
        gc.collect()
        return replace(outcome, seconds=time.perf_counter() - begun)

    def _make(self, department: Department) -> Outcome:
        order = self._order
        accounts = load_accounts(department.file)
        made, findings = publish(accounts, order.folder, self._fonts, draft=order.draft, force=order.force)
        state = Stage.CURRENT if not made else Stage.DRAFTED if order.draft else Stage.MADE
        files = publication_files(accounts, order.folder)
        pages = next((_pages(path) for path in files if path.suffix == ".pdf"), 0)
        names = tuple(path.name for path in files)
        return Outcome(department, state, tuple(findings), names, pages, figures=contribution_of(accounts, findings))


def broke_down(department: Department, what: str) -> Finding:
    """What is said where the program failed at `department`."""
    message = (
        f"处理这个文件时程序出错（{what}）：没有改动它的公开文本，其他部门不受影响。请把这个文件交给程序的维护人员。"
    )
    return Finding(Code.BROKE_DOWN, message, (Place(str(department.file)),))


def _pages(pdf: Path) -> int:
    """How many pages `pdf`, which this program wrote, has: its tree of pages says so in plain text."""
    return max((int(count) for count in _PAGES.findall(pdf.read_bytes())), default=0)
