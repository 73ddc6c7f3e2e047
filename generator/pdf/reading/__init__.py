"""Reading a Word document into values."""

from generator.pdf.reading.document import read_document
