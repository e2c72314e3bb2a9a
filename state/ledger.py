"""The ledger: one SQLite file that keeps who holds which post, and since when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlite_utils import Database

from rules.model import Reading, Watchlist
from state.decision import Chair, Decision, Wish
from state.errors import LedgerError
from state.model import (
    Change,
    ChangeStatus,
    Delivery,
    FeedState,
    Holder,
    Letter,
    Source,
    StartingTenure,
    Tally,
    Tenure,
    Version,
)
from state.policy import TellingPolicy
from state.proof import false_quote
from state.store import (
    backup,
    deciding,
    decisions,
    facts,
    feeds,
    letters,
    outbox,
    queries,
    recording,
    spells,
    thinning,
)
from state.store.access import Access
from state.store.coverage import Coverage
from state.store.database import PATIENCE, open_database, wrapped, writing
from state.store.entry import Entry, Recording
from state.store.recollection import Recollection, forgetting
from state.store.rows import cleaned
from state.store.scope import Scope
from state.store.search import Index
from state.store.stories import Stories

# Longer than any channel takes; a claim that is older belongs to a run that died.
LEASE = timedelta(minutes=5)


class Ledger:
    """An open ledger; leaving the `with` block closes it. Every moment is aware UTC.

    All methods raise LedgerError, naming the file, when it cannot be used.
    """

    def __init__(self, path: Path, database: Database) -> None:
        self.path = path
        self._db = database
        self._scope = Scope()
        self._policy = TellingPolicy()
        self._memory = Recollection()

    @classmethod
    def open(
        cls, path: Path, *, create: bool = True, patience: float = PATIENCE
    ) -> Ledger:
        """Open the ledger at *path*, or make one where no file is.

        *patience* is how many seconds to wait for another writer before giving up.

        Raises LedgerDamagedError for a file that is not a whole ledger and
        LedgerNewerError for one of a newer version; neither is ever overwritten.
        """
        return cls(path, open_database(path, create=create, patience=patience))

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *_error: object) -> None:
        self._db.close()

    def watch(self, watchlist: Watchlist, policy: TellingPolicy | None = None) -> None:
        """Follow only what is listed: claims on others are kept and never told.

        Also names the people whose coming and leaving counts without a post, and by
        *policy* what is told at once. Until it is called, every organisation is
        followed.
        """
        self._policy = policy or TellingPolicy()
        self._scope = Scope.of(watchlist)
        self._memory.clear()

    def begin(
        self, tenures: Iterable[StartingTenure], now: datetime, *, anew: bool = False
    ) -> None:
        """Keep what the user knows at the start, silently; known ones are no news.

        The last entry of a spell counts. What was entered before, and otherwise since,
        is known; with *anew* it is entered again.
        """
        self._memory.clear()
        with self._writing() as db:
            recording.begin(self._room(db), tenures, now, anew=anew)

    def knows(self, article_id: str, content: str) -> bool:
        """Whether this very text of the article was recorded or remembered."""
        with wrapped(self.path):
            return facts.known_text(self._db, cleaned(article_id), content)

    def knows_any(self, article_ids: Iterable[str], contents: Iterable[str]) -> bool:
        """Whether any of these articles is known in one of these very texts."""
        with wrapped(self.path):
            ids = (cleaned(article_id) for article_id in article_ids)
            return facts.known_texts(self._db, ids, contents)

    def has(self, article_id: str) -> bool:
        """Whether any text of the article was recorded."""
        with wrapped(self.path):
            return facts.has_article(self._db, cleaned(article_id))

    def remember(self, article_id: str, content: str, now: datetime) -> None:
        """Keep that a text was seen whose fuller form was recorded in its place."""
        with self._writing() as db:
            facts.note_sighting(db, cleaned(article_id), content, now)

    def thin(self, before: datetime) -> int:
        """Forget texts recorded before a moment, of articles that claim nothing.

        They still count as seen. Returns how many it were.
        """
        with self._writing() as db:
            return thinning.thin(db, before)

    def record(
        self,
        reading: Reading,
        *,
        feed: str,
        source: Source,
        now: datetime,
        channels: Sequence[str] | None,
    ) -> tuple[Change, ...]:
        """Keep an article, its claims and what follows; return the changes told.

        All of it, with a delivery per change and channel, is one transaction. With
        *channels* None nobody is told: what follows is noted, and what was told is
        taken back as ever. The same text again changes nothing. A claim whose quote
        does not stand in the article raises LedgerError, and nothing is kept.
        """
        if wrong := false_quote(reading):
            raise LedgerError(self.path, wrong)
        entry = Entry(reading, feed, source, now, channels)
        # The commit may be what fails: that is to be forgotten, too.
        with forgetting(self._memory), self._writing() as db:
            return recording.record(self._room(db), entry)

    @contextmanager
    def together(self) -> Iterator[None]:
        """Keep all that is written within the block in one transaction, or none."""
        with forgetting(self._memory), self._writing():
            yield

    def settle(self, now: datetime, channels: Sequence[str] = ()) -> tuple[Change, ...]:
        """Note, once and quietly, the announced changes whose day has come.

        *channels* get nothing: the change was told when it was announced.
        """
        del channels
        with self._writing() as db:
            return recording.settle(db, now)

    def decide(
        self, wish: Wish, chair: Chair, channels: Sequence[str] = ()
    ) -> tuple[Decision, tuple[Change, ...]]:
        """Let a person's word count above the articles'; return what is told of it.

        Raises NotFoundError for what is not there, DecisionError for what makes no
        sense; then nothing is kept.
        """
        self._memory.clear()
        with self._writing() as db:
            room = deciding.Room(db, self._scope, chair, channels)
            return deciding.decide(room, wish)

    def decisions(self) -> tuple[Decision, ...]:
        """Return every decision, oldest first, undone ones and undoings, too."""
        with wrapped(self.path):
            return decisions.every(self._db)

    def feed_state(self, url: str) -> FeedState:
        """Return what is known of a feed; of a new one, nothing."""
        with wrapped(self.path):
            return feeds.feed_state(self._db, url)

    def save_feed_state(self, state: FeedState) -> None:
        """Keep what is now known of a feed."""
        with self._writing() as db:
            feeds.save_feed_state(db, state)

    @property
    def coverage(self) -> Coverage:
        """What the feeds are known to have shown, and to have missed."""
        return Coverage(self.path, self._db)

    @property
    def access(self) -> Access:
        """Whether it can be written to."""
        return Access(self.path, self._db)

    @property
    def index(self) -> Index:
        """Articles and changes by the words in them."""
        return Index(self.path, self._db)

    @property
    def stories(self) -> Stories:
        """The stories by their address, and those that are to be read again."""
        return Stories(self.path, self._db)

    def pending(self, now: datetime) -> tuple[Delivery, ...]:
        """Return the deliveries that are due, oldest first, in order per channel."""
        with wrapped(self.path):
            return outbox.pending(self._db, now)

    def claim(
        self, deliveries: Sequence[Delivery], batch: str | None, now: datetime
    ) -> bool:
        """Take deliveries for oneself for the time of a lease: all, or none (False)."""
        keys = [delivery.key for delivery in deliveries]
        with self._writing() as db:
            return outbox.claim(db, keys, batch, now, now + LEASE)

    def release(self) -> None:
        """Let go of the claims of a run that was killed; only for the one that runs."""
        with self._writing() as db:
            outbox.release(db)

    def sent_since(self, channel: str, since: datetime) -> int:
        """Return how many messages went out by *channel*; a digest is one."""
        with wrapped(self.path):
            return outbox.sent_since(self._db, channel, since)

    def mark_skipped(self, delivery: Delivery, reason: str) -> None:
        """Keep that the delivery does not go out by its channel, and why."""
        with self._writing() as db:
            outbox.mark_skipped(db, delivery, cleaned(reason))

    def letters(self, states: Iterable[str]) -> tuple[Letter, ...]:
        """Return the deliveries that stand so: pending, delivered, dead, skipped."""
        with wrapped(self.path):
            return letters.letters(self._db, states)

    def tally(self) -> Tally:
        """Return how many deliveries stand how."""
        with wrapped(self.path):
            return letters.tally(self._db)

    def unreported(self) -> tuple[Letter, ...]:
        """Return the dead deliveries that nobody has been told of."""
        with wrapped(self.path):
            return letters.unreported(self._db)

    def mark_reported(self, told: Iterable[Letter]) -> None:
        """Keep that somebody was told that these are dead."""
        with self._writing() as db:
            letters.mark_reported(db, [letter.key for letter in told])

    def revive(self, channels: Iterable[str], now: datetime) -> int:
        """Let the dead deliveries of *channels* be tried again; return how many."""
        with self._writing() as db:
            return letters.revive(db, channels, now)

    def mark_delivered(self, taken: Iterable[Delivery], now: datetime) -> None:
        """Keep that the channel took these, which were one message: all or none."""
        with self._writing() as db:
            for delivery in taken:
                outbox.mark_delivered(db, delivery, now)

    def mark_failed(
        self, delivery: Delivery, reason: str, now: datetime, retry_at: datetime | None
    ) -> None:
        """Keep that the channel did not; *retry_at* None gives it up for good."""
        del now
        with self._writing() as db:
            outbox.mark_failed(db, delivery, cleaned(reason), retry_at)

    def board(self, on: date) -> tuple[Holder, ...]:
        """Return who holds which post on a day."""
        return self.who(None, on, None)

    def who(
        self,
        post: str | None = None,
        on: date | None = None,
        as_known: datetime | None = None,
    ) -> tuple[Holder, ...]:
        """Return who held the posts that fit these words, on a day, as known then."""
        with wrapped(self.path):
            return queries.who(self._db, post, on, as_known)

    def tenures(self) -> tuple[Tenure, ...]:
        """Return every tenure that is believed now, past ones as well."""
        with wrapped(self.path):
            return spells.tenures(self._db)

    def history(self, post: str) -> tuple[Version, ...]:
        """Return every tenure of the posts that fit, in each version believed.

        Raises NotFoundError when no post fits.
        """
        with wrapped(self.path):
            return queries.history(self._db, post)

    def log(
        self, statuses: Iterable[ChangeStatus] = (ChangeStatus.TOLD,)
    ) -> tuple[Change, ...]:
        """Return the changes of these statuses, oldest first."""
        with wrapped(self.path):
            return queries.log(self._db, tuple(statuses))

    def change(self, id_prefix: str) -> Change:
        """Return the one change whose id begins so; raises NotFoundError."""
        with wrapped(self.path):
            return queries.change(self._db, id_prefix)

    def backup(self, target: Path) -> None:
        """Copy all to a new file, also while others write; errors name *target*."""
        backup.backup(self._db.conn, target)

    def forget(self) -> None:
        """Remember nothing: somebody has written past this object."""
        self._memory.clear()

    def _room(self, db: Database) -> Recording:
        return Recording(db, self._scope, self._memory, self._policy)

    def _writing(self) -> AbstractContextManager[Database]:
        return writing(self.path, self._db)
