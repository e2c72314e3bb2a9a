"""What the ledger keeps of articles, posts and tenures: read and written. SQL only.

Nothing is decided here, and every caller is inside its own transaction.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from rules.model import Article, Claim
from state.fold.testimony import Testimony
from state.model import Post, Source, StartingTenure, Tenure, Version
from state.store.feednames import feed_name
from state.store.migrations import FOREVER
from state.store.rows import (
    Row,
    baseline_of,
    claim_row,
    cleaned,
    moment_of,
    post_row,
    stamp,
    tenure_of,
    tenure_row,
    testimony_of,
)

CLAIMS = """
SELECT c.*, r.article_id, r.url, r.published, a.first_seen_at,
    s.name AS source, s.owner, s.kind AS source_kind
FROM claims AS c
JOIN revisions AS r ON r.id = c.revision_id
JOIN articles AS a ON a.id = r.article_id
JOIN sources AS s ON s.id = a.source_id
"""
# A chief is named in thousands of articles. Of one outlet's mere mentions of a person
# in a post, the first and the last of each month say what the fold needs.
_MENTION = "kind = 'holds' AND when_latest IS NULL"
_EVIDENCE = f"""
WITH counted AS ({CLAIMS}
    WHERE c.organization_key = :organization AND r.id = (
        SELECT max(n.id) FROM revisions AS n
        WHERE n.article_id = r.article_id AND NOT n.excerpt AND n.id <> :without)
), ranked AS (
    SELECT *, row_number() OVER up AS nth, row_number() OVER down AS nth_last
    FROM counted
    WINDOW mention AS (PARTITION BY {_MENTION}, unit, role_key, person, owner,
        capacity, polarity, modality, tense, currency, tier,
        substr(coalesce(published, first_seen_at), 1, 7)),
    up AS (mention ORDER BY coalesce(published, first_seen_at), id),
    down AS (mention ORDER BY coalesce(published, first_seen_at) DESC, id DESC)
)
SELECT * FROM ranked WHERE NOT ({_MENTION}) OR nth = 1 OR nth_last = 1
"""  # noqa: S608  our own words
_POSTED = "JOIN posts AS p ON p.id = x.post_id"
_POST = "p.organization, p.unit, p.role_key, p.role, p.seats"


@dataclass(frozen=True, slots=True)
class Revision:
    """One text of one article as stored."""

    id: int
    article_id: str
    content: str


def content_hash(content: str) -> str:
    """Return the identity of one text of an article."""
    return hashlib.sha256(cleaned(content).encode()).hexdigest()


def known_text(db: Database, article_id: str, content: str) -> bool:
    """Whether this very text of the article was recorded, or read by its page."""
    key = [article_id, content_hash(content)]
    found = db.execute(
        "SELECT 1 FROM revisions WHERE article_id = ? AND content_hash = ? "
        "UNION ALL SELECT 1 FROM sightings WHERE article_id = ? AND content_hash = ?",
        key * 2,
    )
    return found.fetchone() is not None


def note_sighting(db: Database, article_id: str, content: str, now: datetime) -> None:
    """Keep that this text was seen, without keeping the text."""
    db.execute(
        "INSERT OR IGNORE INTO sightings VALUES (?, ?, ?)",
        [article_id, content_hash(content), stamp(now)],
    )


def latest_revision(db: Database, article_id: str) -> Revision | None:
    """Return the text that counts now: the last one that is no mere excerpt."""
    row = db.execute(
        "SELECT id, text FROM revisions WHERE article_id = ? AND NOT excerpt "
        "ORDER BY id DESC LIMIT 1",
        [article_id],
    ).fetchone()
    if row is None:
        return None
    return Revision(row[0], article_id, zlib.decompress(row[1]).decode())


def add_article(
    db: Database, article: Article, feed: str, source: Source, now: datetime
) -> None:
    """Keep the article's identity, where it came from and when it was first seen."""
    facts = [cleaned(source.name), cleaned(source.owner), cleaned(source.kind)]
    db.execute(
        "INSERT OR IGNORE INTO sources (name, owner, kind) VALUES (?, ?, ?)", facts
    )
    db.execute(
        "INSERT OR IGNORE INTO articles VALUES (?, ?, (SELECT id FROM sources "
        "WHERE name = ? AND owner = ? AND kind = ?), ?)",
        [cleaned(article.id), cleaned(feed_name(feed)), *facts, stamp(now)],
    )


def add_revision(
    db: Database, article: Article, now: datetime, *, excerpt: bool
) -> int:
    """Keep one text of the article, compressed, and return its id."""
    content = cleaned(article.content)
    row: Row = {
        "article_id": cleaned(article.id),
        "content_hash": content_hash(content),
        "title": cleaned(article.title),
        "url": cleaned(article.url),
        "published": stamp(article.published) if article.published else None,
        "text": zlib.compress(content.encode()),
        "excerpt": int(excerpt),
        "recorded_at": stamp(now),
    }
    return insert(db, "revisions", row)


def add_claims(db: Database, revision: int, claims: Iterable[Claim]) -> None:
    """Keep what one text claims, each claim once."""
    for row in {claim.id: claim_row(claim) for claim in claims}.values():
        insert(db, "claims", {"revision_id": revision, **row})


def insert(db: Database, table: str, row: Row) -> int:
    """Insert *row* and return its number."""
    names, marks = ", ".join(row), ", ".join("?" * len(row))
    sql = f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608  own names
    return db.execute(sql, list(row.values())).lastrowid or 0


def organizations(db: Database, revision: int) -> frozenset[str]:
    """Return the keys of the organisations that one text speaks of."""
    found = db.execute(
        "SELECT DISTINCT organization_key FROM claims WHERE revision_id = ? "
        "AND organization_key IS NOT NULL",
        [revision],
    )
    return frozenset(key for (key,) in found)


def evidence(
    db: Database, organization: str, *, without: int = 0
) -> tuple[Testimony, ...]:
    """Return all claims on one organisation, by each article's text that counts.

    *without* is a revision to leave out, as if it had not come.
    """
    rows = db.query(_EVIDENCE, {"organization": organization, "without": without})
    return tuple(testimony_of(row) for row in rows)


def baselines(db: Database, organization: str) -> tuple[StartingTenure, ...]:
    """Return what the user knew at the start of one organisation's posts."""
    sql = f"SELECT x.*, {_POST} FROM baselines AS x {_POSTED} "  # noqa: S608  own names
    rows = db.query(sql + "WHERE p.organization_key = ? ORDER BY x.id", [organization])
    return tuple(baseline_of(row) for row in rows)


def add_baseline(db: Database, known: StartingTenure, now: datetime) -> bool:
    """Keep one starting tenure; False when it is known already."""
    row: Row = {
        "post_id": post_id(db, known.post),
        "person": cleaned(known.person),
        "since": str(known.since),
        "until": str(known.until) if known.until is not None else None,
        "capacity": known.capacity.value,
    }
    same = " AND ".join(f"{name} IS :{name}" for name in row)
    sql = f"SELECT 1 FROM baselines WHERE {same}"  # noqa: S608  own names
    if db.execute(sql, row).fetchone():
        return False
    insert(db, "baselines", {**row, "recorded_at": stamp(now)})
    return True


def post_id(db: Database, post: Post) -> int:
    """Return the number of a post, which is kept if it is new."""
    row = post_row(post)
    sql = "SELECT id FROM posts WHERE key = ?"
    found = db.execute(sql, [row["key"]]).fetchone()
    return int(found[0]) if found else insert(db, "posts", row)


def tenures(
    db: Database, organization: str | None = None, as_known: datetime | None = None
) -> tuple[Tenure, ...]:
    """Return the tenures as known now, or as known at a moment, post by post."""
    known = stamp(as_known) if as_known else None
    rows = db.query(
        f"SELECT x.*, {_POST} FROM tenures AS x {_POSTED} "  # noqa: S608  own names
        "WHERE (:organization IS NULL OR p.organization_key = :organization) AND "
        "CASE WHEN :known IS NULL THEN x.recorded_to = :forever "
        "ELSE x.recorded_from <= :known AND :known < x.recorded_to END "
        "ORDER BY p.organization_key, coalesce(p.unit, ''), p.key, x.position, "
        "x.version",
        {"organization": organization, "known": known, "forever": FOREVER},
    )
    return tuple(tenure_of(row) for row in rows)


def versions(db: Database) -> tuple[Version, ...]:
    """Return every version of every tenure, post by post, spell by spell, in time."""
    first = "SELECT min(o.version) FROM tenures AS o WHERE o.id = x.id"
    rows = db.query(
        f"SELECT x.*, {_POST} FROM tenures AS x {_POSTED} "  # noqa: S608  own names
        f"ORDER BY p.organization_key, coalesce(p.unit, ''), p.key, ({first}), "
        "x.version"
    )
    return tuple(_version(row) for row in rows)


def _version(row: Row) -> Version:
    until = row["recorded_to"] if row["recorded_to"] != FOREVER else None
    since = datetime.fromisoformat(row["recorded_from"])
    return Version(tenure_of(row), since, moment_of(until))


def write_tenures(
    db: Database, organization: str, after: Iterable[Tenure], now: datetime
) -> None:
    """Make *after* the live versions: changed ones close the old, gone ones end."""
    live = _live(db, organization)
    for position, tenure in enumerate(after):
        row = {**tenure_row(tenure), "position": position}
        old = live.pop(tenure.id, None)
        if old is not None and all(old[name] == row[name] for name in row):
            continue
        if old is not None:
            _close(db, old, now)
        row["post_id"] = post_id(db, tenure.post)
        insert(db, "tenures", {**row, "recorded_from": stamp(now)})
    for old in live.values():
        _close(db, old, now)


def _live(db: Database, organization: str) -> dict[str, Row]:
    rows = db.query(
        f"SELECT x.* FROM tenures AS x {_POSTED} "  # noqa: S608  own names
        "WHERE p.organization_key = ? AND x.recorded_to = ?",
        [organization, FOREVER],
    )
    return {row["id"]: row for row in rows}


def _close(db: Database, old: Row, now: datetime) -> None:
    """End a version's time; a clock that was set back does not end it too early."""
    db.execute(
        "UPDATE tenures SET recorded_to = max(recorded_from, ?) WHERE version = ?",
        [stamp(now), old["version"]],
    )


def claims_of(db: Database, claim_ids: Iterable[str]) -> tuple[Testimony, ...]:
    """Return stored claims by their ids, with their articles and sources."""
    chosen = (
        "WHERE c.id IN (SELECT value FROM json_each(?)) GROUP BY c.id ORDER BY c.id"
    )
    rows = db.query(f"{CLAIMS} {chosen}", [json.dumps(list(claim_ids))])
    return tuple(testimony_of(row) for row in rows)
