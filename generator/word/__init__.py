"""The Word document: the template filled, the official tables drawn, the 目录 written, packed alike each time."""

from generator.word.bookmarks import PageMarks
from generator.word.contents import write_heading_numbers, write_page_numbers
from generator.word.filling import fill_template
from generator.word.package import pack

__all__ = ["PageMarks", "fill_template", "pack", "write_heading_numbers", "write_page_numbers"]
