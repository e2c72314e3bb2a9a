"""What people ask the ledger, and what the moving parts keep in it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from rules.model import WatchedOrganization, WatchedPerson, Watchlist
from rules.when import When
from state.decision import Chair, Merge
from state.errors import NotFoundError
from state.model import ChangeStatus, FeedState, Validators

HOUR = timedelta(hours=1)


def _rows(desk: Any, query: str) -> list[dict[str, Any]]:
    return list(desk.ledger._db.query(query))


def test_who_is_asked_in_loose_words(desk: Any, say: Any) -> None:
    desk.knows("Ann Poe", "2019")
    desk.knows("Bo Lind", "2020", unit="Post-Training", role_key="head", role="head")
    asked = {
        words: desk.who(post=words)
        for words in (
            "northwind post training",
            "POST-TRAINING",
            "northwind ceo",
            "Chief Executive",
            "sales",
        )
    }
    assert asked == {
        "northwind post training": ["Bo Lind"],
        "POST-TRAINING": ["Bo Lind"],
        "northwind ceo": ["Ann Poe"],
        "Chief Executive": ["Ann Poe"],
        "sales": [],
    }


def test_who_answers_as_it_was_known_then(desk: Any, say: Any) -> None:
    lead = {"key": "head", "unit": "Data"}
    desk.now = datetime(2024, 10, 25, tzinfo=UTC)
    desk.reads(
        "2024-10-25",
        say.comes("Liv Fenn", replaces="Bart Zell", **lead),
        say.goes("Bart Zell", when="2024-09", **lead),
    )
    before = desk.now + HOUR
    assert desk.who("2024-09-10") == ["Bart Zell?", "Liv Fenn?"]
    desk.now = datetime(2024, 11, 25, tzinfo=UTC)
    desk.reads("2024-11-25", say.goes("Bart Zell", when="2024-09-25", **lead))
    assert desk.who("2024-09-10") == ["Bart Zell?"]
    known = desk.ledger.who(None, date(2024, 9, 10), before)
    assert [h.person for h in known] == ["Bart Zell", "Liv Fenn"]
    assert desk.ledger.who(None, None, before - 2 * HOUR) == ()


def test_better_dates_close_the_old_version_and_open_one(desk: Any, say: Any) -> None:
    desk.knows("Ann Poe", "2019")
    desk.reads("2025-01-10", say.comes("Ann Poe", when="2019-05", background=True))
    rows = _rows(desk, "SELECT start_earliest, recorded_to FROM tenures ORDER BY 1")
    assert [r["start_earliest"] for r in rows] == ["2019-01-01", "2019-05-01"]
    assert [r["recorded_to"][:4] for r in rows] == ["2026", "9999"]


def test_the_board_is_a_view_for_any_tool(desk: Any, say: Any) -> None:
    desk.knows("Ann Poe", "2019")
    desk.reads("2025-01-10", say.holds("Ann Poe"))
    desk.reads(
        "2025-01-11", say.comes("Bo Lind", unit="Data", key="head", when="2025-01")
    )
    assert _rows(desk, "SELECT * FROM board") == [
        {
            "organization": "Northwind",
            "unit": None,
            "role": "chief executive",
            "person": "Ann Poe",
            "capacity": "substantive",
            "since": "2019",
            "belief": "confirmed",
            "last_seen": "2025-01-10",
        },
        {
            "organization": "Northwind",
            "unit": "Data",
            "role": "head",
            "person": "Bo Lind",
            "capacity": "substantive",
            "since": "2025-01-01/2025-01-11",
            "belief": "probable",
            "last_seen": "2025-01-11",
        },
    ]


@pytest.mark.parametrize(
    "since",
    [
        "",
        "2024",
        "2024-02",
        "2023-02",
        "2024-12",
        "2024-02-29",
        "2024-02-01/2024-03-31",
        "../2024-05-01",
        "2024-05-01/..",
    ],
)
def test_the_board_prints_dates_as_the_program_does(desk: Any, since: str) -> None:
    desk.knows("Ann Poe", since)
    (row,) = _rows(desk, "SELECT since FROM board")
    assert row["since"] == str(When.parse(since))


def test_people_and_their_names_are_a_view_for_any_tool(desk: Any, say: Any) -> None:
    desk.knows("Ann B. Poe", "2019")
    desk.reads("2025-01-10", say.holds("Ann Poe"), say.holds("Poe"))
    lead = {"unit": "Data", "key": "head"}
    desk.reads("2025-01-11", say.comes("Bo Lind", when="2025-01", **lead))
    desk.reads("2025-02-11", say.goes("Bo Lind", when="2025-02", **lead))
    assert _rows(desk, "SELECT * FROM people") == [
        {
            "name": "Ann B. Poe",
            "organization": "Northwind",
            "also_written": "Ann Poe; Poe",
            "posts_now": "chief executive",
            "other_posts": None,
            "last_seen": "2025-01-10",
        },
        {
            "name": "Bo Lind",
            "organization": "Northwind",
            "also_written": None,
            "posts_now": None,
            "other_posts": "Data head",
            "last_seen": "2025-01-11",
        },
    ]


def test_organizations_and_their_names_are_a_view_for_any_tool(
    desk: Any, say: Any
) -> None:
    desk.reads("2025-01-10", say.comes("Ann Poe", org="Northwind Corp"), id="a1")
    desk.reads(
        "2025-01-11", say.comes("Bo Lind", unit="Data", key="head", when="2025-01")
    )
    wish = Merge("organization", "Northwind Corp", "Northwind")
    desk.ledger.decide(wish, Chair("ann", desk.now), desk.channels)
    (row,) = _rows(desk, "SELECT * FROM organizations")
    assert row == {
        "name": "Northwind",
        "also_called": "Northwind Corp",
        "units": "Data",
        "posts": 2,
        "people_now": 2,
        "last_change": "2026-03-01T12:00:00.000000+00:00",
    }


def test_the_change_log_is_a_view_for_any_tool(desk: Any, say: Any) -> None:
    desk.knows("Ann Poe", "2019")
    line = say.comes("Bo Lind", when="2025-01-09")
    (change,) = desk.reads("2025-01-10", line, say.goes("Ann Poe"), id="a1")
    again = say.comes("Bo Lind", quote="Bo Lind is the new chief.")
    desk.reads("2025-01-11", again, owner="Fjord Wire")
    assert _rows(desk, "SELECT * FROM change_log") == [
        {
            "change_id": change.id,
            "recorded_at": "2026-03-01T12:00:00.000000+00:00",
            "organization": "Northwind",
            "unit": None,
            "role": "chief executive",
            "kind": "succession",
            "before": "Ann Poe",
            "after": "Bo Lind",
            "effective": "2025-01-09",
            "belief": "probable",
            "sources": 2,
            "quote": line.text,
            "url": "https://news.example/a1",
            "status": "told",
        }
    ]


def test_a_change_is_found_by_the_first_letters_of_its_id(desk: Any, say: Any) -> None:
    (change,) = desk.reads("2025-01-10", say.comes("Ann Poe"))
    (other,) = desk.reads("2025-01-10", say.comes("Bo Lind", unit="Data", key="head"))
    assert desk.ledger.change(change.id) == change
    assert desk.ledger.change(other.id[:10]) == other
    for unknown in ("nothing", "%", ""):
        with pytest.raises(NotFoundError):
            desk.ledger.change(unknown)


def test_an_article_is_known_by_its_text(desk: Any, say: Any, story: Any) -> None:
    news = story("2025-01-10", (say.comes("Ann Poe"),), id="a1")
    article = news.reading().article
    assert not desk.ledger.knows("a1", article.content)
    desk.takes(news)
    assert desk.ledger.knows("a1", article.content)
    assert not desk.ledger.knows("a1", article.content + " Corrected.")
    assert not desk.ledger.knows("a1", "a teaser")
    desk.ledger.remember("a1", "a teaser", desk.now)
    assert desk.ledger.knows("a1", "a teaser")


def test_deliveries_leave_in_order_and_a_failed_one_holds_back_its_channel(
    desk: Any, say: Any
) -> None:
    desk.channels = ("desk", "mail")
    (first,) = desk.reads("2025-01-10", say.comes("Ann Poe"))
    (second,) = desk.reads("2025-01-11", say.comes("Bo Lind", unit="Data", key="head"))
    ledger, now = desk.ledger, desk.now

    def due(at: datetime) -> list[tuple[str, str]]:
        return [(d.change.id, d.channel) for d in ledger.pending(at)]

    everything = [(c.id, name) for c in (first, second) for name in ("desk", "mail")]
    assert due(now) == everything
    assert due(now - HOUR) == []
    a, b, *_ = ledger.pending(now)
    ledger.mark_failed(a, "answered 503", now, now + HOUR)
    ledger.mark_delivered([b], now)
    assert due(now) == [(second.id, "mail")]
    assert due(now + HOUR)[0] == (first.id, "desk")
    assert ledger.pending(now + HOUR)[0].key == a.key
    assert ledger.pending(now + HOUR)[0].attempts == 1
    ledger.mark_failed(a, "answered 400", now, None)
    assert due(now + HOUR) == [(second.id, "desk"), (second.id, "mail")]


def test_a_correction_is_not_sent_where_the_first_message_never_arrived(
    desk: Any, say: Any
) -> None:
    desk.channels = ("desk", "mail")
    desk.reads("2025-01-10", say.comes("Jo Lind"), id="a1")
    to_desk, to_mail = desk.ledger.pending(desk.now)
    desk.ledger.mark_delivered([to_desk], desk.now)
    desk.ledger.mark_failed(to_mail, "answered 400", desk.now, None)
    (change,) = desk.reads("2025-01-10", say.comes("Bo Lind"), id="a1")
    sent = [(d.change.id, d.channel) for d in desk.ledger.pending(desk.now)]
    assert sent == [(change.id, "desk")]


def test_what_is_known_of_a_feed_comes_back_as_it_was(desk: Any) -> None:
    url = "https://news.example/feed.xml"
    assert desk.ledger.feed_state(url) == FeedState(url)
    state = FeedState(
        url,
        Validators(b'W/"\xe9"', b"Tue"),
        desk.now,
        desk.now - HOUR,
        "ab12",
        3,
        "answered 500",
    )
    desk.ledger.save_feed_state(state)
    assert desk.ledger.feed_state(url) == state
    desk.ledger.save_feed_state(FeedState(url))
    assert desk.ledger.feed_state(url) == FeedState(url)


def test_the_starting_tenures_are_recorded_once(desk: Any) -> None:
    desk.knows("Ann Poe", "2019", until="2024-05")
    desk.knows("Bo Lind", "2024-05")
    rows = _rows(desk, "SELECT * FROM tenures")
    desk.knows("Ann Poe", "2019", until="2024-05")
    assert _rows(desk, "SELECT * FROM tenures") == rows
    assert desk.who() == ["Bo Lind"]
    assert desk.who("2023-01-01") == ["Ann Poe"]
    assert desk.ledger.log(tuple(ChangeStatus)) == ()


def test_organisations_that_nobody_watches_are_silent(desk: Any, say: Any) -> None:
    desk.ledger.watch(Watchlist((WatchedOrganization("Northwind", ("NW",)),)))
    assert desk.reads("2025-01-10", say.comes("Ann Poe", org="Southwind")) == ()
    assert len(desk.reads("2025-01-10", say.comes("Bo Lind", org="NORTHWIND"))) == 1
    assert desk.who() == ["Bo Lind"]


def test_a_watched_person_is_news_even_without_a_post(desk: Any, say: Any) -> None:
    desk.ledger.watch(Watchlist(people=(WatchedPerson("Ann Poe"),)))
    (joined,) = desk.reads("2025-01-10", say.comes("Ann Poe", key=None))
    (left,) = desk.reads("2025-06-10", say.goes("Ann Poe", key=None))
    assert (joined.after, left.before) == (("Ann Poe",), ("Ann Poe",))
    assert left.post.role_key == "member"
