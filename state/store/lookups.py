"""What a decision has to look up: claims by their words, days, names. SQL only."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime

from sqlite_utils import Database

from state.fold.testimony import Testimony
from state.model import TEAM_PAGE
from state.store.facts import CLAIMS
from state.store.rows import clock_of, testimony_of


def quoted(
    db: Database, article_id: str | None, sentences: Iterable[str]
) -> tuple[Testimony, ...]:
    """Return the claims that one article's *sentences* were read as."""
    chosen = (
        "WHERE r.article_id = ? AND c.quote IN (SELECT value FROM json_each(?)) "
        "GROUP BY c.id ORDER BY c.id"
    )
    rows = db.query(f"{CLAIMS} {chosen}", [article_id, json.dumps(list(sentences))])
    return tuple(testimony_of(row) for row in rows)


def page_before(db: Database, url: str, revision: int) -> int | None:
    """Return the number of the team page's text before a *revision*, if any."""
    row = db.execute(
        "SELECT max(id) FROM revisions WHERE url = ? AND origin = ? AND id < ?",
        [url, TEAM_PAGE, revision],
    ).fetchone()
    return row[0] if row else None


def said_in(db: Database, revision: int) -> tuple[Testimony, ...]:
    """Return what one text claims."""
    rows = db.query(f"{CLAIMS} WHERE r.id = ? ORDER BY c.quote_start", [revision])
    return tuple(testimony_of(row) for row in rows)


def clock_of_article(db: Database, article_id: str | None) -> date | None:
    """Return the day of an article: of its newest text, or when it was first seen."""
    row = db.execute(
        "SELECT coalesce(r.published, a.first_seen_at) FROM articles AS a "
        "JOIN revisions AS r ON r.article_id = a.id WHERE a.id = ? "
        "ORDER BY r.excerpt, r.id DESC LIMIT 1",
        [article_id],
    ).fetchone()
    return clock_of(datetime.fromisoformat(row[0])) if row else None


def named_people(db: Database) -> Iterable[tuple[str, str]]:
    """Yield each name of a person with the key of an organisation it is named with."""
    return db.execute(
        "SELECT DISTINCT person, organization_key FROM claims "
        "WHERE person IS NOT NULL AND organization_key IS NOT NULL "
        "UNION SELECT DISTINCT replaces, organization_key FROM claims "
        "WHERE replaces IS NOT NULL AND organization_key IS NOT NULL "
        "UNION SELECT DISTINCT b.person, p.organization_key FROM baselines AS b "
        "JOIN posts AS p ON p.id = b.post_id"
    )


def named_organizations(db: Database) -> frozenset[str]:
    """Return the keys of all organisations that the ledger has claims or posts of."""
    rows = db.execute(
        "SELECT DISTINCT organization_key FROM claims "
        "WHERE organization_key IS NOT NULL "
        "UNION SELECT DISTINCT organization_key FROM posts"
    )
    return frozenset(key for (key,) in rows)


def article(db: Database, name: str) -> str | None:
    """Return the id of the article that has this id, or this address in any text."""
    row = db.execute(
        "SELECT article_id FROM revisions WHERE article_id = ? OR url = ? "
        "ORDER BY article_id <> ?, id DESC LIMIT 1",
        [name, name, name],
    ).fetchone()
    return row[0] if row else None


def named_in(db: Database, article_id: str) -> frozenset[str]:
    """Return the people that the claims of one article name."""
    rows = db.execute(
        "SELECT c.person, c.replaces FROM claims AS c "
        "JOIN revisions AS r ON r.id = c.revision_id WHERE r.article_id = ?",
        [article_id],
    )
    return frozenset(name for row in rows for name in row if name)
