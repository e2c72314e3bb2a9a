"""One organisation before and after one article: what is told, what is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import chain

from rules.model import Tier
from state.fold.fold import Known
from state.fold.posts import post_key
from state.fold.rulings import homed
from state.fold.testimony import Testimony
from state.model import (
    Change,
    ChangeStatus,
    StartingTenure,
    Tenure,
)
from state.news.corrections import corrections
from state.news.diff import diff
from state.news.disputes import disputes
from state.news.doubts import doubts
from state.news.moves import joined
from state.news.renames import renames
from state.news.telling import News, Telling, witnesses
from state.news.vanished import vanished
from state.news.waiting import Waiting, heard_again, must_wait, waiting
from state.store import changes, held, lookups, spells
from state.store.entry import Entry, Incoming, Recording
from state.store.ground import Ground
from state.store.recollection import Folded
from state.store.rows import cleaned, clock_of, organization_key


class Organization:
    """One organisation's state before and after one article."""

    def __init__(self, room: Recording, entry: Entry, ground: Ground) -> None:
        self.db, self.scope, self.memory = room.db, room.scope, room.memory
        self.entry, self.ground, self.policy = entry, ground, room.policy

    def take(self, text: Incoming) -> list[Change]:
        """Fold before and after, write the difference, and return the changes."""
        known, now = self._known(text), self._now(text)
        last = self._last()
        posts: Known = last.posts if last else {}
        before = last.tenures if last is not None else self._fold(known, posts)
        after = self._fold(now, posts)
        fresh = tuple(self._ours(now))
        newest = _newest(before, known, self.ground.baselines)
        tellings = self._tellings(before, after, self._news(fresh), newest)
        if self.entry.quiet:
            tellings = [t for t in tellings if _takes_back(t) or _is_noted(t)]
        else:
            tellings += self._candidates(after, now, fresh, newest)
            tellings += self._disputes(after)
            tellings += self._vanished(text.page, after, fresh)
        self._keep(last, after, posts)
        counted = ((t, witnesses(t, after, now)) for t in tellings)
        told = [c for t, n in counted if (c := self._write(t, n)) is not None]
        return told + self._heard_again(after, now)

    def _known(self, text: Incoming) -> tuple[Testimony, ...]:
        """Return the evidence as if this text had not come."""
        if text.revised:
            for name in self.ground.names:
                self.memory.forget(name)
        return self._counted(
            self.memory.without(self.db, name, text.revision)
            for name in self.ground.names
        )

    def _now(self, text: Incoming) -> tuple[Testimony, ...]:
        if text.revised:
            names = self.ground.names
            return self._counted(self.memory.anew(self.db, name) for name in names)
        return self._counted(
            self.memory.with_(self.db, name, text.revision)
            for name in self.ground.names
        )

    def _counted(self, heard: Iterable[tuple[Testimony, ...]]) -> tuple[Testimony, ...]:
        return self.ground.counted(chain.from_iterable(heard), self.scope)

    def _last(self) -> Folded | None:
        """Return what was last written, when decisions and start are still the same."""
        last = self.memory.folded(self.ground.organization)
        ground = self.ground
        rest = (ground.decisions, ground.baselines)
        return last if last and (last.decisions, last.baselines) == rest else None

    def _keep(
        self, last: Folded | None, after: tuple[Tenure, ...], posts: Known
    ) -> None:
        ground = self.ground
        stored = last.live if last else spells.live(self.db, ground.organization)
        kept = spells.write(self.db, stored, after, self.entry.now)
        folded = Folded(ground.decisions, ground.baselines, after, kept, posts)
        self.memory.keep(ground.organization, folded)

    def _fold(
        self, testimonies: Iterable[Testimony], posts: Known | None = None
    ) -> tuple[Tenure, ...]:
        return self.ground.fold(testimonies, self.scope, posts)

    def _ours(self, said: Iterable[Testimony]) -> Iterator[Testimony]:
        """Yield what the article at hand says."""
        article_id = cleaned(self.entry.article.id)
        return (t for t in said if t.claim.evidence.article_id == article_id)

    def _news(
        self,
        fresh: tuple[Testimony, ...],
        status: ChangeStatus = ChangeStatus.TOLD,
    ) -> News:
        if self.entry.quiet:
            status = ChangeStatus.NOTED
        usable = tuple(t for t in fresh if t.counts)
        return News(usable, self._clock(), self.entry.now, status)

    def _clock(self) -> date:
        """Return the article's day, or the day it was first seen when nobody says."""
        return clock_of(self.entry.article.published or self.entry.now)

    def _tellings(
        self,
        before: tuple[Tenure, ...],
        after: tuple[Tenure, ...],
        news: News,
        newest: Mapping[str, date],
    ) -> list[Telling]:
        """Return corrections first; a post that is corrected tells nothing else."""
        fallen = self._fallen(before, after, news)
        mended = {post_key(t.change.post) for t in fallen}
        told = changes.told_sides(self.db, (t.id for t in (*before, *after)))
        found = diff(before, after, news, newest, told)
        rest = joined(t for t in found if post_key(t.change.post) not in mended)
        rest += renames(after, news)
        return [*fallen, *rest, *doubts(after, news, newest)]

    def _fallen(
        self, before: tuple[Tenure, ...], after: tuple[Tenure, ...], news: News
    ) -> tuple[Telling, ...]:
        """Return what an edit of the article, or a denial in it, takes back."""
        if not any(t.denial for t in news.testimonies):
            return corrections(self._told_earlier(), after, news)
        told = self._told()
        old = {t.change.supersedes for t in corrections(told, before, news)}
        fell = corrections(told, after, news)
        return tuple(t for t in fell if t.change.supersedes not in old)

    def _told_earlier(self) -> tuple[Telling, ...]:
        """Return what the article told."""
        article_id = cleaned(self.entry.article.id)
        names = self.ground.names
        return self._homed(changes.told_by(self.db, article_id, n) for n in names)

    def _told(self) -> tuple[Telling, ...]:
        """Return all that was told of the organisation and still stands."""
        return self._homed(changes.told_in(self.db, n) for n in self.ground.names)

    def _homed(self, told: Iterable[tuple[Telling, ...]]) -> tuple[Telling, ...]:
        """Return tellings under the organisations' last names."""
        rulings = self.ground.decisions
        return tuple(
            replace(t, change=replace(t.change, post=homed(t.change.post, rulings)))
            for found in told
            for t in found
        )

    def _candidates(
        self,
        after: tuple[Tenure, ...],
        known: tuple[Testimony, ...],
        fresh: tuple[Testimony, ...],
        newest: Mapping[str, date],
    ) -> list[Telling]:
        """Return what would be told if the reader had been sure of its candidates."""
        sure = [_promoted(t) for t in fresh if t.claim.tier is Tier.CANDIDATE]
        if not sure:
            return []
        state = self._fold((*known, *sure))
        news = self._news(tuple(sure), ChangeStatus.CANDIDATE)
        told = changes.told_sides(self.db, (t.id for t in (*after, *state)))
        return list(diff(after, state, news, newest, told))

    def _disputes(self, after: tuple[Tenure, ...]) -> tuple[Telling, ...]:
        """Return for review what the article says against somebody's pin."""
        held = self.ground.against_pins(self.db, self.scope)
        ids = {t.id for t in self._ours(t for t, _ in held)}
        ours = [(t, pin) for t, pin in held if t.id in ids]
        return disputes(ours, after, self._news(()))

    def _vanished(
        self,
        page: int | None,
        after: tuple[Tenure, ...],
        fresh: tuple[Testimony, ...],
    ) -> tuple[Telling, ...]:
        """Return whom the page showed before and does not show any more."""
        if page is None:
            return ()
        names = self.ground.names
        shown = (
            t
            for t in lookups.said_in(self.db, page)
            if organization_key(t.claim.organization or "") in names
        )
        text = self.entry.article.content
        return vanished(shown, text, after, self._news(fresh))

    def _write(self, telling: Telling, sources: int) -> Change | None:
        article_id = cleaned(self.entry.article.id)
        channels = self.entry.channels or ()
        origin = changes.Origin(article_id, sources, channels)
        if must_wait(telling, self.policy):
            return self._hold(waiting(telling), origin)
        return changes.write_telling(self.db, telling, origin)

    def _hold(self, one: Waiting, origin: changes.Origin) -> Change | None:
        """Let a change wait for a second voice, where whoever reviews can see it."""
        written = changes.write_telling(self.db, Telling(one.change, ()), origin)
        if written is not None:
            held.keep(self.db, one, self.entry.now + self.policy.patience)
        return written

    def _heard_again(
        self, after: tuple[Tenure, ...], said: tuple[Testimony, ...]
    ) -> list[Change]:
        """Tell what has waited and is now said by enough voices."""
        told: list[Change] = []
        now = self.entry.now
        if self.entry.quiet:
            return told
        for one in held.of(self.db, self.ground.names, now):
            telling = heard_again(one, after, said, self.policy, now)
            if telling is None:
                continue
            held.done(self.db, one)
            channels = self.entry.channels or ()
            origin = changes.Origin(cleaned(self.entry.article.id), 2, channels)
            change = changes.write_telling(self.db, telling, origin)
            told += [change] if change is not None else []
        return told


def _promoted(testimony: Testimony) -> Testimony:
    return replace(testimony, claim=replace(testimony.claim, tier=Tier.ALERT))


def _takes_back(telling: Telling) -> bool:
    return telling.change.supersedes is not None


def _is_noted(telling: Telling) -> bool:
    return telling.change.status is ChangeStatus.NOTED


def _newest(
    tenures: Iterable[Tenure],
    testimonies: Iterable[Testimony],
    baselines: Iterable[StartingTenure],
) -> dict[str, date]:
    """Return, per post, the clock of the newest evidence that its state rests on."""
    clocks = {t.id: t.clock for t in testimonies}
    newest: dict[str, date] = {}
    for tenure in tenures:
        key = post_key(tenure.post)
        days = [clocks[i] for i in tenure.claim_ids if i in clocks]
        newest[key] = max([*days, newest.get(key, date.min)])
    for known in baselines:
        key = post_key(known.post)
        since = known.since.earliest or date.min
        newest[key] = max(since, newest.get(key, date.min))
    return newest
