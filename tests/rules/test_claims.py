from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from rules.model import (
    Article,
    Capacity,
    Claim,
    Currency,
    Evidence,
    Kind,
    Modality,
    Tier,
    WatchedOrganization,
    WatchedPerson,
    WatchedUnit,
    Watchlist,
)
from rules.reader import Reader
from rules.reading.merge import merged
from rules.rulebook import RuleBook
from rules.when import When

TODAY = datetime(2026, 5, 14, 12, tzinfo=UTC)
NORVIK = WatchedOrganization("Norvik", (), (WatchedUnit("search"),))


def read(text: str, *, title: str = "", people: tuple[str, ...] = ()) -> list[Claim]:
    watchlist = Watchlist((NORVIK,), tuple(WatchedPerson(name) for name in people))
    reader = Reader(watchlist, RuleBook.bundled())
    return list(reader.read(Article("a", title, text, TODAY)).claims)


def one(claims: list[Claim], kind: Kind, person: str) -> Claim:
    (claim,) = [c for c in claims if (c.kind, c.person) == (kind, person)]
    return claim


@pytest.mark.parametrize(
    "text",
    [
        "Paul Dahl was named chief executive of Norvik.",
        "Norvik named Paul Dahl chief executive.",
        "Norvik's board named Paul Dahl chief executive of the company.",
        "Norvik said Paul Dahl was named chief executive.",
        "Paul Dahl was named Norvik chief executive.",
    ],
)
def test_the_organisation_is_found_where_the_sentence_keeps_it(text: str) -> None:
    claim = one(read(text), Kind.IN, "Paul Dahl")
    assert (claim.organization, claim.role_key) == ("Norvik", "ceo")
    assert claim.tier is Tier.ALERT


def test_a_role_told_elsewhere_fills_a_departure_without_one() -> None:
    text = "Paul Dahl is leaving Norvik. Ann Lee thanked Norvik president Paul Dahl."
    claim = one(read(text), Kind.OUT, "Paul Dahl")
    assert (claim.role_key, claim.tier) == ("president", Tier.ALERT)


def test_a_departure_without_any_role_waits_for_review() -> None:
    claim = one(read("Paul Dahl is leaving Norvik."), Kind.OUT, "Paul Dahl")
    assert (claim.role, claim.tier) == (None, Tier.CANDIDATE)


def test_a_watched_person_needs_no_role() -> None:
    claims = read("Paul Dahl is leaving Norvik.", people=("Paul Dahl",))
    assert one(claims, Kind.OUT, "Paul Dahl").tier is Tier.ALERT


def test_the_successor_takes_the_predecessors_post() -> None:
    text = "Norvik finance chief Paul Dahl resigned. Ann Lee will succeed Paul Dahl."
    claims = read(text)
    claim = one(claims, Kind.IN, "Ann Lee")
    assert (claim.organization, claim.role_key) == ("Norvik", "cfo")
    assert claim.replaces == "Paul Dahl"


def test_an_interim_follows_somebody_who_was_none() -> None:
    text = "Ann Lee takes over as interim chief executive of Norvik from Paul Dahl."
    claims = read(text)
    assert one(claims, Kind.IN, "Ann Lee").capacity is Capacity.INTERIM
    assert one(claims, Kind.OUT, "Paul Dahl").capacity is Capacity.SUBSTANTIVE


def test_a_loosely_bound_pronoun_waits_for_review() -> None:
    text = "Norvik president Ann Lee met Jo Adler. She resigned on Monday."
    claims = [c for c in read(text) if c.kind is Kind.OUT]
    assert [c.tier for c in claims] == [Tier.CANDIDATE]
    assert claims[0].confidence < 0.6


def test_headline_and_body_agree_in_one_claim_with_both_votes() -> None:
    claims = read(
        "Paul Dahl was dismissed as chief executive of Norvik on Monday.",
        title="Paul Dahl leaves Norvik",
    )
    claim = one(claims, Kind.OUT, "Paul Dahl")
    assert {"leaves", "is-dismissed"} < set(claim.votes)
    assert (claim.role_key, str(claim.when)) == ("ceo", "2026-05-11")
    assert claim.confidence > 0.95


def test_a_title_that_is_given_up_is_no_post_held() -> None:
    claims = read("Norvik chief executive Paul Dahl resigned.")
    assert {c.kind for c in claims} == {Kind.OUT}


def test_a_title_to_be_given_up_is_still_held() -> None:
    claims = read("Norvik chief executive Paul Dahl will resign in June.")
    assert {c.kind for c in claims} == {Kind.OUT, Kind.HOLDS}


def test_a_former_title_is_an_old_departure() -> None:
    claim = one(read("Former Norvik president Ann Lee sang."), Kind.OUT, "Ann Lee")
    assert (claim.currency, claim.tier) == (Currency.BACKGROUND, Tier.CONTEXT)


def test_a_unit_is_part_of_the_post() -> None:
    claim = one(read("Ann Lee will lead Norvik's search team."), Kind.IN, "Ann Lee")
    assert (claim.organization, claim.unit, claim.role_key) == (
        "Norvik",
        "search",
        "head",
    )
    assert claim.modality is Modality.PLANNED


def test_something_deep_in_the_text_needs_support() -> None:
    filler = "\n".join(f"Norvik sold {n} boats to the navy." for n in range(7))
    claims = read(f"{filler}\nPaul Dahl was named chief executive of Norvik.")
    assert one(claims, Kind.IN, "Paul Dahl").tier is Tier.CANDIDATE


def a_claim(**changes: object) -> Claim:
    base = Claim(
        kind=Kind.OUT,
        person="Paul Dahl",
        organization="Norvik",
        unit=None,
        role="chief executive officer",
        role_key="ceo",
        evidence=Evidence("a", 0, 4, "text"),
        confidence=0.8,
        votes=("steps-down",),
    )
    return replace(base, **changes)  # type: ignore[arg-type]  a test's shorthand


def test_the_more_specific_of_two_claims_is_kept() -> None:
    vague = a_claim(role=None, role_key=None, votes=("leaves",))
    dated = a_claim(when=When.month(2026, 5))
    (claim,) = merged([vague, dated])
    assert (claim.role_key, str(claim.when)) == ("ceo", "2026-05")
    assert set(claim.votes) == {"leaves", "steps-down"}


def test_merging_narrows_a_date() -> None:
    day = a_claim(when=When.day(date(2026, 5, 11)))
    (claim,) = merged([a_claim(when=When.month(2026, 5)), day])
    assert str(claim.when) == "2026-05-11"


@pytest.mark.parametrize(
    "other",
    [
        a_claim(person="Ann Lee"),
        a_claim(kind=Kind.IN),
        a_claim(role="chair", role_key="chair"),
        a_claim(organization="Orbis"),
        a_claim(modality=Modality.RUMOURED),
        a_claim(currency=Currency.BACKGROUND, when=When.year(2019)),
    ],
    ids=["person", "kind", "post", "organisation", "rumour", "time"],
)
def test_claims_that_differ_stay_apart(other: Claim) -> None:
    assert len(merged([a_claim(), other])) == 2


def test_an_undated_mention_of_the_news_is_the_news() -> None:
    mention = a_claim(currency=Currency.BACKGROUND, tier=Tier.CONTEXT)
    (claim,) = merged([a_claim(tier=Tier.ALERT), mention])
    assert (claim.currency, claim.tier) == (Currency.CURRENT, Tier.ALERT)


def test_merging_does_not_hang_on_the_order() -> None:
    some = [a_claim(), a_claim(role=None, role_key=None), a_claim(kind=Kind.IN)]
    assert {c.id for c in merged(some)} == {c.id for c in merged(reversed(some))}
