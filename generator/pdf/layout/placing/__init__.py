"""Placing: slabs fill pages, and everything on a page has its place."""

from generator.pdf.layout.placing.bars import draw_change_bars
from generator.pdf.layout.placing.pages import lay_out, marked_sheets
