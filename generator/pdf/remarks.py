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
