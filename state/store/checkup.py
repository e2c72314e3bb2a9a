"""What is wrong with a ledger that can be opened: one line a finding. SQL only."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from sqlite_utils import Database

from state.store.outbox import delivery_key

_WORST = 100
_UNPROVEN = """
SELECT c.id FROM changes AS c
WHERE c.status <> 'noted' AND (json_array_length(c.quotes) = 0 OR EXISTS (
    SELECT 1 FROM json_each(c.quotes) AS q
    LEFT JOIN (SELECT DISTINCT quote FROM claims) AS l
        ON l.quote = json_extract(q.value, '$.text')
    WHERE l.quote IS NULL))
ORDER BY c.number
"""
_UNTOLD = """
SELECT d.channel, d.change_id FROM deliveries AS d
LEFT JOIN changes AS c ON c.id = d.change_id
WHERE c.status IS NOT 'told' ORDER BY d.channel, d.change_id
"""
_BASELESS = """
SELECT DISTINCT t.id, t.person, j.claim_id FROM tenures AS t
JOIN tenure_claims AS j ON j.tenure_id = t.id
LEFT JOIN claims AS l ON l.id = j.claim_id WHERE l.id IS NULL ORDER BY t.version
"""
# What is in the tables and not in the index, or in the index and no longer there.
_UNSEARCHABLE = """
SELECT 'cannot find', 'texts', count(*) FROM (
    SELECT id FROM revisions EXCEPT SELECT id FROM article_words_docsize)
UNION ALL SELECT 'still finds', 'texts that are gone', count(*) FROM (
    SELECT id FROM article_words_docsize EXCEPT SELECT id FROM revisions)
UNION ALL SELECT 'cannot find', 'changes', count(*) FROM (
    SELECT number FROM changes EXCEPT SELECT id FROM change_words_docsize)
"""
_QUOTED = """
SELECT r.article_id, r.text, l.quote, l.quote_start, l.quote_end
FROM claims AS l JOIN revisions AS r ON r.id = l.revision_id ORDER BY r.id
"""


def findings(db: Database) -> Iterator[str]:
    """Yield what is wrong; a change without a delivery is allowed after a replay."""
    yield from _broken_pages(db)
    yield from _broken_references(db)
    yield from _unproven(db)
    yield from _false_quotes(db)
    yield from _deliveries(db)
    yield from _unsearchable(db)


def _broken_pages(db: Database) -> Iterator[str]:
    for (reason,) in db.execute(f"PRAGMA integrity_check({_WORST})"):
        if reason != "ok":
            yield f"file: {' '.join(reason.split())}"


def _broken_references(db: Database) -> Iterator[str]:
    for table, row, parent, _ in db.execute("PRAGMA foreign_key_check"):
        yield f"{table}: row {row} refers to a row of {parent} that is not there"


def _unproven(db: Database) -> Iterator[str]:
    for (change,) in db.execute(_UNPROVEN):
        yield f"change {change}: has a quote that no claim of the ledger has, or none"
    for tenure, person, claim in db.execute(_BASELESS):
        yield f"tenure {tenure} of {person}: rests on claim {claim}, which is not there"


def _false_quotes(db: Database) -> Iterator[str]:
    for article, text, quote, start, end in db.execute(_QUOTED):
        content = _unpacked(text)
        if content is None:
            yield f"article {article}: its text cannot be unpacked"
        elif content[start:end] != quote:
            yield f"article {article}: a quote is not where it should be: {quote!r}"


def _unpacked(text: bytes) -> str | None:
    try:
        return zlib.decompress(text).decode()
    except (zlib.error, UnicodeDecodeError):
        return None


def _deliveries(db: Database) -> Iterator[str]:
    for channel, change in db.execute(_UNTOLD):
        yield f"delivery of {change} by {channel}: there is no such change to tell"
    for channel, change, key in db.execute(
        "SELECT channel, change_id, key FROM deliveries"
    ):
        if key != delivery_key(change, channel):
            yield f"delivery of {change} by {channel}: has the key of another"


def _unsearchable(db: Database) -> Iterator[str]:
    for verb, sort, count in db.execute(_UNSEARCHABLE):
        if count:
            yield f"search: {verb} {count} {sort}"
