"""`feeds find`: the feeds of a site, each tried before it is named."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated

import typer

from watcher.cli.options import ConfigOption, JsonOption, config_of, settings_if_any
from watcher.cli.output import emit_json, emit_table, say

if TYPE_CHECKING:
    from watcher.fetch.ports import Getter, Runner
    from watcher.model import ParsedFeed

SiteArgument = Annotated[str, typer.Argument(help="The address of a site or page.")]
Found = list[tuple[str, "ParsedFeed"]]


def find_feeds(
    context: typer.Context,
    site: SiteArgument,
    config: ConfigOption = None,
    json: JsonOption = False,
) -> None:
    """Find the feeds that a page links to, and try each of them."""
    from watcher.assembly import reaching
    from watcher.config.settings import Network
    from watcher.fetch.cage import Cage

    settings = settings_if_any(config_of(context, config))
    network = settings.network if settings else Network()
    address = site if "://" in site else f"https://{site}"

    async def work() -> Found:
        with Cage(workers=1) as cage:
            async with reaching(network) as http:
                return await found(address, http, cage)

    feeds = asyncio.run(work())
    rows = [(url, feed.title, str(len(feed.items))) for url, feed in feeds]
    if json:
        emit_json([{"url": u, "title": t, "items": int(n)} for u, t, n in rows])
    elif rows:
        emit_table(("feed", "title", "items"), rows)
    else:
        say(f'no feeds found at {address}; kind = "page" watches a page itself')
        raise typer.Exit(1)


async def found(url: str, http: Getter, cage: Runner) -> Found:
    """Return the feeds at *url* or linked there; raises FeedError, CageError.

    A link that turns out to be no feed is passed over.
    """
    from watcher.discovery import linked
    from watcher.errors import CageError, FeedError

    page = await http.get(url, accept="text/html, */*;q=0.5")
    try:
        return [(page.url, await _tried(page.url, http, cage, body=page.body))]
    except (FeedError, CageError):
        links = await cage.run(linked, page.body, page.url)
    feeds: Found = []
    for link in links:
        try:
            feeds.append((link, await _tried(link, http, cage)))
        except (FeedError, CageError):
            continue
    return feeds


async def _tried(
    url: str, http: Getter, cage: Runner, body: bytes | None = None
) -> ParsedFeed:
    from watcher.feeds import parse

    data = (await http.get(url)).body if body is None else body
    return await cage.run(parse, data, "", url, None)
