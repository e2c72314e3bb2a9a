"""A ledger that another process holds, or whose disk is full: nothing by halves."""

from __future__ import annotations

import resource
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from rules.when import When
from state.decision import Chair, Pin
from state.doctor import examine
from state.errors import LedgerBusyError, LedgerError, LedgerFullError
from state.ledger import Ledger
from state.model import Post, StartingTenure
from state.store.database import open_database

HOLDER = Path(__file__).with_name("lock_holder.py")
FULL = "the disk is full; nothing was kept, make room and try again"


@contextmanager
def held(path: Path) -> Iterator[subprocess.Popen[str]]:
    """Let another process hold the ledger; a line to it lets go."""
    with subprocess.Popen(
        [sys.executable, str(HOLDER), str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        yield holder
        if holder.poll() is None:
            let_go(holder)


def let_go(holder: subprocess.Popen[str]) -> None:
    assert holder.stdin is not None
    holder.stdin.write("\n")
    holder.stdin.close()
    holder.wait()


def long(say):
    """A sentence that needs more room than a page has."""
    return say.comes("Ann Poe", quote="".join(map(chr, range(33, 30000))))


def test_while_another_process_writes_it_is_said_and_nothing_is_kept(
    desk_of, say, tmp_path: Path
) -> None:
    path = tmp_path / "w.db"
    with Ledger.open(path, patience=0.05) as ledger:
        desk = desk_of(ledger)
        with held(path):
            with pytest.raises(LedgerBusyError, match=r"w\.db: another program is"):
                desk.reads("2025-01-10", say.comes("Ann Poe"))
            with pytest.raises(LedgerBusyError):
                desk.knows("Bo Lin")
            with pytest.raises(LedgerBusyError):
                ledger.access.check()
            assert (ledger.log(), desk.who()) == ((), [])
        ledger.access.check()
        assert len(desk.reads("2025-01-10", say.comes("Ann Poe"))) == 1


def test_who_is_patient_writes_as_soon_as_the_other_lets_go(
    desk_of, say, tmp_path: Path
) -> None:
    path = tmp_path / "w.db"
    with Ledger.open(path, patience=60) as ledger, held(path) as holder:
        later = threading.Timer(0.3, let_go, [holder])
        later.start()
        assert len(desk_of(ledger).reads("2025-01-10", say.comes("Ann Poe"))) == 1
        later.join()


def test_a_process_that_is_killed_while_it_holds_the_ledger_holds_nobody_up(
    desk_of, say, tmp_path: Path
) -> None:
    path = tmp_path / "w.db"
    with Ledger.open(path) as ledger, held(path) as holder:
        holder.kill()
        holder.wait()
        assert len(desk_of(ledger).reads("2025-01-10", say.comes("Ann Poe"))) == 1


def test_a_full_disk_keeps_nothing_by_halves_and_heals_when_there_is_room(
    desk_of, say, disk: Path, fill
) -> None:
    path = disk / "w.db"
    with Ledger.open(path) as ledger:
        desk = desk_of(ledger)
        desk.knows("Bo Lin", "2020")
        before = ledger.tenures()
        filler = fill(disk)
        with pytest.raises(LedgerFullError, match=FULL):
            desk.reads("2025-01-10", long(say))
        with pytest.raises(LedgerFullError, match="bytes are left"):
            ledger.access.check(1 << 20)
        assert (ledger.tenures(), ledger.log()) == (before, ())
        filler.unlink()
        ledger.access.check(1 << 20)
        assert len(desk.reads("2025-01-10", long(say))) == 1
    assert examine(path) == ()


def test_what_a_quota_does_not_let_through_is_told_when_it_does(
    desk_of, say, tmp_path: Path
) -> None:
    path = tmp_path / "w.db"
    with Ledger.open(path) as ledger:
        desk = desk_of(ledger)
        desk.reads("2025-01-09", say.holds("Bo Lin"))
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        quota = path.with_name("w.db-wal").stat().st_size
        resource.setrlimit(resource.RLIMIT_FSIZE, (quota, hard))
        try:
            with pytest.raises(LedgerFullError, match="a quota"):
                desk.reads("2025-01-10", long(say))
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        assert ledger.log() == ()
        (told,) = desk.reads("2025-01-10", long(say))
        assert (told.before, told.after) == (("Bo Lin",), ("Ann Poe",))


def test_a_whole_import_fits_or_none_of_it(desk_of, disk: Path) -> None:
    posts = (Post(f"Firm {n}", None, "ceo", "chief executive") for n in range(9000))
    many = [StartingTenure(post, "Ann Poe", When.parse("2020")) for post in posts]
    with Ledger.open(disk / "w.db") as ledger:
        with pytest.raises(LedgerFullError, match=FULL):
            ledger.begin(many, desk_of(ledger).now)
        assert ledger.tenures() == ()
        ledger.begin(many[:3], desk_of(ledger).now)
        assert len(ledger.tenures()) == 3


def test_a_decision_that_does_not_fit_is_not_made(desk_of, disk: Path, fill) -> None:
    with Ledger.open(disk / "w.db") as ledger:
        desk = desk_of(ledger)
        desk.knows("Bo Lin", "2020")
        filler = fill(disk)
        chair = Chair("ann", desk.now, "why " * 20000)
        with pytest.raises(LedgerFullError, match=FULL):
            ledger.decide(Pin("northwind", "Cy Orr"), chair)
        assert (ledger.decisions(), desk.who()) == ((), ["Bo Lin"])
        filler.unlink()
        ledger.decide(Pin("northwind", "Cy Orr"), chair)
        assert desk.who() == ["Cy Orr"]


def test_no_ledger_is_begun_and_none_copied_where_there_is_no_room(
    desk_of, disk: Path, fill, tmp_path: Path
) -> None:
    filler = fill(disk)
    with pytest.raises(LedgerFullError, match=FULL):
        Ledger.open(disk / "w.db")
    with (
        Ledger.open(tmp_path / "other.db") as ledger,
        pytest.raises(LedgerError, match=r"copy\.db: cannot be written"),
    ):
        ledger.backup(disk / "copy.db")
    assert list(disk.iterdir()) == [filler]


def test_a_ledger_at_its_largest_is_full(desk_of, say, tmp_path: Path) -> None:
    path = tmp_path / "w.db"
    with closing(open_database(path, create=True)) as db:
        (pages,) = db.execute("PRAGMA page_count").fetchone()
        db.execute(f"PRAGMA max_page_count = {pages}")
        desk = desk_of(Ledger(path, db))
        with pytest.raises(LedgerFullError, match=FULL):
            desk.reads("2025-01-10", long(say))
        assert desk.ledger.log() == ()
        db.execute("PRAGMA max_page_count = 100000")
        assert len(desk.reads("2025-01-10", long(say))) == 1
