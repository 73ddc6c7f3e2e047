"""A figure as it is printed in a text, as patterns without groups, to be used alone or within larger ones."""

_SIGN = r"(?:(?<![0-9A-Za-z.)])[-+−])?"  # after a digit, a letter or a bracket it is a dash: `2019-2020`
_WHOLE = r"\d+(?:,\d{3}(?!\d))*"

NUMBER = rf"{_SIGN}{_WHOLE}(?:\.\d+)?"
"""A number with its sign, thousands separators and decimals: `-1,234.50`."""
FIGURE = rf"{NUMBER}[%％]?"
"""The same with a percent sign, where there is one."""
AMOUNT = rf"(?:{_SIGN}{_WHOLE}(?:\.\d+[%％]?|[%％]))"
"""A figure that cannot be a code, a count or the number of a line: it has decimals or a percent sign."""
