"""Every message code, once: the name by which the program says it, the code that users see, when it comes, what to do.

A code never changes its meaning, and one that is no longer said is not given again. The codes of an edition's relations
(`勾稽关系.yaml`) are the edition's own.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import NewType

RelationCode = NewType("RelationCode", str)
"""The code of a relation of an edition, such as `G101`: its specification gives it."""

GROUPS = {
    "R": "读取填报文件",
    "A": "填报文件的内容",
    "P": "打印",
    "T": "模板",
    "S": "版本的格式",
    "D": "更正",
    "B": "批量",
    "W": "文件和命令",
}
"""What codes are about, by their first letter."""


class Code(StrEnum):
    """A message code; as a text it is what users see, such as `R101`."""

    meaning: str
    advice: str

    def __new__(cls, code: str, meaning: str, advice: str) -> Code:
        member = str.__new__(cls, code)
        member._value_ = code
        member.meaning = meaning
        member.advice = advice
        return member

    FILE_MISSING = "R101", "找不到文件", "核对路径和文件名。"
    NOT_A_FILE = "R102", "给出的是文件夹，或不是普通文件", "给出其中的填报文件。"
    UNREADABLE_FILE = "R103", "没有权限，或文件正被占用", "检查文件权限，关闭正在使用它的程序。"
    FILE_TOO_LARGE = "R104", "文件过大，不像是填报文件", "核对是不是给错了文件。"
    OTHER_FORMAT = (
        "R105",
        "不是 UTF-8 编码的文本，或是 Excel、Word、PDF 文件",
        "另存为 UTF-8；用 juesuan new 生成填报文件。",
    )
    UNPRINTABLE_CHARACTER = "R106", "有看不见的控制字符", "在指出的位置删去它。"
    SPREADSHEET_ERROR = "R107", "有表格软件算不出时留下的记号，如 #N/A", "改为实际的数，没有发生的填 0。"
    NOT_YAML = "R201", "不符合 YAML 的写法", "按消息检查指出处的冒号、缩进、引号和括号。"
    EMPTY_FILE = "R202", "文件是空的", "用 juesuan new 生成一份来填写。"
    SEVERAL_DOCUMENTS = "R203", "一个文件里有几份资料", "删去多余的“---”。"
    TOO_DEEP = "R204", "层次过多", "检查缩进或括号。"
    ALIAS = "R205", "有“&”“*”开头的引用", "是文字的，加引号。"
    TAG = "R206", "有“!”开头的标记", "是文字的，加引号。"
    KEY_NOT_A_NAME = "R207", "冒号前面不是一个名称", "检查指出处的括号和缩进。"
    KEY_TWICE = "R208", "同一个名称写了两次", "只保留一个。"
    TOO_MANY_NODES = "R209", "内容项数过多，不像是填报文件", "核对是不是给错了文件。"
    KEY_TOO_LONG = "R210", "名称太长或分了行", "检查是否缺少冒号，引号是否成对。"
    RUN_TOGETHER = "R211", "一行会被并进上一行的文字里", "检查这一行的缩进、“- ”和冒号；本来就是一段的，加引号。"
    LONE_DASH = "R212", "填数的地方只有一个“-”", "没有发生的填 0；不用填的删去“-”。"
    TEXT_AFTER_HASH = "R213", "没有加引号的文字里有“ #”，后面的字不会公布", "要公布的，给整段文字加引号。"

    WRONG_EDITION = "A001", "版本没有写、写错，或与年度不符", "写成现有的版本之一。"
    WRONG_HEAD = "A002", "开头的年度、部门、金额单位等不对", "按消息改正文件开头的几项。"
    WRONG_LAST_YEAR = "A003", "上年的填报文件不能用", "按消息改正文件名，或先改正那个文件。"
    MORE_FAULTS = "A100", "错误太多，没有全部列出", "改正已列出的，再核对。"
    WRONG_SHAPE = "A101", "写法与这一项要求的不同，如应是列表", "照消息里的写法改。"
    UNKNOWN_NAME = "A102", "这里没有这个名称", "核对名称；消息里有相近的。"
    MISSING = "A103", "缺少必填的内容", "补上；没有发生的金额填 0。"
    NOT_AN_AMOUNT = "A104", "不是金额，或小数位数不对", "只写数字，用全文件的单位。"
    NOT_A_NUMBER = "A105", "不是整数，或不是数", "只写数字，不带单位。"
    TEXT_TOO_LONG = "A106", "文字太长", "分段，或核对是否多粘贴了内容。"
    UNKNOWN_SUBJECT = "A107", "这里没有这个科目", "核对编码；科目表里没有的写进“补充科目”。"
    SUBJECT_TWICE = "A108", "同一行或同一科目写了两次", "合成一处。"
    SUBJECT_KNOWN = "A109", "补充的科目已在科目表中", "删去补充的这一行。"
    TYPED_NUMBER = "A110", "程序会编号的文字里写了编号", "删去编号，程序会编。"
    NOT_A_DATE = "A111", "不是日期", "写成“年-月-日”，如 2021-09-30。"
    NEEDLESS_ANSWER = "A112", "“已核实用语”里的原文没有哪条规则说到", "核对原文，或删去这一条。"
    PRINTED_APART = (
        "A113",
        "应当相等的两个数，因四舍五入印出来不一样",
        "照消息里的行填明，或用 juesuan fix。",
    )
    STAYS_APART = "A114", "应当相等的两个数印出来不一样，补填合计也不能使它们相等", "核对指出的两个数。"
    OTHER_UNIT = "A115", "以元填报，而许多和差一两分，像是以万元为单位的数", "核对开头的“金额单位”。"
    NOT_AS_LAST_YEAR = "A116", "写了“上年文件”，旁边填的数与它不同", "核对；一致的删去，只留调整了口径的。"
    GROUP_LEFT_BLANK = "A117", "可以不填的一组，名称还在，各项都空着", "有的请填写；确实没有的，删去这一组。"

    NOT_PRINTED_AS_IN_WORD = "P101", "PDF 不能与 Word 完全一样地打印某处", "看消息；在意的话，换一种 Word 写法。"
    NO_FONT_FOR_CHARACTER = "P102", "没有字体能打印某个字", "换一个字，或安装有这个字的字体。"
    FONT_SUBSTITUTED = "P103", "本机没有模板用的字体，用了替代的", "需要正式字体的，在本机安装。"

    NO_EDITION_OF_TEMPLATE = "T100", "看不出模板属于哪个版本", "加上 --edition。"
    TEMPLATE_FAULT = "T101", "模板打不开，或填写时出错", "按消息改模板指出的段落。"
    TAG_MISPLACED = "T102", "标记的位置、括号或成对有误", "按消息改模板指出的段落。"
    TAG_UNREADABLE = "T103", "标记里的写法看不懂", "按消息改模板指出的段落。"
    UNKNOWN_IN_TEMPLATE = "T104", "模板用了没有的名称，或用法不对", "核对名称：juesuan template names。"
    UNGUARDED = "T105", "可以不填的字段，模板没有先判断", "加上消息里的条件。"
    WRONGLY_DRAWN = "T106", "决算表或图没有放、放了两次，或放错了", "按消息增删“画表”“画图”。"
    NO_STYLE = "T107", "模板缺少要用的样式", "在 Word 里补上，或从现有版本的模板复制。"
    NO_CONTENTS = "T108", "模板没有目录，或目录收不全", "用 Word 的“引用”“目录”插入自动目录。"
    EXAMPLE_FAILS = "T109", "用示例填写模板时出错", "按消息改模板或示例。"
    NOT_FOR_READERS = "T110", "模板里有批注、修订或隐藏文字，不会公开", "按消息核对；不再需要的，在 Word 里处理掉。"
    HEADING_SKIPS = "T111", "模板的标题跳过了一级，如标题 1 下面直接是标题 3", "改用紧接的一级，或补上中间的一级。"

    NO_EDITION = "S001", "没有这个版本", "核对编号：juesuan template list。"
    NO_EDITIONS_FOLDER = "S002", "指定的不是版本文件夹", "给出有 data_specs 和 templates 的文件夹。"
    WRONG_IDENTIFIER = "S003", "新版本的编号不对", "以四位年度结尾，如 gz-2021。"
    NOT_COPIED = "S004", "版本已经存在，或底本没有模板，不能复制", "换一个编号，或先移走原来的文件。"
    INSTALLED_EDITIONS = "S005", "不能把版本写进安装好的程序里", "用 --editions 指定一个自己的文件夹。"
    EDITION_FAULT = "S101", "版本的格式文件有误", "按消息改指出的文件和行。"
    CIRCLE = "S102", "有一格要由它自己算出", "修改这一格的“等于”。"
    WRONG_UNIT = "S103", "写着的金额单位，与印出的金额的单位不符", "改成印出的单位，或改“公布单位”。"
    COUNTED_TWICE = "S104", "一个“等于”里合计和它的一部分都写了，或一项写了两次", "删去重复的一个。"
    EDITION_REMARK = "S105", "版本里多半是疏忽的地方，如漏加进合计的行、没有用到的文件", "核对；有意如此的不用理会。"

    SAME_FILE = "D001", "两处写的是同一个文件", "给出更正前和更正后的两个文件。"
    OTHER_YEAR = "D002", "两个文件的年度不同", "给出同一年度的两个文件。"
    OTHER_EDITION = "D003", "两个文件用的版本不同", "核对；格式不同引起的变动也会列出。"
    OTHER_DEPARTMENT = "D004", "两个文件的部门不同", "核对是不是同一个部门。"
    NO_REASON = "D101", "有变动没有写更正原因", "在“更正”里写明。"
    NOTHING_CHANGED = "D102", "“更正”里写的位置没有变动", "核对位置，或删去这一处。"
    HISTORY_CHANGED = "D103", "以前的更正被改动或删去", "保留已经公布过的更正。"
    LATER_FIRST = "D104", "更正没有按日期先后排列", "先的写在前面。"
    NO_CORRECTION = "D105", "没有“更正”，不能写更正说明", "在填报文件末尾补上“更正”。"
    NOT_CORRECT = "D106", "更正后的文件核对有错", "先改正，再写更正后的公开文本。"

    NOTHING_TO_DO = "B001", "文件夹里没有要做的填报文件", "核对文件夹和 --only。"
    SAME_NAME = "B002", "几个部门的公开文本会同名", "改正部门名称，或移走重复的文件。"
    NO_FOLDER = "B003", "读不了文件夹", "核对路径和权限。"
    BROKE_DOWN = "B101", "做这个部门时程序意外中断", "单独做一次看看；仍然如此请告诉维护者。"

    EXISTS = "W101", "要新写的文件已经存在，没有覆盖", "换一个文件名。"
    NOT_WRITTEN = "W102", "无法写入", "检查磁盘空间和权限，关闭已打开的同名文件。"
    NO_SUCH_PART = "W103", "本版本没有这张表或这个文件", "写成消息里列出的之一。"
    EDITED = "W104", "公开文本生成以后被人改动过，没有覆盖", "先改名另存；不要改动的，加 --force。"
    NOT_A_PUBLICATION = "W105", "不是可读的 Word 文件或 PDF", "用 Word 或 WPS 另存后再试。"
    NOT_READ = "W106", "读不了给出的文件或文件夹", "核对路径和权限。"
    NOT_FIXED = "W107", "填报文件的写法特别，不能自动写入", "照消息里的行自己写进去。"


def codes_page() -> str:
    """All codes by what they are about, as a page of Markdown for users."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "# 消息代码"
    yield ""
    yield "每条消息开头有一个代码。代码的意思不变；同一代码的消息，字句随所说的数和位置而不同。"
    yield "版本自己的勾稽关系另有代码，见各版本的勾稽关系手册。"
    for letter, about in GROUPS.items():
        yield from ("", f"## {letter}：{about}", "", "| 代码 | 什么时候出现 | 怎么办 |", "|---|---|---|")
        yield from (f"| {code} | {code.meaning} | {code.advice} |" for code in Code if code.startswith(letter))
