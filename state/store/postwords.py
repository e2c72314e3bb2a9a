"""Posts by the words of their names: an index, so that a question reads few. SQL only.

The words are folded as `state.fold.posts` folds them, which SQL cannot do.
"""

from __future__ import annotations

from sqlite_utils import Database

from state.fold.names import folded
from state.fold.posts import words_of
from state.model import Post
from state.store.rows import post_of_row

_TABLE = """
CREATE TABLE post_words (
    word TEXT NOT NULL,
    post_id INTEGER NOT NULL REFERENCES posts (id),
    PRIMARY KEY (word, post_id)
) WITHOUT ROWID
"""
_HAS = "EXISTS (SELECT 1 FROM post_words WHERE word = ? AND post_id = p.post_id)"


def create(db: Database) -> None:
    """Make the index and enter every post that is there."""
    db.execute(_TABLE)
    for row in list(db.query("SELECT * FROM posts")):
        enter(db, row["id"], post_of_row(row))


def enter(db: Database, post_id: int, post: Post) -> None:
    """Enter a post that is new."""
    rows = [(word, post_id) for word in sorted(words_of(post))]
    db.conn.executemany("INSERT INTO post_words VALUES (?, ?)", rows)


def fitting(db: Database, words: str) -> list[int]:
    """Return the numbers of the posts whose names have all of these *words*."""
    asked = sorted(set(folded(words).split()), key=lambda w: (_posts_with(db, w), w))
    if not asked:
        return [number for (number,) in db.execute("SELECT id FROM posts")]
    also = "".join(f" AND {_HAS}" for _ in asked[1:])
    sql = f"SELECT p.post_id FROM post_words AS p WHERE p.word = ?{also}"  # noqa: S608  own words
    return [number for (number,) in db.execute(sql, asked)]


def _posts_with(db: Database, word: str) -> int:
    """Return how many posts have a word: the rarest is looked up first."""
    sql = "SELECT count(*) FROM post_words WHERE word = ?"
    return int(db.execute(sql, [word]).fetchone()[0])
