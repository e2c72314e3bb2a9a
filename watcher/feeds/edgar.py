"""Filings with the American SEC (EDGAR's Atom): 8-Ks on directors and officers.

What a filing is about stands in the entry's summary, as items; the title names the
form and the company only. Filings without item 5.02 are shown, and are no news here.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

from watcher import markup
from watcher.errors import FeedError
from watcher.fetch.urls import redact
from watcher.model import FeedItem, ParsedFeed

_ATOM = "{http://www.w3.org/2005/Atom}"
_OFFICERS = re.compile(r"\bItem\s+5\.02\b", re.IGNORECASE)
_ACCESSION = re.compile(r"\b\d{10}-\d{2}-\d{6}\b")


def parse(body: bytes, content_type: str, url: str) -> ParsedFeed:
    """Return the filings in *body* with item 5.02, each once.

    A filing is known by its accession number: it is listed once for every company
    that has a part in it. Raises FeedError for what is not EDGAR's Atom, or hostile.
    """
    _refuse(body, url)
    try:
        root = ET.fromstring(body)  # noqa: S314  no document type in it
    except (ET.ParseError, ValueError, LookupError) as error:
        raise FeedError(redact(url), f"not Atom: {error}") from error
    if root.tag != f"{_ATOM}feed":
        raise FeedError(redact(url), "not Atom, which EDGAR gives with output=atom")
    entries = root.findall(f"{_ATOM}entry")
    company = _text(root, f"{_ATOM}company-info/{_ATOM}conformed-name")
    found = [item for entry in entries if (item := _item(entry, company))]
    if entries and not found:
        raise FeedError(redact(url), "Atom without accession numbers: not EDGAR's")
    filings = {item.identity: item for item in reversed(found)}
    news = [one for one in reversed(filings.values()) if _OFFICERS.search(one.text)]
    passed = tuple(one for one in found if not _OFFICERS.search(one.text))
    return ParsedFeed(_text(root, f"{_ATOM}title"), tuple(news), passed=passed)


def _refuse(body: bytes, url: str) -> None:
    """Raise FeedError for what is not safe to parse."""
    if b"<!DOCTYPE" in body.replace(b"\0", b"").upper():
        raise FeedError(redact(url), "a document type, which EDGAR's feeds have not")
    if markup.too_many_attributes(body):
        reason = f"a tag with more than {markup.MOST_ATTRIBUTES} attributes"
        raise FeedError(redact(url), reason)


def _item(entry: ET.Element, company: str) -> FeedItem | None:
    """Return one filing, None for an entry that is none."""
    said = _text(entry, f"{_ATOM}id")
    text = markup.plain(_text(entry, f"{_ATOM}summary"))
    number = _ACCESSION.search(said) or _ACCESSION.search(text)
    if number is None:
        return None
    title = " ".join(_text(entry, f"{_ATOM}title").split())
    link = entry.find(f"{_ATOM}link")
    return FeedItem(
        guid=said,
        url=link.get("href", "") if link is not None else "",
        title=f"{company}: {title}" if company else title,
        text=text,
        published=_date(_text(entry, f"{_ATOM}updated")),
        identity=f"edgar:{number[0]}",
    )


def _text(element: ET.Element, path: str) -> str:
    return (element.findtext(path) or "").strip()


def _date(said: str) -> datetime | None:
    try:
        day = datetime.fromisoformat(said)
        return day.astimezone(UTC) if day.tzinfo else day.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
