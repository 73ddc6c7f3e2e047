"""What reading a publication back tells."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WrongFigure:
    """A figure that is not the one it should be."""

    kind: str
    """`表格`, `文字`, `缺行`, `多行`, `缺段` or `多段`."""
    place: str
    """Where it stands, in the reader's terms: table, row and column, or heading and sentence, or page and line."""
    expected: str
    """Empty where there should be none."""
    found: str
    """Empty where there is none."""
    context: str = ""
    """The sentence, or the row, as it was found."""

    def __str__(self) -> str:
        if self.expected and self.found:
            return f"{self.place}：应为 {self.expected}，文件里是 {self.found}"
        return f"{self.place}：缺少 {self.expected}" if self.expected else f"{self.place}：多出 {self.found}"


@dataclass(frozen=True, slots=True)
class Result:
    """What was read back."""

    wrong: tuple[WrongFigure, ...]
    compared: int
    """How many figures were compared."""
    reworded: int
    """How many paragraphs say something else with the same figures, which is no fault."""
