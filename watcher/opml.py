"""Lists of feeds as OPML, which other readers write and read. Pure.

What OPML has no word for stands in attributes of our own name space.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from xml.etree import ElementTree as ET

from watcher.model import FeedSpec, Select

_SPACE = "urn:leadership-watcher:opml"
_OWN = (
    "owner",
    "kind",
    "source",
    "interval",
    "full_text",
    "fresh",
    "backfill",
    "select",
)


def outlines(data: bytes) -> list[dict[str, str]]:
    """Return the feeds in an OPML text as keys of the config, all values as text.

    Folders are opened. Raises ValueError when it is no OPML.
    """
    if b"<!ENTITY" in data.replace(b"\0", b""):
        raise ValueError("declares entities, which no list of feeds needs")
    try:
        root = ET.fromstring(data)  # noqa: S314  no entities in it
    except (ET.ParseError, ValueError, LookupError) as error:
        raise ValueError(f"not well-formed XML: {error}") from error
    if root.tag != "opml":
        raise ValueError("not OPML: it does not begin with <opml>")
    return [_keys(one.attrib) for one in root.iter("outline") if one.get("xmlUrl")]


def text(feeds: Iterable[FeedSpec]) -> str:
    """Return *feeds* as OPML 2.0."""
    ET.register_namespace("watcher", _SPACE)
    root = ET.Element("opml", version="2.0")
    ET.SubElement(ET.SubElement(root, "head"), "title").text = "Leadership watcher"
    body = ET.SubElement(root, "body")
    for feed in feeds:
        ET.SubElement(body, "outline", _attributes(feed))
    ET.indent(root)
    said = ET.tostring(root, encoding="unicode")
    return f"<?xml version='1.0' encoding='utf-8'?>\n{said}\n"


def _keys(attributes: Mapping[str, str]) -> dict[str, str]:
    name = attributes.get("text") or attributes.get("title") or ""
    found = {"url": attributes["xmlUrl"].strip(), "name": " ".join(name.split())}
    found |= {key: attributes.get(f"{{{_SPACE}}}{key}", "") for key in _OWN}
    return {key: value for key, value in found.items() if value}


def _attributes(feed: FeedSpec) -> dict[str, str]:
    own = {
        "owner": feed.owner,
        "kind": feed.kind or "",
        "source": feed.source,
        "interval": f"{int(feed.interval.total_seconds())}s",
        "full_text": "true" if feed.full_text else "false",
        "fresh": f"{int(feed.fresh.total_seconds())}s",
        "backfill": "" if feed.backfill is None else str(feed.backfill),
        "select": _selectors(feed.select),
    }
    named = {f"{{{_SPACE}}}{key}": value for key, value in own.items() if value}
    # By custom every feed has the type "rss", whatever its format.
    return {"type": "rss", "text": feed.name, "xmlUrl": feed.url, **named}


def _selectors(select: Select) -> str:
    """Return the selectors that are given as JSON, "" for none."""
    given = {key: value for key, value in asdict(select).items() if value}
    return json.dumps(given) if given else ""
