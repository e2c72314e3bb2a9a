"""The scorer of annotated news: who fits whom, and what the counts are worth."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.scorer.annotated import Annotated, AnnotationError, Tell, Told, load
from bench.scorer.counts import Counts, interval, score
from bench.scorer.matching import same_organization, same_person, same_role
from rules.model import Article, Claim, Evidence, Kind

LOUD = """
published = "2025-01-01"
text = "x"
[[event]]
kind = "in"
person = "A"
tell = "loudly"
"""
HERE = Evidence("a", 0, 4, "text")


def claim(kind: Kind, person: str, role: str | None = "director") -> Claim:
    return Claim(kind, person, "Halden Museum", None, role, role, HERE)


def doc(*events: Told) -> Annotated:
    return Annotated(Article("a", "", "text"), ("Halden Museum",), events)


def event(kind: Kind, person: str, tell: Tell = Tell.ALERT) -> Told:
    return Told(kind, person, "director", "Halden Museum", None, tell)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ana Prieto", "Ana Prieto"),
        ("Dr Ana Prieto", "Ana Prieto"),
        ("Ana Prieto", "Prieto"),
        ("Ana Maria Prieto", "A. Prieto"),
        ("Jos\u00e9 N\u00fa\u00f1ez", "Jose Nunez"),
    ],
)
def test_one_person_is_known_by_several_wordings(one: str, other: str) -> None:
    assert same_person(one, other)


@pytest.mark.parametrize(
    ("one", "other"), [("Ana Prieto", "Tom Prieto"), ("Ana Prieto", "Ana Hale")]
)
def test_another_given_name_is_somebody_else(one: str, other: str) -> None:
    assert not same_person(one, other)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("chairman", "chair", True),
        ("head coach", "coach", True),
        ("boss", "head", True),
        ("finance director", "chief financial officer", True),
        ("chair", "treasurer", False),
        ("director", None, False),
        (None, "director", True),
    ],
)
def test_a_post_is_known_by_its_words(
    one: str | None, other: str | None, same: bool
) -> None:
    assert same_role(one, other) is same


def test_a_house_is_known_by_its_short_name_and_initials() -> None:
    assert same_organization(("Halden Museum", None), ("The Halden Museum", None))
    assert same_organization(("Halden Museum Trust", None), ("HMT", None))
    assert same_organization(("Halden", "glass team"), ("Orsett", "glass team"))
    assert not same_organization(("Halden Museum", None), ("Orsett Museum Trust", None))


def test_right_wrong_and_missed_are_counted() -> None:
    told = doc(event(Kind.IN, "Ana Prieto"), event(Kind.OUT, "Tom Hale"))
    found = score(told, [claim(Kind.IN, "Ana Prieto"), claim(Kind.OUT, "Jo Beam")])
    assert found.loose == Counts(1, 1, 1)
    assert [c.person for c in found.wrong] == ["Jo Beam"]
    assert found.missed == ("out Tom Hale",)


def test_another_post_is_right_loosely_and_wrong_as_a_whole() -> None:
    found = score(
        doc(event(Kind.IN, "Ana Prieto")), [claim(Kind.IN, "Ana Prieto", "treasurer")]
    )
    assert (found.loose, found.whole) == (Counts(1, 0, 0), Counts(0, 1, 1))


def test_what_may_be_told_counts_neither_way() -> None:
    told = doc(event(Kind.IN, "Ana Prieto", Tell.OPTIONAL))
    assert score(told, [claim(Kind.IN, "Ana Prieto")]).loose == Counts()
    assert score(told, []).loose == Counts()


def test_what_must_stay_silent_is_wrong_when_told() -> None:
    told = doc(event(Kind.IN, "Ana Prieto", Tell.SILENT))
    assert told.quiet
    assert score(told, [claim(Kind.IN, "Ana Prieto")]).loose == Counts(0, 1, 0)


def test_the_same_event_told_twice_is_right_once() -> None:
    twice = [claim(Kind.IN, "Ana Prieto"), claim(Kind.IN, "Prieto")]
    assert score(doc(event(Kind.IN, "Ana Prieto")), twice).loose == Counts(1, 0, 0)


@given(st.integers(1, 500), st.data())
def test_an_interval_holds_the_share_it_is_of(of: int, data: st.DataObject) -> None:
    right = data.draw(st.integers(0, of))
    low, high = interval(right, of)
    assert -1e-9 <= low <= right / of <= high <= 1 + 1e-9


def test_without_any_alert_precision_is_whole_and_recall_nothing() -> None:
    counts = Counts(0, 0, 3)
    assert (counts.precision, counts.recall, counts.f1) == (1.0, 0.0, 0.0)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('title = "no date"\ntext = "x"\n', "published"),
        ("title = ", "bad.toml"),
        (LOUD, "loudly"),
    ],
)
def test_a_wrong_annotation_is_refused_by_name(
    tmp_path: Path, text: str, named: str
) -> None:
    (tmp_path / "bad.toml").write_text(text)
    with pytest.raises(AnnotationError, match=named) as caught:
        list(load(tmp_path))
    assert "bad.toml" in str(caught.value)


def test_a_wrong_line_is_refused_by_its_number(tmp_path: Path) -> None:
    (tmp_path / "bad.jsonl").write_text('{"id": "a"}\n')
    with pytest.raises(AnnotationError, match="line 1"):
        list(load(tmp_path / "bad.jsonl"))
