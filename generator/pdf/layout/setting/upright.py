"""Vertical text in narrow cells: upright characters one below the other (ECMA-376 part 1, 17.4.72)."""

import re
from dataclasses import replace

from generator.pdf.content import Blocks, Break, Inline, Paragraph, TableCell, Text
from generator.pdf.remarks import Remarks

# Western words and numbers stay together on a line of the stack, as in vertical setting (纵中横, clreq 2.3.2).
_PIECE = re.compile(r"[!-~]+|\S")


def upright(cell: TableCell, remarks: Remarks) -> Blocks:
    """The blocks of a cell with vertical text, each paragraph as a stack of characters."""
    blocks = []
    for block in cell.blocks:
        if isinstance(block, Paragraph) and all(isinstance(item, Text) for item in block.items):
            blocks.append(_stacked(block))
        else:
            remarks.add("竖排单元格里文字以外的内容按横排打印", cell.place)
            blocks.append(block)  # type: ignore[arg-type]
    return tuple(blocks)


def _stacked(paragraph: Paragraph) -> Paragraph:
    items: list[Inline] = []
    for item in paragraph.items:
        assert isinstance(item, Text)
        for piece in _PIECE.findall(item.text):
            if items:
                items.append(Break("line", item.look))
            items.append(replace(item, text=piece))
    look = replace(paragraph.look, align="center", left=0.0, right=0.0, first=0.0, first_chars=0.0, left_chars=0.0)
    return replace(paragraph, look=look, items=tuple(items))
