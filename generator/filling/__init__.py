"""The Word document: the template filled, the official tables drawn, the 目录 written, packed alike each time."""

from generator.filling.contents import write_heading_numbers, write_page_numbers
from generator.filling.filling import describe, fill_template
from generator.filling.free_tables import FREE_TABLE_STYLES
from generator.filling.rendering import open_template, render
from generator.filling.tables import STYLES, TABLE
from generator.filling.tags import (
    Tag,
    TaggedParagraph,
    paragraphs,
    tag_faults,
    tags_of,
    template_parts,
    words_between_tags,
)
