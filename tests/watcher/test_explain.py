"""An explanation shows each stage's word and marks the place that it speaks of."""

from __future__ import annotations

from datetime import UTC, datetime

from rules.model import (
    Article,
    Claim,
    Evidence,
    Kind,
    Mark,
    Modality,
    Polarity,
    Reading,
    Tier,
    Verdict,
)
from watcher.articles import explain

TEXT = "Rain fell on the harbour.\nAna Reyes runs Quarry Bank."
ARTICLE = Article(
    "1", "Bank news", TEXT, datetime(2025, 6, 3, tzinfo=UTC), "http://p/1"
)
PLACE = ARTICLE.content.index("Ana Reyes")


def claim(tier: Tier = Tier.ALERT) -> Claim:
    quote = ARTICLE.content[PLACE:]
    evidence = Evidence("1", PLACE, PLACE + len(quote), quote)
    return Claim(
        Kind.IN, "Ana Reyes", "Quarry Bank", None, "head", "head", evidence, tier=tier
    )


def texts(reading: Reading) -> list[str]:
    return [line.text for line in explain.lines(reading)]


def test_a_stopped_article_names_the_stage_and_its_reason() -> None:
    reading = Reading(ARTICLE, (), (Verdict("gate", False, "nobody watched is named"),))
    assert explain.stopped_by(reading) == "gate"
    assert "  stopped gate: nobody watched is named" in texts(reading)
    assert texts(reading)[-1] == "nothing read: the gate stopped it"


def test_a_place_is_shown_in_its_own_line_and_marked() -> None:
    verdict = Verdict("gate", True, "a watched name", PLACE, PLACE + len("Ana Reyes"))
    marked = [one for one in explain.lines(Reading(ARTICLE, (), (verdict,))) if one.end]
    (line,) = marked
    assert line.text == "Ana Reyes runs Quarry Bank."
    assert line.text[line.start : line.end] == "Ana Reyes"


def test_a_place_that_several_stages_speak_of_is_shown_once() -> None:
    end = PLACE + len("Ana Reyes")
    stages = ("gate", "frames")
    verdicts = tuple(Verdict(stage, True, "noted", PLACE, end) for stage in stages)
    assert (
        texts(Reading(ARTICLE, (), verdicts)).count("Ana Reyes runs Quarry Bank.") == 1
    )


def test_a_claim_is_shown_with_its_tier_its_post_and_its_quote() -> None:
    shown = "\n".join(texts(Reading(ARTICLE, (claim(),))))
    assert "alert: Ana Reyes in head, Quarry Bank" in shown
    assert "\n    Ana Reyes runs Quarry Bank.\n" in shown
    assert shown.endswith("1 claims: 1 alert")


def test_an_article_with_claims_was_stopped_by_nothing() -> None:
    refused = Verdict("sentence", False, "no trigger")
    assert explain.stopped_by(Reading(ARTICLE, (claim(),), (refused,))) is None


def test_the_data_holds_every_verdict_and_every_claim() -> None:
    verdict = Verdict("gate", True, "a watched name", 0, 4)
    data = explain.as_data(Reading(ARTICLE, (claim(Tier.CONTEXT),), (verdict,)))
    assert data["published"] == "2025-06-03T00:00:00+00:00"
    assert data["verdicts"] == [
        {
            "stage": "gate",
            "passed": True,
            "note": "a watched name",
            "start": 0,
            "end": 4,
        }
    ]
    assert data["claims"][0]["tier"] == "context"
    assert data["claims"][0]["polarity"] == Polarity.AFFIRMED.value
    assert data["claims"][0]["modality"] == Modality.ASSERTED.value


def test_all_that_was_said_of_a_sentence_stands_under_it() -> None:
    end = len(ARTICLE.content)
    places = [(PLACE, end), (0, len("Bank news")), (PLACE, end)]
    verdicts = tuple(Verdict(f"s{n}", True, "", *p) for n, p in enumerate(places))
    shown = texts(Reading(ARTICLE, (), verdicts))
    assert shown.count("Ana Reyes runs Quarry Bank.") == 1
    stages = [line.split()[1] for line in shown if line.startswith("  passed")]
    assert stages == ["s1:", "s0:", "s2:"]


def test_what_the_words_were_taken_for_is_marked() -> None:
    end = len(ARTICLE.content)
    mark = Mark(PLACE, PLACE + len("Ana Reyes"), "person", "Ana Reyes")
    verdict = Verdict("frames", True, "read", PLACE, end)
    reading = Reading(ARTICLE, (), (verdict,), (mark,))
    (line,) = [one for one in explain.lines(reading) if one.spans]
    assert [line.text[a:b] for a, b, _ in line.spans] == ["Ana Reyes"]
    assert explain.as_data(reading)["marks"][0]["sort"] == "person"
