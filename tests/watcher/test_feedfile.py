"""The feed files can be read by any reader at any moment: each change once."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path

import feedparser
import pytest

from watcher.alert import Alert
from watcher.channels.feedfile import FeedFileChannel
from watcher.config.settings import ChannelSpec
from watcher.errors import DeliveryError
from watcher.fetch.http import Client
from watcher.sample import sample

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def news(number: int, headline: str = "Halden: Ana Prieto named CEO") -> Alert:
    moment = f"2026-03-02T12:00:{number % 60:02}Z"
    quote = {"text": "Ana", "url": "http://a.test/1?x=1&y=2", "source": "Post"}
    facts = {"id": f"c{number}", "recorded_at": moment, "quotes": [quote]}
    message = {**sample(NOON).message, **facts}
    return Alert(f"c{number}", headline, headline, message)


def publish(place: Path, *alerts: Alert, **options: object) -> None:
    spec = ChannelSpec("feed", "feedfile", {"path": "out", **options}, home=place)

    async def go() -> None:
        async with Client(None, user_agent="test") as client:
            channel = FeedFileChannel(spec, client)
            for alert in alerts:
                await channel.send(alert)

    asyncio.run(go())


def test_both_files_hold_the_changes_newest_first(tmp_path: Path) -> None:
    publish(tmp_path, news(1, "first"), news(2, "second"))
    read = json.loads((tmp_path / "out.json").read_text())
    assert [item["title"] for item in read["items"]] == ["second", "first"]
    atom = feedparser.parse((tmp_path / "out.atom").read_bytes())
    assert not atom.bozo
    assert [entry.title for entry in atom.entries] == ["second", "first"]
    assert atom.entries[0].link == "http://a.test/1?x=1&y=2"
    assert atom.entries[0].updated == "2026-03-02T12:00:02Z"


def test_a_repeat_is_in_the_files_once(tmp_path: Path) -> None:
    publish(tmp_path, news(1), news(2), news(1))
    read = json.loads((tmp_path / "out.json").read_text())
    assert sorted(item["id"] for item in read["items"]) == [
        "urn:watcher:c1",
        "urn:watcher:c2",
    ]


def test_the_files_do_not_grow_for_ever(tmp_path: Path) -> None:
    publish(tmp_path, *(news(n) for n in range(5)), keep=3)
    read = json.loads((tmp_path / "out.json").read_text())
    assert [item["id"][-1] for item in read["items"]] == ["4", "3", "2"]
    assert len(feedparser.parse((tmp_path / "out.atom").read_bytes()).entries) == 3


def test_markup_of_a_title_is_inert_in_both(tmp_path: Path) -> None:
    said = "<script>x</script>\x00\x1b]0; \u202eexe"
    publish(tmp_path, news(1, said))
    content = json.loads((tmp_path / "out.json").read_text())["items"][0]
    assert "<script" not in content["content_html"]
    assert not {"\x00", "\x1b", "\u202e"} & set(content["title"])
    raw = (tmp_path / "out.atom").read_text()
    assert "<script" not in raw
    assert not feedparser.parse(raw).bozo


def test_nothing_but_the_two_files_is_left_behind(tmp_path: Path) -> None:
    publish(tmp_path, news(1), news(2))
    assert sorted(file.name for file in tmp_path.iterdir()) == ["out.atom", "out.json"]


def test_a_file_that_is_not_ours_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "out.json").write_text('{"mine": 1}')
    with pytest.raises(DeliveryError, match="not a feed of ours"):
        publish(tmp_path, news(1))
    assert (tmp_path / "out.json").read_text() == '{"mine": 1}'


def test_a_directory_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DeliveryError, match="nowhere") as failed:
        publish(tmp_path, news(1), path="nowhere/out")
    assert not failed.value.permanent
