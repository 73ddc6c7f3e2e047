"""A face as reportlab's canvas uses it, by reportlab's protocol for fonts that grow with the text.

reportlab's own `TTFont` takes TrueType only and splits it into fonts of 256 glyphs. Here a face becomes one Type 0 font
with Identity-H (PDF 32000-1, 9.7), whether its outlines are TrueType or CFF: the two bytes written for a character are
the CID of its glyph, so no encoding needs to be embedded, and every reader shows it.

Several characters may share a glyph (a space and a no-break space; · and • in some fonts), but a code can be turned
back into one text only. The second of them is written through a second Type 0 font, a "layer", which has its own
ToUnicode and shares all the rest with the first: copied text is exactly what was written, nothing is embedded twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from weakref import WeakKeyDictionary

from reportlab.pdfbase import pdfmetrics

from generator.pdf.fonts.face import Face
from generator.pdf.fonts.objects import write_font


@dataclass(slots=True)
class _Usage:
    """What one document uses of a face."""

    codes: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    """Layer and two-byte code of each character."""
    layers: list[dict[int, str]] = field(default_factory=lambda: [{}])
    """The character of each CID, by layer."""
    glyphs: dict[int, int] = field(default_factory=dict)
    """The glyph number of each CID."""
    internal_name: str = ""


class CompositeFont:
    """A face as reportlab's canvas uses it: `setFont(face.name, size)`, then any text operation.

    What a document uses is kept by document, so several can be written at the same time.
    """

    # reportlab: ask splitString for the codes of a text, and addObjects for the font at the end
    _dynamicFont = 1  # noqa: N815
    # reportlab: measure with this class's stringWidth
    _multiByte = 1  # noqa: N815
    shapable = False

    def __init__(self, face: Face) -> None:
        self.face = face
        self.fontName = face.name
        self._usages: WeakKeyDictionary[Any, _Usage] = WeakKeyDictionary()

    def stringWidth(self, text: str | bytes, size: float, encoding: str = "utf-8") -> float:
        """Return the width of `text` in points. Raises MissingCharacterError."""
        return self.face.width(text if isinstance(text, str) else text.decode(encoding)) * size

    def splitString(self, text: str, doc: Any) -> list[tuple[int, bytes]]:
        """Return `text` as runs of (layer, codes). Raises MissingCharacterError."""
        usage = self._usage(doc)
        codes = usage.codes
        runs: list[tuple[int, bytearray]] = []
        current = -1
        for character in text:
            layer, code = codes.get(character) or self._assign(character, usage)
            if layer != current:
                current = layer
                runs.append((layer, bytearray()))
            runs[-1][1].extend(code)
        return [(layer, bytes(run)) for layer, run in runs]

    def getSubsetInternalName(self, layer: int, doc: Any) -> str:
        """Return the name by which pages refer to a layer, and have `addObjects` called when the document ends."""
        usage = self._usage(doc)
        if not usage.internal_name:
            usage.internal_name = f"F{len(doc.fontMapping) + 1}"
            doc.fontMapping[self.fontName] = "/" + usage.internal_name
            doc.delayedFonts.append(self)
        return f"/{usage.internal_name}+{layer}"

    def addObjects(self, doc: Any) -> None:
        """Write the font's objects: the glyphs that the document used, their widths, and their characters."""
        usage = self._usages.pop(doc)
        write_font(doc, self.face, usage.internal_name, usage.glyphs, usage.layers)

    def _usage(self, doc: Any) -> _Usage:
        usage = self._usages.get(doc)
        if usage is None:
            usage = self._usages[doc] = _Usage()
        return usage

    def _assign(self, character: str, usage: _Usage) -> tuple[int, bytes]:
        """Give `character` the code of its glyph, in the first layer in which no other character has it."""
        glyph = self.face.required_glyph(character)
        cid = self._cids[glyph]
        layer = next((n for n, characters in enumerate(usage.layers) if cid not in characters), len(usage.layers))
        if layer == len(usage.layers):
            usage.layers.append({})
        usage.layers[layer][cid] = character
        usage.glyphs[cid] = glyph
        code = usage.codes[character] = (layer, cid.to_bytes(2))
        return code

    @cached_property
    def _cids(self) -> Sequence[int]:
        """The CID of each glyph: the charset's in a CID-keyed font, the glyph's own number in all others."""
        collection = self.face.collection
        return collection.cids if collection else range(self.face.harfbuzz.glyph_count)


def register(face: Face) -> None:
    """Make `face.name` known to reportlab. Doing it again changes nothing."""
    pdfmetrics.registerFont(CompositeFont(face))
