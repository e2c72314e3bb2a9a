"""One article into the ledger, and what it tells. Runs inside one transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlite_utils import Database

from state.model import (
    Change,
    ChangeStatus,
    StartingTenure,
)
from state.news.settle import settled
from state.news.telling import quotes
from state.store import changes, facts, spells, versions
from state.store.entry import Entry, Incoming, Recording
from state.store.ground import Ground
from state.store.organization import Organization
from state.store.rows import cleaned, organization_key
from state.store.scope import Scope


def record(room: Recording, entry: Entry) -> tuple[Change, ...]:
    """Keep an article and its claims, and return the changes that are told."""
    db, scope = room.db, room.scope
    room.memory.catch_up(db)
    article = entry.article
    if facts.known_text(db, cleaned(article.id), article.content):
        return ()
    earlier = facts.latest_revision(db, cleaned(article.id))
    excerpt = earlier is not None and versions.falls_short(article, earlier)
    facts.add_article(db, article, entry.feed, entry.source, entry.now)
    revision = facts.add_revision(
        db, article, entry.now, excerpt=excerpt, quiet=entry.quiet
    )
    facts.add_claims(db, revision, entry.reading.claims)
    if excerpt:
        return ()
    touched = _touched(scope, entry)
    if earlier is not None:
        touched |= facts.organizations(db, earlier.id)
    page = versions.page_before(db, article, revision)
    if page is not None:
        touched |= facts.organizations(db, page)
    told: list[Change] = []
    grounds = {g.organization: g for g in (Ground.of(db, key) for key in touched)}
    for _, ground in sorted(grounds.items()):
        text = Incoming(revision, revised=earlier is not None, page=page)
        told += Organization(room, entry, ground).take(text)
    return tuple(c for c in told if c.status is ChangeStatus.TOLD)


def _touched(scope: Scope, entry: Entry) -> frozenset[str]:
    keys = (
        organization_key(cleaned(c.organization or ""))
        for c in entry.reading.claims
        if scope.covers(c)
    )
    return frozenset(key for key in keys if key)


def begin(
    room: Recording, known: Iterable[StartingTenure], now: datetime, *, anew: bool
) -> None:
    """Keep what the user knows at the start; what is known already changes nothing."""
    db, scope = room.db, room.scope
    new = [k for k in known if facts.add_baseline(db, k, now, anew=anew)]
    keys = {organization_key(k.post.organization) or "" for k in new}
    for organization in sorted(keys):
        ground = Ground.of(db, organization)
        tenures = ground.fold(ground.testimonies(db, scope), scope)
        spells.write(db, spells.live(db, ground.organization), tenures, now)


def settle(db: Database, now: datetime) -> tuple[Change, ...]:
    """Note the plans whose day has come, each once."""
    tenures = spells.planned(db)
    noted = changes.told_sides(db, (t.id for t in tenures))
    said = {t.id: quotes(facts.claims_of(db, t.claim_ids)) for t in tenures}
    notes = settled(tenures, now, noted, said)
    origin = changes.Origin(None, 1)
    written = (changes.write_telling(db, note, origin) for note in notes)
    return tuple(change for change in written if change is not None)
