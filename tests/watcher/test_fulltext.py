"""When the page behind a teaser is fetched, and when it is believed."""

from __future__ import annotations

from rules.model import Article, Reading, Verdict
from watcher.articles import fulltext

TEASER = Article(
    "1",
    "Ana Reyes to lead Quarry Bank",
    "The bank named her.",
    None,
    "http://p.example/1",
)
STORY = (
    "Ana Reyes will lead Quarry Bank from June, the lender said on Monday. The bank"
    " had searched for five months."
)


def reading(article: Article, *, passed: bool = True) -> Reading:
    return Reading(article, (), (Verdict("gate", passed, "why"),))


def test_a_teaser_that_may_matter_is_followed_to_its_page() -> None:
    assert fulltext.wanted(reading(TEASER))


def test_a_story_that_cannot_matter_costs_no_request() -> None:
    assert not fulltext.wanted(reading(TEASER, passed=False))


def test_a_whole_story_and_one_without_a_page_cost_no_request() -> None:
    assert not fulltext.wanted(
        reading(Article("1", "T", "word " * 200, None, "http://p"))
    )
    assert not fulltext.wanted(reading(Article("1", "T", "short")))


def test_the_page_that_tells_the_story_is_believed() -> None:
    assert fulltext.agrees(TEASER, STORY)


def test_a_consent_form_is_not_the_story() -> None:
    form = "We value your privacy. Choose which partners may store cookies. " * 5
    assert not fulltext.agrees(TEASER, form)


def test_a_page_shorter_than_the_teaser_adds_nothing() -> None:
    assert not fulltext.agrees(TEASER, "Ana Reyes")
