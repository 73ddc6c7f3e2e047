"""A chart in words: how its figures are written in it, and the sentence that says all it shows."""

from decimal import Decimal

from generator.charts.values import Chart, Group, Item
from generator.edition import Wording
from generator.numbers import FigureWriter

NO_ACTIVITY = "本年度无发生额。"


class ChartWords:
    """Writes the figures of `chart` as the text of the publication writes them."""

    def __init__(self, chart: Chart, wording: Wording) -> None:
        self._chart = chart
        self._figures = FigureWriter(wording)
        self.unit = self._figures.unit.value

    def amount(self, item: Item) -> str:
        """`19,309.37万元`."""
        return self._figures.amount(item.amount)

    def number(self, item: Item) -> str:
        """`19,309.37`, where the unit is said for all."""
        return self.amount(item).removesuffix(self.unit)

    def figures(self, item: Item) -> list[str]:
        """`19,309.37万元`, and of a part of a whole its share: `78.63%`."""
        return [self.amount(item), self._share(item)] if self._chart.is_whole else [self.amount(item)]

    def total(self) -> str:
        """What the slices add up to, and which there are none of: `合计22.63万元，其中因公出国（境）费为0。`"""
        zero = "、".join(item.label for item in self._chart.items if not item.amount)
        return f"合计{self._figures.amount(self._chart.total)}{f'，其中{zero}为0' if zero else ''}。"

    def description(self) -> str:
        """The whole chart as text for those who do not see it."""
        begin = f"{self._chart.kind.value}：{self._chart.title}。"
        if self._chart.is_whole:
            parts = [f"{item.label}{self.amount(item)}，占{self._share(item)}" for item in self._chart.items]
            return f"{begin}合计{self._figures.amount(self._chart.total)}，其中：{'；'.join(parts)}。"
        return begin + "；".join(map(self._group, self._chart.groups)) + "。"

    def _share(self, item: Item) -> str:
        return self._figures.share(item.amount, self._chart.total, self._chart.share_decimals)

    def _group(self, group: Group) -> str:
        figures = "，".join(f"{item.label}{self.amount(item)}" for item in group.items)
        return f"{group.label}：{figures}" if group.label else figures

    def tick(self, value: Decimal) -> str:
        """A round value, in 万元, at an axis: `25,000`, `0.5`."""
        return f"{(value / self._figures.unit.in_ten_thousand).normalize():,f}" if value else "0"
