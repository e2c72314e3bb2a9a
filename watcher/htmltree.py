"""HTML as a tree, and CSS to find one's way in it; for work inside the cage.

lxml and cssselect are loaded there only, and by the check of the config.
"""

from __future__ import annotations

import re
from typing import Any

from watcher import markup
from watcher.errors import FeedError
from watcher.fetch.urls import redact, resolve

_CHARSET = re.compile(r"charset=[\"']?([\w-]{2,20})", re.IGNORECASE)
Element = Any


def tree(body: bytes, content_type: str, url: str) -> Element:
    """Return the root of the page in *body*; raises FeedError when it is none."""
    from lxml import etree, html  # noqa: PLC0415  in the child only

    if markup.too_many_attributes(body.replace(b"\0", b"")):
        reason = f"a tag with more than {markup.MOST_ATTRIBUTES} attributes"
        raise FeedError(redact(url), reason)
    said = _CHARSET.search(content_type)
    try:
        parser = html.HTMLParser(encoding=said[1] if said else None)
        return html.document_fromstring(body.replace(b"\0", b""), parser=parser)
    except (etree.LxmlError, LookupError, ValueError) as error:
        raise FeedError(redact(url), f"not a page: {str(error)[:100]}") from error


def xpath(selector: str) -> str:
    """Return a CSS selector as XPath; raises ValueError when it is none."""
    from cssselect import (  # noqa: PLC0415  in the child, and for the config's check
        ExpressionError,
        HTMLTranslator,
        SelectorError,
    )

    try:
        return HTMLTranslator().css_to_xpath(selector, prefix="descendant-or-self::")
    except (SelectorError, ExpressionError) as error:
        raise ValueError(f"is not a CSS selector: {error}") from error


def every(root: Element, selector: str) -> list[Element]:
    """Return the elements in *root* that a CSS selector finds, in their order."""
    return list(root.xpath(xpath(selector)))


def first(root: Element, selector: str) -> Element | None:
    """Return the first element in *root* that a CSS selector finds, if any."""
    return next(iter(every(root, selector)), None)


def text(element: Element | None) -> str:
    """Return the plain text of an element, a line a paragraph, "" of none."""
    if element is None:
        return ""
    from lxml import etree  # noqa: PLC0415  in the child only

    said: str = etree.tostring(
        element, encoding="unicode", method="html", with_tail=False
    )
    return markup.plain(said)


def line(element: Element | None) -> str:
    """Return the plain text of an element on one line."""
    return " ".join(text(element).split())


def title(root: Element) -> str:
    """Return what the page calls itself."""
    found = root.find(".//title")
    return " ".join(found.text_content().split()) if found is not None else ""


def base(root: Element, url: str) -> str:
    """Return the address that the page's links are relative to."""
    found = first(root, "base[href]")
    return (resolve(url, found.get("href")) if found is not None else "") or url
