"""What a poll of many quiet feeds costs beside other readers of feeds: prints a table.

    python bench/steady.py FARM [--reader-python PYTHON] [--feeds 1000] [--rounds 1] ...

FARM is the folder of a feed farm with `compare.py`, which runs each program in turn
against one server of feeds on this machine: an empty state, a first poll of all feeds,
5 % of them get a new item, a second poll. What this adds is the peer `watcher`; all
other options go to `compare.py`. The peer `reader-20` (lemon24/reader with 20 workers)
needs a Python that has the package `reader`.

`compare.py` calls this file itself, with `setup`, `poll` or `count` as first word.
"""

from __future__ import annotations

import importlib.util
import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

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


STEPS = {"setup": _setup, "poll": _poll, "count": _count}

if __name__ == "__main__":
    main(sys.argv[1:])
