"""Word's automatic numbering: what stands before a paragraph of a list (ECMA-376 part 1, 17.9)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from generator.pdf.content import known, written
from generator.pdf.reading.properties import Values, paragraph_values
from generator.pdf.reading.styles import StyleSheet
from generator.word import Element, child, child_value, switched_on, value, w, whole

LEVELS = 9


@dataclass(frozen=True, slots=True)
class ListLevel:
    """One level of a list: how its numbers are written, where it starts, what the paragraph and label look like."""

    style: str
    text: str
    suffix: str
    start: int
    restart: int | None
    legal: bool
    paragraph: Values
    run: Element | None


@dataclass(frozen=True, slots=True)
class ListLabel:
    """The text before a paragraph of a list; `suffix` is tab, space or nothing."""

    text: str
    suffix: str
    run: Element | None


def _level(element: Element) -> ListLevel:
    picture = child(element, "lvlPicBulletId") is not None
    return ListLevel(
        style=child_value(element, "numFmt") or "decimal",
        text="•" if picture else child_value(element, "lvlText") or "",
        suffix=child_value(element, "suff") or "tab",
        start=whole(child_value(element, "start")) or 0,
        restart=whole(child_value(element, "lvlRestart")),
        legal=switched_on(child(element, "isLgl")),
        paragraph=paragraph_values(child(element, "pPr")),
        run=child(element, "rPr"),
    )


class Numbering:
    """The lists of a document and the state of their counters, in document order."""

    def __init__(self, root: Element | None, styles: StyleSheet) -> None:
        self._styles = styles
        self._lists: dict[int, tuple[int, dict[int, ListLevel]]] = {}
        self._starts: dict[tuple[int, int], int] = {}
        self._counts: dict[int, list[int | None]] = {}
        self._begun: set[tuple[int, int]] = set()
        abstract = {}
        for element in root.iterfind(w("abstractNum")) if root is not None else ():
            abstract[whole(value(element, "abstractNumId"))] = element
        by_style = {child_value(element, "styleLink"): element for element in abstract.values()}
        for element in root.iterfind(w("num")) if root is not None else ():
            identity, base_id = whole(value(element, "numId")), whole(child_value(element, "abstractNumId"))
            base = abstract.get(base_id)
            linked = child_value(base, "numStyleLink")
            base = by_style.get(linked, base) if linked else base
            if identity is None or base is None or base_id is None:
                continue
            levels = {whole(value(one, "ilvl")) or 0: _level(one) for one in base.iterfind(w("lvl"))}
            for override in element.iterfind(w("lvlOverride")):
                at = whole(value(override, "ilvl")) or 0
                own = child(override, "lvl")
                if own is not None:
                    levels[at] = _level(own)
                start = whole(child_value(override, "startOverride"))
                if start is not None:
                    self._starts[identity, at] = start
            self._lists[identity] = (base_id, levels)

    @property
    def paragraphs(self) -> Mapping[tuple[int, int], Values]:
        """What each (list id, level) says about its paragraphs."""
        return {
            (identity, at): level.paragraph
            for identity, (_, levels) in self._lists.items()
            for at, level in levels.items()
        }

    def unknown_formats(self) -> list[str]:
        """Number formats that print as Arabic digits, in a fixed order."""
        used = {level.style for _, levels in self._lists.values() for level in levels.values()}
        return sorted(style for style in used if style != "bullet" and not known(style))

    def next(self, list_id: int, at: int) -> ListLabel | None:
        """Count on a list and give the label of its next paragraph; None where the list is unknown or off (id 0)."""
        base_id, levels = self._lists.get(list_id, (0, {}))
        level = levels.get(at)
        if level is None:
            return None
        counts = self._counts.setdefault(base_id, [None] * LEVELS)
        self._count(list_id, at, levels, counts)
        if level.style == "bullet":
            return ListLabel(level.text, level.suffix, level.run)

        def place(match: "re.Match[str]") -> str:
            of = int(match[1]) - 1
            shown = levels.get(of)
            if shown is None:
                return ""
            count = counts[of] if counts[of] is not None else shown.start
            style = "decimal" if level.legal and of < at else shown.style
            return written(count or 0, style)

        return ListLabel(re.sub(r"%([1-9])", place, level.text), level.suffix, level.run)

    def _count(self, list_id: int, at: int, levels: dict[int, ListLevel], counts: list[int | None]) -> None:
        override = self._starts.get((list_id, at))
        current = counts[at]
        if override is not None and (list_id, at) not in self._begun:
            self._begun.add((list_id, at))
            counts[at] = override
        else:
            counts[at] = levels[at].start if current is None else current + 1
        for deeper in range(at + 1, LEVELS):
            restart = levels[deeper].restart if deeper in levels else None
            # By default a level starts anew after any higher one; lvlRestart names the level that does it, 0 none.
            if restart is None or (restart != 0 and at < restart):
                counts[deeper] = None
