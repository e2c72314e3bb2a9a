"""Parse every file of a folder as a feed, and tell what raises or takes long.

    python bench/feedfolder.py FOLDER

For the fixtures of feed parsers and validators, which stay where they are: feedparser's
are in its source distribution, under `tests`. Prints how many files came to what, the
slowest, and any that raised something other than our own error or took over a second.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from pathlib import Path

from watcher.cut import Known
from watcher.errors import FeedError
from watcher.feeds import parse

ENDS = frozenset({".xml", ".json", ".rss", ".atom", ".rdf"})
ROW = "{:<44} {:>7}"


def main(arguments: list[str]) -> int:
    """Parse the files and print what came of them; return how many were at fault."""
    if not arguments:
        print(__doc__)
        return 0
    files = [p for p in sorted(Path(arguments[0]).rglob("*")) if p.suffix in ENDS]
    found: Counter[str] = Counter()
    slow: list[tuple[float, str]] = []
    faults: list[str] = []
    for path in files:
        body, begun = path.read_bytes(), time.perf_counter()
        try:
            found[_outcome(body)] += 1
        except Exception as error:
            faults.append(f"{path}: {type(error).__name__}: {error}")
        slow.append((time.perf_counter() - begun, str(path)))
    faults += [f"{path}: {took:.1f} s" for took, path in slow if took > 1]
    print(ROW.format("files", len(files)))
    for name, count in found.most_common():
        print(ROW.format(name, count))
    print(ROW.format("raised, or took over a second", len(faults)))
    print(*faults, sep="\n")
    if slow:
        print("slowest: {:.3f} s, {}".format(*max(slow)))
    return len(faults)


def _outcome(body: bytes) -> str:
    """Return what the file came to; read for the fast path it must be the same."""
    try:
        parsed = parse(body, "", "https://paper.example/feed", None)
    except FeedError as error:
        return error.reason.partition(":")[0][:44]
    again = parse(body, "", "https://paper.example/feed", None, Known(""))
    if [item.guid for item in again.items] != [item.guid for item in parsed.items]:
        raise AssertionError("the cut gives other items than the whole")
    return "items" if parsed.items else "a feed without items"


if __name__ == "__main__":
    sys.exit(min(1, main(sys.argv[1:])))
