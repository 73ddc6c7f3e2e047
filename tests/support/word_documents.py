"""Word documents for the tests, written as short WordprocessingML."""

import re
import struct
import zipfile
import zlib
from io import BytesIO
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
KIND = f"{R}/"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"

# 16 pt 仿宋 on an exact pitch of 28 pt, headings in 黑体, as official documents have them (GB/T 9704).
STYLES = """
<w:docDefaults><w:rPrDefault><w:rPr>
  <w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="仿宋"/><w:sz w:val="32"/>
</w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/>
  <w:pPr><w:spacing w:line="560" w:lineRule="exact"/><w:jc w:val="both"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="body"><w:name w:val="正文首行缩进"/><w:basedOn w:val="a"/>
  <w:pPr><w:ind w:firstLineChars="200" w:firstLine="640"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="h1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/>
  <w:pPr><w:keepNext/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:rFonts w:eastAsia="黑体"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="h2"><w:name w:val="heading 2"/><w:basedOn w:val="a"/>
  <w:pPr><w:keepNext/><w:outlineLvl w:val="1"/></w:pPr><w:rPr><w:rFonts w:eastAsia="楷体"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="cell"><w:name w:val="表格"/>
  <w:pPr><w:spacing w:line="240" w:lineRule="auto"/><w:jc w:val="left"/></w:pPr>
  <w:rPr><w:sz w:val="18"/></w:rPr></w:style>
<w:style w:type="table" w:styleId="grid"><w:name w:val="Table Grid"/><w:tblPr><w:tblBorders>
  <w:top w:val="single" w:sz="4"/><w:left w:val="single" w:sz="4"/><w:bottom w:val="single" w:sz="4"/>
  <w:right w:val="single" w:sz="4"/><w:insideH w:val="single" w:sz="4"/><w:insideV w:val="single" w:sz="4"/>
</w:tblBorders></w:tblPr></w:style>
"""

# A4 with the margins of GB/T 9704: 156 by 225 mm for the text.
PORTRAIT = (
    '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" w:header="851" w:footer="992" w:gutter="0"/>'
)
LANDSCAPE = (
    '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
    '<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567" w:gutter="0"/>'
)


def run(text: str, properties: str = "") -> str:
    """A run of text; a \\t becomes a tab, a \\n a line break."""
    inner = escape(text).replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')
    inner = inner.replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
    said = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{said}<w:t xml:space="preserve">{inner}</w:t></w:r>'


def paragraph(content: str = "", style: str = "", properties: str = "", look: str = "") -> str:
    """A paragraph of runs, or of plain text in the run properties `look`."""
    if content and not content.startswith("<"):
        content = run(content, look)
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    said = f"<w:pPr>{named}{properties}</w:pPr>" if named or properties else ""
    return f"<w:p>{said}{content}</w:p>"


def cell(content: str = "", properties: str = "", style: str = "cell") -> str:
    """A table cell of plain text (each line a paragraph) or of blocks."""
    blocks = content if content.startswith("<") else "".join(paragraph(line, style) for line in content.split("\n"))
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{blocks}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    """A row of cells; what is no cell yet is the text of one."""
    made = "".join(one if one.startswith("<w:tc>") else cell(one) for one in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{made}</w:tr>"


def table(widths: list[int], *rows: str, properties: str = '<w:tblStyle w:val="grid"/>') -> str:
    """A table of rows, its columns in twentieths of a point."""
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"


def field(instruction: str, stored: str, look: str = "") -> str:
    """A complex field over several runs, with the result that Word stored."""
    said = f"<w:rPr>{look}</w:rPr>" if look else ""

    def mark(kind: str) -> str:
        return f'<w:r>{said}<w:fldChar w:fldCharType="{kind}"/></w:r>'

    code = f"<w:r>{said}<w:instrText xml:space='preserve'> {escape(instruction)} </w:instrText></w:r>"
    return f"{mark('begin')}{code}{mark('separate')}{run(stored, look)}{mark('end')}"


def section(page: str = PORTRAIT, more: str = "") -> str:
    """The properties of a section; `more` are references to headers and footers and the like."""
    references = more if more.startswith("<w:headerReference") or more.startswith("<w:footerReference") else ""
    return f"<w:sectPr>{references}{page}{'' if references else more}</w:sectPr>"


def docx(
    *blocks: str,
    last_section: str = "",
    styles: str = STYLES,
    stories: dict[str, str] | None = None,
    parts: dict[str, str | bytes] | None = None,
    relations: str = "",
    settings: str = "",
    numbering: str = "",
    core: str = "",
) -> bytes:
    """A Word file of these blocks.

    `stories` are the headers and footers by relationship id (header1, footer2); `parts` further parts by name.
    """
    body = "".join(blocks) + (last_section or section())
    found: dict[str, str | bytes] = {
        "word/document.xml": f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": f"<w:styles {NAMESPACES}>{styles}</w:styles>",
        "word/settings.xml": f"<w:settings {NAMESPACES}>{settings}</w:settings>",
        **(parts or {}),
    }
    related = f'<Relationship Id="rS" Type="{KIND}styles" Target="styles.xml"/>'
    related += f'<Relationship Id="rT" Type="{KIND}settings" Target="settings.xml"/>{relations}'
    if numbering:
        found["word/numbering.xml"] = f"<w:numbering {NAMESPACES}>{numbering}</w:numbering>"
        related += f'<Relationship Id="rN" Type="{KIND}numbering" Target="numbering.xml"/>'
    for name, content in (stories or {}).items():
        kind = name.rstrip("0123456789")
        tag = "hdr" if kind == "header" else "ftr"
        found[f"word/{name}.xml"] = f"<w:{tag} {NAMESPACES}>{content}</w:{tag}>"
        related += f'<Relationship Id="{name}" Type="{KIND}{kind}" Target="{name}.xml"/>'
    found["word/_rels/document.xml.rels"] = f'<Relationships xmlns="{PACKAGE}/relationships">{related}</Relationships>'
    package = f'<Relationship Id="r1" Type="{KIND}officeDocument" Target="word/document.xml"/>'
    if core:
        found["docProps/core.xml"] = core
        kind = f"{PACKAGE}/relationships/metadata/core-properties"
        package += f'<Relationship Id="r2" Type="{kind}" Target="docProps/core.xml"/>'
    found["_rels/.rels"] = f'<Relationships xmlns="{PACKAGE}/relationships">{package}</Relationships>'
    found["[Content_Types].xml"] = (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="png" ContentType="image/png"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/word/document.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
        '<Override PartName="/word/styles.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>'
        '<Override PartName="/word/settings.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml"/>'
        '<Override PartName="/word/numbering.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"/>'
        + "".join(
            f'<Override PartName="/word/{name}.xml" ContentType="application/vnd.openxmlformats-officedocument.'
            f'wordprocessingml.{name.rstrip("0123456789")}+xml"/>'
            for name in [*(stories or {}), *re.findall(r"word/(\w+)\.xml", " ".join(parts or {}))]
        )
        + "</Types>"
    )
    output = BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as package_file:
        for name, content in found.items():
            package_file.writestr(zipfile.ZipInfo(name), content)
    return output.getvalue()


def png(width: int = 2, height: int = 1) -> bytes:
    """A red PNG of so many points."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress((b"\0" + b"\xff\0\0" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
