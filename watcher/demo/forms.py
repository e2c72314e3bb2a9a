"""The demo's news as RSS, Atom, JSON Feed and article pages. Pure."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from email.utils import format_datetime
from html import escape

from watcher.demo.story import Outlet, Piece, Wording

Shown = Sequence[tuple[Piece, Wording]]

_RSS = """\
<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>{title}</title><link>{site}</link><description>{title}</description>
{items}
</channel></rss>
"""
_RSS_ITEM = """\
<item><title>{title}</title><link>{link}</link><guid>{link}</guid>
<pubDate>{date}</pubDate>{text}</item>"""
_ATOM = """\
<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<title>{title}</title><id>{site}</id><updated>{updated}</updated>
{items}
</feed>
"""
_ATOM_ITEM = """\
<entry><title>{title}</title><id>{link}</id><link href="{link}"/>
<published>{published}</published><updated>{updated}</updated>{text}</entry>"""
_PAGE = """\
<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title} - {outlet}</title></head>
<body><nav><a href="/">Front page</a> <a href="/business">Business</a></nav>
<main><article><h1>{title}</h1>
{text}
</article></main>
<footer>{outlet}. Invented for this demo.</footer></body></html>
"""


def rss(outlet: Outlet, shown: Shown, site: str) -> str:
    """Return the feed as RSS 2.0."""
    items = [
        _RSS_ITEM.format(
            title=escape(wording.title),
            link=escape(site + piece.path),
            date=format_datetime(piece.published, usegmt=True),
            text=_rss_text(outlet, wording),
        )
        for piece, wording in shown
    ]
    title = escape(outlet.name)
    return _RSS.format(title=title, site=escape(site), items="\n".join(items))


def _rss_text(outlet: Outlet, wording: Wording) -> str:
    if outlet.whole:
        return f"<content:encoded>{escape(_html(wording))}</content:encoded>"
    return f"<description>{escape(wording.summary)}</description>"


def atom(outlet: Outlet, shown: Shown, site: str) -> str:
    """Return the feed as Atom 1.0."""
    items = [
        _ATOM_ITEM.format(
            title=escape(wording.title),
            link=escape(site + piece.path),
            published=_iso(piece.published),
            updated=_iso(wording.at),
            text=_atom_text(outlet, wording),
        )
        for piece, wording in shown
    ]
    return _ATOM.format(
        title=escape(outlet.name),
        site=escape(site + outlet.path),
        updated=_iso(max((w.at for _, w in shown), default=None)),
        items="\n".join(items),
    )


def _atom_text(outlet: Outlet, wording: Wording) -> str:
    if outlet.whole:
        return f'<content type="html">{escape(_html(wording))}</content>'
    return f"<summary>{escape(wording.summary)}</summary>"


def json_feed(outlet: Outlet, shown: Shown, site: str) -> str:
    """Return the feed as JSON Feed 1.1."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": outlet.name,
        "items": [_json_item(outlet, p, w, site) for p, w in shown],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1)


def _json_item(
    outlet: Outlet, piece: Piece, wording: Wording, site: str
) -> dict[str, str]:
    whole = {"content_html": _html(wording)}
    return {
        "id": piece.path,
        "url": site + piece.path,
        "title": wording.title,
        "date_published": _iso(piece.published),
        "date_modified": _iso(wording.at),
        **(whole if outlet.whole else {"summary": wording.summary}),
    }


FORMS: dict[str, tuple[str, Callable[[Outlet, Shown, str], str]]] = {
    "rss": ("application/rss+xml; charset=utf-8", rss),
    "atom": ("application/atom+xml; charset=utf-8", atom),
    "json": ("application/feed+json", json_feed),
}
"""How each kind of feed is written: its content type and the function."""


def page(outlet: Outlet, wording: Wording) -> str:
    """Return the article's own page, with what stands around articles."""
    title, name = escape(wording.title), escape(outlet.name)
    return _PAGE.format(title=title, outlet=name, text=_html(wording))


def _html(wording: Wording) -> str:
    return "\n".join(f"<p>{escape(part)}</p>" for part in wording.paragraphs)


def _iso(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}" if moment else "1970-01-01T00:00:00Z"
