from __future__ import annotations

import pytest

from rules.document import How, PersonRef
from rules.model import Article, WatchedPerson, Watchlist
from rules.spans.names import personal, same_person, surname
from rules.spans.tagger import Marker


def people(text: str, title: str = "", *watched: str) -> list[tuple[str, PersonRef]]:
    tagger = Marker(Watchlist((), tuple(WatchedPerson(name) for name in watched)))
    article = Article("a", title, text)
    return [
        (article.content[s.tokens[p.first].start : s.tokens[p.last - 1].end], p.ref)
        for s in tagger.tag(article).sentences
        for p in s.spans
        if isinstance(p.ref, PersonRef)
    ]


def names(text: str, title: str = "") -> list[str]:
    return [ref.name for _, ref in people(text, title)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ana Prieto spoke.", "Ana Prieto"),
        ("It was led by Ines de la Falk.", "Ines de la Falk"),
        ("They chose Łukasz Ørvik Jr. at last.", "Łukasz Ørvik Jr."),
        ("In May J. P. Orr resigned.", "J. P. Orr"),
        ("Dr. Quill accepted.", "Quill"),
        ("The chief executive, Tovel Marn, quit.", "Tovel Marn"),
        ("The coach Vorn Ekeli quit.", "Vorn Ekeli"),
        ("Tovel Marn, 61, is leaving.", "Tovel Marn"),
        ("Tovel Marn, chairman of Halden, is leaving.", "Tovel Marn"),
        ("The board named Tovel Marn to run it.", "Tovel Marn"),
        ("Jo Arlo and Tovel Marn left.", "Tovel Marn"),
        ("Halden Air chief Hope Fields is retiring.", "Hope Fields"),
        ("Army Gen. Tovel Marn spoke.", "Tovel Marn"),
        ("Karr, ousted in 2011, lost.", "Karr"),
        ("Lord Ashby was elected.", "Lord Ashby"),
    ],
)
def test_a_person_is_known_by_name_or_company(text: str, name: str) -> None:
    assert name in names(text)


@pytest.mark.parametrize(
    "text",
    [
        "He flew to San Francisco and New York.",
        "Halden Bank hired fifty people.",
        "The British Museum and the Oslo Opera closed.",
        "They met in January on a Monday.",
        "In American trading it fell.",
        "She won the Nobel Prize in Stockholm.",
        "General Motors and Morgan Stanley gained.",
        "The Post-Training Team grew.",
    ],
)
def test_places_firms_days_and_prizes_are_nobody(text: str) -> None:
    assert names(text) == []


def test_title_case_hides_no_name_and_invents_none() -> None:
    assert names("", "Ana Prieto Named Halden CEO, Replacing Tom Hale") == [
        "Ana Prieto",
        "Tom Hale",
    ]


def test_a_headline_takes_names_from_the_body() -> None:
    found = people("Tovel Marn, 61, quit.", "Marn Quits as Halden Chairman Today")
    assert [(words, ref.name) for words, ref in found] == [
        ("Marn", "Tovel Marn"),
        ("Tovel Marn", "Tovel Marn"),
    ]


def test_a_surname_alone_means_the_one_who_bears_it() -> None:
    found = people("Ana Prieto joined. Ms. Prieto said Prieto's team grew.")
    assert {ref.name for _, ref in found} == {"Ana Prieto"}
    assert [words for words, _ in found] == ["Ana Prieto", "Ms. Prieto", "Prieto"]
    assert found[2][1].how is How.ALIAS


def test_a_surname_of_two_people_means_nobody() -> None:
    text = "Ana Prieto met Tom Prieto. Later Prieto resigned."
    assert names(text) == ["Ana Prieto", "Tom Prieto"]


def test_father_and_son_are_two_people() -> None:
    text = "Tom Hale Jr. met Tom Hale. Later Hale resigned."
    assert names(text) == ["Tom Hale Jr.", "Tom Hale"]


def test_a_short_form_of_the_name_is_the_same_person() -> None:
    assert names("Robert Q. Hale met no one. Bob Hale left.") == ["Robert Q. Hale"] * 2


def test_the_watch_list_knows_a_surname_that_the_article_leaves_alone() -> None:
    ((words, ref),) = people("On Monday Fedorov resigned.", "", "Liam Fedorov")
    assert (words, ref.name, ref.watched) == ("Fedorov", "Liam Fedorov", True)


def test_a_namesake_in_the_article_is_not_the_watched_person() -> None:
    found = people("Ivo Fedorov spoke. Fedorov resigned.", "", "Liam Fedorov")
    assert {ref.name for _, ref in found} == {"Ivo Fedorov"}
    assert not any(ref.watched for _, ref in found)


def test_a_watched_person_is_called_as_watched() -> None:
    ((_, ref),) = people("William Fedorov resigned.", "", "Liam Fedorov")
    assert (ref.name, ref.watched) == ("Liam Fedorov", True)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bob Hale", "Robert Hale"),
        ("R. Hale", "Robert Hale"),
        ("Robert Hale", "Mr. Hale"),
        ("José Núñez", "Jose Nunez"),
        ("T. Marek Orr", "Marek Orr"),
    ],
)
def test_two_forms_of_one_name_are_one_person(one: str, other: str) -> None:
    assert same_person(one, other)
    assert same_person(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tim Hale", "Tom Hale"),
        ("Dario Orr", "Daniela Orr"),
        ("Ana Prieto", "Ana Pell"),
        ("Tom Hale", "Tom Hale Jr."),
    ],
)
def test_like_names_of_two_people_stay_two(one: str, other: str) -> None:
    assert not same_person(one, other)


def test_particles_belong_to_the_surname() -> None:
    assert surname("Ines van der Falk Jr.") == "van der falk"


def test_a_mixed_list_is_parted_into_people_and_firms() -> None:
    mixed = ["Ana Prieto", "Halden", "Walt Disney Studios", "New York", "Lord Ashby"]
    assert [name for name in mixed if personal(name)] == ["Ana Prieto", "Lord Ashby"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Tearful Orrick resigned. The crowd left.", ["Orrick"]),
        ("Hardliner Raz won. Ebrahim Raz spoke.", ["Ebrahim Raz"]),
        ("Supermodel Ana Prieto smiled.", ["Ana Prieto"]),
        ("Pianists Ana Prieto and Tom Hale played.", ["Ana Prieto", "Tom Hale"]),
        ("Canadians Michael Orr and Tom Hale left.", ["Michael Orr", "Tom Hale"]),
        ("Norvik Ana Prieto said so. Ana Prieto left.", ["Ana Prieto"]),
        ("Ana Prieto Berlin said so. Ana Prieto left.", ["Ana Prieto"]),
        ("Frenkie de Jong left. De Jong smiled.", ["Frenkie de Jong"]),
        ("Ville de Grohl lost its page.", []),
    ],
)
def test_what_describes_a_person_is_no_part_of_the_name(
    text: str, found: list[str]
) -> None:
    assert sorted(set(names(text))) == sorted(found)
