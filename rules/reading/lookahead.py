"""A look ahead in a sentence: what stands behind a comma, "and", "as" or "said"."""

from __future__ import annotations

from collections.abc import Sequence

from rules.language.verbs import verblike
from rules.language.words import DETERMINERS, PREPOSITIONS, words
from rules.reading.items import Item, Sort

HARD = frozenset({";", ":", "•", "|", ".", "?", "!", "..."})
RELATIVE = frozenset({"who", "whom", "whose", "which", "where"})
SUBORDINATE = words(
    "if unless whether after before since until till because although though "
    "while when whenever once as following amid despite even"
)
REPORTS = words(
    "said says say announced announces confirmed confirms denied denies believes "
    "believed expects expected reported reports claims claimed insists insisted "
    "revealed reveals wrote told tells added hinted thinks thought hopes feared "
    "fears understands understood declared stated suggests suggested indicated "
    "learned warns warned admitted argued shows knows "
    "speculation rumours rumors news announcement mean means meant imply implies true"
)
_ADVERBS = words(
    "also now then later soon still just already never promptly again only not "
    "first recently immediately currently"
)
_COUNTS = words(
    "one two three four five six seven eight nine ten more less nearly almost "
    "just over about decades months years weeks several many half"
)
_REACH = 14
_THAT = 4


class Ahead:
    """Answers questions about the items from a place on, within a fixed reach."""

    def __init__(self, items: Sequence[Item]) -> None:
        self._items = items

    def subject(self, index: int) -> bool:
        """Whether a noun phrase with a verb behind it starts here."""
        noun = False
        for place in range(index, min(index + _REACH, len(self._items))):
            item = self._items[place]
            if item.mention and item.sort is not Sort.DATE:
                noun = True
                continue
            low = item.low
            if noun and (verblike(low) or self._infinitive(place)):
                return True
            if low in HARD or low in SUBORDINATE or low in RELATIVE or low == ",":
                return False
            if not noun and verblike(low) and low not in DETERMINERS:
                return False
            passing = low in DETERMINERS or low in PREPOSITIONS or low in _ADVERBS
            noun = noun or not passing
        return False

    def _infinitive(self, index: int) -> bool:
        """Whether "to leave" stands there, not "to finance chief"."""
        plain = self.low(index + 1) not in DETERMINERS | {""}
        return self.low(index) == "to" and plain

    def past_adverbs(self, index: int) -> int:
        """Return the first place from *index* on that is no adverb."""
        while self.low(index) in _ADVERBS or self.low(index).endswith("ly"):
            index += 1
        return index

    def verb(self, index: int) -> bool:
        """Whether a word that may be a finite verb stands there."""
        return verblike(self.low(index))

    def low(self, index: int) -> str:
        """Return the compared form there; "" for a mention and behind the end."""
        if index < len(self._items) and not self._items[index].mention:
            return self._items[index].low
        return ""

    def sort(self, index: int) -> Sort | None:
        """Return what mention stands there, if one does."""
        if index < len(self._items) and self._items[index].mention:
            return self._items[index].sort
        return None

    def as_clause(self, index: int) -> bool:
        """Whether "as" opens a clause: not in "as interim president"."""
        office = self.sort(index) is Sort.OFFICE and not self.verb(index + 1)
        return not office and self.subject(index)

    def reported(self, index: int) -> bool:
        """Whether a clause follows the verb of saying at *index*, at once."""
        near = range(index + 1, index + 1 + _THAT)
        return not any(self.low(i) == "that" for i in near) and self.subject(index + 1)

    def told(self, index: int) -> bool:
        """Whether "that" at *index* opens what was said: "said on Monday that"."""
        near = range(max(0, index - _THAT), index)
        return any(self.low(i) in REPORTS for i in near) and self.subject(index + 1)

    def participle(self, index: int) -> bool:
        """Whether "replacing" or its like stands there."""
        low = self.low(index)
        return low.endswith("ing") and len(low) > 5  # noqa: PLR2004  "king", "during"


def timed(after: Item) -> bool:
    """Whether "after" and its like stand before a time: "after 7 years"."""
    if after.sort is Sort.DATE:
        return True
    return after.low[:1].isdigit() or after.low in _COUNTS
