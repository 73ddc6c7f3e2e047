"""Numbers: how they are written, how they are printed in texts, and how a department may type them."""

from generator.numbers.phrases import filled, placeholders
from generator.numbers.printed import AMOUNT, FIGURE, NUMBER
from generator.numbers.typed import TYPED_AMOUNT, TYPED_COUNT, TYPED_NUMBER, TYPED_WHOLE, Unit, is_split_amount
from generator.numbers.writing import ZERO, FigureWriter, chinese_number, plain_number, rounded, separated
