"""The schema of the ledger, in numbered steps that are never edited once released.

What must hold is held here: a claim has a quote, a tenure has one live version, facts
are not updated in place and nothing is deleted, a side is told once, a delivery exists
once per change and channel.
"""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from state.store.feednames import feed_name

# "LwLg": tells a ledger from any other SQLite file.
APPLICATION_ID = 0x4C774C67
SCHEMA_VERSION = 7
FOREVER = "9999-12-31T23:59:59.999999+00:00"

ledger = Migrations("ledger")

_READING = """
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

_STATE = """
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

_TELLING = """
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

_KEPT = ("articles", "revisions", "claims", "posts", "baselines", "tenures", "changes")
_FIXED = ("articles", "revisions", "claims", "baselines", "changes")

_ONLY_CLOSED = """
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


@ledger(name="0001_ledger")
def _create(db: Database) -> None:
    for script in (_READING, _STATE, _TELLING):
        for statement in script.split(";"):
            if statement.strip():
                db.execute(statement)
    for table in _KEPT:
        db.execute(
            f"CREATE TRIGGER {table}_are_kept BEFORE DELETE ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} are never deleted'); END"
        )
    for table in _FIXED:
        db.execute(
            f"CREATE TRIGGER {table}_are_fixed BEFORE UPDATE ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} are never changed'); END"
        )
    db.execute(_ONLY_CLOSED)


_DECIDING = """
CREATE TABLE decisions (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    action TEXT NOT NULL CHECK (
        action IN ('accept', 'reject', 'correct', 'merge', 'pin', 'undo')),
    actor TEXT NOT NULL CHECK (length(actor) > 0),
    at TEXT NOT NULL,
    target TEXT,
    organization_key TEXT,
    rulings TEXT NOT NULL CHECK (json_valid(rulings)),
    note TEXT NOT NULL DEFAULT '',
    after_revision INTEGER NOT NULL,
    CHECK (action IN ('merge', 'pin') OR target IS NOT NULL)
);
CREATE UNIQUE INDEX an_undo_is_made_once ON decisions (target) WHERE action = 'undo';
CREATE INDEX decisions_by_organization ON decisions (organization_key);
"""


@ledger(name="0002_decisions")
def _add_decisions(db: Database) -> None:
    for statement in _DECIDING.split(";"):
        if statement.strip():
            db.execute(statement)
    for verb, word in (("DELETE", "deleted"), ("UPDATE", "changed")):
        db.execute(
            f"CREATE TRIGGER decisions_are_never_{word} BEFORE {verb} ON decisions "
            f"BEGIN SELECT RAISE(ABORT, 'decisions are never {word}'); END"
        )


_CLAIMS = """
CREATE TABLE deliveries_2 (
    change_id TEXT NOT NULL REFERENCES changes (id),
    channel TEXT NOT NULL,
    key TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL DEFAULT 'pending'
        CHECK (state IN ('pending', 'delivered', 'dead', 'skipped')),
    attempts INTEGER NOT NULL DEFAULT 0,
    next_try_at TEXT NOT NULL,
    reason TEXT,
    delivered_at TEXT,
    claimed_until TEXT,
    batch TEXT,
    reported INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (change_id, channel)
);
INSERT INTO deliveries_2 (change_id, channel, key, state, attempts, next_try_at, reason,
    delivered_at) SELECT change_id, channel, key, state, attempts, next_try_at, reason,
    delivered_at FROM deliveries;
DROP TABLE deliveries;
ALTER TABLE deliveries_2 RENAME TO deliveries;
CREATE INDEX deliveries_pending ON deliveries (channel) WHERE state = 'pending';
CREATE INDEX deliveries_sent ON deliveries (channel, delivered_at);
"""


@ledger(name="0003_claimed_deliveries")
def _claim_deliveries(db: Database) -> None:
    for statement in _CLAIMS.split(";"):
        if statement.strip():
            db.execute(statement)


_CLAIMLESS = """
DROP TRIGGER revisions_are_kept;
CREATE TRIGGER revisions_with_claims_are_kept BEFORE DELETE ON revisions
WHEN EXISTS (SELECT 1 FROM claims AS l JOIN revisions AS r ON r.id = l.revision_id
    WHERE r.article_id = old.article_id)
BEGIN SELECT RAISE(ABORT, 'texts of articles with claims are never deleted') END;
CREATE INDEX posts_by_organization ON posts (organization_key);
CREATE INDEX baselines_by_post ON baselines (post_id, person);
CREATE INDEX revisions_by_time ON revisions (recorded_at)
"""


@ledger(name="0004_claimless_texts")
def _let_claimless_texts_go(db: Database) -> None:
    for statement in _CLAIMLESS.split(";"):
        # The trigger's own semicolon comes in only now: the split must not see it.
        db.execute(statement.replace("') END", "'); END"))


_FEED_MANNERS = (
    "ttl_seconds REAL",
    "skip_hours TEXT NOT NULL DEFAULT ''",
    "skip_days TEXT NOT NULL DEFAULT ''",
    "gone INTEGER NOT NULL DEFAULT 0",
    "changed_at TEXT",
)


@ledger(name="0005_feed_manners")
def _add_feed_manners(db: Database) -> None:
    for column in _FEED_MANNERS:
        db.execute(f"ALTER TABLE feeds ADD COLUMN {column}")


@ledger(name="0006_feed_coverage")
def _add_feed_coverage(db: Database) -> None:
    db.execute(
        "CREATE TABLE feed_windows "
        "(url TEXT PRIMARY KEY, marks TEXT NOT NULL, seen_at TEXT NOT NULL)"
    )
    db.execute(
        "CREATE TABLE feed_gaps "
        "(url TEXT NOT NULL, since TEXT NOT NULL, until TEXT NOT NULL)"
    )
    db.execute("CREATE INDEX feed_gaps_by_feed ON feed_gaps (url)")


_FEED_COLUMNS = (
    ("feeds", "url"), ("feed_windows", "url"), ("feed_gaps", "url"),
    ("articles", "feed"),
)  # fmt: skip


@ledger(name="0007_feeds_without_secrets")
def _take_secrets_from_feeds(db: Database) -> None:
    """Call feeds by names without secrets; what the old ones leave is overwritten."""
    db.execute("PRAGMA secure_delete = on")
    db.conn.create_function("feed_name", 1, feed_name, deterministic=True)
    db.execute("DROP TRIGGER articles_are_fixed")
    for table, column in _FEED_COLUMNS:
        db.execute(f"UPDATE OR REPLACE {table} SET {column} = feed_name({column})")  # noqa: S608  our own names
    db.execute(
        "CREATE TRIGGER articles_are_fixed BEFORE UPDATE ON articles "
        "BEGIN SELECT RAISE(ABORT, 'articles are never changed'); END"
    )
