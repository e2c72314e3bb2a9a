from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from rules.model import (
    Article,
    Claim,
    Kind,
    Reading,
    Tier,
    WatchedOrganization,
    Watchlist,
)
from rules.reader import Reader
from rules.rulebook import RuleBook
from rules.voices import Answer, Named, NameSort, Opinion, Question, questions, settled

NOW = datetime(2026, 5, 14, 12, tzinfo=UTC)
HALDEN = Watchlist((WatchedOrganization("Halden"),))
LATER = (
    "Halden is a mill. Its chief, Tom Hale, was shown the door. He led it since May."
)


def read(text: str) -> Reading:
    return Reader(HALDEN, RuleBook.bundled()).read(Article("a", "", text, NOW))


def candidate() -> tuple[Reading, Question]:
    reading = read(LATER)
    told = Claim(
        kind=Kind.OUT,
        person="Tom Hale",
        organization="Halden",
        unit=None,
        role="head",
        role_key="head",
        evidence=reading.claims[0].evidence,
    )
    asked = Reading(reading.article, (told,), reading.verdicts)
    return asked, questions(asked)[0]


def test_a_candidate_is_asked_about_with_its_sentence() -> None:
    reading, question = candidate()
    assert question.claim == reading.claims[0]
    assert question.sentence == reading.claims[0].evidence.quote
    assert question.sentence in question.context


def test_a_yes_promotes_a_candidate() -> None:
    reading, question = candidate()
    told = settled(reading, [(question, Opinion(Answer.YES, Kind.OUT))])
    assert [c.tier for c in told.claims] == [Tier.ALERT]
    assert told.claims[0].votes[-1] == "judge"


def test_a_no_vetoes_a_candidate() -> None:
    reading, question = candidate()
    told = settled(reading, [(question, Opinion(Answer.NO))])
    assert [c.tier for c in told.claims] == [Tier.CONTEXT]


def test_undecided_leaves_a_candidate_where_it_was() -> None:
    reading, question = candidate()
    told = settled(reading, [(question, Opinion())])
    assert told.claims == reading.claims
    assert told.verdicts[-1].note == "undecided: Tom Hale stays a candidate"


def unread() -> tuple[Reading, Question]:
    text = "Halden, where Ann Ito is named in a suit, grew. She had hoped to resign."
    reading = read(text)
    asked = [q for q in questions(reading) if q.claim is None]
    assert asked, "no sentence is left unread"
    return reading, asked[0]


def opinion(**changes: str) -> Opinion:
    words = {"person": "Ann Ito", "role": "chief executive", "organization": "Halden"}
    return Opinion(Answer.YES, Kind.OUT, **{**words, **changes})


def test_a_sentence_nobody_read_gives_a_candidate_at_most() -> None:
    reading, question = unread()
    question = Question(
        f"chief executive\n{question.context}", question.sentence, question.start
    )
    told = settled(reading, [(question, opinion())])
    new = [c for c in told.claims if c.votes == ("judge",)]
    assert [(c.person, c.tier) for c in new] == [("Ann Ito", Tier.CANDIDATE)]
    assert new[0].evidence.quote in reading.article.content


def test_names_and_titles_that_the_text_has_not_are_no_claim() -> None:
    reading, question = unread()
    made_up = [
        opinion(person="Zoe Quist"),
        opinion(role="chief executive"),
        opinion(organization="Orbis"),
        opinion(role=""),
    ]
    for wrong in made_up:
        told = settled(reading, [(question, wrong)])
        assert not [c for c in told.claims if "judge" in c.votes]


def test_questions_of_one_article_are_few() -> None:
    text = "Halden. " + "Somebody was named, perhaps. " * 50
    assert len(questions(read(text))) <= 9


def test_another_text_is_another_question() -> None:
    reading, question = candidate()
    other = Question(question.context + "!", question.sentence, 0, question.claim)
    assert question.key != other.key
    assert question.key == questions(reading)[0].key


class Names:
    def __init__(self, *names: str) -> None:
        self._names = names

    def tag(self, text: str) -> Sequence[Named]:
        places = [(text.index(name), name) for name in self._names]
        return [Named(p, p + len(name), NameSort.PERSON) for p, name in places]


def test_a_tagger_of_the_user_adds_the_names_that_we_do_not_see() -> None:
    text = "Halden chief executive qwe'rty zxcv resigned on Monday."
    article = Article("a", "", text, NOW)
    book = RuleBook.bundled()
    without = Reader(HALDEN, book).read(article)
    with_one = Reader(HALDEN, book, Names("qwe'rty zxcv")).read(article)
    assert "qwe'rty zxcv" not in [c.person for c in without.claims]
    assert "qwe'rty zxcv" in [c.person for c in with_one.claims]
