"""What makes a whole article doubtful: a plot, a namesake, the first of April."""

from __future__ import annotations

from collections.abc import Iterator

from rules.document import Document, PersonRef
from rules.language.words import words
from rules.reading.retrospect import reprinted

_PLOT = words(
    "episode episodes finale fictional novel starring character characters plot "
    "storyline sitcom series season "
    "spoilers spoiler protagonist screenplay showrunner cliffhanger"
)
_SPORTIVE = words("satire spoof parody prank hoax fool fools fools'")
_TAKEN_BACK = words("retract retracts retracted retraction forged disregard")
_REPORTS = words("article report story message tweet statement release")
_SEASON = frozenset({"season", "series", "episode", "instalment", "finale"})
_SHOW = words("drama sitcom series show soap thriller comedy podcast saga")
_MARKS = 2
_APRIL = (4, 1)
_NAMESAKE = words("namesake namesakes")
_OTHER = (("the", "other"), ("not", "that"), ("another", "man"))


def oddities(document: Document) -> Iterator[tuple[str, float]]:
    """Yield every doubt about the article as a whole, and its weight."""
    lows = [token.low for s in document.sentences for token in s.tokens]
    if len(_PLOT.intersection(lows)) >= _MARKS or _of_show(lows):
        yield "the article seems to tell a plot", 0.6
    if not _NAMESAKE.isdisjoint(lows) or _two_of_one_name(document):
        yield "two people of one name", 0.6
    if reprinted(document):
        yield "it says that it appeared before", 0.6
    if not _TAKEN_BACK.isdisjoint(lows) or _withdrawn(lows):
        yield "a report is taken back", 0.6
    if _in_jest(document, lows):
        yield "perhaps told in jest", 0.6


def _of_show(lows: list[str]) -> bool:
    """Whether it speaks of a part of something staged: "season two of the drama"."""
    places = (i for i, low in enumerate(lows) if low in _SEASON)
    return any(
        "of" in (after := lows[i + 1 : i + 6]) and not _SHOW.isdisjoint(after)
        for i in places
    )


def _withdrawn(lows: list[str]) -> bool:
    """Whether it is a report that is withdrawn or deleted: "withdrawn an article"."""
    for index, low in enumerate(lows):
        if low in {"withdrawn", "withdrew", "deleted"}:
            return not _REPORTS.isdisjoint(lows[index + 1 : index + 4])
    return False


def _two_of_one_name(document: Document) -> bool:
    """Whether somebody is told apart from a namesake: "the other Jo Beam"."""
    return any(
        tuple(t.low for t in sentence.tokens[max(0, span.first - 2) : span.first])
        in _OTHER
        for sentence in document.sentences
        for span in sentence.spans
        if isinstance(span.ref, PersonRef)
    )


def _in_jest(document: Document, lows: list[str]) -> bool:
    """Whether it speaks of satire, or names only a first name on the first of April."""
    if not _SPORTIVE.isdisjoint(lows):
        return True
    day = document.article.published
    if day is None or (day.month, day.day) != _APRIL:
        return False
    refs = (span.ref for sentence in document.sentences for span in sentence.spans)
    return any(isinstance(ref, PersonRef) and " " not in ref.name for ref in refs)
