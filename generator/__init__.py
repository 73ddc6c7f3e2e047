"""决算: a department's figures become its published final accounts, in Word and PDF.

What other programs may use is here; the command `juesuan` does the same. Amounts are `Decimal` in 万元, exact.

>>> import generator
>>> accounts = generator.load("data_specs/examples/haizhu-2020.yaml")
>>> accounts.department
'广州市海珠区政务服务数据管理局'
>>> generator.check(accounts)
[]
>>> [file.suffix for file in generator.build(accounts, "output").files]
['.docx', '.pdf']
"""

# What is needed for one function alone is imported in it: reading and checking need no printer.
from __future__ import annotations

from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from generator.findings import Finding, InvalidInput, Severity

if TYPE_CHECKING:
    from generator.accounts import Accounts
    from generator.correction import Report

__all__ = ["Built", "Finding", "InvalidInput", "Severity", "build", "check", "compare", "load"]


class Built(NamedTuple):
    """What `build` did."""

    files: list[Path]
    """The Word file and the PDF; empty where both were current already."""
    findings: list[Finding]
    """What was found and did not stop the publication."""


def load(file: str | PathLike[str]) -> Accounts:
    """The accounts in a department's file (YAML or JSON). Raises `InvalidInput` with every fault of the file."""
    from generator.accounts import load_accounts

    return load_accounts(Path(file))


def check(accounts: Accounts) -> list[Finding]:
    """What contradicts the relations (勾稽关系) of the edition; empty where nothing does."""
    from generator.checks import check_accounts

    return check_accounts(accounts)


def build(accounts: Accounts, folder: str | PathLike[str], *, draft: bool = False, force: bool = False) -> Built:
    """Writes the publication of `accounts` into `folder`, both files or neither.

    Raises `InvalidInput` where a check fails (with `draft` they are made all the same, and marked), where the template
    does not allow it, where somebody has edited what is there (without `force`), or where it cannot be written.
    """
    from generator.pdf.fonts import FontLibrary
    from generator.publish import publish

    return Built(*publish(accounts, Path(folder), FontLibrary.of_machine(), draft=draft, force=force))


def compare(old: str | PathLike[str], new: str | PathLike[str]) -> Report:
    """What a correction changed: `old` and `new` are two versions of a department's file.

    Raises `InvalidInput` where one of them cannot be used, or the two cannot be compared.
    """
    from generator.correction import compare_files
    from generator.pdf.fonts import FontLibrary

    return compare_files(Path(old), Path(new), FontLibrary.of_machine())
