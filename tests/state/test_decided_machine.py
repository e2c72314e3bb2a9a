"""Whatever is recorded and decided in whatever order, a replay comes to the same."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from rules.model import Article, Claim, Evidence, Kind, Reading, Tier, Watchlist
from rules.when import When
from state.decision import Accept, Chair, Correct, Merge, Pin, Reject, Split, Undo, Wish
from state.errors import StateError
from state.ledger import Ledger
from state.model import ChangeStatus, Source
from state.replay import Difference, Today, replay

START = datetime(2025, 1, 1, 9, tzinfo=UTC)
FIRMS = ("Northwind", "Southwind")
PEOPLE = ("Ann Poe", "Bo Lin", "Cy Orr")
TABLES = ("posts", "tenures", "changes", "sides", "deliveries", "decisions")


class Told(RuleBasedStateMachine):
    """A ledger that is told things and decided upon."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "ledger.db"
        self.ledger = Ledger.open(self.path)
        self.readings: dict[str, Reading] = {}
        self.now = START

    def teardown(self) -> None:
        with self.ledger:
            pass
        self.folder.cleanup()

    @rule(
        kind=st.sampled_from([Kind.IN, Kind.OUT, Kind.HOLDS]),
        person=st.sampled_from(PEOPLE),
        firm=st.sampled_from(FIRMS),
        tier=st.sampled_from([Tier.ALERT, Tier.ALERT, Tier.CANDIDATE]),
        dated=st.booleans(),
        again=st.booleans(),
    )
    def read(self, *, kind, person, firm, tier, dated, again) -> None:
        """Read an article, or (*again*) another text of the last one."""
        self.now += timedelta(days=9)
        number = len(self.readings) - (1 if again and self.readings else 0)
        text = f"{person} {kind} {firm} on {self.now}."
        article = Article(f"a{number}", "", text, self.now, "https://n.example")
        when = When.day(self.now.date()) if dated else When()
        place = Evidence(article.id, 0, len(text), text)
        claim = Claim(
            kind, person, firm, None, "chief", "ceo", place, when=when, tier=tier
        )
        self.readings[text] = Reading(article, (claim,))
        self.ledger.record(
            self.readings[text],
            feed="f",
            source=Source("Post", "Post"),
            now=self.now,
            channels=("desk",),
        )

    @rule(
        data=st.data(),
        how=st.sampled_from(["accept", "reject", "date", "name", "firm"]),
    )
    def rule_on_a_change(self, data, how) -> None:
        found = self.ledger.log([ChangeStatus.TOLD, ChangeStatus.CANDIDATE])
        if found:
            change = data.draw(st.sampled_from(found)).id
            wishes: dict[str, Wish] = {
                "accept": Accept(change),
                "reject": Reject(change),
                "date": Correct(change, when=When.day(self.now.date())),
                "name": Correct(change, person="Di Fry"),
                "firm": Correct(change, organization="Southwind"),
            }
            self.decide(wishes[how])

    @rule(data=st.data())
    def undo(self, data) -> None:
        made = self.ledger.decisions()
        if made:
            self.decide(Undo(data.draw(st.sampled_from(made)).id))

    @rule(person=st.sampled_from(PEOPLE), other=st.sampled_from(PEOPLE))
    def merge_people(self, person, other) -> None:
        self.decide(Merge("person", person, other))

    @rule(firm=st.sampled_from(FIRMS), other=st.sampled_from(FIRMS))
    def merge_firms(self, firm, other) -> None:
        self.decide(Merge("organization", firm, other))

    @rule(
        person=st.sampled_from(PEOPLE), firm=st.sampled_from(FIRMS), here=st.booleans()
    )
    def split(self, person, firm, here) -> None:
        scope = {"organizations" if here else "kept": (firm,)}
        self.decide(Split(person, f"{person} ({firm})", **scope))

    @rule(firm=st.sampled_from(FIRMS), person=st.sampled_from(PEOPLE))
    def pin(self, firm, person) -> None:
        self.decide(Pin(firm, person))

    def decide(self, wish: Wish) -> None:
        """Decide; what makes no sense is refused and leaves nothing behind."""
        self.now += timedelta(hours=1)
        before = rows(self.path)
        try:
            self.ledger.decide(wish, Chair("ann", self.now), ("desk",))
        except StateError:
            assert rows(self.path) == before

    @invariant()
    def one_person_holds_a_post_of_one_seat(self) -> None:
        held = [h for h in self.ledger.board(self.now.date()) if h.certain]
        posts = [h.post.key for h in held]
        assert len(posts) == len(set(posts))

    @invariant()
    def no_change_without_evidence(self) -> None:
        changes = self.ledger.log([ChangeStatus.TOLD, ChangeStatus.CANDIDATE])
        assert all(change.quotes for change in changes)

    @invariant()
    def a_replay_comes_to_the_same(self) -> None:
        fresh = self.path.with_name("fresh.db")
        today = Today(lambda article: self.readings[article.content], Watchlist())
        found = replay(self.path, fresh, today, lambda *_: None)
        same = rows(fresh) == rows(self.path)
        fresh.unlink()
        for part in ("-wal", "-shm"):
            with suppress(FileNotFoundError):
                fresh.with_name(fresh.name + part).unlink()
        assert found == Difference((), ())
        assert same


def rows(path: Path) -> list[list[tuple]]:
    with closing(sqlite3.connect(path)) as db:
        found = [db.execute(f"SELECT * FROM {t}") for t in TABLES]  # noqa: S608  ours
        return [table.fetchall() for table in found]


TestTold = Told.TestCase
TestTold.settings = settings(
    max_examples=25,
    stateful_step_count=15,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
