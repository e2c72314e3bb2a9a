from __future__ import annotations

import pytest

from rules.document import Document, How, OrgRef
from rules.model import Article, WatchedOrganization, Watchlist
from rules.spans.tagger import tag

HALDEN = Watchlist((WatchedOrganization("Halden"),))


def read(title: str, text: str, watchlist: Watchlist = HALDEN) -> Document:
    return tag(Article("a", title, text), watchlist)


def orgs(document: Document) -> list[OrgRef]:
    refs = [p.ref for s in document.sentences for p in s.spans]
    return [ref for ref in refs if isinstance(ref, OrgRef)]


def meant(document: Document) -> list[str]:
    return [ref.name for ref in orgs(document) if ref.how is How.ANAPHOR]


@pytest.mark.parametrize(
    "text",
    [
        "Tom Hale left. Her new company, Orbis, hired him. The company hired ten.",
        "Tom Hale has left Halden. Orbis Labs is small. The lab is led by Ana Prieto.",
        "Halden lost Tom Hale to a startup called Orbis. The company hired ten.",
        "Halden said Orbis Ltd. had called, and that the company would answer.",
    ],
)
def test_the_company_is_not_the_watched_one_behind_another_s_name(text: str) -> None:
    assert meant(read("Halden loses Tom Hale", text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "Ana Prieto resigned on Monday. The company thanked her.",
        "Ana Prieto joined from Orbis Ltd. in May. The company thanked her.",
        "Orbis Ltd. fell. Halden rose. The company said so.",
        "The company thanked Ana Prieto, who came from Orbis Ltd. in May.",
    ],
)
def test_the_company_is_the_focus_until_another_is_the_topic(text: str) -> None:
    assert meant(read("Halden chief Ana Prieto resigns", text)) == ["Halden"]


def test_every_sentence_tells_its_topic() -> None:
    document = read("Halden chief quits", "Orbis Ltd. hired Ana Prieto. It is small.")
    topics = [s.topic.name if s.topic else None for s in document.sentences]
    assert topics == ["Halden", "Halden", "Orbis Ltd."]


def test_a_watched_name_in_passing_is_not_what_the_article_is_about() -> None:
    document = read(
        "Orbis Ltd. names chief",
        "Ana Prieto is chief of Orbis Ltd. now. She is 50. She once left Halden.",
    )
    assert document.focus is None


@pytest.mark.parametrize(
    "text",
    [
        "Ana Prieto has resigned, she told CNN.",
        "Ana Prieto has resigned, the BBC reports.",
        "Ana Prieto has resigned, according to TASS.",
        "In an interview with Reuters, Ana Prieto said so.",
        "CNN's Tom Hale speaks with Ana Prieto about tiles.",
        "Ana Prieto wrote in the Norvik Gazette that she had left.",
        "Ana Prieto has resigned, CNN has learned.",
    ],
)
def test_who_is_told_or_tells_is_never_what_the_article_is_about(text: str) -> None:
    document = read("Ana Prieto resigns", text)
    assert [ref.press for ref in orgs(document)] == [True]
    assert document.focus is None


@pytest.mark.parametrize(
    "text",
    [
        "CNN named Ana Prieto president.",
        "Ana Prieto has left the BBC.",
        "CNN's president, Ana Prieto, resigned.",
        "Ana Prieto joins the Norvik Gazette as editor.",
    ],
)
def test_a_newsroom_may_be_the_news_itself(text: str) -> None:
    document = read("Ana Prieto", text)
    assert [ref.press for ref in orgs(document)] == [False]
    assert document.focus == orgs(document)[0]


def test_a_firm_that_is_told_something_is_no_newsroom() -> None:
    document = read("Ana Prieto leaves", "Ana Prieto told Halden that she will leave.")
    assert [ref.press for ref in orgs(document)] == [False]


def test_a_nationality_is_the_watched_country() -> None:
    watched = Watchlist((WatchedOrganization("France"),))
    document = read("", "The French president resigned.", watched)
    assert orgs(document) == [OrgRef("France", How.ALIAS, watched=True)]
