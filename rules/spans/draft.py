"""A sentence while it is being tagged: tokens, and spans that never overlap."""

from __future__ import annotations

from dataclasses import dataclass, field

from rules.document import (
    OrgRef,
    Part,
    PersonRef,
    Quotation,
    Ref,
    RoleRef,
    Sentence,
    Span,
    Token,
)
from rules.language.sentences import Stretch
from rules.language.text import titled
from rules.language.tokens import capitalised, is_word, tokenize


@dataclass(slots=True)
class Draft:
    """One sentence in the making. *titled* when its capitals tell nothing."""

    stretch: Stretch
    tokens: tuple[Token, ...]
    lows: tuple[str, ...]
    capitals: tuple[bool, ...]
    titled: bool
    owner: list[Span | None]
    quotations: list[Quotation] = field(default_factory=list)
    topic: OrgRef | None = None

    @classmethod
    def of(cls, content: str, stretch: Stretch) -> Draft:
        """Tokenize one stretch of *content*."""
        tokens = tokenize(content, stretch.start, stretch.end)
        words = [t.text for t in tokens if is_word(t)]
        high = titled(words) and (
            stretch.part is Part.HEADLINE
            or _shouted(words)
            or tokens[-1].text[-1] not in _CLOSING
        )
        lows = tuple(t.low for t in tokens)
        capitals = tuple(capitalised(t) for t in tokens)
        return cls(stretch, tokens, lows, capitals, high, [None] * len(tokens))

    def free(self, first: int, last: int) -> bool:
        """Whether no span has any of these tokens."""
        return all(span is None for span in self.owner[first:last])

    def place(self, first: int, last: int, ref: Ref) -> bool:
        """Mark tokens [first, last) as *ref*; False when some are taken."""
        if first >= last or not self.free(first, last):
            return False
        span = Span(first, last, ref)
        self.owner[first:last] = [span] * (last - first)
        return True

    def lift(self, span: Span) -> None:
        """Take a span off again."""
        self.owner[span.first : span.last] = [None] * (span.last - span.first)

    def ref(self, index: int) -> Ref | None:
        """Return what the token at *index* means, if it lies in the sentence."""
        span = self.span(index)
        return span.ref if span else None

    def span(self, index: int) -> Span | None:
        """Return the span over the token at *index*, if any."""
        return self.owner[index] if 0 <= index < len(self.owner) else None

    def low(self, index: int) -> str:
        """Return the compared form at *index*, or "" outside the sentence."""
        return self.lows[index] if 0 <= index < len(self.lows) else ""

    def capital(self, index: int) -> bool:
        """Whether the token at *index* exists and is a capitalised word."""
        return 0 <= index < len(self.capitals) and self.capitals[index]

    def role(self, index: int) -> RoleRef | None:
        """Return the role at *index*, if there is one."""
        ref = self.ref(index)
        return ref if isinstance(ref, RoleRef) else None

    def person(self, index: int) -> PersonRef | None:
        """Return the person at *index*, if there is one."""
        ref = self.ref(index)
        return ref if isinstance(ref, PersonRef) else None

    def text(self, first: int, last: int) -> str:
        """Return the words of tokens [first, last) with their own spacing."""
        parts = [self.tokens[first].text]
        for before, token in zip(
            self.tokens[first : last - 1], self.tokens[first + 1 : last], strict=True
        ):
            parts.append(" " * (token.start > before.end) + token.text)
        return "".join(parts)

    def spans(self) -> tuple[Span, ...]:
        """Return the spans in order."""
        seen: dict[int, Span] = {s.first: s for s in self.owner if s is not None}
        return tuple(seen.values())

    def finished(self, index: int) -> Sentence:
        """Return the sentence as it now stands."""
        return Sentence(
            index,
            self.stretch.part,
            self.stretch.start,
            self.stretch.end,
            self.tokens,
            self.spans(),
            tuple(self.quotations),
            self.topic,
        )


_CLOSING = frozenset(".!?\"\u201d\u2019)'")


def _shouted(words: list[str]) -> bool:
    return all(not word[1:].islower() for word in words[:8] if len(word) > 1)
