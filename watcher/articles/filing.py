"""What a filing with the SEC says under item 5.02; runs inside the cage. Pure.

A filing's text file has all its documents one after the other, the report first.
"""

from __future__ import annotations

import re

from watcher import markup
from watcher.model import Page

_INDEX = re.compile(r"-index\.html?$")
_DOCUMENT = re.compile(r"<TYPE>8-K[^<]*?\n.*?<TEXT>(.*?)(?:</TEXT>|\Z)", re.DOTALL)
_HEADING = re.compile(
    r"^[^\w\n]*(?:Item\s*(\d\.\d\d)|SIGNATURES?\b[^\w\n]*$)",
    re.IGNORECASE | re.MULTILINE,
)
_OFFICERS = "5.02"


def address(index: str) -> str:
    """Return where the whole text of a filing is, from the address of its index."""
    return _INDEX.sub(".txt", index)


def opened(body: bytes, url: str) -> Page:
    """Return what a whole filing says under item 5.02."""
    del url
    return Page(statement(body))


def statement(body: bytes) -> str:
    """Return the text of item 5.02 in a filing, a line a paragraph, "" if it has none.

    The longest stretch under such a heading counts: a table of contents may be before.
    """
    found = _DOCUMENT.search(body.decode("utf-8", "replace"))
    if found is None:
        return ""
    text = markup.plain(found[1])
    heads = list(_HEADING.finditer(text))
    ends = [head.start() for head in heads[1:]] + [len(text)]
    said = [
        text[head.start() : end].strip()
        for head, end in zip(heads, ends, strict=False)
        if head[1] == _OFFICERS
    ]
    return max(said, key=len, default="")
