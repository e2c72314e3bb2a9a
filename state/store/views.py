"""The views that a person reads with any SQLite tool: board, people, change_log ...

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
    AND {now}
    AND t.belief <> 'retracted'
ORDER BY p.organization_key, coalesce(p.unit, ''), p.key, t.position
"""

# Whom live tenures that nobody took back name, in which post, and whether still.
_HELD = """
WITH held AS (
    SELECT t.id, t.person, t.belief, p.organization_key, p.organization, p.unit,
        coalesce(p.unit || ' ', '') || p.role AS post,
        {now} AS now,
        (SELECT s.last_seen FROM tenure_sightings AS s WHERE s.tenure_id = t.id
            ORDER BY s.recorded_at DESC LIMIT 1) AS last_seen
    FROM tenures AS t JOIN posts AS p ON p.id = t.post_id
    WHERE t.recorded_to = '9999-12-31T23:59:59.999999+00:00'
        AND t.belief <> 'retracted' AND t.end_state <> 'never_started'
), said AS (
    SELECT DISTINCT h.organization_key, h.person, c.person AS written,
        c.organization AS called
    FROM held AS h JOIN tenure_claims AS j ON j.tenure_id = h.id
        JOIN claims AS c ON c.id = j.claim_id
)
"""

PEOPLE = """
CREATE VIEW people AS {held}
SELECT h.person AS name, h.organization,
    (SELECT group_concat(written, '; ') FROM (SELECT DISTINCT s.written FROM said AS s
        WHERE s.organization_key = h.organization_key AND s.person = h.person
            AND s.written <> h.person ORDER BY 1)) AS also_written,
    group_concat(CASE WHEN h.now THEN h.post END, '; ') AS posts_now,
    group_concat(CASE WHEN NOT h.now THEN h.post END, '; ') AS other_posts,
    max(h.last_seen) AS last_seen
FROM held AS h GROUP BY h.organization_key, h.person
ORDER BY h.person, h.organization_key
"""

ORGANIZATIONS = """
CREATE VIEW organizations AS {held}
SELECT h.organization AS name,
    (SELECT group_concat(called, '; ') FROM (SELECT DISTINCT s.called FROM said AS s
        WHERE s.organization_key = h.organization_key
            AND s.called <> h.organization ORDER BY 1)) AS also_called,
    (SELECT group_concat(unit, '; ') FROM (SELECT DISTINCT u.unit FROM held AS u
        WHERE u.organization_key = h.organization_key AND u.unit IS NOT NULL
        ORDER BY 1)) AS units,
    count(DISTINCT h.post) AS posts,
    count(DISTINCT CASE WHEN h.now THEN h.person END) AS people_now,
    (SELECT max(c.recorded_at) FROM changes AS c JOIN posts AS p ON p.id = c.post_id
        WHERE p.organization_key = h.organization_key AND c.status = 'told'
    ) AS last_change
FROM held AS h GROUP BY h.organization_key ORDER BY h.organization_key
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

_NOW = """
((t.end_state = 'open' OR (t.end_state = 'planned'
        AND coalesce(t.end_latest, '9999') > date('now')))
    AND NOT (t.start_planned AND coalesce(t.start_latest, '9999') > date('now')))
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
    "board": BOARD.format(since=_SINCE, now=_NOW),
    "people": PEOPLE.format(held=_HELD.format(now=_NOW)),
    "organizations": ORGANIZATIONS.format(held=_HELD.format(now=_NOW)),
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
