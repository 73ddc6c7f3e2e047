"""The finished document as bytes: the same for the same content, on any day."""

from __future__ import annotations

import io
import zipfile
from typing import Any

_EARLIEST = (1980, 1, 1, 0, 0, 0)


def pack(document: Any) -> bytes:
    """The bytes of a python-docx `document`, its parts in a fixed order and without times."""
    saved = io.BytesIO()
    document.save(saved)
    result = io.BytesIO()
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target:
        # A template saved by LibreOffice gets its properties part twice from python-docx; the last one is ours.
        for name in sorted(set(source.namelist()), key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(name, _EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            target.writestr(entry, source.read(name))
    return result.getvalue()
