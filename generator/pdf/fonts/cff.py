"""The character identifiers (CID) of a CID-keyed CFF font.

A PDF that shows such a font through Identity-H writes CIDs, not glyph numbers (PDF 32000-1, 9.7.4.2), and only the
font's own charset says which CID a glyph has. Source: Adobe Technical Note 5176, "The Compact Font Format".
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

_CHARSET, _ROS = 15, (12, 30)
_STANDARD_STRINGS = 391  # string numbers below are predefined (Appendix A), above are in the font's own String INDEX
_REAL_NUMBER = 30


@dataclass(frozen=True, slots=True)
class CharacterCollection:
    """What a CID-keyed font calls its glyphs: registry, ordering and supplement, and `cids[glyph number]`."""

    registry: str
    ordering: str
    supplement: int
    cids: Sequence[int]


def character_collection(cff: bytes, glyph_count: int) -> CharacterCollection | None:
    """Return the collection of the first font in a CFF table of `glyph_count` glyphs; None if it is not CID-keyed.

    Raises IndexError, KeyError, ValueError or struct.error where the table is broken.
    """
    _, position = _index(cff, cff[2])
    tops, position = _index(cff, position)
    top = _dictionary(tops[0])
    if _ROS not in top:
        return None
    strings, _ = _index(cff, position)
    registry, ordering, supplement = top[_ROS]
    names = [strings[number - _STANDARD_STRINGS].decode("latin-1") for number in (registry, ordering)]
    offset = top[_CHARSET][0] if _CHARSET in top else 0
    return CharacterCollection(names[0], names[1], supplement, _charset(cff, offset, glyph_count))


def _index(cff: bytes, position: int) -> tuple[list[bytes], int]:
    """Return the objects of the INDEX at `position` and the position after it."""
    (count,) = struct.unpack_from(">H", cff, position)
    if count == 0:
        return [], position + 2
    size = cff[position + 2]
    start = position + 3
    base = start + (count + 1) * size - 1
    ends = [base + int.from_bytes(cff[at : at + size]) for at in range(start, start + (count + 1) * size, size)]
    return [cff[begin:end] for begin, end in pairwise(ends)], ends[-1]


def _dictionary(data: bytes) -> dict[int | tuple[int, int], list[int]]:
    """Return the operands of each operator of a DICT; real numbers, of which none is of use here, count as 0."""
    entries: dict[int | tuple[int, int], list[int]] = {}
    operands: list[int] = []
    position = 0
    while position < len(data):
        first = data[position]
        position += 1
        if first <= 21:
            operator: int | tuple[int, int] = first
            if first == 12:
                operator = (12, data[position])
                position += 1
            entries[operator] = operands
            operands = []
        elif first == 28:
            operands.append(struct.unpack_from(">h", data, position)[0])
            position += 2
        elif first == 29:
            operands.append(struct.unpack_from(">i", data, position)[0])
            position += 4
        elif first == _REAL_NUMBER:
            while data[position] & 0x0F != 0x0F and data[position] >> 4 != 0x0F:
                position += 1
            position += 1
            operands.append(0)
        elif first <= 246:
            operands.append(first - 139)
        elif first <= 250:
            operands.append((first - 247) * 256 + data[position] + 108)
            position += 1
        else:
            operands.append(-(first - 251) * 256 - data[position] - 108)
            position += 1
    return entries


def _charset(cff: bytes, offset: int, glyph_count: int) -> Sequence[int]:
    """Return the CID of each glyph. Glyph 0 is .notdef, CID 0, and is not written in the table."""
    if offset <= 2:  # a predefined charset has no meaning for CIDs; fonts that omit the table mean identity
        return range(glyph_count)
    layout, position = cff[offset], offset + 1
    if layout == 0:
        return [0, *struct.unpack_from(f">{glyph_count - 1}H", cff, position)]
    if layout not in (1, 2):
        raise ValueError(f"charset format {layout}")
    span = struct.Struct(">HB" if layout == 1 else ">HH")
    most = min(glyph_count, (len(cff) - position) // span.size)
    cids = [0]
    for first, left in span.iter_unpack(cff[position : position + most * span.size]):
        if len(cids) >= glyph_count:
            break
        cids.extend(range(first, first + left + 1))
    if len(cids) < glyph_count:
        raise ValueError("charset too short")
    return cids
