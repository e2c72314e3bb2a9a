"""Damaged and hostile texts: read or declined, each quote where it says it stands."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from bench.scorer.annotated import load
from bench.scorer.mutated import articles
from rules.language.text import clean
from rules.model import Article, Reading, WatchedOrganization, Watchlist
from rules.reader import Reader
from rules.rulebook import RuleBook

NEWS = [doc.article for doc in load(Path(__file__).parent.parent / "data" / "news")]
NOW = datetime(2026, 5, 14, 12, tzinfo=UTC)
OPEN = Reader(Watchlist(), RuleBook.bundled())
HALDEN = Reader(Watchlist((WatchedOrganization("Halden"),)), RuleBook.bundled())
SENTENCE = "Halden named Ana Prieto chief executive. "


def verbatim(reading: Reading) -> bool:
    content = reading.article.content
    found = (claim.evidence for claim in reading.claims)
    return all(content[e.start : e.end] == e.quote for e in found)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(articles(NEWS))
def test_a_damaged_text_is_read_twice_alike_and_quoted_verbatim(
    article: Article,
) -> None:
    reading = OPEN.read(article)
    assert verbatim(reading)
    assert OPEN.read(article).claims == reading.claims


HOSTILE = {
    "nul bytes, a lone surrogate, turned writing": "\x00 \ud800 \u202e " + SENTENCE,
    "ten megabytes": SENTENCE * 250_000,
    "no spaces": "Haldenresigns" * 20_000,
    "a hundred thousand quotes": 'Halden "' * 100_000 + " resigns",
    "a hundred thousand brackets": "Halden resigns " + "(" * 100_000 + ")" * 100_000,
    "all capitals": (SENTENCE * 3_000).upper(),
    "one endless sentence": SENTENCE.replace(". ", " and ") * 5_000,
    "an endless list of names": "Ana Prieto and Tom Hale and " * 8_000 + "resign",
    "endless titles": "chief executive " * 14_000 + "Halden resigns",
    "endless dates": "on 1 June 2026 " * 14_000 + "Halden resigns",
    "another language": "Prezes Halden z\u0142o\u017cy\u0142 rezygnacj\u0119. " * 6_000,
    "nothing but blanks": " \n\t" * 100_000,
}


@pytest.mark.timeout(60)
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("reader", [HALDEN, OPEN], ids=["watching", "open"])
def test_a_hostile_text_is_read_or_declined(reader: Reader, text: str) -> None:
    reading = reader.read(Article("a", "Halden", clean(text), NOW))
    assert verbatim(reading)
    assert reading.claims or reading.verdicts


def test_what_is_too_long_is_said_to_be_cut() -> None:
    reading = OPEN.read(Article("a", "", SENTENCE * 250_000, NOW))
    assert any("characters are read" in verdict.note for verdict in reading.verdicts)


def test_another_language_is_declined_with_a_reason() -> None:
    reading = HALDEN.read(Article("a", "", HOSTILE["another language"], NOW))
    assert reading.claims == ()
    assert [v.note for v in reading.verdicts if not v.passed]
