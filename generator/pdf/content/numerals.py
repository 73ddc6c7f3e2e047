"""Numbers written in the formats of Word (ECMA-376 part 1, 17.18.59), for lists and page numbers."""

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"


def _letters(number: int, first: str) -> str:
    """a, b ... z, aa, bb: Word repeats the letter, it does not count on as a spreadsheet does."""
    repeat, index = divmod(number - 1, 26)
    return chr(ord(first) + index) * min(repeat + 1, 20) if number > 0 else ""


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    written = ""
    for amount, letters in (
        (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
        (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    ):  # fmt: skip
        while number >= amount:
            written += letters
            number -= amount
    return written


def _chinese(number: int, zero: str = "〇", digits: str = _DIGITS, units: str = "十百千") -> str:
    """A number in Chinese words up to 9999: 十二, 一百〇三. Beyond that Arabic digits."""
    if number == 0:
        return zero
    if not 0 < number < 10_000:
        return str(number)
    written, gap = "", False
    for place, digit in enumerate(map(int, f"{number:04d}")):
        if digit == 0:
            gap = bool(written)
            continue
        written += (zero if gap else "") + digits[digit] + ("", *units)[3 - place]
        gap = False
    return written[1:] if 10 <= number < 20 and digits is _DIGITS else written


def _each_digit(number: int, digits: str = _DIGITS) -> str:
    return "".join(digits[int(digit)] for digit in str(abs(number)))


def _enclosed(number: int) -> str:
    """① to ⑳, ㉑ to ㊿; beyond that the number in brackets."""
    for start, last, base in ((1, 20, 0x2460), (21, 35, 0x3251), (36, 50, 0x32B1)):
        if start <= number <= last:
            return chr(base + number - start)
    return f"({number})"


def _listed(marks: str) -> Callable[[int], str]:
    return lambda number: marks[number - 1] if 0 < number <= len(marks) else str(number)


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": lambda number: str(number).translate({ord("0") + i: ord("０") + i for i in range(10)}),
    "decimalHalfWidth": str,
    "numberInDash": lambda number: f"- {number} -",
    "decimalEnclosedCircle": _enclosed,
    "decimalEnclosedCircleChinese": _enclosed,
    "decimalEnclosedParen": lambda number: chr(0x2474 + number - 1) if 1 <= number <= 20 else f"({number})",
    "decimalEnclosedFullstop": lambda number: chr(0x2488 + number - 1) if 1 <= number <= 20 else f"{number}.",
    "ideographEnclosedCircle": lambda number: chr(0x3280 + number - 1) if 1 <= number <= 10 else f"({number})",
    "lowerLetter": lambda number: _letters(number, "a"),
    "upperLetter": lambda number: _letters(number, "A"),
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperRoman": _roman,
    "chineseCounting": _chinese,
    "chineseCountingThousand": _chinese,
    "japaneseCounting": _chinese,
    "taiwaneseCounting": _chinese,
    "taiwaneseCountingThousand": _chinese,
    "chineseLegalSimplified": lambda number: _chinese(number, "零", "零壹贰叁肆伍陆柒捌玖", "拾佰仟"),
    "ideographDigital": _each_digit,
    "japaneseDigitalTenThousand": _each_digit,
    "taiwaneseDigital": _each_digit,
    "ideographTraditional": _listed(_STEMS),
    "ideographZodiac": _listed(_BRANCHES),
    "none": lambda number: "",
}


def known(style: str) -> bool:
    """Whether numbers of this format can be written."""
    return style in _FORMATS


def written(number: int, style: str) -> str:
    """A number in a format of Word; Arabic digits where the format is not known."""
    return _FORMATS.get(style, str)(number)
