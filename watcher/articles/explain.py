"""What each stage of the reading decided of an article, put into plain words. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from rules.model import Claim, Reading, Verdict
from watcher.articles import claimed

_SENTENCE = 40


@dataclass(frozen=True, slots=True)
class Line:
    """One line to print: words, and the part [start, end) of them to mark.

    *good* tells the colour: True passed or alert, False stopped, None neither. *spans*
    are places in *text* and what stands there: "person", "post" ...
    """

    text: str
    good: bool | None = None
    start: int = 0
    end: int = 0
    spans: tuple[tuple[int, int, str], ...] = ()


def stopped_by(reading: Reading) -> str | None:
    """Return the stage that ended the reading of the article, if one did.

    With claims nothing ended it; without any, the last stage that refused did.
    """
    if reading.claims:
        return None
    refused = [verdict.stage for verdict in reading.verdicts if not verdict.passed]
    return refused[-1] if refused else None


def lines(reading: Reading) -> Iterator[Line]:
    """Yield the explanation, line by line."""
    article = reading.article
    yield Line(article.title or "(no title)")
    yield Line(f"published {article.published or 'unknown'}  {article.url}".rstrip())
    place: tuple[int, int] | None = None
    for verdict in _by_sentence(reading.verdicts):
        there = _place(verdict)
        if there is not None and there != place:
            yield _marked(reading, *there)
        place = there
        mark = "passed " if verdict.passed else "stopped"
        yield Line(f"  {mark} {verdict.stage}: {verdict.note}", verdict.passed)
    yield from claims(reading)


def _by_sentence(verdicts: Sequence[Verdict]) -> list[Verdict]:
    """Return the gate's word first, then all that was said of each sentence."""
    first = [v for v in verdicts if v.stage == "gate" or v.start is None]
    rest = [v for v in verdicts if v not in first]
    return [*first, *sorted(rest, key=lambda v: v.start or 0)]


def _place(verdict: Verdict) -> tuple[int, int] | None:
    if verdict.start is None or verdict.end is None:
        return None
    return verdict.start, verdict.end


def claims(reading: Reading) -> Iterator[Line]:
    """Yield what the article claims, tier by claim, and a last line that sums it up."""
    for claim in reading.claims:
        yield from _claim(claim)
    yield _end(reading)


def _marked(reading: Reading, start: int, end: int) -> Line:
    """Return the line that [start, end) stands in, with it marked.

    A whole sentence is shown without the rest of its line, its spans marked.
    """
    content = reading.article.content
    inside = [m for m in reading.marks if start <= m.start and m.end <= end]
    if inside or end - start >= _SENTENCE:
        spans = tuple((m.start - start, m.end - start, m.sort) for m in inside)
        return Line(content[start:end].replace("\n", " "), spans=spans)
    first = content.rfind("\n", 0, start) + 1
    last = content.find("\n", end)
    whole = content[first : last if last >= 0 else len(content)]
    return Line(whole.replace("\n", " "), None, start - first, end - first)


def _claim(claim: Claim) -> Iterator[Line]:
    post = ", ".join(
        part for part in (claim.role, claim.unit, claim.organization) if part
    )
    told = claim.tier.value == "alert"
    yield Line(f"{claim.tier}: {claim.person} {claim.kind} {post}", told or None)
    status = (claim.polarity, claim.modality, claim.tense, claim.currency)
    rules = ", ".join(claim.votes) or "no rule"
    words = ", ".join((*status, claim.capacity))
    yield Line(f"    {words}, when {claim.when}, by {rules}")
    quote = " ".join(claim.evidence.quote.split())
    yield Line(f"    {quote}", None, 4, 4 + len(quote))


def _end(reading: Reading) -> Line:
    stage = stopped_by(reading)
    if stage is not None:
        return Line(f"nothing read: the {stage} stopped it", good=False)
    if not reading.claims:
        return Line("nothing read: no sentence makes a claim", good=False)
    tiers = [claim.tier.value for claim in reading.claims]
    counts = ", ".join(f"{tiers.count(tier)} {tier}" for tier in dict.fromkeys(tiers))
    return Line(f"{len(tiers)} claims: {counts}", good=True)


def as_data(reading: Reading) -> dict[str, Any]:
    """Return the explanation as plain data, for JSON."""
    article = reading.article
    published = article.published.isoformat() if article.published else None
    return {
        "title": article.title,
        "url": article.url,
        "published": published,
        "stopped_by": stopped_by(reading),
        "verdicts": [_plain(verdict) for verdict in reading.verdicts],
        "marks": [asdict(mark) for mark in reading.marks],
        "claims": [claimed.everything(claim) for claim in reading.claims],
    }


def _plain(verdict: Verdict) -> dict[str, Any]:
    return {
        "stage": verdict.stage,
        "passed": verdict.passed,
        "note": verdict.note,
        "start": verdict.start,
        "end": verdict.end,
    }
