"""The watched country that an article speaks of: its ministers are that country's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rules.document import OrgRef, Sentence
from rules.language.words import words
from rules.model import Watchlist
from rules.spans.aliases import wordings
from rules.spans.draft import Draft
from rules.spans.places import atlas

_STATE = words(
    "president minister ministers secretary chancellor premier taoiseach attorney "
    "ambassador marshal parliament"
)
_SENT = words("ambassador envoy consul commissioner")


def countries(watchlist: Watchlist) -> dict[str, str]:
    """Return the watched country for each name that a country goes by."""
    return {
        form: org.name
        for org in watchlist.organizations
        for form in wordings(org.name)
        if _known(form)
    }


def nation_of(
    drafts: Iterable[Draft], watched: dict[str, str], *, anybody: bool = False
) -> OrgRef | None:
    """Return the only watched country that the article names, or whose people.

    Where *anybody* is watched it is the only country of all that the article names.
    """
    if not watched and not anybody:
        return None
    names = {country for draft in drafts for country in named(draft.lows)}
    found = names if anybody else {watched[c] for c in names if c in watched}
    return OrgRef(found.pop(), watched=not anybody) if len(found) == 1 else None


def named(lows: Sequence[str]) -> set[str]:
    """Return the countries that the words name, or whose people: "chilean"."""
    table = atlas()
    found = {table.demonyms[low] for low in lows if low in table.demonyms}
    index = 0
    while index < len(lows):
        match = table.nations.longest(lows, index)
        if match is not None:
            found.add(match[1])
        index = match[0] if match else index + 1
    return found


def elsewhere(sentence: Sentence, nation: str) -> bool:
    """Whether the sentence names another country, whose post it may be."""
    own = {nation, *wordings(nation)}
    lows = [token.low for token in sentence.tokens]
    whence = {i + 1 for i, low in enumerate(lows) if low == "from"}
    kept = [low for i, low in enumerate(lows) if not {i, i - 1} & whence]
    return bool(named(kept) - own)


def envoy(label: str) -> bool:
    """Whether the post is at a country, for another: an ambassador to Chile."""
    return not _SENT.isdisjoint(label.split())


def stately(label: str) -> bool:
    """Whether the post is one that states have."""
    return not _STATE.isdisjoint(label.split())


def _known(form: str) -> bool:
    lows = form.lower().split()
    match = atlas().nations.longest(lows, 0)
    return match is not None and match[0] == len(lows)
