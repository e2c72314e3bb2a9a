"""How quickly a growing ledger takes articles in and answers: prints a table.

    python bench/ledger.py [ARTICLES] [ORGANISATIONS] [CLAIMING]

Articles are made up: two kilobytes of words from ten owners over three years. One in
CLAIMING names somebody in a post of an organisation (big ones far more often than
small ones), and one in a hundred of those tells of a change. "claims" and "plain" are
the milliseconds that one article took, median and 95th percentile, with and without a
claim. Figures are of one process; compare ratios, not machines.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import quantiles

from rules.model import Article, Claim, Evidence, Kind, Reading, Tense, Tier
from state.ledger import Ledger
from state.model import Source
from state.store.search import Search

ROLES = ("ceo", "cfo", "cto", "chair", "general counsel")
START = datetime(2024, 1, 1, tzinfo=UTC)
YEARS = timedelta(days=3 * 365)
SOURCE = Source("Bench Post", "Bench")
OWNERS = tuple(Source(f"Post {n}", f"Owner {n}") for n in range(10))
WORDS = 340


def readings(articles: int, organisations: int) -> list[Reading]:
    """Return made-up readings that all claim something, the same on every run."""
    return list(_news(articles, organisations, 1))


def _news(articles: int, organisations: int, claiming: int) -> Iterator[Reading]:
    chance = random.Random(7)  # noqa: S311  made-up news, not a secret
    weights = [1 / (rank + 1) for rank in range(organisations)]
    holders: dict[tuple[int, str], int] = {}
    filler = [f"word{n}" for n in range(5000)]
    for number in range(articles):
        at = START + YEARS * (number / articles)
        words = " ".join(chance.choices(filler, k=WORDS)) if claiming > 1 else ""
        if chance.randrange(claiming):
            yield Reading(_article(number, words, at))
            continue
        firm = chance.choices(range(organisations), weights)[0]
        post = (firm, chance.choice(ROLES))
        news = post not in holders or chance.random() < 0.01
        if news:
            holders[post] = number
        yield _reading((number, at, words), post, holders[post], news=news)


def _article(number: int, text: str, at: datetime) -> Article:
    return Article(f"a{number}", "", text or ".", at, f"http://b/{number}")


def _reading(
    place: tuple[int, datetime, str], post: tuple[int, str], holder: int, *, news: bool
) -> Reading:
    number, at, words = place
    person, organisation = f"Person N{holder}", f"Firm {post[0]}"
    said = f"{person} {'was named' if news else 'is'} {post[1]} of {organisation}."
    article = _article(number, f"{said} {words}".strip(), at)
    claim = Claim(
        kind=Kind.IN if news else Kind.HOLDS,
        person=person,
        organization=organisation,
        unit=None,
        role=post[1],
        role_key=post[1],
        evidence=Evidence(article.id, 0, len(said), said),
        tense=Tense.PAST if news else Tense.PRESENT,
        tier=Tier.ALERT if news else Tier.CONTEXT,
        votes=("bench",),
    )
    return Reading(article, (claim,))


def main(articles: int = 5000, organisations: int = 100, claiming: int = 10) -> None:
    """Record the articles, print what each tenth cost, then ask questions."""
    print(
        f"{'articles':>9} {'claims p50':>10} {'p95':>6} {'plain p50':>9} {'p95':>6} "
        f"{'changes':>8} {'MB':>8} {'bytes each':>10}"
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.db"
        with Ledger.open(path) as ledger:
            _grow(ledger, path, list_of=(articles, organisations, claiming))
            _ask(ledger)
        print(f"{'open':>28} {_timed(lambda: Ledger.open(path)):10.2f} ms")


def _grow(ledger: Ledger, path: Path, *, list_of: tuple[int, int, int]) -> None:
    articles = list_of[0]
    step = max(1, articles // 10)
    took: dict[bool, list[float]] = {True: [], False: []}
    changes = 0
    chance = random.Random(8)  # noqa: S311  made-up news, not a secret
    for number, reading in enumerate(_news(*list_of), 1):
        now, source = reading.article.published or START, chance.choice(OWNERS)
        began = time.perf_counter()
        told = ledger.record(reading, feed="b", source=source, now=now, channels=())
        took[bool(reading.claims)].append((time.perf_counter() - began) * 1000)
        changes += len(told)
        if number % step == 0:
            size = sum(f.stat().st_size for f in path.parent.iterdir())
            said, plain = _spread(took[True]), _spread(took[False])
            print(
                f"{number:9} {said[0]:10.2f} {said[1]:6.2f} {plain[0]:9.2f} "
                f"{plain[1]:6.2f} {changes:8} {size / 1e6:8.1f} {size / number:10.0f}",
                flush=True,
            )
            took = {True: [], False: []}


def _spread(times: list[float]) -> tuple[float, float]:
    if len(times) < 2:
        return 0.0, 0.0
    found = quantiles(times, n=20)
    return found[9], found[18]


def _ask(ledger: Ledger) -> None:
    day = (START + YEARS).date()
    middle = START + YEARS / 2
    asked: dict[str, Callable[[], object]] = {
        "who (all posts)": lambda: ledger.who(None, day),
        "who 'Firm 0 ceo'": lambda: ledger.who("Firm 0 ceo", day),
        "the same, as known midway": lambda: ledger.who(
            "Firm 0 ceo", middle.date(), middle
        ),
        "search for three words": lambda: ledger.index.find(Search("firm named ceo")),
        "settle": lambda: ledger.settle(START + YEARS),
    }
    for name, question in asked.items():
        question()
        print(f"{name:>28} {min(_timed(question) for _ in range(5)):10.2f} ms")
    print(f"{'index':>28} {ledger.index.size().index_bytes / 1e6:10.2f} MB")


def _timed(question: Callable[[], object]) -> float:
    began = time.perf_counter()
    question()
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
