"""Decisions on what is gone: refused in words, or asleep until it is back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from rules.model import Reading, Tier, Watchlist
from state.decision import Accept, Chair, Correct, Merge, Pin, Reject, Split, Undo
from state.errors import DecisionError, NotFoundError
from state.ledger import Ledger
from state.model import ChangeStatus
from state.replay import Today, replay

POST = "northwind chief executive"


def decides(desk, wish):
    desk.now += timedelta(hours=1)
    return desk.ledger.decide(wish, Chair("ann", desk.now), desk.channels)


@contextmanager
def replayed(desk, *stories, name: str = "fresh.db") -> Iterator[object]:
    """The desk's ledger as rules make it that read only *stories* in its articles."""
    readings = {one.id: one.reading() for one in stories}

    def read(article):
        found = readings.get(article.id)
        return Reading(article, found.claims if found else ())

    fresh = desk.ledger.path.with_name(name)
    replay(desk.ledger.path, fresh, Today(read, Watchlist()), lambda *_: None)
    with Ledger.open(fresh) as ledger:
        again = type(desk)(ledger)
        again.now = desk.now
        yield again


def test_a_rejection_sleeps_while_rules_do_not_read_its_change_and_wakes_with_it(
    desk, say, story
) -> None:
    desk.knows("Bo Lin", "2020")
    news = story("2026-02-20", (say.comes("Ann Poe", when="2026-02-19"),), id="news")
    (told,) = desk.takes(news)
    made, _ = decides(desk, Reject(told.id))
    with replayed(desk) as blind:
        assert blind.ledger.decisions() == (made,)
        assert blind.who() == ["Bo Lin"]
        with replayed(blind, news, name="seeing.db") as seeing:
            assert seeing.who() == ["Bo Lin"]
            assert told.id in {change.id for change in seeing.ledger.log()}


@pytest.mark.parametrize("kind", ["accept", "reject", "name", "firm", "pin", "split"])
def test_what_was_decided_on_something_gone_can_be_undone(
    desk, say, story, kind: str
) -> None:
    tier = Tier.CANDIDATE if kind == "accept" else None
    line = say.comes("Ann Poe", when="2026-02-19", tier=tier)
    desk.takes(story("2026-02-20", (line,), id="news"))
    statuses = [ChangeStatus.TOLD, ChangeStatus.CANDIDATE]
    (change,) = desk.ledger.log(statuses)
    if kind == "pin":
        desk.knows("Bo Lin", "2020")
    wishes = {
        "accept": Accept(change.id),
        "reject": Reject(change.id),
        "name": Correct(change.id, person="Anna Power"),
        "firm": Correct(change.id, organization="Orbis"),
        "pin": Pin(POST, "Cy Orr"),
        "split": Split("Ann Poe", "Ann Poe (Orbis)", ("Northwind",)),
    }
    made, _ = decides(desk, wishes[kind])
    with replayed(desk) as blind:
        with pytest.raises(NotFoundError, match="no change has an id"):
            decides(blind, Reject(change.id))
        undo, told = decides(blind, Undo(made.id))
        assert undo.target == made.id
        assert [one for one in told if one.after] == []
        assert blind.who() == (["Bo Lin"] if kind == "pin" else [])


def test_an_undone_decision_is_undone_once_and_an_undoing_never(desk, say) -> None:
    (told,) = desk.reads("2026-02-20", say.comes("Ann Poe"))
    made, _ = decides(desk, Reject(told.id))
    undo, _ = decides(desk, Undo(made.id))
    for wish, words in ((Undo(made.id), "undone already"), (Undo(undo.id), "anew")):
        with pytest.raises(DecisionError, match=words):
            decides(desk, wish)
    assert desk.ledger.decisions() == (made, undo)


def test_an_article_whose_text_is_gone_cannot_be_split(desk, say) -> None:
    desk.reads("2026-02-01", id="rain", note="It rained.")
    desk.reads("2026-02-20", say.comes("Ann Poe"), id="news")
    assert desk.ledger.thin(desk.now + timedelta(days=1)) == 1
    with pytest.raises(NotFoundError, match="no article 'rain'"):
        decides(desk, Split("Ann Poe", "Ann Poe (Orbis)", articles=("rain",)))


def test_a_change_told_under_a_name_that_was_merged_is_decided_on_under_the_new_one(
    desk, say
) -> None:
    desk.reads("2025-06-01", say.comes("Anna Power", org="Orbis"))
    (told,) = desk.reads("2026-02-20", say.comes("Ann Poe", when="2026-02-19"))
    decides(desk, Merge("person", "Ann Poe", "Anna Power"))
    assert desk.who(post=POST) == ["Anna Power"]
    _, (taken,) = decides(desk, Reject(told.id))
    assert taken.supersedes == told.id
    assert desk.who(post=POST) == []
    assert not desk.reads("2026-02-21", say.comes("Ann Poe"), owner="Other Wire")


def test_a_candidate_of_a_merged_person_is_accepted_under_the_new_name(
    desk, say
) -> None:
    desk.reads("2025-06-01", say.comes("Anna Power", org="Orbis"))
    desk.reads("2026-02-20", say.comes("Ann Poe", tier=Tier.CANDIDATE))
    decides(desk, Merge("person", "Ann Poe", "Anna Power"))
    (candidate,) = desk.ledger.log([ChangeStatus.CANDIDATE])
    decides(desk, Accept(candidate.id))
    assert desk.who(post=POST) == ["Anna Power"]


def test_a_pin_of_a_merged_name_is_of_the_person(desk, say) -> None:
    desk.knows("Bo Lin", "2020")
    desk.reads("2025-06-01", say.comes("Ann Poe", org="Orbis"))
    desk.reads("2025-06-02", say.comes("Anna Power", org="Quarry"))
    decides(desk, Merge("person", "Ann Poe", "Anna Power"))
    decides(desk, Pin(POST, "Ann Poe"))
    assert desk.who(post=POST) == ["Anna Power"]


def test_a_merger_whose_name_a_later_one_gave_up_can_be_undone(desk, say) -> None:
    for number, person in enumerate(("Ann Poe", "Anna Power", "A. P. Quill")):
        desk.reads(f"2025-06-0{number + 1}", say.comes(person, org=f"Firm{number}"))
    first, _ = decides(desk, Merge("person", "Ann Poe", "Anna Power"))
    decides(desk, Merge("person", "Anna Power", "A. P. Quill"))
    assert set(desk.who()) == {"A. P. Quill"}
    decides(desk, Undo(first.id))
    assert sorted(desk.who()) == ["A. P. Quill", "A. P. Quill", "Ann Poe"]


def test_a_split_of_a_merger_that_was_undone_sleeps(desk, say) -> None:
    desk.reads("2025-06-01", say.comes("Ann Poe", org="Orbis"))
    desk.reads("2025-06-02", say.comes("Anna Power", org="Quarry"))
    merge, _ = decides(desk, Merge("person", "Ann Poe", "Anna Power"))
    split, _ = decides(desk, Split("Anna Power", "Anna Power (Orbis)", ("Orbis",)))
    assert desk.who(post="orbis") == ["Anna Power (Orbis)"]
    decides(desk, Undo(merge.id))
    assert desk.who(post="orbis") == ["Ann Poe"]
    decides(desk, Undo(split.id))
    assert sorted(desk.who()) == ["Ann Poe", "Anna Power"]


def test_the_names_of_an_undone_split_are_nobodys(desk, say) -> None:
    desk.reads("2025-06-01", say.comes("Ann Poe", org="Orbis"))
    made, _ = decides(desk, Split("Ann Poe", "Ann Poe (Orbis)", ("Orbis",)))
    decides(desk, Undo(made.id))
    with pytest.raises(NotFoundError, match=r"no person named 'Ann Poe \(Orbis\)'"):
        decides(desk, Merge("person", "Ann Poe (Orbis)", "Ann Poe"))


def test_nothing_of_a_refused_decision_is_kept(desk, say, tmp_path: Path) -> None:
    desk.reads("2026-02-20", say.comes("Ann Poe"))
    desk.ledger.backup(tmp_path / "before.db")
    for wish in (Undo("ffff"), Reject("ffff"), Pin("nothing", "Bo Lin")):
        with pytest.raises(NotFoundError):
            decides(desk, wish)
    with Ledger.open(tmp_path / "before.db") as before:
        assert before.tenures() == desk.ledger.tenures()
        assert desk.ledger.decisions() == ()
