"""One name that is two people: told apart by a decision, and one again when undone."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from rules.model import WatchedPerson, Watchlist
from state.decision import (
    Action,
    Chair,
    Correct,
    Merge,
    Pin,
    Reject,
    Split,
    Undo,
)
from state.errors import DecisionError, NotFoundError
from state.model import MessageType
from state.replay import Difference, Today, replay

OTHER = "Tom Hale (Orbis)"
AT_ORBIS = Split("Tom Hale", OTHER, ("Orbis",))


def decides(desk, wish):
    desk.now += timedelta(hours=1)
    return desk.ledger.decide(wish, Chair("ann", desk.now), desk.channels)


def at_both(desk, say) -> None:
    """Let somebody called Tom Hale lead both Northwind and Orbis."""
    desk.reads("2025-06-01", say.comes("Tom Hale", when="2025-06-01"), id="north")
    desk.reads("2025-07-01", say.comes("Tom Hale", org="Orbis"), id="orbis")


def test_a_namesake_elsewhere_goes_by_another_name_and_nobody_is_alerted(
    desk, say
) -> None:
    at_both(desk, say)
    due = desk.ledger.pending(desk.now)
    made, told = decides(desk, AT_ORBIS)
    assert (made.action, told) == (Action.SPLIT, ())
    assert desk.ledger.pending(desk.now) == due
    assert sorted(desk.who()) == ["Tom Hale", OTHER]
    assert desk.who(post="orbis") == [OTHER]


def test_an_undone_split_leaves_all_as_it_was(desk, say) -> None:
    at_both(desk, say)
    before = desk.ledger.tenures()
    made, _ = decides(desk, AT_ORBIS)
    assert desk.ledger.tenures() != before
    _, told = decides(desk, Undo(made.id))
    assert told == ()
    assert desk.ledger.tenures() == before


def test_news_to_come_is_split_as_well_and_known_people_are_not_told_again(
    desk, say
) -> None:
    at_both(desk, say)
    decides(desk, AT_ORBIS)
    again = say.comes("Tom Hale", org="Orbis"), say.holds("Hale", org="Orbis")
    assert not desk.reads("2025-07-02", *again, owner="Other Wire")
    assert desk.who(post="orbis") == [OTHER]
    (gone,) = desk.reads("2026-01-10", say.goes("Tom Hale", org="Orbis", key=None))
    assert gone.before == (OTHER,)
    assert desk.who() == ["Tom Hale"]


def test_with_keep_whatever_is_said_elsewhere_is_the_others(desk, say) -> None:
    at_both(desk, say)
    decides(desk, Split("Tom Hale", "Tom Hale (no clue)", kept=("Northwind",)))
    assert desk.who(post="orbis") == ["Tom Hale (no clue)"]
    (news,) = desk.reads("2026-01-10", say.comes("Tom Hale", org="Quarry"))
    assert news.after == ("Tom Hale (no clue)",)
    assert desk.who(post="northwind") == ["Tom Hale"]


@pytest.mark.parametrize("name", ["cto", "https://news.example/cto"])
def test_one_article_of_the_same_organisation_can_be_the_others(
    desk, say, name: str
) -> None:
    desk.reads("2025-06-01", say.comes("Tom Hale"), id="ceo")
    desk.reads("2025-07-01", say.comes("Tom Hale", key="cto"), id="cto")
    decides(desk, Split("Tom Hale", "Tom Hale (engineer)", articles=(name,)))
    assert desk.who(post="chief technology officer") == ["Tom Hale (engineer)"]
    assert desk.who(post="chief executive") == ["Tom Hale"]


def test_a_bare_surname_is_left_alone_where_somebody_else_bears_it(desk, say) -> None:
    desk.reads("2025-06-01", say.comes("Tom Hale", org="Orbis"))
    desk.reads("2025-06-02", say.comes("Jane Hale", org="Orbis", key="cto"))
    desk.reads("2025-06-03", say.comes("Hale", org="Orbis", key="head", unit="Radar"))
    decides(desk, AT_ORBIS)
    assert desk.who(post="orbis radar") == ["Hale"]


def test_what_the_user_knew_at_the_start_is_split_too(desk, say) -> None:
    desk.knows("Tom Hale", "2020", organization="Orbis")
    decides(desk, AT_ORBIS)
    assert desk.who(post="orbis") == [OTHER]
    assert not desk.reads("2025-06-01", say.holds("Tom Hale", org="Orbis"))


def test_a_namesake_of_a_watched_person_is_not_followed(desk, say) -> None:
    desk.ledger.watch(Watchlist(people=(WatchedPerson("Tom Hale"),)))
    at_both(desk, say)
    decides(desk, Split("Tom Hale", "Tom Hale (no clue)", kept=("Northwind",)))
    assert desk.who() == ["Tom Hale"]
    assert not desk.reads("2026-01-10", say.comes("Tom Hale", org="Quarry"))
    (gone,) = desk.reads("2026-01-11", say.goes("Tom Hale"))
    assert gone.post.organization == "Northwind"


def test_a_split_survives_a_replay_and_so_does_its_undoing(
    desk, say, story, tmp_path: Path
) -> None:
    at_both(desk, say)
    made, _ = decides(desk, AT_ORBIS)
    reading = story(
        "2026-01-10", (say.goes("Tom Hale", org="Orbis"),), id="gone"
    ).reading()
    desk.takes(story("2026-01-10", (say.goes("Tom Hale", org="Orbis"),), id="gone"))
    decides(desk, Undo(made.id))
    decides(desk, AT_ORBIS)
    texts = {
        "north": story("2025-06-01", (say.comes("Tom Hale", when="2025-06-01"),)),
        "orbis": story("2025-07-01", (say.comes("Tom Hale", org="Orbis"),)),
        "gone": story("2026-01-10", (say.goes("Tom Hale", org="Orbis"),)),
    }
    readings = {
        name: type(one)(one.day, one.lines, id=name).reading()
        for name, one in texts.items()
    }
    assert readings["gone"] == reading
    today = Today(lambda article: readings[article.id], Watchlist())
    fresh = tmp_path / "fresh.db"
    found = replay(desk.ledger.path, fresh, today, lambda *_: None)
    assert found == Difference((), ())
    with type(desk.ledger).open(fresh) as again:
        assert again.tenures() == desk.ledger.tenures()
        assert again.decisions() == desk.ledger.decisions()


@pytest.mark.parametrize(
    "wish",
    [
        AT_ORBIS,
        Merge("person", "Tom Hale", "Theo Hayle"),
    ],
)
def test_a_revised_article_takes_nothing_back_for_a_decision_on_names(
    desk, say, wish
) -> None:
    at_both(desk, say)
    desk.reads("2025-06-03", say.comes("Theo Hayle", org="Quarry"))
    decides(desk, wish)
    story = say.comes("Tom Hale", org="Orbis")
    assert not desk.reads("2025-07-01", story, id="orbis", note="A word more.")
    story = say.comes("Tom Hale", when="2025-06-01")
    assert not desk.reads("2025-06-01", story, id="north", note="A word more.")


def test_a_change_told_before_the_split_can_still_be_decided_on(desk, say) -> None:
    at_both(desk, say)
    told = next(c for c in desk.ledger.log() if c.post.organization == "Orbis")
    decides(desk, AT_ORBIS)
    _, (taken,) = decides(desk, Reject(told.id))
    assert (taken.type, taken.supersedes) == (MessageType.RETRACTION, told.id)
    assert desk.who(post="orbis") == []
    assert desk.who(post="northwind") == ["Tom Hale"]


def test_a_pin_and_a_correction_mean_the_person_that_the_name_now_is(desk, say) -> None:
    at_both(desk, say)
    desk.reads("2025-08-01", say.comes("Bo Lin", org="Orbis", key="cto"))
    decides(desk, AT_ORBIS)
    decides(desk, Pin("orbis chief executive", "Tom Hale"))
    assert desk.who(post="orbis chief executive") == [OTHER]
    told = next(c for c in desk.ledger.log() if c.after == ("Bo Lin",))
    decides(desk, Correct(told.id, person="Tom Hale"))
    assert desk.who(post="orbis chief technology officer") == [OTHER]


def test_the_two_can_be_merged_again(desk, say) -> None:
    at_both(desk, say)
    decides(desk, AT_ORBIS)
    decides(desk, Merge("person", OTHER, "Tom Hale"))
    assert desk.who() == ["Tom Hale", "Tom Hale"]


def test_an_organisation_that_is_merged_later_keeps_its_split(desk, say) -> None:
    at_both(desk, say)
    decides(desk, AT_ORBIS)
    desk.reads("2025-08-01", say.comes("Bo Lin", org="Orbis Group", key="cto"))
    decides(desk, Merge("organization", "Orbis", "Orbis Group"))
    assert desk.who(post="orbis group chief executive") == [OTHER]
    with pytest.raises(DecisionError, match="was merged into 'Orbis Group'"):
        decides(desk, Split("Bo Lin", "Bo Lin (Orbis)", ("Orbis",)))


def test_decisions_from_before_there_were_splits_are_kept(
    desk, say, tmp_path: Path
) -> None:
    at_both(desk, say)
    decides(desk, Pin("orbis", "Bo Lin"))
    old = tmp_path / "old.db"
    desk.ledger.backup(old)
    with closing(sqlite3.connect(old)) as db:
        db.execute("DELETE FROM _sqlite_migrations WHERE name = '0008_splits'")
        db.execute("PRAGMA user_version = 7")
        db.commit()
    with type(desk.ledger).open(old) as ledger:
        assert ledger.decisions() == desk.ledger.decisions()
        assert ledger.who("orbis") == desk.ledger.who("orbis")
        ledger.decide(Split("Bo Lin", "X Y", ("Orbis",)), Chair("ann", desk.now))
    with (
        closing(sqlite3.connect(old)) as db,
        pytest.raises(sqlite3.IntegrityError, match="never deleted"),
    ):
        db.execute("DELETE FROM decisions")


@pytest.mark.parametrize(
    ("wish", "error", "words"),
    [
        (Split("Nobody Known", "X Y", ("Orbis",)), NotFoundError, "no person named"),
        (Split("Tom Hale", "X Y", ("Quarry",)), NotFoundError, "at 'Quarry'"),
        (Split("Tom Hale", "X Y", kept=("Nortwind",)), NotFoundError, "at 'Nortwind'"),
        (Split("Tom Hale", "X Y", articles=("no",)), NotFoundError, "no article 'no'"),
        (Split("Tom Hale", "X Y", articles=("bo",)), NotFoundError, "claims nothing"),
        (Split("Tom Hale", "X Y"), DecisionError, "say which"),
        (Split("Tom Hale", "Tom B. Hale", ("Orbis",)), DecisionError, "no other name"),
        (Split("Tom Hale", "Thomas Hale", ("Orbis",)), DecisionError, "no other name"),
        (Split("Tom Hale", " ", ("Orbis",)), DecisionError, "no other name"),
    ],
)
def test_a_split_of_what_is_not_there_is_refused(
    desk, say, wish, error, words: str
) -> None:
    at_both(desk, say)
    desk.reads("2025-08-01", say.comes("Bo Lin", org="Orbis", key="cto"), id="bo")
    with pytest.raises(error, match=words):
        decides(desk, wish)
    assert desk.ledger.decisions() == ()


def test_what_is_split_is_not_split_again_until_it_is_undone(desk, say) -> None:
    at_both(desk, say)
    made, _ = decides(desk, AT_ORBIS)
    with pytest.raises(DecisionError, match=f"undo {made.id[:8]} first"):
        decides(desk, Split("Tom Hale", "Somebody Else", ("Orbis",)))
    decides(desk, Undo(made.id))
    decides(desk, Split("Tom Hale", "Somebody Else", ("Orbis",)))
    assert desk.who(date(2026, 3, 1).isoformat(), "orbis") == ["Somebody Else"]
