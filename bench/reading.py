"""How quickly articles are read: prints a table of articles and kilobytes a second.

    python bench/reading.py [ROUNDS]

The texts are the demo's news, read for the organisation they are about, and for one
that none of them names (the gate stops them). One process; compare ratios.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence

from rules.model import Article, WatchedOrganization, Watchlist
from rules.reader import Reader
from rules.rulebook import RuleBook
from watcher import seeds
from watcher.demo.story import load


def articles() -> list[Article]:
    """Return every wording of the demo's pieces, whole."""
    outlets = load(seeds.path("demo") / "feeds")
    wordings = [w for o in outlets for piece in o.pieces for w in piece.wordings]
    return [
        Article(f"{n}", w.title, "\n".join(w.paragraphs), w.at)
        for n, w in enumerate(wordings)
    ]


def measure(name: str, texts: Sequence[Article], rounds: int) -> None:
    """Read every text *rounds* times for one watched name and print a row."""
    reader = Reader(Watchlist((WatchedOrganization(name),)), RuleBook.bundled())
    began, claims = time.perf_counter(), 0
    for _ in range(rounds):
        claims = sum(len(reader.read(text).claims) for text in texts)
    seconds = time.perf_counter() - began
    size = rounds * sum(len(text.content) for text in texts) / 1000
    each = rounds * len(texts) / seconds
    print(f"{name:16} {each:10.0f} {size / seconds:8.0f} {claims:7}")


def main(rounds: int = 5) -> None:
    """Print one row for the watched organisation and one for a stranger."""
    texts = articles()
    print(f"{'watched':16} {'articles/s':>10} {'KB/s':>8} {'claims':>7}")
    for name in ("OpenAI", "Halden Quarries"):
        measure(name, texts, rounds)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
