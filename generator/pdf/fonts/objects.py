"""The objects that a composite font consists of in a PDF (PDF 32000-1, 9.7 to 9.10), its subset file included."""

import hashlib
import struct
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import uharfbuzz as harfbuzz
from reportlab.pdfbase.pdfdoc import PDFArrayCompact, PDFDictionary, PDFName, PDFStream, PDFString, PDFZCompress

from generator.pdf.fonts.face import Face, FontFileError

# What a reader needs beside the outlines; names, metrics of lines and layout rules stay out (9.9, table 126).
_EMBEDDED_TABLES = frozenset({"glyf", "loca", "head", "hhea", "hmtx", "maxp", "cvt ", "fpgm", "prep", "CFF ", "CFF2"})
_DEFAULT_WIDTH = 1000
_MOST_ENTRIES_OF_A_BLOCK = 100  # limit of beginbfchar (Adobe Technical Note 5014)

_FIXED_PITCH, _SERIF, _SYMBOLIC, _ITALIC, _FORCE_BOLD = 1 << 0, 1 << 1, 1 << 2, 1 << 6, 1 << 18


def write_font(doc: Any, face: Face, name: str, glyphs: Mapping[int, int], layers: Sequence[Mapping[int, str]]) -> None:
    """Add `face` to a reportlab document, as resources `name`+0, `name`+1 ..., one for each of `layers`.

    A layer gives the character of a CID; `glyphs` gives the glyph number of each CID that is used. Raises
    FontFileError if the font cannot be subset.
    """
    base_name = f"{_subset_tag(face, glyphs)}+{face.postscript_name}"

    def refer(role: str, content: Any) -> Any:
        return doc.Reference(content, f"{name}:{role}")

    file_key, file = _font_file(face, glyphs.values())
    descriptor = _descriptor(face, base_name)
    descriptor[file_key] = refer("file", file)
    descendant = _descendant(face, base_name, glyphs)
    descendant["FontDescriptor"] = refer("descriptor", descriptor)
    descendants = PDFArrayCompact([refer("descendant", descendant)])
    resources = doc.idToObject["BasicFonts"].dict
    for number, characters in enumerate(layers):
        to_unicode = PDFStream(content=_to_unicode(characters), filters=[PDFZCompress])
        font = _dictionary(
            Type=PDFName("Font"),
            Subtype=PDFName("Type0"),
            BaseFont=PDFName(f"{base_name}-Identity-H" if face.is_cff else base_name),
            Encoding=PDFName("Identity-H"),
            DescendantFonts=descendants,
            ToUnicode=refer(f"unicode{number}", to_unicode),
        )
        resources[f"{name}+{number}"] = refer(f"layer{number}", font)


def _descendant(face: Face, base_name: str, glyphs: Mapping[int, int]) -> PDFDictionary:
    """Return the CIDFont (table 117)."""
    collection = face.collection
    font = _dictionary(
        Type=PDFName("Font"),
        Subtype=PDFName("CIDFontType0" if face.is_cff else "CIDFontType2"),
        BaseFont=PDFName(base_name),
        CIDSystemInfo=_dictionary(
            Registry=PDFString(collection.registry if collection else "Adobe"),
            Ordering=PDFString(collection.ordering if collection else "Identity"),
            Supplement=collection.supplement if collection else 0,
        ),
        DW=_DEFAULT_WIDTH,
        W=_widths(face, glyphs),
    )
    if not face.is_cff:
        font["CIDToGIDMap"] = PDFName("Identity")
    return font


def _widths(face: Face, glyphs: Mapping[int, int]) -> PDFArrayCompact:
    """Return the widths that differ from the default, those of neighbouring CIDs in one array (9.7.4.3)."""
    array: list[Any] = []
    expected = -1
    for cid, glyph in sorted(glyphs.items()):
        width = _thousandths(face.glyph_advance(glyph))
        if width == _DEFAULT_WIDTH:
            continue
        if cid == expected:
            array[-1].sequence.append(width)
        else:
            array += [cid, PDFArrayCompact([width])]
        expected = cid + 1
    return PDFArrayCompact(array)


def _descriptor(face: Face, base_name: str) -> PDFDictionary:
    """Return the FontDescriptor (table 122), still without the font file."""
    head, os2, post = face.table("head"), face.table("OS/2"), face.table("post")
    upem = face.harfbuzz.upem
    ascent, descent = struct.unpack_from(">hh", face.table("hhea"), 4)
    has_capitals = len(os2) >= 90 and struct.unpack_from(">H", os2)[0] >= 2
    capitals = struct.unpack_from(">h", os2, 88)[0] if has_capitals else ascent
    angle = struct.unpack_from(">i", post, 4)[0] / 65536 if len(post) >= 8 else 0
    return _dictionary(
        Type=PDFName("FontDescriptor"),
        FontName=PDFName(base_name),
        Flags=_flags(face, os2, post),
        FontBBox=PDFArrayCompact([_thousandths(edge / upem) for edge in struct.unpack_from(">4h", head, 36)]),
        ItalicAngle=round(angle, 2),
        Ascent=_thousandths(ascent / upem),
        Descent=_thousandths(descent / upem),
        CapHeight=_thousandths(capitals / upem),
        StemV=50 + int((face.weight / 65) ** 2),  # font files do not say it: from the weight, as is customary
    )


def _flags(face: Face, os2: bytes, post: bytes) -> int:
    """Return the descriptor's flags (table 123)."""
    panose = os2[32:42]
    flags = _SYMBOLIC
    flags |= _FIXED_PITCH if any(post[12:16]) else 0
    flags |= _SERIF if len(panose) == 10 and panose[0] == 2 and 2 <= panose[1] <= 10 else 0
    flags |= _ITALIC if face.italic else 0
    flags |= _FORCE_BOLD if face.bold else 0
    return flags


def _font_file(face: Face, glyphs: Iterable[int]) -> tuple[str, PDFStream]:
    """Return the subset, a TrueType file or a bare CFF table, with the descriptor's key for it (table 126)."""
    subset = _subset(face, glyphs)
    if face.is_cff:
        stream = PDFStream(content=bytes(subset.reference_table("CFF ").data), filters=[PDFZCompress])
        stream.dictionary["Subtype"] = PDFName("CIDFontType0C")
        return "FontFile3", stream
    content = bytes(subset.blob.data)
    stream = PDFStream(content=content, filters=[PDFZCompress])
    stream.dictionary["Length1"] = len(content)
    return "FontFile2", stream


def _subset(face: Face, glyphs: Iterable[int]) -> harfbuzz.Face:
    """Return the face with only `glyphs` and those they are made of; a variable font as its default instance."""
    request = harfbuzz.SubsetInput()
    request.glyph_set.update(glyphs)
    request.drop_table_tag_set.update(
        int.from_bytes(tag.encode("latin-1")) for tag in face.harfbuzz.table_tags if tag not in _EMBEDDED_TABLES
    )
    flags = harfbuzz.SubsetFlags.NOTDEF_OUTLINE
    if face.is_cff:
        # Hints help little on today's screens and paper. TrueType keeps them: some Chinese fonts put their strokes
        # in place by instructions.
        flags |= harfbuzz.SubsetFlags.NO_HINTING | harfbuzz.SubsetFlags.DESUBROUTINIZE
    if face.collection is None:
        flags |= harfbuzz.SubsetFlags.RETAIN_GIDS  # CIDs are glyph numbers
    if face.harfbuzz.has_var_data:
        request.pin_all_axes_to_default(face.harfbuzz)
        flags |= harfbuzz.SubsetFlags.DOWNGRADE_CFF2
    request.flags = flags
    try:
        return harfbuzz.subset(face.harfbuzz, request)
    except (RuntimeError, harfbuzz.HarfBuzzError) as error:
        raise FontFileError(f"字体文件已损坏，不能嵌入 PDF：{face.path}") from error


def _subset_tag(face: Face, glyphs: Mapping[int, int]) -> str:
    """Return the six letters that mark a subset (9.6.4), from what is in it: the same subset has the same letters."""
    digest = hashlib.sha256(repr((face.postscript_name, sorted(glyphs.items()))).encode()).digest()
    return "".join(chr(ord("A") + byte % 26) for byte in digest[:6])


def _to_unicode(characters: Mapping[int, str]) -> bytes:
    """Return the CMap that turns two-byte codes back into characters (9.10.3)."""
    lines = [f"<{cid:04X}> <{characters[cid].encode('utf-16-be').hex().upper()}>" for cid in sorted(characters)]
    blocks = []
    for start in range(0, len(lines), _MOST_ENTRIES_OF_A_BLOCK):
        block = lines[start : start + _MOST_ENTRIES_OF_A_BLOCK]
        blocks += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    cmap = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<0000> <FFFF>",
        "endcodespacerange",
        *blocks,
        "endcmap",
        "CMapName currentdict /CMap defineresource pop",
        "end",
        "end",
    ]
    return "\n".join(cmap).encode("ascii")


def _dictionary(**entries: Any) -> PDFDictionary:
    return PDFDictionary(entries)


def _thousandths(em: float) -> float:
    """Return `em` in the thousandths in which PDF measures glyphs, a whole number where it is one."""
    value = round(em * 1000, 2)
    return int(value) if value == int(value) else value
