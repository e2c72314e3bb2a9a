"""The views that a person reads with any SQLite tool: board, change_log, texts.

They are made anew whenever a writer opens the ledger, so they can change freely.
"""

from __future__ import annotations

from sqlite_utils import Database

BOARD = """
CREATE VIEW board AS
SELECT p.organization, p.unit, p.role, t.person, t.capacity,
    {since} AS since, t.belief,
    (SELECT s.last_seen FROM tenure_sightings AS s WHERE s.tenure_id = t.id
        ORDER BY s.recorded_at DESC LIMIT 1) AS last_seen
FROM tenures AS t JOIN posts AS p ON p.id = t.post_id
WHERE t.recorded_to = '9999-12-31T23:59:59.999999+00:00'
    AND (t.end_state = 'open' OR (t.end_state = 'planned'
        AND coalesce(t.end_latest, '9999') > date('now')))
    AND NOT (t.start_planned AND coalesce(t.start_latest, '9999') > date('now'))
    AND t.belief <> 'retracted'
ORDER BY p.organization_key, coalesce(p.unit, ''), p.key, t.position
"""

CHANGE_LOG = """
CREATE VIEW change_log AS
SELECT c.id AS change_id, c.recorded_at, p.organization, p.unit, p.role, c.kind,
    (SELECT group_concat(value, ', ') FROM json_each(c.before)) AS before,
    (SELECT group_concat(value, ', ') FROM json_each(c.after)) AS after,
    c.effective, c.belief, max(c.sources, {owners}) AS sources,
    json_extract(c.quotes, '$[0].text') AS quote,
    json_extract(c.quotes, '$[0].url') AS url, c.status
FROM changes AS c JOIN posts AS p ON p.id = c.post_id
ORDER BY c.number
"""

TEXTS = """
CREATE VIEW texts AS
SELECT r.title, r.url, r.published, r.origin, r.quiet, r.recorded_at, a.feed
FROM revisions AS r JOIN articles AS a ON a.id = r.article_id
ORDER BY r.id
"""

# The same words as `When` prints: a day, a month, a year, or low/high.
_SINCE = """
CASE
    WHEN t.start_earliest IS NULL AND t.start_latest IS NULL THEN 'unknown'
    WHEN t.start_earliest IS NULL OR t.start_latest IS NULL
        THEN coalesce(t.start_earliest, '..') || '/' || coalesce(t.start_latest, '..')
    WHEN t.start_earliest = t.start_latest THEN t.start_earliest
    WHEN t.start_earliest LIKE '%-01'
        AND t.start_latest = date(t.start_earliest, '+1 month', '-1 day')
        THEN substr(t.start_earliest, 1, 7)
    WHEN t.start_earliest LIKE '%-01-01'
        AND t.start_latest = date(t.start_earliest, '+1 year', '-1 day')
        THEN substr(t.start_earliest, 1, 4)
    ELSE t.start_earliest || '/' || t.start_latest
END
"""

# How many owners have told of the change by now; a reprinted sentence is one voice.
_OWNERS = """
(SELECT count(DISTINCT owner) FROM (
    SELECT min(s.owner) AS owner
    FROM sides AS d
    JOIN tenures AS t ON t.id = d.tenure_id
        AND t.recorded_to = '9999-12-31T23:59:59.999999+00:00'
    JOIN tenure_claims AS j ON j.tenure_id = t.id
    JOIN claims AS l ON l.id = j.claim_id
    JOIN revisions AS r ON r.id = l.revision_id
    JOIN articles AS a ON a.id = r.article_id
    JOIN sources AS s ON s.id = a.source_id
    WHERE d.change_id = c.id AND l.kind = CASE
        WHEN d.direction IN ('out', 'ended', 'away') THEN 'out' ELSE 'in' END
    GROUP BY l.quote))
"""

_VIEWS = {
    "board": BOARD.format(since=_SINCE),
    "change_log": CHANGE_LOG.format(owners=_OWNERS),
    "texts": TEXTS,
}


def create(db: Database) -> None:
    """Make the views, in place of what an earlier version made."""
    for name, wanted in _VIEWS.items():
        stands = db.execute(
            "SELECT sql FROM sqlite_master WHERE type = 'view' AND name = ?", [name]
        ).fetchone()
        if stands is None or stands[0].strip() != wanted.strip():
            db.execute(f"DROP VIEW IF EXISTS {name}")
            db.execute(wanted)
