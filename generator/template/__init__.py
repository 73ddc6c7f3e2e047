"""Word templates before they are filled: what they may say, whether they are right, and what they hold, as text."""

from generator.template.checking import check_template
from generator.template.reference import print_reference, reference
from generator.template.showing import show_document
from generator.template.years import year_mentions
