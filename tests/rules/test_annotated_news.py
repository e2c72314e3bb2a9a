"""Our own annotated news: what must be told is told, and traps stay silent.

Each file of `tests/data/news` is one article with its events. An alert in an article
with nothing to tell fails the build.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from bench.reading import Outcome, outcome
from bench.scorer.annotated import Annotated, Tell, load
from bench.scorer.counts import Counts
from rules.rulebook import RuleBook

NEWS = Path(__file__).parent.parent / "data" / "news"
ARTICLES = tuple(load(NEWS))
QUIET = tuple(doc for doc in ARTICLES if doc.quiet)
CASES = [f"C{n}" for n in range(1, 21)] + [f"N{n}" for n in range(1, 21)]


@cache
def outcomes() -> tuple[Outcome, ...]:
    book = RuleBook.bundled()
    return tuple(outcome(doc, book) for doc in ARTICLES)


def counts(*, candidates: bool = False) -> Counts:
    found = (o.both.loose if candidates else o.alerts.loose for o in outcomes())
    return sum(found, Counts())


def test_there_is_news_of_every_case() -> None:
    found = Counter(case for doc in ARTICLES for case in doc.cases[:1])
    assert [case for case in CASES if found[case] < 5] == []
    assert len(ARTICLES) >= 300
    assert len(QUIET) >= 150


@pytest.mark.parametrize("doc", ARTICLES, ids=[doc.id for doc in ARTICLES])
def test_an_annotation_speaks_of_its_own_article(doc: Annotated) -> None:
    text = doc.article.content.lower()
    for event in doc.events:
        assert event.person.split()[-1].lower() in text
    trap = doc.cases[0].startswith("N")
    assert not trap or all(event.tell is not Tell.ALERT for event in doc.events)


@pytest.mark.parametrize("doc", QUIET, ids=[doc.id for doc in QUIET])
def test_an_article_with_nothing_to_tell_raises_no_alert(doc: Annotated) -> None:
    found = outcome(doc, RuleBook.bundled())
    told = [(c.kind.value, c.person, c.evidence.quote) for c in found.alerts.wrong]
    assert told == []


def test_alerts_are_right_and_most_changes_are_told() -> None:
    assert counts().precision >= 0.97
    assert counts().recall >= 0.70


def test_with_the_review_queue_hardly_a_change_is_missed() -> None:
    assert counts(candidates=True).recall >= 0.77
