"""Is it meant to be so? Denied, hypothetical, rumoured, planned, or asserted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from rules.language.verbs import Form
from rules.language.words import words
from rules.model import Kind, Modality, Polarity
from rules.reading.ranked import listed, ranked
from rules.reading.scope import Setting, first
from rules.reading.status_words import (
    DENIES,
    DOUBTS,
    GOSSIP,
    HYPOTHETICAL_GOVERNORS,
    IF,
    MODAL,
    NEGATIVE_GOVERNORS,
    PLANS,
    RUMOUR_GOVERNORS,
    RUMOURS,
    THINKS,
    UNNAMED,
    WISHES,
)
from rules.rule import Voice

Reality = tuple[Polarity, Modality, str]

_WEIGHING = words(
    "considering consider considers considered weighing weigh weighs weighed mulling "
    "mulls mulled contemplating contemplates against discussed discussing discuss "
    "favours favors avoid avoids suggested suggests proposed proposing opposed oppose"
)
_ALSO_FIRED = frozenset({"dismissed", "dismisses", "dismiss"})
_GOES = words(
    "left leaves leaving quit quits resigned resigns joined joins moved moves"
)
REVERSED = "reversed"
"""The cue of a plan that somebody takes back: that is news, however it is mentioned."""
_INTENT = frozenset({"decision", "plan", "plans"})
_REVERSES = words(
    "reversed reverses rescinded rescinds cancelled cancels dropped drops abandoned "
    "abandons withdrew withdraws withdrawn scrapped shelved reconsidered"
)
_DECIDES = words("voted votes agreed agrees decided decides opted opts moved")
_INTENDS = words("intends intend intended")
_NOT = frozenset({"not", "n't", "doesn't", "didn't", "don't", "isn't", "wasn't"})
_NEAR = 4
_NO = (("no", "plans"), ("no", "intention"), ("played", "down"), ("plays", "down"))


def reality(scope: Setting) -> Reality:
    """Return polarity, modality and the cue: the strongest that is found wins."""
    denied = _denied(scope)
    if denied:
        return Polarity.DENIED, Modality.ASSERTED, denied
    for modality, cue_of in _CUES:
        cue = cue_of(scope)
        if cue:
            return Polarity.AFFIRMED, modality, cue
    return Polarity.AFFIRMED, Modality.ASSERTED, ""


def _denied(scope: Setting) -> str:
    rule = scope.found.rule
    if rule.denies:
        return " ".join(scope.clause.lows[scope.found.start : scope.found.end])
    if scope.group.negated and not rule.negative:
        return "not"
    words_ = scope.clause.lows[scope.found.start : scope.found.end]
    meant = first((*scope.group.governors, *words_), _INTENT)
    if meant and first(scope.before, _REVERSES):
        return REVERSED
    governor = first(scope.group.governors, NEGATIVE_GOVERNORS)
    if governor:
        return governor
    for low, clause in scope.reports():
        if low in DENIES or set(clause.lows[-3:]) & (DENIES | _NOT):
            return low
    return first(scope.before, DENIES - _ALSO_FIRED) or _phrase(scope.before, _NO)


def _hypothetical(scope: Setting) -> str:
    asked = _asked(scope)
    if asked:
        return asked
    found = first((*scope.markers(), *_conditions(scope)), IF)
    if found:
        return found
    for word, meant in _MEANT:
        if meant(scope):
            return word
    modal = first(scope.group.auxiliaries, MODAL)
    governor = first(scope.group.governors, HYPOTHETICAL_GOVERNORS)
    return modal or governor or _wished(scope)


def _conditions(scope: Setting) -> Iterator[str]:
    """Yield what opens the clauses in front that hang on this one: "If it is sold,".

    Behind it "if" counts, too, when all is still to come: "will lead it if she wins".
    """
    ahead = bool(_planned(scope))
    for clause in scope.clauses:
        if clause.parent != scope.clause.index or not clause.items:
            continue
        fronted = clause.items[0].first < scope.clause.items[0].first
        if fronted or (ahead and clause.marker in {"if", "unless"}):
            yield clause.marker


def _aims(scope: Setting) -> bool:
    """Whether somebody only means to get a post: "intends to lead the party"."""
    rule = scope.found.rule
    own = rule.kind is Kind.IN and "subject" in rule.slots.person
    return own and bool(first(scope.group.governors, _INTENDS))


def _weighed(scope: Setting) -> bool:
    """Whether the deed is only thought of: "was considering ousting Hale"."""
    start = scope.found.start
    before = scope.clause.lows[start - 1] if start else ""
    return scope.found.form is Form.GERUND and before in _WEIGHING


def _purpose(scope: Setting) -> bool:
    """Whether "to oust Hale" is only what something is done for."""
    group = scope.group
    if not group.infinitive or group.governors or not group.first:
        return False
    if _of_rank(scope):
        return False
    if scope.found.rule.voice is not Voice.ACTIVE or group.auxiliaries:
        return False
    coming = scope.found.rule.kind is Kind.IN
    if first(scope.before, _DECIDES) or (coming and first(scope.before, _GOES)):
        return False
    before = scope.clause.items[group.first - 1]
    return not before.mention and before.low != ","


def _ahead(scope: Setting) -> str:
    """Return what puts "the first to lead" ahead: "is set to become", "will be"."""
    copula = ranked(scope.clause, scope.group.first)
    before = scope.clause.lows[max(0, (copula or 0) - _NEAR) : copula or 0]
    return first(before, PLANS | {"to"})


def _of_rank(scope: Setting) -> bool:
    """Whether it is done by who "is the latest to leave"."""
    clause, first = scope.clause, scope.group.first
    return ranked(clause, first) is not None or listed(clause, first) is not None


def _wished(scope: Setting) -> str:
    """Return the word before the trigger that only wishes or weighs it."""
    before = scope.before
    subjects = {i.low for i in scope.clause.items if i.mention}
    return first((w for w in before if w not in subjects), WISHES)


def _would(scope: Setting) -> bool:
    """Whether "would" is a conditional, not what somebody said would be."""
    if "would" not in scope.group.auxiliaries:
        return False
    return not scope.said


def _asked(scope: Setting) -> str:
    """Return "?" when the finding's own part of the sentence is a question."""
    tokens = scope.sentence.tokens
    place = scope.clause.items[scope.found.start].first
    for index in range(place, len(tokens)):
        if tokens[index].low in {":", ";", ".", "|"}:
            return ""
        if tokens[index].low == "?":
            return "?"
    return ""


def _rumoured(scope: Setting) -> str:
    governor = first(scope.group.governors, RUMOUR_GOVERNORS)
    if governor:
        return governor
    for low, clause in scope.reports():
        if low in THINKS:
            return low
        source = first(clause.lows, UNNAMED)
        if source:
            return source
    return (
        first(scope.clause.lows, RUMOURS)
        or first(scope.before_tokens, GOSSIP)
        or _labelled(scope)
        or scope.unnamed_source()
    )


def _labelled(scope: Setting) -> str:
    """Return the label of "Sources: ..." and "Report: ..."."""
    for clause in (scope.clause, *scope.chain()):
        if clause.marker == ":" and clause.parent is not None:
            return first(scope.clauses[clause.parent].lows, DOUBTS)
    return ""


def _planned(scope: Setting) -> str:
    auxiliary = first(scope.group.auxiliaries, PLANS)
    if auxiliary:
        return auxiliary
    governor = first(scope.group.governors, PLANS)
    if governor:
        return governor
    if "would" in scope.group.auxiliaries:
        return "would"
    if scope.group.infinitive and not _carried(scope.group.governors):
        return _ahead(scope) if _of_rank(scope) else "to"
    return "will" if scope.found.rule.future else ""


def _phrase(lows: Sequence[str], phrases: Sequence[tuple[str, ...]]) -> str:
    for phrase in phrases:
        for index in range(len(lows) - len(phrase) + 1):
            if tuple(lows[index : index + len(phrase)]) == phrase:
                return " ".join(phrase)
    return ""


def _carried(governors: Sequence[str]) -> bool:
    """Whether what the infinitive hangs on has happened: "was forced to resign"."""
    return bool(set(governors) & {"forced", "helped", "brought", "voted"})


_MEANT: tuple[tuple[str, Callable[[Setting], bool]], ...] = (
    ("would", _would),
    ("to", _purpose),
    ("considering", _weighed),
    ("intends", _aims),
)
_CUES: tuple[tuple[Modality, Callable[[Setting], str]], ...] = (
    (Modality.HYPOTHETICAL, _hypothetical),
    (Modality.RUMOURED, _rumoured),
    (Modality.PLANNED, _planned),
)
