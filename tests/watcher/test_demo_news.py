"""The demo's news and its newsstand: three formats, honest validators, right times."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from watcher import feeds, seeds
from watcher.articles.page import extract
from watcher.clock import FixedClock
from watcher.config.load import load as load_config
from watcher.demo import story
from watcher.demo.clock import SteppingClock
from watcher.demo.server import Newsstand

OUTLETS = story.load(seeds.path("demo/feeds"))
LAST = story.instants(OUTLETS)[-1]
PIECES = [(outlet, piece) for outlet in OUTLETS for piece in outlet.pieces]


def ask(path: str, at: datetime = LAST, **headers: str) -> tuple[str, dict, bytes]:
    stand = Newsstand(OUTLETS, FixedClock(at))
    fields = {"Host": "127.0.0.1:8323", **headers}
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in fields.items()]
    head, _, body = stand.answer(
        "\r\n".join([f"GET {path} HTTP/1.1", *lines, "", ""])
    ).partition(b"\r\n\r\n")
    status, *rest = head.decode().split("\r\n")
    return status, dict(line.split(": ", 1) for line in rest), body


def test_the_news_is_told_by_several_owners_in_three_formats() -> None:
    settings = load_config(seeds.path("demo/watcher.toml"), {})
    assert {feed.name for feed in settings.feeds} == {one.name for one in OUTLETS}
    assert len({feed.owner for feed in settings.feeds}) >= 4
    assert {outlet.kind for outlet in OUTLETS} == {"rss", "atom", "json"}
    assert 30 <= len(PIECES) <= 50


def test_the_news_has_copies_edits_and_both_short_and_long_pieces() -> None:
    titles = Counter(piece.wordings[0].title for _, piece in PIECES)
    assert any(count > 1 for count in titles.values())
    assert sum(len(piece.wordings) > 1 for _, piece in PIECES) >= 2
    lengths = [len(piece.wordings[0].body) for _, piece in PIECES]
    assert min(lengths) < 300
    assert max(lengths) > 1200


def test_each_hour_brings_one_piece_at_most() -> None:
    """Two feeds are polled side by side: which is first must not decide anything."""
    hours = Counter(len(story.arriving(OUTLETS, at)) for at in story.instants(OUTLETS))
    assert set(hours) == {0, 1}


@pytest.mark.parametrize("outlet", OUTLETS, ids=lambda outlet: outlet.name)
def test_a_feed_is_read_as_it_was_written(outlet: story.Outlet) -> None:
    status, headers, body = ask(outlet.path)
    url = f"http://127.0.0.1:8323{outlet.path}"
    parsed = feeds.parse(body, headers["Content-Type"], url, None)
    shown = outlet.showing(LAST)
    assert status == "HTTP/1.1 200 OK"
    assert parsed.title == outlet.name
    assert not parsed.partial
    assert len(parsed.items) == len(shown)
    for item, (piece, wording) in zip(parsed.items, shown, strict=True):
        assert item.title == wording.title
        assert item.published == piece.published
        assert item.url == f"http://127.0.0.1:8323{piece.path}"
        text = " ".join(wording.paragraphs) if outlet.whole else wording.summary
        assert item.text.split() == text.split()


@pytest.mark.parametrize("outlet", OUTLETS, ids=lambda outlet: outlet.name)
def test_a_feed_without_news_yet_is_a_feed(outlet: story.Outlet) -> None:
    _, headers, body = ask(outlet.path, datetime(2023, 11, 1, tzinfo=UTC))
    parsed = feeds.parse(body, headers["Content-Type"], "http://127.0.0.1/", None)
    assert parsed.items == ()


def test_an_unchanged_feed_is_not_sent_again() -> None:
    path = OUTLETS[0].path
    _, headers, _ = ask(path)
    status, _, body = ask(path, If_None_Match=headers["ETag"])
    assert status == "HTTP/1.1 304 Not Modified"
    assert body == b""
    earlier = OUTLETS[0].pieces[0].published
    status, _, _ = ask(path, earlier, If_None_Match=headers["ETag"])
    assert status == "HTTP/1.1 200 OK"


def test_a_piece_is_not_there_before_it_is_published() -> None:
    _, piece = PIECES[0]
    early = piece.published - timedelta(minutes=1)
    assert ask(piece.path, early)[0] == "HTTP/1.1 404 Not Found"
    assert ask(piece.path, piece.published)[0] == "HTTP/1.1 200 OK"
    assert ask("/elsewhere")[0] == "HTTP/1.1 404 Not Found"


def test_an_edit_changes_the_text_from_its_moment_on() -> None:
    _, piece = next(one for one in PIECES if len(one[1].wordings) > 1)
    first, second = piece.wordings
    assert piece.at(second.at - timedelta(seconds=1)) == first
    assert piece.at(second.at) == second


def test_a_page_gives_the_whole_article_and_only_that() -> None:
    piece = max(
        (p for o, p in PIECES if not o.whole), key=lambda p: len(p.wordings[0].body)
    )
    _, _, body = ask(piece.path)
    text = extract(body, f"http://127.0.0.1{piece.path}")
    assert text is not None
    wanted = piece.wordings[-1].paragraphs
    assert [part for part in wanted if part not in text] == []
    assert "Front page" not in text


def test_the_newsstand_answers_on_loopback() -> None:
    async def visit() -> bytes:
        stand = Newsstand(OUTLETS, FixedClock(LAST))
        await stand.start()
        reader, writer = await asyncio.open_connection("127.0.0.1", stand.port)
        writer.write(f"GET {OUTLETS[0].path} HTTP/1.1\r\n\r\n".encode())
        answer = await reader.read()
        writer.close()
        await writer.wait_closed()
        stand.stop()
        return answer

    assert asyncio.run(visit()).startswith(b"HTTP/1.1 200 OK")


def test_time_stands_still_until_it_is_told_to_go_on() -> None:
    instants = story.instants(OUTLETS)
    clock = SteppingClock(instants)
    seen = [clock.now(), clock.now()]
    while clock.advance():
        seen.append(clock.now())
    assert seen == [instants[0], *instants]


def test_a_clock_that_goes_on_begins_where_it_was_left() -> None:
    instants = story.instants(OUTLETS)
    assert SteppingClock(instants, instants[7]).now() == instants[7]
    assert SteppingClock(instants, LAST + timedelta(days=1)).now() == LAST
