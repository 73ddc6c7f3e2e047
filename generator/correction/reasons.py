"""Which correction of the file gives the reason of which change."""

from __future__ import annotations

import re
from collections.abc import Iterable

from generator.accounts import Accounts, Correction
from generator.correction.entered import Entered
from generator.edition import TABLES
from generator.findings import Code, Finding, Severity, in_words

_ITEM = re.compile(r"第?\s*([0-9]+)\s*项?")
_CODE = re.compile(r"([0-9]{3,7})(?:\s.*)?")


class Reasons:
    """The corrections that the new version adds to those of the old one."""

    def __init__(self, old: Accounts, new: Accounts) -> None:
        self._old = old.corrections
        self._new = new.corrections
        self.corrections = tuple(one for one in new.corrections if _said(one) not in set(map(_said, old.corrections)))

    def of(self, changes: Iterable[Entered]) -> list[Correction]:
        """The corrections that speak of any of `changes`, in the order of the file."""
        known = list(changes)
        return [one for one in self.corrections if any(_speaks_of(one, change) for change in known)]

    def findings(self, entered: list[Entered], *, required: bool) -> list[Finding]:
        """What is wrong with the corrections; `required`: a change without a reason is an error."""
        severity = Severity.ERROR if required else Severity.WARNING
        return [
            *(_no_reason(change, severity) for change in entered if not self.of([change])),
            *(_nothing_changed(one, path) for one in self.corrections for path in one.paths if not _any(path, entered)),
            *self._history(),
        ]

    def _history(self) -> list[Finding]:
        found = []
        kept = set(map(_said, self._new))
        if lost := [one for one in self._old if _said(one) not in kept]:
            message = f"旧文件里 {lost[0].date} 的更正“{lost[0].reason}”在新文件里没有了或改了：以前的更正请原样保留。"
            found.append(Finding(Code.HISTORY_CHANGED, message, (lost[0].place,), Severity.WARNING))
        for one, following in zip(self._new, self._new[1:], strict=False):
            if following.date < one.date:
                message = f"更正的日期 {following.date} 比前一次的 {one.date} 早：请按先后排列，新的写在后面。"
                found.append(Finding(Code.LATER_FIRST, message, (following.place,), Severity.WARNING))
        return found


def _said(correction: Correction) -> tuple[object, ...]:
    return correction.date, correction.reason, correction.paths


def _no_reason(change: Entered, severity: Severity) -> Finding:
    path = in_words(change.path, "/")
    message = f"“{change.name}”改了，“更正”里没有说明原因：请补一项，位置写 {path}（或它的上级）。"
    place = change.new_place or change.old_place
    return Finding(Code.NO_REASON, message, (place,) if place else (), severity)


def _nothing_changed(correction: Correction, path: tuple[str, ...]) -> Finding:
    message = f"更正的位置“{'/'.join(path)}”没有变动：请核对位置的写法，或删去。"
    return Finding(Code.NOTHING_CHANGED, message, (correction.place,), Severity.WARNING)


def _any(path: tuple[str, ...], entered: list[Entered]) -> bool:
    return any(_leads_to(path, change) for change in entered)


def _speaks_of(correction: Correction, change: Entered) -> bool:
    return any(_leads_to(path, change) for path in correction.paths)


def _leads_to(path: tuple[str, ...], change: Entered) -> bool:
    """Whether `path`, as a correction writes it, is where `change` is, or a part of the file that holds it."""
    steps = path[1:] if path[0] == TABLES else path
    if len(steps) > len(change.path):
        return False
    return all(_same(said, step) for said, step in zip(steps, change.path, strict=False))


def _same(said: str, step: str | int) -> bool:
    if isinstance(step, int):
        item = _ITEM.fullmatch(said)
        return item is not None and int(item[1]) == step + 1
    code = _CODE.fullmatch(said)
    return said.replace(" ", "") == step.replace(" ", "") or (code is not None and code[1] == step)
