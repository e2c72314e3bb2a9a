"""What of a thousand like mentions counts: the first and the last of each month. Pure.

A chief is named in thousands of articles. Of mentions that say the same of a person
in a post, the first and the last of a month say what the fold needs, and the first of
the first two owners that there are two voices. News of a coming or going counts in
full.

The same is chosen in SQL by `facts.evidence`; here it is kept up, article by article.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from rules.model import Currency, Kind
from state.fold.testimony import Testimony

Key = tuple[object, ...]

_VOICES = 2


class Heard:
    """The claims on one organisation that count, kept up as more come."""

    def __init__(self, counted: Iterable[tuple[Testimony, bool]] = ()) -> None:
        self._news: list[Testimony] = []
        self._ends: dict[Key, tuple[Testimony, Testimony]] = {}
        self._voices: dict[Key, dict[str, Testimony]] = {}
        for testimony, together in counted:
            self.add(testimony, together=together)

    def add(self, testimony: Testimony, *, together: bool) -> None:
        """Take one more claim; *together*: its article shows others in the post too."""
        if not _repeats(testimony):
            self._news.append(testimony)
            return
        key = _what(testimony, together)
        first, last = self._ends.get(key, (testimony, testimony))
        first = min(first, testimony, key=_place)
        self._ends[key] = (first, max(last, testimony, key=_place))
        self._voice(testimony)

    def _voice(self, testimony: Testimony) -> None:
        """Keep the first word of each of the first two owners."""
        said = self._voices.setdefault(_of_whom(testimony), {})
        owner = testimony.source.owner
        said[owner] = min(said.get(owner, testimony), testimony, key=_place)
        if len(said) > _VOICES:
            del said[max(said, key=lambda name: _place(said[name]))]

    def counted(self) -> tuple[Testimony, ...]:
        """Return what counts, each claim once."""
        ends = chain.from_iterable(self._ends.values())
        voices = (t for said in self._voices.values() for t in said.values())
        found = {id(t): t for t in chain(self._news, ends, voices)}
        return tuple(found.values())


def shows_several(testimonies: Iterable[Testimony], testimony: Testimony) -> bool:
    """Whether the article of *testimony* shows more than one person in its post."""
    post = _post(testimony)
    return len({t.claim.person for t in testimonies if _post(t) == post}) > 1


def _post(testimony: Testimony) -> Key:
    claim = testimony.claim
    return (claim.evidence.article_id, claim.kind, claim.unit, claim.role_key)


def _repeats(testimony: Testimony) -> bool:
    claim = testimony.claim
    if claim.kind is Kind.HOLDS:
        return claim.when.latest is None or claim.currency is Currency.BACKGROUND
    return claim.kind is not Kind.VACANT and claim.currency is Currency.BACKGROUND


def _what(testimony: Testimony, together: bool) -> Key:  # noqa: FBT001  part of a key
    claim = testimony.claim
    return (
        *(claim.kind, claim.unit, claim.role_key, claim.person, claim.capacity),
        *(claim.polarity, claim.modality, claim.tense, claim.currency, claim.tier),
        *(claim.attribution, claim.when, claim.replaces, claim.cause),
        *(testimony.source.kind, together, testimony.clock.replace(day=1)),
    )


def _of_whom(testimony: Testimony) -> Key:
    claim = testimony.claim
    return (claim.kind, claim.unit, claim.role_key, claim.person)


def _place(testimony: Testimony) -> tuple[object, str]:
    return (testimony.clock, testimony.claim.id)
