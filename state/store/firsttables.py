"""The tables that the first ledger was made of: SQL, never edited once released."""

from __future__ import annotations

READING = """
CREATE TABLE feeds (
    url TEXT PRIMARY KEY,
    etag BLOB,
    last_modified BLOB,
    next_due_at TEXT,
    checked_at TEXT,
    body_hash TEXT,
    failures INTEGER NOT NULL DEFAULT 0,
    error TEXT
);
CREATE TABLE sources (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    owner TEXT NOT NULL,
    kind TEXT NOT NULL,
    UNIQUE (name, owner, kind)
);
CREATE TABLE articles (
    id TEXT PRIMARY KEY,
    feed TEXT NOT NULL,
    source_id INTEGER NOT NULL REFERENCES sources (id),
    first_seen_at TEXT NOT NULL
);
CREATE TABLE revisions (
    id INTEGER PRIMARY KEY,
    article_id TEXT NOT NULL REFERENCES articles (id),
    content_hash TEXT NOT NULL,
    title TEXT NOT NULL,
    url TEXT NOT NULL,
    published TEXT,
    text BLOB NOT NULL,
    excerpt INTEGER NOT NULL DEFAULT 0,
    recorded_at TEXT NOT NULL,
    UNIQUE (article_id, content_hash)
);
CREATE TABLE sightings (
    article_id TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    seen_at TEXT NOT NULL,
    PRIMARY KEY (article_id, content_hash)
);
CREATE TABLE posts (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    organization_key TEXT NOT NULL,
    organization TEXT NOT NULL,
    unit TEXT,
    role_key TEXT NOT NULL,
    role TEXT NOT NULL,
    seats INTEGER CHECK (seats IS NULL OR seats > 0)
);
CREATE TABLE claims (
    revision_id INTEGER NOT NULL REFERENCES revisions (id),
    id TEXT NOT NULL,
    organization_key TEXT,
    kind TEXT NOT NULL CHECK (kind IN ('in', 'out', 'holds', 'vacant')),
    person TEXT,
    organization TEXT,
    unit TEXT,
    role TEXT,
    role_key TEXT,
    capacity TEXT NOT NULL,
    polarity TEXT NOT NULL,
    modality TEXT NOT NULL,
    tense TEXT NOT NULL,
    currency TEXT NOT NULL,
    attribution TEXT NOT NULL,
    when_earliest TEXT,
    when_latest TEXT,
    replaces TEXT,
    cause TEXT,
    tier TEXT NOT NULL,
    confidence REAL NOT NULL,
    votes TEXT NOT NULL,
    quote TEXT NOT NULL CHECK (length(quote) > 0),
    quote_start INTEGER NOT NULL CHECK (quote_start >= 0),
    quote_end INTEGER NOT NULL CHECK (quote_end > quote_start),
    PRIMARY KEY (revision_id, id)
);
CREATE INDEX claims_by_organization ON claims (organization_key);
CREATE INDEX claims_by_id ON claims (id);
"""

STATE = """
CREATE TABLE baselines (
    id INTEGER PRIMARY KEY,
    post_id INTEGER NOT NULL REFERENCES posts (id),
    person TEXT NOT NULL,
    since TEXT NOT NULL,
    until TEXT,
    capacity TEXT NOT NULL,
    recorded_at TEXT NOT NULL
);
CREATE TABLE tenures (
    version INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    post_id INTEGER NOT NULL REFERENCES posts (id),
    person TEXT NOT NULL,
    start_earliest TEXT,
    start_latest TEXT,
    start_planned INTEGER NOT NULL DEFAULT 0,
    end_earliest TEXT,
    end_latest TEXT,
    end_state TEXT NOT NULL,
    end_cause TEXT,
    capacity TEXT NOT NULL,
    belief TEXT NOT NULL,
    last_seen TEXT,
    claim_ids TEXT NOT NULL,
    position INTEGER NOT NULL,
    recorded_from TEXT NOT NULL,
    recorded_to TEXT NOT NULL DEFAULT '9999-12-31T23:59:59.999999+00:00',
    CHECK (start_earliest <= start_latest),
    CHECK (end_earliest <= end_latest),
    CHECK (recorded_from <= recorded_to)
);
CREATE UNIQUE INDEX one_live_version ON tenures (id)
    WHERE recorded_to = '9999-12-31T23:59:59.999999+00:00';
CREATE INDEX tenures_by_post ON tenures (post_id, recorded_to);
"""

TELLING = """
CREATE TABLE changes (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    type TEXT NOT NULL,
    kind TEXT NOT NULL,
    post_id INTEGER NOT NULL REFERENCES posts (id),
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    between_steps TEXT NOT NULL,
    effective_earliest TEXT,
    effective_latest TEXT,
    effective TEXT NOT NULL,
    belief TEXT NOT NULL,
    sources INTEGER NOT NULL,
    quotes TEXT NOT NULL,
    rules TEXT NOT NULL,
    capacity TEXT NOT NULL,
    cause TEXT,
    supersedes TEXT REFERENCES changes (id),
    status TEXT NOT NULL CHECK (status IN ('told', 'candidate', 'noted')),
    article_id TEXT REFERENCES articles (id),
    recorded_at TEXT NOT NULL,
    CHECK (status = 'noted' OR json_array_length(quotes) > 0)
);
CREATE INDEX changes_by_article ON changes (article_id);
CREATE TABLE sides (
    change_id TEXT NOT NULL REFERENCES changes (id),
    tenure_id TEXT NOT NULL,
    direction TEXT NOT NULL CHECK (direction IN ('in', 'out', 'began', 'ended')),
    person TEXT NOT NULL,
    stands INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (change_id, tenure_id, direction)
);
CREATE UNIQUE INDEX a_side_is_told_once ON sides (tenure_id, direction)
    WHERE stands = 1;
CREATE TABLE deliveries (
    change_id TEXT NOT NULL REFERENCES changes (id),
    channel TEXT NOT NULL,
    key TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL DEFAULT 'pending'
        CHECK (state IN ('pending', 'delivered', 'dead')),
    attempts INTEGER NOT NULL DEFAULT 0,
    next_try_at TEXT NOT NULL,
    reason TEXT,
    delivered_at TEXT,
    PRIMARY KEY (change_id, channel)
);
CREATE INDEX deliveries_pending ON deliveries (channel) WHERE state = 'pending';
"""

KEPT = ("articles", "revisions", "claims", "posts", "baselines", "tenures", "changes")
FIXED = ("articles", "revisions", "claims", "baselines", "changes")

ONLY_CLOSED = """
CREATE TRIGGER tenures_are_only_closed BEFORE UPDATE ON tenures
WHEN old.recorded_to <> '9999-12-31T23:59:59.999999+00:00'
    OR (new.version, new.id, new.post_id, new.person, new.end_state, new.capacity,
        new.belief, new.claim_ids, new.recorded_from, new.start_planned, new.position)
    <> (old.version, old.id, old.post_id, old.person, old.end_state, old.capacity,
        old.belief, old.claim_ids, old.recorded_from, old.start_planned, old.position)
    OR new.start_earliest IS NOT old.start_earliest
    OR new.start_latest IS NOT old.start_latest
    OR new.end_earliest IS NOT old.end_earliest
    OR new.end_latest IS NOT old.end_latest
    OR new.end_cause IS NOT old.end_cause
    OR new.last_seen IS NOT old.last_seen
BEGIN SELECT RAISE(ABORT, 'a tenure is never updated, only superseded'); END
"""
