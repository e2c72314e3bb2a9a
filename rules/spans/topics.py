"""Follow which organisation the text speaks of, sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rules.document import How, OrgRef, PersonRef, RoleRef, Span
from rules.language.words import PREPOSITIONS, words
from rules.spans.draft import Draft

_INTRODUCES = words("called named dubbed")
_KINDS = words("company firm startup start-up lab venture business outfit")
_OWN = words("her his new own their")
_AFTER = 5
_APPOSED = ((",", "the"), (",", "a"), (",", "an"))


def follow(drafts: Sequence[Draft], focus: OrgRef | None) -> None:
    """Tell every sentence its topic: the focus, until another is brought in."""
    topic = focus
    for draft in drafts:
        draft.topic = topic
        topic = _next(draft, topic, focus)


def rival(draft: Draft, index: int, focus: OrgRef) -> bool:
    """Whether "the company" at *index* may well mean another than the focus."""
    before = [s for s in _named(draft) if s.last <= index]
    if before:
        return any(_name(s) != focus.name for s in before)
    return draft.topic is None or draft.topic.name != focus.name


def _next(draft: Draft, topic: OrgRef | None, focus: OrgRef | None) -> OrgRef | None:
    """Return the topic after this sentence."""
    spans = list(_named(draft))
    leads = [s for s in spans if _subject(draft, s) or _new(draft, s)]
    if leads:
        alike = {_name(s) for s in leads}
        return _plain(leads[0]) if len(alike) == 1 else None
    if focus is not None and any(_name(s) == focus.name for s in spans):
        return focus
    return topic


def _named(draft: Draft) -> Iterator[Span]:
    for span in draft.spans():
        ref = span.ref
        if isinstance(ref, OrgRef) and not ref.press and ref.how is not How.ANAPHOR:
            yield span


def _name(span: Span) -> str:
    return span.ref.name if isinstance(span.ref, OrgRef) else ""


def _plain(span: Span) -> OrgRef | None:
    ref = span.ref
    return OrgRef(ref.name, watched=ref.watched) if isinstance(ref, OrgRef) else None


def _subject(draft: Draft, span: Span) -> bool:
    """Whether the sentence begins with it and says something of it."""
    before = draft.lows[: span.first]
    if len(before) > _AFTER or any(low in PREPOSITIONS for low in before):
        return False
    first = [draft.ref(i) for i in range(span.first)]
    if any(isinstance(ref, OrgRef) for ref in first):
        return False
    return not any(isinstance(ref, PersonRef | RoleRef) for ref in first)


def _new(draft: Draft, span: Span) -> bool:
    """Whether the text brings it in: "her firm, Orbis,", "Orbis, the start-up that"."""
    before = draft.low(span.first - 1)
    if draft.lows[span.last : span.last + 2] in _APPOSED:
        near = draft.lows[span.last + 2 : span.last + _AFTER]
        return any(low in _KINDS for low in near)
    if before in _INTRODUCES:
        return draft.low(span.first - 2) in _KINDS
    owned = not _OWN.isdisjoint(draft.lows[max(0, span.first - _AFTER) : span.first])
    return before in {","} | _KINDS and owned and _kind_near(draft, span.first)


def _kind_near(draft: Draft, first: int) -> bool:
    return not _KINDS.isdisjoint(draft.lows[max(0, first - 2) : first])
