"""The finished document as bytes: the same for the same content, on any day."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

_EARLIEST = (1980, 1, 1, 0, 0, 0)
Parts = dict[str, bytes]
"""What is in a Word file, by name."""


def pack(document: Any, finish: Callable[[Parts], Parts] = lambda parts: parts) -> bytes:
    """The bytes of a python-docx `document`, its parts in a fixed order and without times.

    `finish` is given the parts, and returns those to be written.
    """
    saved = io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as source:
        # A template saved by LibreOffice gets its properties part twice from python-docx; the last one is ours.
        parts = finish({name: source.read(name) for name in source.namelist()})
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(parts, key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(name, _EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            target.writestr(entry, parts[name])
    return result.getvalue()
