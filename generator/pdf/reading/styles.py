"""Styles resolved: document defaults, chains of basedOn, theme fonts, toggles (ECMA-376 part 1, 17.7).

The levels, weakest first: document defaults, table style, paragraph style, numbering, character style, direct ones.
Every different combination is resolved once.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.pdf.content import ParagraphLook, RunLook
from generator.pdf.reading.properties import (
    TOGGLES,
    Values,
    merge_paragraph,
    paragraph_look,
    paragraph_values,
    run_values,
)
from generator.word import A, Element, child, child_value, value, w

Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Level:
    """What one style (with those it is based on) or one table condition says."""

    paragraph: Values = field(default_factory=dict)
    run: Values = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Condition:
    """One part of a table style (17.7.6): whole table, first row and so on; None where it has no such element."""

    level: Level
    table: Element | None
    cell: Element | None


NOTHING = Level()


def content_key(element: Element | None) -> Key:
    """A value that is equal for elements that say the same."""
    if element is None:
        return ()
    return tuple((one.tag, tuple(one.attrib.items()), content_key(one) if len(one) else ()) for one in element)


class TextStyle:
    """What text in one kind of paragraph looks like before its runs say anything."""

    def __init__(self, sheet: "StyleSheet", defaults: Values, levels: tuple[Values, ...]) -> None:
        self._sheet = sheet
        self._defaults = defaults
        self._levels = levels
        self._looks: dict[Key, RunLook] = {}

    def look(self, *said: Element | None) -> RunLook:
        """The look under run properties (w:rPr), later ones over earlier; None says nothing."""
        key = tuple(content_key(element) for element in said)
        look = self._looks.get(key)
        if look is None:
            look = self._looks[key] = self._sheet.shared_look(self._resolve(said))
        return look

    def _resolve(self, said: tuple[Element | None, ...]) -> Values:
        levels = [*self._levels]
        for element in said:
            style = child_value(element, "rStyle")
            if style is not None:
                levels.append(self._sheet.level(style).run)
        values = dict(self._defaults)
        for level in levels:
            values.update(level)
        for toggle in TOGGLES:
            raised = sum(bool(level.get(toggle)) for level in levels)
            values[toggle] = bool(self._defaults.get(toggle)) or raised % 2 == 1
        for element in said:
            values.update(run_values(element, self._sheet.theme))
        return values


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """The setting of a paragraph: its look, the style of its text, and the look of its end mark."""

    look: ParagraphLook
    text: TextStyle
    mark: RunLook


class StyleSheet:
    """The styles of a document. Missing parts mean Word's own defaults (10 pt Times New Roman)."""

    def __init__(self, styles: Element | None, theme: Element | None, settings: Element | None) -> None:
        self.theme = theme_fonts(theme, settings)
        defaults = child(styles, "docDefaults")
        self._run_defaults = run_values(child(child(defaults, "rPrDefault"), "rPr"), self.theme)
        self._paragraph_defaults = paragraph_values(child(child(defaults, "pPrDefault"), "pPr"))
        self._elements: dict[str, Element] = {}
        self._default_ids: dict[str, str] = {}
        for element in styles.iterfind(w("style")) if styles is not None else ():
            identity, kind = value(element, "styleId") or "", value(element, "type") or "paragraph"
            self._elements[identity] = element
            if value(element, "default") in ("1", "true", "on"):
                self._default_ids[kind] = identity
        self._levels: dict[str, Level] = {}
        self._texts: dict[Key, TextStyle] = {}
        self._looks: dict[Key, RunLook] = {}
        self._paragraphs: dict[Key, ParagraphStyle] = {}

    def default_style(self, kind: str) -> str:
        """The id of the default style of a kind (paragraph, table); empty where the document has none."""
        return self._default_ids.get(kind, "")

    def name(self, style: str) -> str:
        """The name of a style as Word shows it, lower case; empty for an unknown style."""
        return (child_value(self._elements.get(style), "name") or "").lower()

    def chain(self, style: str) -> list[Element]:
        """The elements of a style and those it is based on, the root first. A ring of basedOn ends where it closes."""
        found: list[Element] = []
        seen: set[str] = set()
        while style and style not in seen:
            seen.add(style)
            element = self._elements.get(style)
            if element is None:
                break
            found.append(element)
            style = child_value(element, "basedOn") or ""
        return found[::-1]

    def level(self, style: str) -> Level:
        """What a paragraph or character style says, with all it is based on."""
        level = self._levels.get(style)
        if level is None:
            level = Level()
            for element in self.chain(style):
                merge_paragraph(level.paragraph, paragraph_values(child(element, "pPr")))
                level.run.update(run_values(child(element, "rPr"), self.theme))
            self._levels[style] = level
        return level

    def table_conditions(self, style: str) -> dict[str, list[Condition]]:
        """The parts of a table style by condition (wholeTable, firstRow ...), those of its base styles first."""
        found: dict[str, list[Condition]] = {}
        for element in self.chain(style):
            parts = element.iterfind(w("tblStylePr"))
            for condition, part in [("wholeTable", element), *((value(one, "type") or "", one) for one in parts)]:
                level = Level(paragraph_values(child(part, "pPr")), run_values(child(part, "rPr"), self.theme))
                found.setdefault(condition, []).append(Condition(level, child(part, "tblPr"), child(part, "tcPr")))
        return found

    def paragraph(
        self, said: Element | None, table: Level, numbering: Mapping[tuple[int, int], Values]
    ) -> ParagraphStyle:
        """The setting of a paragraph with these w:pPr, inside a table of that style level.

        `numbering` gives what the list level (list id, level) says. It ranks just below the properties that name the
        list (17.9.23): a style that names a list overrides the list's indents, a direct list overrides the style's.
        """
        key = (content_key(said), id(table))
        found = self._paragraphs.get(key)
        if found is None:
            style = child_value(said, "pStyle") or self.default_style("paragraph")
            text = self._text(style, table)
            mark = text.look(child(said, "rPr"))
            found = self._paragraphs[key] = ParagraphStyle(self._look(said, style, table, numbering), text, mark)
        return found

    def _look(
        self, said: Element | None, style: str, table: Level, numbering: Mapping[tuple[int, int], Values]
    ) -> ParagraphLook:
        values = dict(self._paragraph_defaults)
        merge_paragraph(values, table.paragraph)
        elements = [child(element, "pPr") for element in self.chain(style)] + [said]
        for element in elements:
            spoken = paragraph_values(element)
            if "list_id" in spoken or "list_level" in spoken:
                place = (spoken.get("list_id", values.get("list_id", 0)), spoken.get("list_level", 0))
                merge_paragraph(values, numbering.get(place, {}))
            merge_paragraph(values, spoken)
        values["style"] = style
        if values.get("outline") is None:
            values["outline"] = self._heading_level(style)
        return paragraph_look(values)

    def _text(self, style: str, table: Level) -> TextStyle:
        key = (style, id(table))
        text = self._texts.get(key)
        if text is None:
            text = self._texts[key] = TextStyle(self, self._run_defaults, (table.run, self.level(style).run))
        return text

    def _heading_level(self, style: str) -> int | None:
        """The outline level that a built-in heading style has by its name alone."""
        name = self.name(style)
        number = name.removeprefix("heading ")
        return int(number) - 1 if number != name and number in "123456789" else None

    def shared_look(self, values: Values) -> RunLook:
        """The one RunLook of these values."""
        key = tuple(sorted(values.items(), key=lambda item: item[0]))
        look = self._looks.get(key)
        if look is None:
            look = RunLook(**{name: one for name, one in values.items() if name in RunLook.__slots__})
            self._looks[key] = look
        return look


def theme_fonts(theme: Element | None, settings: Element | None) -> dict[str, str]:
    """The fonts that theme names stand for (majorAscii, minorEastAsia ...), 17.3.2.26 and 20.1.4.1.16 ff."""
    found: dict[str, str] = {}
    if theme is None:
        return found
    east_asian = value(child(settings, "themeFontLang"), "eastAsia") or ""
    script = "Hant" if east_asian in ("zh-TW", "zh-HK", "zh-MO") else "Hans"
    for size in ("major", "minor"):
        fonts = theme.find(f".//{{{A}}}{size}Font")
        if fonts is None:
            continue
        latin, east_asia = fonts.find(f"{{{A}}}latin"), fonts.find(f"{{{A}}}ea")
        latin_name = latin.get("typeface", "") if latin is not None else ""
        east_name = east_asia.get("typeface", "") if east_asia is not None else ""
        if not east_name:
            by_script = {font.get("script"): font.get("typeface", "") for font in fonts.iterfind(f"{{{A}}}font")}
            east_name = by_script.get(script, "")
        found.update({f"{size}Ascii": latin_name, f"{size}HAnsi": latin_name, f"{size}EastAsia": east_name})
    return {name: font for name, font in found.items() if font}
