"""Addresses of the web: one spelling for one page, safe to print, safe to store.

Nothing here raises, whatever the text.
"""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import SplitResult, parse_qsl, urlencode, urljoin, urlsplit

LONGEST = 8192
_SCHEMES = {"http": 80, "https": 443}
_SHOWN = 200
# Taken for tracking marks by courlan, yet some papers number their stories by them.
_IDENTITIES = frozenset({"cid", "eid"})


@lru_cache(maxsize=1 << 13)
def canonical(url: str) -> str:
    """Return *url* in the one spelling that stands for its page.

    Lower-case scheme and host, no default port, no fragment, no tracking parameters,
    no credentials. What cannot be read as a web address comes back stripped.
    """
    parts = _split(url)
    if parts is None:
        return url.strip()
    path = parts.path or "/"
    query = _untracked(parts.query)
    return parts._replace(
        scheme=parts.scheme.lower(),
        netloc=_place(parts),
        path=path,
        query=query,
        fragment="",
    ).geturl()


def redact(url: str) -> str:
    """Return *url* fit for a message: no credentials, no query, one short line."""
    parts = _split(url)
    if parts is None:
        bare = url.rpartition("@")[2].partition("?")[0].partition("#")[0]
    else:
        place = parts.netloc.rpartition("@")[2]
        bare = f"{parts.scheme}://{place}{parts.path}"
    shown = "".join(mark if mark.isprintable() else "?" for mark in bare.strip())
    return shown[:_SHOWN] or "(no address)"


def resolve(base: str, link: str) -> str:
    """Return *link* as an absolute http or https URL, or "" when it is none."""
    link = "".join(link.split())
    if not link or len(link) > LONGEST:
        return ""
    try:
        whole = urljoin(base, link)
    except ValueError:
        return ""
    parts = _split(whole)
    return whole if parts is not None and whole.isprintable() else ""


def _split(url: str) -> SplitResult | None:
    """Return the parts of a web address with a host, or None."""
    try:
        parts = urlsplit(url.strip())
        usable = parts.scheme in _SCHEMES and parts.hostname and parts.port != 0
    except ValueError:
        return None
    return parts if usable else None


def _place(parts: SplitResult) -> str:
    """Return host and port in lower case, without a port that goes without saying."""
    host = parts.hostname or ""
    host = f"[{host}]" if ":" in host else host
    implied = parts.port in {None, _SCHEMES[parts.scheme]}
    return host if implied else f"{host}:{parts.port}"


def _untracked(query: str) -> str:
    """Return *query* without tracking parameters, the others as they stood."""
    try:
        pairs = parse_qsl(query, keep_blank_values=True, errors="surrogateescape")
    except ValueError:
        return query
    kept = [(name, value) for name, value in pairs if not _tracks(name)]
    if len(kept) == len(pairs):
        return query
    return urlencode(kept, errors="surrogateescape")


def _tracks(name: str) -> bool:
    # Late, because a watcher that prints its help need not load it.
    from courlan.clean import clean_query  # noqa: PLC0415

    known = name.lower() not in _IDENTITIES
    return known and not clean_query(urlencode({name: "1"}, errors="replace"))
