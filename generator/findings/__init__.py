"""What is said to users about their input: the findings, and the one registry of their codes."""

from generator.findings.codes import Code, RelationCode
from generator.findings.finding import Comparison, Finding, InvalidInput, Place, Severity

__all__ = ["Code", "Comparison", "Finding", "InvalidInput", "Place", "RelationCode", "Severity"]
