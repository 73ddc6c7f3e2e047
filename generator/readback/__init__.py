"""Reading a finished publication back, and holding its figures against those that it should have.

    differences_of_word(expected, found), differences_of_pdf(expected, found)

This room knows Word documents and PDFs, nothing of final accounts: `expected` is the publication made anew.
"""

from generator.readback.difference import Difference, Result
from generator.readback.pages import differences_of_pdf, drawn_texts
from generator.readback.paragraphs import differences_of_word

__all__ = ["Difference", "Result", "differences_of_pdf", "differences_of_word", "drawn_texts"]
