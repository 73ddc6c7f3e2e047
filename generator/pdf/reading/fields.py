"""What a field instruction says (ECMA-376 part 1, 17.16)."""

import re
from dataclasses import dataclass

NUMBER_FIELDS = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES", "PAGEREF"})

_TOKEN = re.compile(r'"((?:[^"\\]|\\.)*)"|(\S+)')
_FORMATS = {
    "roman": "lowerRoman", "ROMAN": "upperRoman", "alphabetic": "lowerLetter", "ALPHABETIC": "upperLetter",
    "Arabic": "decimal", "ArabicDash": "numberInDash", "CHINESENUM1": "ideographDigital",
    "CHINESENUM2": "chineseLegalSimplified", "CHINESENUM3": "chineseCountingThousand",
    "CIRCLENUM": "decimalEnclosedCircle",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Instruction:
    """A field's name, its first argument and switches: `anchor` is that of \\l, `style` the number format of \\*."""

    name: str
    argument: str = ""
    anchor: str = ""
    style: str = ""


def parse(text: str) -> Instruction:
    """Read an instruction as ` PAGEREF _Toc1 \\h `; an empty one has an empty name."""
    tokens = [quoted or bare for quoted, bare in _TOKEN.findall(text)]
    name = tokens[0].upper() if tokens else ""
    argument = anchor = style = ""
    rest = iter(tokens[1:])
    for token in rest:
        if token == r"\l":
            anchor = next(rest, "")
        elif token == r"\*":
            style = _FORMATS.get(next(rest, ""), style)
        elif token in (r"\o", r"\t", r"\b", r"\m", r"\n", r"\@", r"\#") and name not in NUMBER_FIELDS:
            next(rest, None)
        elif not token.startswith("\\") and not argument:
            argument = token
    return Instruction(name, argument, anchor, style)
