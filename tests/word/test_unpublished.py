"""What is not for readers goes out of a Word file: comments, tracked changes, hidden text, who wrote it."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from revisions import DOCUMENTS, Revision, written
from tracked import blocks
from word_documents import KIND, NAMESPACES, cell, docx, field, paragraph, row, run, section, table

from generator.word import Package, body_of, leave_to_readers, open_document, pack, text_of, unpublished

HIDDEN = "<w:vanish/>"
STYLES = """
<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="secret"><w:name w:val="不印"/><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="child"><w:name w:val="也不印"/><w:basedOn w:val="secret"/></w:style>
<w:style w:type="paragraph" w:styleId="shown"><w:name w:val="又印"/><w:basedOn w:val="secret"/>
  <w:rPr><w:vanish w:val="0"/></w:rPr></w:style>
<w:style w:type="character" w:styleId="aside"><w:name w:val="旁注"/><w:rPr><w:vanish/></w:rPr></w:style>
"""


def published(*content: str, **more: object) -> bytes:
    document = open_document(docx(*content, **{"styles": STYLES, **more}))
    leave_to_readers(document)
    return pack(document)


def shown(*content: str, **more: object) -> list[str]:
    """The paragraphs of what is published, those of a table's row in one."""
    return [text_of(one) for one in Package(published(*content, **more)).body if not one.tag.endswith("sectPr")]


def change(name: str, content: str = "") -> str:
    return f'<w:{name} w:id="1" w:author="张三" w:date="2021-01-01T00:00:00Z">{content}</w:{name}>'


def deleted(text: str) -> str:
    return change("del", f"<w:r><w:delText>{text}</w:delText></w:r>")


def ended(name: str) -> str:
    """The properties of a paragraph whose end was inserted or deleted."""
    return f"<w:rPr>{change(name)}</w:rPr>"


WITHOUT = [
    ([paragraph(run("共") + deleted("旧") + change("ins", run("新")) + run("项"))], ["共新项"]),
    ([paragraph(change("moveFrom", run("移")), properties=ended("moveFrom")), paragraph(change("moveTo", run("移")))],
     ["移"]),
    ([paragraph(change("ins", run("甲") + change("del", run("乙"))))], ["甲"]),
    # The end of a paragraph
    ([paragraph("甲", properties=ended("del")), paragraph("乙", "h1"), paragraph("丙")], ["甲乙", "丙"]),
    ([paragraph(deleted("甲"), properties=ended("del")), paragraph("乙")], ["乙"]),
    ([paragraph("甲", properties=ended("ins")), paragraph("乙")], ["甲", "乙"]),
    ([paragraph("甲"), paragraph(deleted("乙"), properties=ended("del")), table([900], row("丙")), paragraph("丁")],
     ["甲", "丙", "丁"]),
    ([table([900], row("甲")), paragraph("", properties=ended("del")), table([900], row("乙")), paragraph("丙")],
     ["甲", "", "乙", "丙"]),
    # Rows and cells
    ([table([900], row("甲", properties=change("del")), row("乙", properties=change("ins"))), paragraph("丙")],
     ["乙", "丙"]),
    ([table([900], row("甲", properties=change("del"))), paragraph("丙")], ["丙"]),
    ([table([900, 900], row(cell("甲", change("cellDel")), cell("乙", change("cellIns")))), paragraph("丙")],
     ["乙", "丙"]),
    ([table([900], row(cell(paragraph(deleted("甲"), properties=ended("del")))))], [""]),
    # What only wraps text
    ([paragraph(f'<w:hyperlink w:anchor="x">{deleted("甲")}</w:hyperlink>{run("乙")}')], ["乙"]),
    ([f"<w:sdt><w:sdtContent>{paragraph(deleted('甲'), properties=ended('del'))}</w:sdtContent></w:sdt>",
      paragraph("乙")], ["乙"]),
    # Comments
    ([paragraph('<w:commentRangeStart w:id="1"/>' + run("甲") + '<w:commentRangeEnd w:id="1"/>'
                '<w:r><w:rPr/><w:commentReference w:id="1"/></w:r>')], ["甲"]),
    # Hidden text
    ([paragraph(run("甲") + run("乙", HIDDEN) + run("丙", '<w:vanish w:val="0"/>'))], ["甲丙"]),
    ([paragraph(run("甲") + run("乙", '<w:rStyle w:val="aside"/>'))], ["甲"]),
    ([paragraph("甲", "child"), paragraph("乙", "shown"), paragraph("丙")], ["乙", "丙"]),
    ([paragraph(run("甲", '<w:rStyle w:val="aside"/>'), "secret"), paragraph("乙")], ["甲乙"]),
    ([paragraph(run("甲", '<w:vanish w:val="0"/>'), "secret", "<w:rPr><w:vanish w:val='0'/></w:rPr>")], ["甲"]),
    ([paragraph("甲", look=HIDDEN, properties=f"<w:rPr>{HIDDEN}</w:rPr>"), paragraph("乙")], ["乙"]),
    ([paragraph("甲", look=HIDDEN), paragraph("乙")], ["", "乙"]),
    ([table([900], row(cell(paragraph("甲", look=HIDDEN)), properties="<w:hidden/>"), row("乙")), paragraph("丙")],
     ["乙", "丙"]),
    ([paragraph(run("甲") + field("DATE", "2021-1-1", HIDDEN) + run("乙"))], ["甲乙"]),
    # What Word itself hides is no hidden text
    ([paragraph(run("甲", "<w:webHidden/>"))], ["甲"]),
    ([paragraph("标题", properties="<w:rPr><w:vanish/><w:specVanish/></w:rPr>"), paragraph("正文")], ["标题", "正文"]),
]  # fmt: skip


@pytest.mark.parametrize(("content", "left"), WITHOUT)
def test_what_is_left_for_readers(content, left):
    assert shown(*content) == left


def test_index_entries_stay():
    entry = field('XE "决算"', "", HIDDEN)
    assert b"XE" in zipfile.ZipFile(io.BytesIO(published(paragraph(entry + run("甲"))))).read("word/document.xml")


def test_properties_that_changed_are_as_they_are_now():
    bold = "<w:b/>" + change("rPrChange", "<w:rPr><w:i/></w:rPr>")
    centred = '<w:jc w:val="center"/>' + change("pPrChange", "<w:pPr/>")
    wide = section(more=change("sectPrChange", "<w:sectPr/>"))
    joined = change("cellMerge").replace("<w:cellMerge", '<w:cellMerge w:vMerge="cont"')
    rows = row(cell("乙", '<w:vMerge w:val="restart"/>')) + row(cell("丙", joined))
    content = published(paragraph("甲", properties=centred, look=bold), table([9], rows), last_section=wide)
    xml = zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml").decode()
    assert "Change" not in xml and "cellMerge" not in xml and "张三" not in xml
    assert "<w:b/>" in xml and '<w:jc w:val="center"/>' in xml and '<w:vMerge w:val="continue"/>' in xml


@pytest.mark.slow
@given(DOCUMENTS, DOCUMENTS)
@settings(max_examples=30, deadline=None)
def test_a_corrected_publication_accepted_is_the_new_one(old, new):
    revision = Revision(written(old), written(new))
    document = open_document(revision.tracked)
    leave_to_readers(document)
    assert blocks(pack(document)) == blocks(revision.new)


PEOPLE = "http://schemas.microsoft.com/office/word/2012/wordml"
TEMPLATE_OF_SOMEBODY = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rA" '
    f'Type="{KIND}attachedTemplate" Target="file:///C:/Users/zhaoliu/a.dotx" TargetMode="External"/></Relationships>'
)


def everywhere() -> bytes:
    """A file with something that is not for readers in each of its parts."""
    story = paragraph(run("文字") + deleted("删去") + run("隐藏", HIDDEN))
    note = f'<w:footnote w:id="%d">{story}</w:footnote>'
    comment = f"<w:comment w:id='1' w:author='李四'>{paragraph('批注的话')}</w:comment>"
    parts = {
        "word/footnotes.xml": f"<w:footnotes {NAMESPACES}>{note % 2}{note % 3}</w:footnotes>",
        "word/comments.xml": f"<w:comments {NAMESPACES}>{comment}</w:comments>",
        "word/people.xml": f"<w15:people xmlns:w15='{PEOPLE}'><w15:person w15:author='李四'/></w15:people>",
        "customXml/item1.xml": "<x>王五</x>",
        "word/media/gone.png": b"gone",
        "word/_rels/settings.xml.rels": TEMPLATE_OF_SOMEBODY,
    }
    picture = change("del", '<w:r><w:pict><v:shape><v:imagedata r:id="rG"/></v:shape></w:pict></w:r>')
    held = f"<v:textbox><w:txbxContent>{story}</w:txbxContent></v:textbox>"
    box = f'<w:r><w:pict><v:shape style="width:9pt">{held}</v:shape></w:pict></w:r>'
    relations = "".join(
        f'<Relationship Id="{name}" Type="{kind}" Target="{target}"/>'
        for name, kind, target in (
            ("rF", f"{KIND}footnotes", "footnotes.xml"),
            ("rC", f"{KIND}comments", "comments.xml"),
            ("rP", "http://schemas.microsoft.com/office/2011/relationships/people", "people.xml"),
            ("rX", f"{KIND}customXml", "../customXml/item1.xml"),
            ("rG", f"{KIND}image", "media/gone.png"),
        )
    )
    body = (
        '<w:permStart w:id="1" w:ed="zhouba@gz"/>'
        + run("正文")
        + '<w:permEnd w:id="1"/>'
        + box
        + '<w:r><w:footnoteReference w:id="2"/></w:r>'
        + picture
    )
    body += change("del", '<w:r><w:footnoteReference w:id="3"/></w:r>') + '<w:r><w:commentReference w:id="1"/></w:r>'
    bound = '<w:sdtPr><w:dataBinding w:xpath="/x" w:storeItemID="{1}"/></w:sdtPr>'
    return docx(
        f"<w:sdt>{bound}<w:sdtContent>{paragraph(body)}</w:sdtContent></w:sdt>",
        last_section=section(more='<w:headerReference w:type="default" r:id="header1"/>'),
        styles=STYLES, stories={"header1": story}, parts=parts, relations=relations,
        settings='<w:attachedTemplate r:id="rA"/><w:trackRevisions/><w:documentProtection w:edit="forms"/>'
        '<w:docVars><w:docVar w:name="a" w:val="孙七"/></w:docVars>',
    )  # fmt: skip


def test_nothing_of_it_is_left_in_any_part():
    document = open_document(everywhere())
    leave_to_readers(document)
    content = pack(document)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        everything = "\n".join(f"{name}\n{package.read(name).decode(errors='replace')}" for name in package.namelist())
    for gone in ("删去", "隐藏", "批注的话", "李四", "张三", "王五", "zhaoliu", "孙七", "zhouba", "gone", "comment",
                 "people", "trackRevisions", "documentProtection", "dataBinding", 'w:id="3"'):  # fmt: skip
        assert gone not in everything, gone
    assert everything.count("文字") == 3  # the header, the text box, the footnote that is referred to


def test_where_it_stands_is_told():
    found = unpublished(Package(everywhere()))
    assert found.comments.places == ("第 1 段“正文”",)
    assert found.comments.names == ("李四",)
    stories = tuple(f"{where}“文字删去隐藏”" for where in ("第 1 段的文本框", "页眉", "脚注"))
    assert found.changes.places == ("第 1 段“正文”", *stories)
    assert found.changes.names == ("张三",)
    assert found.hidden.places == stories


def test_a_file_of_the_strict_flavour_is_opened():
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx(paragraph("正文")))) as given, zipfile.ZipFile(made, "w") as strict:
        for name in given.namelist():
            text = given.read(name).decode().replace("<w:document ", '<w:document w:conformance="strict" ')
            for kind in ("wordprocessingml/2006/main", "officeDocument/2006/relationships"):
                strictly = f"http://purl.oclc.org/ooxml/{kind.replace('/2006', '')}"
                text = text.replace(f"http://schemas.openxmlformats.org/{kind}", strictly)
            strict.writestr(name, text)
    assert text_of(body_of(open_document(made.getvalue()).element)).strip() == "正文"
