"""The text of an article's page, by trafilatura; runs inside the cage."""

from __future__ import annotations

import warnings

from watcher import markup
from watcher.errors import FeedError
from watcher.fetch.urls import redact


def extract(page: bytes, url: str) -> str | None:
    """Return the article's own text, a line a paragraph, or None when none is found.

    Raises FeedError for a page that would take too long to look at.
    """
    if markup.too_many_attributes(page.replace(b"\0", b"")):
        reason = f"a tag with more than {markup.MOST_ATTRIBUTES} attributes"
        raise FeedError(redact(url), reason)
    return _text(page, url, fast=True) or _text(page, url, fast=False) or None


def _text(page: bytes, url: str, *, fast: bool) -> str:
    with warnings.catch_warnings():
        # It says that it could not fetch through SOCKS; here it fetches nothing.
        warnings.filterwarnings("ignore", message="SOCKS support")
        # Heavy, and untrusted pages are read in a child only: it alone pays.
        import trafilatura  # noqa: PLC0415

    found = trafilatura.extract(
        page,
        url=url,
        fast=fast,
        favor_precision=True,
        include_comments=False,
        include_tables=False,
    )
    return (found or "").strip()
