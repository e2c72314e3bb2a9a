"""Fill the slots of one rule at one place: voice first, then who, what and where."""

from __future__ import annotations

from itertools import pairwise

from rules.document import OrgRef, RoleRef, UnitRef
from rules.language.verbs import Form
from rules.language.words import PREPOSITIONS, words
from rules.model import Capacity
from rules.reading.argument import NOTHING, Argument, Who
from rules.reading.beside import Arguments
from rules.reading.clause import Clause, Link
from rules.reading.finding import Found, posts
from rules.reading.items import Office
from rules.reading.ranked import anew, outranked, ranked
from rules.reading.taken import taken
from rules.reading.teams import nth_team
from rules.reading.verbgroup import BE, VerbGroup, verb_group
from rules.rule import Rule, Trigger, Voice

_NOUN_MARKS = frozenset({"'s", "the", "a", "an", "its", "his", "her", "their"})
_FUTURE = frozenset({"will", "'ll", "shall", "would"})
_CHOSEN = words(
    "nominated named chosen picked appointed selected tapped elected hired asked"
)
_BODIES = words("board company firm club bank party committee council association")
_LEADING = words("lead head run oversee manage chair direct helm spearhead")


class Filler:
    """Fills the slots of one rule at one place."""

    def __init__(
        self,
        arguments: Arguments,
        clause: Clause,
        place: tuple[int, int],
    ) -> None:
        self._subjects = arguments.subjects
        self._objects = arguments.objects
        self._beside = arguments.beside
        self._clause = clause
        self._start, self._end = place
        self._group = VerbGroup(place[0])
        self._rule_leads = False

    def fill(self, trigger: Trigger) -> Found | None:
        """Return the rule's finding, or None when voice, slots or traps forbid."""
        rule = trigger.rule
        self._rule_leads = rule.implies is not None
        if rule.voice is not Voice.NOMINAL:
            self._group = verb_group(self._clause, self._start)
        if not self._followed(rule) or not self._voiced(rule.voice, trigger.form):
            return None
        if rule.future and not self._ahead():
            return None
        found = self.found(rule, trigger.form)
        return found if _complete(found) else None

    def _followed(self, rule: Rule) -> bool:
        """Whether what stands behind the trigger is what the rule allows."""
        after = self._clause.lows[self._end :]
        if rule.traps.intersection(after[:1]) and not self._away():
            return False
        if rule.needs and rule.needs.isdisjoint(after):
            return False
        return not rule.takes or self._takes(rule)

    def _away(self) -> bool:
        """Whether it is "for Orbis", another house, not "for Paris"."""
        item = self._clause.items[self._end + 1 : self._end + 2]
        elsewhere = bool(item) and item[0].organization is not None
        return self._clause.lows[self._end] == "for" and elsewhere

    def _voiced(self, voice: Voice, form: Form | None) -> bool:
        match voice:
            case Voice.PASSIVE:
                return self._group.passive(form) or self._reduced()
            case Voice.ACTIVE:
                return self._active(form)
            case Voice.INVERTED:
                return self._group.bare
            case _:
                return True

    def _takes(self, rule: Rule) -> bool:
        return taken(self._clause, self._end) in rule.takes

    def _ahead(self) -> bool:
        """Whether the verb speaks of the future: "will lead", "is to head"."""
        group = self._group
        if _CHOSEN.intersection(group.governors) and BE.isdisjoint(group.auxiliaries):
            return False  # "whom Hale named to serve": somebody else is chosen
        copula = ranked(self._clause, group.first)
        if copula is not None:
            return anew(self._clause, copula)
        return group.infinitive or bool(set(group.auxiliaries) & _FUTURE)

    def _active(self, form: Form | None) -> bool:
        bare, first = self._group.bare, self._clause.lows[self._start]
        past = form is Form.PAST and _same_past(first)
        if self._group.passive(Form.PARTICIPLE if past else form):
            return False
        if form is Form.GERUND and bare:
            opened = self._clause.link is Link.PARTICIPLE
            return self._start == 0 and (opened or self._clause.marker == "after")
        if bare and self._adjectival():
            return False
        finite = form is not Form.PARTICIPLE or self._group.perfect
        return finite or _same_past(first)

    def _adjectival(self) -> bool:
        """Whether the word describes a noun: "Halden's ousted chief"."""
        if not self._start:
            return self._clause.link is Link.MAIN and not self._clause.shared
        before = self._clause.lows[self._start - 1]
        return before in _NOUN_MARKS or before in PREPOSITIONS

    def _reduced(self) -> bool:
        """Whether a bare participle is passive: "Ana Prieto named Halden CEO"."""
        if not self._group.bare or self._adjectival() or self._found_one():
            return False
        return taken(self._clause, self._end) in {"none", "office"}

    def _found_one(self) -> bool:
        """Whether somebody named "a commissioner", of whom there is one: an active."""
        target = self._objects.object(self._clause, self._end)
        return any(
            o.owner in {"a", "an"} and o.role is not None and o.role.seats == 1
            for o in target.offices
        )

    def found(self, rule: Rule, form: Form | None) -> Found:
        """Return the finding as it stands, whatever it lacks."""
        clause, end = self._clause, self._end
        people = self._people(rule.slots.person)
        companions = self._beside.companions(clause, end)
        if rule.slots.companion and people:
            also = (*companions, *self._beside.also(clause))
            people = (*people, *(w for w in also if w not in people))
        return Found(
            rule=rule,
            clause=clause,
            start=self._start,
            end=end,
            group=self._group,
            form=form,
            people=people,
            offices=self._offices(rule, people),
            organization=self._organization(rule),
            predecessors=self._people(rule.slots.predecessor),
            successors=self._people(rule.slots.successor),
            unit=self._unit(rule.slots.unit),
            into=self._unit(rule.slots.into),
            object=self._objects.object(clause, end),
            subject=self._at("subject"),
        )

    def _at(self, place: str) -> Argument:
        objects, clause = self._objects, self._clause
        match place:
            case "subject":
                found = self._subjects.subject(clause, self._group.first)
            case "object":
                found = objects.object(clause, self._end)
            case "possessor":
                found = self._beside.possessor(clause, self._start)
            case "antecedent":
                found = self._beside.predecessor(clause, self._start, self._end)
            case "predicate":
                found = self._beside.predicate(clause, self._end)
            case "complement" | "infinitive" | "person" | "fronted":
                found = NOTHING
            case "first team" | "second team":
                nth = 1 if place == "first team" else 2
                found = nth_team(self._clause, self._end, nth)
            case _:
                found = objects.behind(clause, self._end, place)
        return found

    def _people(self, places: tuple[str, ...]) -> tuple[Who, ...]:
        for place in places:
            people = self._at(place).people
            if people:
                return people
        return ()

    def _unit(self, places: tuple[str, ...]) -> UnitRef | None:
        found = (self._at(place).unit for place in places)
        return next((unit for unit in found if unit is not None), None)

    def _offices(self, rule: Rule, people: tuple[Who, ...]) -> tuple[Office, ...]:
        for place in rule.slots.office:
            offices = self._office_at(place, people)
            if offices:
                return offices
        return self._implied(rule) or self._in_charge()

    def _office_at(self, place: str, people: tuple[Who, ...]) -> tuple[Office, ...]:
        match place:
            case "complement":
                return self._complement()
            case "infinitive":
                return self._to_lead()
            case "fronted":
                return self._objects.fronted(self._clause, self._start)
            case "own" | "person":
                return self._beside_name(place, people)
            case "seat":
                found = self._at("object")
                return found.offices if _board(found) else ()
            case _:
                return self._office_in(place)

    def _beside_name(self, place: str, people: tuple[Who, ...]) -> tuple[Office, ...]:
        """Return the posts beside a name that stands alone; "own" the new ones."""
        if len(people) != 1:
            return ()
        new = place == "own"
        return _newly(people[0]) if new else posts(people[0], self._group)

    def _complement(self) -> tuple[Office, ...]:
        if self._described() or outranked(self._clause, self._end):
            return ()
        past = self._objects.past_people(self._clause, self._end)
        found = self._objects.office(self._clause, past)
        if self._clause.lows[self._start] != "be":
            return found
        return tuple(o for o in found if o.owner not in {"a", "an"})

    def _office_in(self, place: str) -> tuple[Office, ...]:
        found = self._at(place)
        led = self._rule_leads and _board(found)
        return () if led else tuple(o for o in found.offices if o.role)

    def _described(self) -> bool:
        """Whether the office behind the verb is who, not what: "names spy to lead"."""
        target = self._objects.object(self._clause, self._end)
        if target.people or not target.offices:
            return False
        if self._to_lead():
            return True
        return any(self._at(place).offices for place in ("as", "to"))

    def _to_lead(self) -> tuple[Office, ...]:
        """Read "to lead the tuning team" behind the trigger as its head."""
        lows = self._clause.lows
        for index in range(self._end, len(lows) - 1):
            if lows[index] == "to" and lows[index + 1] in _LEADING:
                target = self._objects.object(self._clause, index + 2)
                return _headed(target)
        return ()

    def _implied(self, rule: Rule) -> tuple[Office, ...]:
        """Return the role that the rule's words tell of the team that they name."""
        if rule.implies is None:
            return ()
        for place in rule.slots.organization:
            target = self._at(place)
            key = "chair" if _board(target) else rule.implies
            role = RoleRef(key, key)
            if _led(target):
                return (Office(role, _owner(target), target.unit, "the"),)
        return ()

    def _in_charge(self) -> tuple[Office, ...]:
        """Read "after 17 months in charge" as having been the head."""
        after = self._clause.lows[self._end :]
        led = any(pair == ("in", "charge") for pair in pairwise(after))
        return (Office(RoleRef("head", "head")),) if led else ()

    def _organization(self, rule: Rule) -> OrgRef | None:
        for place in rule.slots.organization:
            found = self._at(place)
            house = _owner(found) if _board(found) else found.organization
            if house is not None:
                return house
        return self._where()

    def _where(self) -> OrgRef | None:
        """Return whom "Orbis, where she became a director," speaks of."""
        head = self._clause.head if self._clause.marker == "where" else None
        return head.organization if head else None


def _headed(target: Argument) -> tuple[Office, ...]:
    if target.unit is None and target.organization is None:
        return ()
    role = RoleRef("head", "head")
    return (Office(role, target.organization, target.unit, "the"),)


def _newly(who: Who) -> tuple[Office, ...]:
    """Return the post whose new holder is named: "its first president, Ana Prieto".

    Of "its chairman, Ana Prieto, interim chief," it is the one behind the name.
    """
    passing = {Capacity.INTERIM, Capacity.ACTING, Capacity.DESIGNATE}
    coming = tuple(o for o in who.offices if o.role and o.role.capacity in passing)
    return coming or tuple(
        office
        for office in who.offices
        if office.role and not office.former
        if office.role.incoming or office.owner in {"its", "their", "a"}
    )


def _led(target: Argument) -> bool:
    """Whether it is something that somebody leads."""
    body = target.noun in _BODIES or _board(target)
    return bool(target.unit or target.organization or body)


def _owner(target: Argument) -> OrgRef | None:
    """Return the organisation that is led, or whose board is."""
    of_office = (o.organization for o in target.offices if o.organization)
    return target.organization or next(of_office, None)


def _board(target: Argument) -> bool:
    """Whether it is a board: whoever leads one is its chair."""
    seats = (o.role.key for o in target.offices if o.role)
    return target.noun == "board" or "board member" in seats


def _same_past(low: str) -> bool:
    """Whether past and participle look alike, so that no "has" is needed."""
    return low not in {"taken", "become", "given", "gone", "run", "chosen", "come"}


def _complete(found: Found) -> bool:
    slots = {
        "person": found.people,
        "office": found.offices,
        "organization": found.organization,
        "predecessor": found.predecessors,
        "successor": found.successors,
        "unit": found.unit,
        "into": found.into,
    }
    return all(slots.get(name) for name in found.rule.requires)
