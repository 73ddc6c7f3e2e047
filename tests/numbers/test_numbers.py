"""The one pattern of a figure as it is printed, and of an amount as it may be typed."""

from __future__ import annotations

import json
import re

import pytest

from generator.numbers import AMOUNT, FIGURE, NUMBER, TYPED_AMOUNT


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("收入1,234.50万元，增长27.75%。", ["1,234.50", "27.75%"]),
        ("结余-1,234.50万元，下降０.５％", ["-1,234.50", "０.５％"]),
        ("2019-2020年", ["2019", "2020"]),  # what stands after a digit is a dash, no sign
        ("2020.12.31", ["2020.12", "31"]),
        ("共3,4567人", ["3", "4567"]),  # no thousands separator
        ("无发生额", []),
    ],
)
def test_the_figures_of_a_text(text, figures):
    assert re.findall(FIGURE, text) == figures


def test_a_number_is_a_figure_without_its_percent_sign():
    assert re.findall(NUMBER, "占78.63%，-5.00") == ["78.63", "-5.00"]


@pytest.mark.parametrize(
    ("text", "is_amount"),
    [("5,143.02", True), ("-0.50%", True), ("100%", True), ("2010301", False), ("12", False), ("—", False)],
)
def test_an_amount_cannot_be_taken_for_a_code_or_a_count(text, is_amount):
    assert bool(re.fullmatch(AMOUNT, text)) is is_amount


@pytest.mark.parametrize(
    "text", ["0", "-1,234.56", "1234567890123", "1,234,567.8", "01", "1,23", "12345678901234", "１"]
)
def test_editors_accept_the_amounts_that_the_program_accepts(run, text):
    schema = json.loads(run("schema", "gz-2020").out)
    patterns = {part["pattern"] for part in _parts(schema) if str(part.get("pattern", "")).startswith("^-?")}
    (pattern,) = patterns
    assert bool(re.search(pattern, text)) == bool(TYPED_AMOUNT.fullmatch(text))


def _parts(schema):
    """`schema` and all schemas in it."""
    if isinstance(schema, dict):
        yield schema
    for part in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        yield from _parts(part)
