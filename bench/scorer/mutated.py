"""Damage texts: strategies of hypothesis for articles that nobody wrote."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from rules.model import Article

_ODD = (
    "\x00", "\ud800", "\u202e", "\u2066", "\ufeff", "\u00ad", "\u200b", '"', "\u201d",
    "(", ")", "'", "\u2019", ",", ";", ":", ".", "?", "\n", "\n\n", " - ", " and ",
    " who ", " said ", " not ", " if ", " former ", " as ", " of ", "@", "\U0001f600",
    "\u0130", "\u00df", "1", "2024", " May ", " will ", " on Monday ",
)  # fmt: skip
_MOST = 8


@st.composite
def articles(draw: st.DrawFn, given: Sequence[Article]) -> Article:
    """Draw one of the articles *given*, with its title and text damaged."""
    article = draw(st.sampled_from(given))
    text = article.text
    for _ in range(draw(st.integers(1, _MOST))):
        text = draw(_damaged(text, given))
    title = draw(st.sampled_from(["", article.title, article.title.upper(), text[:90]]))
    return Article(article.id, title, text, article.published)


@st.composite
def _damaged(draw: st.DrawFn, text: str, given: Sequence[Article]) -> str:
    first = draw(st.integers(0, len(text)))
    last = draw(st.integers(first, min(len(text), first + 200)))
    before, middle, after = text[:first], text[first:last], text[last:]
    other = draw(st.sampled_from(given)).text[: last - first]
    odd = draw(st.sampled_from(_ODD))
    wholes = [
        before + after,
        before + middle * 3 + after,
        before + odd + middle + after,
        before + middle.upper() + after,
        before + middle[::-1] + after,
        before + other + after,
        after + middle + before,
    ]
    return draw(st.sampled_from(wholes))
