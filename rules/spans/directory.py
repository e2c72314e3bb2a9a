"""The organisations of one article: full names, short forms, what each is called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from rules.document import How, OrgRef
from rules.language.phrases import Phrases
from rules.language.words import common
from rules.spans.draft import Draft
from rules.spans.names import is_given
from rules.spans.places import atlas, is_place
from rules.spans.shapes import HEADS, without_legal

_SHORTEST = 3
_INITIALS = 3


class Directory:
    """Organisations by the words that name them, as written in the article."""

    def __init__(self, watched: Iterable[str] = ()) -> None:
        self._names: dict[tuple[str, ...], OrgRef] = {}
        self._watched = frozenset(watched)

    def add(self, texts: tuple[str, ...], name: str) -> None:
        """Record one organisation by its tokens."""
        self._names.setdefault(texts, OrgRef(name, watched=name in self._watched))

    def phrases(self) -> Phrases[OrgRef]:
        """Return every full and short form, each with the fullest name."""
        fullest = self._fullest()
        found: Phrases[OrgRef] = Phrases(())
        for texts in self._names:
            ref = fullest[_key(texts)]
            found.add(texts, ref)
        for short, ref in self._short_forms(fullest).items():
            found.add(short, ref)
        return found

    def _fullest(self) -> dict[tuple[str, ...], OrgRef]:
        best: dict[tuple[str, ...], OrgRef] = {}
        for texts, ref in self._names.items():
            key = _key(texts)
            if key not in best or _rank(ref) > _rank(best[key]):
                best[key] = ref
        return best

    def _short_forms(
        self, fullest: dict[tuple[str, ...], OrgRef]
    ) -> dict[tuple[str, ...], OrgRef]:
        """Return short forms that one organisation alone can have."""
        forms = [(form, fullest[_key(t)]) for t in self._names for form in _shorter(t)]
        counts = Counter(form for form, _ in set(forms))
        return {
            form: OrgRef(ref.name, How.ALIAS, ref.watched)
            for form, ref in forms
            if counts[form] == 1
        }


def _rank(ref: OrgRef) -> tuple[bool, int]:
    return ref.watched, len(ref.name)


def _key(texts: tuple[str, ...]) -> tuple[str, ...]:
    return without_legal(tuple(text.lower() for text in texts))


def _shorter(texts: tuple[str, ...]) -> set[tuple[str, ...]]:
    """Return "Halden Mills" and "Halden" of "Halden Mills Inc.", "FTC" of its words."""
    bare = texts[: len(_key(texts))]
    forms = {bare} if len(bare) < len(texts) else set()
    first = bare[0].lower()
    if len(bare) > 1 and _bears_alone(first) and "of" not in bare:
        forms.add(bare[:1])
    letters = "".join(t[0] for t in bare if t[:1].isupper())
    if len(letters) >= _INITIALS:
        forms.add((letters,))
    return forms


def _bears_alone(first: str) -> bool:
    """Whether the first word can stand for the whole name."""
    if len(first) < _SHORTEST or not first[0].isalpha() or first.endswith("."):
        return False
    known = is_place((first,)) or first in atlas().demonyms or first in HEADS
    return not (known or is_given(first) or common(first))


def place_known(drafts: Iterable[Draft], directory: Directory) -> None:
    """Mark every organisation of the directory wherever it is named."""
    phrases = directory.phrases()
    for draft in drafts:
        _settle(draft, phrases)
        texts = [token.text for token in draft.tokens]
        index = 0
        while index < len(texts):
            found = phrases.longest(texts, index)
            if found and draft.place(index, found[0], found[1]):
                index = found[0]
            else:
                index += 1


def place_watched(drafts: Iterable[Draft], watched: Mapping[str, str]) -> None:
    """Mark what other words have found of the watched: "French" for France.

    *watched* gives the watched name for each of its wordings.
    """
    for draft in drafts:
        for span in draft.spans():
            ref = span.ref
            if isinstance(ref, OrgRef) and not ref.watched and ref.name in watched:
                draft.lift(span)
                known = replace(ref, name=watched[ref.name], watched=True)
                draft.place(span.first, span.last, known)


def _settle(draft: Draft, phrases: Phrases[OrgRef]) -> None:
    """Give what shape alone has found the fullest name that the article has."""
    for span in draft.spans():
        if not isinstance(span.ref, OrgRef) or span.ref.watched:
            continue
        texts = [token.text for token in draft.tokens[span.first : span.last]]
        found = phrases.longest(texts, 0)
        if found and found[0] == len(texts) and found[1] != span.ref:
            how = How.EXPLICIT if span.ref.name == found[1].name else How.ALIAS
            draft.lift(span)
            ref = OrgRef(found[1].name, how, found[1].watched)
            draft.place(span.first, span.last, ref)
