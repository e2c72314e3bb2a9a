"""A made-up alert that says so: for trying channels and templates. Pure."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime

from rules.when import When
from state.model import Belief, Change, ChangeKind, MessageType, Post, Quote
from watcher.alert import Alert, alert

_QUOTE = "This is a test of the channel. Nobody has come or gone."


def sample(now: datetime) -> Alert:
    """Return a test alert of this moment, with every part that an alert can have."""
    moment = now.isoformat()
    change = Change(
        id=hashlib.sha256(f"test\x1f{moment}".encode()).hexdigest()[:16],
        type=MessageType.CHANGE,
        kind=ChangeKind.SUCCESSION,
        post=Post("Test", None, "head", "head", 1),
        before=("Somebody Before",),
        after=("Somebody After",),
        effective=When.day(now.date()),
        belief=Belief.REPORTED,
        quotes=(Quote(_QUOTE, "", "watcher alerts test"),),
        recorded_at=now,
    )
    made = alert(change)
    return replace(made, message={**made.message, "type": "test"})
