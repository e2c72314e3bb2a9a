"""How quickly the ledger takes articles in, and how much it grows: prints a table.

    python bench/ledger.py [ARTICLES] [ORGANISATIONS]

Articles are made up: each names a holder of one of a handful of posts, one in twenty
tells of a change. Figures are of one process; compare ratios, not machines.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from rules.model import Article, Claim, Evidence, Kind, Reading, Tense, Tier
from state.ledger import Ledger
from state.model import Source
from state.store.search import Search

ROLES = ("ceo", "cfo", "cto", "chair", "general counsel")
START = datetime(2024, 1, 1, tzinfo=UTC)
SOURCE = Source("Bench Post", "Bench")


def readings(articles: int, organisations: int) -> list[Reading]:
    """Return made-up readings, a minute apart, the same on every run."""
    chance = random.Random(7)  # noqa: S311  made-up news, not a secret
    holders: dict[tuple[int, str], int] = {}
    made = []
    for number in range(articles):
        post = (chance.randrange(organisations), chance.choice(ROLES))
        news = post not in holders or chance.random() < 0.05
        if news:
            holders[post] = number
        made.append(_reading(number, post, holders[post], news=news))
    return made


def _reading(number: int, post: tuple[int, str], holder: int, *, news: bool) -> Reading:
    person, organisation = f"Person N{holder}", f"Firm {post[0]}"
    verb = "was named" if news else "is"
    text = f"{person} {verb} {post[1]} of {organisation}."
    article = Article(
        f"a{number}", "", text, START + timedelta(minutes=number), f"http://b/{number}"
    )
    claim = Claim(
        kind=Kind.IN if news else Kind.HOLDS,
        person=person,
        organization=organisation,
        unit=None,
        role=post[1],
        role_key=post[1],
        evidence=Evidence(article.id, 0, len(text), text),
        tense=Tense.PAST if news else Tense.PRESENT,
        tier=Tier.ALERT if news else Tier.CONTEXT,
        votes=("bench",),
    )
    return Reading(article, (claim,))


def main(articles: int = 2000, organisations: int = 50) -> None:
    """Record the articles in tenths and print what each tenth cost."""
    made = readings(articles, organisations)
    step = max(1, articles // 10)
    print(f"{'articles':>9} {'ms each':>8} {'changes':>8} {'MB':>6}")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.db"
        with Ledger.open(path) as ledger:
            for first in range(0, articles, step):
                began, told = time.perf_counter(), 0
                for reading in made[first : first + step]:
                    now = reading.article.published or START
                    told += len(
                        ledger.record(
                            reading, feed="b", source=SOURCE, now=now, channels=()
                        )
                    )
                each = (time.perf_counter() - began) / step * 1000
                size = sum(f.stat().st_size for f in Path(folder).iterdir()) / 1e6
                print(f"{first + step:9} {each:8.2f} {told:8} {size:6.1f}")
            began = time.perf_counter()
            ledger.index.find(Search("firm named ceo"))
            took = (time.perf_counter() - began) * 1000
            held = ledger.index.size().index_bytes / 1e6
            print(f"index {held:.1f} MB; a search for three words {took:.1f} ms")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
