"""All that is known of one organisation, sorted into one case per post. Pure.

Who a bare surname is and which post "head of the company" means can depend on any
other claim about the organisation, so it is decided here, over all of them at once:
no order of arrival can matter.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from rules.model import Kind
from state.fold.names import alike, person_key, surname
from state.fold.posts import MEMBER, member_of, post_key, post_of
from state.fold.testimony import TEAM_ENDS, Testimony
from state.model import Post, StartingTenure

_TOP = ("ceo", "president", "chair", "coach", "manager", "editor", "dean", "minister")


@dataclass(frozen=True, slots=True)
class Said:
    """One testimony with its people resolved to keys."""

    person: str
    testimony: Testimony
    replaces: str | None = None


@dataclass(slots=True)
class Case:
    """Everything the fold needs to know of one post. *names* is key -> display name.

    *denied* is what somebody says not to be so, *vacated* that its team is no more.
    A post may have had thousands of holders: *bearers* is surname -> keys.
    """

    post: Post
    said: list[Said] = field(default_factory=list)
    denied: list[Said] = field(default_factory=list)
    vacated: list[Testimony] = field(default_factory=list)
    baselines: list[tuple[str, StartingTenure]] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    bearers: dict[str, list[str]] = field(default_factory=dict)

    def learn(self, key: str, name: str) -> None:
        """Know a person by *key*, shown as *name*; who is known stays as shown."""
        if key not in self.names:
            self.names[key] = name
            self.bearers.setdefault(surname(person_key(key)), []).append(key)

    def rests_on(self) -> object:
        """Return all that the post's tenures follow from, to be compared."""
        said = [(s.person, s.testimony, s.replaces) for s in self.said]
        denied = [(s.person, s.testimony) for s in self.denied]
        rest = (self.vacated.copy(), self.baselines.copy(), self.names.copy())
        return (self.post, said, denied, rest)

    def key_of(self, person: str) -> str | None:
        """Return the one key by which this case knows *person*, if it does."""
        if person in self.names:
            return person
        kin = self.bearers.get(surname(person_key(person)), ())
        keys = [key for key in kin if alike(key, person)]
        return keys[0] if len(keys) == 1 else None


def resolve(
    testimonies: Iterable[Testimony],
    baselines: Iterable[StartingTenure],
    members: Collection[str] = (),
) -> tuple[Case, ...]:
    """Return the cases of one organisation, in the order of their post keys.

    *members* are keys of people whose coming and leaving counts without a post.
    """
    said = sorted((t for t in testimonies if t.counts), key=_order)
    said.sort(key=lambda t: " " not in person_key(t.claim.person or ""))
    ends = [t for t in said if t.of_team and t.claim.cause in TEAM_ENDS]
    said = [t for t in said if not t.of_team]
    known = sorted(baselines, key=lambda b: (b.person, str(b.since), post_key(b.post)))
    people = _People(said, known)
    cases = _cases(said, known, people)
    _settle_heads(cases)
    for testimony in said:
        if testimony.claim.role_key is None:
            _spread(testimony, people.said(testimony), cases, members)
    for end in ends:
        _vacate(end, cases)
    return tuple(cases[key] for key in sorted(cases) if _holds_anything(cases[key]))


def _order(testimony: Testimony) -> tuple[date, str, str]:
    claim = testimony.claim
    return (testimony.clock, claim.evidence.article_id, testimony.id)


def _holds_anything(case: Case) -> bool:
    return bool(case.said or case.baselines)


class _People:
    """Names of one organisation's people: a bare surname is its one bearer."""

    def __init__(
        self, said: Iterable[Testimony], baselines: Iterable[StartingTenure]
    ) -> None:
        self._display: dict[str, str] = {}
        self._full: dict[str, set[str]] = {}
        said = tuple(said)
        names = [baseline.person for baseline in baselines]
        names += [t.claim.person for t in said if t.claim.person]
        names += [t.claim.replaces for t in said if t.claim.replaces]
        for name in names:
            key = person_key(name)
            self._display.setdefault(key, name)
            if " " in key:
                self._full.setdefault(surname(key), set()).add(key)

    def key(self, name: str) -> str:
        key = person_key(name)
        bearers = self._full.get(key, set())
        return next(iter(bearers)) if len(bearers) == 1 else key

    def display(self, key: str) -> str:
        return self._display[key]

    def said(self, testimony: Testimony) -> Said:
        replaces = testimony.claim.replaces
        person = self.key(testimony.claim.person or "")
        return Said(person, testimony, self.key(replaces) if replaces else None)


def _cases(
    said: Iterable[Testimony], baselines: Iterable[StartingTenure], people: _People
) -> dict[str, Case]:
    cases: dict[str, Case] = {}
    for baseline in baselines:
        case = _case(cases, baseline.post)
        key = _enter(case, people.key(baseline.person), people)
        case.baselines.append((key, baseline))
    for testimony in said:
        post = post_of(testimony.claim)
        if post is not None:
            case = _case(cases, post)
            _add(case, people.said(testimony), people)
    return cases


def _case(cases: dict[str, Case], post: Post) -> Case:
    """Return the case of a post, begun if it is new."""
    key = post_key(post)
    case = cases.get(key)
    if case is None:
        case = cases[key] = Case(post)
    return case


def _add(case: Case, said: Said, people: _People) -> None:
    key = _enter(case, said.person, people)
    heap = case.denied if said.testimony.denial else case.said
    heap.append(Said(key, said.testimony, said.replaces))


def _enter(case: Case, person: str, people: _People) -> str:
    """Return the case's key for *person*; nicknames are one person within a post."""
    key = case.key_of(person) or person
    case.learn(key, people.display(key))
    return key


def _settle_heads(cases: dict[str, Case]) -> None:
    """Give "head of" the organisation or a unit to the post it is another word for.

    Whoever leads a division that has a chief executive is its chief executive.
    """
    rooms: dict[str, list[Case]] = {}
    for key, case in cases.items():
        rooms.setdefault(key.split("|")[1], []).append(case)
    for room in rooms.values():
        head = next((c for c in room if c.post.role_key == "head"), None)
        if head is not None and not head.baselines:
            _settle_head(head, [c for c in room if c is not head])


def _settle_head(head: Case, room: Iterable[Case]) -> None:
    others = [c for c in room if c.post.seats == 1]
    others.sort(key=lambda c: (_rank(c), post_key(c.post)))
    tops = [c for c in others if c.post.role_key in _TOP]
    for said in tuple(head.said):
        own = [c for c in others if c.key_of(said.person)]
        target = own[:1] or (tops if len(tops) == 1 else [])
        for case in target:
            _move(said, head, case)


def _rank(case: Case) -> int:
    key = case.post.role_key
    return _TOP.index(key) if key in _TOP else len(_TOP)


def _move(said: Said, source: Case, target: Case) -> None:
    key = target.key_of(said.person) or said.person
    target.learn(key, source.names[said.person])
    target.said.append(Said(key, said.testimony, said.replaces))
    source.said.remove(said)


def _vacate(end: Testimony, cases: dict[str, Case]) -> None:
    """Let the end of a team count in each of its posts."""
    for case in cases.values():
        if post_key(case.post).split("|")[1] == _folded_unit(end.claim.unit or ""):
            case.vacated.append(end)


def _spread(
    testimony: Testimony, said: Said, cases: dict[str, Case], members: Collection[str]
) -> None:
    """Let a word about the whole organisation count in each post that it touches."""
    claim = testimony.claim
    held = list(_held(said, cases, claim.unit))
    if testimony.denial:
        for case, key in held:
            case.denied.append(Said(key, testimony, said.replaces))
        return
    if claim.kind is Kind.OUT:
        for case, key in held:
            case.said.append(Said(key, testimony, said.replaces))
    watched = said.person in members and testimony.strong
    if watched and not held and claim.unit is None and claim.kind is not Kind.HOLDS:
        post = member_of(claim.organization or "")
        case = cases.setdefault(post_key(post), Case(post))
        case.learn(said.person, claim.person or said.person)
        case.said.append(said)


def _held(
    said: Said, cases: dict[str, Case], unit: str | None
) -> Iterator[tuple[Case, str]]:
    """Yield the posts that the person is known in: all, or those of one *unit*."""
    for key in sorted(cases):
        case = cases[key]
        person = case.key_of(said.person)
        if person is None or case.post.role_key == MEMBER:
            continue
        if unit is None or post_key(case.post).split("|")[1] == _folded_unit(unit):
            yield case, person


def _folded_unit(unit: str) -> str:
    return post_key(Post("", unit, "", "")).split("|")[1]
