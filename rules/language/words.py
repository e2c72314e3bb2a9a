"""Word lists of the language that more than one tagger needs."""

from __future__ import annotations

from functools import cache
from importlib import resources


def words(text: str) -> frozenset[str]:
    """Return the words of *text* as a set: lists of words read best as plain text."""
    return frozenset(text.split())


DETERMINERS = words(
    "the a an its their our his her my your this that these those each every "
    "any no one some both another"
)
PREPOSITIONS = words(
    "of at in on for from to by with as about into over under after before "
    "since until against between through during without within amid among near "
    "around like than via per off out up down behind beyond despite towards "
    "toward alongside including following upon across"
)
CONJUNCTIONS = words("and or but nor so yet while if because although though")
PRONOUNS = words(
    "i he she it we they you him them us me who whom whose which what himself "
    "herself itself themselves there here"
)
AUXILIARIES = words(
    "is are was were be been being has have had do does did will would can "
    "could may might must shall should not cannot won't wouldn't isn't wasn't "
    "hasn't hadn't didn't doesn't"
)
FUNCTION = DETERMINERS | PREPOSITIONS | CONJUNCTIONS | PRONOUNS | AUXILIARIES
MODALS = words(
    "to will would can could may might must shall should cannot won't wouldn't "
    "didn't did does do don't doesn't"
)
SAYS = words(
    "said says say told tells added adds wrote writes tweeted announced "
    "announces confirmed confirms insisted insists argued argues explained "
    "explains posted noted warned warns admitted admits recalled conceded "
    "declined asked asks"
)
PERSONAL = words(
    "resigned resigns retired retires quit quits stepped steps died dies joked "
    "smiled apologised apologized apologises succeeds succeeded replaces "
    "replaced becomes became leaves departs departed takes took wept born "
    "testified married"
)
MOVED = words(
    "named appointed elected sacked fired ousted dismissed hired promoted "
    "replaced succeeded removed picked chosen nominated sworn born arrested "
    "suspended forced reappointed re-elected unveiled installed tapped"
)


@cache
def words_of(name: str) -> frozenset[str]:
    """Return the words of the bundled list *name*; lines with # are notes."""
    path = resources.files("rules").joinpath("data", name)
    lines = path.read_text(encoding="utf-8").splitlines()
    return frozenset(w for line in lines if line[:1] != "#" for w in line.split())


def common(low: str) -> bool:
    """Whether *low* is an ordinary word, so that a capital alone makes it no name."""
    return (
        low in FUNCTION or low in words_of("common.txt") or low in SAYS or low in MOVED
    )
