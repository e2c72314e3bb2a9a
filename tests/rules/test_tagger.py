from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.document import Document, OrgRef, PersonRef, RoleRef
from rules.language.sentences import LONGEST
from rules.language.text import LIMIT
from rules.model import (
    Article,
    WatchedOrganization,
    WatchedPerson,
    WatchedUnit,
    Watchlist,
)
from rules.spans.tagger import Marker, overlong, tag

WATCHLIST = Watchlist(
    (WatchedOrganization("Halden", (), (WatchedUnit("search"),)),),
    (WatchedPerson("Ana Prieto"),),
)
PUBLISHED = datetime(2026, 5, 15, tzinfo=UTC)
WORDS = (
    *(
        "Ana",
        "Prieto",
        "the",
        "CEO",
        "of",
        "Halden",
        "'s",
        "search",
        "team",
        ",",
        "named",
    ),
    *(
        "Tom",
        "Hale",
        '"',
        "said",
        ".",
        "on",
        "May",
        "3",
        "Inc.",
        "Bank",
        "and",
        "former",
    ),
    *("head", "lead", "\n", "de", "la", "in", "2019", "'", "-", "Mr.", "President"),
)


def spans(document: Document) -> list[tuple[str, str]]:
    text = document.article.content
    return [
        (
            text[s.tokens[p.first].start : s.tokens[p.last - 1].end],
            type(p.ref).__name__,
        )
        for s in document.sentences
        for p in s.spans
    ]


def test_one_sentence_has_all_its_parts() -> None:
    text = "Halden said on Monday that Tom Hale, head of search, left."
    assert spans(tag(Article("a", "", text, PUBLISHED), WATCHLIST)) == [
        ("Halden", "OrgRef"),
        ("Monday", "DateRef"),
        ("Tom Hale", "PersonRef"),
        ("head", "RoleRef"),
        ("search", "UnitRef"),
    ]


def test_a_former_post_is_former_across_the_firm_s_name() -> None:
    for text in ("A former Orbis executive left.", "Ex-Orbis executive Tom Hale left."):
        found = [
            p.ref
            for s in tag(Article("a", "", text), Watchlist()).sentences
            for p in s.spans
            if isinstance(p.ref, RoleRef)
        ]
        assert [role.former for role in found] == [True]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ('"I quit," Ana Prieto wrote.', "Ana Prieto"),
        ('"I quit," said Ana Prieto, the chair.', "Ana Prieto"),
        ('Ana Prieto said: "I quit."', "Ana Prieto"),
        ('"I quit. It was time," Ana Prieto said.', "Ana Prieto"),
        ('"I quit," she said.', None),
        ('The "top" club won.', None),
    ],
)
def test_quoted_words_have_their_speaker(text: str, speaker: str | None) -> None:
    document = tag(Article("a", "", text), Watchlist())
    quotations = [q for s in document.sentences for q in s.quotations]
    assert quotations
    assert {q.speaker.name if q.speaker else None for q in quotations} == {speaker}


@given(st.lists(st.sampled_from(WORDS), max_size=60), st.integers(0, 20))
def test_spans_are_in_order_and_every_offset_is_exact(
    words: list[str], title: int
) -> None:
    text = " ".join(words)
    article = Article("a", text[:title].strip(), text[title:], PUBLISHED)
    for sentence in Marker(WATCHLIST).tag(article).sentences:
        assert all(article.content[t.start : t.end] == t.text for t in sentence.tokens)
        assert sentence.start <= sentence.tokens[0].start
        last = 0
        for span in sentence.spans:
            assert last <= span.first < span.last <= len(sentence.tokens)
            last = span.last


@given(st.text(max_size=400))
def test_no_text_breaks_the_tagger(text: str) -> None:
    tag(Article("a", "", text, PUBLISHED), WATCHLIST)


@pytest.mark.parametrize(
    "odd",
    [
        '"."',
        "A.",
        "Ana ",
        "Ana de ",
        "CEO of ",
        "former ",
        "Bank and ",
        "(((",
        "\u0301",
        "x",
    ],
)
def test_a_heap_of_odd_text_is_read_up_to_the_limit(odd: str) -> None:
    article = Article("a", "", odd * (2 * LIMIT // len(odd)), PUBLISHED)
    document = tag(article, WATCHLIST)
    assert document.sentences[-1].end <= LIMIT
    assert all(s.end - s.start <= LONGEST for s in document.sentences)
    verdict = overlong(article)
    assert verdict is not None
    assert not verdict.passed


def test_an_article_of_common_length_is_read_whole() -> None:
    assert overlong(Article("a", "Title", "Text.")) is None


def test_an_empty_article_is_an_empty_document() -> None:
    document = tag(Article("a", "", ""), WATCHLIST)
    assert document.sentences == ()
    assert document.focus is None


def test_the_watched_names_mask_what_shape_would_say() -> None:
    watched = Watchlist((WatchedOrganization("Ana Prieto Foundation"),))
    refs = [
        p.ref
        for s in tag(
            Article("a", "", "The Ana Prieto Foundation met."), watched
        ).sentences
        for p in s.spans
    ]
    assert refs == [OrgRef("Ana Prieto Foundation", watched=True)]
    assert not any(isinstance(ref, PersonRef) for ref in refs)
