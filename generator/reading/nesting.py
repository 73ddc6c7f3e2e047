"""Which entry stands below which, told by their indentation; one that is misplaced does not mislead those after it."""

from __future__ import annotations

from generator.reading.entries import ITEM, KEY, TEXT, Entry

_DEEPEST = 50
"""What is nested further was not written by hand."""


class Nesting:
    """Takes the entries line by line; `top` holds those without indentation."""

    def __init__(self, top: Entry) -> None:
        self._open = [top]
        self._paths: dict[Entry, list[Entry]] = {}
        """What was open before an entry that begins a line."""

    def place(self, entries: list[Entry]) -> Entry:
        """Puts those of a line, one in the other, where the first belongs; returns what is open then."""
        home = self._home(entries[0])
        self._paths[entries[0]] = self._open
        self._open = self._open[: self._open.index(home) + 1]
        for entry in entries:
            self._open[-1].below.append(entry)
            if not entry.value:
                self.open(entry)
        return self._open[-1]

    def open(self, entry: Entry) -> None:
        """Lets others stand below `entry`, the last one."""
        if len(self._open) < _DEEPEST:
            self._open.append(entry)

    def _home(self, entry: Entry) -> Entry:
        """What `entry` stands below: where others stand as far left, else the innermost that can hold it."""
        last = self._open[-1]
        if not last.below and (_holds(last, entry) or self._is_shifted(last, entry)):
            return last
        holders = [parent for parent in reversed(self._open) if _holds(parent, entry) or _is_beside(parent, entry)]
        if aligned := next((parent for parent in holders if _is_aligned(entry, parent)), None):
            return aligned
        return self._reopened(entry) or self._headed(entry) or _nearest(entry, holders)

    def _headed(self, entry: Entry) -> Entry | None:
        """The text above `entry` where that is further in: a name without its colon."""
        text = self._open[-1].below[-1] if self._open[-1].below else entry
        if text.mark != TEXT or text.depth >= entry.depth:
            return None
        self.open(text)
        return text

    def _is_shifted(self, last: Entry, entry: Entry) -> bool:
        """Whether the name `last` is further in than its likes, so far that what belongs below it is beside it."""
        family = self._open[-2].below if len(self._open) > 1 else []
        return bool(family) and last.mark == KEY and entry.depth == last.depth > family[0].depth

    def _reopened(self, entry: Entry) -> Entry | None:
        """What an entry shut that holds nothing like `entry`, but where others stand as far left: it is misplaced."""
        for home in reversed(self._open):
            odd = home.below[-1] if home.below else home
            if not (odd.value or _cannot_hold(odd, entry)):
                continue
            before = self._paths.get(odd, [])
            shut = [parent for parent in reversed(before) if parent not in self._open]
            for found in shut:
                if not (_is_aligned(entry, found) or (odd.value and found is shut[0] and not found.below)):
                    continue
                self._open = before[: before.index(found) + 1]
                # Beside items it lacks a mark and not blanks.
                if odd.mark == ITEM or home.below[0].mark != ITEM:
                    found.below.append(home.below.pop())
                return found
        return None


def _cannot_hold(odd: Entry, entry: Entry) -> bool:
    """Whether `entry` is as `odd` and not as what stands below that, and less far in."""
    return bool(odd.below) and odd.mark == entry.mark != odd.below[0].mark and entry.depth < odd.below[0].depth


def _is_beside(parent: Entry, entry: Entry) -> bool:
    """Whether `entry` stands as far left as all below `parent`, which may be as far left itself."""
    return bool(parent.below) and parent.below[0].depth == parent.below[-1].depth and _is_aligned(entry, parent)


def _nearest(entry: Entry, holders: list[Entry]) -> Entry:
    """The one of `holders`, the innermost first, that a misplaced `entry` was most likely meant to stand below."""
    innermost, *outer = holders
    family = innermost.below
    if entry.mark == ITEM and family and family[0].mark == KEY:
        return next((parent for parent in outer if parent.below and parent.below[0].mark == ITEM), innermost)
    if (
        outer
        and family
        and entry.mark == innermost.mark
        and family[0].depth - entry.depth > entry.depth - innermost.depth
    ):
        return outer[0]
    return innermost


def _is_aligned(entry: Entry, parent: Entry) -> bool:
    """Whether `entry` stands as far left as those of its kind below `parent`."""
    ends = (parent.below[0], parent.below[-1]) if parent.below else ()
    return any(one.depth == entry.depth and (one.mark == ITEM) == (entry.mark == ITEM) for one in ends)


def _holds(parent: Entry, entry: Entry) -> bool:
    """Whether `entry` is deep enough to stand below `parent`; items may stand as far left as the key above them."""
    if entry.mark == ITEM and parent.mark == KEY and parent.depth == entry.depth:
        return not parent.below or parent.below[0].mark == ITEM
    return parent.depth < entry.depth
