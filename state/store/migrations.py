"""The schema of the ledger, in numbered steps that are never edited once released.

What must hold is held here: a claim has a quote, a tenure has one live version, facts
are not updated in place and nothing is deleted, a side is told once, a delivery exists
once per change and channel.
"""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from state.store import postwords
from state.store.feednames import feed_name
from state.store.firsttables import (
    FIXED,
    KEPT,
    ONLY_CLOSED,
    READING,
    STATE,
    TELLING,
)
from state.store.searchtables import SEARCH
from state.store.spelltables import SPELLS

# "LwLg": tells a ledger from any other SQLite file.
APPLICATION_ID = 0x4C774C67
SCHEMA_VERSION = 16
FOREVER = "9999-12-31T23:59:59.999999+00:00"

ledger = Migrations("ledger")


@ledger(name="0001_ledger")
def _create(db: Database) -> None:
    for script in (READING, STATE, TELLING):
        for statement in script.split(";"):
            if statement.strip():
                db.execute(statement)
    for table in KEPT:
        db.execute(
            f"CREATE TRIGGER {table}_are_kept BEFORE DELETE ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} are never deleted'); END"
        )
    for table in FIXED:
        db.execute(
            f"CREATE TRIGGER {table}_are_fixed BEFORE UPDATE ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} are never changed'); END"
        )
    db.execute(ONLY_CLOSED)


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
    _keep_decisions(db)


def _keep_decisions(db: Database) -> None:
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


@ledger(name="0007_search")
def _add_search(db: Database) -> None:
    for statement in SEARCH:
        db.execute(statement)


_SPLITS = """
CREATE TABLE decisions_2 (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    action TEXT NOT NULL CHECK (action IN
        ('accept', 'reject', 'correct', 'merge', 'split', 'pin', 'undo')),
    actor TEXT NOT NULL CHECK (length(actor) > 0),
    at TEXT NOT NULL,
    target TEXT,
    organization_key TEXT,
    rulings TEXT NOT NULL CHECK (json_valid(rulings)),
    note TEXT NOT NULL DEFAULT '',
    after_revision INTEGER NOT NULL,
    CHECK (action IN ('merge', 'split', 'pin') OR target IS NOT NULL)
);
INSERT INTO decisions_2 SELECT * FROM decisions;
DROP TABLE decisions;
ALTER TABLE decisions_2 RENAME TO decisions;
CREATE UNIQUE INDEX an_undo_is_made_once ON decisions (target) WHERE action = 'undo';
CREATE INDEX decisions_by_organization ON decisions (organization_key)
"""


@ledger(name="0008_splits")
def _add_splits(db: Database) -> None:
    for statement in _SPLITS.split(";"):
        db.execute(statement)
    _keep_decisions(db)


_MOVES_AND_LEAVES = """
ALTER TABLE changes ADD COLUMN moved_from TEXT
    CHECK (moved_from IS NULL OR json_valid(moved_from));
ALTER TABLE tenures ADD COLUMN away TEXT;
ALTER TABLE claims ADD COLUMN into_unit TEXT;
CREATE TABLE sides_2 (
    change_id TEXT NOT NULL REFERENCES changes (id),
    tenure_id TEXT NOT NULL,
    direction TEXT NOT NULL CHECK (
        direction IN ('in', 'out', 'began', 'ended', 'away', 'back')),
    person TEXT NOT NULL,
    stands INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (change_id, tenure_id, direction)
);
INSERT INTO sides_2 SELECT * FROM sides;
DROP TABLE sides;
ALTER TABLE sides_2 RENAME TO sides;
CREATE UNIQUE INDEX a_side_is_told_once ON sides (tenure_id, direction)
    WHERE stands = 1
"""


@ledger(name="0009_moves_and_leaves")
def _add_moves_and_leaves(db: Database) -> None:
    for statement in _MOVES_AND_LEAVES.split(";"):
        db.execute(statement)


@ledger(name="0010_tenure_evidence")
def _part_evidence_from_versions(db: Database) -> None:
    for statement in SPELLS:
        db.execute(statement)


@ledger(name="0011_held")
def _hold_what_waits(db: Database) -> None:
    db.execute(
        "CREATE TABLE held (change_id TEXT PRIMARY KEY REFERENCES changes (id), "
        "told_id TEXT NOT NULL, organization_key TEXT NOT NULL, "
        "sides TEXT NOT NULL CHECK (json_valid(sides)), until TEXT NOT NULL, "
        "told INTEGER NOT NULL DEFAULT 0)"
    )
    db.execute("CREATE INDEX held_by_organization ON held (organization_key, until)")


_REREADING = (
    "ALTER TABLE revisions ADD COLUMN quiet INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE revisions ADD COLUMN origin TEXT NOT NULL DEFAULT 'feed'",
    "CREATE INDEX revisions_by_url ON revisions (url)",
    """CREATE TABLE revisits (
        article_id TEXT PRIMARY KEY REFERENCES articles (id),
        done INTEGER NOT NULL,
        stood INTEGER NOT NULL,
        at TEXT NOT NULL
    )""",
)


@ledger(name="0012_quiet_texts_and_revisits")
def _add_quiet_texts_and_revisits(db: Database) -> None:
    for statement in _REREADING:
        db.execute(statement)


_FEED_HABITS = (
    "longest_silence REAL",
    "silence_told INTEGER NOT NULL DEFAULT 0",
    "pace_seconds REAL",
    "address TEXT",
    "moved_to TEXT",
    "moved_times INTEGER NOT NULL DEFAULT 0",
)


@ledger(name="0013_feed_habits")
def _add_feed_habits(db: Database) -> None:
    for column in _FEED_HABITS:
        db.execute(f"ALTER TABLE feeds ADD COLUMN {column}")
    db.execute(
        "CREATE TABLE feed_spans (url TEXT NOT NULL, since TEXT NOT NULL, "
        "until TEXT NOT NULL, gap INTEGER NOT NULL)"
    )
    db.execute("CREATE INDEX feed_spans_by_feed ON feed_spans (url, until)")


_FEED_COLUMNS = (
    ("feeds", "url"), ("feed_windows", "url"), ("feed_gaps", "url"),
    ("feed_spans", "url"),
    ("articles", "feed"),
)  # fmt: skip


@ledger(name="0014_feeds_without_secrets")
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


@ledger(name="0015_post_words")
def _find_posts_by_words(db: Database) -> None:
    postwords.create(db)


@ledger(name="0016_pieces_of_feeds")
def _name_the_pieces_of_feeds(db: Database) -> None:
    db.execute("ALTER TABLE feed_windows ADD COLUMN pieces TEXT NOT NULL DEFAULT ''")
