from __future__ import annotations

from datetime import UTC, datetime

import pytest

from rules.language.verbs import Form, forms, verblike
from rules.model import Article, Kind, Watchlist
from rules.reading.appositions import fold
from rules.reading.clauses import cut
from rules.reading.finding import Found
from rules.reading.frames import Frames
from rules.reading.scene import Scene
from rules.reading.subjects import Subjects
from rules.rulebook import RuleBook
from rules.spans.tagger import tag

TODAY = datetime(2026, 5, 14, tzinfo=UTC)


def found(text: str) -> list[Found]:
    """Return what the bundled rules find in *text*, sentence by sentence."""
    scene, out = Scene(), []
    for sentence in tag(Article("a", "", text, TODAY), Watchlist()).sentences:
        items = fold(sentence)
        subjects = Subjects(cut(sentence, items), scene)
        out += Frames(RuleBook.bundled(), subjects).read()
        scene.enter(items)
    return out


def names(text: str, kind: Kind) -> list[str]:
    return [w.person.name for f in found(text) if f.rule.kind is kind for w in f.people]


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Tom Hale fired Jo Adler.", "Jo Adler"),
        ("Tom Hale was fired by Jo Adler.", "Tom Hale"),
        ("Tom Hale was fired.", "Tom Hale"),
        ("Tom Hale got sacked.", "Tom Hale"),
        ("Tom Hale Sacked After Row With Board", "Tom Hale"),
        ("The board has fired Tom Hale.", "Tom Hale"),
    ],
)
def test_voice_tells_who_goes(text: str, person: str) -> None:
    assert names(text, Kind.OUT) == [person]


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Orbis Bank named Jo Adler chief executive.", "Jo Adler"),
        ("Orbis Bank named Jo Adler as its chief executive.", "Jo Adler"),
        ("Jo Adler was named chief executive of Orbis Bank.", "Jo Adler"),
        ("Jo Adler Named Orbis Bank CEO", "Jo Adler"),
        ("Orbis Bank Names Jo Adler CEO", "Jo Adler"),
        ("Tom Hale ordered Jo Adler to take over as chief executive.", "Jo Adler"),
    ],
)
def test_voice_tells_who_comes(text: str, person: str) -> None:
    assert names(text, Kind.IN) == [person]


def test_an_inverted_sentence_names_its_subject_last() -> None:
    (one,) = [
        f for f in found("Now succeeding Tom Hale is Jo Adler.") if f.predecessors
    ]
    assert [w.person.name for w in one.people] == ["Jo Adler"]
    assert [w.person.name for w in one.predecessors] == ["Tom Hale"]


def test_companions_leave_too() -> None:
    text = "Tom Hale left alongside finance chief Jo Adler and Lee Ito."
    assert names(text, Kind.OUT) == ["Tom Hale", "Jo Adler", "Lee Ito"]


@pytest.mark.parametrize(
    "text",
    [
        "The friend of Tom Hale resigned.",
        "The verdict against Tom Hale leaves questions.",
        "Tom Hale leaves California.",
        "Tom Hale's lawyer quit.",
    ],
)
def test_a_name_that_is_not_the_subject_does_not_go(text: str) -> None:
    assert names(text, Kind.OUT) == []


def test_a_participle_speaks_of_who_came_in() -> None:
    text = "Orbis Bank named Jo Adler chief executive, replacing Tom Hale."
    (one,) = [f for f in found(text) if f.predecessors]
    assert [w.person.name for w in one.people] == ["Jo Adler"]


def test_she_is_the_only_person_in_play() -> None:
    (one,) = found("Jo Adler spoke to staff. She resigned.")
    assert [(w.person.name, w.certain) for w in one.people] == [("Jo Adler", True)]


def test_she_is_in_doubt_when_two_are_in_play() -> None:
    (one,) = found("Jo Adler met Ann Lee. She resigned.")
    assert [w.certain for w in one.people] == [False]


def test_i_is_whoever_is_quoted() -> None:
    (one,) = found('"I have decided to resign from the bank," Tom Hale wrote.')
    assert [w.person.name for w in one.people] == ["Tom Hale"]


def test_a_clause_full_of_triggers_is_not_read_for_ever() -> None:
    assert len(found("Tom Hale " + "resigned " * 200)) <= 20


@pytest.mark.parametrize(
    ("lemma", "wordings"),
    [
        ("step", ["step", "steps", "stepped", "stepped", "stepping"]),
        ("resign", ["resign", "resigns", "resigned", "resigned", "resigning"]),
        ("take", ["take", "takes", "took", "taken", "taking"]),
        ("die", ["die", "dies", "died", "died", "dying"]),
        ("oust", ["oust", "ousts", "ousted", "ousted", "ousting"]),
        ("poach", ["poach", "poaches", "poached", "poached", "poaching"]),
        ("defy", ["defy", "defies", "defied", "defied", "defying"]),
        ("oversee", ["oversee", "oversees", "oversaw", "overseen", "overseeing"]),
    ],
)
def test_a_verb_has_its_forms(lemma: str, wordings: list[str]) -> None:
    found_forms = list(forms(lemma))
    assert [word for word, _ in found_forms] == wordings
    assert [form for _, form in found_forms] == list(Form)


def test_nouns_are_no_verbs() -> None:
    assert verblike("resigned")
    assert not verblike("bank")
    assert not verblike("red")
