"""What the readers of all parts of one document share."""

from dataclasses import dataclass, field

from generator.pdf.content import written
from generator.pdf.reading.drawings import Media
from generator.pdf.reading.numbering import Numbering
from generator.pdf.reading.revisions import Revised
from generator.pdf.reading.styles import StyleSheet
from generator.pdf.remarks import Remarks
from generator.word import Element, Package, value, whole


@dataclass(slots=True)
class NoteNumbers:
    """The notes of one kind referred to so far, numbered in order; `current` is the number of the one being read.

    A note with a mark of its own, which stands in the text beside the reference, has no number.
    """

    style: str = "decimal"
    numbers: dict[int, str] = field(default_factory=dict)
    current: str = ""

    def refer(self, reference: Element) -> tuple[int, str] | None:
        """The note of a w:footnoteReference or w:endnoteReference and its number."""
        note = whole(value(reference, "id"))
        if note is None:
            return None
        if value(reference, "customMarkFollows") in ("1", "true", "on"):
            return note, self.numbers.setdefault(note, "")
        return note, self.numbers.setdefault(note, written(sum(map(bool, self.numbers.values())) + 1, self.style))


@dataclass(slots=True)
class Shared:
    """What is known of the document as a whole, and what its readers find for all of it."""

    package: Package
    styles: StyleSheet
    numbering: Numbering
    remarks: Remarks
    footnotes: NoteNumbers
    endnotes: NoteNumbers
    media: Media
    revised: Revised | None
    """How tracked changes look; None where they are taken as accepted."""
