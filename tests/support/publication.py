"""An official publication in small: cover, contents, text, wide tables, page numbers on the outer edge."""

from word_documents import (
    LANDSCAPE,
    PORTRAIT,
    cell,
    docx,
    field,
    paragraph,
    row,
    run,
    section,
    table,
)

NOTHING = '<w:top w:val="nil"/><w:left w:val="nil"/><w:bottom w:val="nil"/><w:right w:val="nil"/>'
TITLE = f"<w:tcBorders>{NOTHING}</w:tcBorders>"
OVER_HEAD = '<w:tcBorders><w:top w:val="single" w:sz="4"/></w:tcBorders>'
CENTRE = '<w:vAlign w:val="center"/>'
NO_NUMBER_BREAK = "<w:cantSplit/>"
HEAD = "<w:cantSplit/><w:tblHeader/>"
SENTENCE = (
    "2020年度收入总计12,345.67万元，支出总计12,345.67万元。与上年相比，收、支总计各增加1,234.56万元，增长11.1%，"
    "主要原因是：“数字政府”建设项目（含运行维护）增加；其中，财政拨款收入11,000.00万元，占本年收入合计的98.5%——比上年提高0.3个百分点……"
)


def page_number(align: str) -> str:
    """A page number between dashes, on one edge."""
    look = '<w:rFonts w:ascii="宋体" w:hAnsi="宋体" w:eastAsia="宋体"/><w:sz w:val="28"/>'
    content = run("— ", look) + field("PAGE", "1", look) + run(" —", look)
    return paragraph(content, properties=f'<w:spacing w:line="240" w:lineRule="auto"/><w:jc w:val="{align}"/>')


def contents_line(text: str, mark: str) -> str:
    number = field(rf"PAGEREF {mark} \h", "9")
    link = f'<w:hyperlink w:anchor="{mark}">{run(text)}<w:r><w:tab/></w:r>{number}</w:hyperlink>'
    return paragraph(link, properties='<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="8844"/></w:tabs>')


def heading(text: str, style: str, mark: str, properties: str = "") -> str:
    marked = f'<w:bookmarkStart w:id="1" w:name="{mark}"/>{run(text)}<w:bookmarkEnd w:id="1"/>'
    return paragraph(marked, style, properties)


def centred(text: str) -> str:
    return paragraph(text, "cell", '<w:jc w:val="center"/>')


def accounts_table(number: int, rows: int = 60) -> str:
    """A table of ten columns: a title row and a row of names without borders, heads on three levels, then figures."""
    widths = [1100, 3000, *[1308] * 8]
    across = '<w:gridSpan w:val="10"/>'

    def head(text: str, more: str = "") -> str:
        return cell(centred(text), more + CENTRE)

    def merged(text: str, first: bool, more: str = "") -> str:
        return head(text if first else "", '<w:vMerge w:val="restart"/>' + more if first else "<w:vMerge/>")

    def figures(index: int) -> list[str]:
        amounts = [f"{index * 37 + column * 1234.5:,.2f}" for column in range(8)]
        return [cell(paragraph(amount, "cell", '<w:jc w:val="right"/>'), CENTRE) for amount in amounts]

    made = [
        row(cell(centred(f"表{number}　支出决算表"), across + TITLE), properties=HEAD),
        row(
            cell(paragraph("部门：某某局", "cell"), '<w:gridSpan w:val="5"/>' + TITLE),
            cell(paragraph("单位：万元", "cell", '<w:jc w:val="right"/>'), '<w:gridSpan w:val="5"/>' + TITLE),
            properties=HEAD,
        ),
        row(
            head("项目", '<w:gridSpan w:val="2"/>' + OVER_HEAD),
            merged("本年支出合计", True, OVER_HEAD),
            head("基本支出", '<w:gridSpan w:val="3"/>' + OVER_HEAD),
            head("项目支出", '<w:gridSpan w:val="3"/>' + OVER_HEAD),
            merged("对附属单位补助支出", True, OVER_HEAD),
            properties=HEAD,
        ),
        row(
            merged("科目编码", True),
            merged("科目名称", True),
            merged("", False),
            merged("小计", True),
            head("其中", '<w:gridSpan w:val="2"/>'),
            merged("小计", True),
            head("其中", '<w:gridSpan w:val="2"/>'),
            merged("", False),
            properties=HEAD,
        ),
        row(
            *[merged("", False) for _ in range(4)],
            head("人员经费"),
            head("公用经费"),
            merged("", False),
            head("一般项目"),
            head("重点项目"),
            merged("", False),
            properties=HEAD,
        ),
        row(head("栏次", '<w:gridSpan w:val="2"/>'), *[head(str(n)) for n in range(1, 9)], properties=HEAD),
        row(head("合计", '<w:gridSpan w:val="2"/>'), *figures(1), properties=HEAD),
    ]  # fmt: skip
    for index in range(rows):
        name = "一般公共服务支出" if index % 7 else "政府办公厅（室）及相关机构事务支出（含数字政府建设）"
        made.append(
            row(cell(f"20{index:05d}", CENTRE), cell(name, CENTRE), *figures(index), properties=NO_NUMBER_BREAK)
        )
    return table(
        widths, *made, properties='<w:tblStyle w:val="grid"/><w:jc w:val="center"/><w:tblLayout w:type="fixed"/>'
    )


def publication(tables: int = 1, rows: int = 60, paragraphs: int = 12) -> bytes:
    """The whole document."""
    outer = (
        '<w:footerReference w:type="default" r:id="footer1"/><w:footerReference w:type="even" r:id="footer2"/>'
        '<w:footerReference w:type="first" r:id="footer3"/>'
    )
    big = '<w:rFonts w:eastAsia="方正小标宋简体"/><w:sz w:val="72"/>'
    cover = [
        paragraph(
            "某某市某某局", properties='<w:spacing w:line="240" w:lineRule="auto"/><w:jc w:val="center"/>', look=big
        ),
        paragraph(
            run("2020年部门决算", big),
            properties='<w:spacing w:line="240" w:lineRule="auto"/><w:jc w:val="center"/>'
            f'<w:sectPr>{outer}{PORTRAIT}<w:vAlign w:val="center"/><w:titlePg/></w:sectPr>',
        ),
    ]
    contents = [
        paragraph(
            run("目　录", '<w:rFonts w:eastAsia="黑体"/><w:sz w:val="44"/>'), properties='<w:jc w:val="center"/>'
        ),
        paragraph(
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o "1-2" \\h </w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        ),
        contents_line("第一部分　部门概况", "_Toc1"),
        contents_line("　　一、主要职责", "_Toc2"),
        contents_line("第二部分　部门决算表", "_Toc3"),
        contents_line("第三部分　部门决算情况说明", "_Toc4"),
        paragraph('<w:r><w:fldChar w:fldCharType="end"/></w:r>'),
    ]
    text = [
        heading("第一部分　部门概况", "h1", "_Toc1", "<w:pageBreakBefore/>"),
        heading("一、主要职责", "h2", "_Toc2"),
        *[paragraph(SENTENCE * (1 + index % 3), "body") for index in range(paragraphs)],
        paragraph(properties=section()),
    ]
    wide = [heading("第二部分　部门决算表", "h1", "_Toc3")]
    for number in range(1, tables + 1):
        wide += [accounts_table(number, rows), paragraph("注：本表反映部门本年度各项支出情况。", "cell")]
        if number < tables:
            wide.append(paragraph('<w:r><w:br w:type="page"/></w:r>', "cell"))
    wide.append(paragraph(properties=section(LANDSCAPE)))
    close = [
        heading("第三部分　部门决算情况说明", "h1", "_Toc4"),
        *[paragraph(SENTENCE * (1 + index % 2), "body") for index in range(paragraphs)],
    ]
    return docx(
        *cover, *contents, *text, *wide, *close,
        settings="<w:evenAndOddHeaders/>",
        stories={"footer1": page_number("right"), "footer2": page_number("left"), "footer3": paragraph()},
    )  # fmt: skip
