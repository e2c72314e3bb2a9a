"""Sentences of an article with their offsets: headline, lead, body.

Bullets, datelines, bylines and page furniture are left out, everything else is in
exactly one sentence. Nothing here looks at meaning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rules.document import Part
from rules.language.words import words

LONGEST = 3_000
"""Characters of one sentence; longer ones are cut at a blank, for hostile text."""

_LEAD = 2
"""Sentences of the first paragraph that are its lead; some feeds have one paragraph."""

_ENDS = re.compile(r"[.!?…]+[\"'”\u2019»)\]]*")
_BULLET = re.compile(r"(?:[-\u2013—•*·▪●■►‣○]+|\(?\d{1,2}[.)])\s+")
_DATELINE = re.compile(
    r"[A-ZÀ-Þ][A-ZÀ-Þ .'\u2019-]{2,40}+"
    r"(?:,\s?[A-Za-z.]{2,20}(?:\s\d{1,2})?)?\s?(?:\([\w .&]{2,30}\))?"
    r"\s?(?:--|[-\u2013—])\s+"
    r"|\((?:CNN|Reuters|AP|AFP|UPI)[\w ]{0,20}\)\s?(?:--|[-\u2013—])?\s*"
    r"|[A-Z][A-Za-zÀ-ÿ .'\u2019]{2,30}\s\((?:Reuters|AP|AFP|UPI)\)"
    r"\s?(?:--|[-\u2013—])\s+"
)
_FURNITURE = re.compile(
    r"(?:by|words by|written by)\s(?:[A-ZÀ-Þ][\w.'\u2019-]*|and|&|de|van|von|,)"
    r"(?:[\s,]+(?:[A-ZÀ-Þ][\w.'\u2019-]*|and|&|de|van|von)){0,9}\W?"
    r"|(?:continue reading|read more|sign up|advertisement|share this|related:"
    r"|photograph:|image source|media caption|last (?:updated|modified)|updated at"
    r"|getty images|all rights reserved|watch:|listen:)\b.{0,120}",
    re.IGNORECASE,
)
_NEVER = words(
    "mr mrs ms mx dr prof gen sen rep gov lt col capt sgt rev hon st messrs adm "
    "maj cmdr brig supt insp pres vs mt ft"
)
_SELDOM = words(
    "inc corp co cos ltd bros jr sr u.s u.k u.n e.u d.c a.m p.m ph.d plc llc "
    "l.p s.a n.v a.g univ dept assn etc al cie ave blvd calif mass conn fla ill "
    "mich minn pa tex va wash wis n.y n.j l.a no sept sep jan feb mar apr jun "
    "jul aug oct nov dec"
)
_STARTERS = words(
    "a after all also although among an and another as at because before both "
    "but by currently despite during each earlier for former he her his how "
    "however i if in instead it its last later many meanwhile mr. mrs. ms. most "
    "new next no now of on one only other our over previously she since so some "
    "such that the their then there these they this those though three two "
    "under until we what when where whether which while who why with yesterday "
    "you"
)
_SAYS = re.compile(
    r"\s*(?:[A-ZÀ-Þ][\w.'\u2019-]*\s){1,3}(?:said|says|asked|wrote|told|added|tweeted|posted)\b"
)
_LETTERS_BEFORE = re.compile(r"[\w.&'\u2019-]*$")
_NEXT = re.compile(r"\s*[\"'“\u2018«(\[]*(\S{1,30})")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Where one sentence stands in the content; *paragraph* counts lines of text."""

    part: Part
    start: int
    end: int
    paragraph: int


def split(content: str, title: int = 0) -> tuple[Stretch, ...]:
    """Return the sentences of *content*; its first *title* characters are its title."""
    found: list[Stretch] = []
    lead: int | None = None
    for number, (start, end) in enumerate(_paragraphs(content, title)):
        part = Part.HEADLINE if end <= title else Part.BODY
        if part is Part.BODY and lead in {None, number}:
            part, lead = Part.LEAD, number
        for count, (first, last) in enumerate(_sentences(content, start, end)):
            late = part is Part.LEAD and count >= _LEAD
            found.append(Stretch(Part.BODY if late else part, first, last, number))
    return tuple(found)


def _paragraphs(content: str, title: int) -> Iterator[tuple[int, int]]:
    position = 0
    for line in content.splitlines(keepends=True):
        start, end = _trim(content, position, position + len(line))
        position += len(line)
        if end > title:
            start = _past(_DATELINE, content, _past(_BULLET, content, start, end), end)
        if start < end and not _furniture(content, start, end):
            yield start, end


def _past(pattern: re.Pattern[str], content: str, start: int, end: int) -> int:
    match = pattern.match(content, start, end)
    return match.end() if match else start


def _furniture(content: str, start: int, end: int) -> bool:
    return _FURNITURE.fullmatch(content, start, end) is not None


def _trim(content: str, start: int, end: int) -> tuple[int, int]:
    text = content[start:end]
    return start + len(text) - len(text.lstrip()), start + len(text.rstrip())


def _sentences(content: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    first = start
    for match in _ENDS.finditer(content, start, end):
        if _closes(content, match, first, end):
            yield from _pieces(content, first, match.end())
            first = match.end()
    yield from _pieces(content, first, end)


def _pieces(content: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the stretch trimmed, and in pieces when it is too long to be a sentence."""
    start, end = _trim(content, start, end)
    while end - start > LONGEST:
        cut = content.rfind(" ", start + 1, start + LONGEST)
        cut = cut if cut > start else start + LONGEST
        yield _trim(content, start, cut)
        start, end = _trim(content, cut, end)
    if start < end:
        yield start, end


def _closes(content: str, match: re.Match[str], first: int, end: int) -> bool:
    """Whether the marks of *match* end a sentence that began at *first*."""
    after = match.end()
    if after >= end:
        return True
    if not content[after].isspace():
        return False
    following = _NEXT.match(content[after : min(after + 60, end)])
    word = following.group(1) if following else ""
    if word[:1].islower() or not word[:1].isalnum():
        return False
    if len(match.group()) > 1 and _SAYS.match(content[after : min(after + 80, end)]):
        return False
    return match.group() != "." or _full_stop(content, match.start(), first, word)


def _full_stop(content: str, dot: int, first: int, following: str) -> bool:
    """Whether the dot at *dot* ends a sentence rather than an abbreviation."""
    before = _LETTERS_BEFORE.search(content[max(first, dot - 20) : dot])
    word = before.group().lower() if before else ""
    if word in _NEVER:
        return False
    initial = len(word) == 1 and word.isalpha() and content[dot - 1].isupper()
    if initial or word in _SELDOM or _dotted(word):
        low = following.lower().replace("\u2019", "'").strip(",;:").removesuffix("'s")
        return low in _STARTERS or (low in {"mr", "ms", "mrs"})
    return True


def _dotted(word: str) -> bool:
    """Whether the word is letters with dots between them ("u.s")."""
    return "." in word and all(len(part) == 1 for part in word.split("."))
