"""Events whose person is only described, bound to the name that follows.

"Halden sacks its fleet commander. General Oto Marr led it since 2019.": the next
sentence opens with the one person it can mean. "The chief executive will step down":
the article names its one chief executive elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from rules.document import How, Part
from rules.language.words import SAYS, words
from rules.model import Kind
from rules.reading.argument import Argument, Who
from rules.reading.claims import Folded
from rules.reading.event import Event
from rules.reading.items import Item, Sort
from rules.reading.profiles import Profiles

_REACH = 2
_HERE = frozenset({Part.HEADLINE, Part.LEAD})
_EARLY = 3
_VAGUE = words("a an his her their")
_THOSE = words("the these those they trio pair duo three two four five are were is was")


def named(
    events: Sequence[Event], folded: Folded, profiles: Profiles
) -> Iterator[Event]:
    """Yield *events*, each nameless one with its person where one is sure."""
    for event in events:
        if event.found.people or event.found.rule.kind is Kind.HOLDS:
            yield event
            continue
        holder = _holder(event, profiles)
        if holder is not None:
            yield _with(event, (holder,), borrowed=False)
            continue
        people = _beside(event, folded) or _following(event, events, folded)
        yield _with(event, people, borrowed=True) if people else event


def lend(events: Sequence[Event], profiles: Profiles) -> None:
    """Note the post of "Halden chief quits" for the one who is said to go or come."""
    for event in events:
        found = event.found
        if found.people or found.subject.people or not event.status.told:
            continue
        same = [e for e in events if e.found.rule.kind is found.rule.kind]
        names = {w.person.name for e in same if e.status.told for w in e.found.people}
        if len(names) == 1:
            note = profiles.came if found.rule.kind is Kind.IN else profiles.note
            for office in found.offices or _argument(event).offices:
                note(next(iter(names)), office)


def _argument(event: Event) -> Argument:
    """Return what stands where the person should."""
    return event.found.subject if _subject(event) else event.found.object


def _with(event: Event, people: tuple[Who, ...], *, borrowed: bool) -> Event:
    found = event.found
    argument = _argument(event)
    gone = found.rule.kind is Kind.OUT
    offices = found.offices or (argument.offices if gone else ())
    named_now = replace(found, people=people, offices=offices)
    return replace(event, found=named_now, borrowed=borrowed)


def _holder(event: Event, profiles: Profiles) -> Who | None:
    """Return the one holder of the post that goes without a name."""
    if event.found.rule.kind is not Kind.OUT:
        return None
    argument = _argument(event)
    for office in argument.offices:
        if office.role is None or office.former or office.owner in _VAGUE:
            continue
        organization = office.organization or event.found.organization
        person = profiles.holder(office, organization.name if organization else None)
        if person is not None:
            return Who(person, (office,))
    return None


def _subject(event: Event) -> bool:
    return "subject" in event.found.rule.slots.person


def _beside(event: Event, folded: Folded) -> tuple[Who, ...]:
    """Return who stands behind the colon: "Two directors out: Mary Orr and Al Babb"."""
    if not event.status.told or not _described(event):
        return ()
    items = folded[event.sentence.index]
    trigger = event.found.clause.items[event.found.start].first
    for index, item in enumerate(items):
        if item.first > trigger and item.low in {":", ";"} and not item.mention:
            return tuple(_leading(items[index + 1 :]))
    return ()


def _leading(items: Sequence[Item]) -> Iterator[Who]:
    """Yield the people that *items* begin with, over "and" and commas."""
    for item in items:
        if item.person is not None:
            yield Who(item.person, item.offices)
        elif item.low not in {",", "and", "&", ";"} or item.mention:
            return


def _following(
    event: Event, events: Sequence[Event], folded: Folded
) -> tuple[Who, ...]:
    """Return who opens one of the next sentences, named there for the first time."""
    here = event.sentence
    early = here.part in _HERE or here.index < _EARLY
    if not early or not event.status.told or not _described(event):
        return ()
    before = _names(i for n in folded if n <= here.index for i in folded[n])
    for index in range(here.index + 1, here.index + 1 + _REACH):
        items = folded.get(index, ())
        if any(e.sentence.index == index and _turn(e) for e in events if _told(e)):
            return ()
        people = _opening(items)
        if people:
            new = not before & {who.person.name for who in people}
            return people if new and not _does_it(event, people) else ()
        if _names(items):
            return ()
    return ()


def _does_it(event: Event, people: tuple[Who, ...]) -> bool:
    """Whether they are who does it: "Minister sacks two. Minister Jo Beam ..."."""
    if _subject(event):
        return False
    doers = {o.role.key for o in event.found.subject.offices if o.role}
    posts = {o.role.key for who in people for o in who.offices if o.role}
    return bool(doers & posts)


def _turn(event: Event) -> bool:
    return event.found.rule.kind in {Kind.IN, Kind.OUT}


def _told(event: Event) -> bool:
    coming = event.found.rule.kind is Kind.IN
    return event.status.told and (coming or bool(event.found.people))


def _described(event: Event) -> bool:
    """Whether the event has a place for somebody, held by a description."""
    argument = _argument(event)
    if event.found.rule.kind is Kind.OUT:
        return bool(argument.offices or argument.noun in _PEOPLE)
    return bool(argument.offices) or argument.noun not in _NOBODY


_NOBODY = words("we they it i you he she who that this ?") | {""}
_PEOPLE = words(
    "executives directors trio pair duo general minister coach commander veteran "
    "manager lawyer officer officers officials bosses chief chiefs leaders"
)


def _names(items: Sequence[Item] | Iterator[Item]) -> set[str]:
    return {i.person.name for i in items if i.person is not None}


def _opening(items: Sequence[Item]) -> tuple[Who, ...]:
    """Return the people whom the sentence opens with, unless they only speak."""
    lows = [item.low if not item.mention else "" for item in items]
    first = next((n for n, i in enumerate(items) if i.sort is Sort.PERSON), None)
    if first is None:
        return ()
    if first and not all(low in _THOSE for low in lows[:first]):
        return ()
    item = items[first]
    if item.person is None or (item.person.how is not How.EXPLICIT and first):
        return ()
    if any(office.role is None for office in item.offices):
        return ()
    after = lows[first + 1] if first + 1 < len(lows) else ""
    if after in SAYS and not first:
        return ()
    whos = [Who(i.person, i.offices) for i in items[first:] if i.person is not None]
    return tuple(whos) if first else (whos[0],)
