from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rules.document import DateRef, Part
from rules.language.sentences import Stretch
from rules.spans.dates import again, place_dates, resolve
from rules.spans.draft import Draft

FRIDAY = datetime(2026, 5, 15, 9, tzinfo=UTC)


def dates(text: str, published: datetime | None = FRIDAY) -> list[tuple[str, DateRef]]:
    draft = Draft.of(text, Stretch(Part.BODY, 0, len(text), 0))
    place_dates(draft, published)
    found = [(draft.text(s.first, s.last), s.ref) for s in draft.spans()]
    return [(words, ref) for words, ref in found if isinstance(ref, DateRef)]


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("today", "2026-05-15"),
        ("yesterday", "2026-05-14"),
        ("on Thursday", "2026-05-14"),
        ("Friday", "2026-05-15"),
        ("last Friday", "2026-05-08"),
        ("next Monday", "2026-05-18"),
        ("this week", "2026-05-11/2026-05-17"),
        ("earlier this week", "2026-05-11/2026-05-15"),
        ("last month", "2026-04"),
        ("next year", "2027"),
        ("in August", "2026-08"),
        ("in January", "2026-01"),
        ("last November", "2025-11"),
        ("last May", "2025-05"),
        ("June 1", "2026-06-01"),
        ("28 January", "2026-01-28"),
        ("the 3rd of June 2024", "2024-06-03"),
        ("Sept. 3, 1989", "1989-09-03"),
        ("Friday, June 5", "2026-06-05"),
        ("December 2023", "2023-12"),
        ("2024-10-25", "2024-10-25"),
        ("in 2022", "2022"),
        ("since 2019", "2019"),
        ("in the 1990s", "1990-01-01/1999-12-31"),
        ("two years ago", "2024"),
        ("three weeks ago", "2026-04-20/2026-04-26"),
        ("in two weeks", "2026-05-25/2026-05-31"),
        ("at the end of the year", "2026-12"),
        ("end of March", "2026-03-25/2026-03-31"),
        ("early August", "2026-08-01/2026-08-11"),
        ("late 2023", "2023-09-01/2023-12-31"),
        ("last summer", "2025-06-01/2025-08-31"),
        ("next spring", "2027-03-01/2027-05-31"),
        ("by summer", "2026-05-15/2026-08-31"),
        ("until June", "2026-06"),
        ("Q3", "2026-07-01/2026-09-30"),
        ("the third quarter of 2024", "2024-07-01/2024-09-30"),
        ("effective immediately", "2026-05-15"),
        ("with immediate effect", "2026-05-15"),
        ("by the end of 2025", "../2025-12-31"),
        ("before 2020", "../2019-12-31"),
    ],
)
def test_a_date_is_a_range_of_days_seen_from_publication(text: str, when: str) -> None:
    assert str(resolve(text, FRIDAY)) == when


@pytest.mark.parametrize(
    ("text", "past", "future"),
    [
        ("on Monday", "2026-05-11", "2026-05-18"),
        ("December 31", "2025-12-31", "2026-12-31"),
        ("in March", "2026-03", "2027-03"),
        ("in August", "2025-08", "2026-08"),
    ],
)
def test_the_tense_decides_between_last_and_next(
    text: str, past: str, future: str
) -> None:
    assert str(resolve(text, FRIDAY, future=False)) == past
    assert str(resolve(text, FRIDAY, future=True)) == future


@pytest.mark.parametrize("text", ["last month", "on Monday", "June 1", "today", "Q3"])
def test_without_a_publication_date_nothing_relative_is_read(text: str) -> None:
    assert resolve(text, None) is None


def test_a_full_date_needs_no_publication_date() -> None:
    assert str(resolve("June 1, 2024", None)) == "2024-06-01"


@pytest.mark.parametrize(
    "text",
    [
        "She may leave.",
        "They march on.",
        "A fall in sales.",
        "It paid 2019 dollars.",
        "Jan Kuil runs it.",
        "The sun rose.",
        "It took a million in a day.",
        "It is run by April Orr.",
    ],
)
def test_words_that_only_look_like_dates_are_none(text: str) -> None:
    assert dates(text) == []


def test_the_word_before_a_date_is_kept_as_its_relation() -> None:
    (since, by) = dates("She has led it since 2019 and goes by June 30.")
    assert (since[0], since[1].relation) == ("2019", "since")
    assert (by[0], by[1].relation, str(by[1].when)) == (
        "June 30",
        "by",
        "2026-05-15/2026-06-30",
    )


def test_a_date_can_be_read_again_in_another_tense() -> None:
    ((_, ref),) = dates("He leaves on Monday.")
    assert str(ref.when) == "2026-05-11"
    assert str(again(ref, FRIDAY, future=True).when) == "2026-05-18"


def test_a_day_that_no_calendar_has_is_unknown() -> None:
    assert resolve("February 31, 2024", FRIDAY) is None


@given(st.datetimes(timezones=st.just(UTC)))
@example(datetime(1, 1, 1, tzinfo=UTC))
@example(datetime(9999, 12, 31, tzinfo=UTC))
def test_no_day_of_publication_breaks_the_calendar(published: datetime) -> None:
    for text in (
        "last Monday",
        "in May",
        "next winter",
        "Q4",
        "June 1",
        "last June",
        "two years ago",
    ):
        resolve(text, published, future=True)
