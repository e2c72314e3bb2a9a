"""Run a rule's own examples through the whole reader and say which fail."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rules.model import Article, Claim, Currency, Kind, Modality, Polarity, Tier
from rules.reader import Reader
from rules.rule import Example, Rule, Standing
from rules.rulebook import RuleBook

_KEYS = "kind person organization unit role capacity modality when replaces cause into"


@dataclass(frozen=True, slots=True)
class Failure:
    """One example that does not give what it says; *number* counts from 1."""

    rule: str
    number: int
    reason: str


def failures(book: RuleBook, rule: Rule) -> Iterator[Failure]:
    """Yield every example of *rule* that *book* does not read as it says."""
    for number, example in enumerate(rule.examples, 1):
        reason = failing(book, rule, example)
        if reason:
            yield Failure(rule.id, number, reason)


def failing(book: RuleBook, rule: Rule, example: Example) -> str:
    """Return what is wrong with the reading of one example, or ""."""
    article = Article("example", example.title, example.text, example.published)
    reading = Reader(example.watchlist, book).read(article)
    told = [_spelt(c) for c in reading.claims if _says(rule, c)]
    for wanted in example.claims:
        found = next((t for t in told if wanted.items() <= t.items()), None)
        if found is None:
            return f"{_words(wanted)} is not read; read is {_all(told)}"
        told.remove(found)
    return f"also reads {_all(told)}" if told else ""


def _says(rule: Rule, claim: Claim) -> bool:
    """Whether the claim is what an example of the rule lists."""
    if rule.kind is Kind.HOLDS and claim.kind is Kind.HOLDS:
        plain = claim.polarity is Polarity.AFFIRMED
        now = claim.currency is Currency.CURRENT
        return plain and now and claim.modality is Modality.ASSERTED
    trial = rule.standing is Standing.EXPERIMENTAL or not rule.earned
    return claim.tier is Tier.ALERT or (trial and claim.tier is Tier.CANDIDATE)


def _spelt(claim: Claim) -> dict[str, str]:
    values = {name: getattr(claim, name) for name in _KEYS.split()}
    return {name: str(value) for name, value in values.items() if value is not None}


def _words(claim: object) -> str:
    table = dict(claim) if isinstance(claim, dict) else {}
    return "{" + ", ".join(f"{k} = {v}" for k, v in table.items()) + "}"


def _all(told: list[dict[str, str]]) -> str:
    keys = ("kind", "person", "role", "organization", "unit")
    short = ({k: t[k] for k in keys if k in t} for t in told)
    return ", ".join(_words(t) for t in short) or "nothing"
