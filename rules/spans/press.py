"""Tell the press as a source ("told CNN", "the BBC reports") from the press as news."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib import resources

from rules.document import OrgRef, Span
from rules.language.words import words
from rules.spans.draft import Draft

_TAILS = words(
    "times post news journal herald tribune gazette telegraph guardian observer "
    "magazine radio television tv express chronicle daily mail agency newspaper"
)
_SOURCES = {
    "to": words("according speaking spoke statement speaks talking comments confirmed"),
    "with": words("interview interviews speaking spoke speaks talked conversation"),
    "by": words(
        "reported seen obtained reviewed published quoted interviewed asked cited "
        "report broadcast aired contacted"
    ),
    "on": words("said speaking appearing appeared interview live told says broadcast"),
    "in": words("said writing wrote reported published interview report writes"),
    "from": words("report reports reporters"),
    "for": words("writes writing wrote reports reporting"),
    "via": words("statement said"),
}
_TOLD = words("told tells telling tell informed citing cites quoting quotes")
_REPORTS = words(
    "reports reported report understands reveals revealed learned learns claims "
    "claimed quoted quotes interview podcast reporter correspondent"
)
_LEARNED = words(
    "learned reported obtained seen reviewed confirmed approached contacted"
)
_DASHES = frozenset({"-", "--", "\u2014", "\u2013"})
_OWN = words(
    "reports speaks breaks takes explains discusses explores examines looks has sits "
    "talks meets visits joins tells"
)
_FAR = 8
_REACH = 5


def mark_press(drafts: Sequence[Draft]) -> None:
    """Mark the newsrooms that the text names only as those told or telling."""
    for draft in drafts:
        for span in draft.spans():
            ref = span.ref
            if isinstance(ref, OrgRef) and is_press(ref.name) and _source(draft, span):
                draft.lift(span)
                draft.place(span.first, span.last, replace(ref, press=True))


@cache
def _known() -> frozenset[str]:
    path = resources.files("rules").joinpath("data", "press.txt")
    lines = path.read_text(encoding="utf-8").splitlines()
    return frozenset(line.lower() for line in lines if line[:1] != "#")


def is_press(name: str) -> bool:
    """Whether the name is a newsroom's: a known one, or one that ends like one."""
    low = name.lower().removeprefix("the ")
    return low in _known() or low.rpartition(" ")[2] in _TAILS


def _source(draft: Draft, span: Span) -> bool:
    return _is_told(draft, span.first) or _tells(draft, span) or _signs(draft, span)


def _is_told(draft: Draft, first: int) -> bool:
    """Tell "told the BBC", "in an interview with CNN", "according to TASS"."""
    index = first - 1
    while draft.low(index) in {"the", "state", "broadcaster", "agency", "newspaper"}:
        index -= 1
    before = draft.low(index)
    if before in _TOLD:
        return True
    near = draft.lows[max(0, index - _REACH) : max(0, index)]
    return not _SOURCES.get(before, frozenset()).isdisjoint(near)


def _tells(draft: Draft, span: Span) -> bool:
    """Tell "the BBC reports", "CNN has learned", "CNN's Jo Beam reports"."""
    after = draft.low(span.last)
    if after in {"has", "had"}:
        return draft.low(span.last + 1) in _LEARNED
    if after == "'s":
        far = draft.lows[span.last + 1 : span.last + _FAR]
        return draft.person(span.last + 1) is not None and not _OWN.isdisjoint(far)
    return after in _REPORTS


def _signs(draft: Draft, span: Span) -> bool:
    """Tell a dateline or a byline: "(CNN)", "LONDON (Reuters) -", "... - BBC"."""
    before, after = draft.low(span.first - 1), draft.low(span.last)
    if (before, after) == ("(", ")"):
        return True
    if span.first == 0:
        return after in _DASHES
    return before in _DASHES and after == ""
