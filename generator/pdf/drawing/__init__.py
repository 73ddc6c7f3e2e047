"""Drawing laid-out pages as a PDF."""

from generator.pdf.drawing.file import Heading, draw_pdf, heading_numbers, headings_of
