"""The feed-file channel: changes as a JSON Feed and an Atom file, newest first."""

from __future__ import annotations

import asyncio
import json
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from xml.etree import ElementTree

from pydantic import BaseModel, ConfigDict, Field

from watcher.alert import Alert
from watcher.errors import DeliveryError
from watcher.escape import as_header, as_link
from watcher.printable import printable
from watcher.rendering import Renderer

if TYPE_CHECKING:
    from watcher.config.settings import ChannelSpec
    from watcher.fetch.http import Client

_ATOM = "http://www.w3.org/2005/Atom"
_JSON = "https://jsonfeed.org/version/1.1"
_URN = "urn:watcher:"
Item = dict[str, Any]


class FeedFileChannel:
    """Keeps two files that any feed reader can follow; both name the same changes."""

    class Options(BaseModel):
        """The keys beside name and type. *path* has no ending: there are two files."""

        model_config = ConfigDict(
            extra="forbid", strict=True, hide_input_in_errors=True
        )

        path: Annotated[str, Field(min_length=1)]
        title: str = "Changes of leadership"
        keep: Annotated[int, Field(ge=1, le=10_000)] = 200

    def __init__(self, spec: ChannelSpec, _client: Client) -> None:
        self._name = spec.name
        self._renderer = Renderer(spec.templates)
        self._options = self.Options.model_validate(dict(spec.options))
        base = spec.home / Path(self._options.path).expanduser()
        self._json = base.with_name(base.name + ".json")
        self._atom = base.with_name(base.name + ".atom")

    async def send(self, alert: Alert) -> None:
        """Put *alert* on top of the files; raises DeliveryError when they cannot be.

        One that is there already is not put in again.
        """
        try:
            await asyncio.to_thread(self._add, alert)
        except OSError as error:
            reason = f"{error.filename or self._json}: {error.strerror or error}"
            raise DeliveryError(self._name, reason) from error

    def _add(self, alert: Alert) -> None:
        items = [item for item in self._items() if item.get("id") != _URN + alert.id]
        items = [self._item(alert), *items][: self._options.keep]
        _replace(self._atom, _atom(self._options.title, items))
        # The JSON file is what is read again, so it is written last.
        _replace(self._json, _jsonfeed(self._options.title, items))

    def _items(self) -> list[Item]:
        try:
            items = json.loads(self._json.read_bytes())["items"]
            if all(isinstance(item["id"], str) for item in items):
                return list(items)
        except FileNotFoundError:
            return []
        except (ValueError, LookupError, TypeError):
            pass
        reason = f"{self._json} is not a feed of ours; move it away"
        raise DeliveryError(self._name, reason)

    def _item(self, alert: Alert) -> Item:
        quotes = alert.message.get("quotes", [])
        links = [as_link(quote["url"]) for quote in quotes if as_link(quote["url"])]
        return {
            "id": _URN + alert.id,
            "title": as_header(alert.headline),
            "content_html": self._renderer.render("change.html", alert),
            "date_published": alert.message.get("recorded_at"),
            **({"external_url": links[0]} if links else {}),
            "_watcher": alert.message,
        }


def _jsonfeed(title: str, items: list[Item]) -> bytes:
    feed = {"version": _JSON, "title": title, "items": items}
    return json.dumps(feed, ensure_ascii=False, indent=1).encode()


def _atom(title: str, items: list[Item]) -> bytes:
    ElementTree.register_namespace("", _ATOM)
    feed = ElementTree.Element(f"{{{_ATOM}}}feed")
    _say(feed, "title", title)
    _say(feed, "id", _URN + "changes")
    _say(feed, "updated", items[0]["date_published"] or "")
    _say(_say(feed, "author", ""), "name", "leadership-watcher")
    for item in items:
        entry = _say(feed, "entry", "")
        _say(entry, "title", item["title"])
        _say(entry, "id", item["id"])
        _say(entry, "updated", item["date_published"] or "")
        if "external_url" in item:
            _say(entry, "link", "").set("href", item["external_url"])
        _say(entry, "content", item["content_html"]).set("type", "html")
    written: bytes = ElementTree.tostring(feed, "utf-8", xml_declaration=True)
    return written


def _say(parent: ElementTree.Element, name: str, text: str) -> ElementTree.Element:
    child = ElementTree.SubElement(parent, f"{{{_ATOM}}}{name}")
    child.text = printable(text) or None
    return child


def _replace(path: Path, content: bytes) -> None:
    """Put *content* in the place of *path* at once; a reader sees old or new."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        # Feeds are for others to read, a temporary file is for its owner alone.
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
