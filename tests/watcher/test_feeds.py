"""Feeds as they come: read rightly, or refused by name; never taken for quiet."""

from __future__ import annotations

import asyncio
import socket
import tomllib
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.config.keys import FeedTable
from watcher.errors import CageError, FeedError
from watcher.feeds import (
    FORMATS,
    LONGEST_TEXT,
    LONGEST_TITLE,
    MOST_ITEMS,
    PAGES,
    parse,
)
from watcher.fetch.cage import Cage
from watcher.model import ParsedFeed

DATA = Path(__file__).resolve().parent.parent / "data" / "feeds"
URL = "https://feeds.example/all.xml"
SAMPLES = sorted(file for file in DATA.iterdir() if file.suffix in {".xml", ".json"})


def read(body: bytes, content_type: str = "application/xml", kind=None) -> ParsedFeed:
    return parse(body, content_type, URL, kind)


def refusal(body: bytes, content_type: str = "application/xml", kind=None) -> str:
    with pytest.raises(FeedError) as caught:
        parse(body, content_type, "https://u:CANARY@feeds.example/?CANARY", kind)
    said = str(caught.value)
    assert said.isprintable()
    assert "CANARY" not in said
    return caught.value.reason


def rss(items: bytes, doctype: bytes = b"") -> bytes:
    head = b"<?xml version='1.0' encoding='utf-8'?>" + doctype
    return (
        head + b"<rss version='2.0'><channel><title>T</title>%s</channel></rss>" % items
    )


def item(title: bytes = b"News", more: bytes = b"") -> bytes:
    return b"<item><title>%s</title>%s</item>" % (title, more)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda file: file.stem)
@pytest.mark.parametrize("told", [True, False], ids=["kind told", "kind guessed"])
def test_a_sample_reads_as_written_beside_it(sample, told):
    expected = tomllib.loads(sample.with_suffix(".toml").read_text("utf-8"))
    found = read(sample.read_bytes(), kind=expected["kind"] if told else None)
    minutes = expected.get("ttl_minutes")
    assert found.title == expected["title"]
    assert found.ttl == (timedelta(minutes=minutes) if minutes else None)
    assert not found.partial
    assert len(found.items) == len(expected["items"])
    for got, wanted in zip(found.items, expected["items"], strict=True):
        assert (got.url, got.title, got.text) == (
            wanted["url"],
            wanted["title"],
            wanted["text"],
        )
        assert got.published == wanted.get("published")
        assert got.guid == wanted["guid"] or (len(got.guid), wanted["guid"]) == (64, "")


def test_every_kind_of_the_config_has_its_format():
    kinds = get_args(get_args(FeedTable.model_fields["kind"].annotation)[0])
    assert set(FORMATS) | set(PAGES) == set(kinds)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"<html><title>Just a moment...</title>", "challenge page in place of"),
        (b"<html><title>503 Service Unavailable</title>", "error page in place of"),
        (b"", "an empty answer, not a feed"),
        (b" \r\n\t\n", "an empty answer, not a feed"),
        (b"\xef\xbb\xbf", "an empty answer, not a feed"),
        (b"<!DOCTYPE html><title>Log in</title>", "an HTML page, not a feed"),
        (b"<?xml version='1.0'?>\n<!-- x --><HTML xmlns='y'>", "an HTML page"),
        ("<html><body>x".encode("utf-16"), "an HTML page, not a feed"),
        (b"%PDF-1.7\n1 0 obj", "a PDF file, not a feed"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "not a feed"),
        (bytes(range(256)) * 4, "not a feed"),
        (b"Service unavailable", "not a feed"),
        (b"<?xml version='1.0'?><opml/>", "not a feed"),
        (b'{"error": "log in"}', "JSON, but not a JSON Feed"),
        (b'["news"]', "JSON, but not a JSON Feed"),
        (b'{"version": "https://jsonfeed.org/version/1"}', "without its list of items"),
        (b'{"version": "https://jsonfeed.org/ver', "not JSON"),
        (b"[" * 100_000, "not JSON"),
    ],
)
def test_what_is_no_feed_is_refused_by_name(body, said):
    assert said in refusal(body)


def test_a_feed_of_another_kind_than_told_is_refused():
    assert "not JSON" in refusal(rss(item()), kind="json")
    assert "not a feed" in refusal(b'{"version": "x"}', kind="rss")


def test_a_feed_without_items_is_quiet_and_no_error():
    assert read(rss(b"")).items == ()


def test_a_feed_that_was_cut_off_gives_its_whole_items_and_says_so():
    found = read(rss(b"".join(item(b"%d" % n) for n in range(6)))[:-40])
    assert [one.title for one in found.items] == ["0", "1", "2", "3", "4"]
    assert found.partial


def test_a_feed_cut_off_before_its_first_item_ended_is_an_error():
    assert refusal(rss(item())[:-45]) == "cut off before its first item ended"


def test_bad_markup_in_a_whole_feed_does_not_make_it_partial():
    found = read(rss(item(b"A & B &nbsp; C <br> D") + item(b"E")))
    assert [one.title for one in found.items] == ["A & B C D", "E"]
    assert not found.partial


ENTITIES = b"<!DOCTYPE r [<!ENTITY l0 'lol'>%s]>" % b"".join(
    b"<!ENTITY l%d '%s'>" % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10)
)


@pytest.mark.parametrize(
    "body",
    [
        rss(item(b"&l9;"), ENTITIES),
        rss(item(b"&l5;"), ENTITIES),
        rss(item(b"&a;" * 200), b"<!DOCTYPE r [<!ENTITY a '%s'>]>" % (b"x" * 10_000)),
        rss(item(b"&l5;"), b"<!-- <rss> -->\n<?x <rss> ?>" + ENTITIES),
        rss(item(b"&l5;"), ENTITIES).decode().encode("utf-16"),
        rss(item(b"&l5;"), ENTITIES.replace(b"DOCTYPE", b"doctype")),
        b"junk" + rss(item(b"&l5;"), ENTITIES),
        rss(item(), b"<!DOCTYPE r [<!ENTITY % x SYSTEM 'file:///etc/passwd'>%x;]>"),
    ],
)
def test_a_feed_that_declares_entities_is_refused(body):
    assert refusal(body) == "declares entities, which no feed needs"


def test_an_encoding_hides_no_entities():
    hidden = rss(item(b"&l5;"), ENTITIES)[38:].decode().encode("utf-7")
    body = b"<?xml version='1.0' encoding='utf-7'?>" + hidden
    assert refusal(body) == "declares entities, which no feed needs"


def test_an_article_about_entities_is_no_attack():
    found = read(
        rss(item(more=b"<description><![CDATA[<!ENTITY a 'b'>]]></description>"))
    )
    assert len(found.items) == 1


def test_an_outside_document_type_is_never_fetched():
    with socket.create_server(("127.0.0.1", 0)) as trap:
        trap.setblocking(False)
        port = trap.getsockname()[1]
        doctype = b"<!DOCTYPE rss SYSTEM 'http://127.0.0.1:%d/rss.dtd'>" % port
        assert len(read(rss(item(), doctype)).items) == 1
        with pytest.raises(BlockingIOError):
            trap.accept()


def test_items_that_never_end_are_refused_before_they_are_parsed():
    body = b"<rss><channel>" + b"<item>" * 200_000
    assert refusal(body) == "200000 items begin and never end"


@pytest.mark.parametrize("quote", [b"'", b'"', b'"a>b" x='])
def test_a_tag_with_too_many_attributes_is_refused(quote):
    pairs = b" ".join(b"a%d=%s%s" % (n, quote, quote) for n in range(40_000))
    said = refusal(rss(b"<item %s><title>x</title></item>" % pairs))
    assert said == "a tag with more than 200 attributes"


def test_a_long_address_in_a_tag_is_no_attack():
    query = b"&amp;".join(b"k%d=v" % n for n in range(500))
    more = b"<enclosure url='https://e.example/?%s' length='1'/>" % query
    assert len(read(rss(item(more=more))).items) == 1


def test_of_too_many_items_the_newest_are_kept_wherever_they_stand():
    dated = b"<pubDate>%02d Jan 2031 %02d:%02d:00 GMT</pubDate>"
    stamps = [(n // 1440 + 1, n // 60 % 24, n % 60) for n in range(5000)]
    for order in (stamps, stamps[::-1]):
        body = rss(b"".join(item(b"x", dated % stamp) for stamp in order))
        found = read(body)
        assert len(found.items) == MOST_ITEMS
        oldest = min(one.published for one in found.items if one.published)
        assert (oldest.day, oldest.hour, oldest.minute) == stamps[-MOST_ITEMS]
        assert found.notes == ("only the newest 2000 items were kept",)


def test_a_hundred_thousand_items_are_no_burden():
    found = read(rss(b"".join(item(b"%d" % n) for n in range(100_000))))
    assert len(found.items) == MOST_ITEMS


def test_titles_texts_and_guids_are_bounded():
    guid = b"<guid isPermaLink='false'>%s</guid>" % (b"g" * 5000)
    text = b"<description>%s</description>" % (b"word " * 300_000)
    (found,) = read(rss(item(b"t" * 5000, guid + text))).items
    assert len(found.title) == LONGEST_TITLE
    assert found.title.endswith("…")
    assert len(found.text) == LONGEST_TEXT
    assert len(found.guid) == 64


def test_a_feed_that_takes_too_long_is_killed():
    body = rss(item(more=b"<description>%s</description>" % (b"<a>" * 1_000_000)))

    async def scenario():
        with Cage(workers=1, seconds=0.5) as cage, pytest.raises(CageError) as caught:
            await cage.run(parse, body, "text/xml", URL, None)
        return str(caught.value)

    assert asyncio.run(scenario()) == "not done within 0.5 s"


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (rss(item("Müller".encode())), "text/xml"),
        (rss(item("Müller".encode("latin-1"))), "application/rss+xml"),
        (rss(item("Müller".encode())), "application/xml; charset=us-ascii"),
        (rss(item("Müller".encode())).decode().encode("utf-16"), "text/xml"),
        (b"\xef\xbb\xbf" + rss(item("Müller".encode())), "application/xml"),
        (rss(item("M\0ü\x07ller".encode())), "application/xml"),
        (rss(item(b"M&#252;ller")), ""),
        (rss(item("Mu\u0308ller".encode())), "text/html"),
        (rss(item("M\u200bü\u202eller".encode())), "application/xml; charset=nonsense"),
    ],
)
def test_a_wrong_encoding_is_repaired(body, content_type):
    assert read(body, content_type).items[0].title == "Müller"


@pytest.mark.parametrize(
    ("said", "found"),
    [
        (b"Tue, 04 Mar 2031 10:00:00 GMT", "2031-03-04T10:00:00+00:00"),
        (b"Tue, 04 Mar 2031 10:00:00 XYZ", "2031-03-04T10:00:00+00:00"),
        (b"04 Mar 31 10:00 EST", "2031-03-04T15:00:00+00:00"),
        (b"2031-03-04T10:00:00-07:00", "2031-03-04T17:00:00+00:00"),
        (b"2031-03-04", "2031-03-04T00:00:00+00:00"),
        (b"9999-12-31T23:59:59Z", "9999-12-31T23:59:59+00:00"),
        (b"", None),
        (b"13:00", None),
        (b"yesterday", None),
        (b"0001-01-01T00:00:00Z", None),
        (b"1970-01-01T00:00:00Z", None),
        (b"1931000000", None),
    ],
)
def test_a_date_is_in_utc_or_unknown_and_never_now(said, found):
    (one,) = read(rss(item(more=b"<pubDate>%s</pubDate>" % said))).items
    assert (one.published.isoformat() if one.published else None) == found


@pytest.mark.parametrize(
    ("said", "minutes"),
    [
        (b"<ttl>240</ttl>", 240),
        (b"<ttl>99999999</ttl>", 1440),
        (b"<ttl>-5</ttl>", None),
        (b"<ttl>soon</ttl>", None),
        (b"", None),
    ],
)
def test_a_feed_may_ask_to_be_left_alone_for_a_day_at_most(said, minutes):
    ttl = read(rss(said + item())).ttl
    assert ttl == (timedelta(minutes=minutes) if minutes else None)


def test_script_in_a_title_is_inert():
    title = b"<![CDATA[Rask <script>alert(1)</script>leaves<img src=x onerror=y>]]>"
    (one,) = read(rss(item(title, b"<link>javascript:alert(1)</link>"))).items
    assert (one.title, one.url) == ("Rask leaves", "")


def test_items_without_guid_keep_their_identity_from_poll_to_poll():
    twice = [read(rss(item(b"A") + item(b"B"))) for _ in range(2)]
    first, second = ([one.guid for one in found.items] for found in twice)
    assert first == second
    assert len(set(first)) == 2


@given(
    st.binary(max_size=300) | st.text(alphabet="<>/!-[]?&;='\" aitemrs", max_size=99)
)
def test_no_bytes_raise_anything_but_a_feed_error(noise):
    body = noise if isinstance(noise, bytes) else rss(noise.encode())
    with suppress(FeedError):
        assert isinstance(read(body), ParsedFeed)
