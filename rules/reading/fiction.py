"""Articles that tell a plot: what happens in a series, a film or a novel."""

from __future__ import annotations

from rules.document import Document
from rules.language.words import words

_PLOT = words(
    "episode episodes finale fictional novel starring character characters plot "
    "storyline sitcom spoilers spoiler protagonist screenplay showrunner cliffhanger"
)
_MARKS = 2


def tells_a_plot(document: Document) -> bool:
    """Whether several words of the article speak of a story, not of the world."""
    found = {t.low for s in document.sentences for t in s.tokens if t.low in _PLOT}
    return len(found) >= _MARKS
