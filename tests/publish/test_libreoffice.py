"""LibreOffice, which lays out pages by itself, opens the Word file and comes to the pages that our 目录 says."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
from pathlib import Path

import pylopdf_fonts_zh_cn
import pypdf
import pytest
from published import heading_pages, pdf_pages, text_of, word

from generator.publish import Publication

SOFFICE = shutil.which("soffice")
pytestmark = [pytest.mark.slow, pytest.mark.skipif(SOFFICE is None, reason="needs LibreOffice")]

FAMILIES = {
    "Noto Serif SC": ("仿宋", "仿宋_GB2312", "宋体", "楷体", "楷体_GB2312", "方正小标宋简体", "Times New Roman"),
    "Noto Sans SC": ("黑体",),
}


@pytest.fixture(scope="module")
def converted(publication: Publication, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The PDF that LibreOffice makes of the Word file, with the fonts that ours is printed with."""
    folder = tmp_path_factory.mktemp("libreoffice")
    (folder / "publication.docx").write_bytes(publication.docx)
    (folder / "fonts.conf").write_text(fontconfig(folder), encoding="utf-8")
    done = subprocess.run(
        [
            str(SOFFICE),
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            'pdf:writer_pdf_Export:{"ExportBookmarks":{"type":"boolean","value":"true"}}',
            "--outdir",
            str(folder),
            str(folder / "publication.docx"),
        ],
        env=os.environ | {"FONTCONFIG_FILE": str(folder / "fonts.conf"), "HOME": str(folder)},
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "rror" not in done.stderr
    return (folder / "publication.pdf").read_bytes()


def fontconfig(folder: Path) -> str:
    """A configuration that knows the fonts of the installation only, under the official names."""
    fonts = Path(pylopdf_fonts_zh_cn.serif_path()).parent
    aliases = "".join(
        f'<match target="pattern"><test name="family" compare="eq"><string>{official}</string></test>'
        f'<edit name="family" mode="assign" binding="strong"><string>{family}</string></edit></match>'
        for family, names in FAMILIES.items()
        for official in names
    )
    return (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"<dir>{fonts}</dir><cachedir>{folder / 'cache'}</cachedir>{aliases}</fontconfig>"
    )


def test_headings_fall_on_the_pages_of_our_contents(publication: Publication, converted: bytes):
    ours, theirs = heading_pages(publication.pdf), heading_pages(converted)
    assert [title for title, _ in theirs] == [title for title, _ in ours]
    apart = [(title, page, other) for (title, page), (_, other) in zip(ours, theirs, strict=True) if page != other]
    assert [one for one in apart if abs(one[1] - one[2]) > 1] == []


def test_it_has_our_fonts(converted: bytes):
    fonts = {
        str(font.get_object()["/BaseFont"])
        for page in pypdf.PdfReader(io.BytesIO(converted)).pages
        for font in page["/Resources"].get("/Font", {}).values()
    }
    assert fonts
    assert all("NotoSerifSC" in font or "NotoSansSC" in font for font in fonts)


def test_no_word_and_no_figure_is_lost(publication: Publication, converted: bytes):
    """Punctuation left out: what LibreOffice hangs into the margin, pypdf does not always find."""
    pages = "".join(words(re.sub(r"—\s*\d+\s*—", "", page)) for page in pdf_pages(converted))
    lines = [words(line) for line in text_of(word(publication.docx)).splitlines() if "\t" not in line]
    assert [line for line in lines if line not in pages] == []


def words(text: str) -> str:
    return re.sub(r"\W", "", text)
