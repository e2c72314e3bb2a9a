"""Names of people: their parts, and when two of them name one person."""

from __future__ import annotations

from functools import cache
from importlib import resources

from rules.language.text import fold
from rules.language.words import words, words_of
from rules.spans.places import is_place
from rules.spans.shapes import TAILS

HONORIFICS = words(
    "mr mrs pte pfc pvt cpl ms mx miss dr prof professor sir dame mr. mrs. ms. "
    "mx. dr. prof. gen. sen. rep. gov. lt. col. capt. sgt. rev. hon. adm. maj. "
    "cmdr. brig. pres. messrs. justice detective sergeant inspector "
    "superintendent constable captain colonel admiral major lieutenant "
    "brigadier reverend father sister rabbi imam sheikh sheikha congressman "
    "congresswoman corporal"
)
TITLES = words(
    "lord lady baroness baron prince princess king queen pope duke duchess earl "
    "count countess viscount emir sultan crown archbishop cardinal bishop"
)
SUFFIXES = words("jr. sr. jr sr ii iii iv esq")
PARTICLES = words(
    "de vanden vande van von der den del della di da dos das do la le bin ibn al el "
    "ter ten y e af av zu zur du des san ben abu"
)
_GENERATIONS = frozenset({"jr", "sr", "ii", "iii", "iv"})
_LONG = 6
_SHORTEST_SIDE = 2


@cache
def _nicknames() -> dict[str, frozenset[str]]:
    path = resources.files("rules").joinpath("data", "nicknames.txt")
    groups: dict[str, set[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        words = line.split() if line[:1] != "#" else []
        for word in words:
            groups.setdefault(word, set()).update(words)
    return {word: frozenset(group) for word, group in groups.items()}


def is_given(word: str) -> bool:
    """Whether *word* is a given name ("Jean-Luc" by its first half)."""
    names = words_of("given_names.txt")
    folded = fold(word)
    return folded in names or ("-" in folded and folded.partition("-")[0] in names)


def personal(name: str) -> bool:
    """Whether a bare name is rather a person's than an organisation's.

    For lists that mix both: a given name first, and no tail of a firm or a place.
    """
    words = fold(name).split()
    if len(words) < _SHORTEST_SIDE or words[-1] in TAILS or is_place(tuple(words)):
        return False
    return words[0] in HONORIFICS | TITLES or is_given(words[0])


def parts(name: str) -> tuple[str, ...]:
    """Return the folded words of *name* without honorifics and suffixes."""
    words = [w for w in fold(name).replace(",", " ").split() if w not in SUFFIXES]
    while len(words) > 1 and words[0] in HONORIFICS:
        words.pop(0)
    return tuple(words)


def surname(name: str) -> str:
    """Return the folded surname, with its particles ("de la cruz")."""
    words = list(parts(name))
    if not words:
        return ""
    last = [words.pop()]
    while len(words) > 1 and words[-1] in PARTICLES:
        last.insert(0, words.pop())
    return " ".join(last)


def given(name: str) -> tuple[str, ...]:
    """Return the folded words before the surname."""
    words = parts(name)
    return words[: len(words) - len(surname(name).split())]


def same_given(one: str, other: str) -> bool:
    """Whether two given names may be one person's: equal, initial or nickname."""
    if one == other or other in _nicknames().get(one, ()):
        return True
    short, long = sorted((one.strip("."), other.strip(".")), key=len)
    return len(short) == 1 and long.startswith(short)


def same_person(one: str, other: str) -> bool:
    """Whether two full names are read as one person's.

    The surnames agree but for accents or, in long ones, one letter; some given name
    agrees, or one side has none.
    """
    if not _same_surname(surname(one), surname(other)) or _generations(one, other):
        return False
    mine, theirs = given(one), given(other)
    if not mine or not theirs:
        return True
    if same_given(mine[0], theirs[0]):
        return True
    return any(len(w) >= _SHORTEST_SIDE and w in mine for w in theirs)


def _generations(one: str, other: str) -> bool:
    """Whether the two are called Sr. and Jr., or one alone is called so."""
    mine, theirs = (
        {w.strip(".,") for w in fold(name).split()} & _GENERATIONS
        for name in (one, other)
    )
    return (
        mine != theirs and bool(mine | theirs) and len(given(one)) == len(given(other))
    )


def _same_surname(one: str, other: str) -> bool:
    if one == other:
        return bool(one)
    if min(len(one), len(other)) < _LONG or abs(len(one) - len(other)) > 1:
        return False
    return _one_apart(*sorted((one, other), key=len))


def _one_apart(short: str, long: str) -> bool:
    """Whether one letter changed, added or dropped parts the two."""
    at = next(
        (
            i
            for i, pair in enumerate(zip(short, long, strict=False))
            if pair[0] != pair[1]
        ),
        len(short),
    )
    return short[at + (len(short) == len(long)) :] == long[at + 1 :]
