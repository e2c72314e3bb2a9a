from __future__ import annotations

import pytest

from rules.document import How, OrgRef
from rules.model import Article, WatchedOrganization, Watchlist
from rules.spans.tagger import Marker

OPEN = Watchlist()


def organizations(
    text: str, title: str = "", watchlist: Watchlist = OPEN
) -> list[tuple[str, OrgRef]]:
    article = Article("a", title, text)
    return [
        (article.content[s.tokens[p.first].start : s.tokens[p.last - 1].end], p.ref)
        for s in Marker(watchlist).tag(article).sentences
        for p in s.spans
        if isinstance(p.ref, OrgRef)
    ]


def names(text: str) -> list[str]:
    return [ref.name for _, ref in organizations(text)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("She joined Halden & Sons Ltd. in May.", "Halden & Sons Ltd."),
        ("He left the University of Kestrel.", "University of Kestrel"),
        ("It sued the Ministry of Works and Ports.", "Ministry of Works and Ports"),
        ("The Harbour and Dock Commission met.", "Harbour and Dock Commission"),
        ("The British Museum reopened.", "British Museum"),
        ("Leeds United won.", "Leeds United"),
        ("Halden's finance chief quit.", "Halden"),
        ("Halden's longtime finance chief quit.", "Halden"),
        ("Vela manager Ana Prieto quit.", "Vela"),
        ("She is a partner at Orvan Vance now.", "Orvan Vance"),
        ("Its rival Orbis gained.", "Orbis"),
        ("The chipmaker Orbis gained.", "Orbis"),
        ("She will join Orbis.", "Orbis"),
        ("She was appointed in March by Orbis.", "Orbis"),
        ("Orbis said it would wait.", "Orbis"),
        ("The head of the NKVT quit.", "NKVT"),
        ("Barcelona appoints a coach.", "Barcelona"),
        ("Halden's tuning team grew.", "Halden"),
        ("British Gymnastics chair Ana Orr left gymnastics.", "British Gymnastics"),
        ("The EU chief spoke.", "EU"),
    ],
)
def test_an_organisation_is_known_by_shape_or_company(text: str, name: str) -> None:
    assert name in names(text)


@pytest.mark.parametrize(
    "text",
    [
        "She lives in Ukraine and works from Oslo.",
        "The CEO met the PM about AI.",
        "They live on the West Bank.",
        "The European market fell.",
    ],
)
def test_places_and_common_capitals_are_no_organisations(text: str) -> None:
    assert names(text) == []


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("Ukraine's president spoke.", "Ukraine", "Ukraine"),
        ("The French finance minister spoke.", "French", "France"),
        ("The president of Chad spoke.", "Chad", "Chad"),
        ("England captain Tom Hale spoke.", "England", "England"),
    ],
)
def test_a_country_is_an_organisation_where_it_has_a_post(
    text: str, words: str, name: str
) -> None:
    ((found, ref),) = organizations(text)
    assert (found, ref.name) == (words, name)


def test_a_french_boss_is_not_the_boss_of_france() -> None:
    assert names("The French boss of the firm left.") == []


def test_a_short_form_has_the_full_name() -> None:
    text = "Vandar Mills Inc. grew. Vandar Mills hired. Vandar sold tiles."
    assert names(text) == ["Vandar Mills Inc."] * 3
    hows = [ref.how for _, ref in organizations(text)]
    assert hows == [How.EXPLICIT, How.ALIAS, How.ALIAS]


def test_a_watched_name_is_found_with_its_legal_tail_and_without() -> None:
    watched = Watchlist((WatchedOrganization("Vandar Mills Inc.", ("VMI",)),))
    text = "Vandar Mills grew. VMI hired. Vandar Mills Inc. sold tiles."
    found = organizations(text, "", watched)
    assert {ref.name for _, ref in found} == {"Vandar Mills Inc."}
    assert all(ref.watched for _, ref in found)
    assert [words for words, _ in found] == ["Vandar Mills", "VMI", "Vandar Mills Inc."]


@pytest.mark.parametrize(
    "text",
    [
        "The Vandar Bank grew.",
        "A vandar is a bird.",
        "Tom Vandar sang.",
        "Vandarville grew.",
    ],
)
def test_a_watched_name_inside_another_name_is_not_it(text: str) -> None:
    watched = Watchlist((WatchedOrganization("Vandar"),))
    assert not any(ref.watched for _, ref in organizations(text, "", watched))


def test_a_watched_name_of_one_letter_is_only_itself() -> None:
    watched = Watchlist((WatchedOrganization("X"),))
    assert organizations("The owner of X spoke.", "", watched)[0][1].watched
    assert organizations("So Malcolm X spoke.", "", watched) == []


def test_the_company_is_the_one_in_focus() -> None:
    watched = Watchlist((WatchedOrganization("Vandar"),))
    text = "Vandar sold tiles. The company said the company car was sold."
    found = organizations(text, "", watched)
    assert [words for words, _ in found] == ["Vandar", "The company"]
    assert (found[1][1].name, found[1][1].how) == ("Vandar", How.ANAPHOR)


def test_with_two_in_focus_the_company_is_nobody() -> None:
    watched = Watchlist((WatchedOrganization("Vandar"), WatchedOrganization("Orbis")))
    found = organizations("Vandar sued Orbis. The company lost.", "", watched)
    assert [words for words, _ in found] == ["Vandar", "Orbis"]


def test_the_headline_decides_the_focus() -> None:
    article = Article("a", "Orbis Bank loses its chief", "Vandar Mills is bigger.")
    focus = Marker(OPEN).tag(article).focus
    assert focus is not None
    assert focus.name == "Orbis Bank"


@pytest.mark.parametrize(
    "text",
    [
        "Ana Prieto was named chief executive of Louis Orbin.",
        "Louis Orbin chief Ana Prieto quit. Louis Orbin said so.",
    ],
)
def test_a_firm_may_bear_a_person_s_name(text: str) -> None:
    assert set(names(text)) == {"Louis Orbin"}


@pytest.mark.parametrize(
    "text",
    [
        "Ana Prieto, chief of staff of Tom Hale, left.",
        "The club named Ana Prieto chief executive on Monday.",
        "A letter to Tom Hale came from president Ana Prieto.",
    ],
)
def test_a_person_beside_a_post_is_no_firm(text: str) -> None:
    assert names(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Halden Inc. launched GlimBox in May.",
        "Halden Inc.'s GlimBox is new.",
        "Halden Inc. fell when the GlimBox app failed.",
    ],
)
def test_what_a_firm_makes_is_no_firm(text: str) -> None:
    assert set(names(text)) == {"Halden Inc."}


@pytest.mark.parametrize(
    "text",
    ["Acclaimed director Ana Prieto left.", "Oscar-winning editor Tom Hale left."],
)
def test_an_adjective_before_a_post_is_no_firm(text: str) -> None:
    assert names(text) == []
