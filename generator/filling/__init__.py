"""The Word document: the template filled, the official tables drawn, the 目录 written, packed alike each time."""

from generator.filling.contents import write_heading_numbers, write_page_numbers
from generator.filling.filling import fill_template

__all__ = ["fill_template", "write_heading_numbers", "write_page_numbers"]
