from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.language.tokens import tokenize


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        (
            "Halden's co-head didn't quit.",
            ["Halden", "'s", "co-head", "didn't", "quit", "."],
        ),
        ("J.P. Orr of AT&T Inc.", ["J.P.", "Orr", "of", "AT&T", "Inc."]),
        ("the U.S. firm", ["the", "U.S.", "firm"]),
        (
            "Mr. Ek, 61, paid $1,000.50",
            ["Mr.", "Ek", ",", "61", ",", "paid", "$", "1,000.50"],
        ),
        ("O\u2019Hara\u2019s 61-year-old", ["O\u2019Hara", "\u2019s", "61-year-old"]),
        ("gone -- he said...", ["gone", "--", "he", "said", "..."]),
    ],
)
def test_a_sentence_is_cut_into_its_words(text: str, tokens: list[str]) -> None:
    assert [token.text for token in tokenize(text)] == tokens


def test_the_compared_form_is_small_with_a_straight_apostrophe() -> None:
    assert [token.low for token in tokenize("Ana\u2019s CEO")] == ["ana", "'s", "ceo"]


@given(st.text(max_size=300))
def test_every_character_but_blanks_is_in_exactly_one_token(text: str) -> None:
    tokens = tokenize(text)
    assert all(text[t.start : t.end] == t.text for t in tokens)
    assert all(a.end <= b.start for a, b in pairwise(tokens))
    assert "".join(t.text for t in tokens) == "".join(text.split())
