"""How else news writes a watched organisation's name: short forms that are its alone.

"NYC" for New York City, "Man Utd" for Manchester United, "Harvard" for Harvard
University, "Leeds University" for the University of Leeds, "UK" for the United Kingdom.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources

from rules.language.tokens import tokenize
from rules.language.words import common, words
from rules.spans.names import is_given
from rules.spans.places import atlas, is_place
from rules.spans.shapes import HEADS, TAILS, known_names, without_legal

_INITIALS = 3
_SHORTEST = 4
_SMALL = words("of the and for & in")
_CLIPPED = {"manchester": "Man", "united": "Utd", "saint": "St", "mount": "Mt"}
DROPPED = words(
    "university college hotspur rovers wanderers albion athletic airlines airways "
    "motors motor pharmaceuticals technologies technology software industries systems "
    "entertainment studios games energy"
)
"""What news leaves off a name; a bank or a museum is seldom called by its town."""

_TAILS = words("lab labs laboratories group partners ventures studios media")
_SEATS = words(
    "city town village borough county state province republic kingdom government "
    "commonwealth municipality territory principality diocese archdiocese"
)
"""What a place is called as a body that has posts: news says only the place."""

_LEARNED = words("university college school academy")


def wordings(name: str, aliases: Iterable[str] = ()) -> tuple[str, ...]:
    """Return *name*, the user's *aliases*, and the short forms of both, in order."""
    found = [form for one in (name, *aliases) for form in (one, *_shorter(one))]
    return tuple(dict.fromkeys((*found, *_national(name), *_called(name))))


def peoples(name: str) -> tuple[str, ...]:
    """Return what a country's people and things are called: "french" of France."""
    countries = {
        country for one in (name, *_national(name)) if (country := country_of(one))
    }
    table = atlas().demonyms.items()
    return tuple(low for low, owner in table if owner in countries)


def _shorter(name: str) -> Iterator[str]:
    parts = tuple(name.split())
    lows = without_legal(tuple(part.lower() for part in parts))
    bare = parts[: len(lows)]
    if bare and len(bare) < len(parts):
        yield " ".join(bare).rstrip(",")
    yield from _initials(bare)
    yield from _clipped(parts)
    yield from _turned(parts)
    if len(bare) > 2 and bare[-1].lower() in _TAILS:  # noqa: PLR2004  two words stay
        yield " ".join(bare[:-1])
    yield from _seated(parts)
    if len(parts) > 2 and parts[0] == "The":  # noqa: PLR2004  two words stay
        yield " ".join(parts[1:])
    if len(bare) > 1 and _alone(bare):
        yield bare[0]


def _initials(parts: tuple[str, ...]) -> Iterator[str]:
    """Yield "ICC" of International Cricket Council; two letters would be anybody's."""
    telling = [part for part in parts if part.lower() not in _SMALL]
    letters = "".join(part[0] for part in telling if part[:1].isupper())
    if len(letters) == len(telling) >= _INITIALS:
        yield letters


def _clipped(parts: tuple[str, ...]) -> Iterator[str]:
    """Yield "Man United" and "Man Utd" of Manchester United."""
    for known in ({"manchester"}, set(_CLIPPED)):
        lows = [part.lower() for part in parts]
        short = [
            _CLIPPED[low] if low in known and low in _CLIPPED else part
            for low, part in zip(lows, parts, strict=True)
        ]
        if len(parts) > 1 and short != list(parts) and not country_of(" ".join(parts)):
            yield " ".join(short)


def _turned(parts: tuple[str, ...]) -> Iterator[str]:
    """Yield "Leeds University" of University of Leeds, and the other way about."""
    lows = [part.lower() for part in parts]
    if len(parts) > 2 and lows[0] in _LEARNED and lows[1] == "of":  # noqa: PLR2004
        yield " ".join((*(p for p in parts[2:] if p != "the"), parts[0]))
    elif len(parts) > 1 and lows[-1] in _LEARNED and "of" not in lows:
        yield " ".join((parts[-1], "of", *parts[:-1]))


def _seated(parts: tuple[str, ...]) -> Iterator[str]:
    """Yield "Orsett" of City of Orsett, "Norland" of Government of Norland."""
    lows = [part.lower() for part in parts]
    rest = parts[2 + (lows[2:3] == ["the"]) :]
    if lows[0] in _SEATS and lows[1:2] == ["of"] and rest:
        yield " ".join(rest)


def _alone(parts: tuple[str, ...]) -> bool:
    """Whether the first word stands for the whole: "Tottenham", never "Boston"."""
    first = parts[0].lower()
    if len(first) < _SHORTEST or not first.isalpha() or "of" in parts:
        return False
    if first in TAILS | HEADS or first in atlas().demonyms or is_place((first,)):
        return False
    last = parts[-1].lower()
    kept = last in TAILS and last not in DROPPED
    other = parts[0] in known_names() and last not in TAILS
    return not (kept or other or is_given(first) or common(first))


def country_of(name: str) -> str | None:
    """Return the country that *name* names, or None."""
    lows = tuple(token.low for token in tokenize(name))
    found = atlas().nations.longest(lows, 0)
    return found[1] if found and found[0] == len(lows) else None


def _national(name: str) -> Iterator[str]:
    country = country_of(name)
    if country is not None:
        yield country
        yield from _COUNTRIES.get(country, ())


_COUNTRIES = {
    "United Kingdom": ("UK", "U.K.", "Britain"),
    "Britain": ("UK", "U.K.", "United Kingdom"),
    "United States": ("US", "U.S.", "USA"),
}


def _called(name: str) -> tuple[str, ...]:
    return _names().get(name.casefold(), ())


@cache
def _names() -> dict[str, tuple[str, ...]]:
    """Return the short names that no rule gives: "Fed" of Federal Reserve."""
    path = resources.files("rules").joinpath("data", "short_names.txt")
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = (line.split("|") for line in lines if line and not line.startswith("#"))
    return {name.casefold(): tuple(short.split(";")) for name, short in rows}
