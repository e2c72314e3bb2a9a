"""A feed without the items that are known gives the very items that are new."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.cut import Known, cut
from watcher.errors import FeedError
from watcher.feeds import parse
from watcher.model import FeedItem, ParsedFeed

FIXTURES = sorted((Path(__file__).parent.parent / "data" / "feeds").iterdir())
URL = "https://paper.example/feed"
RSS = "application/rss+xml"
ATOM = "application/atom+xml"
NOTHING = Known("")

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]))
HARD = st.sampled_from(
    [
        "<![CDATA[ <item><title>no</title></item> ]]>",
        "<!-- </item><item> -->",
        "<![CDATA[ <!-- ]]>",
        "&lt;item&gt;",
        "<?php echo '<item>' ?>",
        "<b xmlns='urn:x'>bold</b>",
        "\u00e9\u4e2d",
    ]
)


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


TEXTS = st.lists(WORDS.map(escaped) | HARD, max_size=3).map("".join)


@st.composite
def feeds(draw: st.DrawFn) -> bytes:
    """Make an RSS feed or an Atom feed with odd texts in and between its items."""
    atom = draw(st.booleans())
    bodies = draw(st.lists(TEXTS, max_size=6))
    make = _entry if atom else _item
    items = "".join(make(n, body) + draw(HARD) for n, body in enumerate(bodies))
    if atom:
        root = '<feed xmlns="http://www.w3.org/2005/Atom"><title>F</title>{}</feed>'
    else:
        head = "<channel><title>F</title><ttl>60</ttl>"
        root = f'<rss version="2.0">{head}{{}}</channel></rss>'
    return ('<?xml version="1.0" encoding="utf-8"?>' + root.format(items)).encode()


def _item(number: int, body: str) -> str:
    link = f"<link>https://paper.example/{number}</link><guid>{number}</guid>"
    return (
        f"<item><title>T{number}</title>{link}<description>{body}</description></item>"
    )


def _entry(number: int, body: str) -> str:
    link = f'<link href="https://paper.example/{number}"/><id>urn:{number}</id>'
    title = f"<title>T{number}</title>"
    return f'<entry>{title}{link}<summary type="text">{body}</summary></entry>'


def plain(items: tuple[FeedItem, ...]) -> list[FeedItem]:
    return [replace(item, piece="") for item in items]


def whole(body: bytes, kind: str) -> ParsedFeed | None:
    try:
        return parse(body, kind, URL, None)
    except FeedError:
        return None


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.name)
def test_of_each_feed_that_we_have_the_cut_gives_what_the_whole_gives(
    path: Path,
) -> None:
    body = path.read_bytes()
    expected = whole(body, "")
    found = cut(body, "", NOTHING)
    if expected is None or found is None:
        return
    for known in (found.new[::2], found.new[1::2], found.new):
        _holds(body, "", expected, frozenset(known))


def test_plain_feeds_in_all_three_formats_can_be_cut() -> None:
    names = {p.name for p in FIXTURES if cut(p.read_bytes(), "", NOTHING) is not None}
    assert {"atom.xml", "rss10.xml", "rss20.xml"} <= names


@given(feeds(), st.integers(0, 2**6 - 1))
def test_of_any_feed_the_cut_gives_what_the_whole_gives(body: bytes, bits: int) -> None:
    expected, found = whole(body, RSS), cut(body, RSS, NOTHING)
    if expected is None or found is None:
        return
    known = (name for place, name in enumerate(found.new) if bits >> place & 1)
    _holds(body, RSS, expected, frozenset(known))


def _holds(body: bytes, kind: str, expected: ParsedFeed, known: frozenset[str]) -> None:
    every = parse(body, kind, URL, None, NOTHING)
    rest = parse(body, kind, URL, None, Known("", known))
    new = tuple(item for item in every.items if item.piece not in known)
    assert plain(every.items) == plain(expected.items)
    assert plain(rest.items) == plain(new)
    assert (rest.title, rest.ttl, rest.skip_hours) == (
        expected.title,
        expected.ttl,
        expected.skip_hours,
    )


def test_what_is_known_is_not_parsed_again() -> None:
    first, second = _item(1, "one"), _item(2, "two")
    feed = (
        f'<rss version="2.0"><channel><title>F</title>{second}{first}</channel></rss>'
    )
    found = cut(feed.encode(), RSS, NOTHING)
    assert found is not None
    parsed = parse(feed.encode(), RSS, URL, None, Known("", frozenset(found.new[1:])))
    assert [item.title for item in parsed.items] == ["T2"]
    assert parsed.known == found.new[1:]


def test_an_item_with_another_text_is_another_item() -> None:
    feed = '<rss version="2.0"><channel><title>F</title>{}</channel></rss>'
    old = cut(feed.format(_item(1, "Hale leads.")).encode(), RSS, NOTHING)
    assert old is not None
    new = feed.format(_item(1, "Hale led.")).encode()
    parsed = parse(new, RSS, URL, None, Known("", frozenset(old.new)))
    assert [item.text for item in parsed.items] == ["Hale led."]


def test_with_another_salt_nothing_is_known() -> None:
    feed = f'<rss version="2.0"><channel>{_item(1, "one")}</channel></rss>'.encode()
    old = cut(feed, RSS, Known("these names"))
    assert old is not None
    found = cut(feed, RSS, Known("other names", frozenset(old.new)))
    assert found is not None
    assert found.text == feed


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (f"<rss><channel>{_item(1, '&')}</channel></rss>", RSS),
        (f"<!DOCTYPE rss><rss><channel>{_item(1, '')}</channel></rss>", RSS),
        ("<rss><channel><item><item></item></item></channel></rss>", RSS),
        ("<rss><channel><item/></channel></rss>", RSS),
        ('<r xmlns:a="urn:a"><a:item></a:item></r>', RSS),
        (f"<rss><channel>{_item(1, '')}</channel>", RSS),
        (f'<?xml version="1.0" encoding="utf-16"?><rss>{_item(1, "")}</rss>', RSS),
        (f"<rss><channel>{_item(1, '')}</channel></rss>", f"{RSS}; charset=koi8-r"),
        ('{"version": "https://jsonfeed.org/version/1.1", "items": []}', RSS),
        ("", RSS),
    ],
)
def test_where_it_is_not_certain_nothing_is_cut(body: str, kind: str) -> None:
    assert cut(body.encode(), kind, NOTHING) is None


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-32-le"])
def test_wide_letters_are_not_cut(encoding: str) -> None:
    feed = f'<?xml version="1.0"?><rss><channel>{_item(1, "")}</channel></rss>'
    assert cut(feed.encode(encoding), RSS, NOTHING) is None


def test_bytes_that_are_no_utf8_are_not_cut() -> None:
    body = f"<rss><channel>{_item(1, 'caf')}</channel></rss>".encode()
    assert cut(body.replace(b"caf", b"caf\xe9"), RSS, NOTHING) is None
    latin = b'<?xml version="1.0" encoding="iso-8859-1"?>' + body
    assert cut(latin.replace(b"caf", b"caf\xe9"), RSS, NOTHING) is not None
