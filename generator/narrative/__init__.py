"""What a template may say: the names, filters and functions at its hand."""

from generator.narrative.context import narrative_context
from generator.narrative.environment import TemplateFault, template_environment

__all__ = ["TemplateFault", "narrative_context", "template_environment"]
