"""What a template may say: the names, filters and functions at its hand."""

from generator.narrative.context import narrative_context
from generator.narrative.environment import (
    EXAMPLE_VALUES,
    MERGE_WITH_ABOVE,
    Blank,
    MissingName,
    TemplateFault,
    Word,
    WordKind,
    template_environment,
    template_words,
)
from generator.narrative.syntax import KEYWORDS, parse_tag, syntax_fault
