"""Part a sentence's plain words from quoted ones and from asides in brackets."""

from __future__ import annotations

from collections.abc import Sequence

from rules.document import Quotation, Sentence
from rules.language.words import words
from rules.reading.clause import Link
from rules.reading.items import Item

_SCARE_QUOTE = 4
_GOES_ON = words(
    "had has have was were is are be been will would to not and who a an the his her "
    "its their of for with as by from at in"
)


def stretches(
    sentence: Sentence, items: Sequence[Item]
) -> list[tuple[Link, Quotation | None, list[Item]]]:
    """Part the plain words from quoted ones and from asides in brackets."""
    plain: list[Item] = []
    aside: list[Item] = []
    quoted: dict[Quotation, list[Item]] = {}
    depth = 0
    for item in items:
        depth += item.low == "("
        quotation = _quoted(sentence, item)
        if quotation is not None:
            quoted.setdefault(quotation, []).append(item)
        elif depth > 0:
            aside.append(item)
        else:
            plain.append(item)
        depth = max(0, depth - (item.low == ")"))
    found: list[tuple[Link, Quotation | None, list[Item]]] = [(Link.MAIN, None, plain)]
    found += [(Link.QUOTED, q, some) for q, some in quoted.items()]
    found.append((Link.ASIDE, None, aside))
    return [(link, q, some) for link, q, some in found if some]


def _quoted(sentence: Sentence, item: Item) -> Quotation | None:
    for quotation in sentence.quotations:
        if quotation.first <= item.first < quotation.last:
            long = quotation.last - quotation.first > _SCARE_QUOTE
            return quotation if long and not _partial(sentence, quotation) else None
    return None


def _partial(sentence: Sentence, quotation: Quotation) -> bool:
    """Whether the quoted words only go on with the sentence: had "left for good"."""
    before = quotation.first - 2
    if before < 0:
        return False
    low = sentence.tokens[before].low
    return low in _GOES_ON
