"""Several alerts as one, with an id that is the same on every repeat. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime

from state.model import Change, Letter
from watcher.alert import Alert, alert
from watcher.escape import cut
from watcher.printable import one_line

MOST_TEXTS = 50
_ID = 16


def digest_id(ids: Iterable[str]) -> str:
    """Return the name of the digest that is made of these, in this order."""
    return hashlib.sha256("\x1f".join(ids).encode()).hexdigest()[:_ID]


def digest(changes: Sequence[Change], name: str) -> Alert:
    """Return *changes* as one alert; one that is alone is itself."""
    parts = tuple(alert(change) for change in changes)
    if len(parts) == 1:
        return parts[0]
    headline = f"{len(parts)} changes: {cut(parts[0].headline, 120)} ..."
    shown = [part.text for part in parts[:MOST_TEXTS]]
    if len(parts) > MOST_TEXTS:
        shown.append(f"... and {len(parts) - MOST_TEXTS} more: watcher log")
    message = {
        "id": name,
        "type": "digest",
        "headline": headline,
        "recorded_at": parts[-1].message["recorded_at"],
        "changes": [part.message for part in parts],
    }
    return Alert(name, headline, "\n\n".join(shown), message, parts=parts[:MOST_TEXTS])


def dead_letters(letters: Sequence[Letter], now: datetime) -> Alert:
    """Return the notice that these could not be delivered: by whom, and why."""
    name = digest_id(letter.key for letter in letters)
    channels = sorted({letter.channel for letter in letters})
    many = "1 alert" if len(letters) == 1 else f"{len(letters)} alerts"
    headline = one_line(f"watcher: {many} not delivered by {', '.join(channels)}")
    reasons = sorted({f"{one.channel}: {one.reason}" for one in letters})
    told = [headline, *(f"  {one_line(reason)}" for reason in reasons)]
    text = "\n".join(
        [*told, "  more: watcher alerts list --dead; watcher alerts retry"]
    )
    message = {
        "id": name,
        "type": "notice",
        "headline": headline,
        "recorded_at": now.isoformat().replace("+00:00", "Z"),
        "reasons": reasons,
    }
    return Alert(name, headline, text, message)
