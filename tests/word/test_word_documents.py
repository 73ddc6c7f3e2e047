"""A Word document says the same to everyone who reads it: shown, compared, verified, printed, filled."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from departments import EXAMPLE
from tracked import has_changes, texts
from word_documents import KIND, NAMESPACES, docx, paragraph
from word_documents import run as words

from generator.correction.differences import compare
from generator.correction.document import Filled
from generator.pdf import FontLibrary, print_document
from generator.publish import Publication
from generator.readback import wrong_figures_of_word
from generator.revision import tracked_changes
from generator.word import UnreadableDocument, open_document

DATE = "2021-09-01T00:00:00Z"
HYPHEN = "<w:noBreakHyphen/>"
WORDS = (
    "<w:p><w:r><w:t>收入</w:t><w:tab/><w:t>支出</w:t><w:br/><w:t>结余</w:t>"
    f"{HYPHEN}<w:t>5.00万元，软</w:t><w:softHyphen/><w:t>连</w:t><w:cr/><w:t>完</w:t></w:r></w:p>"
)
READ = "收入\t支出\n结余-5.00万元，软连\n完"


def control(content: str) -> str:
    """A content control around blocks, as Word puts one around what may be chosen or its own 目录."""
    return f'<w:sdt><w:sdtPr><w:alias w:val="说明"/></w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>'


def alternative(chosen: str, fallback: str, needs: str = "http://schemas.microsoft.com/office/word/2010/wordml") -> str:
    return (
        f'<mc:AlternateContent><mc:Choice xmlns:new="{needs}" Requires="new">{chosen}</mc:Choice>'
        f"<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent>"
    )


@pytest.fixture
def shown(run: Callable[..., Any], tmp_path: Path) -> Callable[[bytes], list[str]]:
    """The lines of the text of a document, as `template show` gives them."""

    def shown(document: bytes) -> list[str]:
        path = tmp_path / "文件.docx"
        path.write_bytes(document)
        lines = run("template", "show", path).out.splitlines()
        return lines[lines.index("== 正文") + 1 : lines.index("── 节")]

    return shown


def compared(old: bytes, new: bytes) -> list[tuple[str, str]]:
    """What differs; where anything does, and nowhere else, there must be a tracked change."""
    found = [(one.old, one.new) for one in compare(Filled(open_document(old)), Filled(open_document(new)))]
    assert has_changes(tracked_changes(old, new, DATE)) == bool(found)
    return found


# The text of a paragraph


def test_tabs_breaks_and_hyphens_read_the_same_to_everyone(shown: Callable[[bytes], list[str]]):
    with_it, without = docx(paragraph("甲"), WORDS), docx(paragraph("甲"))
    assert compared(with_it, without) == [(READ, "")]
    (difference,) = wrong_figures_of_word(with_it, without).wrong
    assert difference.expected == READ.replace("\t", " ").replace("\n", " ")
    line = shown(with_it)[1].removeprefix("［Normal］").removeprefix("［正文］")
    for mark, text in {"［制表］": "\t", "［换行］": "\n", "［w:noBreakHyphen］": "-", "［w:softHyphen］": ""}.items():
        assert mark in line
        line = line.replace(mark, text)
    assert line == READ


def test_a_hyphen_at_which_no_line_breaks_is_the_sign_of_a_figure():
    plain = docx(paragraph("结余-5.00万元。"))
    kept = docx(f"<w:p><w:r><w:t>结余</w:t>{HYPHEN}<w:t>5.00万元。</w:t></w:r></w:p>")
    assert wrong_figures_of_word(plain, kept).wrong == ()
    (difference,) = wrong_figures_of_word(docx(paragraph("结余-6.00万元。")), kept).wrong
    assert (difference.expected, difference.found) == ("-6.00万元", "-5.00万元")


def field(instruction: str, result: str) -> str:
    """A field; an instruction may hold words of its own, which nobody sees."""
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    return f"{begin}<w:r><w:instrText>{instruction}</w:instrText></w:r>{words('9')}{separate}{words(result)}{end}"


def test_what_is_deleted_or_tells_a_page_is_not_read():
    deleted = '<w:del w:id="1" w:author="甲"><w:r><w:delText>旧的</w:delText></w:r></w:del>'
    found = docx(f"<w:p>{words('共8')}{deleted}{field(' IF 1 = 1 ', '页')}{field(' PAGE ', '7')}</w:p>")
    result = wrong_figures_of_word(docx(paragraph("共8页")), found)
    assert (result.wrong, result.reworded) == ((), 0)


# What wraps paragraphs


@pytest.mark.parametrize(
    "wrapped",
    [
        control(paragraph("控件里的收入5.00万元。")),
        control(control(paragraph("控件里的收入5.00万元。"))),
        alternative(paragraph("控件里的收入5.00万元。"), paragraph("旧程序才读的收入5.00万元。")),
        alternative(
            paragraph("新程序才读的收入5.00万元。"), paragraph("控件里的收入5.00万元。"), "http://example.org/new"
        ),
    ],
    ids=["control", "control in control", "alternate content", "alternate content of another day"],
)
def test_what_stands_in_a_wrapper_is_read_once_by_everyone(
    wrapped: str, shown: Callable[[bytes], list[str]], open_fonts: FontLibrary
):
    inside = docx(paragraph("甲"), wrapped, paragraph("乙"))
    plain = docx(paragraph("甲"), paragraph("控件里的收入5.00万元。"), paragraph("乙"))
    changed = docx(paragraph("甲"), wrapped.replace("5.00", "6.00"), paragraph("乙"))
    assert shown(inside) == shown(plain)
    assert compared(inside, plain) == []
    assert compared(inside, changed) == [("控件里的收入5.00万元。", "控件里的收入6.00万元。")]
    tracked = tracked_changes(inside, changed, DATE)
    assert texts(tracked, "reject") == ["甲", "控件里的收入5.00万元。", "乙"]
    assert texts(tracked, "accept") == ["甲", "控件里的收入6.00万元。", "乙"]
    assert [one.found for one in wrong_figures_of_word(inside, changed).wrong] == ["6.00万元"]
    assert print_document(inside, open_fonts).pdf == print_document(plain, open_fonts).pdf


def test_a_text_box_is_read_once_though_it_stands_there_for_old_programs_too(shown: Callable[[bytes], list[str]]):
    def boxed(text: str) -> bytes:
        box = f"<w:txbxContent>{paragraph(text)}</w:txbxContent>"
        shape = f"<a:graphic><a:graphicData><wps:wsp><wps:txbx>{box}</wps:txbx></wps:wsp></a:graphicData></a:graphic>"
        new = f"<w:drawing><wp:inline>{shape}</wp:inline></w:drawing>"
        old = f"<w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict>"
        namespace = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
        drawn = alternative(new, old, namespace).replace("xmlns:new=", f'xmlns:wps="{namespace}" xmlns:new=')
        return docx(f"<w:p>{words('框前')}<w:r>{drawn}</w:r></w:p>")

    old, new = boxed("收入5.00万元。"), boxed("收入6.00万元。")
    assert sum("收入5.00万元。" in line for line in shown(old)) == 1
    found = compare(Filled(open_document(old)), Filled(open_document(new)))
    assert [(one.old, one.new) for one in found] == [("收入5.00万元。", "收入6.00万元。")]
    assert [one.found for one in wrong_figures_of_word(old, new).wrong] == ["6.00万元"]


def test_notes_are_read_by_everyone(shown: Callable[[bytes], list[str]]):
    def noted(amount: str) -> bytes:
        note = f'<w:footnote w:id="2">{paragraph(f"其中收入{amount}万元。")}</w:footnote>'
        relation = f'<Relationship Id="rF" Type="{KIND}footnotes" Target="footnotes.xml"/>'
        part = f"<w:footnotes {NAMESPACES}>{note}</w:footnotes>"
        said = f'<w:p>{words("收入")}<w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
        return docx(said, parts={"word/footnotes.xml": part}, relations=relation)

    old, new = noted("5.00"), noted("6.00")
    assert compared(old, new) == [("其中收入5.00万元。", "其中收入6.00万元。")]
    assert [one.found for one in wrong_figures_of_word(old, new).wrong] == ["6.00万元"]
    assert shown(old)[0].endswith("收入［脚注 2］")


def test_rows_and_cells_in_content_controls_are_read_too():
    def table(amount: str) -> bytes:
        cells = "<w:tc><w:p><w:r><w:t>收入</w:t></w:r></w:p></w:tc>" + control(
            f"<w:tc><w:p><w:r><w:t>{amount}</w:t></w:r></w:p></w:tc>"
        )
        return docx(f"<w:tbl><w:tblPr/><w:tblGrid/>{control(f'<w:tr>{cells}</w:tr>')}</w:tbl>", paragraph("完"))

    old, new = table("5.00"), table("6.00")
    assert compared(old, new) == [("5.00", "6.00")]
    assert texts(tracked_changes(old, new, DATE), "reject") == ["收入", "5.00", "完"]
    assert [(one.expected, one.found) for one in wrong_figures_of_word(old, new).wrong] == [("5.00", "6.00")]


# Packages


def with_main_part_called(name: str, document: bytes) -> bytes:
    """The same document, its main part under another name, as some programs write it."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as old, zipfile.ZipFile(written, "w") as new:
        for part in old.namelist():
            content = old.read(part)
            if part in ("[Content_Types].xml", "_rels/.rels"):
                content = content.replace(b"word/document.xml", f"word/{name}".encode())
            new.writestr(part.replace("document.xml", name), content)
    return written.getvalue()


@pytest.mark.slow
def test_a_template_whose_main_part_has_another_name_is_filled_compared_and_verified(
    run: Callable[..., Any], template: Callable[..., Path], home: Path, publication: Publication, tmp_path: Path
):
    path = template()
    path.write_bytes(with_main_part_called("document2.xml", path.read_bytes()))
    file = tmp_path / "填报.yaml"
    shutil.copy(EXAMPLE, file)
    built = run("build", file, "--editions", home, "-o", tmp_path)
    assert built.status == 0, built.err
    made = tmp_path / f"{publication.name}.docx"
    with zipfile.ZipFile(made) as package:
        assert "word/document2.xml" in package.namelist() and "word/document.xml" not in package.namelist()
    assert compared(made.read_bytes(), publication.docx) == []
    assert compared(publication.docx, made.read_bytes()) == []
    verified = run("verify", made, file, "--editions", home)
    assert verified.status == 0 and "都与填报文件相符" in verified.out
    assert run("status", tmp_path, "--editions", home).out.endswith("共 1 份：最新 1 份。\n")


def test_a_file_of_too_many_parts_is_refused_by_everyone(open_fonts: FontLibrary, tmp_path: Path):
    large = docx(paragraph("甲"), parts={f"word/media/{number}.bin": b"" for number in range(4_001)})
    small = docx(paragraph("甲"))
    readers: list[Callable[[], object]] = [
        lambda: tracked_changes(large, small, DATE),
        lambda: open_document(large),
        lambda: wrong_figures_of_word(small, large),
        lambda: print_document(large, open_fonts),
    ]
    for read in readers:
        with pytest.raises(UnreadableDocument, match="Word 文档过大：最多 4000 个部件"):
            read()
