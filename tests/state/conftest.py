"""Little scripts of news: who says what of whom, on which day."""

from __future__ import annotations

import contextlib
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from zlib import crc32

import pytest

from rules.model import (
    Article,
    Capacity,
    Claim,
    Currency,
    Evidence,
    Kind,
    Modality,
    Polarity,
    Reading,
    Tense,
    Tier,
)
from rules.when import When
from state.ledger import Ledger
from state.model import Change, Holder, Post, Source, StartingTenure

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
ROLES = {
    "ceo": "chief executive",
    "cto": "chief technology officer",
    "head": "head",
    "vice president": "vice president",
    "board member": "board member",
}


@dataclass(frozen=True)
class Say:
    """One sentence: a claim that has no place in an article yet."""

    kind: Kind
    person: str
    key: str | None = "ceo"
    org: str = "Northwind"
    unit: str | None = None
    when: str = ""
    background: bool = False
    replaces: str | None = None
    capacity: Capacity = Capacity.SUBSTANTIVE
    modality: Modality = Modality.ASSERTED
    polarity: Polarity = Polarity.AFFIRMED
    tier: Tier | None = None
    cause: str | None = None
    quote: str = ""

    def claim(self, article_id: str, start: int) -> Claim:
        planned = self.modality is Modality.PLANNED
        news = self.kind in {Kind.IN, Kind.OUT} and not self.background
        tier = self.tier or (Tier.ALERT if news else Tier.CONTEXT)
        history = self.background and self.kind is not Kind.HOLDS
        present = Tense.FUTURE if planned else Tense.PRESENT
        return Claim(
            kind=self.kind,
            person=self.person,
            organization=self.org,
            unit=self.unit,
            role=ROLES.get(self.key, self.key) if self.key else None,
            role_key=self.key,
            evidence=Evidence(article_id, start, start + len(self.text), self.text),
            capacity=self.capacity,
            polarity=self.polarity,
            modality=self.modality,
            tense=Tense.PAST if history else present,
            currency=Currency.BACKGROUND if self.background else Currency.CURRENT,
            when=When.parse(self.when),
            replaces=self.replaces,
            cause=self.cause,
            tier=tier,
            votes=(f"rule-{self.kind}",),
        )

    @property
    def text(self) -> str:
        words = f"{self.person} {self.kind} {self.key} {self.unit or ''} {self.when}"
        return self.quote or f"{words} {self.org}."


@dataclass(frozen=True)
class Words:
    """Makers of sentences: `say.comes("Ann Poe", when="2024-08")`."""

    def comes(self, person: str, **more: object) -> Say:
        return replace(Say(Kind.IN, person), **more)  # type: ignore[arg-type]

    def goes(self, person: str, **more: object) -> Say:
        return replace(Say(Kind.OUT, person), **more)  # type: ignore[arg-type]

    def holds(self, person: str, **more: object) -> Say:
        return replace(Say(Kind.HOLDS, person), **more)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Story:
    """One article: its day, its source's owner and its sentences."""

    day: str
    lines: tuple[Say, ...]
    owner: str = "Harbor Post"
    id: str = ""
    kind: str = "newspaper"
    note: str = ""

    def reading(self) -> Reading:
        published = datetime.combine(date.fromisoformat(self.day), time(9), UTC)
        name = self.id or f"{self.owner}-{self.day}-{crc32(repr(self.lines).encode())}"
        title = f"News of {self.day}"
        text = "\n".join([line.text for line in self.lines] + [self.note])
        article = Article(name, title, text, published, f"https://news.example/{name}")
        claims, place = [], len(title) + 1
        for line in self.lines:
            claims.append(line.claim(name, place))
            place += len(line.text) + 1
        return Reading(article, tuple(claims))

    @property
    def source(self) -> Source:
        return Source(self.owner, self.owner, self.kind)


@dataclass
class Desk:
    """A ledger with somebody who brings it the news."""

    ledger: Ledger
    channels: tuple[str, ...] = ("desk",)
    now: datetime = NOW
    recorded: list[Story] = field(default_factory=list)

    def knows(self, person: str, since: str = "", **more: object) -> None:
        post = Post("Northwind", None, "ceo", "chief executive")
        until = more.pop("until", None)
        post = replace(post, **more)  # type: ignore[arg-type]
        end = When.parse(str(until)) if until else None
        known = StartingTenure(post, person, When.parse(since), end)
        self.ledger.begin([known], self.now)

    def reads(self, day: str, *lines: Say, **more: str) -> tuple[Change, ...]:
        return self.takes(Story(day, lines, **more))

    def takes(self, story: Story) -> tuple[Change, ...]:
        return self.ledger.record(
            story.reading(),
            feed="https://news.example/feed.xml",
            source=story.source,
            now=self.now,
            channels=self.channels,
        )

    def who(self, on: str = "2026-03-01", post: str | None = None) -> list[str]:
        found = self.ledger.who(post, date.fromisoformat(on), None)
        return [_shown(holder) for holder in found]


def _shown(holder: Holder) -> str:
    return holder.person if holder.certain else f"{holder.person}?"


@pytest.fixture(scope="session")
def say() -> Words:
    return Words()


@pytest.fixture(scope="session")
def story() -> type[Story]:
    return Story


@pytest.fixture(scope="session")
def desk_of() -> type[Desk]:
    return Desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Ledger.open(tmp_path / "ledger.db") as ledger:
        yield Desk(ledger)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A real disk of three megabytes, where this user may mount one."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=3m", "none", str(place)]
    try:
        subprocess.run(mount, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this user may not mount a disk")
    yield place
    subprocess.run(["umount", str(place)], check=True)


@pytest.fixture
def fill() -> Callable[[Path], Path]:
    """Take all the room that is left on a disk, in one file, which is returned."""

    def take(disk: Path) -> Path:
        filler = disk / "filler"
        with filler.open("wb", buffering=0) as file, contextlib.suppress(OSError):
            while True:
                file.write(b"x" * 4096)
        return filler

    return take
