"""LibreOffice, which knows tracked changes by itself, accepts and rejects those of our documents."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import docx
import pytest
from copies import ROOT
from docx.oxml.ns import qn
from hypothesis import Phase, given, settings
from revisions import CORRECTIONS, CORRECTIONS_OF_2019, Revision, edited, written

SOFFICE = shutil.which("soffice")
SCRIPT = ROOT / "tests" / "support" / "libreoffice_changes.py"


def office_python() -> str | None:
    """The Python that LibreOffice can be driven with; None where there is none."""
    for python in ("/usr/bin/python3", shutil.which("python3") or ""):
        if python and subprocess.run([python, "-c", "import uno"], capture_output=True, check=False).returncode == 0:
            return python
    return None


PYTHON = office_python() if SOFFICE else None
pytestmark = [pytest.mark.slow, pytest.mark.skipif(PYTHON is None, reason="needs LibreOffice and python3-uno")]


def resolved(revisions: list[Revision], folder: Path) -> Iterator[dict[str, list[str]]]:
    """What LibreOffice makes of each revision: all accepted, all rejected, the old and the new document as they are."""
    orders: list[str] = []
    for index, revision in enumerate(revisions):
        tracked = revision.tracked
        files = {"accept": tracked, "reject": tracked, "old": revision.old, "new": revision.new}
        for way, content in files.items():
            source, target = folder / f"{index}-{way}.docx", folder / f"{index}-{way}-out.docx"
            source.write_bytes(content)
            orders += [way if way in ("accept", "reject") else "keep", str(source), str(target)]
    done = subprocess.run(
        [str(PYTHON), str(SCRIPT), str(SOFFICE), str(folder / "profile"), *orders],
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    for index in range(len(revisions)):
        yield {way: lines((folder / f"{index}-{way}-out.docx").read_bytes()) for way in files}


def lines(content: bytes) -> list[str]:
    """The text of each paragraph, a line for each row before those of its cells; no tracked change may be left."""
    body = docx.Document(io.BytesIO(content)).element.body
    assert next(body.iter(qn("w:ins"), qn("w:del")), None) is None
    return [
        "<row>" if one.tag == qn("w:tr") else "".join(text.text or "" for text in one.iter(qn("w:t")))
        for one in body.iter(qn("w:p"), qn("w:tr"))
    ]


def test_publications(revised: Callable[[str], Revision], tmp_path: Path):
    names = [*CORRECTIONS, *CORRECTIONS_OF_2019]
    for name, found in zip(names, resolved([revised(name) for name in names], tmp_path), strict=True):
        assert found["accept"] == found["new"], name
        assert found["reject"] == found["old"], name


def test_any_documents(tmp_path: Path):
    versions: list[tuple[Any, Any]] = []

    @settings(max_examples=60, phases=[Phase.generate])
    @given(edited())
    def collect(drawn: tuple[Any, Any]) -> None:
        versions.append(drawn)

    collect()
    revisions = [Revision(*(written(content) for content in pair)) for pair in versions]
    for pair, found in zip(versions, resolved(revisions, tmp_path), strict=True):
        assert filled(found["accept"]) == filled(found["new"]), pair
        assert filled(found["reject"]) == filled(found["old"]), pair


def filled(found: list[str]) -> list[str]:
    """Lines without the empty ones: LibreOffice leaves an empty paragraph where one right before a table has gone."""
    return [line for line in found if line]
