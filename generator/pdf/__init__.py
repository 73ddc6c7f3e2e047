"""Printing a finished Word document as a PDF, by laying out its pages ourselves.

    printed = print_document(docx, FontLibrary.of_machine())
    printed.pdf, printed.bookmark_pages, printed.remarks

One way through: `reading` makes values (`content`) of the file, `layout` gives them their place, `drawing` draws them.
"""

from generator.pdf.fonts import FontLibrary
from generator.pdf.printing import MissingCharacters, Printed, document_fonts, print_document
from generator.pdf.remarks import Remark
