"""Reading a finished publication back, and holding its figures against those that it should have.

    wrong_figures_of_word(expected, found), wrong_figures_of_pdf(expected, found)

This room knows Word documents and PDFs, nothing of final accounts: `expected` is the publication made anew.
"""

from generator.readback.pages import drawn_texts, wrong_figures_of_pdf
from generator.readback.paragraphs import wrong_figures_of_word
from generator.readback.wrong_figures import Result
