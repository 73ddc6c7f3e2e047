"""All kinds of field, in the order in which people read of them."""

from generator.kinds.by_indicator import IndicatorAmounts, IndicatorPhrases
from generator.kinds.by_subject import BySubject
from generator.kinds.field import KINDS, FieldKind
from generator.kinds.figures import Amount, Count, Number
from generator.kinds.free_table import FreeTableKind
from generator.kinds.groups import GroupOfFields, ListOfGroups
from generator.kinds.outline import Outline
from generator.kinds.texts import Glossary, ListOfNames, OneText, Paragraphs, Phrase

_ALL: tuple[FieldKind, ...] = (
    GroupOfFields(),
    ListOfGroups(),
    OneText(),
    Phrase(),
    Paragraphs(),
    ListOfNames(),
    Glossary(),
    Amount(),
    Count(),
    Number(),
    IndicatorAmounts(),
    IndicatorPhrases(),
    FreeTableKind(),
    Outline(),
    BySubject(),
)

KINDS |= {kind.name: kind for kind in _ALL}
