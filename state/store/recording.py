"""One article into the ledger, and what it tells. Runs inside one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlite_utils import Database

from rules.model import Article, Reading, Tier
from state.fold.posts import post_key
from state.fold.rulings import homed
from state.fold.testimony import Testimony
from state.model import Change, ChangeStatus, Source, StartingTenure, Tenure
from state.news.corrections import corrections, is_excerpt
from state.news.diff import diff
from state.news.doubts import doubts
from state.news.settle import settled
from state.news.telling import Direction, News, Telling, quotes, witnesses
from state.store import changes, facts
from state.store.ground import Ground
from state.store.rows import cleaned, clock_of, organization_key
from state.store.scope import Scope

Told = frozenset[tuple[str, Direction]]


@dataclass(frozen=True, slots=True)
class Entry:
    """One reading on its way into the ledger."""

    reading: Reading
    feed: str
    source: Source
    now: datetime
    channels: Sequence[str] = ()

    @property
    def article(self) -> Article:
        """The article that was read."""
        return self.reading.article


def record(db: Database, scope: Scope, entry: Entry) -> tuple[Change, ...]:
    """Keep an article and its claims, and return the changes that are told."""
    article = entry.article
    if facts.known_text(db, cleaned(article.id), article.content):
        return ()
    earlier = facts.latest_revision(db, cleaned(article.id))
    content = cleaned(article.content)
    excerpt = earlier is not None and is_excerpt(content, earlier.content)
    facts.add_article(db, article, entry.feed, entry.source, entry.now)
    revision = facts.add_revision(db, article, entry.now, excerpt=excerpt)
    facts.add_claims(db, revision, entry.reading.claims)
    if excerpt:
        return ()
    touched = _touched(scope, entry)
    if earlier is not None:
        touched |= facts.organizations(db, earlier.id)
    told: list[Change] = []
    grounds = {g.organization: g for g in (Ground.of(db, key) for key in touched)}
    for _, ground in sorted(grounds.items()):
        state = _Organization(db, scope, entry, ground)
        state.revised = earlier is not None
        told += state.take(revision)
    return tuple(c for c in told if c.status is ChangeStatus.TOLD)


def _touched(scope: Scope, entry: Entry) -> frozenset[str]:
    keys = (
        organization_key(cleaned(c.organization or ""))
        for c in entry.reading.claims
        if scope.covers(c)
    )
    return frozenset(key for key in keys if key)


class _Organization:
    """One organisation's state before and after one article."""

    revised = False

    def __init__(
        self, db: Database, scope: Scope, entry: Entry, ground: Ground
    ) -> None:
        self.db, self.scope, self.entry, self.ground = db, scope, entry, ground

    def take(self, revision: int) -> list[Change]:
        """Fold before and after, write the difference, and return the changes."""
        now = self._evidence()
        known = self._known(now, revision)
        before, after = self._fold(known), self._fold(now)
        fresh = tuple(t for t in now if self._is_ours(t))
        newest = _newest(before, known, self.ground.baselines)
        tellings = self._tellings(before, after, self._news(fresh), newest)
        tellings += self._candidates(after, now, fresh, newest)
        organization = self.ground.organization
        facts.write_tenures(self.db, organization, after, self.entry.now)
        counted = ((t, witnesses(t, after, now)) for t in tellings)
        return [c for t, n in counted if (c := self._write(t, n)) is not None]

    def _known(
        self, now: tuple[Testimony, ...], revision: int
    ) -> tuple[Testimony, ...]:
        """Return the evidence as if this text had not come."""
        if self.revised:
            return self._evidence(without=revision)
        return tuple(t for t in now if not self._is_ours(t))

    def _evidence(self, *, without: int = 0) -> tuple[Testimony, ...]:
        return self.ground.testimonies(self.db, self.scope, without=without)

    def _fold(self, testimonies: Iterable[Testimony]) -> tuple[Tenure, ...]:
        return self.ground.fold(testimonies, self.scope)

    def _is_ours(self, testimony: Testimony) -> bool:
        article_id = testimony.claim.evidence.article_id
        return article_id == cleaned(self.entry.article.id)

    def _news(
        self,
        fresh: tuple[Testimony, ...],
        status: ChangeStatus = ChangeStatus.TOLD,
    ) -> News:
        usable = tuple(t for t in fresh if t.usable)
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
        article_id = cleaned(self.entry.article.id)
        fallen = corrections(self._told_earlier(article_id), after, news)
        mended = {post_key(t.change.post) for t in fallen}
        told = changes.told_sides(self.db)
        found = diff(before, after, news, newest, told)
        rest = [t for t in found if post_key(t.change.post) not in mended]
        return [*fallen, *rest, *doubts(after, news, newest)]

    def _told_earlier(self, article_id: str) -> tuple[Telling, ...]:
        """Return what the article told, under the organisations' last names."""
        rulings = self.ground.decisions
        told = (changes.told_by(self.db, article_id, n) for n in self.ground.names)
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
        told = changes.told_sides(self.db)
        return list(diff(after, state, news, newest, told))

    def _write(self, telling: Telling, sources: int) -> Change | None:
        article_id = cleaned(self.entry.article.id)
        origin = changes.Origin(article_id, sources, self.entry.channels)
        return changes.write_telling(self.db, telling, origin)


def _promoted(testimony: Testimony) -> Testimony:
    return replace(testimony, claim=replace(testimony.claim, tier=Tier.ALERT))


def _newest(
    tenures: Iterable[Tenure],
    testimonies: Iterable[Testimony],
    baselines: Iterable[StartingTenure],
) -> dict[str, date]:
    """Return, per post, the clock of the newest evidence that its state rests on."""
    clocks = {t.claim.id: t.clock for t in testimonies}
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


def begin(
    db: Database, known: Iterable[StartingTenure], scope: Scope, now: datetime
) -> None:
    """Keep what the user knows at the start; what is known already changes nothing."""
    new = [k for k in known if facts.add_baseline(db, k, now)]
    keys = {organization_key(k.post.organization) or "" for k in new}
    for organization in sorted(keys):
        ground = Ground.of(db, organization)
        tenures = ground.fold(ground.testimonies(db, scope), scope)
        facts.write_tenures(db, ground.organization, tenures, now)


def settle(db: Database, now: datetime) -> tuple[Change, ...]:
    """Note the plans whose day has come, each once."""
    tenures = [t for t in facts.tenures(db) if t.start_planned or t.end.known]
    noted = changes.told_sides(db)
    said = {t.id: quotes(facts.claims_of(db, t.claim_ids)) for t in tenures}
    notes = settled(tenures, now, noted, said)
    origin = changes.Origin(None, 1)
    written = (changes.write_telling(db, note, origin) for note in notes)
    return tuple(change for change in written if change is not None)
