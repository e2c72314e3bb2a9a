"""Stories of posts: what is told, and who sits there in the end."""

from __future__ import annotations

from typing import Any

from rules.model import Capacity, Modality, Polarity, Tier
from state.model import Belief, ChangeKind, ChangeStatus, MessageType

PLAN = {"modality": Modality.PLANNED}
INTERIM = {"capacity": Capacity.INTERIM}


def told(changes: Any) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    return [(str(c.kind), c.before, c.after) for c in changes]


def log(desk: Any, *statuses: ChangeStatus) -> Any:
    return told(desk.ledger.log(statuses or (ChangeStatus.TOLD,)))


def test_a_holder_seen_for_the_first_time_is_a_silent_baseline(
    desk: Any, say: Any
) -> None:
    assert desk.reads("2025-01-10", say.holds("Ann Poe")) == ()
    assert desk.who() == ["Ann Poe"]


def test_news_of_a_post_never_seen_is_told(desk: Any, say: Any) -> None:
    changes = desk.reads("2025-01-10", say.comes("Ann Poe"))
    assert told(changes) == [("appointment", (), ("Ann Poe",))]


def test_history_of_a_post_never_seen_is_silent(desk: Any, say: Any) -> None:
    line = say.comes("Ann Poe", when="2021-03", background=True)
    assert desk.reads("2025-01-10", line) == ()


def test_a_stranger_leaving_a_post_never_seen_is_told(desk: Any, say: Any) -> None:
    changes = desk.reads("2025-01-10", say.goes("Ann Poe", cause="resigned"))
    assert told(changes) == [("departure", ("Ann Poe",), ())]
    assert changes[0].cause == "resigned"
    assert desk.who() == []


def test_a_succession_is_one_change(desk: Any, say: Any) -> None:
    desk.knows("Ann Poe", "2019")
    lines = say.goes("Ann Poe"), say.comes("Bo Lind", replaces="Ann Poe")
    changes = desk.reads("2025-01-10", *lines)
    assert told(changes) == [("succession", ("Ann Poe",), ("Bo Lind",))]
    assert [q.text for q in changes[0].quotes] == [lines[1].text, lines[0].text]


def test_a_new_holder_in_a_mere_mention_is_a_change(desk: Any, say: Any) -> None:
    desk.knows("Ann Poe", "2019")
    changes = desk.reads("2025-01-10", say.holds("Bo Lind"))
    assert told(changes) == [("succession", ("Ann Poe",), ("Bo Lind",))]
    assert str(changes[0].effective) == "2019-01-01/2025-01-10"


def test_a_second_outlet_on_the_same_change_is_silent(desk: Any, say: Any) -> None:
    desk.knows("Ann Poe", "2019")
    desk.reads("2025-01-10", say.comes("Bo Lind"))
    again = say.comes("Bo Lind", when="2025-01-09", quote="Bo Lind is the new chief.")
    assert desk.reads("2025-01-12", again, owner="Fjord Wire") == ()
    (holder,) = desk.ledger.board(desk.now.date())
    assert (holder.person, holder.belief) == ("Bo Lind", Belief.CONFIRMED)
    assert str(holder.since) == "2025-01-09"


def test_a_reprinted_sentence_is_one_voice(desk: Any, say: Any) -> None:
    line = say.comes("Bo Lind")
    desk.reads("2025-01-10", line)
    desk.reads("2025-01-10", line, owner="Fjord Wire")
    (holder,) = desk.ledger.board(desk.now.date())
    assert holder.belief is Belief.PROBABLE


def test_who_left_is_told_first_and_who_follows_later(desk: Any, say: Any) -> None:
    desk.knows("Ann Poe", "2019")
    assert told(desk.reads("2025-01-10", say.goes("Ann Poe"))) == [
        ("departure", ("Ann Poe",), ())
    ]
    later = desk.reads(
        "2025-02-10", say.comes("Bo Lind", replaces="Ann Poe"), say.goes("Ann Poe")
    )
    assert told(later) == [("appointment", ("Ann Poe",), ("Bo Lind",))]


def test_after_a_told_departure_a_mention_of_the_next_is_a_change(
    desk: Any, say: Any
) -> None:
    desk.knows("Ann Poe", "2019")
    desk.reads("2025-01-10", say.goes("Ann Poe"))
    changes = desk.reads("2025-03-10", say.holds("Bo Lind"))
    assert told(changes) == [("appointment", ("Ann Poe",), ("Bo Lind",))]


def test_the_same_article_twice_changes_nothing(desk: Any, say: Any) -> None:
    first = desk.reads("2025-01-10", say.comes("Ann Poe"), id="a1")
    assert len(first) == 1
    assert desk.reads("2025-01-10", say.comes("Ann Poe"), id="a1") == ()
    assert len(desk.ledger.log()) == 1


def test_an_old_article_fills_in_history_and_moves_nobody(desk: Any, say: Any) -> None:
    desk.reads("2025-01-10", say.holds("Cy Dorn"))
    old = say.goes("Ann Poe"), say.comes("Bo Lind", replaces="Ann Poe")
    assert desk.reads("2021-06-01", *old) == ()
    assert desk.who() == ["Cy Dorn"]
    assert desk.who("2022-01-01") == ["Bo Lind?", "Cy Dorn?"]


def test_an_old_mention_of_another_moves_nobody(desk: Any, say: Any) -> None:
    desk.reads("2024-01-10", say.holds("Ann Poe"))
    desk.reads("2025-01-10", say.holds("Ann Poe"))
    assert desk.reads("2024-06-01", say.holds("Bo Lind")) == ()
    assert desk.who() == ["Ann Poe"]


def test_news_older_than_what_is_known_is_silent(desk: Any, say: Any) -> None:
    desk.reads("2025-01-10", say.holds("Ann Poe"))
    assert desk.reads("2024-12-20", say.goes("Ann Poe")) == ()


def test_news_that_a_feed_delivers_two_days_late_is_told(desk: Any, say: Any) -> None:
    desk.reads("2025-01-10", say.holds("Ann Poe"))
    late = desk.reads("2025-01-08", say.goes("Ann Poe"))
    assert told(late) == [("departure", ("Ann Poe",), ())]


def test_an_old_succession_does_not_unseat_who_came_back_since(
    desk: Any, say: Any
) -> None:
    desk.reads("2025-01-10", say.holds("Ann Poe"))
    desk.reads("2025-01-11", say.holds("Ann Poe"), owner="Fjord Wire")
    old = say.goes("Ann Poe"), say.comes("Bo Lind", replaces="Ann Poe")
    assert desk.reads("2021-06-01", *old) == ()
    assert desk.who() == ["Ann Poe"]
    assert desk.who("2022-01-01") == ["Bo Lind?", "Ann Poe?"]


def test_undated_history_of_a_coming_seats_nobody(desk: Any, say: Any) -> None:
    desk.knows("Ann Poe", "2019")
    assert desk.reads("2025-01-10", say.comes("Bo Lind", background=True)) == ()
    assert desk.who() == ["Ann Poe"]


def test_a_stale_mention_does_not_bring_back_who_was_said_to_leave(
    desk: Any, say: Any
) -> None:
    desk.knows("Ann Poe", "2019")
    desk.reads("2025-01-10", say.goes("Ann Poe"), say.comes("Bo Lind"))
    assert desk.reads("2025-01-20", say.holds("Ann Poe"), owner="Slow Daily") == ()
    assert desk.who() == ["Bo Lind"]
    assert log(desk, ChangeStatus.CANDIDATE) == [("return", ("Bo Lind",), ("Ann Poe",))]


def test_a_stale_mention_does_not_unseat_a_successor_of_these_days(
    desk: Any, say: Any
) -> None:
    desk.knows("Ann Poe", "2019")
    desk.reads("2025-01-10", say.comes("Bo Lind"))
    assert desk.reads("2025-01-20", say.holds("Ann Poe")) == ()
    assert desk.who() == ["Bo Lind"]


def test_two_sources_that_name_two_holders_go_to_review(desk: Any, say: Any) -> None:
    desk.knows("Ann Poe", "2019")
    assert len(desk.reads("2025-01-10", say.holds("Bo Lind"))) == 1
    assert desk.reads("2025-01-20", say.holds("Ann Poe"), owner="Slow Daily") == ()
    (candidate,) = desk.ledger.log((ChangeStatus.CANDIDATE,))
    assert (candidate.after, candidate.belief) == (("Ann Poe",), Belief.DISPUTED)


def test_an_ouster_and_the_return_are_told_as_they_happen(desk: Any, say: Any) -> None:
    desk.knows("Al Marr", "2019")
    first = desk.reads(
        "2023-11-17",
        say.goes("Al Marr", when="2023-11-17", cause="dismissed"),
        say.comes("Mia Roth", **INTERIM, when="2023-11-17"),
    )
    second = desk.reads("2023-11-20", say.comes("Ed Shaw", **INTERIM))
    third = desk.reads("2023-11-22", say.comes("Al Marr", when="2023-11-22"))
    assert told(first + second + third) == [
        ("interim", ("Al Marr",), ("Mia Roth",)),
        ("interim", ("Mia Roth",), ("Ed Shaw",)),
        ("return", ("Ed Shaw",), ("Al Marr",)),
    ]
    assert desk.who() == ["Al Marr"]
    assert desk.who("2023-11-18") == ["Mia Roth?", "Ed Shaw?"]


def test_an_ouster_and_return_told_as_history_are_silent(desk: Any, say: Any) -> None:
    desk.reads("2024-01-10", say.holds("Al Marr"))
    history = (
        say.goes("Al Marr", when="2023-11", background=True),
        say.comes("Al Marr", when="2023-11", background=True),
    )
    assert desk.reads("2024-10-25", *history) == ()
    assert desk.who() == ["Al Marr"]


def test_history_told_again_after_the_news_adds_no_spell(desk: Any, say: Any) -> None:
    desk.knows("Al Marr", "2019")
    desk.reads("2023-11-17", say.goes("Al Marr", when="2023-11-17"))
    desk.reads("2023-11-22", say.comes("Al Marr", when="2023-11-22"))
    retold = (
        say.goes("Al Marr", when="2023-11", background=True),
        say.comes("Al Marr", when="2023-11", background=True),
        say.goes("Al Marr", background=True),
        say.holds("Al Marr"),
    )
    assert desk.reads("2024-10-25", *retold) == ()
    assert desk.who() == ["Al Marr"]
    assert desk.who("2023-11-19") == []


def test_undated_history_never_ends_a_tenure(desk: Any, say: Any) -> None:
    desk.knows("Ann Poe", "2019")
    assert desk.reads("2025-01-10", say.goes("Ann Poe", background=True)) == ()
    assert desk.who() == ["Ann Poe"]
    assert log(desk, ChangeStatus.CANDIDATE) == [("departure", ("Ann Poe",), ())]


def test_an_interim_ends_nobody_and_is_told(desk: Any, say: Any) -> None:
    desk.knows("Ann Poe", "2019")
    changes = desk.reads("2025-01-10", say.comes("Bo Lind", **INTERIM))
    assert told(changes) == [("interim", (), ("Bo Lind",))]
    assert desk.who() == ["Ann Poe", "Bo Lind"]


def test_a_new_chief_ends_the_interim_and_the_one_on_leave(desk: Any, say: Any) -> None:
    desk.knows("Ann Poe", "2019")
    desk.reads("2025-01-10", say.comes("Bo Lind", **INTERIM))
    changes = desk.reads("2025-04-10", say.comes("Cy Dorn"))
    assert told(changes) == [("succession", ("Ann Poe", "Bo Lind"), ("Cy Dorn",))]
    assert desk.who() == ["Cy Dorn"]


def test_an_interim_who_is_appointed_for_good_is_told(desk: Any, say: Any) -> None:
    desk.reads("2025-01-10", say.comes("Bo Lind", **INTERIM))
    assert desk.reads("2025-01-12", say.comes("Bo Lind")) == ()
    changes = desk.reads("2025-04-10", say.comes("Bo Lind", when="2025-04-09"))
    assert told(changes) == [("appointment", (), ("Bo Lind",))]
    assert desk.who() == ["Bo Lind"]


def test_a_co_lead_joins_and_nobody_leaves(desk: Any, say: Any) -> None:
    desk.knows("Ann Poe", "2019")
    line = say.comes("Bo Lind", capacity=Capacity.CO)
    assert told(desk.reads("2025-01-10", line)) == [("co-lead", (), ("Bo Lind",))]
    assert desk.who() == ["Ann Poe", "Bo Lind"]


def test_an_announced_end_is_told_once_and_takes_effect_by_itself(
    desk: Any, say: Any
) -> None:
    desk.knows("Ann Poe", "2019")
    leaves = say.goes("Ann Poe", when="2025-03-31", **PLAN)
    follows = say.comes("Bo Lind", when="2025-04-01", replaces="Ann Poe", **PLAN)
    changes = desk.reads("2025-01-10", leaves, follows)
    assert told(changes) == [("planned", ("Ann Poe",), ("Bo Lind",))]
    assert str(changes[0].effective) == "2025-04-01"
    assert desk.who("2025-02-01") == ["Ann Poe"]
    assert desk.who("2025-05-01") == ["Bo Lind"]
    again = say.comes("Bo Lind", when="2025-04-01", quote="Bo Lind starts today.")
    assert desk.reads("2025-04-01", again, owner="Fjord Wire") == ()


def test_the_day_of_a_plan_is_noted_once_and_sent_to_nobody(
    desk: Any, say: Any
) -> None:
    desk.knows("Ann Poe", "2019")
    desk.reads("2025-01-10", say.goes("Ann Poe", when="2025-03-31", **PLAN))
    assert desk.ledger.settle(desk.now.replace(year=2025, month=2)) == ()
    (note,) = desk.ledger.settle(desk.now, ("desk",))
    assert (note.kind, note.status) == (ChangeKind.EFFECTIVE, ChangeStatus.NOTED)
    assert (note.before, note.after) == (("Ann Poe",), ())
    assert desk.ledger.settle(desk.now) == ()
    assert len(desk.ledger.pending(desk.now)) == 1


def test_an_undated_plan_leaves_the_holder_in_the_post(desk: Any, say: Any) -> None:
    desk.knows("Ann Poe", "2019")
    changes = desk.reads("2025-01-10", say.goes("Ann Poe", **PLAN))
    assert told(changes) == [("planned", ("Ann Poe",), ())]
    assert desk.who() == ["Ann Poe"]
    assert desk.reads("2025-03-10", say.goes("Ann Poe"), owner="Fjord Wire") == ()
    assert desk.who() == []


def test_a_person_who_left_the_organisation_leaves_every_post_there(
    desk: Any, say: Any
) -> None:
    desk.knows("Ann Poe", "2019")
    desk.knows("Ann Poe", "2020", unit="Cloud", role_key="head", role="head")
    changes = desk.reads("2025-01-10", say.goes("Ann Poe", key=None))
    assert len(changes) == 2
    assert desk.who() == []


def test_who_holds_no_known_post_leaves_in_silence(desk: Any, say: Any) -> None:
    desk.reads("2025-01-10", say.holds("Ann Poe"))
    assert desk.reads("2025-01-11", say.goes("Bo Lind", key=None)) == ()


def test_posts_with_many_seats_see_people_come_without_ending_others(
    desk: Any, say: Any
) -> None:
    key = "vice president"
    desk.reads("2025-01-10", say.holds("Ann Poe", key=key))
    assert desk.reads("2025-01-11", say.holds("Bo Lind", key=key)) == ()
    changes = desk.reads("2025-01-12", say.comes("Cy Dorn", key=key))
    assert told(changes) == [("appointment", (), ("Cy Dorn",))]
    gone = desk.reads("2025-01-13", say.goes("Di Eck", key=key))
    assert told(gone) == [("departure", ("Di Eck",), ())]
    assert desk.who() == ["Ann Poe", "Bo Lind", "Cy Dorn"]


def test_who_comes_to_one_of_many_seats_overtakes_no_plan_for_another(
    desk: Any, say: Any
) -> None:
    key = "vice president"
    desk.reads("2025-01-10", say.comes("Ann Poe", key=key, **PLAN))
    changes = desk.reads("2025-02-10", say.comes("Bo Lind", key=key))
    assert told(changes) == [("appointment", (), ("Bo Lind",))]
    assert desk.reads("2025-03-10", say.comes("Ann Poe", key=key)) == ()


def test_who_leads_a_unit_that_has_a_chief_executive_is_that(
    desk: Any, say: Any
) -> None:
    desk.reads("2025-01-10", say.comes("Ann Poe", unit="Cloud"))
    mention = say.holds("Ann Poe", unit="Cloud", key="head")
    assert desk.reads("2025-02-10", mention) == ()
    assert [h.post.role_key for h in desk.ledger.who()] == ["ceo"]


def test_who_was_only_ever_announced_can_leave(desk: Any, say: Any) -> None:
    key = "vice president"
    desk.reads("2025-01-10", say.comes("Ann Poe", key=key, **PLAN))
    changes = desk.reads("2026-02-10", say.goes("Ann Poe", key=key))
    assert told(changes) == [("departure", ("Ann Poe",), ())]
    assert desk.who() == []


def test_an_undated_successor_of_a_known_day_came_between_then_and_the_article(
    desk: Any, say: Any
) -> None:
    desk.knows("Ann Poe", "2019")
    desk.reads("2025-01-05", say.goes("Ann Poe", when="2025-01-03"))
    (change,) = desk.reads("2025-01-10", say.comes("Bo Lind", replaces="Poe"))
    assert str(change.effective) == "2025-01-03/2025-01-10"


def test_denials_rumours_and_candidates_move_nobody(desk: Any, say: Any) -> None:
    desk.knows("Ann Poe", "2019")
    lines = (
        say.goes("Ann Poe", polarity=Polarity.DENIED),
        say.goes("Ann Poe", modality=Modality.RUMOURED),
        say.goes("Ann Poe", modality=Modality.HYPOTHETICAL),
    )
    for day, line in enumerate(lines, 10):
        assert desk.reads(f"2025-01-{day}", line) == ()
    assert desk.who() == ["Ann Poe"]
    assert log(desk, *ChangeStatus) == []


def test_a_candidate_waits_for_review_and_news_of_it_is_told(
    desk: Any, say: Any
) -> None:
    desk.knows("Ann Poe", "2019")
    unsure = say.comes("Bo Lind", tier=Tier.CANDIDATE)
    assert desk.reads("2025-01-10", unsure) == ()
    assert log(desk, ChangeStatus.CANDIDATE) == [
        ("succession", ("Ann Poe",), ("Bo Lind",))
    ]
    assert desk.who() == ["Ann Poe"]
    assert desk.ledger.pending(desk.now) == ()
    assert len(desk.reads("2025-01-11", say.comes("Bo Lind"))) == 1


def test_a_surname_and_a_middle_initial_are_the_same_person(
    desk: Any, say: Any
) -> None:
    desk.knows("Robert Gates", "2019")
    lines = say.holds("Gates"), say.holds("Robert M. Gates"), say.holds("Bob Gates")
    for day, line in enumerate(lines, 10):
        assert desk.reads(f"2025-01-{day}", line) == ()
    assert desk.who() == ["Robert Gates"]


def test_head_of_the_organisation_is_its_one_known_chief(desk: Any, say: Any) -> None:
    desk.knows("Ann Poe", "2019")
    changes = desk.reads("2025-01-10", say.comes("Bo Lind", key="head"))
    assert told(changes) == [("succession", ("Ann Poe",), ("Bo Lind",))]
    assert changes[0].post.role_key == "ceo"


def test_the_organisations_own_word_is_confirmed(desk: Any, say: Any) -> None:
    (change,) = desk.reads("2025-01-10", say.comes("Ann Poe"), kind="company")
    assert change.belief is Belief.CONFIRMED


def test_an_edit_that_changes_the_name_sends_one_correction(
    desk: Any, say: Any
) -> None:
    desk.knows("Ann Poe", "2019")
    lines = say.goes("Ann Poe"), say.comes("Jo Lind")
    (wrong,) = desk.reads("2025-01-10", *lines, id="a1")
    desk.channels = ("desk", "added later")
    edited = say.goes("Ann Poe"), say.comes("Bo Lind")
    (change,) = desk.reads("2025-01-10", *edited, id="a1", note="Name corrected.")
    assert change.type is MessageType.CORRECTION
    assert (change.before, change.after) == (("Jo Lind",), ("Bo Lind",))
    assert change.supersedes == wrong.id
    sent = [(d.change.id, d.channel) for d in desk.ledger.pending(desk.now)]
    assert sent == [(wrong.id, "desk"), (change.id, "desk")]
    assert desk.who() == ["Bo Lind"]


def test_an_edit_that_takes_the_news_back_sends_one_retraction(
    desk: Any, say: Any
) -> None:
    desk.knows("Ann Poe", "2019")
    (wrong,) = desk.reads("2025-01-10", say.goes("Ann Poe"), id="a1")
    (change,) = desk.reads("2025-01-10", id="a1", note="This story was withdrawn.")
    assert change.type is MessageType.RETRACTION
    assert (change.before, change.after) == ((), ("Ann Poe",))
    assert change.quotes == wrong.quotes
    assert desk.who() == ["Ann Poe"]
    later = desk.reads("2025-01-20", say.goes("Ann Poe"), owner="Fjord Wire")
    assert told(later) == [("departure", ("Ann Poe",), ())]


def test_an_edit_that_keeps_the_claims_is_silent(desk: Any, say: Any) -> None:
    desk.reads("2025-01-10", say.comes("Ann Poe"), id="a1")
    edited = desk.reads(
        "2025-01-10", say.comes("Ann Poe"), id="a1", note="Typo mended."
    )
    assert edited == ()


def test_a_feeds_short_form_of_an_article_takes_nothing_back(
    desk: Any, say: Any
) -> None:
    body = "The board met in the morning and voted. " * 5
    desk.reads("2025-01-10", say.comes("Ann Poe"), id="a1", note=body)
    assert desk.reads("2025-01-10", id="a1") == ()
    assert desk.who() == ["Ann Poe"]
