"""What the ledger keeps of articles, posts and tenures: read and written. SQL only.

Nothing is decided here, and every caller is inside its own transaction.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from sqlite_utils import Database

from rules.model import Article, Claim
from state.fold.starts import last_entries
from state.fold.testimony import Testimony
from state.model import Post, Source, StartingTenure
from state.store import postwords
from state.store.feednames import feed_name
from state.store.functions import packed, unpacked
from state.store.rows import (
    Row,
    baseline_of,
    claim_row,
    cleaned,
    post_of_row,
    post_row,
    stamp,
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
# The same choice as in `fold/mentions.py`, made where all claims are.
_REPEATS = """
CASE WHEN c.kind = 'holds' THEN c.when_latest IS NULL OR c.currency = 'background'
    ELSE c.kind <> 'vacant' AND c.currency = 'background' END
"""
_EVIDENCE = f"""
WITH counted AS (
    SELECT c.*, r.article_id, r.url, r.published, a.first_seen_at,
        s.name AS source, s.owner, s.kind AS source_kind, {_REPEATS} AS repeats,
        substr(coalesce(r.published, a.first_seen_at), 1, 10) AS day,
        min(c.person) OVER company <> max(c.person) OVER company AS together
    FROM claims AS c
    JOIN revisions AS r ON r.id = c.revision_id
    JOIN articles AS a ON a.id = r.article_id
    JOIN sources AS s ON s.id = a.source_id
    WHERE c.organization_key = :organization AND r.id = (
        SELECT max(n.id) FROM revisions AS n
        WHERE n.article_id = r.article_id AND NOT n.excerpt AND n.id <> :without)
    WINDOW company AS (PARTITION BY c.revision_id, c.kind, c.unit, c.role_key)
), ranked AS (
    SELECT *, row_number() OVER up AS nth, row_number() OVER down AS nth_last,
        row_number() OVER own AS nth_own
    FROM counted
    WINDOW mention AS (PARTITION BY repeats, kind, unit, role_key, person, capacity,
        polarity, modality, tense, currency, tier, attribution, when_earliest,
        when_latest, replaces, cause, source_kind, together, substr(day, 1, 7)),
    up AS (mention ORDER BY day, id),
    down AS (mention ORDER BY day DESC, id DESC),
    own AS (PARTITION BY repeats, kind, unit, role_key, person, owner ORDER BY day, id)
), voiced AS (
    SELECT *, sum(nth_own = 1) OVER (PARTITION BY repeats, kind, unit, role_key, person
        ORDER BY day, id ROWS UNBOUNDED PRECEDING) AS nth_voice
    FROM ranked
)
SELECT * FROM voiced
WHERE NOT repeats OR nth = 1 OR nth_last = 1 OR (nth_own = 1 AND nth_voice <= 2)
"""  # noqa: S608  our own words
_POSTED = "JOIN posts AS p ON p.id = x.post_id"
_POST = "p.organization, p.unit, p.role_key, p.role, p.seats"


@dataclass(frozen=True, slots=True)
class Revision:
    """One text of one article as stored."""

    id: int
    article_id: str
    content: str
    origin: str


@lru_cache(maxsize=64)
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


def known_texts(
    db: Database, article_ids: Iterable[str], contents: Iterable[str]
) -> bool:
    """Whether any of these articles is known in one of these texts."""
    ids, hashes = tuple(article_ids), tuple(map(content_hash, contents))
    one, other = ", ".join("?" * len(ids)), ", ".join("?" * len(hashes))
    where = f"article_id IN ({one}) AND content_hash IN ({other})"
    found = db.execute(
        f"SELECT 1 FROM sightings WHERE {where} "  # noqa: S608  marks only
        f"UNION ALL SELECT 1 FROM revisions WHERE {where} LIMIT 1",
        [*ids, *hashes] * 2,
    )
    return found.fetchone() is not None


def has_article(db: Database, article_id: str) -> bool:
    """Whether a text of the article is kept, or was."""
    found = db.execute("SELECT 1 FROM articles WHERE id = ?", [article_id])
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
        "SELECT id, text, origin FROM revisions WHERE article_id = ? AND NOT excerpt "
        "ORDER BY id DESC LIMIT 1",
        [article_id],
    ).fetchone()
    if row is None:
        return None
    return Revision(row[0], article_id, unpacked(row[1]), row[2])


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
    db: Database, article: Article, now: datetime, *, excerpt: bool, quiet: bool = False
) -> int:
    """Keep one text of the article, compressed, and return its id.

    A *quiet* one was kept with nobody to be told of what it says.
    """
    content = cleaned(article.content)
    row: Row = {
        "article_id": cleaned(article.id),
        "content_hash": content_hash(content),
        "title": cleaned(article.title),
        "url": cleaned(article.url),
        "published": stamp(article.published) if article.published else None,
        "text": packed(content),
        "excerpt": int(excerpt),
        "quiet": int(quiet),
        "origin": cleaned(article.origin),
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
) -> tuple[tuple[Testimony, bool], ...]:
    """Return the claims on one organisation that count, by each article's last text.

    With each stands whether its article shows others in the post, too. *without* is a
    revision to leave out, as if it had not come.
    """
    rows = db.query(_EVIDENCE, {"organization": organization, "without": without})
    return tuple((testimony_of(row), bool(row["together"])) for row in rows)


def claimed(db: Database, revision: int, organization: str) -> tuple[Testimony, ...]:
    """Return what one text claims of one organisation."""
    where = "WHERE c.revision_id = ? AND c.organization_key = ?"
    rows = db.query(f"{CLAIMS} {where}", [revision, organization])
    return tuple(testimony_of(row) for row in rows)


def baselines(db: Database, organization: str) -> tuple[StartingTenure, ...]:
    """Return what the user knew at the start of one organisation's posts."""
    sql = f"SELECT x.*, {_POST} FROM baselines AS x {_POSTED} "  # noqa: S608  own names
    rows = db.query(sql + "WHERE p.organization_key = ? ORDER BY x.id", [organization])
    return tuple(baseline_of(row) for row in rows)


def add_baseline(
    db: Database, known: StartingTenure, now: datetime, *, anew: bool
) -> bool:
    """Keep one starting tenure; False when it is known already.

    It is known when it was ever entered so; with *anew* when it still counts so.
    """
    row: Row = {
        "post_id": post_id(db, known.post),
        "person": cleaned(known.person),
        "since": str(known.since),
        "until": str(known.until) if known.until is not None else None,
        "capacity": known.capacity.value,
    }
    entries = _entries(db, row, known.post)
    counted = last_entries(entries) if anew else entries
    if replace(known, person=row["person"]) in counted:
        return False
    insert(db, "baselines", {**row, "recorded_at": stamp(now)})
    return True


def _entries(db: Database, row: Row, post: Post) -> tuple[StartingTenure, ...]:
    """Return what was entered of one person in one post, in the order of entry."""
    sql = "SELECT * FROM baselines WHERE post_id = ? AND person = ? ORDER BY id"
    rows = db.query(sql, [row["post_id"], row["person"]])
    return tuple(replace(baseline_of({**post_row(post), **r}), post=post) for r in rows)


def post_id(db: Database, post: Post) -> int:
    """Return the number of a post, which is kept if it is new."""
    row = post_row(post)
    sql = "SELECT id FROM posts WHERE key = ?"
    found = db.execute(sql, [row["key"]]).fetchone()
    if found:
        return int(found[0])
    number = insert(db, "posts", row)
    postwords.enter(db, number, post_of_row(row))
    return number


def claims_of(db: Database, claim_ids: Iterable[str]) -> tuple[Testimony, ...]:
    """Return stored claims by their ids, with their articles and sources."""
    chosen = (
        "WHERE c.id IN (SELECT value FROM json_each(?)) GROUP BY c.id ORDER BY c.id"
    )
    rows = db.query(f"{CLAIMS} {chosen}", [json.dumps(list(claim_ids))])
    return tuple(testimony_of(row) for row in rows)
