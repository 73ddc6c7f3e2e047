"""What a document's styles are called, and which of them are headings."""

from generator.word.measures import whole
from generator.word.names import Element, child, child_value, value, w

_BODY_TEXT = 9  # the outline level of what is no heading, counted from 0


def style_of(paragraph: Element) -> str:
    """The style id of a paragraph; empty for the default one."""
    return child_value(child(paragraph, "pPr"), "pStyle") or ""


def table_style_of(table: Element) -> str:
    """The style id of a table; empty for the default one."""
    return child_value(child(table, "tblPr"), "tblStyle") or ""


def styles_of(styles: Element | None) -> dict[str, Element]:
    """Each w:style of the styles part by its id."""
    found = styles.iterchildren(w("style")) if styles is not None else ()
    return {value(style, "styleId") or "": style for style in found}


def style_names(styles: Element | None) -> dict[str, str]:
    """The name of each style by its id."""
    return {identity: child_value(style, "name") or "" for identity, style in styles_of(styles).items()}


def named_styles(styles: Element | None) -> dict[str, Element]:
    """Each w:style by its name."""
    return {child_value(style, "name") or "": style for style in styles_of(styles).values()}


def outline_levels(styles: Element | None) -> dict[str, int]:
    """The heading level, from 1, of each style that has one, itself or by the style that it is based on."""
    known = styles_of(styles)
    levels = {identity: _outline_level(identity, known) for identity in known}
    return {identity: level + 1 for identity, level in levels.items() if level < _BODY_TEXT}


def _outline_level(identity: str, styles: dict[str, Element]) -> int:
    for _ in styles:
        if identity not in styles:
            break
        level = whole(child_value(child(styles[identity], "pPr"), "outlineLvl"))
        if level is not None:
            return level
        identity = child_value(styles[identity], "basedOn") or ""
    return _BODY_TEXT
