"""One round of one feed: fetch, parse, read, record, and note when it is due next.

A feed that fails is an outcome, never an exception: the others go on. What a ledger
or a programming fault raises goes through.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Protocol

import structlog

from rules.model import Article, Reading
from rules.voices import Judge, questions, settled
from state.ledger import Ledger
from state.model import TEAM_PAGE, Change, FeedState, Source, Validators, Window
from watcher import (
    feeds,
    firstpoll,
    habits,
    identity,
    intake,
    pace,
    schedule,
    windows,
)
from watcher.articles import fulltext
from watcher.articles.openpage import with_page
from watcher.clock import Clock
from watcher.cut import Known
from watcher.errors import CageError, FeedError
from watcher.fetch.ports import Getter, Runner
from watcher.fetch.urls import redact
from watcher.model import FeedSpec, ParsedFeed, Response
from watcher.request import request
from watcher.schedule import Wishes
from watcher.shelf import Shelf, Shelved

_log = structlog.get_logger("watcher.poll")


class Understander(Protocol):
    """What reads: `rules.reader.Reader`, or a fake."""

    def read(self, article: Article) -> Reading:
        """Return the article's claims and how they came about."""
        ...


@dataclass(frozen=True, slots=True)
class Tools:
    """Everything a poll works with. *channels* are names; *chance* is in [0, 1).

    *turn* is taken for each piece of work that keeps the processor: one at a time, so
    that signals, timers and deliveries come between any two. Once *halt* is set no
    further article is begun. *pages* fetches articles, None for *http* itself. *watch*
    is the identity of the watch list, "" to keep also what names nobody on it.
    """

    http: Getter
    cage: Runner
    reader: Understander
    ledger: Ledger
    clock: Clock
    channels: tuple[str, ...]
    chance: Callable[[], float]
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    halt: asyncio.Event = field(default_factory=asyncio.Event)
    judge: Judge | None = None
    pages: Getter | None = None
    watch: str = ""


@dataclass(frozen=True, slots=True)
class PollOutcome:
    """What one round of one feed came to. *articles* counts the new or revised.

    *gone* is no failure: the feed has ended, and will not be polled again. Until *rest*
    its server wants to be left alone.
    """

    feed: FeedSpec
    error: str | None = None
    items: int = 0
    articles: int = 0
    changes: tuple[Change, ...] = ()
    gone: bool = False
    rest: datetime | None = None


async def poll(feed: FeedSpec, tools: Tools) -> PollOutcome:
    """Poll *feed* once, whether due or not, and save when it is due next."""
    state, wishes = tools.ledger.feed_state(feed.url), Wishes()
    try:
        response = await request(feed, state, tools.http, tools.pages)
        wishes = Wishes(None, response.max_age, response.retry_after)
        parsed = await _parsed(feed, tools, state, response)
    except (FeedError, CageError) as error:
        if isinstance(error, FeedError) and error.gone:
            return _note_end(feed, tools, error)
        return note_failure(feed, tools, error, wishes)
    state = habits.found_at(feed, state, response)
    if parsed is None:
        with tools.ledger.together():
            habits.cover(feed, tools, state, gap=False)
            state = replace(state, pace=pace.learnt(feed, state, 1.0))
            _succeeded(feed, tools, schedule.renewed(state, response), wishes)
        return PollOutcome(feed)
    outcome = await _take(feed, tools, state, parsed)
    if tools.halt.is_set():
        # Not all of it may be read: the next poll asks for it again.
        return outcome
    with tools.ledger.together():
        known = _cover(feed, tools, state, parsed)
        state = replace(state, pace=pace.learnt(feed, state, known))
        state = schedule.advanced(state, response, parsed, tools.clock.now())
        _succeeded(feed, tools, state, replace(wishes, ttl=parsed.ttl))
    return outcome


async def _parsed(
    feed: FeedSpec, tools: Tools, state: FeedState, response: Response
) -> ParsedFeed | None:
    """Return the feed understood, or None when it says what it said before."""
    if response.not_modified and state.validators == Validators():
        raise FeedError(redact(feed.url), "answered 304 to a first request")
    if schedule.unchanged(state, response):
        return None
    return await tools.cage.run(
        feeds.parse,
        response.body,
        response.content_type,
        response.url,
        feed.kind,
        feed.select if feed.kind in feeds.PAGES else _pieces(feed, tools),
    )


def _pieces(feed: FeedSpec, tools: Tools) -> Known:
    """Return what was read of the feed; with another watch list, nothing was."""
    window = tools.ledger.coverage.window(feed.url)
    return Known(tools.watch, frozenset(window.pieces if window is not None else ()))


async def _take(
    feed: FeedSpec, tools: Tools, state: FeedState, parsed: ParsedFeed
) -> PollOutcome:
    """Read and record every article that the ledger does not know, oldest first."""
    for note in parsed.notes:
        _log.info("feed note", feed=feed.name, note=note)
    changes: list[Change] = []
    news, now = 0, tools.clock.now()
    taken = intake.articles(feed.url, parsed.items, now)
    articles = identity.settled(taken, _stories(feed, tools, state))
    quiet = firstpoll.quiet(feed, state, articles, now)
    if quiet:
        _log.info("first poll", feed=feed.name, items=len(articles), quiet=len(quiet))
    shelf = Shelf(tools.ledger, feed.url, partial(_record, feed, tools))
    for article in articles:
        if tools.halt.is_set():
            break
        if shelf.holds(article) or _known(tools, article, feed):
            continue
        reading = await _judged(tools, await _reading(feed, tools, article))
        changes += shelf.put(Shelved(article, reading, article.id not in quiet))
        news += 1
    changes += shelf.clear()
    return PollOutcome(
        feed, None, len(parsed.items) + len(parsed.known), news, tuple(changes)
    )


def _stories(
    feed: FeedSpec, tools: Tools, state: FeedState
) -> Callable[[str], Article | None]:
    """Return what gives the story that the feed told under an address, if it did."""
    if state.body_hash is None:
        return lambda _: None
    return partial(tools.ledger.stories.at, feed.url)


def _cover(
    feed: FeedSpec, tools: Tools, state: FeedState, parsed: ParsedFeed
) -> float | None:
    """Keep what the feed shows now; say when it shows nothing of what it did before.

    Return which share of it was shown before, None when nobody can say.
    """
    coverage, now = tools.ledger.coverage, tools.clock.now()
    window = coverage.window(feed.url)
    marks = windows.shown(parsed, window)
    if parsed.partial or not marks:
        return None
    gap = windows.gap(window, state, marks, now)
    coverage.save(Window(feed.url, marks, now, windows.pieces(parsed, window)), gap)
    if window is not None:
        habits.cover(feed, tools, state, gap=gap is not None)
    if gap is not None:
        _log.warning(
            "feed gap",
            feed=feed.name,
            since=str(gap.since),
            until=str(gap.until),
            advice="items may have come and gone unseen: give it a shorter interval",
        )
    return windows.joined(window, marks)


async def read_and_record(
    feed: FeedSpec, tools: Tools, article: Article
) -> tuple[Change, ...]:
    """Read one article and record it; return what is told, if anything is to be."""
    reading = await _judged(tools, await _reading(feed, tools, article))
    async with _turn(tools):
        return _record(feed, tools, Shelved(article, reading, told=True))


async def _reading(feed: FeedSpec, tools: Tools, article: Article) -> Reading:
    """Read the article, by its page when the feed has but a teaser of what matters."""
    reading = await _read(tools, article)
    if not (feed.full_text and fulltext.wanted(reading)):
        return reading
    fuller = await with_page(feed, article, tools.pages or tools.http, tools.cage)
    if fuller.content == article.content:
        return replace(reading, article=fuller)
    known = partial(tools.ledger.stories.at, feed.url)
    return await _read(tools, identity.named(fuller, known))


async def _judged(tools: Tools, reading: Reading) -> Reading:
    """Ask the judge, if there is one, about what the readers leave open."""
    if tools.judge is None:
        return reading
    asked = questions(reading)
    return settled(reading, [(one, await tools.judge.ask(one)) for one in asked])


async def _read(tools: Tools, article: Article) -> Reading:
    async with _turn(tools):
        return tools.reader.read(article)


@asynccontextmanager
async def _turn(tools: Tools) -> AsyncIterator[None]:
    """Wait for one's turn on the processor, and let the loop look around first."""
    async with tools.turn:
        await asyncio.sleep(0)
        yield


def _known(tools: Tools, article: Article, feed: FeedSpec) -> bool:
    """Whether this very text was read before: as this article, on its page, or here."""
    names = intake.names(article, feed.url)
    texts = (article.content, intake.unwatched(article, tools.watch))
    return tools.ledger.knows_any(names, texts)


def _record(feed: FeedSpec, tools: Tools, kept: Shelved) -> tuple[Change, ...]:
    """Record a reading; what the feed itself gave is remembered as seen with it.

    Of what names nobody watched only that is kept, and only for this watch list.
    """
    article, now = kept.article, tools.clock.now()
    if _is_foreign(kept, tools):
        text = intake.unwatched(article, tools.watch)
        tools.ledger.remember(article.id, text, now)
        return ()
    with tools.ledger.together():
        changes = tools.ledger.record(
            kept.reading,
            feed=feed.url,
            source=Source(feed.name, feed.owner, feed.source),
            now=now,
            channels=tools.channels if kept.told else None,
        )
        for name in intake.names(article, feed.url):
            tools.ledger.remember(name, article.content, now)
    for change in changes:
        _log.info("change", id=change.id, kind=change.kind, status=change.status)
    return changes


def _is_foreign(kept: Shelved, tools: Tools) -> bool:
    """Whether it names nobody watched, and says so of nothing that is recorded.

    An edit and a team page count even then: somebody may have vanished from them.
    """
    article = kept.article
    strange = bool(tools.watch) and kept.reading.unwatched
    return strange and article.origin != TEAM_PAGE and not tools.ledger.has(article.id)


def _succeeded(feed: FeedSpec, tools: Tools, state: FeedState, wishes: Wishes) -> None:
    if state.failures:
        _log.info("feed recovered", feed=feed.name, failures=state.failures)
    now = tools.clock.now()
    state = habits.complained(feed, state, now)
    wait = pace.interval(feed, state)
    tools.ledger.save_feed_state(schedule.succeeded(state, wait, wishes, now))


def _note_end(feed: FeedSpec, tools: Tools, error: FeedError) -> PollOutcome:
    """Save that *feed* has ended and say so: the only time, as it is polled no more."""
    state = schedule.gone(tools.ledger.feed_state(feed.url), tools.clock.now())
    tools.ledger.save_feed_state(replace(state, error=error.reason))
    _log.warning(
        "feed ended",
        feed=feed.name,
        url=redact(feed.url),
        error=error.reason,
        advice="take it out of the config, or give its new address",
    )
    return PollOutcome(feed, error.reason, gone=True)


def note_failure(
    feed: FeedSpec, tools: Tools, error: Exception, wishes: Wishes | None = None
) -> PollOutcome:
    """Save that *feed* failed, log one line that names it, and return the outcome.

    *wishes* are the server's, when it gave an answer that was no use. Only the first
    failure in a row is an error; the next ones tell nothing new.
    """
    if wishes is None or wishes == Wishes():
        wishes = Wishes(retry_after=getattr(error, "retry_after", None))
    now, chance = tools.clock.now(), tools.chance()
    state = tools.ledger.feed_state(feed.url)
    later = schedule.failed(state, pace.interval(feed, state), wishes, now, chance)
    reason = str(getattr(error, "reason", f"{type(error).__name__}: {error}"))
    tools.ledger.save_feed_state(replace(later, error=reason))
    tell = _log.error if later.failures == 1 else _log.info
    tell(
        "feed failed",
        feed=feed.name,
        url=redact(feed.url),
        error=reason,
        failures=later.failures,
        next_try=str(later.next_due_at),
    )
    rest = later.next_due_at if wishes.retry_after is not None else None
    return PollOutcome(feed, reason, rest=rest)
