from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.document import Part
from rules.language.sentences import LONGEST, split


def sentences(content: str, title: int = 0) -> list[str]:
    return [content[s.start : s.end] for s in split(content, title)]


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Ek met Dr. Orr. She left.",
        "Halden Inc. named J. P. Orr. He starts soon.",
        "The U.S. firm paid. It was late.",
        "He left at 5 p.m. She stayed on.",
        "She works at Orbis Co. Next year she leaves.",
        "It began on Jan. 3 in Oslo. Nobody came.",
        "\u201cI quit.\u201d The room fell silent.",
        "Who leads Halden? Nobody knows!",
    ],
)
def test_a_full_stop_that_ends_nothing_parts_nothing(text: str) -> None:
    assert len(sentences(text)) == 2


def test_a_quoted_question_stays_with_its_speaker() -> None:
    assert len(sentences('"Why?" Adler asked. Nobody knew.')) == 2


def test_headline_lead_and_body_are_told_apart() -> None:
    content = (
        "Halden names chief\nAna Prieto takes over. She is 50. She ran Orbis.\nMore."
    )
    parts = [s.part for s in split(content, len("Halden names chief"))]
    assert parts == [Part.HEADLINE, Part.LEAD, Part.LEAD, Part.BODY, Part.BODY]


def test_bullets_datelines_and_bylines_are_no_part_of_a_sentence() -> None:
    content = (
        "By Ona Reyl and Pim Arlo\nOSLO, Jan 3 (Reuters) - Halden rose.\n- Ek left.\n"
    )
    assert sentences(content) == ["Halden rose.", "Ek left."]


def test_a_sentence_without_end_is_cut_into_pieces() -> None:
    found = split("word " * 5_000)
    assert all(s.end - s.start <= LONGEST for s in found)
    assert sum(s.end - s.start for s in found) > 24_000


@given(st.text(alphabet="aB .!?\"'\u201d\n-()1", max_size=200), st.integers(0, 20))
def test_sentences_come_in_order_and_never_overlap(text: str, title: int) -> None:
    found = split(text, title)
    assert all(s.start < s.end <= len(text) for s in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(text[s.start : s.end] == text[s.start : s.end].strip() for s in found)
