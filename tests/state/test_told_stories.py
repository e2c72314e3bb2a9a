"""Stories in plain words, one file each: every case of the taxonomy, told and silent.

The file says what is told of each article, and who sits where in the end; see
`bench/stories/story.py` for its form.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.stories.story import load
from bench.stories.telling import board, in_short, review, tell
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
