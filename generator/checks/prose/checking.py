"""Every text of a department's file, held against every rule of the edition."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import chain

from generator.accounts import Accounts, TypedText, typed_texts
from generator.checks.prose.copied import copied, texts_of_last_year
from generator.checks.prose.dates import impossible_dates
from generator.checks.prose.directions import ExplainedChange, ExplainedChanges, explained_changes, opposite
from generator.checks.prose.doubled import doubled
from generator.checks.prose.figures import contradicting
from generator.checks.prose.known import Known, known_figures
from generator.checks.prose.marks import clashing, half_width, unpaired
from generator.checks.prose.names import other_names
from generator.checks.prose.percentages import too_great, too_many_decimals
from generator.checks.prose.personal import bank_accounts, identity_numbers, mobile_numbers, person_names
from generator.checks.prose.ratios import contradicting_ratios
from generator.checks.prose.slips import Slip, folded, quoted, sentence
from generator.checks.prose.words import words
from generator.checks.prose.years import other_years
from generator.edition import CONFIRMED, Edition, ProseKind, ProseRule, prose_rule_place
from generator.findings import Code, Finding, Place, Severity
from generator.reading import node_at

GROUP = "文字"

Judge = Callable[[ProseRule, TypedText], Iterator[Slip]]


def check_prose(accounts: Accounts) -> list[Finding]:
    """A finding for every slip in the department's words that it has not confirmed, in the order of its file.

    First those for what the template will say in its own words of the department's figures.
    """
    changes = explained_changes(accounts)
    judges = _judges(accounts, changes)
    used: set[str] = set()
    findings: dict[object, Finding] = {}
    for typed in typed_texts(accounts.edition, accounts.source):
        read = replace(typed, text=folded(typed.text))
        for rule in accounts.edition.prose:
            for slip in _slips(rule, read.text, judges[rule.kind](rule, read)):
                if answers := _answers(accounts, typed.text, slip):
                    used |= answers
                    continue
                finding = _finding(rule, typed.text, slip, typed.place_of(slip.start), _HOW_TO_CONFIRM)
                key = (rule.code, _alike(rule, read.text[slip.start : slip.end], finding))
                places = findings[key].places if key in findings else ()
                findings[key] = replace(findings.get(key, finding), places=(*places, *finding.places))
    needless = [_needless(accounts, text) for text in accounts.confirmed if text not in used]
    return [*_growths(accounts.edition, changes.by_reason.values()), *findings.values(), *needless]


def check_words(edition: Edition, text: str, place: Place) -> list[Finding]:
    """The words in a template's `text`, which stands at `place`, that the edition does not allow anywhere."""
    return [
        _finding(rule, text, slip, place)
        for rule in edition.prose
        if rule.kind is ProseKind.WORDS
        for slip in _slips(rule, text, words(rule, folded(text)))
    ]


_HOW_TO_CONFIRM = f"没有问题的，写进“{CONFIRMED}”。"


def _alike(rule: ProseRule, said: str, finding: Finding) -> object:
    """What the reminders of a rule have in common that are given once, with every place; an error is by itself."""
    if rule.severity is Severity.ERROR:
        return finding
    if rule.kind is ProseKind.HALF_WIDTH:
        return ""
    return said if rule.kind in (ProseKind.WORDS, ProseKind.CLASHING) else finding.message


def _growths(edition: Edition, changes: Iterable[ExplainedChange]) -> Iterator[Finding]:
    """The changes of figures entered side by side that, written as a percentage, are beyond what a text may say."""
    for rule in edition.prose:
        if rule.kind is ProseKind.PERCENTAGE and not rule.words and rule.threshold is not None:
            for one in changes:
                if one.side_by_side and one.base and one.now - one.base > rule.threshold * abs(one.base):
                    message = (
                        f"{rule.name}：{one.name}比{one.base_name}增长 {(one.now - one.base) / abs(one.base):.0%}。"
                    )
                    yield Finding(rule.code, message + rule.reason, one.places, rule.severity, GROUP)


def check_examples(edition: Edition) -> list[Finding]:
    """The rules of `edition` that do not find what they give as their own example."""
    judges = _judges_of_text(edition.year)
    findings = []
    for rule in edition.prose:
        example = TypedText(folded(rule.example), (), Place(""))
        if rule.kind in judges and not any(_slips(rule, example.text, judges[rule.kind](rule, example))):
            message = f"{rule.code} {rule.name}：按这条规则，查不出它自己的示例“{rule.example}”，请核对规则或示例。"
            findings.append(Finding(Code.EDITION_FAULT, message, (prose_rule_place(edition, rule.code),)))
    return findings


def _judges(accounts: Accounts, changes: ExplainedChanges) -> dict[ProseKind, Judge]:
    """What finds the slips of each kind; each has seen the accounts once."""
    of_last_year, known = texts_of_last_year(accounts), known_figures(accounts)
    return _judges_of_text(accounts.year, accounts.department) | {
        ProseKind.COPIED: lambda rule, one: copied(one.text, of_last_year, accounts.year),
        ProseKind.FIGURE: lambda rule, one: _of_figures(one, known, changes),
        ProseKind.DIRECTION: lambda rule, one: opposite(one, changes),
    }


def _judges_of_text(year: int, department: str = "") -> dict[ProseKind, Judge]:
    """Those that need no more than the text, the year and whose it is."""
    return {
        ProseKind.WORDS: lambda rule, one: words(rule, one.text),
        ProseKind.SELF: lambda rule, one: other_names(rule, one.text, department),
        ProseKind.YEAR: lambda rule, one: other_years(one.text, year),
        ProseKind.DATE: lambda rule, one: impossible_dates(one.text),
        ProseKind.PERCENTAGE: lambda rule, one: too_great(rule, one.text),
        ProseKind.DECIMALS: lambda rule, one: too_many_decimals(one.text),
        ProseKind.DOUBLED: lambda rule, one: doubled(one.text),
        ProseKind.CLASHING: lambda rule, one: clashing(one.text),
        ProseKind.PAIRS: lambda rule, one: unpaired(one.text),
        ProseKind.HALF_WIDTH: lambda rule, one: half_width(one.text),
        ProseKind.IDENTITY_NUMBER: lambda rule, one: identity_numbers(one.text),
        ProseKind.MOBILE_NUMBER: lambda rule, one: mobile_numbers(one.text),
        ProseKind.BANK_ACCOUNT: lambda rule, one: bank_accounts(rule, one.text),
        ProseKind.PERSON: lambda rule, one: person_names(rule, one.text),
    }


def _of_figures(typed: TypedText, known: Known, changes: ExplainedChanges) -> Iterator[Slip]:
    """The figures in a text that are not so, but for those that are said to be a change and are judged as such."""
    told = [slip[:2] for slip in opposite(typed, changes)]
    for slip in chain(contradicting(typed.text, known), contradicting_ratios(typed.text, known)):
        if not any(start < slip.end and slip.start < end for start, end in told):
            yield slip


def _slips(rule: ProseRule, text: str, found: Iterator[Slip]) -> Iterator[Slip]:
    """Those of `found` that nothing in their sentence makes right, each once."""
    seen = set()
    for slip in found:
        said = text[slip.start : slip.end]
        if said in seen:
            continue
        start, end = sentence(text, slip.start, slip.end)
        if not any(one in text[start:end] for one in rule.unless):
            seen.add(said)
            yield slip


def _answers(accounts: Accounts, text: str, slip: Slip) -> set[str]:
    """The confirmed texts that hold the slip, where they stand in `text`."""
    return {
        one
        for one in accounts.confirmed
        if any(at <= slip.start and slip.end <= at + len(one) for at in _found(one, text))
    }


def _found(part: str, text: str) -> Iterator[int]:
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + 1)


def _finding(rule: ProseRule, text: str, slip: Slip, place: Place, advice: str = "") -> Finding:
    message = f"{rule.name}：{quoted(text, slip.start, slip.end)}{slip.says}{rule.reason}{advice}"
    return Finding(rule.code, message, (place,), rule.severity, GROUP)


def _needless(accounts: Accounts, text: str) -> Finding:
    message = f"“{CONFIRMED}”里的“{text}”现在没有哪条规则说到，请核对是不是和原文一字不差，不用的删去。"
    place = node_at(accounts.source, (CONFIRMED, text)).within(CONFIRMED)
    return Finding(Code.NEEDLESS_ANSWER, message, (place,), Severity.WARNING, GROUP)
