"""What a person decides counts above what articles say, and is kept for ever."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import date, timedelta

import pytest

from rules.model import Modality, Tier
from rules.when import When
from state.decision import (
    Accept,
    Action,
    Chair,
    Correct,
    Decision,
    Merge,
    Pin,
    Reject,
    Undo,
    Wish,
)
from state.errors import DecisionError, NotFoundError
from state.model import Belief, Change, ChangeStatus, MessageType

EVERY = tuple(ChangeStatus)


def decides(desk, wish: Wish, note: str = "") -> tuple[Decision, tuple[Change, ...]]:
    desk.now += timedelta(hours=1)
    return desk.ledger.decide(wish, Chair("ann", desk.now, note), desk.channels)


def waiting(desk) -> Change:
    (one,) = desk.ledger.log([ChangeStatus.CANDIDATE])
    return one


def sent(desk) -> list[tuple[str, MessageType]]:
    due = desk.ledger.pending(desk.now + timedelta(days=1))
    return [(one.channel, one.change.type) for one in due]


def people(holders: Iterable[str]) -> list[str]:
    return sorted(holders)


def test_a_rejected_change_is_taken_back_from_those_who_were_told(desk, say) -> None:
    desk.knows("Bo Lin", "2020")
    (told,) = desk.reads(
        "2026-02-20",
        say.comes("Ann Poe", when="2026-02-19", replaces="Bo Lin"),
        say.goes("Bo Lin", when="2026-02-19"),
    )
    assert desk.who() == ["Ann Poe"]
    _, (taken,) = decides(desk, Reject(told.id))
    assert (taken.type, taken.supersedes) == (MessageType.RETRACTION, told.id)
    assert desk.who() == ["Bo Lin"]
    assert sent(desk) == [
        ("desk", MessageType.CHANGE),
        ("desk", MessageType.RETRACTION),
    ]


def test_a_copy_of_a_rejected_story_does_not_bring_it_back(desk, say) -> None:
    desk.knows("Bo Lin", "2020")
    (told,) = desk.reads("2026-02-20", say.comes("Ann Poe", replaces="Bo Lin"))
    decides(desk, Reject(told.id))
    assert not desk.reads("2026-02-21", say.comes("Ann Poe"), owner="Other Wire")
    assert desk.who() == ["Bo Lin"]


def test_what_really_happens_a_year_later_is_told(desk, say) -> None:
    desk.knows("Bo Lin", "2020")
    (told,) = desk.reads("2025-02-20", say.comes("Ann Poe", replaces="Bo Lin"))
    decides(desk, Reject(told.id))
    (again,) = desk.reads("2026-02-20", say.comes("Ann Poe", when="2026-02-19"))
    assert again.after == ("Ann Poe",)
    assert desk.who() == ["Ann Poe"]


def test_an_accepted_candidate_counts_and_is_told_once(desk, say) -> None:
    desk.knows("Bo Lin", "2020")
    doubtful = say.comes("Ann Poe", when="2026-02-19", tier=Tier.CANDIDATE)
    assert not desk.reads("2026-02-20", doubtful)
    assert desk.who() == ["Bo Lin"]
    _, (told,) = decides(desk, Accept(waiting(desk).id[:6]))
    assert (told.status, told.belief) == (ChangeStatus.TOLD, Belief.CONFIRMED)
    assert (told.before, told.after) == (("Bo Lin",), ("Ann Poe",))
    assert told.quotes
    assert desk.who() == ["Ann Poe"]
    assert sent(desk) == [("desk", MessageType.CHANGE)]
    sure = say.comes("Ann Poe", when="2026-02-19", replaces="Bo Lin")
    assert not desk.reads("2026-02-22", sure, owner="Other Wire")


def test_a_rejected_candidate_stays_silent_and_moves_nobody(desk, say) -> None:
    desk.knows("Bo Lin", "2020")
    desk.reads("2026-02-20", say.comes("Ann Poe", tier=Tier.CANDIDATE))
    _, told = decides(desk, Reject(waiting(desk).id))
    assert told == ()
    assert not desk.reads("2026-02-22", say.comes("Ann Poe"), owner="Other Wire")
    assert desk.who() == ["Bo Lin"]


def test_a_corrected_date_moves_the_tenure_and_alerts_nobody(desk, say) -> None:
    desk.knows("Bo Lin", "2020")
    (told,) = desk.reads("2026-02-20", say.comes("Ann Poe", when="2026-02-19"))
    _, alerted = decides(desk, Correct(told.id, when=When.parse("2026-01-05")))
    assert alerted == ()
    assert sent(desk) == [("desk", MessageType.CHANGE)]
    (holder,) = desk.ledger.who("chief executive", date(2026, 1, 10))
    assert (holder.person, str(holder.since)) == ("Ann Poe", "2026-01-05")
    (note,) = desk.ledger.log([ChangeStatus.NOTED])
    assert (note.type, str(note.effective)) == (MessageType.UPDATE, "2026-01-05")


def test_a_corrected_name_is_one_correction(desk, say) -> None:
    desk.knows("Bo Lin", "2020")
    (told,) = desk.reads("2026-02-20", say.comes("Ann Poe", when="2026-02-19"))
    _, (better,) = decides(desk, Correct(told.id, person="Anna Power"))
    assert (better.type, better.after) == (MessageType.CORRECTION, ("Anna Power",))
    assert better.supersedes == told.id
    assert desk.who() == ["Anna Power"]
    assert not desk.reads("2026-02-22", say.comes("Ann Poe"), owner="Other Wire")


def test_a_corrected_role_moves_the_person_to_the_other_post(desk, say) -> None:
    desk.knows("Bo Lin", "2020")
    (told,) = desk.reads("2026-02-20", say.comes("Ann Poe", when="2026-02-19"))
    fix = Correct(told.id, role="chief technology officer")
    made, (better,) = decides(desk, fix)
    assert (better.type, better.post.role_key) == (MessageType.CORRECTION, "cto")
    assert desk.who(post="northwind chief executive") == ["Bo Lin"]
    assert desk.who(post="northwind chief technology officer") == ["Ann Poe"]
    _, (taken, again) = decides(desk, Undo(made.id))
    assert (taken.type, taken.supersedes) == (MessageType.RETRACTION, better.id)
    assert (again.type, again.after) == (MessageType.CHANGE, ("Ann Poe",))
    assert desk.who(post="northwind chief executive") == ["Ann Poe"]
    assert desk.who(post="northwind chief technology officer") == []


def test_a_corrected_team_moves_the_person_to_its_post(desk, say) -> None:
    (told,) = desk.reads("2026-02-20", say.comes("Ann Poe", key="head", unit="Sonar"))
    _, (better,) = decides(desk, Correct(told.id, unit="Radar"))
    assert (better.type, better.supersedes) == (MessageType.CORRECTION, told.id)
    assert (better.post.unit, better.after) == ("Radar", ("Ann Poe",))
    assert desk.who(post="radar head") == ["Ann Poe"]
    assert desk.who(post="sonar head") == []


def test_a_corrected_organisation_takes_the_whole_story_to_another_one(
    desk, say
) -> None:
    desk.knows("Bo Lin", "2020")
    desk.knows("Cy Orr", "2020", organization="Orbis")
    (told,) = desk.reads("2026-02-20", say.comes("Ann Poe", when="2026-02-19"))
    made, (better,) = decides(desk, Correct(told.id, organization="Orbis"))
    assert (better.type, better.supersedes) == (MessageType.CORRECTION, told.id)
    assert (better.post.organization, better.after) == ("Orbis", ("Ann Poe",))
    assert desk.who(post="northwind") == ["Bo Lin"]
    assert desk.who(post="orbis") == ["Ann Poe"]
    assert not desk.reads("2026-02-21", say.comes("Ann Poe"), owner="Other Wire")
    assert desk.who(post="northwind") == ["Bo Lin"]
    _, (taken, again) = decides(desk, Undo(made.id))
    assert (taken.type, taken.supersedes) == (MessageType.RETRACTION, better.id)
    assert (again.post.organization, again.after) == ("Northwind", ("Ann Poe",))


def test_what_was_corrected_to_another_organisation_is_known_there(desk, say) -> None:
    (told,) = desk.reads("2026-02-20", say.comes("Ann Poe", when="2026-02-19"))
    decides(desk, Correct(told.id, organization="Orbis"))
    assert not desk.reads("2026-02-22", say.comes("Ann Poe", org="Orbis"))
    (gone,) = desk.reads("2026-02-25", say.goes("Ann Poe", org="Orbis"))
    assert gone.before == ("Ann Poe",)


def test_an_organisation_is_corrected_with_its_team_its_name_and_its_date(
    desk, say
) -> None:
    desk.reads("2025-06-01", say.comes("Di Fry", org="Quarry"))
    (told,) = desk.reads("2026-02-20", say.comes("Ann Poe", key="head", unit="Sonar"))
    fix = Correct(
        told.id, When.parse("2026-01-05"), "Anna Power", None, "Radar", "Orbis"
    )
    _, (better,) = decides(desk, fix)
    assert (better.post.organization, better.post.unit) == ("Orbis", "Radar")
    (holder,) = desk.ledger.who("orbis radar head", date(2026, 2, 1))
    assert (holder.person, str(holder.since)) == ("Anna Power", "2026-01-05")
    assert sorted(desk.who()) == ["Anna Power", "Di Fry"]


def test_a_succession_is_corrected_with_both_its_people(desk, say) -> None:
    desk.knows("Bo Lin", "2020", organization="Orbis")
    (told,) = desk.reads(
        "2026-02-20",
        say.comes("Ann Poe", when="2026-02-19", replaces="Bo Lin"),
        say.goes("Bo Lin", when="2026-02-19"),
    )
    decides(desk, Correct(told.id, organization="Orbis"))
    assert desk.who() == ["Ann Poe"]
    assert desk.who("2025-01-01", "orbis") == ["Bo Lin"]
    assert desk.who(post="northwind") == []


def test_an_organisation_that_was_merged_is_corrected_to_under_its_last_name(
    desk, say
) -> None:
    desk.reads("2025-06-01", say.comes("Di Fry", org="Orbis"))
    desk.reads("2025-06-01", say.comes("Cy Orr", org="Orbis Group", key="cto"))
    decides(desk, Merge("organization", "Orbis", "Orbis Group"))
    (told,) = desk.reads("2026-02-20", say.comes("Ann Poe"))
    _, (better,) = decides(desk, Correct(told.id, organization="Orbis"))
    assert better.post.organization == "Orbis Group"
    assert desk.who(post="orbis group chief executive") == ["Ann Poe"]


def test_an_undone_rejection_is_told_again(desk, say) -> None:
    desk.knows("Bo Lin", "2020")
    (told,) = desk.reads("2026-02-20", say.comes("Ann Poe", replaces="Bo Lin"))
    made, _ = decides(desk, Reject(told.id))
    _, (again,) = decides(desk, Undo(made.id[:8]))
    assert (again.type, again.after) == (MessageType.CHANGE, ("Ann Poe",))
    assert desk.who() == ["Ann Poe"]


def test_an_undone_acceptance_is_taken_back(desk, say) -> None:
    desk.knows("Bo Lin", "2020")
    desk.reads("2026-02-20", say.comes("Ann Poe", tier=Tier.CANDIDATE))
    made, (told,) = decides(desk, Accept(waiting(desk).id))
    _, (taken,) = decides(desk, Undo(made.id))
    assert (taken.type, taken.supersedes) == (MessageType.RETRACTION, told.id)
    assert desk.who() == ["Bo Lin"]


def test_two_names_of_one_person_become_one_silently(desk, say) -> None:
    desk.reads("2025-06-01", say.comes("Ann Poe", when="2025-06-01"))
    desk.reads("2025-09-01", say.comes("Anna Power", when="2025-09-01"))
    made, told = decides(desk, Merge("person", "Ann Poe", "Anna Power"))
    assert told == ()
    (tenure,) = [h for h in desk.ledger.who(None, date(2025, 7, 1)) if h.certain]
    assert tenure.person == "Anna Power"
    assert not desk.reads("2025-09-02", say.comes("Ann Poe"), owner="Other Wire")
    decides(desk, Undo(made.id))
    assert desk.who(on="2025-06-01") == ["Ann Poe"]


def test_two_names_of_one_organisation_become_one_post(desk, say) -> None:
    desk.reads("2025-06-01", say.comes("Ann Poe", when="2025-06-01"))
    desk.reads("2025-09-01", say.comes("Bo Lin", org="Northwind Group"))
    assert people(desk.who()) == ["Ann Poe", "Bo Lin"]
    made, told = decides(desk, Merge("organization", "Northwind Group", "Northwind"))
    assert told == ()
    assert desk.who() == ["Bo Lin"]
    (news,) = desk.reads("2026-02-01", say.comes("Cy Orr", org="Northwind Group"))
    assert (news.post.organization, news.before) == ("Northwind", ("Bo Lin",))
    decides(desk, Undo(made.id))
    assert people(desk.who()) == ["Ann Poe", "Cy Orr"]


def test_a_pinned_holder_stays_whatever_articles_say(desk, say) -> None:
    desk.knows("Bo Lin", "2020")
    made, told = decides(desk, Pin("northwind chief executive", "Cy Orr"))
    assert told == ()
    assert desk.who() == ["Cy Orr"]
    news = say.comes("Ann Poe", replaces="Cy Orr"), say.goes("Cy Orr")
    assert not desk.reads("2026-03-20", *news)
    assert desk.who("2026-04-01") == ["Cy Orr"]
    decides(desk, Undo(made.id))
    assert desk.who("2026-04-01") == ["Ann Poe"]


def test_news_against_a_pin_waits_for_review_once(desk, say) -> None:
    desk.knows("Bo Lin", "2020")
    decides(desk, Pin("northwind chief executive", "Cy Orr"))
    news = say.comes("Ann Poe", replaces="Cy Orr", when="2026-03-19")
    assert not desk.reads("2026-03-20", news)
    dispute = waiting(desk)
    assert (dispute.before, dispute.after) == (("Cy Orr",), ("Ann Poe",))
    assert dispute.belief is Belief.DISPUTED
    assert dispute.quotes[0].text == news.text
    assert not desk.reads("2026-03-21", news, owner="Other Wire")
    assert not desk.reads("2026-03-20", news, id="again", note="A word more.")
    assert waiting(desk) == dispute
    assert desk.who("2026-04-01") == ["Cy Orr"]
    assert sent(desk) == []


def test_the_pinned_persons_going_waits_for_review(desk, say) -> None:
    desk.knows("Bo Lin", "2020")
    decides(desk, Pin("northwind chief executive", "Cy Orr"))
    assert not desk.reads("2026-03-20", say.goes("Cy Orr", cause="retired"))
    dispute = waiting(desk)
    assert (dispute.before, dispute.after) == (("Cy Orr",), ())
    assert dispute.cause == "retired"


def test_a_dispute_that_is_accepted_outranks_the_pin(desk, say) -> None:
    desk.knows("Bo Lin", "2020")
    decides(desk, Pin("northwind chief executive", "Cy Orr"))
    desk.reads("2026-03-20", say.comes("Ann Poe", when="2026-03-19"))
    _, (told,) = decides(desk, Accept(waiting(desk).id))
    assert (told.before, told.after) == (("Cy Orr",), ("Ann Poe",))
    assert desk.who("2026-04-01") == ["Ann Poe"]


def test_a_dispute_that_is_rejected_does_not_come_again(desk, say) -> None:
    desk.knows("Bo Lin", "2020")
    decides(desk, Pin("northwind chief executive", "Cy Orr"))
    desk.reads("2026-03-30", say.comes("Ann Poe", when="2026-03-29"))
    dispute = waiting(desk)
    decides(desk, Reject(dispute.id))
    again = say.comes("Ann Poe", when="2026-03-29")
    assert not desk.reads("2026-04-02", again, owner="Other Wire")
    assert waiting(desk) == dispute
    assert desk.who("2026-04-03") == ["Cy Orr"]


@pytest.mark.parametrize(
    "line",
    [
        ("holds", "Cy Orr", {}),
        ("comes", "Ann Poe", {"key": "cto"}),
        ("comes", "Ann Poe", {"when": "2019", "background": True}),
        ("goes", "Bo Lin", {}),
    ],
)
def test_what_is_not_against_a_pin_is_no_dispute(desk, say, line) -> None:
    desk.knows("Bo Lin", "2020")
    decides(desk, Pin("northwind chief executive", "Cy Orr"))
    verb, person, facts = line
    desk.reads("2026-03-20", getattr(say, verb)(person, **facts))
    assert desk.ledger.log([ChangeStatus.CANDIDATE]) == ()


def test_every_decision_is_kept_with_who_and_when(desk, say) -> None:
    desk.knows("Bo Lin", "2020")
    (told,) = desk.reads("2026-02-20", say.comes("Ann Poe"))
    first, _ = decides(desk, Reject(told.id), "a hoax")
    second, _ = decides(desk, Undo(first.id))
    assert desk.ledger.decisions() == (first, second)
    assert (first.actor, first.note, first.target) == ("ann", "a hoax", told.id)
    assert [one.action for one in desk.ledger.decisions()] == [
        Action.REJECT,
        Action.UNDO,
    ]


@pytest.mark.parametrize(
    "verb", ["UPDATE decisions SET actor = 'x'", "DELETE FROM decisions"]
)
def test_no_decision_can_be_rewritten(desk, say, verb: str) -> None:
    desk.knows("Bo Lin", "2020")
    (told,) = desk.reads("2026-02-20", say.comes("Ann Poe"))
    decides(desk, Reject(told.id))
    with (
        sqlite3.connect(desk.ledger.path) as other,
        pytest.raises(sqlite3.IntegrityError, match="never"),
    ):
        other.execute(verb)
    other.close()


@pytest.mark.parametrize(
    ("wish", "error"),
    [
        (Reject("ffff"), NotFoundError),
        (Accept("ffff"), NotFoundError),
        (Undo("ffff"), NotFoundError),
        (Undo(""), NotFoundError),
        (Pin("southwind chief", "Ann Poe"), NotFoundError),
        (Merge("person", "Nobody Known", "Ann Poe"), NotFoundError),
        (Merge("organization", "Southwind", "Northwind"), NotFoundError),
        (Merge("person", "Ann Poe", "Ann B. Poe"), DecisionError),
    ],
)
def test_what_is_not_there_cannot_be_decided_on(desk, say, wish, error) -> None:
    desk.reads("2026-02-20", say.comes("Ann Poe"))
    with pytest.raises(error):
        decides(desk, wish)
    assert desk.ledger.decisions() == ()


def test_what_is_decided_is_not_decided_again_until_it_is_undone(desk, say) -> None:
    (told,) = desk.reads("2026-02-20", say.comes("Ann Poe"))
    with pytest.raises(DecisionError, match="does not wait"):
        decides(desk, Accept(told.id))
    with pytest.raises(DecisionError, match="nothing to correct"):
        decides(desk, Correct(told.id))
    made, _ = decides(desk, Reject(told.id))
    with pytest.raises(DecisionError, match=f"undo {made.id[:8]}"):
        decides(desk, Reject(told.id))
    undo, _ = decides(desk, Undo(made.id))
    with pytest.raises(DecisionError, match="undone already"):
        decides(desk, Undo(made.id))
    with pytest.raises(DecisionError, match="decide anew"):
        decides(desk, Undo(undo.id))


def test_blanks_are_nobodys_name(desk, say) -> None:
    (told,) = desk.reads("2026-02-20", say.comes("Ann Poe"))
    for wish in (
        Correct(told.id, person=" "),
        Correct(told.id, organization=" "),
        Pin("northwind", " "),
        Merge("person", "Ann Poe", " "),
    ):
        with pytest.raises((DecisionError, NotFoundError)):
            decides(desk, wish)
    assert desk.ledger.decisions() == ()


def test_names_cannot_be_merged_in_a_circle(desk, say) -> None:
    desk.reads("2025-06-01", say.comes("Ann Poe"))
    desk.reads("2025-09-01", say.comes("Bo Lin"))
    decides(desk, Merge("person", "Ann Poe", "Bo Lin"))
    with pytest.raises(DecisionError, match="merged into"):
        decides(desk, Merge("person", "Bo Lin", "Ann Poe"))


def test_a_change_that_was_taken_back_is_decided_on_no_more(desk, say) -> None:
    (told,) = desk.reads("2026-02-20", say.comes("Ann Poe", when="2026-02-19"))
    _, (better,) = decides(desk, Correct(told.id, person="Anna Power"))
    with pytest.raises(DecisionError, match=f"taken back by {better.id[:8]}"):
        decides(desk, Reject(told.id))
    decides(desk, Reject(better.id))
    assert desk.who() == []


def test_a_former_holder_is_back_when_somebody_says_so(desk, say) -> None:
    desk.knows("Bo Lin", "2020")
    desk.reads(
        "2026-02-01", say.goes("Bo Lin"), say.comes("Ann Poe", replaces="Bo Lin")
    )
    assert not desk.reads("2026-02-20", say.holds("Bo Lin"), owner="Other Wire")
    candidate = waiting(desk)
    assert candidate.after == ("Bo Lin",)
    _, (told,) = decides(desk, Accept(candidate.id))
    assert (told.before, told.after) == (("Ann Poe",), ("Bo Lin",))
    assert desk.who() == ["Bo Lin"]


def test_a_plan_accepted_takes_effect_on_its_day(desk, say) -> None:
    desk.knows("Bo Lin", "2020")
    plan = say.goes(
        "Bo Lin", when="2026-06-30", modality=Modality.PLANNED, tier=Tier.CANDIDATE
    )
    desk.reads("2026-02-20", plan)
    _, (told,) = decides(desk, Accept(waiting(desk).id))
    assert told.before == ("Bo Lin",)
    assert desk.who("2026-06-01") == ["Bo Lin"]
    assert desk.who("2026-07-01") == []


def test_a_decision_holds_when_its_article_takes_the_words_back(desk, say) -> None:
    desk.knows("Bo Lin", "2020")
    doubtful = say.comes("Ann Poe", when="2026-02-19", tier=Tier.CANDIDATE)
    desk.reads("2026-02-20", doubtful, id="one")
    decides(desk, Accept(waiting(desk).id))
    assert not desk.reads("2026-02-20", say.holds("Bo Lin"), id="one")
    assert desk.who() == ["Ann Poe"]


def test_a_rejected_departure_leaves_the_holder_in_place(desk, say) -> None:
    desk.knows("Bo Lin", "2020")
    (told,) = desk.reads("2026-02-20", say.goes("Bo Lin", cause="resigned"))
    _, (taken,) = decides(desk, Reject(told.id))
    assert taken.type is MessageType.RETRACTION
    assert desk.who() == ["Bo Lin"]
