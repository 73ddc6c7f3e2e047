"""Whether a template is right: its tags, its names, what it draws, its styles, its 目录, and what the printer says."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain, combinations
from pathlib import Path
from typing import Any

from generator.accounts import load_accounts
from generator.checks import check_words
from generator.edition import Edition, unit_said
from generator.filling import (
    FREE_TABLE_STYLES,
    STYLES,
    Tag,
    TaggedParagraph,
    fill_template,
    open_template,
    paragraphs,
    tag_faults,
    tags_of,
    template_parts,
    words_between_tags,
)
from generator.findings import Code, Finding, InvalidInput, Place, Severity
from generator.narrative import TemplateFault, template_environment, template_words
from generator.pdf import MissingCharacters, document_fonts, print_document
from generator.pdf.fonts import FontLibrary
from generator.template.examples import example_of
from generator.template.expressions import Drawn, Told
from generator.template.names import template_names
from generator.template.statements import Follower
from generator.word import INSTRUCTION, Package, UnreadableDocument, outline_levels, pack, style_of, unpublished

_MOST_PLACES = 10
"""As many places are named where something stands in many."""

_AMOUNT_WITH_UNIT = re.compile(r"\{\{[^{}]*\|\s*(表中数|万元|元)\s*\}\}\s*([百千万亿]*元)")


def check_template(template: Path, edition: Edition, fonts: FontLibrary) -> list[Finding]:
    """Everything that is wrong, or perhaps unintended, with `template` as one of `edition`."""
    try:
        document = open_template(template)
    except TemplateFault as fault:
        return [Finding(Code.TEMPLATE_FAULT, fault.message, (Place(str(template)),))]
    return _once_each(_Check(template, edition, fonts, document).findings())


def _once_each(findings: Iterable[Finding]) -> list[Finding]:
    """What is said of several places, such as a name missing wherever it is used, said once with all of them."""
    alike: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        alike.setdefault((finding.code, finding.message), []).append(finding)
    return [
        replace(same[0], places=tuple(dict.fromkeys(place for one in same for place in one.places)))
        for same in alike.values()
    ]


class _Check:
    def __init__(self, template: Path, edition: Edition, fonts: FontLibrary, document: Any) -> None:
        self._template = template
        self._edition = edition
        self._fonts = fonts
        self._document = document

    def findings(self) -> Iterator[Finding]:
        found: list[Finding] = []
        parts = [paragraphs(root, part) for part, root in template_parts(self._document)]
        for of_part in parts:
            found += [self._finding(Code.TAG_MISPLACED, fault.message, fault.place) for fault in tag_faults(of_part)]
        environment = template_environment(self._edition.wording)
        words = template_words(self._edition.wording)
        follower = Follower(environment, template_names(self._edition), words, self._edition.published_unit.value)
        for of_part in parts:
            follower.follow(tag for paragraph in of_part for tag in tags_of(paragraph))
        told = follower.told
        found += [self._at(Code.TAG_UNREADABLE, tag, message) for tag, message in told.unreadable]
        found += [self._at(Code.UNKNOWN_IN_TEMPLATE, tag, message) for tag, message in told.faults]
        found += self._drawn(told)
        found += self._styles(STYLES, "决算表")
        if any(drawn.word == "画表" and not drawn.name for drawn in told.drawn):
            found += self._styles(FREE_TABLE_STYLES, "部门的自由表格")
        faulty = {tag for tag, _ in (*told.unreadable, *told.faults)}
        for tag, path in (one for one in told.unguarded if one[0] not in faulty):
            message = f"“{path}”部门可以不填；没有填时不能生成，请先写“{{% if {path} %}}”判断。"
            found.append(self._finding(Code.UNGUARDED, message, tag.paragraph.place, Severity.WARNING))
        for paragraph in chain(*parts):
            place = Place(str(self._template), where=paragraph.place)
            found += self._units(paragraph)
            found += check_words(self._edition, words_between_tags(paragraph), place)
        found += self._headings(parts[0])
        order = {paragraph.place: number for number, paragraph in enumerate(chain(*parts))}
        found.sort(key=lambda finding: order.get(finding.places[0].where, len(order)))
        yield from found
        yield from self._not_for_readers()
        yield from self._contents()
        yield from self._printed()
        if not any(finding.severity is Severity.ERROR for finding in found):
            yield from self._example()

    def _drawn(self, told: Told) -> Iterator[Finding]:
        """Every public table is placed exactly once, and nothing is placed that there is not."""
        by_name: dict[str, list[Drawn]] = defaultdict(list)
        for drawn in told.drawn:
            if drawn.name:
                by_name[drawn.name].append(drawn)
            if drawn.name and drawn.repeated:
                message = f"“{drawn.name}”放在循环里，会画多次，请移到循环外面。"
                yield self._at(Code.WRONGLY_DRAWN, drawn.tag, message)
        for word, known in self._drawable().items():
            for name, public in known.items():
                here = [drawn for drawn in by_name.get(name, []) if drawn.word == word]
                if public and not here:
                    message = f"没有画“{name}”，请在模板里另起一段，写 {{{{p {word}('{name}') }}}}。"
                    yield self._finding(Code.WRONGLY_DRAWN, message)
                elif here and not public:
                    message = f"“{name}”写着“公开: 否”，不应画在公开文本里，请删去。"
                    yield self._at(Code.WRONGLY_DRAWN, here[0].tag, message)
                for first, second in combinations(here, 2):
                    if not _exclude_each_other(first, second):
                        message = f"“{name}”画了两次（另一处在{first.tag.paragraph.name}），请只保留一处。"
                        yield self._at(Code.WRONGLY_DRAWN, second.tag, message)
            for drawn in told.drawn:
                if drawn.word == word and drawn.name and drawn.name not in known:
                    what = "、".join(known) or "没有"
                    message = f"这个版本没有“{drawn.name}”，能用“{word}”画的有：{what}。"
                    yield self._at(Code.WRONGLY_DRAWN, drawn.tag, message)

    def _drawable(self) -> dict[str, dict[str, bool]]:
        """By drawing word, what it can draw, and whether that is published."""
        tables = {number: table.published for number, table in self._edition.tables.items()}
        return {"画表": tables, "画图": dict.fromkeys(self._edition.charts, True)}

    def _units(self, paragraph: TaggedParagraph) -> Iterator[Finding]:
        """Where the template writes another unit beside a figure than the figure is in."""
        unit = self._edition.published_unit.value
        for found in _AMOUNT_WITH_UNIT.finditer(paragraph.text):
            if found[2] != unit or found[1] != "表中数":
                says = f"“{found[0]}”后面的“{found[2]}”与数的单位不符：正文的金额印成{unit}"
                advice = f"写成“|{unit}”，它自己带单位" if found[1] != "表中数" else f"把“{found[2]}”改成“{unit}”"
                yield self._finding(Code.WRONG_UNIT, f"{says}，请{advice}。", paragraph.place)
        for said in unit_said(words_between_tags(paragraph)):
            if said != unit:
                message = f"这里写着“{said}”，而金额印成{unit}：说的是本版本的金额的，请改成“{unit}”。"
                yield self._finding(Code.WRONG_UNIT, message, paragraph.place, Severity.WARNING)

    def _styles(self, names: tuple[str, ...], what: str) -> Iterator[Finding]:
        defined = {style.name for style in self._document.styles}
        if absent := [name for name in names if name not in defined]:
            message = f"缺少样式{'、'.join(absent)}：画{what}要用，请在 Word 的“样式”中补上，或从现有版本的模板复制。"
            yield self._finding(Code.NO_STYLE, message)

    def _not_for_readers(self) -> Iterator[Finding]:
        """What is taken out of the template before it is filled."""
        found = unpublished(Package(self._template.read_bytes()))
        for told, what, becomes in (
            (found.comments, "批注", "不会公开，生成时去掉"),
            (found.changes, "修订", "生成时按“接受所有修订”处理：插入的文字照用，删除的文字、行和其中的标记不再算数"),
            (found.hidden, "隐藏文字", "不会公开，生成时去掉，其中的标记也不再算数"),
        ):
            if told.places:
                names = f"（{'、'.join(told.names)}）" if told.names else ""
                message = f"模板里有 {len(told.places)} 处{what}{names}：{becomes}。请核对是不是这样。"
                places = tuple(Place(str(self._template), where=where) for where in told.places[:_MOST_PLACES])
                yield Finding(Code.NOT_FOR_READERS, message, places, Severity.WARNING)

    def _headings(self, body: list[TaggedParagraph]) -> Iterator[Finding]:
        """No heading is more than one level below the one before it: a 目录 and a screen reader go by the levels."""
        levels = outline_levels(self._document.styles.element)
        above = 0
        for paragraph in body:
            level = levels.get(style_of(paragraph.element), 0)
            if not level or not paragraph.text.strip():
                continue
            if 0 < above < level - 1:
                skips = f"这是 {level} 级标题，前面的标题是 {above} 级，中间跳过了一级"
                message = f"{skips}：请改用“标题 {above + 1}”，或补上中间的标题。"
                yield self._finding(Code.HEADING_SKIPS, message, paragraph.place, Severity.WARNING)
            above = level

    def _contents(self) -> Iterator[Finding]:
        instructions = [text.text or "" for text in self._document.element.body.iter(INSTRUCTION)]
        if not any(instruction.strip().startswith("TOC") for instruction in instructions):
            message = "没有目录：请在 Word 里用“引用”“目录”插入自动目录，程序会写好各条和页码。"
            yield self._finding(Code.NO_CONTENTS, message, severity=Severity.WARNING)

    def _printed(self) -> Iterator[Finding]:
        """What the printer says of the template as it stands, tags and all."""
        content = pack(self._document)
        try:
            printed = print_document(content, self._fonts)
        except (UnreadableDocument, MissingCharacters) as unreadable:
            yield self._finding(Code.TEMPLATE_FAULT, str(unreadable))
            return
        for remark in printed.remarks:
            yield self._finding(Code.NOT_PRINTED_AS_IN_WORD, remark.message, remark.place, Severity.WARNING)
        if not printed.headings:
            message = "没有一段用了“标题 1”“标题 2”这样的标题样式，目录会是空的。"
            yield self._finding(Code.NO_CONTENTS, message, severity=Severity.WARNING)
        if replaced := [name for name in document_fonts(content) if not self._fonts.explain(name).real]:
            message = (
                f"本机没有字体 {'、'.join(replaced)}，PDF 用别的字体代替（juesuan fonts 说明用哪种），Word 不受影响。"
            )
            yield self._finding(Code.FONT_SUBSTITUTED, message, severity=Severity.WARNING)

    def _example(self) -> Iterator[Finding]:
        """Fills the template with the example of its edition, where there is one."""
        example = example_of(self._edition)
        if example is None:
            return
        try:
            fill_template(self._template, load_accounts(example))
        except TemplateFault as fault:
            yield self._finding(Code.EXAMPLE_FAILS, f"用示例“{example.name}”填写时：{fault.message}", fault.place)
        except InvalidInput as invalid:
            message = f"示例“{example.name}”有 {len(invalid.findings)} 处错误，没有试填：请先用 juesuan check 核对它。"
            yield self._finding(Code.EXAMPLE_FAILS, message, severity=Severity.WARNING)

    def _at(self, code: Code, tag: Tag, message: str) -> Finding:
        return self._finding(code, message, tag.paragraph.place)

    def _finding(self, code: Code, message: str, where: str = "", severity: Severity = Severity.ERROR) -> Finding:
        return Finding(code, message, (Place(str(self._template), where=where),), severity)


def _exclude_each_other(first: Drawn, second: Drawn) -> bool:
    """Whether the two stand in different branches of one condition."""
    branches = dict(first.branches)
    return any(branches.get(number, branch) != branch for number, branch in second.branches)
