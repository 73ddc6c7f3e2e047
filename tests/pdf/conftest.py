"""Printing for the tests: with the fonts of the installation only, so that pages are the same on every machine."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pdfplumber
import pytest

from generator.pdf import FontLibrary, Printed, print_document


@dataclass(frozen=True)
class Read:
    """A printed document, and its pages read back by pdfplumber."""

    printed: Printed
    pages: list[Any]

    @property
    def text(self) -> str:
        return "\n".join(page.extract_text() for page in self.pages)

    def lines(self, page: int = 0) -> list[str]:
        return [line["text"] for line in self.pages[page].extract_text_lines()]

    def tops(self, page: int = 0) -> list[float]:
        """The tops of the lines of a page, in points from its top."""
        return [line["top"] for line in self.pages[page].extract_text_lines()]


@pytest.fixture(scope="session")
def fonts() -> FontLibrary:
    return FontLibrary.of_machine(())


@pytest.fixture
def printed(fonts: FontLibrary) -> Callable[[bytes], Read]:
    """Print a document and read it back."""

    def read(docx: bytes) -> Read:
        done = print_document(docx, fonts)
        return Read(done, pdfplumber.open(BytesIO(done.pdf)).pages)

    return read
