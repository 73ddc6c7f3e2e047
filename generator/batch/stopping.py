"""Ctrl-C, and a polite kill, as a wish that is met when nothing is half done."""

from __future__ import annotations

import contextlib
import signal
from types import FrameType
from typing import Any

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Stop:
    """Whether the program is to end: asked once, when what is begun is done; asked twice, at once.

    While it is entered it stands in for Ctrl-C and a polite kill, so that neither breaks in at any odd place.
    """

    def __init__(self) -> None:
        self.asked = 0
        self._before: dict[int, Any] = {}

    def ask(self, *_: int | FrameType | None) -> None:
        """Asks for the end, once more."""
        self.asked += 1

    def __enter__(self) -> Stop:
        # Not in the main thread signals cannot be had, nor do they come there.
        with contextlib.suppress(ValueError):
            self._before = {number: signal.signal(number, self.ask) for number in _SIGNALS}
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
