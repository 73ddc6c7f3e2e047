"""How figures are written in sentences and tables: what a template of the finance bureau can count on."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from html import unescape
from math import floor
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import TemplateError

from generator.edition import load_edition
from generator.narrative import TemplateFault, template_environment

ENVIRONMENT = template_environment(load_edition("gz-2020").wording)
FEN = st.integers(-(10**15), 10**15)  # amounts in 元 have two decimals, so in 万元 six
amounts = FEN.map(lambda fen: Decimal(fen).scaleb(-6))


def say(template: str, **values: Any) -> str:
    """What `template` says, every `str` among the values taken for an amount in 万元."""
    return ENVIRONMENT.from_string(template).render(
        {name: Decimal(value) if isinstance(value, str) else value for name, value in values.items()}
    )


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("0", "0万元"),
        ("1.5", "1.50万元"),
        ("999.99", "999.99万元"),
        ("1000", "1,000.00万元"),
        ("1234567.891", "1,234,567.89万元"),
        ("0.005", "0.01万元"),
        ("0.0049", "0.00万元"),
        ("2.675", "2.68万元"),  # a float would make 2.67 of it
        ("-0.004", "0.00万元"),  # never a negative zero
        ("-1234.565", "-1,234.57万元"),
    ],
)
def test_amounts_in_sentences(amount, text):
    assert say("{{ x|万元 }}", x=amount) == text


def test_amounts_in_tables():
    assert [say("{{ x|表中数 }}", x=amount) for amount in ("0", "1432.225", "-3")] == ["0.00", "1,432.23", "-3.00"]


@given(amounts)
def test_rounding_is_half_up_from_the_exact_figure(amount):
    exact = Fraction(amount)
    cents = floor(abs(exact) * 100 + Fraction(1, 2)) * (1 if exact > 0 else -1)
    assert Fraction(say("{{ x|表中数 }}", x=amount).replace(",", "")) == Fraction(cents, 100)


@given(amounts)
def test_separators_stand_before_every_third_digit(amount):
    written = say("{{ x|表中数 }}", x=amount).removeprefix("-")
    groups = written.partition(".")[0].split(",")
    assert all(len(group) == 3 for group in groups[1:])
    assert 1 <= len(groups[0]) <= 3


@pytest.mark.parametrize(
    ("now", "base", "text"),
    [
        ("5143.02", "4025.77", "比上年决算增加1,117.25万元，增长27.75%"),
        ("90.03", "93.76", "比上年决算减少3.73万元，降低3.98%"),
        ("0", "3", "比上年决算减少3.00万元，降低100%"),
        ("6", "3", "比上年决算增加3.00万元，增长100%"),
        ("3", "0", "比上年决算增加3.00万元，增长--%（基数为0，不可比）"),
        ("0", "0", "与上年决算持平"),
        ("3", "3", "与上年决算持平"),
        ("3.004", "3.0", "与上年决算持平"),  # the same as printed
        ("3.005", "3.0049", "比上年决算增加0.01万元，增长0.003%"),  # printed apart: 3.01 and 3.00
        ("3", "-1", "比上年决算增加4.00万元，增长400.00%"),
    ],
)
def test_changes(now, base, text):
    assert say("{{ 变动(now, base, '上年决算') }}", now=now, base=base) == text


@given(amounts, amounts)
def test_a_change_never_contradicts_the_two_figures_beside_it(now, base):
    text = say("{{ 变动(now, base, '上年决算') }}", now=now, base=base)
    printed = [Decimal(say("{{ x|表中数 }}", x=amount).replace(",", "")) for amount in (now, base)]
    expected = "持平" if printed[0] == printed[1] else "增加" if printed[0] > printed[1] else "减少"
    assert expected in text
    if difference := re.search(r"([\d,.]+)万元", text):
        assert Decimal(difference[1].replace(",", "")) > 0
    assert (
        say("{{ 大小(now, base) }}", now=now, base=base) == {"持平": "等于", "增加": "大于", "减少": "小于"}[expected]
    )


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        ("0", "5", "0%"),
        ("5", "5", "100%"),
        ("1", "3", "33.33%"),
        ("2", "3", "66.67%"),
        ("0.125", "100", "0.13%"),
        ("4.99999", "5", "100.00%"),
        ("0", "0", "0%"),
    ],
)
def test_shares(part, whole, text):
    assert say("{{ 占比(part, whole) }}", part=part, whole=whole) == text


@pytest.mark.parametrize(
    ("actual", "budget", "text"),
    [
        ("1.5", "1.5", "100%"),
        ("0", "1.5", "0%"),
        ("3", "1.5", "200.00%"),
        ("0", "0", "--%（预算基数为0，不可比）"),
        ("1", "0", "--%（预算基数为0，不可比）"),
    ],
)
def test_completion_of_a_budget(actual, budget, text):
    assert say("{{ 完成率(actual, budget) }}", actual=actual, budget=budget) == text


def test_how_much_of_a_budget_was_spent():
    assert say("{{ 完成情况(actual, budget, '预算', 1) }}", actual="6.9", budget="24") == "完成预算24.00万元的28.8%"
    assert say("{{ 完成情况(actual, budget, '年初预算') }}", actual="1", budget="0") == "年初预算为0万元，完成率不可比"


@pytest.mark.parametrize(
    ("number", "text"),
    [(1, "一"), (9, "九"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一"), (90, "九十"), (99, "九十九")],
)
def test_numbers_in_chinese(number, text):
    assert say("{{ n|汉字 }}", n=number) == text


@given(st.integers(1, 99))
def test_numbers_in_chinese_can_be_read_back(number):
    tens, ten, ones = say("{{ n|汉字 }}", n=number).rpartition("十")
    digits = "〇一二三四五六七八九"
    assert (digits.index(tens) if tens else bool(ten)) * 10 + (digits.index(ones) if ones else 0) == number


@pytest.mark.parametrize("number", [0, 100, -1])
def test_numbers_beyond_99_are_refused(number):
    with pytest.raises(TemplateFault, match="1 到 99"):
        say("{{ n|汉字 }}", n=number)


def test_numbers_that_are_no_amounts():
    assert [say("{{ x|数值 }}", x=number) for number in ("20", "20.00", "9.50", "100", "0")] == [
        "20",
        "20",
        "9.5",
        "100",
        "0",
    ]


def test_lists():
    assert say("{{ xs|顿号 }}（{{ xs|项数 }}）", xs=["甲", "乙"]) == "甲、乙（2）"


@pytest.mark.parametrize("text", ["{{ 1+1 }}", "{% raw %}", "{_{ x }_}", "<b>&amp;", "'\"", "a_b"])
def test_text_of_a_department_comes_out_as_itself(text):
    assert unescape(say("{{ x[0] }}", x=[text])) == text


@pytest.mark.parametrize(
    "template",
    [
        "{{ x.__class__.__mro__ }}",
        "{{ x.__init__.__globals__ }}",
        "{{ [].__class__.__base__.__subclasses__() }}",
        "{{ lipsum.__globals__ }}",
        "{{ x|attr('__class__') }}",
        "{{ 没有的名称 }}",
    ],
)
def test_a_template_reaches_nothing_beyond_its_names(template):
    with pytest.raises(TemplateError):
        say(template, x=[1])
