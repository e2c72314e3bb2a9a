"""What a poll keeps: articles in the feed's order, and nothing of what is unwatched."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from rules.model import Article, WatchedOrganization, Watchlist
from rules.reader import Reader
from rules.rulebook import RuleBook
from state.ledger import Ledger
from state.model import Validators
from watcher.clock import FixedClock
from watcher.fetch.resolve import addresses
from watcher.intake import watch_identity
from watcher.model import FeedSpec, Response
from watcher.poll import PollOutcome, Tools, poll

NOON = datetime(2026, 5, 14, 12, tzinfo=UTC)
FEED = FeedSpec(
    name="Ash Post",
    url="https://ash.example/feed",
    owner="ash.example",
    interval=timedelta(minutes=15),
    full_text=False,
)
HALDEN = Watchlist((WatchedOrganization("Halden"),))
ORBIS = Watchlist((WatchedOrganization("Halden"), WatchedOrganization("Orbis")))


class Open:
    """A cage without bars."""

    async def run(self, fn: Callable[..., Any], *args: object) -> Any:
        return fn(*args)


@dataclass
class House:
    """A poller over a real ledger, and a feed of headlines, the newest first."""

    ledger: Ledger
    clock: FixedClock
    headlines: tuple[str, ...] = ()
    edits: int = 0

    async def get(self, url: str, *_: object, **__: object) -> Response:
        self.edits += 1
        items = "".join(map(_item, self.headlines))
        body = f"<rss><channel><title>{self.edits}</title>{items}</channel></rss>"
        return Response(url, 200, body.encode(), "text/xml", validators=Validators())

    def poll(self, watch: Watchlist, *, archive: bool = False) -> PollOutcome:
        self.ledger.watch(watch)
        reader = Reader(watch, RuleBook.bundled())
        http: Any = self
        name = "" if archive else watch_identity(watch)
        chance = float
        tools = Tools(
            http, Open(), reader, self.ledger, self.clock, ("desk",), chance, watch=name
        )
        return asyncio.run(poll(FEED, tools))

    @property
    def kept(self) -> list[str]:
        with closing(sqlite3.connect(self.ledger.path)) as db:
            return [title for (title,) in db.execute("SELECT title FROM texts")]


def _item(headline: str) -> str:
    link = f"https://ash.example/{abs(hash(headline))}"
    when = NOON.strftime("%a, %d %b %Y %H:%M:%S GMT")
    return (
        f"<item><title>{headline}</title><link>{link}</link><guid>{link}</guid>"
        f"<pubDate>{when}</pubDate></item>"
    )


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with Ledger.open(tmp_path / "watcher.db") as ledger:
        yield House(ledger, FixedClock(NOON))


NEWS = "Ana Prieto named chief executive of Halden"
RAIN = "It rains in Orbis"
TALK = "Halden opens a new office"


def test_of_an_article_that_names_nobody_watched_no_text_is_kept(house: House) -> None:
    house.headlines = (NEWS, RAIN, TALK)
    outcome = house.poll(HALDEN)
    assert (outcome.items, outcome.articles, len(outcome.changes)) == (3, 3, 1)
    assert sorted(house.kept) == sorted([NEWS, TALK])


def test_it_is_not_read_again(house: House) -> None:
    house.headlines = (RAIN,)
    assert [house.poll(HALDEN).articles for _ in range(3)] == [1, 0, 0]


def test_with_another_watch_list_it_is(house: House) -> None:
    house.headlines = ("Bo Lind named chief executive of Orbis",)
    assert house.poll(HALDEN).changes == ()
    outcome = house.poll(ORBIS)
    assert [change.after for change in outcome.changes] == [("Bo Lind",)]
    assert house.poll(ORBIS).articles == 0


def test_an_archive_keeps_everything(house: House) -> None:
    house.headlines = (NEWS, RAIN)
    house.poll(HALDEN, archive=True)
    assert sorted(house.kept) == sorted([NEWS, RAIN])


def test_an_edit_after_which_it_names_nobody_takes_back_what_was_told(
    house: House,
) -> None:
    story = _item(NEWS)
    house.headlines = (NEWS,)
    assert len(house.poll(HALDEN).changes) == 1
    edited = story.replace(NEWS, "Corrected: no change of post")

    async def get(url: str, *_: object, **__: object) -> Response:
        body = f"<rss><channel><title>F</title>{edited}</channel></rss>".encode()
        return Response(url, 200, body, "text/xml", validators=Validators())

    house.get = get  # type: ignore[method-assign]  # the same feed, an hour later
    house.clock.moment += timedelta(hours=1)
    (change,) = house.poll(HALDEN).changes
    assert change.supersedes is not None


def test_many_articles_are_kept_in_the_order_of_the_feed(house: House) -> None:
    quiet = [f"Halden opens office number {number}" for number in range(120)]
    house.headlines = (*reversed(quiet[60:]), NEWS, *reversed(quiet[:60]))
    house.poll(HALDEN)
    assert house.kept == [*quiet[:60], NEWS, *quiet[60:]]


def test_one_text_twice_in_a_feed_is_one_article(house: House) -> None:
    house.headlines = (TALK, TALK)
    assert house.poll(HALDEN).articles == 1
    assert house.kept == [TALK]


def test_what_is_written_together_is_kept_or_gone_together(house: House) -> None:
    now, ledger = house.clock.now(), house.ledger

    def broken_off() -> None:
        with ledger.together():
            ledger.remember("a", "one", now)
            raise RuntimeError("in the middle")

    with pytest.raises(RuntimeError):
        broken_off()
    assert not ledger.knows("a", "one")
    with ledger.together():
        ledger.remember("a", "one", now)
        ledger.remember("b", "two", now)
    assert ledger.knows_any(["b", "c"], ["one", "two"])
    assert not ledger.knows_any(["c"], ["one", "two"])


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "192.0.2.7"])
def test_an_address_is_its_own_address(host: str) -> None:
    assert asyncio.run(addresses(host, 80)) == (host,)


def test_an_article_is_no_stranger_once_it_was_recorded(house: House) -> None:
    house.headlines = (NEWS,)
    house.poll(HALDEN)
    article = house.ledger.stories.at(FEED.url, _link(NEWS))
    assert isinstance(article, Article)
    assert house.ledger.has(article.id)
    assert not house.ledger.has("nobody")


def _link(headline: str) -> str:
    return f"https://ash.example/{abs(hash(headline))}"
