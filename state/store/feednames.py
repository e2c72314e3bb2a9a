"""What a feed is called in the ledger: its address without what may be secret. Pure."""

from __future__ import annotations

import hashlib
from urllib.parse import urlsplit

_DIGITS = 12


def feed_name(url: str) -> str:
    """Return *url* without password and query, and a mark that tells it from others.

    Most addresses have neither and are their own names, as every name is. The mark
    says nothing of a password, which may be short enough to be guessed from it.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return _marked(url.partition("?")[0].rpartition("@")[2], url)
    account, at, place = parts.netloc.rpartition("@")
    if not at and not parts.query:
        return url
    bare = parts._replace(netloc=place, query="", fragment="").geturl()
    return _marked(bare, f"{account.partition(':')[0]}\x1f{parts.query}")


def _marked(bare: str, told_by: str) -> str:
    digest = hashlib.sha256(told_by.encode("utf-8", "replace")).hexdigest()
    return f"{bare}#{digest[:_DIGITS]}"
