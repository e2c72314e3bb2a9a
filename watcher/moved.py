"""Feeds that have moved for good: adopted when three polls were told the same. Pure."""

from __future__ import annotations

from dataclasses import replace

from state.model import FeedState
from watcher.fetch.urls import redact
from watcher.model import Response

_SURE = 3


def address(state: FeedState) -> str:
    """Return where to ask for the feed: where it has moved to, or as configured.

    An address that only fails is given up for the configured one.
    """
    return state.address if state.address and state.failures < _SURE else state.url


def followed(state: FeedState, response: Response) -> FeedState:
    """Return *state* with what the answer says of where the feed is to be found."""
    target = response.moved_to
    # An address with a secret in it is followed each time, and never kept.
    if not target or target == state.address or redact(target) != target:
        return replace(state, moved_to=None, moved_times=0)
    times = state.moved_times + 1 if target == state.moved_to else 1
    if times < _SURE:
        return replace(state, moved_to=target, moved_times=times)
    return replace(state, address=target, moved_to=None, moved_times=0)
