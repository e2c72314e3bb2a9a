"""Where the seed files are: beside the packages in a checkout, inside in an install."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).resolve().parent


def path(name: str) -> Path:
    """Return the path of the seed *name*; raises FileNotFoundError if there is none."""
    for root in (_HERE / "_seeds", _HERE.parent / "seeds"):
        if (root / name).exists():
            return root / name
    raise FileNotFoundError(f"no seed {name!r} in this installation")
