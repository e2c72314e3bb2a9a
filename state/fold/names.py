"""When two written names mean one thing: organisations, units, people.

Pure text: nothing here knows the ledger. What a surname alone means depends on who
else is known, so that is decided in `resolve.py`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_MARKED = re.compile(r"([^()]*[^()\s]) \(([^()]+)\)")
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_GIVEN = (
    frozenset({"robert", "bob", "rob", "bobby"}),
    frozenset({"william", "bill", "will", "billy", "liam"}),
    frozenset({"samuel", "sam"}),
    frozenset({"michael", "mike"}),
    frozenset({"james", "jim", "jimmy"}),
    frozenset({"thomas", "tom"}),
    frozenset({"richard", "rick", "dick"}),
    frozenset({"gregory", "greg"}),
    frozenset({"elizabeth", "liz", "beth"}),
    frozenset({"katherine", "catherine", "kate", "kathy"}),
    frozenset({"steven", "stephen", "steve"}),
    frozenset({"david", "dave"}),
    frozenset({"andrew", "andy", "drew"}),
    frozenset({"timothy", "tim"}),
    frozenset({"christopher", "chris"}),
    frozenset({"edward", "ed", "ted"}),
    frozenset({"jeffrey", "jeff"}),
    frozenset({"daniel", "dan"}),
)


@lru_cache(maxsize=1 << 16)
def folded(text: str) -> str:
    """Return *text* without case, accents, hyphens, apostrophes and other marks."""
    plain = unicodedata.normalize("NFKD", text.replace("'", "").replace("\u2019", ""))
    kept = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    words = re.sub(r"[\W_]+", " ", kept).split()
    return " ".join(words) or text.strip().casefold()


@lru_cache(maxsize=1 << 16)
def person_key(name: str) -> str:
    """Return the identity of a full name: folded, no middle initials, no "Jr.".

    What tells namesakes apart stands before it: "Tom Hale (Orbis)" is still a Hale.
    """
    if marked := _MARKED.fullmatch(name.strip()):
        mark = folded(marked[2]).replace(" ", "-")
        return f"({mark}){person_key(marked[1])}"
    words = [w for w in folded(name).split() if w not in _SUFFIXES]
    inner = [w for w in words[1:-1] if len(w) > 1]
    return " ".join([*words[:1], *inner, *words[1:][-1:]]) or folded(name)


def surname(key: str) -> str:
    """Return the last word of a person's key."""
    return key.rsplit(" ", 1)[-1]


def nicknames(one: str, other: str) -> bool:
    """Whether two keys differ only in forms of one given name (Bob and Robert).

    Not enough to say that they are one person: the post must be the same, too.
    """
    if surname(one) != surname(other) or " " not in one or " " not in other:
        return False
    first, second = one.split(" ", 1)[0], other.split(" ", 1)[0]
    return any(first in group and second in group for group in _GIVEN)


@lru_cache(maxsize=1 << 16)
def alike(one: str, other: str) -> bool:
    """Whether two names in one post are one person: equal, a nickname, a surname."""
    left, right = person_key(one), person_key(other)
    bare = " " not in left or " " not in right
    same_surname = bare and surname(left) == surname(right)
    return left == right or same_surname or nicknames(left, right)
