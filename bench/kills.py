"""Kill a writer at every statement, and at random ones: prints what was left.

    python bench/kills.py [RANDOM]

A child records the last article of a story and is killed (SIGKILL) before its nth
statement, for every n of one story and for RANDOM (500) draws of story and n. Each
time: the ledger is whole (what `doctor` looks for), holds the article with all that
follows or nothing of it, and ends as if nothing had happened once it is recorded again.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.stories.story import Story, load
from bench.stories.telling import record
from state.ledger import Ledger
from state.store.checkup import findings
from state.store.database import open_database

STORIES = Path(__file__).parents[1] / "tests" / "data" / "stories"
TABLES = (
    *("articles", "revisions", "claims", "tenures", "tenure_claims"),
    *("tenure_sightings", "changes", "sides", "deliveries", "held"),
)
Rows = tuple[tuple[object, ...], ...]


@dataclass(frozen=True)
class Scene:
    """A story told but for its last article: the ledger before, and the one after."""

    story: Story
    before: Path
    after: Rows

    @classmethod
    def of(cls, story: Story, folder: Path) -> Scene:
        """Tell the story in *folder*."""
        before, whole = folder / f"{story.name}.before", folder / f"{story.name}.whole"
        with Ledger.open(before) as ledger:
            ledger.watch(story.watchlist)
            ledger.begin(story.known, story.items[0].seen)
            for item in story.items[:-1]:
                record(ledger, item)
            # What is due by then is noted in a transaction of its own.
            ledger.settle(story.items[-1].seen)
        shutil.copy(before, whole)
        _tell_last(story, whole)
        return cls(story, before, _rows(whole))


def main(draws: int = 500) -> None:
    """Kill at every point of one story, then at random, and print the outcomes."""
    stories = [load(path) for path in sorted(STORIES.glob("*.toml"))]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        first = next(s for s in stories if s.name.startswith("c03"))
        scene = Scene.of(first, folder)
        points = statements(scene, folder)
        _show(f"{first.name}, all {points} points", everywhere(scene, folder))
        _show(f"{draws} at random", _at_random(stories, folder, draws))


def everywhere(scene: Scene, folder: Path) -> Iterator[str]:
    """Yield what was left of a kill before each statement."""
    for point in range(1, statements(scene, folder) + 1):
        yield killed_at(scene, folder, point)


def _at_random(stories: list[Story], folder: Path, draws: int) -> Iterator[str]:
    dice = random.Random(4)  # noqa: S311  any kill will do
    scenes: dict[str, tuple[Scene, int]] = {}
    for _ in range(draws):
        story = dice.choice(stories)
        if story.name not in scenes:
            scene = Scene.of(story, folder)
            scenes[story.name] = (scene, statements(scene, folder))
        scene, points = scenes[story.name]
        yield killed_at(scene, folder, dice.randint(1, max(1, points)))


def killed_at(scene: Scene, folder: Path, point: int) -> str:
    """Kill a child before its *point*-th statement, and say what was left."""
    path = folder / "killed.db"
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    shutil.copy(scene.before, path)
    child = os.fork()
    if child == 0:
        _tell_last(scene.story, path, _killer(point))
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return _left(scene, path, killed=os.WIFSIGNALED(status))


def statements(scene: Scene, folder: Path) -> int:
    """Return how many statements the last article takes."""
    path, count = folder / "counted.db", Counter[str]()
    shutil.copy(scene.before, path)
    _tell_last(scene.story, path, lambda _: count.update(["n"]))
    return count["n"]


def _killer(point: int) -> Callable[[str], None]:
    seen = 0

    def trace(_: str) -> None:
        nonlocal seen
        seen += 1
        if seen == point:
            os.kill(os.getpid(), signal.SIGKILL)

    return trace


def _tell_last(
    story: Story, path: Path, trace: Callable[[str], None] | None = None
) -> None:
    with Ledger.open(path, create=False) as ledger:
        ledger.watch(story.watchlist)
        ledger._db.conn.set_trace_callback(trace)
        record(ledger, story.items[-1])
        ledger._db.conn.set_trace_callback(None)


def _left(scene: Scene, path: Path, *, killed: bool) -> str:
    with closing(open_database(path, create=False)) as db:
        wrong = list(findings(db))
    if wrong:
        return f"damaged: {wrong[0]}"
    rows = _rows(path)
    half = rows not in (_rows(scene.before), scene.after)
    _tell_last(scene.story, path)
    if _rows(path) != scene.after:
        return "ends otherwise"
    if half:
        return "half an article"
    return "all of it" if rows == scene.after else "nothing of it" if killed else "?"


def _rows(path: Path) -> Rows:
    with closing(open_database(path, create=False)) as db:
        return tuple(
            tuple(sorted(map(repr, db.execute(f"SELECT * FROM {t}").fetchall())))  # noqa: S608  own names
            for t in TABLES
        )


def _show(what: str, outcomes: Iterator[str]) -> None:
    print(what)
    for outcome, count in Counter(outcomes).most_common():
        print(f"{count:6}  {outcome}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
