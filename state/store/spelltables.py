"""The SQL that parts a tenure's versions from its evidence and its last sight."""

from __future__ import annotations

_FOREVER = "9999-12-31T23:59:59.999999+00:00"
_LIVE = f"recorded_to = '{_FOREVER}'"
_PLANNED = "(start_planned OR end_state = 'planned')"

_TENURES = f"""
CREATE TABLE tenures_2 (
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
    away TEXT,
    position INTEGER NOT NULL,
    recorded_from TEXT NOT NULL,
    recorded_to TEXT NOT NULL DEFAULT '{_FOREVER}',
    CHECK (start_earliest <= start_latest),
    CHECK (end_earliest <= end_latest),
    CHECK (recorded_from <= recorded_to)
)
"""
_CLAIMS = """
CREATE TABLE tenure_claims (
    tenure_id TEXT NOT NULL,
    claim_id TEXT NOT NULL,
    stance TEXT NOT NULL CHECK (stance IN ('supports', 'contradicts', 'context')),
    PRIMARY KEY (tenure_id, claim_id)
) WITHOUT ROWID
"""
_SIGHTINGS = """
CREATE TABLE tenure_sightings (
    tenure_id TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    last_seen TEXT,
    PRIMARY KEY (tenure_id, recorded_at)
) WITHOUT ROWID
"""
_FILL_CLAIMS = f"""
INSERT OR IGNORE INTO tenure_claims
SELECT t.id, j.value, coalesce(
    (SELECT CASE WHEN polarity = 'denied' THEN 'contradicts'
        WHEN currency = 'background' THEN 'context' ELSE 'supports' END
    FROM claims WHERE id = j.value LIMIT 1), 'supports')
FROM tenures AS t, json_each(t.claim_ids) AS j
WHERE t.recorded_to = '{_FOREVER}'
"""  # noqa: S608  our own words
_FILL_SIGHTINGS = """
INSERT OR REPLACE INTO tenure_sightings
SELECT id, recorded_from, last_seen FROM tenures ORDER BY version
"""
_FILL_TENURES = """
INSERT INTO tenures_2 SELECT version, id, post_id, person, start_earliest,
    start_latest, start_planned, end_earliest, end_latest, end_state, end_cause,
    capacity, belief, away, position, recorded_from, recorded_to FROM tenures
"""
_ONLY_CLOSED = f"""
CREATE TRIGGER tenures_are_only_closed BEFORE UPDATE ON tenures
WHEN old.recorded_to <> '{_FOREVER}'
    OR (new.version, new.id, new.post_id, new.person, new.end_state, new.capacity,
        new.belief, new.recorded_from, new.start_planned, new.position)
    <> (old.version, old.id, old.post_id, old.person, old.end_state, old.capacity,
        old.belief, old.recorded_from, old.start_planned, old.position)
    OR new.start_earliest IS NOT old.start_earliest
    OR new.start_latest IS NOT old.start_latest
    OR new.end_earliest IS NOT old.end_earliest
    OR new.end_latest IS NOT old.end_latest
    OR new.end_cause IS NOT old.end_cause
    OR new.away IS NOT old.away
BEGIN SELECT RAISE(ABORT, 'a tenure is never updated, only superseded'); END
"""
_KEPT = """
CREATE TRIGGER tenures_are_kept BEFORE DELETE ON tenures
BEGIN SELECT RAISE(ABORT, 'tenures are never deleted'); END
"""

SPELLS = (
    _CLAIMS,
    _SIGHTINGS,
    _FILL_CLAIMS,
    _FILL_SIGHTINGS,
    _TENURES,
    _FILL_TENURES,
    "DROP VIEW IF EXISTS board",
    "DROP VIEW IF EXISTS change_log",
    "DROP TRIGGER tenures_are_kept",
    "DROP TRIGGER tenures_are_only_closed",
    "DROP TABLE tenures",
    "ALTER TABLE tenures_2 RENAME TO tenures",
    f"CREATE UNIQUE INDEX one_live_version ON tenures (id) WHERE {_LIVE}",
    "CREATE INDEX tenures_by_post ON tenures (post_id, recorded_to)",
    "CREATE INDEX tenures_by_time ON tenures (recorded_from)",
    f"CREATE INDEX tenures_planned ON tenures (id) WHERE {_LIVE} AND {_PLANNED}",
    "CREATE INDEX tenure_claims_by_claim ON tenure_claims (claim_id)",
    "CREATE INDEX changes_by_time ON changes (recorded_at)",
    _ONLY_CLOSED,
    _KEPT,
)
"""In this order; the views are made anew by `views.py`."""
