"""How well and how quickly articles are read: prints tables.

    python bench/reading.py [FILE|FOLDER ...]

Each FILE holds annotated news (JSON lines or TOML), each FOLDER a TOML file an article;
without one it is `tests/data/news`. Precision, recall and F1 stand with their 95 %
intervals: of the alert tier, and of alerts and candidates together; for event and
person, and with post and organisation too. The speed is that of one process on the
same texts and on the demo's: compare ratios, not figures of two machines.
"""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # as a script, too

from bench.scorer.annotated import Annotated, AnnotationError, load
from bench.scorer.counts import Counts, Scored, interval, score
from rules.model import Article, Watchlist
from rules.reader import Reader
from rules.rulebook import RuleBook
from state.news.assess import assess
from watcher.articles.watchnames import watchlist

_NEWS = Path(__file__).parent.parent / "tests" / "data" / "news"
_SECONDS = 3.0
_STRANGER = "Quenby Lanthorn Instruments"
_KILOBYTE = 1000


@dataclass(frozen=True, slots=True)
class Outcome:
    """One article with the score of its alerts, and of its candidates beside them."""

    doc: Annotated
    alerts: Scored
    both: Scored


def outcome(doc: Annotated, book: RuleBook) -> Outcome:
    """Read *doc* as an empty ledger would, and score what it is told."""
    watched = watchlist(doc.watch)
    reading = Reader(watched, book).read(doc.article)
    said = assess(reading, tuple(person.name for person in watched.people))
    both = (*said.alerts, *said.candidates)
    return Outcome(doc, score(doc, said.alerts), score(doc, both))


def row(name: str, counts: Counts) -> None:
    """Print one row of counts."""
    told, due = counts.right + counts.wrong, counts.right + counts.missed
    print(
        f"{name:34.34} {counts.right:5} {counts.wrong:5} {counts.missed:5}"
        f"  {_share(counts.right, told)}  {_share(counts.right, due)}"
        f"  {f'{counts.f1:.3f}' if told and due else '-'}"
    )


def _share(part: int, whole: int) -> str:
    """Return a share with its interval, or a dash when there is nothing to share."""
    low, high = interval(part, whole)
    known = f"{part / whole:.3f} [{low:.2f} {high:.2f}]" if whole else "-"
    return f"{known:20}"


def tiers(outcomes: Sequence[Outcome]) -> None:
    """Print the counts of both tiers, loose and whole, and the share kept quiet."""
    head("tier")
    for name, of in (("alert", _alerts), ("alert and candidate", _both)):
        row(f"{name}: event, person", total(of(o).loose for o in outcomes))
        row(f"{name}: and post, organisation", total(of(o).whole for o in outcomes))
    quiet = [o for o in outcomes if o.doc.quiet]
    silent = sum(not o.alerts.wrong for o in quiet)
    still = sum(not o.both.wrong for o in quiet)
    print(f"\nof {len(quiet)} articles with nothing to tell {silent} raise no alert,")
    print(f"{still} no candidate either")


def by(outcomes: Sequence[Outcome], name: str, keys: Keys) -> None:
    """Print the alert tier's counts for each key of the articles."""
    groups: dict[str, list[Counts]] = defaultdict(list)
    for one in outcomes:
        for key in keys(one.doc):
            groups[key].append(one.alerts.loose)
    if groups:
        head(name)
    for key in sorted(groups, key=lambda k: (k[:1], len(k), k)):
        row(f"{key} ({len(groups[key])} articles)", total(groups[key]))


def rules(outcomes: Sequence[Outcome]) -> None:
    """Print how often each rule's vote was right, alerts and candidates together."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for one in outcomes:
        for right, claims in ((0, one.both.right), (1, one.both.wrong)):
            for rule in (rule for claim in claims for rule in claim.votes):
                counts[rule][right] += 1
    print(f"\n{'rule':34} {'right':>5} {'wrong':>5}  precision")
    for rule, (right, wrong) in sorted(counts.items(), key=lambda r: (-sum(r[1]), r)):
        print(f"{rule:34} {right:5} {wrong:5}  {_share(right, right + wrong)}")


def head(name: str) -> None:
    """Print a table's head."""
    columns = "right wrong  miss  precision            recall               F1"
    print(f"\n{name:34} {columns}")


def total(counts: Iterable[Counts]) -> Counts:
    """Return the sum."""
    return sum(counts, Counts())


def speed(texts: Sequence[Article], names: Sequence[str], label: str) -> None:
    """Print how many articles a second are read for the watched *names*."""
    reader = Reader(watchlist(names) if names else Watchlist(), RuleBook.bundled())
    read, size, began = 0, 0, time.perf_counter()
    while time.perf_counter() - began < _SECONDS:
        for text in texts:
            reader.read(text)
            size += len(text.content)
        read += len(texts)
    seconds = time.perf_counter() - began
    print(f"{label:34} {read / seconds:12,.0f} {size / seconds / _KILOBYTE:12,.0f}")


def speeds(docs: Sequence[Annotated]) -> None:
    """Print the speed with nothing watched, with much watched, and behind the gate."""
    texts = [_kilobyte(doc.article) for doc in docs]
    names = sorted({name for doc in docs for name in doc.watch})
    print(f"\n{'one-kilobyte articles, watching':34} {'articles/s':>12} {'KB/s':>12}")
    speed(texts, [_STRANGER], "one name, in none (the gate)")
    speed(texts, names[:50], "50 names of them")
    speed(texts, (), "nothing: every article passes")


def _kilobyte(article: Article) -> Article:
    """Return the article with its text cut, or said again, to a kilobyte."""
    text = article.text or article.title
    again = "\n".join([text] * (_KILOBYTE // len(text) + 1))[:_KILOBYTE]
    return Article(article.id, article.title, again, article.published)


Keys = Callable[[Annotated], Iterable[str]]


def _alerts(one: Outcome) -> Scored:
    return one.alerts


def _both(one: Outcome) -> Scored:
    return one.both


def _case(doc: Annotated) -> tuple[str, ...]:
    return doc.cases[:1]


def _marks(doc: Annotated) -> tuple[str, ...]:
    return doc.marks


def main(*places: str) -> int:
    """Print every table for the news at *places*; return an exit code."""
    book = RuleBook.bundled()
    try:
        docs = [d for place in places or (_NEWS,) for d in load(Path(place))]
    except (AnnotationError, OSError) as error:
        print(f"reading: {error}", file=sys.stderr)
        return 2
    outcomes = [outcome(doc, book) for doc in docs]
    events = sum(len(doc.events) for doc in docs)
    print(f"{len(docs)} articles, {events} events")
    tiers(outcomes)
    by(outcomes, "case", _case)
    by(outcomes, "phenomenon", _marks)
    rules(outcomes)
    speeds(docs)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
