"""How things look in a Word document, in words: fonts, sizes, spacing, borders (ECMA-376 part 1, 17.3 to 17.7)."""

import re
from collections.abc import Callable, Iterator

from lxml import etree

from generator.word import MC, WP, A, Element, R, W, child_value, style_names, styles_of, value

_PREFIXES = {
    W: "w",
    R: "r",
    MC: "mc",
    A: "a",
    WP: "wp",
    "http://www.w3.org/XML/1998/namespace": "xml",
}
_W = f"{{{W}}}"
_ALIGNMENTS = {
    "left": "左对齐",
    "start": "左对齐",
    "center": "居中",
    "right": "右对齐",
    "end": "右对齐",
    "both": "两端对齐",
    "distribute": "分散对齐",
}
_VERTICAL = {"top": "靠上", "center": "垂直居中", "bottom": "靠下"}
_LINE_RULES = {"exact": "固定值", "atLeast": "最小值"}
_SIDES = {
    "top": "上", "left": "左", "start": "左", "bottom": "下", "right": "右", "end": "右",
    "insideH": "内横", "insideV": "内竖",
}  # fmt: skip
_BREAKS = {
    "nextPage": "下一页",
    "continuous": "连续",
    "evenPage": "偶数页",
    "oddPage": "奇数页",
    "nextColumn": "下一栏",
}
_STYLE_KINDS = {"paragraph": "段落样式", "character": "字符样式", "table": "表格样式", "numbering": "编号样式"}
_ON_OFF = {
    "w:b": "加粗",
    "w:i": "斜体",
    "w:strike": "删除线",
    "w:caps": "全部大写",
    "w:vanish": "隐藏",
    "w:keepNext": "与下段同页",
    "w:keepLines": "段中不分页",
    "w:pageBreakBefore": "段前分页",
    "w:widowControl": "孤行控制",
    "w:cantSplit": "跨页不断行",
    "w:tblHeader": "标题行重复",
    "w:titlePg": "首页不同",
    "w:snapToGrid": "对齐网格",
}
_SILENT = {"w:bCs", "w:iCs", "w:szCs", "w:lang", "w:noProof", "w:rsid", "w:contextualSpacing"}


def tag_of(element: Element) -> str:
    """The name of `element` with the usual prefix: `w:p`."""
    name = etree.QName(element)
    return f"{_PREFIXES.get(name.namespace or '', name.namespace)}:{name.localname}"


def twips(text: str) -> str:
    """A length in twentieths of a point as millimetres."""
    return _measure(text, 20 * 72 / 25.4, "毫米", ".1f")


def emu(text: str) -> str:
    """A length in English Metric Units (ECMA-376 part 1, 20.1.2.1) as millimetres."""
    return _measure(text, 36_000, "毫米", ".1f")


def _points(text: str, parts: int = 20) -> str:
    return _measure(text, parts, "磅")


def _measure(text: str, parts: float, unit: str, form: str = "g") -> str:
    """`text`, a whole number of parts of a unit, in that unit; what is no such number as it is."""
    if not re.fullmatch(r"-?[0-9]{1,12}", text):
        return text
    return f"{int(text) / parts:{form}} {unit}"


def attributes(element: Element) -> str:
    """The attributes of `element` as they are, in a fixed order, without those that only Word's own tools use."""
    shown = []
    for name, text in sorted(element.attrib.items()):
        local = etree.QName(name).localname
        if not local.startswith("rsid") and local not in ("paraId", "textId"):
            shown.append(f" {local}={text!s}")
    return "".join(shown)


def shown_properties(properties: Element | None, without: tuple[str, ...]) -> str:
    """The properties of a paragraph, run, row, cell, table or section in one line; empty where there are none."""
    if properties is None:
        return ""
    parts = [part for part in properties.iterchildren(etree.Element) if tag_of(part) not in without]
    return "；".join(shown for part in parts if (shown := shown_property(part)))


def run_look(properties: Element | None, styles: dict[str, str]) -> str:
    """What a run has of its own; a hint which of its fonts to use is nothing of the kind."""
    if properties is None:
        return ""
    style = child_value(properties, "rStyle")
    named = f"字符样式 {styles.get(style, '')}" if style is not None else ""
    return "；".join(part for part in (named, shown_properties(properties, ("w:rStyle",))) if part)


def shown_property(element: Element) -> str:
    """One property, in words where there are any; empty for what no reader sees."""
    tag = tag_of(element)
    if tag in _SILENT:
        return ""
    if tag in _ON_OFF:
        off = element.get(f"{_W}val", "1") in ("0", "false", "off")
        return f"不{_ON_OFF[tag]}" if off else _ON_OFF[tag]
    if tag in _WORDS:
        return _WORDS[tag](element)
    inner = "；".join(
        f"{etree.QName(part).localname}{attributes(part)}" for part in element.iterchildren(etree.Element)
    )
    name = etree.QName(element).localname
    return f"{name}{attributes(element)}{f'（{inner}）' if inner else ''}"


def _value(element: Element) -> str:
    return value(element) or ""


def _given(element: Element) -> dict[str, str]:
    """The attributes by their names, whatever their namespace."""
    return {etree.QName(name).localname: str(text) for name, text in element.attrib.items()}


def _fonts(element: Element) -> str:
    names = _given(element)
    east, latin = names.get("eastAsia") or names.get("eastAsiaTheme"), names.get("ascii") or names.get("asciiTheme")
    return "，".join(f"{label} {name}" for label, name in (("中文字体", east), ("西文字体", latin)) if name)


def _spacing(element: Element) -> str:
    """Of a paragraph; for a run it has a value of its own."""
    if _value(element):
        return f"字间距 {_points(_value(element))}"
    given = _given(element)
    rule = given.get("lineRule", "auto")
    shown = []
    for key, label in (("before", "段前"), ("after", "段后")):
        if f"{key}Lines" in given:
            shown.append(f"{label} {_measure(given[f'{key}Lines'], 100, '行')}")
        elif key in given:
            shown.append(f"{label} {_points(given[key])}")
    if "line" in given:
        line = _points(given["line"]) if rule in _LINE_RULES else _measure(given["line"], 240, "倍")
        shown.append(f"行距{_LINE_RULES.get(rule, '')} {line}")
    return "，".join(shown)


def _indent(element: Element) -> str:
    given = _given(element)
    shown = []
    for key, label in (("left", "左缩进"), ("start", "左缩进"), ("right", "右缩进"), ("end", "右缩进")):
        shown += _by_characters(given, key, label)
    shown += _by_characters(given, "firstLine", "首行缩进") + _by_characters(given, "hanging", "悬挂缩进")
    return "，".join(shown)


def _by_characters(given: dict[str, str], key: str, label: str) -> list[str]:
    characters = given.get(f"{key}Chars", "0")
    if characters != "0":
        return [f"{label} {_measure(characters, 100, '字符')}"]
    return [f"{label} {_points(given[key])}"] if given.get(key, "0") != "0" else []


def _level(element: Element) -> str:
    level = _value(element)
    return f"大纲级别 {int(level) + 1}" if level in tuple("012345678") else ""


def _page_size(element: Element) -> str:
    across = "，横向" if element.get(f"{_W}orient") == "landscape" else ""
    return f"纸张 {twips(element.get(f'{_W}w', ''))}×{twips(element.get(f'{_W}h', ''))}{across}"


def _margins(element: Element) -> str:
    sides = {"top": "上", "bottom": "下", "left": "左", "right": "右", "header": "页眉", "footer": "页脚"}
    shown = [f"{label} {twips(element.get(f'{_W}{key}', '0'))}" for key, label in sides.items()]
    return f"页边距 {'，'.join(shown)}"


def _borders(element: Element) -> str:
    shown = []
    for side in element.iterchildren(etree.Element):
        width = side.get(f"{_W}sz", "")
        thick = f" {_points(width, 8)}" if width else ""
        colour = side.get(f"{_W}color", "auto")
        local = etree.QName(side).localname
        shown.append(f"{_SIDES.get(local, local)} {_value(side)}{thick}{'' if colour == 'auto' else f' {colour}'}")
    return f"边框 {'，'.join(shown)}" if shown else ""


def _fill(element: Element) -> str:
    fill = element.get(f"{_W}fill", "auto")
    return "" if fill == "auto" and _value(element) in ("clear", "nil") else f"底纹 {_value(element)} {fill}"


def _tabs(element: Element) -> str:
    kinds = _ALIGNMENTS | {"decimal": "小数点对齐", "clear": "清除"}
    leaders = {"dot": "，点线", "hyphen": "，短线", "underscore": "，下划线"}
    stops = []
    for tab in element.iterchildren(etree.Element):
        leader = leaders.get(tab.get(f"{_W}leader", ""), "")
        stops.append(f"{kinds.get(_value(tab), _value(tab))} {twips(tab.get(f'{_W}pos', ''))}{leader}")
    return f"制表位 {'、'.join(stops)}"


def _cell_margins(element: Element) -> str:
    shown = [
        f"{_SIDES.get(etree.QName(side).localname, '')} {_points(side.get(f'{_W}w', ''))}"
        for side in element.iterchildren(etree.Element)
    ]
    return f"格内边距 {'，'.join(shown)}"


def _page_numbers(element: Element) -> str:
    start, form = element.get(f"{_W}start"), element.get(f"{_W}fmt")
    return "，".join(
        part for part in (f"页码从 {start} 起" if start else "", f"页码格式 {form}" if form else "") if part
    )


_WORDS: dict[str, Callable[[Element], str]] = {
    "w:rFonts": _fonts,
    "w:sz": lambda element: f"字号 {_points(_value(element), 2)}",
    "w:color": lambda element: f"颜色 {_value(element)}",
    "w:u": lambda element: f"下划线 {_value(element)}",
    "w:highlight": lambda element: f"突出显示 {_value(element)}",
    "w:vertAlign": lambda element: {"superscript": "上标", "subscript": "下标"}.get(_value(element), ""),
    "w:jc": lambda element: _ALIGNMENTS.get(_value(element), f"对齐 {_value(element)}"),
    "w:spacing": _spacing,
    "w:ind": _indent,
    "w:outlineLvl": _level,
    "w:gridSpan": lambda element: f"跨 {_value(element)} 列",
    "w:vMerge": lambda element: "跨行开始" if _value(element) == "restart" else "与上一格合并",
    "w:vAlign": lambda element: _VERTICAL.get(_value(element), _value(element)),
    "w:trHeight": lambda element: f"行高 {_points(_value(element))} {element.get(f'{_W}hRule', '')}".rstrip(),
    "w:tblBorders": _borders,
    "w:tcBorders": _borders,
    "w:pBdr": _borders,
    "w:shd": _fill,
    "w:pgSz": _page_size,
    "w:pgMar": _margins,
    "w:type": lambda element: f"分节 {_BREAKS.get(_value(element), _value(element))}",
    "w:cols": lambda element: f"分 {element.get(f'{_W}num')} 栏" if element.get(f"{_W}num", "1") != "1" else "",
    "w:kern": lambda element: "",
    "w:tabs": _tabs,
    "w:tblCellMar": _cell_margins,
    "w:tcMar": _cell_margins,
    "w:pgNumType": _page_numbers,
}


def style_lines(styles: Element) -> Iterator[str]:
    """The document's defaults and each style: what it is based on, and what it says itself."""
    for path, label in (("rPrDefault/w:rPr", "文字"), ("pPrDefault/w:pPr", "段落")):
        found = styles.find(f"w:docDefaults/w:{path}", {"w": _W[1:-1]})
        if look := shown_properties(found, ()):
            yield f"［默认］{label}：{look}"
    named = style_names(styles)
    for style in sorted(styles_of(styles).values(), key=lambda one: (child_value(one, "name") or "", attributes(one))):
        based_on = named.get(child_value(style, "basedOn") or "", "")
        kind = _STYLE_KINDS.get(style.get(f"{_W}type", ""), "样式")
        yield f"［{child_value(style, 'name') or ''}］{kind}{f'，基于 {based_on}' if based_on else ''}"
        for name, label in (("pPr", "段落"), ("rPr", "文字"), ("tblPr", "表格"), ("trPr", "行"), ("tcPr", "格")):
            if look := shown_properties(style.find(f"{_W}{name}"), ()):
                yield f"    {label}：{look}"
        for conditional in style.iterfind(f"{_W}tblStylePr"):
            looks = [shown_properties(part, ()) for part in conditional.iterchildren(etree.Element)]
            yield f"    {conditional.get(f'{_W}type')}：{'；'.join(look for look in looks if look)}"
