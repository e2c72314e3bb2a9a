"""Record news until killed: run by `test_killed.py` in a process of its own."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

from state.ledger import Ledger

ARTICLES = 60


def main(path: Path) -> None:
    """Bring the same sixty articles, in the same order, saying each one's number."""
    spec = importlib.util.spec_from_file_location(
        "desk", Path(__file__).with_name("conftest.py")
    )
    assert spec is not None
    assert spec.loader is not None
    desk = importlib.util.module_from_spec(spec)
    sys.modules["desk"] = desk
    spec.loader.exec_module(desk)
    say = desk.Words()
    with Ledger.open(path) as ledger:
        writer = desk.Desk(ledger)
        for number in range(ARTICLES):
            line = say.comes(f"Ann{number} Poe")
            writer.reads(
                f"2025-{1 + number // 28:02}-{1 + number % 28:02}",
                line,
                id=f"a{number}",
            )
            sys.stdout.write(f"{number}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
