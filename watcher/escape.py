"""Text from elsewhere made inert for HTML, Markdown and chats. Pure."""

from __future__ import annotations

import html
import re
from urllib.parse import urlsplit

from watcher.printable import one_line, printable

_MARKS = re.compile(r"([\\`*_{}\[\]()#+\-.!|~=])")
_MENTION = re.compile(r"@(?=\S)")
_TAG = re.compile(r"<(?=[!@#/\w])")
_APART = "\N{ZERO WIDTH SPACE}"
_CUT = "…"


def cut(text: str, most: int) -> str:
    """Return *text* in at most *most* characters, its end marked when it was cut."""
    return text if len(text) <= most else text[: most - 1].rstrip() + _CUT


def as_header(text: str, most: int = 200) -> str:
    """Return *text* fit for one header: a single line, nothing hidden, not endless."""
    return cut(one_line(" ".join(text.splitlines())), most)


def as_html(text: str) -> str:
    """Return *text* as HTML that shows it and does nothing."""
    return html.escape(printable(text))


def as_chat(text: str) -> str:
    """Return plain *text* that calls nobody: "@all" and "<!here>" are parted."""
    apart = _MENTION.sub(f"@{_APART}", printable(text))
    return _TAG.sub(f"<{_APART}", apart)


def as_markdown(text: str) -> str:
    """Return *text* as Markdown that shows it: no links, marks, tags or mentions."""
    inert = html.escape(printable(text), quote=False)
    return _MENTION.sub(f"@{_APART}", _MARKS.sub(r"\\\1", inert))


def as_link(url: str) -> str:
    """Return a web address that may stand behind a link; of any other, nothing."""
    clean = one_line(url)
    try:
        parts = urlsplit(clean)
    except ValueError:
        return ""
    plain = not re.search(r"[\s<>\"'`\\]", clean)
    return clean if plain and parts.scheme in {"http", "https"} else ""
