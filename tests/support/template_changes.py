"""A Word template changed as a finance bureau changes it: paragraphs found, rewritten, put in."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from copies import ROOT
from docx.text.paragraph import Paragraph

TEMPLATE = ROOT / "templates" / "gz-2020.docx"
NAMESPACES = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
FOUND = re.compile(r"^(错误|提醒) (\w\d{3}) (.+)\n    (.+)$", re.MULTILINE)
"""A finding as the command shows it: severity, code, message, place."""
ASSETS = "截至{{ 年度 }}年12月31日"
PURCHASES = "{{ 年度 }}年本部门政府采购支出总额"
RUNNING_COSTS = "{{ 年度 }}年本部门机关运行经费支出"
"""The beginnings of paragraphs: the first two stand in a condition, the last in none."""
Change = Callable[[Any], None]


def at(document: Any, beginning: str) -> Paragraph:
    """The paragraph that begins so."""
    return next(paragraph for paragraph in document.paragraphs if paragraph.text.startswith(beginning))


def number_of(document: Any, paragraph: Paragraph) -> int:
    """The number of a paragraph of the body, from 1."""
    return [one._p for one in document.paragraphs].index(paragraph._p) + 1


def rewrite(beginning: str, *replacements: tuple[str, str]) -> Change:
    """A change of one paragraph's text."""

    def change(document: Any) -> None:
        paragraph = at(document, beginning)
        for old, new in replacements:
            assert old in paragraph.text
            paragraph.text = paragraph.text.replace(old, new)

    return change


def insert(before: str, *texts: str) -> Change:
    """A change that puts paragraphs before the one that begins so."""

    def change(document: Any) -> None:
        for text in texts:
            at(document, before).insert_paragraph_before(text)

    return change
