"""Text that Word hides: by a run itself, by its character style, by the style of its paragraph or table.

Hidden in print is w:vanish; w:webHidden hides on a web page only, and w:specVanish joins the heading and the text of a
line (ECMA-376 part 1, 17.3.2). Index and contents entries are fields that Word hides itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.word.changes import complete, drop_emptied, join_with_next
from generator.word.names import (
    BOOKMARK,
    FIELD_MARK,
    INSTRUCTION,
    MC,
    PARAGRAPH,
    PARAGRAPH_PROPERTIES,
    PICTURES,
    ROW,
    RUN,
    RUN_PROPERTIES,
    SECTION,
    TABLE,
    Element,
    M,
    child,
    child_value,
    remove,
    switched_on,
    value,
    w,
)
from generator.word.styles import style_of, styles_of, table_style_of

_ENTRY = re.compile(r"\s*(XE|TC|TA|RD)\b")
_RUNS = (RUN, f"{{{M}}}r")
_ALTERNATE = f"{{{MC}}}AlternateContent"
_UNSEEN = (PARAGRAPH_PROPERTIES, BOOKMARK, w("bookmarkEnd"), w("proofErr"))
_YES = ("1", "true", "on")


class HiddenText:
    """Finds what is hidden in the parts of a document with these `styles` (w:styles; None: it has none)."""

    def __init__(self, styles: Element | None) -> None:
        self._styles = styles_of(styles)
        defaults = child(child(child(styles, "docDefaults"), "rPrDefault"), "rPr")
        self._by_default = switched_on(child(defaults, "vanish"))
        self._default_ids = {
            value(style, "type") or "paragraph": identity
            for identity, style in self._styles.items()
            if value(style, "default") in _YES
        }
        self._said: dict[str, bool] = {}

    def found(self, root: Element) -> list[Element]:
        """The runs and drawings of a part that are hidden; index and contents entries aside."""
        return [*self._runs(root), *_hidden_drawings(root)]

    def drop(self, root: Element) -> None:
        """Takes what is hidden out of a part: runs, and paragraphs and rows of which nothing else is left."""
        marks = [paragraph for paragraph in root.iter(PARAGRAPH) if self._hides_mark(paragraph)]
        found = self.found(root)
        if not found and not marks:
            return
        emptied = {paragraph for one in found for paragraph in one.iterancestors(PARAGRAPH)}
        for one in found:
            remove(one)
        drop_emptied(root)
        for paragraph in marks:
            is_empty = all(part.tag in _UNSEEN for part in paragraph)
            if _section(paragraph) is None and (paragraph in emptied or not is_empty):
                join_with_next(paragraph)
        for row in list(root.iter(ROW)):
            if switched_on(child(child(row, "trPr"), "hidden")) and not _shows(row):
                remove(row)
        drop_emptied(root)
        complete(root)

    def _runs(self, root: Element) -> Iterator[Element]:
        """The hidden runs, a field as a whole: what begins or ends a field that is seen stays."""
        open_: list[list[Element]] = []
        for run in root.iter(*_RUNS):
            if next(run.iter(FIELD_MARK, INSTRUCTION), None) is None:
                if open_:
                    open_[-1].append(run)
                elif self._hides(run):
                    yield run
                continue
            for mark in run.iter(FIELD_MARK, INSTRUCTION):
                kind = value(mark, "fldCharType")
                if kind == "begin":
                    open_.append([])
                if open_ and (not open_[-1] or open_[-1][-1] is not run):
                    open_[-1].append(run)
                if kind == "end" and open_:
                    yield from self._of_field(open_.pop())
        for runs in open_:
            yield from self._of_field(runs)

    def _of_field(self, runs: list[Element]) -> Iterator[Element]:
        hidden = [run for run in runs if self._hides(run)]
        if len(hidden) == len(runs):
            instruction = "".join(text.text or "" for run in runs for text in run.iter(INSTRUCTION))
            yield from () if _ENTRY.match(instruction) else hidden
        else:
            yield from (run for run in hidden if next(run.iter(FIELD_MARK, INSTRUCTION), None) is None)

    def _hides(self, run: Element) -> bool:
        properties = child(run, "rPr")
        paragraph = next(run.iterancestors(PARAGRAPH), None)
        return self._is_hidden(properties, paragraph)

    def _hides_mark(self, paragraph: Element) -> bool:
        properties = child(child(paragraph, "pPr"), "rPr")
        if switched_on(child(properties, "specVanish")):
            return False
        return self._is_hidden(properties, paragraph)

    def _is_hidden(self, properties: Element | None, paragraph: Element | None) -> bool:
        direct = child(properties, "vanish")
        if direct is not None:
            return switched_on(direct)
        styles = [child_value(properties, "rStyle") or ""]
        if paragraph is not None:
            styles.append(style_of(paragraph) or self._default_ids.get("paragraph", ""))
            table = next(paragraph.iterancestors(TABLE), None)
            styles.append(table_style_of(table) if table is not None else "")
        # A toggle: styles of several levels that say it switch it off again (17.7.3).
        return self._by_default or sum(map(self._says, styles)) % 2 == 1

    def _says(self, identity: str) -> bool:
        if identity not in self._said:
            self._said[identity] = self._looked_up(identity)
        return self._said[identity]

    def _looked_up(self, identity: str) -> bool:
        for _ in self._styles:
            if identity not in self._styles:
                break
            vanish = child(child(self._styles[identity], "rPr"), "vanish")
            if vanish is not None:
                return switched_on(vanish)
            identity = child_value(self._styles[identity], "basedOn") or ""
        return False


def _hidden_drawings(root: Element) -> Iterator[Element]:
    """Shapes and pictures that are hidden in Word's selection pane, with what says the same for other programs."""
    for one in root.iter(*PICTURES):
        if any(named.get("hidden") in _YES for named in one.iterfind("*/{*}docPr")) or _is_invisible(one):
            above = one.getparent()
            alternate = above.getparent() if above is not None else None
            yield alternate if alternate is not None and alternate.tag == _ALTERNATE else one


def _is_invisible(picture: Element) -> bool:
    shape = next((part for part in picture if isinstance(part.tag, str) and part.get("style")), None)
    return shape is not None and "visibility:hidden" in (shape.get("style") or "").replace(" ", "")


def _section(paragraph: Element) -> Element | None:
    properties = child(paragraph, "pPr")
    return None if properties is None else properties.find(SECTION)


def _shows(row: Element) -> bool:
    return any(part.tag != RUN_PROPERTIES for run in row.iter(*_RUNS) for part in run)
