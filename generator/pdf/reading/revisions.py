"""How tracked changes look where they are shown: in colour, and told apart without it too."""

from dataclasses import dataclass, field, replace
from typing import Literal

from generator.pdf.content import Border, Floating, Inline, Picture, RunLook

Change = Literal["inserted", "deleted"]

INSERTED = (0.0, 0.25, 0.8)
DELETED = (0.8, 0.0, 0.0)
_FRAMES = {"inserted": Border("single", 2.0, INSERTED), "deleted": Border("dashed", 2.0, DELETED)}


@dataclass(slots=True)
class Revised:
    """The looks of changed text, one for each look, so that equal ones stay the same object."""

    _looks: dict[tuple[RunLook, Change], RunLook] = field(default_factory=dict)

    def look(self, look: RunLook, change: Change) -> RunLook:
        """Text that was inserted is underlined, deleted text struck through."""
        found = self._looks.get((look, change))
        if found is None:
            if change == "inserted":
                found = replace(look, color=INSERTED, underline="single", revised=True)
            else:
                found = replace(look, color=DELETED, strike=True, revised=True)
            self._looks[look, change] = found
        return found

    def framed(self, item: Inline, change: Change) -> Inline:
        """A picture that was inserted gets a solid frame, a deleted one a broken one; other items are as they are."""
        if isinstance(item, Picture):
            return replace(item, border=_FRAMES[change])
        if isinstance(item, Floating) and isinstance(item.content, Picture):
            return replace(item, content=replace(item.content, border=_FRAMES[change]))
        return item
