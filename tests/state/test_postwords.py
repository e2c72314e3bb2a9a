"""Posts are found by the words of their names, whatever else there is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager

from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from state.fold.posts import words_match
from state.model import Post
from state.store import facts, migrations, postwords
from state.store.functions import teach

WORDS = st.sampled_from(
    ["Orbis", "Åland", "Post-Training", "R&D", "北京", "data", "Data", "ceo", "O'Dea"]
)
NAMES = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)
POSTS = st.builds(Post, NAMES, st.none() | NAMES, NAMES, NAMES)


@contextmanager
def _ledger() -> Iterator[Database]:
    db = teach(Database(memory=True))
    with closing(db.conn):
        migrations.ledger.apply(db)
        yield db


@given(st.lists(POSTS, max_size=8), st.lists(WORDS, max_size=3).map(" ".join))
def test_the_index_finds_exactly_the_posts_that_the_words_fit(
    posts: list[Post], asked: str
) -> None:
    with _ledger() as db:
        numbers = {facts.post_id(db, post): post for post in reversed(posts)}
        found = postwords.fitting(db, asked)
        assert sorted(found) == sorted(
            n for n, post in numbers.items() if words_match(_kept(db, n), asked)
        )


def _kept(db: Database, number: int) -> Post:
    (row,) = db.query("SELECT * FROM posts WHERE id = ?", [number])
    return facts.post_of_row(row)


def test_posts_of_an_earlier_ledger_are_found() -> None:
    db = teach(Database(memory=True))
    with closing(db.conn):
        migrations.ledger.apply(db, stop_before="0015_post_words")
        db.execute(
            "INSERT INTO posts (key, organization_key, organization, unit, role_key, "
            "role, seats) VALUES ('k', 'orbis', 'Orbis', 'Data', 'head', 'head', 1)"
        )
        migrations.ledger.apply(db)
        assert postwords.fitting(db, "DATA head") == [1]
        assert postwords.fitting(db, "data chair") == []
