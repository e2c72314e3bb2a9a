"""Alerts through templates: the shipped ones, or the user's own of the same name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from watcher.alert import Alert
from watcher.errors import TemplateFileError
from watcher.escape import as_chat, as_html, as_link, as_markdown
from watcher.printable import printable
from watcher.sample import sample

SHIPPED = Path(__file__).parent / "templates"
ESCAPES: dict[str, Callable[[str], str]] = {
    "alert.txt": printable,
    "alert.html": as_html,
    "change.html": as_html,
    "alert.md": as_markdown,
    "alert.chat": as_chat,
}

# What a template can raise: its own faults, and those of the Python in its braces.
_FAULTS = (
    TemplateError, OSError, TypeError, ValueError, ArithmeticError, LookupError,
    AttributeError, RecursionError,
)  # fmt: skip


class Renderer:
    """Puts alerts into the words of templates; each format escapes what it is given."""

    def __init__(self, folder: Path | None = None) -> None:
        self._places = [folder, SHIPPED] if folder else [SHIPPED]

    def check(self, now: datetime) -> None:
        """Try every template on a made-up alert; raises TemplateFileError."""
        if len(self._places) > 1:
            for name in ESCAPES:
                self.render(name, sample(now))

    def render(self, name: str, alert: Alert) -> str:
        """Return *alert* by the template *name*, every value escaped for its format.

        Raises TemplateFileError, naming the template, when it cannot be used.
        """
        try:
            template = _environment(self._places, ESCAPES[name]).get_template(name)
            return template.render(_facts(alert)).strip() + "\n"
        except _FAULTS as error:
            raise TemplateFileError(name, str(error)) from error


def _environment(
    places: list[Path], escape: Callable[[str], str]
) -> ImmutableSandboxedEnvironment:
    def finalize(value: Any) -> Any:
        if isinstance(value, Markup):
            return value
        return Markup(escape(str(value)))  # noqa: S704  escaped by the format's own rule

    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(places), finalize=finalize, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, autoescape=False,
    )  # fmt: skip
    environment.filters["link"] = as_link
    # Template authors write `|safe` out of habit; nothing from outside is.
    environment.filters.pop("safe")
    return environment


def _facts(alert: Alert) -> dict[str, Any]:
    parts = alert.parts or (alert,)
    return {
        "id": alert.id,
        "headline": alert.headline,
        "text": alert.text,
        "changes": [{**p.message, "headline": p.headline, "text": p.text}
                    for p in parts],
        "digest": bool(alert.parts),
    }  # fmt: skip
