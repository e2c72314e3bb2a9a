"""When was it, and is that news? Dates read in their tense; what is only history."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from rules.document import DateRef
from rules.language.verbs import Form
from rules.model import Kind
from rules.reading.clause import Clause, Link
from rules.reading.items import Item
from rules.reading.scope import Setting, first
from rules.reading.status_words import ANNOUNCES, OLD, OLD_WORDS
from rules.rule import Voice
from rules.spans.dates import again
from rules.when import When

FRESH = timedelta(days=14)
"""How far back a date may lie for its event to be news."""

_LONG_AGO = 4 * FRESH
_NEAR = 3
_BESIDE = 5
_ONCE = frozenset({"former", "ex", "first", "founding", "legendary", "retired"})
_ASIDE = timedelta(days=7)
_MONTH = timedelta(days=20)
_JUST = timedelta(days=4)
_YEAR = 4
_TIED = frozenset({Link.COORDINATE, Link.COMPLEMENT, Link.PARTICIPLE})
_AGES = frozenset({"years", "decades", "centuries"})
_FIRST_YEAR = 1800
_STARTS = frozenset({"effective", "starting", "beginning", "commencing", "from"})
_JOINS = frozenset({"join", "joins", "joined", "joining"})


def when(scope: Setting, *, future: bool) -> When:
    """Return the finding's date, read in its tense; present tense tells none."""
    best = _date(scope)
    if best is None:
        return When()
    future = future or _is_going(scope, best) or _effective(scope, best)
    if not future and not scope.past:
        if best in _labels(scope):
            return _again(scope, best, future=False)
        now = scope.found.form is Form.THIRD
        return When() if now and _before(scope, best.when, FRESH) else best.when
    day = _again(scope, best, future=future)
    return When() if scope.past and ahead(scope, day) else day


def _effective(scope: Setting, date: DateRef) -> bool:
    """Whether it takes effect on the day: "effective Sept. 1"."""
    items = scope.clause.items
    return any(
        item.date is date and items[index - 1].low in _STARTS
        for index, item in enumerate(items)
        if index
    )


def _is_going(scope: Setting, date: DateRef) -> bool:
    """Whether the present tense tells what is to come: "is retiring in June"."""
    group = scope.group
    now = bool({"is", "are", "'s"} & set(group.auxiliaries))
    weekday = date.text.lower().partition(" ")[0].endswith("day")
    return scope.found.form is Form.GERUND and now and not weekday


def _again(scope: Setting, date: DateRef, *, future: bool) -> When:
    """Read *date* in a tense; a month alone is one only behind "in" ("in May")."""
    alone = date.text.isalpha() and date.text.istitle()
    text = f"in {date.text}" if alone else date.text
    return again(replace(date, text=text), scope.published, future=future).when


def _date(scope: Setting) -> DateRef | None:
    """Return the date of the clause nearest behind the trigger, else before it.

    Of two dates side by side the first counts: "one year ago today".
    """
    skipped = {"until", "before", "after"}
    if scope.found.rule.kind in {Kind.HOLDS, Kind.OUT}:
        skipped |= {"since"}
    items = scope.clause.items
    behind = range(scope.found.end, len(items))
    before = range(scope.found.start - 1, -1, -1)
    for index in (*behind, *before):
        date = _at(items, index)
        if date is not None and date.relation not in skipped:
            return _at(items, index - 1) or date
    return next(iter(_labels(scope)), None)


def _at(items: Sequence[Item], index: int) -> DateRef | None:
    """Return the date at *index*, unless it points back: "on that Friday"."""
    if index < 0 or (index and items[index - 1].low == "that"):
        return None
    return items[index].date


def _labels(scope: Setting) -> tuple[DateRef, ...]:
    """Return the date of "June 2023: ..." before a colon."""
    if scope.clause.marker != ":" or scope.clause.parent is None:
        return ()
    items = scope.clauses[scope.clause.parent].items
    return tuple(i.date for i in items if i.date is not None)


def ahead(scope: Setting, when_: When) -> bool:
    """Whether the day lies after the article's own."""
    if scope.published is None or when_.earliest is None:
        return False
    return when_.earliest > scope.published.date()


def history(scope: Setting, when_: When) -> str:
    """Return why this is no news, or ""."""
    if scope.found.rule.kind is Kind.HOLDS:
        return _held_once(scope)
    if any(told(scope) for told in _FORMER):
        return "former"
    if _before(scope, when_, FRESH):
        return f"dated {when_}"
    if _moved_since(scope) and _before(scope, when_, _ASIDE):
        return "relative"
    if when_.known and scope.clause.marker != "since":
        return ""
    return (
        _dated_before(scope, when_)
        or _mentioned(scope)
        or _aside(scope)
        or _biography(scope)
        or _long_ago(scope)
    )


def _years_ago(scope: Setting) -> bool:
    """Whether it is told as years past: "a hundred years ago this week"."""
    lows = scope.clause.lows
    return any(low in _AGES and after == "ago" for low, after in pairwise(lows))


def _at_age(scope: Setting) -> bool:
    """Whether it is told by somebody's age then: "becoming a manager at 19"."""
    lows = scope.clause.lows[scope.found.end :]
    pairs = pairwise(low for low in lows if low not in {".", ","})
    told = scope.past or scope.found.form is Form.GERUND
    return told and any(a == "at" and b.isdecimal() and len(b) == 2 for a, b in pairs)  # noqa: PLR2004  years


def _dated_before(scope: Setting, when_: When) -> str:
    """Whether a bare year, or the clause it is tied to, dates it long ago."""
    if scope.published is None or when_.known:
        return ""
    quoted = scope.clause.quotation is not None
    labelled = _labelled(scope, scope.published.year - 1)
    tied = scope.clause.link is Link.PARTICIPLE
    if not (scope.past or quoted or labelled or tied):
        return ""
    if labelled:
        return "dated before"
    last = scope.published.year - 2
    years = (low for low in scope.clause.lows if low.isdecimal() and len(low) == _YEAR)
    if any(_FIRST_YEAR < int(low) <= last for low in years):
        return "dated before"
    older = any(_older(scope, i.date) for c in _tied(scope) for i in c.items)
    return "dated before" if older else ""


def _tied(scope: Setting) -> Iterator[Clause]:
    """Yield the clauses whose date is this one's too, and those that say when said."""
    parent = scope.clause.parent
    if parent is not None and scope.clause.link in _TIED:
        yield scope.clauses[parent]
    if scope.clause.quotation is not None:
        yield from (c for c in scope.clauses if c.quotation is None)


def _labelled(scope: Setting, last: int) -> bool:
    """Whether the sentence is an entry of an old year: "1974 - Hale is named"."""
    low = scope.sentence.tokens[0].low if scope.sentence.tokens else ""
    year = low.isdecimal() and len(low) == _YEAR
    return year and _FIRST_YEAR < int(low) <= last


def _held_once(scope: Setting) -> str:
    """Return why somebody is not said to hold the post now."""
    bare = scope.found.form is Form.GERUND and scope.group.bare
    shown = scope.found.rule.voice is not Voice.INVERTED
    return "past" if scope.past or (bare and shown) else ""


def _mentioned(scope: Setting) -> str:
    """Return the word that makes it something known: "had", "after", a bare noun."""
    if "had" in scope.group.auxiliaries and not scope.said:
        return "had"
    coming = {"will", "'ll"} & set(scope.group.auxiliaries)
    if scope.clause.marker in OLD and not _handing(scope) and not coming:
        return scope.clause.marker
    if scope.found.rule.voice is Voice.NOMINAL and not _announced(scope):
        return "mentioned"
    return ""


def _before(scope: Setting, when_: When, margin: timedelta) -> bool:
    """Whether the day lies more than *margin* before the article's own."""
    if scope.published is None or when_.latest is None:
        return False
    gone = when_.latest < scope.published.date() - margin
    wide = when_.earliest is not None and when_.latest - when_.earliest > _MONTH
    return gone or (wide and when_.latest < scope.published.date() - _JUST)


def _moved_since(scope: Setting) -> bool:
    """Whether the news is where the leaver went: "who left last month, joins Orbis"."""
    if scope.clause.link is not Link.RELATIVE or scope.clause.parent is None:
        return False
    return not _JOINS.isdisjoint(scope.clauses[scope.clause.parent].lows)


def _former(scope: Setting) -> bool:
    """Whether the person is only called a former holder: "has" makes it news."""
    offices = [o for o in scope.found.offices if o.role]
    perfect = scope.group.perfect and scope.found.rule.cause != "died"
    gone = bool(offices) and all(o.former for o in offices)
    return scope.found.rule.kind is Kind.OUT and gone and not perfect


def _once_ousted(scope: Setting) -> bool:
    """Tell "the former search director ousted in April"."""
    passive = scope.found.rule.voice is Voice.PASSIVE
    return passive and scope.group.bare and "former" in scope.before_tokens[-_BESIDE:]


def _long_gone(scope: Setting) -> bool:
    """Whether the dead held the post long ago: "ex-Halden chair", "the first head"."""
    if scope.found.rule.cause != "died":
        return False
    return any(low in _ONCE or low.startswith("ex-") for low in scope.before_tokens)


def _handing(scope: Setting) -> bool:
    """Whether "after handing over" tells what is happening now."""
    return scope.found.form is Form.GERUND and bool(scope.found.successors)


def _announced(scope: Setting) -> bool:
    """Whether the clause's verb makes the noun an event: "confirmed the exit"."""
    if first(scope.before, ANNOUNCES):
        return True
    behind = scope.clause.lows[scope.found.end :]
    was = [n for n, low in enumerate(behind) if low in {"was", "were", "been"}]
    return bool(was) and bool(first(behind[was[0] :], ANNOUNCES))


def _aside(scope: Setting) -> str:
    """Return why a reduced or relative clause only presents somebody."""
    clause, group = scope.clause, scope.group
    passive = scope.found.rule.voice is Voice.PASSIVE
    reduced = passive and group.bare
    if reduced and "," in clause.lows[: scope.found.start]:
        return "aside"
    if clause.link is Link.RELATIVE and scope.past:
        return "relative"
    return ""


def _biography(scope: Setting) -> str:
    return first(scope.before[-_NEAR:], OLD_WORDS)


def _long_ago(scope: Setting) -> str:
    """Return the word whose clause dates this one: "after she died in April"."""
    if not scope.past:
        return ""
    below = (c for c in scope.clauses if c.parent == scope.clause.index)
    for clause in below:
        if clause.marker in OLD and any(_older(scope, i.date) for i in clause.items):
            return clause.marker
    return ""


def _older(scope: Setting, date: DateRef | None) -> bool:
    if date is None:
        return False
    when_ = _again(scope, date, future=False)
    return _before(scope, when_, _LONG_AGO)


_FORMER = (_former, _long_gone, _once_ousted, _years_ago, _at_age)
