"""What a template of an edition may use: every name, filter and function, with its value in the edition's example."""

from decimal import Decimal
from typing import Any

from rich.console import Console

from generator.accounts import load_accounts
from generator.edition import Edition
from generator.findings import InvalidInput
from generator.kinds import EACH_CODE, EACH_ITEM
from generator.narrative import EXAMPLE_VALUES, Blank, narrative_context, template_environment, template_words
from generator.template.examples import example_of
from generator.template.names import rows_and_columns, template_names, walk

_MOST_OF_A_VALUE = 40


def reference(edition: Edition) -> dict[str, Any]:
    """The names, tables and words of the templates of `edition`, as data whose keys are Chinese."""
    context = _example_context(edition)
    known = template_names(edition)
    names = [
        {
            "名称": path,
            "类型": what.kind,
            "必填": "否" if what.optional else "是",
            "说明": what.meaning,
            "示例值": _shown(_at(context, path)),
        }
        for path, what in walk(known)
        if what.kind != "表"
    ]
    tables = []
    for number, table in edition.tables.items():
        rows, columns = rows_and_columns(known[number])
        entry = {
            "名称": number,
            "说明": table.title,
            "公开": "是" if table.published else "否",
            "行": rows,
            "栏": columns,
        }
        tables.append(entry | {"按科目编码": "是" if known[number].by_code else "否"})
    environment = template_environment(edition.wording)
    words = []
    for word in template_words(edition.wording):
        result = ""
        if word.call is not None and "loop" not in word.usage:
            result = _result(environment.compile_expression(word.usage)(EXAMPLE_VALUES))
        entry = {"名称": word.name, "类型": word.kind.value, "说明": word.meaning, "写法": word.usage, "结果": result}
        words.append(entry)
    charts = [{"名称": chart.name, "说明": chart.title} for chart in edition.charts.values()]
    return {"版本": edition.identifier, "名称": names, "表": tables, "图": charts, "过滤器和函数": words}


def print_reference(console: Console, found: dict[str, Any]) -> None:
    """The reference for people: one thing a line, what it means below it."""
    console.print("名称（写成 {{ 名称 }}；[…] 是列表的一项，用 {%p for 项 in 列表 %} 循环取出，写成 项.名称）")
    told = ""
    for name in found["名称"]:
        value = f" = {name['示例值']}" if name["示例值"] else ""
        optional = "" if name["必填"] == "是" else "，可以不填"
        console.print(f"  {name['名称']}（{name['类型']}{optional}）{value}")
        if name["说明"] and name["说明"] != told:
            console.print(f"      {name['说明']}")
        told = name["说明"]
    console.print()
    console.print("表（写成 {{ 表['行']['栏'] }}；表.各类 是科目的列表，表.下级名称('行') 是下一级各行的名称）")
    for table in found["表"]:
        console.print(f"  {table['名称']} {table['说明']}{'' if table['公开'] == '是' else '（不公开）'}")
        by_code = "科目编码" if table["按科目编码"] == "是" else ""
        console.print(f"      行：{'、'.join(filter(None, [by_code, *table['行']]))}")
        console.print(f"      栏：{'、'.join(table['栏'])}")
    if found["图"]:
        console.print()
        console.print("图（写成 {{p 画图('名称') }}，独占一段）")
        for chart in found["图"]:
            console.print(f"  {chart['名称']} {chart['说明']}")
    console.print()
    examples = "，".join(f"{name} = {_shown(value)}" for name, value in EXAMPLE_VALUES.items() if _is_plain(value))
    console.print(f"过滤器和函数（写法里 {examples}）")
    for word in found["过滤器和函数"]:
        result = f" → {' / '.join(word['结果'].splitlines())}" if word["结果"] else ""
        console.print(f"  {word['写法']}{result}")
        console.print(f"      {word['类型']}“{word['名称']}”：{word['说明']}")
    console.print()
    console.print("循环里的 loop.index 是第几项，loop.first、loop.last 是不是第一项、最后一项。")


def _example_context(edition: Edition) -> dict[str, Any]:
    example = example_of(edition)
    if example is None:
        return {}
    try:
        return narrative_context(load_accounts(example))
    except InvalidInput:
        return {}


def _at(context: Any, path: str) -> Any:
    """What `path` leads to in the example; of what has many, the first."""
    for step in path.replace(EACH_ITEM, ".…").replace(EACH_CODE, ".…").split("."):
        try:
            entries = list(context.values()) if isinstance(context, dict) else context
            context = entries[0] if step == "…" else context[step]
        except (LookupError, TypeError):
            return None
    return context


def _result(value: Any) -> str:
    """What a word makes of its usage; items of a list one after the other."""
    if isinstance(value, list):
        return "；".join("，".join(f"{key} {part}" for key, part in one.items()) for one in value)
    return str(value)


def _is_plain(value: Any) -> bool:
    return not isinstance(value, dict) and not (isinstance(value, list) and isinstance(value[0], dict))


def _shown(value: Any) -> str:
    """A short text of `value`; empty for a group, and for what was left out."""
    if value is None or isinstance(value, Blank):
        return ""
    if isinstance(value, Decimal):
        return f"{value:,.2f}" if value == round(value, 2) and value != value.to_integral() else f"{value:f}"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, list | tuple) and value and all(isinstance(one, str) for one in value):
        value = "、".join(value)
    if isinstance(value, str):
        plain = " ".join(value.split())
        return plain if len(plain) <= _MOST_OF_A_VALUE else f"{plain[:_MOST_OF_A_VALUE]}……"
    return f"{len(value)} 项" if isinstance(value, list | tuple) else ""
