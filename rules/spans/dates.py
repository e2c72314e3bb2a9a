"""Date expressions, read as ranges of days relative to the day of publication.

Without a publication date only expressions that name their year are read. Tense is
not known here: `again` reads an expression anew once a reader knows it.
"""

from __future__ import annotations

from datetime import MAXYEAR, MINYEAR, date, datetime, timedelta

from rules.document import DateRef
from rules.language.tokens import tokenize
from rules.spans.date_grammar import Grammar
from rules.spans.draft import Draft
from rules.when import When

_RELATIONS = {
    "by": "by",
    "since": "since",
    "until": "until",
    "till": "until",
    "from": "from",
    "effective": "from",
    "before": "before",
    "after": "after",
}


def place_dates(draft: Draft, published: datetime | None) -> None:
    """Mark every date expression of the sentence that can be read."""
    today = _day(published)
    capitals = frozenset(i for i in range(len(draft.tokens)) if draft.capital(i))
    grammar = Grammar(draft.lows, today, capitals=capitals)
    index = 0
    while index < len(draft.tokens):
        found = grammar.at(index) if draft.owner[index] is None else None
        if found is None:
            index += 1
            continue
        end, when = found
        relation = _relation(draft, index, end)
        text = draft.text(index, end)
        draft.place(
            index, end, DateRef(_related(when, relation, today), text, relation)
        )
        index = end


def resolve(
    text: str, published: datetime | None, *, future: bool | None = None
) -> When | None:
    """Return the days that *text* means, or None when it is no date expression.

    *future* True or False when the tense is known; else the nearest day is taken.
    """
    lows = tuple(token.low for token in tokenize(text))
    relation = _RELATIONS.get(lows[0], "") if lows else ""
    today = _day(published)
    grammar = Grammar(lows, today, future=future, capitals=frozenset(range(len(lows))))
    for first in range(len(lows)):
        found = grammar.at(first)
        if found:
            return _related(found[1], relation, today)
    return None


def again(ref: DateRef, published: datetime | None, *, future: bool) -> DateRef:
    """Return *ref* read in the given tense; as it was when that fits nothing."""
    when = resolve(ref.text, published, future=future)
    if when is None:
        return ref
    today = _day(published)
    return DateRef(_related(when, ref.relation, today), ref.text, ref.relation)


def _day(published: datetime | None) -> date | None:
    """Return the day to count from; none at the very ends of the calendar."""
    known = published is not None and MINYEAR + 5 < published.year < MAXYEAR - 5
    return published.date() if published and known else None


def _relation(draft: Draft, index: int, end: int) -> str:
    if draft.low(end) == "'s":
        return ""
    before = index - 1 - (draft.low(index - 1) in {"the", "on"})
    return _RELATIONS.get(draft.low(before), "")


def _related(when: When, relation: str, today: date | None) -> When:
    """Return the days that "by", "before" and "after" make of a range."""
    low, high = when.earliest, when.latest
    if relation == "by" and high is not None:
        return When(today if today and today <= high else None, high)
    if relation == "before" and low is not None:
        return When(None, low - timedelta(days=1))
    if relation == "after" and high is not None:
        return When(high + timedelta(days=1), None)
    return when
