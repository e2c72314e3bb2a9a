"""Thousands of damaged texts through the reader: prints what went wrong, and how long.

    python bench/mutations.py [HOW MANY]

Each text is one of `tests/data/news`, damaged by hypothesis, read twice. An exception,
a quote that does not stand where it says, or another answer the second time ends it.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from hypothesis import HealthCheck, given, settings

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # as a script, too

from bench.scorer.annotated import load
from bench.scorer.mutated import articles
from rules.model import Article, Watchlist
from rules.reader import Reader
from rules.rulebook import RuleBook

_NEWS = Path(__file__).parent.parent / "tests" / "data" / "news"


def main(many: int = 2_000) -> None:
    """Read *many* damaged texts twice each and print the slowest reading."""
    reader = Reader(Watchlist(), RuleBook.bundled())
    took: list[float] = []

    @settings(
        max_examples=many,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(articles([doc.article for doc in load(_NEWS)]))
    def read(article: Article) -> None:
        began = time.perf_counter()
        claims = reader.read(article).claims
        took.append(time.perf_counter() - began)
        content = article.content
        for claim in claims:
            at = claim.evidence
            if content[at.start : at.end] != at.quote:
                raise ValueError(f"a quote that does not stand: {at}")
        if reader.read(article).claims != claims:
            raise ValueError("another answer the second time")

    read()
    took.sort()
    print(f"{len(took):,} damaged texts, none wrong")
    print(f"median {took[len(took) // 2] * 1000:.1f} ms, slowest {took[-1]:.2f} s")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
