"""What is said to users about their input: the findings, and the one registry of their codes."""

from generator.findings.codes import Code, RelationCode, codes_page
from generator.findings.finding import Comparison, Finding, InvalidInput, Place, Severity, in_words
