"""What the printer says about a document beyond its subset: never an error, always with the place."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing met: `message` says what and how it was printed, `place` says where (第 12 段“……”)."""

    message: str
    place: str


@dataclass(slots=True)
class Remarks:
    """The remarks of one printing, each once per place, in the order met."""

    _met: dict[Remark, None] = field(default_factory=dict)

    def add(self, message: str, place: str) -> None:
        self._met[Remark(message, place)] = None

    def all(self) -> tuple[Remark, ...]:
        return tuple(self._met)


def quoted(text: str, limit: int = 16) -> str:
    """The beginning of a text in quotation marks, to find a place by; empty where there is no text."""
    text = " ".join(text.split())
    if not text:
        return ""
    return f"“{text[:limit]}……”" if len(text) > limit else f"“{text}”"
