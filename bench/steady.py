"""What a poll of many quiet feeds costs beside other readers of feeds: prints a table.

    python bench/steady.py FARM [--reader-python PYTHON] [--feeds 1000] [--rounds 1] ...

FARM is the folder of a feed farm with `compare.py`, which runs each program in turn
against one server of feeds on this machine: an empty state, a first poll of all feeds,
5 % of them get a new item, a second poll. What this adds is the peer `watcher`; all
other options go to `compare.py`. The peer `reader-20` (lemon24/reader with 20 workers)
needs a Python that has the package `reader`.

`compare.py` calls this file itself, with `setup`, `poll` or `count` as first word.
After `setup`, `python bench/steady.py warm --urls FILE --state FOLDER` polls again and
again in one process, as a daemon does, and prints what each round took.
"""

from __future__ import annotations

import asyncio
import importlib.util
import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import structlog

from state.ledger import Ledger
from watcher.assembly import assembled
from watcher.clock import SystemClock
from watcher.config.load import load

PEERS = "watcher,reader-20"
CONFIG = """
[network]
allow = ["127.0.0.0/8"]

[[organizations]]
name = "Halden"
"""


def main(arguments: list[str]) -> None:
    """Compare, or take one of the three steps for `compare.py`."""
    if arguments[:1] and arguments[0] in STEPS:
        options = dict(zip(arguments[1::2], arguments[2::2], strict=True))
        STEPS[arguments[0]](Path(options["--urls"]), Path(options["--state"]))
    elif arguments and (Path(arguments[0]) / "compare.py").is_file():
        _compare(Path(arguments[0]), arguments[1:])
    else:
        print(__doc__)


def _compare(farm: Path, options: list[str]) -> None:
    spec = importlib.util.spec_from_file_location("compare", farm / "compare.py")
    if spec is None or spec.loader is None:
        sys.exit(f"{farm / 'compare.py'} is no Python file")
    compare: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(compare)
    others = compare.peers
    ours = [sys.executable, str(Path(__file__).resolve())]
    compare.peers = lambda given: {**others(given), "watcher": ours}
    if "--peers" not in options:
        options = [*options, "--peers", PEERS]
    sys.argv = [str(farm / "compare.py"), *options]
    compare.main()


def _setup(urls: Path, state: Path) -> None:
    """Write the config of all feeds."""
    feeds = (
        f'\n[[feeds]]\nname = "feed {number}"\nurl = "{url}"\n'
        for number, url in enumerate(urls.read_text().split())
    )
    (state / "watcher.toml").write_text(CONFIG + "".join(feeds))


def _poll(_: Path, state: Path) -> None:
    """Poll every feed once."""
    program = [sys.executable, "-m", "watcher", "run", "--once", "--now"]
    config = str(state / "watcher.toml")
    done = subprocess.run(  # noqa: S603  our own words
        [*program, "--config", config], check=False, capture_output=True, text=True
    )
    said = (done.stdout or done.stderr)[-200:]
    print(json.dumps({"rc": done.returncode, "said": said}))


def _count(_: Path, state: Path) -> None:
    """Say of how many entries the ledger knows."""
    with closing(sqlite3.connect(state / "watcher.db")) as db:
        seen = db.execute("SELECT article_id FROM sightings").fetchall()
        kept = db.execute("SELECT id FROM articles").fetchall()
        windows = db.execute("SELECT count(*) FROM feed_windows").fetchone()
    print(
        json.dumps({"entries": len({*seen, *kept}), "feeds_with_entries": windows[0]})
    )


async def _rounds(urls: Path, state: Path) -> None:
    place = urlsplit(urls.read_text().split()[0])
    churn = f"http://127.0.0.1:{place.port}/_ctl/churn?pct=5&edits=1"
    settings = load(state / "watcher.toml", {})
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    with Ledger.open(settings.ledger) as ledger:
        async with assembled(settings, ledger, SystemClock()) as daemon:
            for name in ("first", "second", "third", "fourth"):
                begun = _spent()
                await daemon.tick(everything=True)
                print(f"{name:>8} poll {_spent() - begun:6.2f} s of CPU", flush=True)
                urlopen(Request(churn, method="POST")).close()


def _spent() -> float:
    """Return the CPU seconds of this process and of its children, ended or not."""
    me = os.getpid()
    children = Path(f"/proc/{me}/task/{me}/children").read_text("utf-8").split()
    return sum(_ticks(pid) for pid in (str(me), *children)) / os.sysconf("SC_CLK_TCK")


def _ticks(pid: str) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    return sum(map(int, fields[11:15]))


def _warm(urls: Path, state: Path) -> None:
    """Poll every feed four times in one process."""
    asyncio.run(_rounds(urls, state))


STEPS = {"setup": _setup, "poll": _poll, "count": _count, "warm": _warm}

if __name__ == "__main__":
    main(sys.argv[1:])
