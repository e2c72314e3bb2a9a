"""Find organisations by what stands around them: posts, verbs, kinds of firm."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

from rules.document import How, OrgRef, RoleRef, Span
from rules.language.words import MOVED, SAYS, common, words
from rules.spans.descriptions import adjective, participle
from rules.spans.directory import Directory
from rules.spans.draft import Draft
from rules.spans.places import atlas, is_place
from rules.spans.runs import DOING, opens, runs, trimmed

_JOINS = words("join joins joined joining rejoin rejoins rejoined")
_LEAVES = words("leave leaves left leaving quit quits quitting exits exiting")
_ACTS = words(
    "named names appointed appoints hired hires elected elects sacked sacks "
    "fired fires ousted ousts dismissed promoted promotes announced announces "
    "announce acquired unveiled confirmed"
)
_HIRES = words("appoint appoints appointed hire hires hired sack sacks name names")
_DECIDED = words("fired sacked appointed hired dismissed ousted parted unveiled axed")
_AGENTS = words("as by to in the back")
_BEFORE_AGENT = 6
_KINDS = words(
    "rival maker giant company firm startup start-up parent house brand chain "
    "carrier operator manufacturer supplier bank retailer publisher airline "
    "club side broadcaster lab subsidiary brewer carmaker automaker chipmaker "
    "drugmaker insurer charity agency studio newspaper magazine label network "
    "outfit competitor employer lender grocer supermarket bookseller developer "
    "platform"
)
_OWNS = words(
    "board shareholders headquarters investors staff employees executives "
    "directors fans supporters chief boss leadership"
)
_NATIONAL = words(
    "president minister ministers secretary chancellor premier governor king "
    "ambassador envoy coach manager captain leader boss skipper prosecutor "
    "ombudsman commissioner taoiseach pm mps"
)
_SPORTING = words("boss coach manager captain skipper")
_REGIONAL = frozenset({"head", "vice president", "director"})
_BETWEEN = 4
UNIT_NOUNS = words("team division group unit department desk lab arm")


def place_context(
    drafts: Sequence[Draft], directory: Directory, plain: Container[str]
) -> None:
    """Mark organisations that their company of words shows, and record them."""
    for draft in drafts:
        for first, last in runs(draft):
            start = _start(draft, first, last, plain)
            for low, high in _shown(draft, start, last):
                _record(draft, low, high, directory)


def _start(draft: Draft, first: int, last: int, plain: Container[str]) -> int:
    start = first if draft.titled else trimmed(draft, first, last, plain)
    if start == first and _national_name(draft, first, last, plain):
        return first - 1
    while start < last and draft.low(start) in atlas().demonyms and not draft.titled:
        start += 1
    return start


def _national_name(draft: Draft, first: int, last: int, plain: Container[str]) -> bool:
    """Whether a nationality before plain words is of the name: "British Gymnastics"."""
    words_all = all(low in plain or common(low) for low in draft.lows[first:last])
    before = draft.low(first - 1) in atlas().demonyms and draft.free(first - 1, first)
    return words_all and before and first > 0


def _record(draft: Draft, first: int, last: int, directory: Directory) -> None:
    name = draft.text(first, last)
    former = name.lower().startswith("ex-")
    name = name[3:] if former else name
    if draft.place(first, last, OrgRef(name)) and not former:
        directory.add(tuple(t.text for t in draft.tokens[first:last]), name)


def _shown(draft: Draft, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Yield the part of a run that is an organisation by its surroundings."""
    if first >= last:
        return
    if draft.titled:
        yield from _titled(draft, first, last)
        return
    if last - first == 1 and (_describes(draft, first) or draft.low(first) in DOING):
        return
    if any(
        rule(draft, first, last) for rule in (_has_post, _post_at, _moved, _kind, _acts)
    ):
        yield first, last


def _describes(draft: Draft, index: int) -> bool:
    """Whether the one word only describes: "Acclaimed", "Emmy-nominated"."""
    low = draft.low(index)
    if common(low) or participle(low):
        return True
    return opens(draft, index) and adjective(low) and draft.low(index + 1) != "'s"


def _titled(draft: Draft, first: int, last: int) -> Iterator[tuple[int, int]]:
    """In Title Case take single words next to a post: "Halden Ceo Quits"."""
    for index in range(first, last):
        low = draft.low(index)
        if common(low) or not low[:1].isalpha() or low in atlas().demonyms:
            continue
        if _has_post(draft, index, index + 1) or _post_at(draft, index, index + 1):
            start = index
            while (
                start > first and not common(draft.low(start - 1)) and start > index - 2
            ):
                start -= 1
            yield start, index + 1


def _has_post(draft: Draft, first: int, last: int) -> bool:
    """Tell "Halden chief", "Halden's longtime finance chief", "Halden's board"."""
    if draft.role(last) is not None:
        return True
    if draft.low(last) != "'s":
        return False
    if draft.low(last + 1) in _OWNS:
        return True
    for index in range(last + 1, last + 1 + _BETWEEN):
        if draft.role(index) is not None or draft.low(index) in UNIT_NOUNS:
            return True
        if not draft.low(index).isalpha() or draft.ref(index) is not None:
            return False
    return False


def _post_at(draft: Draft, first: int, last: int) -> bool:
    """Tell "chief executive of Halden", "partner at Orr Vance"."""
    before = first - 1 - (draft.low(first - 1) in {"the", "rival"})
    role = draft.role(before - 1)
    if draft.low(before) not in {"of", "at", "with"} or role is None:
        return False
    place = is_place(draft.lows[first:last])
    owner = place and draft.low(last) == "'s" and draft.capital(last + 1)
    return not owner and not (place and role.key in _REGIONAL)


def _moved(draft: Draft, first: int, last: int) -> bool:
    before = draft.low(first - 1)
    if is_place(draft.lows[first:last]):
        return False
    if before in _JOINS:
        return True
    return before in _LEAVES and draft.low(last) not in {"'s"}


def _kind(draft: Draft, first: int, last: int) -> bool:
    if is_place(draft.lows[first:last]):
        return False
    before = draft.low(first - 1)
    apposed = before == "," and draft.low(last) == ","
    if apposed or before in {"called", "named"}:
        before = draft.low(first - 2)
    return before in _KINDS or before.endswith(("maker", "giant"))


def _acts(draft: Draft, first: int, last: int) -> bool:
    """Tell "Halden said", "sacked by Halden"; a place speaks for nobody here."""
    if _agent(draft, first) or (
        draft.low(last) in _HIRES and draft.low(last + 1) not in _AGENTS
    ):
        return True
    if draft.low(last) in {"has", "have"} and draft.low(last + 1) in _DECIDED:
        return True
    if is_place(draft.lows[first:last]) or last - first > _BETWEEN - 1:
        return False
    if any(common(low) for low in draft.lows[first:last]):
        return False
    after = draft.low(last)
    return (after in _ACTS or after in SAYS) and draft.low(last + 1) != "back"


def _agent(draft: Draft, first: int) -> bool:
    """Tell "sacked by Halden", "appointed in March by Halden"."""
    if draft.low(first - 1) != "by":
        return False
    before = draft.lows[max(0, first - _BEFORE_AGENT) : first - 1]
    return "," not in before and not MOVED.isdisjoint(before)


def place_nations(draft: Draft) -> None:
    """Mark countries that own a post: "Freedonia's president", "French minister"."""
    for span in draft.spans():
        union = draft.low(span.first - 1) in {"eu", "un"}
        if isinstance(span.ref, RoleRef) and (union or _national(draft, span)):
            _nation_before(draft, span)
            _nation_after(draft, span)


def _national(draft: Draft, span: Span) -> bool:
    return not _NATIONAL.isdisjoint(draft.lows[span.first : span.last])


def _official(draft: Draft, span: Span) -> bool:
    """Whether a nationality tells the employer: a French minister, no French boss."""
    return _SPORTING.isdisjoint(draft.lows[span.first : span.last])


def _nation_before(draft: Draft, span: Span) -> None:
    last = span.first - (draft.low(span.first - 1) == "'s")
    if last < 1:
        return
    country = atlas().demonyms.get(draft.low(last - 1))
    if country and last == span.first and _official(draft, span):
        draft.place(last - 1, last, OrgRef(country, How.ALIAS))
        return
    for first in range(max(0, last - 3), last):
        found = atlas().nations.longest(draft.lows, first)
        if found and found[0] == last and draft.capital(first):
            draft.place(first, last, OrgRef(draft.text(first, last)))
            return


def _nation_after(draft: Draft, span: Span) -> None:
    if draft.low(span.last) not in {"of", "to"}:
        return
    first = span.last + 1 + (draft.low(span.last + 1) == "the")
    found = atlas().nations.longest(draft.lows, first)
    owns = found is not None and draft.low(found[0]) == "'s"
    if found and draft.capital(first) and not owns:
        draft.place(first, found[0], OrgRef(draft.text(first, found[0])))
