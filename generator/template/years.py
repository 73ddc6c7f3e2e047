"""Where a template writes a year out, instead of taking it from the data."""

from collections.abc import Iterator
from pathlib import Path

from generator.edition import mentions
from generator.filling import open_template, paragraphs, template_parts
from generator.findings import Place


def year_mentions(template: Path, year: int) -> Iterator[Place]:
    """The paragraphs of `template` that name `year`."""
    for part, root in template_parts(open_template(template)):
        for paragraph in paragraphs(root, part):
            if mentions(paragraph.text, year):
                yield Place(str(template), where=paragraph.place)
