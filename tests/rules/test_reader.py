from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.model import (
    Article,
    Claim,
    Kind,
    Reading,
    Tier,
    WatchedOrganization,
    WatchedPerson,
    WatchedUnit,
    Watchlist,
)
from rules.reader import Reader
from rules.rulebook import RuleBook

NORVIK = Watchlist(
    (
        WatchedOrganization("Norvik", (), (WatchedUnit("search"),)),
        WatchedOrganization("Norvik Air"),
    )
)
TODAY = datetime(2026, 5, 14, 12, tzinfo=UTC)
READER = Reader(NORVIK, RuleBook.bundled())


def read(text: str, title: str = "") -> Reading:
    return READER.read(Article("a", title, text, TODAY))


def told(reading: Reading) -> list[str]:
    """Return the alerts as "in Ina Solberg ceo", in the order of the alphabet."""
    alerts = [c for c in reading.claims if c.tier is Tier.ALERT]
    return sorted(f"{c.kind} {c.person} {c.role_key}" for c in alerts)


def only(reading: Reading, kind: Kind, person: str) -> Claim:
    (claim,) = [c for c in reading.claims if (c.kind, c.person) == (kind, person)]
    return claim


TOLD = [
    (
        "Ina Solberg will succeed Paul Dahl as chief executive of Norvik on June 1.",
        ["in Ina Solberg ceo", "out Paul Dahl ceo"],
    ),
    (
        (
            "Norvik named Ina Solberg, a former Lumen executive who left that firm in "
            "2021, as its new CEO."
        ),
        ["in Ina Solberg ceo"],
    ),
    (
        "Ina Solberg Named Norvik CEO, Replacing Paul Dahl",
        ["in Ina Solberg ceo", "out Paul Dahl ceo"],
    ),
    (
        (
            "Norvik's finance chief, Eva Lind, resigned and will be "
            "replaced on an acting "
            "basis by Arun Rao."
        ),
        ["in Arun Rao cfo", "out Eva Lind cfo"],
    ),
    (
        (
            "Mona Falk took over the search team at Norvik after the departure of Omar "
            "Reza, who left Norvik last week."
        ),
        ["in Mona Falk head", "out Omar Reza head"],
    ),
    (
        "Paul Dahl will not stand for re-election as chair of Norvik.",
        ["out Paul Dahl chair"],
    ),
    (
        (
            "Paul Dahl is staying on as executive chairman of Norvik after handing the "
            "reins to Ina Solberg as chief executive."
        ),
        ["in Ina Solberg ceo", "out Paul Dahl ceo"],
    ),
    (
        (
            "Eva Lind, Norvik's finance chief, resigned on Monday. "
            "Succeeding her is her "
            "deputy, Arun Rao."
        ),
        ["in Arun Rao cfo", "out Eva Lind cfo"],
    ),
    ("Norvik chief Paul Dahl fired finance chief Eva Lind.", ["out Eva Lind cfo"]),
    ("Norvik chief executive Paul Dahl was fired on Monday.", ["out Paul Dahl ceo"]),
    (
        '"I have decided to leave Norvik," finance chief Eva Lind wrote.',
        ["out Eva Lind cfo"],
    ),
    ("Norvik finance chief Eva Lind said she had resigned.", ["out Eva Lind cfo"]),
    (
        (
            "Eva Lind, Arun Rao and Norvik chief counsel Lee Itoh announced their "
            "departures."
        ),
        ["out Arun Rao None", "out Eva Lind None", "out Lee Itoh general counsel"],
    ),
    ("Norvik Air chief Hope Fields is retiring.", ["out Hope Fields head"]),
    ("Norvik names finance chief; Beth Tarn comes from Lumen.", ["in Beth Tarn cfo"]),
    (
        "Two directors out at Norvik: Mary Ames and John Boll, the filing says.",
        ["out John Boll director", "out Mary Ames director"],
    ),
    ("Norvik has parted with manager Bob Eck.", ["out Bob Eck manager"]),
    ("Ana Pell joins the board of Norvik on 3 June.", ["in Ana Pell board member"]),
    ("Treasurer Ann Ash becomes president of Norvik.", ["in Ann Ash president"]),
    (
        "Previously treasurer, Ann Hay succeeds Bob Day as controller of Norvik.",
        ["in Ann Hay comptroller", "out Bob Day comptroller"],
    ),
    (
        "Norvik head coach Ed Lark has left the club by mutual consent.",
        ["out Ed Lark coach"],
    ),
    (
        "Norvik taps Bob Day as CEO to succeed Ann Lee",
        ["in Bob Day ceo", "out Ann Lee ceo"],
    ),
    (
        (
            "Norvik said on Monday that Ann Lee will retire as "
            "chief executive at the end "
            "of the year and be succeeded by Bob Day."
        ),
        ["in Bob Day ceo", "out Ann Lee ceo"],
    ),
    (
        (
            "Norvik has appointed Ann Lee, the former head of "
            "Lumen, as chief executive "
            "with effect from 1 July."
        ),
        ["in Ann Lee ceo"],
    ),
    (
        "Norvik appointed Bob Day and Ann Lee as co-chief executives.",
        ["in Ann Lee ceo", "in Bob Day ceo"],
    ),
    (
        (
            "Norvik chief executive Ann Lee resigned after an inquiry found that she "
            "misled investors."
        ),
        ["out Ann Lee ceo"],
    ),
    ("Bob Day elected chairman of Norvik", ["in Bob Day chair"]),
    (
        "Norvik promoted Bob Day to finance chief and Ann Lee to technology chief.",
        ["in Ann Lee cto", "in Bob Day cfo"],
    ),
    (
        (
            "Bob Day, Norvik's finance chief, is leaving the firm, and so is Ann Lee, "
            "who leads the search team."
        ),
        ["out Ann Lee head", "out Bob Day cfo"],
    ),
    (
        (
            "Norvik named two new members of its board of directors: Bob Day, a former "
            "president of Lumen; and Ann Lee."
        ),
        ["in Ann Lee board member", "in Bob Day board member"],
    ),
    (
        "Norvik finance chief Bob Day is leaving. Ann Lee takes his place.",
        ["in Ann Lee cfo", "out Bob Day cfo"],
    ),
    (
        "Norvik president Bob Day has come back from a long leave.",
        ["in Bob Day president"],
    ),
    (
        "The Norvik board dismissed Bob Day as president and put Ann Lee in charge.",
        ["in Ann Lee head", "out Bob Day president"],
    ),
]


@pytest.mark.parametrize(("text", "alerts"), TOLD, ids=[t[:40] for t, _ in TOLD])
def test_a_change_is_told(text: str, alerts: list[str]) -> None:
    assert told(read(text)) == alerts


SILENT = [
    # history
    "Paul Dahl, 61, took over Norvik in 2017 after Kay Boyle retired.",
    "Norvik finance chief Eva Lind had resigned in 2019 before returning.",
    "Former Norvik chief Sid Karr opened a cafe.",
    "Recently named Norvik president Vi Hobb said rates rise.",
    "Norvik chief Vi Hobb took charge in 1998.",
    "After she left Norvik last year as finance chief, sales fell, Ann Hobb said.",
    "Sid Karr, ousted as Norvik chief in 2011, lost his appeal.",
    "Her predecessor quit Norvik over a leak.",
    "Norvik founder Jo Beam confirmed why he resigned last summer.",
    "Since becoming chief of Norvik in March, Ann Oka cut costs.",
    "Kim Park, who joined Norvik from Vint as president in 2020, spoke.",
    # rumour and candidates
    (
        "Norvik chief executive Paul Dahl is expected to leave by summer, according to "
        "people familiar with the matter."
    ),
    "Norvik chief executive Paul Dahl is leaving, two sources said.",
    "Ina Solberg and Arun Rao are possible successors to Norvik chief Paul Dahl.",
    "Bob Ekberg could be next chief of Norvik.",
    "Sources: Mary Rami to replace John Dove as Norvik chief",
    "Is Ina Strand leaving Norvik?",
    "Favourite for the post of Norvik chief: Al Grau.",
    "Norvik board said to weigh ousting chief Ed Petri.",
    "Paper: Ed Cruz will get the Norvik presidency",
    "Kim Ozu is reportedly close to signing as Norvik manager.",
    "Set to lose her job, a friend says: Norvik chief Ann Day.",
    # denial and correction
    "Norvik denied reports that chief executive Paul Dahl plans to step down.",
    "Ann Zell is not quitting as chief, Norvik says.",
    "Reported gone, Norvik chief Ann Ott is still in post.",
    "Correction: Norvik chief Carl Bly retired in 2012, not last month.",
    "Norvik chief Dan Kemp never resigned; he moves later.",
    "Norvik plays down talk of chief Al Ruiz leaving.",
    "Norvik CEO Ann Lee says she has no plans to retire.",
    # hypothesis, demand, question
    "If Paul Dahl were to leave Norvik, Ina Solberg could take the top job.",
    "If chief Al Brandt leaves Norvik, the deal fails.",
    "Critics: Norvik chief Al Brandt must resign.",
    "A raider seeks to oust Norvik chairman Ed Pell.",
    "Ann Lee would step in as Norvik chief if no successor is found.",
    "Fans want Norvik manager Ed Gore sacked.",
    "A vote that might have toppled Norvik chief Ed Amin failed.",
    "Should Ed Lark retire as Norvik chief, Ann Finch is ready.",
    "Why Norvik chief executive Paul Dahl should quit",
    # words that mean something else
    (
        "The verdict leaves Norvik little choice. Finance chief Eva "
        "Lind leaves for Tokyo "
        "on Friday. Norvik retired its oldest trucks."
    ),
    "Named to a power list: Norvik chief Eva Holm.",
    "Norvik lawyer Ed Lark steps down from the case.",
    "Norvik chief Ed Lark dismisses claims.",
    "Norvik president Ann Lee will lead the gala coverage.",
    "Norvik co-founder Ed Lark leaves the state.",
    "Norvik chief Ed Lark fired back at his critics.",
    "Norvik captain Ed Lark is out of the match.",
    "Norvik lead designer Ann Doe picks a fight.",
    "A group led by Ann Doe buys Norvik.",
    "Norvik's Ed Lark was named coach of the year.",
    "One year ago today the board of Norvik fired president Bob Day.",
    "The hiring of Ann Lee does not mean that Norvik chief Bob Day is stepping aside.",
    "Ann Lee, who was named Norvik president on that Friday, likes cake.",
    "Ann Lee joined Orbis Bank, where she became president, and later Norvik.",
    # nobody is named
    "Norvik names new technology chief.",
    "Norvik fires line coach.",
    "Three vice presidents leave Norvik.",
    "A veteran banker will chair Norvik.",
    # people who lead nothing
    "Researcher Tom Ode leaves Norvik to join a rival.",
]


@pytest.mark.parametrize("text", SILENT, ids=[text[:40] for text in SILENT])
def test_no_change_is_told(text: str) -> None:
    assert told(read(text)) == []


def test_a_leader_in_passing_holds_the_post() -> None:
    text = "Norvik's search team is led by Mona Falk, its third head since January."
    claim = only(read(text), Kind.HOLDS, "Mona Falk")
    assert (claim.organization, claim.unit, claim.role_key) == (
        "Norvik",
        "search",
        "head",
    )


def test_an_event_without_a_name_finds_it_in_the_next_sentence() -> None:
    reading = read("Oto Marr was the general who guarded it.", "Norvik sacks general")
    claim = only(reading, Kind.OUT, "Oto Marr")
    assert claim.confidence < 0.95


def test_an_article_about_something_else_is_not_read() -> None:
    reading = read("Paul Dahl resigned as chief executive of Orbis.")
    assert reading.claims == ()
    assert [v.stage for v in reading.verdicts] == ["gate"]


def test_another_organisation_is_context() -> None:
    reading = read("Norvik's rival Orbis Bank fired chief executive Paul Dahl.")
    assert told(reading) == []


def test_a_watched_person_counts_wherever_they_go() -> None:
    watchlist = Watchlist((), (WatchedPerson("Paul Dahl"),))
    reader = Reader(watchlist, RuleBook.bundled())
    text = "Paul Dahl joins Orbis Bank as president. Ann Lee joins Vint Bank as dean."
    reading = reader.read(Article("a", "", text, TODAY))
    assert told(reading) == ["in Paul Dahl president"]


def test_an_open_watch_list_reads_every_organisation() -> None:
    reader = Reader(Watchlist(), RuleBook.bundled())
    text = "Orbis Bank named Paul Dahl chief executive."
    assert told(reader.read(Article("a", "", text, TODAY))) == ["in Paul Dahl ceo"]


def test_the_stages_say_why_nothing_was_told() -> None:
    reading = read("Paul Dahl is not stepping down as chief executive of Norvik.")
    stages = {verdict.stage for verdict in reading.verdicts}
    assert {"gate", "sentence", "frames", "claim"} <= stages
    assert any("denied" in verdict.note for verdict in reading.verdicts)


def test_text_beyond_the_cap_of_findings_is_not_read() -> None:
    text = "\n".join("Ann Lee resigned as Norvik chief." for _ in range(500))
    reading = read(text)
    assert told(reading) == ["out Ann Lee head"]
    assert any(v.stage == "budget" and not v.passed for v in reading.verdicts)


WORDS = st.sampled_from(
    [
        "Norvik",
        "named",
        "Ann",
        "Lee",
        ",",
        "CEO",
        "of",
        "who",
        "resigned",
        "and",
        "will",
        "be",
        "replaced",
        "by",
        "Bob",
        "Day",
        "said",
        "that",
        "if",
        "not",
        "after",
        "the",
        "departure",
        "(",
        ")",
        '"',
        "'",
        ":",
        ";",
        "?",
        ".",
        "to",
        "his",
        "her",
        "is",
        "as",
        "chief",
        "finance",
        "team",
        "search",
        "on",
        "Monday",
        "in",
        "2019",
        "left",
        "leads",
        "fired",
        "\n",
        "-",
        "new",
        "former",
        "its",
        "was",
        "have",
        "he",
    ]
)


@given(st.lists(WORDS, max_size=60))
def test_any_jumble_of_words_is_read_with_true_quotes(words: list[str]) -> None:
    reading = read("Norvik resigned " + " ".join(words))
    content = reading.article.content
    for claim in reading.claims:
        found = claim.evidence
        assert content[found.start : found.end] == found.quote
        assert 0 <= claim.confidence <= 1
        assert claim.tier is not Tier.ALERT or (claim.person and claim.organization)


@given(st.text(max_size=200))
def test_any_text_is_read_without_a_fault(text: str) -> None:
    assert read("Norvik resigned " + text).article.id == "a"


def test_the_same_article_is_read_alike_every_time() -> None:
    text = TOLD[3][0]
    assert read(text).claims == read(text).claims
