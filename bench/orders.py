"""Every story in random orders of arrival: is the state alike? Prints a table.

    python bench/orders.py [ORDERS] [FOLDER]

Each story of FOLDER (tests/data/stories) is recorded in ORDERS (1000) random orders,
all articles late: the texts of one article keep their order, as no later text can come
before an earlier one. "states" should be 1; "told" is how many different sets of
messages there were, with each set and its share below: what is told depends on what
was known by then.
"""

from __future__ import annotations

import random
import shutil
import sys
import tempfile
from collections import Counter
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.stories.story import Item, Story, load, moved
from bench.stories.telling import in_short, record, state_hash
from state.ledger import Ledger

STORIES = Path(__file__).parents[1] / "tests" / "data" / "stories"


def main(orders: int = 1000, folder: Path = STORIES) -> None:
    """Tell each story in many orders and print how many states came of it."""
    print(f"{'story':48} {'articles':>8} {'states':>6} {'told':>5}")
    worst = 0
    for path in sorted(folder.glob("*.toml")):
        story = load(path)
        states, told = _ends(story, orders)
        worst = max(worst, len(states))
        print(f"{story.name:48} {len(story.items):8} {len(states):6} {len(told):5}")
        if len(told) > 1:
            for messages, count in told.most_common():
                said = "; ".join(messages) or "nothing"
                print(f"    {count / orders:6.1%}  {said}")
    print(f"most states of one story: {worst}")


def _ends(story: Story, orders: int) -> tuple[Counter[str], Counter[tuple[str, ...]]]:
    states: Counter[str] = Counter()
    told: Counter[tuple[str, ...]] = Counter()
    dice = random.Random(story.name)  # noqa: S311  any order will do
    with tempfile.TemporaryDirectory() as folder:
        fresh, path = Path(folder) / "fresh.db", Path(folder) / "told.db"
        with Ledger.open(fresh) as ledger:
            ledger.watch(story.watchlist)
            ledger.begin(story.known, story.items[0].seen)
        for _ in range(orders):
            shutil.copy(fresh, path)
            with Ledger.open(path) as ledger:
                ledger.watch(story.watchlist)
                said = [record(ledger, item) for item in shuffled(story, dice)]
                states[state_hash(ledger)] += 1
            told[tuple(sorted(in_short(c) for some in said for c in some))] += 1
    return states, told


def shuffled(story: Story, dice: random.Random) -> list[Item]:
    """Return the articles in another order, an hour apart, after the last day."""
    items = list(story.items)
    dice.shuffle(items)
    texts: dict[str, list[Item]] = {}
    for item in story.items:
        texts.setdefault(item.reading.article.id, []).append(item)
    in_turn = [texts[item.reading.article.id].pop(0) for item in items]
    last = max(item.seen for item in items)
    return [moved(i, last + timedelta(hours=n)) for n, i in enumerate(in_turn)]


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]), *map(Path, sys.argv[2:3]))
