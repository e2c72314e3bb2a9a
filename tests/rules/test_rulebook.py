from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rules.errors import RuleError
from rules.model import (
    Article,
    Claim,
    Currency,
    Kind,
    Modality,
    Polarity,
    Reading,
    Tier,
    Watchlist,
)
from rules.reader import Reader
from rules.rule import Example, Rule, Standing
from rules.rulebook import RuleBook

GOOD = """
title = "Somebody resigns"
status = "stable"
kind = "out"
voice = "active"
triggers = ["resign"]
[slots]
person = ["subject"]
[[example]]
text = "Tom Hale resigned as chief executive of Halden."
published = "2026-05-14"
watch = ["Halden"]
claims = [{ kind = "out", person = "Tom Hale" }]
[[example]]
text = "Tom Hale did not resign."
watch = ["Halden"]
claims = []
"""


def examples() -> Iterator[object]:
    for rule in RuleBook.bundled().rules:
        for number, example in enumerate(rule.examples, 1):
            yield pytest.param(rule, example, id=f"{rule.id}-{number}")


@pytest.mark.parametrize(("rule", "example"), list(examples()))
def test_a_rule_reads_its_own_examples(rule: Rule, example: Example) -> None:
    reader = Reader(example.watchlist, RuleBook.bundled())
    article = Article("example", example.title, example.text, example.published)
    told = [spelt(c) for c in reader.read(article).claims if says(rule, c)]
    for wanted in example.claims:
        found = [t for t in told if wanted.items() <= t.items()]
        assert found, f"{dict(wanted)} is not among {told}"
        told.remove(found[0])
    assert told == []


def says(rule: Rule, claim: Claim) -> bool:
    if rule.kind is Kind.HOLDS and claim.kind is Kind.HOLDS:
        plain = claim.polarity is Polarity.AFFIRMED
        now = claim.currency is Currency.CURRENT
        return plain and now and claim.modality is Modality.ASSERTED
    trial = rule.standing is Standing.EXPERIMENTAL or not rule.earned
    return claim.tier is Tier.ALERT or (trial and claim.tier is Tier.CANDIDATE)


def spelt(claim: Claim) -> dict[str, str]:
    names = "kind person organization unit role capacity modality when replaces cause"
    values = {name: getattr(claim, name) for name in names.split()}
    return {name: str(value) for name, value in values.items() if value is not None}


def test_every_bundled_rule_says_what_it_is_about() -> None:
    rules = RuleBook.bundled().rules
    assert len(rules) >= 25
    assert all(rule.title and rule.triggers for rule in rules)
    assert len({rule.title for rule in rules}) == len(rules)


def test_a_rule_file_becomes_a_rule_named_after_it(tmp_path: Path) -> None:
    (tmp_path / "resigns.toml").write_text(GOOD)
    (tmp_path / "notes.txt").write_text("no rule")
    book = RuleBook.load(tmp_path)
    assert [rule.id for rule in book.rules] == ["resigns"]
    assert {"resign", "resigns", "resigned", "resigning"} <= book.triggers


def test_a_loaded_rule_reads_articles(tmp_path: Path) -> None:
    (tmp_path / "resigns.toml").write_text(GOOD)
    reading = read(RuleBook.load(tmp_path), "Halden chief Tom Hale resigned.")
    assert [c.person for c in reading.claims if c.kind is Kind.OUT] == ["Tom Hale"]


def test_a_rule_on_trial_only_proposes(tmp_path: Path) -> None:
    text = GOOD.replace('"stable"', '"experimental"')
    (tmp_path / "resigns.toml").write_text(text)
    reading = read(RuleBook.load(tmp_path), "Halden chief Tom Hale resigned.")
    out = [c.tier for c in reading.claims if c.kind is Kind.OUT]
    assert out == [Tier.CANDIDATE]


def read(book: RuleBook, text: str) -> Reading:
    return Reader(Watchlist(), book).read(Article("a", "", text))


BAD = [
    ("title = ", "is not TOML"),
    (GOOD.replace('kind = "out"', 'kind = "gone"', 1), "'gone' is not a valid Kind"),
    (GOOD.replace('"active"', '"loud"'), "'loud' is not a valid Voice"),
    (GOOD.replace('"stable"', '"ready"'), "'ready' is not a valid Standing"),
    (GOOD.replace("title", "titel", 1), "unknown 'titel'"),
    (GOOD.replace('["subject"]', '["sky"]'), "unknown 'sky'"),
    (GOOD.replace("person =", "persons =", 1), "unknown 'persons'"),
    (GOOD.replace('["resign"]', "[]"), "no trigger"),
    (GOOD.replace('["resign"]', '"resign"'), "triggers is not a list of words"),
    (GOOD.replace('title = "Somebody resigns"\n', ""), "'title'"),
    (GOOD.replace('"Tom Hale"', '"Tom Hale", age = "3"'), "unknown 'age'"),
    (GOOD[: GOOD.index("[[example]]")], "no example that it reads"),
    (GOOD[: GOOD.rindex("[[example]]")], "stays silent"),
    (GOOD.replace("2026-05-14", "soon"), "soon"),
]


@pytest.mark.parametrize(("text", "reason"), BAD, ids=[reason for _, reason in BAD])
def test_a_bad_rule_is_refused_by_file_and_reason(
    tmp_path: Path, text: str, reason: str
) -> None:
    (tmp_path / "resigns.toml").write_text(text)
    with pytest.raises(RuleError) as caught:
        RuleBook.load(tmp_path)
    assert caught.value.file == "resigns.toml"
    assert reason in caught.value.reason
    assert "\n" not in str(caught.value)


def test_a_rule_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "resigns.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(RuleError, match=r"resigns\.toml: is not TOML"):
        RuleBook.load(tmp_path)


def test_a_missing_folder_of_rules_is_named(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="cannot be read"):
        RuleBook.load(tmp_path / "nowhere")
