"""Fonts of a printed document: finding them, measuring with them, and embedding them in the PDF.

Every face that a library returns is known to reportlab by its name:

    choice = FontLibrary.of_machine().choose("仿宋", bold=True)
    canvas.setFont(choice.face.name, 16)
    canvas.drawString(72, 720, "部门决算")

Read in the order of use: `official` (the names), `installed` (the machine's files), `library` (the choice), `face` (the
measures), `embedding` and `objects` (the PDF).
"""

from generator.pdf.fonts.face import Face, MissingCharacterError
from generator.pdf.fonts.library import BOLD_STROKE, SLANT, FontChoice, FontLibrary
