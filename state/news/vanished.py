"""Whom a team page no longer shows: for review, never told. Pure.

A page says who is there, not who left and when. A name that is gone from it may have
left, or the page may have been tidied: a person should look.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from rules.model import Kind
from state.fold.holders import present
from state.fold.names import alike, folded
from state.fold.testimony import Testimony
from state.model import Belief, Tenure
from state.news.doubts import candidate, same_post
from state.news.telling import Direction, News, Telling


def vanished(
    shown: Iterable[Testimony], text: str, tenures: Iterable[Tenure], news: News
) -> tuple[Telling, ...]:
    """Return a candidate for each person *shown* before whom *text* no longer names.

    Each has the sentence of the last page that had it. When most are gone, the page
    has been built anew and tells nothing.
    """
    held = [t for t in shown if t.claim.kind is Kind.HOLDS and t.usable]
    gone = [t for t in held if not _shown_now(t.claim.person or "", text, news)]
    if len(gone) > max(1, len(held) // 2):
        return ()
    known = tuple(tenures)
    found = (_candidate(said, known, news) for said in gone)
    return tuple(telling for telling in found if telling is not None)


def _shown_now(person: str, text: str, news: News) -> bool:
    """Whether the page still names a person, be it in a longer or shorter form."""
    names = (t.claim.person or "" for t in news.testimonies)
    return folded(person) in folded(text) or any(alike(person, name) for name in names)


def _candidate(
    said: Testimony, tenures: tuple[Tenure, ...], news: News
) -> Telling | None:
    """Return the doubt about one person who still sits where the page showed them."""
    own = [t for t in tenures if same_post(said, t)]
    theirs = [
        t for t in present(own, news.clock) if alike(t.person, said.claim.person or "")
    ]
    if not theirs:
        return None
    telling = candidate(said, theirs[-1], Direction.OUT, (), news)
    return replace(telling, change=replace(telling.change, belief=Belief.REPORTED))
