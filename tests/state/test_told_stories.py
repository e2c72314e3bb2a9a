"""Stories in plain words, one file each: every case of the taxonomy, told and silent.

The file says what is told of each article, and who sits where in the end; see
`bench/stories/story.py` for its form.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from bench.orders import shuffled
from bench.stories.story import load
from bench.stories.telling import board, in_short, record, review, state_hash, tell
from state.fold import testimony
from state.fold.fold import fold
from state.fold.teams import under_one_name
from state.ledger import Ledger

FILES = sorted((Path(__file__).parents[1] / "data" / "stories").glob("*.toml"))
CASES = {f"C{n}" for n in range(1, 21)} | {f"N{n}" for n in range(1, 21)}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_is_told_and_who_sits_there_in_the_end(path: Path, tmp_path: Path) -> None:
    story = load(path)
    with Ledger.open(tmp_path / "ledger.db") as ledger:
        told = tell(ledger, story, story.items)
        found = [[in_short(change) for change in changes] for changes in told]
        assert found == [list(item.told) for item in story.items]
        assert board(ledger, story) == story.board
        if story.review is not None:
            assert review(ledger) == story.review


def test_every_case_of_the_taxonomy_has_a_story() -> None:
    assert {load(path).case for path in FILES} >= CASES


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_whatever_order_its_articles_come_in_a_story_ends_in_one_state(
    path: Path, tmp_path: Path
) -> None:
    story, dice = load(path), random.Random(path.stem)  # noqa: S311  any order will do
    states = set()
    for turn in range(4):
        with Ledger.open(tmp_path / f"{turn}.db") as ledger:
            ledger.watch(story.watchlist)
            ledger.begin(story.known, story.items[0].seen)
            for item in shuffled(story, dice):
                record(ledger, item)
            states.add(state_hash(ledger))
    assert len(states) == 1


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_thousand_orders_of_its_claims_fold_into_one_state(path: Path) -> None:
    story, dice = load(path), random.Random(path.stem)  # noqa: S311  any order will do
    last = {item.reading.article.id: item for item in story.items}
    said = [
        testimony.Testimony(
            claim, item.source, article.url, (article.published or item.seen).date()
        )
        for item in last.values()
        for article in (item.reading.article,)
        for claim in item.reading.claims
    ]
    states = set()
    for _ in range(1000):
        dice.shuffle(said)
        counted = under_one_name(said, story.known)
        states.add(tuple(map(repr, fold(counted, story.known))))
    assert len(states) == 1
