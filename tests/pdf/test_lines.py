"""Where lines end, and how they are spaced (clreq 3.1, GB/T 15834)."""

import itertools
import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from word_documents import docx, paragraph, section

from generator.pdf import FontLibrary
from generator.pdf.content.looks import RunLook
from generator.pdf.layout.setting.characters import NO_LINE_END, NO_LINE_START, UNITS
from generator.pdf.layout.setting.glyphs import Cases
from generator.pdf.layout.setting.lines import MOST_GAP, GlyphRow, Tabs

SIZE = 16.0
LOOK = RunLook(ascii="Times New Roman", hansi="Times New Roman", east_asia="仿宋", size=SIZE)
CASE = Cases(FontLibrary.of_machine(())).of(LOOK)
TABS = Tabs((), 36.0, 0.0)

PIECES = st.sampled_from(
    [
        *"年度收入支出决算部门预数公务费的和比上", *"，。、；：！？（）《》“”",
        "……", "——", "1,234.56万元", "98.5%", "2020年", "3个", "-12.5%", "GDP", "12人次", "〔2020〕", "·", " and ",
    ]
)  # fmt: skip
TEXTS = st.lists(PIECES, min_size=1, max_size=90).map("".join)
WIDTHS = st.integers(min_value=10, max_value=30).map(lambda ems: ems * SIZE)


def broken(text: str, width: float, align: str = "both", tight: bool = False) -> list[str]:
    return [line for line, *_ in set_lines(text, width, align, tight)]


def set_lines(
    text: str, width: float, align: str = "both", tight: bool = False
) -> list[tuple[str, float, list[float]]]:
    """The lines of a text: characters, width to the last character's edge, gaps between characters."""
    row = GlyphRow(CASE.glyphs(text), tight=tight)
    found = []
    start = 0
    for line in row.lines(width, width, align, TABS, 0.0, 0.0):
        words = "".join(glyph.char for glyph in row.glyphs[start : line.next])
        stretch = line.stretches[-1]
        found.append((words, stretch.x + stretch.width, list(stretch.gaps)))
        start = line.next
    return found


def allowed_start(line: str, before: str) -> bool:
    """Whether a line may begin like this. A text that gives a mark no better place is not the printer's fault."""
    return line[0] not in NO_LINE_START or before[-1] in NO_LINE_END


@settings(max_examples=80, deadline=None)
@given(TEXTS, WIDTHS, st.sampled_from(["both", "left"]))
def test_lines_hold_the_whole_text_in_order(text: str, width: float, align: str) -> None:
    assert "".join(broken(text, width, align)) == text


@settings(max_examples=120, deadline=None)
@given(TEXTS, WIDTHS)
def test_no_line_begins_or_ends_with_a_mark_that_may_not(text: str, width: float) -> None:
    # A run of marks longer than a line cannot be helped; short ones always can.
    assume(not re.search(f"[{re.escape(''.join(NO_LINE_START | NO_LINE_END))}]{{6,}}", text))
    lines = broken(text, width)
    for before, line in itertools.pairwise(lines):
        assert line[0] not in NO_LINE_START, (before, line)
        assert before.rstrip(" ")[-1] not in NO_LINE_END, (before, line)


@settings(max_examples=80, deadline=None)
@given(TEXTS, WIDTHS, st.booleans())
def test_no_line_is_wider_than_its_column(text: str, width: float, tight: bool) -> None:
    for line, used, _ in set_lines(text, width, tight=tight):
        # The blank half of a mark at the end may reach over the edge, its ink does not; blanks hang.
        over = SIZE / 2 if line.rstrip(" ")[-1:] in set("，。、；：）》”〕") else 0.0
        assert used <= width + over + 0.01, line


@settings(max_examples=80, deadline=None)
@given(TEXTS, WIDTHS)
def test_numbers_do_not_part_from_sign_and_unit(text: str, width: float) -> None:
    lines = broken(text, width)
    units = "|".join(sorted(UNITS, key=len, reverse=True))
    for before, line in itertools.pairwise(lines):
        assert not (before[-1].isdigit() and re.match(rf"{units}|[\d.,%]", line)), (before, line)
        assert not (before[-1] in "-+" and line[0].isdigit()), (before, line)


@settings(max_examples=60, deadline=None)
@given(TEXTS, WIDTHS)
def test_all_but_the_last_line_of_a_justified_text_reach_the_edge_or_stay_readable(text: str, width: float) -> None:
    for line, used, gaps in set_lines(text, width)[:-1]:
        assert used >= width - 0.01 or max(gaps, default=0.0) <= MOST_GAP + 0.01, line


@settings(max_examples=60, deadline=None)
@given(TEXTS, WIDTHS)
def test_gaps_in_table_cells_are_never_taken_for_blanks(text: str, width: float) -> None:
    for line, _, gaps in set_lines(text, width, tight=True):
        if " " not in line:
            assert max(gaps, default=0.0) < 3.0, line


def test_a_mark_is_pressed_into_the_line_rather_than_leaving_it_loose() -> None:
    text = "某部门，收入，" + "支" * 14 + "，" + "出" * 6
    lines = broken(text, 21 * SIZE)
    assert lines[0] == text[:22], "the comma comes in: three marks give up a third of an em each"


def test_a_mark_that_cannot_be_pressed_in_takes_a_character_along() -> None:
    text = "支" * 20 + "，" + "出" * 6
    (first, used, gaps), *_ = set_lines(text, 20 * SIZE + 0.1)
    assert first == "支" * 19
    assert used == pytest.approx(20 * SIZE + 0.1)
    assert max(gaps) - min(gaps) < 0.01, "the slack is spread evenly"


@pytest.mark.parametrize(
    ("text", "ems"),
    [
        ("（《办法》）", 5.0),  # two brackets beside each other share one em of blank
        ("办法”（试行）", 6.5),
        ("办法）。", 3.5),
        ("办法，试行", 5.0),
    ],
)
def test_neighbouring_full_width_marks_close_up_by_half_an_em(text: str, ems: float) -> None:
    assert set_lines(text, 500.0, "left")[0][1] == pytest.approx(ems * SIZE)


def test_chinese_and_western_text_stand_apart_but_not_by_a_blank() -> None:
    (_, _, gaps), *_ = set_lines("共12个", 500.0, "left")
    assert gaps == pytest.approx([MOST_GAP, 0.0, MOST_GAP])


def test_western_words_stay_whole_unless_wider_than_the_line() -> None:
    assert broken("我们使用government平台", 8 * SIZE, "left") == ["我们使用", "government平", "台"]


def test_an_address_wider_than_the_line_is_broken_after_a_sign() -> None:
    lines = broken("见http://www.example.gov.cn/open/2020/index.html请查阅", 8 * SIZE, "left")
    assert lines[:3] == ["见", "http://www.", "example.gov.cn"]


def test_blanks_hang_over_the_edge_of_a_line() -> None:
    lines = broken("word " * 20, 10 * SIZE)
    assert all(not line.startswith(" ") for line in lines)


def test_the_last_line_and_a_line_ended_by_hand_are_not_spread(printed) -> None:
    pages = printed(docx(paragraph("短行\n" + "长" * 40), last_section=section())).pages
    short = pages[0].extract_text_lines()[0]
    assert short["x1"] - short["x0"] == pytest.approx(2 * SIZE, abs=1)
