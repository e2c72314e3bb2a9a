from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rules.errors import RuleError
from rules.examples import failing, failures
from rules.model import (
    Article,
    Kind,
    Reading,
    Tier,
    Watchlist,
)
from rules.reader import Reader
from rules.rule import Example, Rule
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

PATTERN = """
title = "Pattern: somebody resigns"
status = "stable"
kind = "out"
patterns = ["{person} <resign> [as {post}]"]
[[example]]
text = "Tom Hale resigned as chief executive of Halden."
claims = [{ kind = "out", person = "Tom Hale" }]
[[example]]
text = "Tom Hale did not resign as chief executive of Halden."
claims = []
"""


def examples() -> Iterator[object]:
    for rule in RuleBook.bundled().rules:
        for number, example in enumerate(rule.examples, 1):
            yield pytest.param(rule, example, id=f"{rule.id}-{number}")


@pytest.mark.parametrize(("rule", "example"), list(examples()))
def test_a_rule_reads_its_own_examples(rule: Rule, example: Example) -> None:
    assert failing(RuleBook.bundled(), rule, example) == ""


def test_every_bundled_rule_says_what_it_is_about() -> None:
    rules = RuleBook.bundled().rules
    assert len(rules) >= 25
    assert all(rule.title and (rule.triggers or rule.patterns) for rule in rules)
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
    (GOOD.replace("2026-05-14", "soon"), "example 1: "),
    (
        GOOD.replace('text = "Tom Hale did not', 'words = "Tom Hale did not'),
        "example 2: ",
    ),
    (GOOD + "[measured]\nright = 1\n", "'wrong'"),
    (GOOD + '[measured]\nright = "x"\nwrong = 0\non = "x"\n', "no counts"),
    (GOOD.replace("triggers", 'patterns = ["{person} out"]\ntriggers'), "as well"),
    (PATTERN.replace("{person}", "{human}"), "unknown slot {human}"),
    (PATTERN.replace("[as {post}]", "[as {post}"), "lacks ']'"),
    (PATTERN.replace("[as {post}]", "as {post}]"), "closes what it never opened"),
    (PATTERN.replace("<resign>", "<resign"), "leaves a verb open"),
    (PATTERN.replace("<resign> [as {post}]", "{post}"), "without any word"),
    (PATTERN.replace("<resign>", "<resign> " * 6), "too many wordings"),
    (PATTERN.replace('"{person} <resign> [as {post}]"', ""), "has no pattern"),
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


def test_rules_of_the_user_stand_beside_ours(tmp_path: Path) -> None:
    (tmp_path / "own-resigns.toml").write_text(GOOD)
    book = RuleBook.beside(tmp_path)
    assert len(book.rules) == len(RuleBook.bundled().rules) + 1
    assert book.get("own-resigns") is not None


def test_a_rule_of_the_user_cannot_take_the_name_of_ours(tmp_path: Path) -> None:
    (tmp_path / "succeeds.toml").write_text(GOOD)
    with pytest.raises(RuleError, match=r"succeeds\.toml: has the name of a bundled"):
        RuleBook.beside(tmp_path)


def test_an_example_that_is_not_read_is_told_with_its_number(tmp_path: Path) -> None:
    wrong = GOOD.replace('person = "Tom Hale"', 'person = "Ann Ito"')
    (tmp_path / "resigns.toml").write_text(wrong)
    book = RuleBook.load(tmp_path)
    failed = list(failures(book, book.rules[0]))
    assert [f.number for f in failed] == [1]
    assert "person = Ann Ito} is not read" in failed[0].reason


def test_two_readers_that_agree_make_an_alert(tmp_path: Path) -> None:
    (tmp_path / "resigns.toml").write_text(GOOD)
    text = "Halden chief Tom Hale resigned."
    alone = read(RuleBook.load(tmp_path), text)
    (tmp_path / "pattern.toml").write_text(PATTERN)
    both = read(RuleBook.load(tmp_path), text)
    assert [tier(alone), tier(both)] == [Tier.CANDIDATE, Tier.ALERT]


def test_a_rule_with_a_good_record_alerts_alone(tmp_path: Path) -> None:
    record = '[measured]\nright = 12\nwrong = 0\non = "unseen news"\n'
    (tmp_path / "resigns.toml").write_text(GOOD + record)
    told = read(RuleBook.load(tmp_path), "Halden chief Tom Hale resigned.")
    assert tier(told) is Tier.ALERT


def tier(reading: Reading) -> Tier:
    return next(c.tier for c in reading.claims if c.kind is Kind.OUT)
