"""One round of one feed, against scripted answers and a ledger in memory."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

from rules.model import Article, Reading, Verdict
from state.model import Change, Covered, FeedState, Gap, Source, Validators, Window
from watcher.clock import FixedClock
from watcher.errors import CageError, FeedError
from watcher.model import FeedSpec, Response
from watcher.poll import PollOutcome, Tools, poll

NOON = datetime(2025, 3, 10, 12, tzinfo=UTC)
NEW = Validators()
URL = "http://feed.example/news.xml"
SPEC = FeedSpec(URL, "Feed", "Example Media")
PAGE = "http://feed.example/1"
LONG = "Quarry Bank said so on Monday. " * 40
STORY = (
    f"<html><body><article><p>Ana Reyes leads Quarry Bank. {LONG}</p></article></body>"
)


def rss(*titles: str, text: str = LONG) -> bytes:
    items = "".join(
        f"<item><title>{title}</title><link>http://feed.example/{number}</link>"
        f"<guid>{number}</guid><description>{text}</description>"
        f"<pubDate>Mon, {number:02d} Mar 2025 08:00:00 GMT</pubDate></item>"
        for number, title in reversed(list(enumerate(titles, 1)))
    )
    head = '<?xml version="1.0"?><rss version="2.0"><channel><title>Feed</title>'
    return f"{head}<link>http://feed.example/</link>{items}</channel></rss>".encode()


def ok(body: bytes, etag: bytes | None = b'"1"', **more: Any) -> Response:
    kind = more.pop("content_type", "application/rss+xml")
    return Response(URL, 200, body, kind, Validators(etag), **more)


@dataclass
class Web:
    """Answers each address from its own list, the last answer again and again."""

    answers: dict[str, list[Response | FeedError]]
    asked: list[tuple[str, Validators]] = field(default_factory=list)

    async def get(
        self, url: str, validators: Validators = NEW, *, accept: str = ""
    ) -> Response:
        self.asked.append((url, validators))
        left = self.answers[url]
        answer = left.pop(0) if len(left) > 1 else left[0]
        if isinstance(answer, FeedError):
            raise answer
        return answer


class Open:
    """A cage without bars: runs the function here."""

    async def run(self, fn: Callable[..., Any], *args: object) -> Any:
        return fn(*args)


class Locked:
    """A cage in which everything runs out of time."""

    async def run(self, fn: Callable[..., Any], *args: object) -> Any:
        raise CageError("took longer than 10 seconds")


@dataclass
class Book:
    """A ledger in memory that notes what is recorded."""

    states: dict[str, FeedState] = field(default_factory=dict)
    readings: list[Reading] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    seen: set[tuple[str, str]] = field(default_factory=set)
    windows: dict[str, Window] = field(default_factory=dict)
    spans: list[Covered] = field(default_factory=list)

    @property
    def coverage(self) -> Book:
        return self

    @property
    def stories(self) -> Book:
        return self

    def at(self, feed: str, url: str) -> Article | None:
        known = (one.article for one in reversed(self.readings))
        return next((one for one in known if one.url == url), None)

    def window(self, url: str) -> Window | None:
        return self.windows.get(url)

    def save(self, window: Window, gap: Gap | None) -> None:
        self.windows[window.url] = window

    def cover(self, url: str, span: Covered) -> None:
        self.spans.append(span)

    def feed_state(self, url: str) -> FeedState:
        return self.states.get(url, FeedState(url))

    def save_feed_state(self, state: FeedState) -> None:
        self.states[state.url] = state

    def knows(self, article_id: str, content: str) -> bool:
        return (article_id, content) in self.seen

    def knows_any(self, ids: Iterable[str], contents: Iterable[str]) -> bool:
        return any(pair in self.seen for pair in product(ids, tuple(contents)))

    def has(self, article_id: str) -> bool:
        return any(one.article.id == article_id for one in self.readings)

    def together(self) -> nullcontext[None]:
        return nullcontext()

    def remember(self, article_id: str, content: str, now: datetime) -> None:
        self.seen.add((article_id, content))

    def record(self, reading: Reading, **more: Any) -> tuple[Change, ...]:
        self.readings.append(reading)
        self.sources.append(more["source"])
        self.seen.add((reading.article.id, reading.article.content))
        return ()

    @property
    def titles(self) -> list[str]:
        return [reading.article.title for reading in self.readings]


class Attentive:
    """A reader whose gate lets every article pass, or none."""

    def __init__(self, *, passes: bool = True) -> None:
        self.passes = passes

    def read(self, article: Article) -> Reading:
        return Reading(article, (), (Verdict("gate", self.passes, "by decree"),))


@dataclass
class Bench:
    """A poller with all its tools, and a clock that can be moved."""

    web: Web
    book: Book = field(default_factory=Book)
    cage: Any = field(default_factory=Open)
    reader: Attentive = field(default_factory=Attentive)
    clock: FixedClock = field(default_factory=lambda: FixedClock(NOON))
    spec: FeedSpec = SPEC
    halt: asyncio.Event = field(default_factory=asyncio.Event)

    def poll(self) -> PollOutcome:
        book: Any = self.book
        tools = Tools(
            self.web,
            self.cage,
            self.reader,
            book,
            self.clock,
            ("desk",),
            lambda: 0.0,
            halt=self.halt,
        )
        return asyncio.run(poll(self.spec, tools))

    @property
    def state(self) -> FeedState:
        return self.book.feed_state(URL)


def bench(*answers: Response | FeedError, **pages: Response | FeedError) -> Bench:
    known = {f"http://feed.example/{name[1:]}": [page] for name, page in pages.items()}
    return Bench(Web({URL: list(answers), **known}))


def test_every_item_is_read_and_recorded_oldest_first() -> None:
    one = bench(ok(rss("first", "second", "third")))
    outcome = one.poll()
    assert one.book.titles == ["first", "second", "third"]
    assert (outcome.error, outcome.items, outcome.articles) == (None, 3, 3)
    assert one.book.sources[0] == Source("Feed", "Example Media")


def test_the_server_is_asked_with_the_marks_it_gave_byte_for_byte() -> None:
    one = bench(ok(rss("first"), b'W/"\xe9"'), Response(URL, 304))
    one.poll()
    one.poll()
    assert [marks.etag for _, marks in one.web.asked] == [None, b'W/"\xe9"']


def test_a_feed_that_has_not_changed_is_not_read_again() -> None:
    one = bench(ok(rss("first")), Response(URL, 304))
    one.poll()
    outcome = one.poll()
    assert (outcome.error, outcome.items, len(one.book.readings)) == (None, 0, 1)
    assert one.state.validators.etag == b'"1"'


def test_the_same_body_under_another_mark_is_not_read_again() -> None:
    one = bench(ok(rss("first")), ok(rss("first"), b'"2"'))
    one.poll()
    assert one.poll().items == 0
    assert one.state.validators.etag == b'"2"'


def test_only_the_new_items_of_a_changed_feed_are_recorded() -> None:
    one = bench(ok(rss("first")), ok(rss("first", "second")))
    one.poll()
    assert one.poll().articles == 1
    assert one.book.titles == ["first", "second"]


def test_an_edited_article_is_recorded_as_a_new_revision() -> None:
    one = bench(ok(rss("first")), ok(rss("first, corrected")))
    one.poll()
    one.poll()
    first, second = one.book.readings
    assert first.article.id == second.article.id


def test_a_feed_that_shrinks_and_comes_back_tells_nothing_anew() -> None:
    whole = rss("first", "second")
    one = bench(ok(whole), ok(rss("first")), ok(whole))
    for _ in range(3):
        one.poll()
    assert one.book.titles == ["first", "second"]


def test_guids_made_up_at_each_poll_read_nothing_anew() -> None:
    whole = rss("first", "second")
    one = bench(ok(whole), ok(whole.replace(b"<guid>", b"<guid>new-"), b'"2"'))
    one.poll()
    assert one.poll().articles == 0
    assert one.book.titles == ["first", "second"]


def test_another_story_under_an_old_link_is_no_edit_of_it() -> None:
    other = rss("Other news", text="It rains. " * 90).replace(b"<guid>1<", b"<guid>2<")
    one = bench(ok(rss("first")), ok(other.replace(b"01 Mar", b"02 Mar")))
    one.poll()
    one.poll()
    assert len({reading.article.id for reading in one.book.readings}) == 2


def test_a_feed_that_is_down_is_an_outcome_and_keeps_its_marks() -> None:
    one = bench(ok(rss("first")), FeedError(URL, "answered 500"))
    one.poll()
    outcome = one.poll()
    assert outcome.error == "answered 500"
    assert one.state.validators.etag == b'"1"'
    assert (one.state.failures, one.state.error) == (1, "answered 500")


def test_a_body_that_is_no_feed_is_an_error_and_never_no_news() -> None:
    one = bench(ok(b"<html><body>Log in</body></html>", content_type="text/html"))
    outcome = one.poll()
    assert outcome.error
    assert one.state.validators == Validators()
    assert one.state.body_hash is None


def test_an_empty_body_is_an_error_and_never_no_news() -> None:
    assert bench(ok(b"")).poll().error


def test_a_feed_that_outlasts_the_cage_fails_alone() -> None:
    one = bench(ok(rss("first")))
    one.cage = Locked()
    assert one.poll().error == "took longer than 10 seconds"


def test_a_cut_off_feed_gives_its_whole_items_and_is_asked_for_again() -> None:
    cut = rss("first", "second", "third")[:-120]
    one = bench(ok(cut))
    outcome = one.poll()
    assert outcome.articles > 0
    assert one.state.validators == Validators()


def test_a_poll_told_to_stop_reads_no_further_and_begins_again_next_time() -> None:
    one = bench(ok(rss("first", "second", "third")))

    class Halting(Attentive):
        def read(self, article: Article) -> Reading:
            one.halt.set()
            return super().read(article)

    one.reader = Halting()
    one.poll()
    assert one.book.titles == ["first"]
    assert one.state.validators == NEW
    one.halt.clear()
    one.reader = Attentive()
    one.poll()
    assert one.book.titles == ["first", "second", "third"]


def test_a_recovered_feed_starts_with_a_clean_slate() -> None:
    one = bench(FeedError(URL, "answered 500"), ok(rss("first")))
    one.poll()
    one.poll()
    assert (one.state.failures, one.state.error) == (0, None)


def test_a_server_that_says_when_to_come_back_is_obeyed() -> None:
    one = bench(FeedError(URL, "answered 429", retry_after=7200))
    one.poll()
    assert one.state.next_due_at == NOON + timedelta(hours=2)


def test_a_long_lived_answer_is_not_asked_for_before_its_time() -> None:
    one = bench(ok(rss("first"), max_age=14400))
    one.poll()
    assert one.state.next_due_at == NOON + timedelta(hours=4)


def test_a_teaser_is_read_by_its_page() -> None:
    page = Response(PAGE, 200, STORY.encode(), "text/html")
    one = bench(ok(rss("Ana Reyes leads Quarry Bank", text="She does.")), p1=page)
    one.poll()
    assert "so on Monday" in one.book.readings[0].article.text


def test_a_page_that_fails_leaves_the_teaser_and_is_no_failure() -> None:
    gone = FeedError(PAGE, "answered 404")
    one = bench(ok(rss("Ana Reyes leads Quarry Bank", text="She does.")), p1=gone)
    assert one.poll().error is None
    assert one.book.readings[0].article.text == "She does."


def test_a_page_is_not_fetched_again_when_another_item_joins_the_feed() -> None:
    page = Response(PAGE, 200, STORY.encode(), "text/html")
    lead = "Ana Reyes leads Quarry Bank"
    answers = ok(rss(lead, text="She does.")), ok(rss(lead, "Rain", text="She does."))
    one = bench(*answers, p1=page, p2=page)
    one.poll()
    one.poll()
    assert [url for url, _ in one.web.asked].count(PAGE) == 1


def test_no_page_is_fetched_for_a_story_that_cannot_matter() -> None:
    one = bench(ok(rss("Rain", text="It rains.")))
    one.reader = Attentive(passes=False)
    one.poll()
    assert [url for url, _ in one.web.asked] == [URL]


def test_no_page_is_fetched_when_the_user_says_so() -> None:
    one = bench(ok(rss("Rain", text="It rains.")))
    one.spec = replace(SPEC, full_text=False)
    one.poll()
    assert [url for url, _ in one.web.asked] == [URL]


def test_a_feed_that_moved_for_good_is_polled_there_from_the_fourth_poll_on() -> None:
    there = "http://new.example/feed"
    one = bench(ok(rss("first"), moved_to=there), Response(URL, 304, moved_to=there))
    one.web.answers[there] = [Response(there, 304)]
    for _ in range(5):
        one.poll()
    assert [url for url, _ in one.web.asked] == [URL] * 3 + [there] * 2


def test_polls_that_join_up_cover_the_time_between_them() -> None:
    one = bench(
        ok(rss("first")), ok(rss("first", "second"), b'"2"'), ok(rss("x"), b"3")
    )
    hour = timedelta(hours=1)
    for turn in range(3):
        one.clock = FixedClock(NOON + turn * hour)
        one.poll()
    wanted = [Covered(NOON, NOON + hour), Covered(NOON + hour, NOON + 2 * hour)]
    assert one.book.spans == wanted


def test_a_feed_silent_beyond_its_habit_is_told_of_once() -> None:
    one = bench(ok(rss("first")), Response(URL, 304))
    one.poll()
    one.clock = FixedClock(NOON + timedelta(days=31))
    one.poll()
    assert one.state.silence_told
    assert one.state.failures == 0
