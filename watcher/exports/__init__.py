"""Tenures in forms that other programs read: one file a form, one line in FORMS."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from state.model import Belief, EndState, Tenure
from watcher.exports import popolo, tables

FORMS: Mapping[str, Callable[[Iterable[Tenure]], str]] = {
    "popolo": popolo.dumped,
    "csv": tables.as_csv,
    "jsonl": tables.as_jsonl,
}


def exported(form: str, tenures: Iterable[Tenure]) -> str:
    """Return what was or is so in a form of FORMS; what never was is left out."""
    return FORMS[form](t for t in tenures if _was(t))


def _was(tenure: Tenure) -> bool:
    never = tenure.end_state is EndState.NEVER_STARTED
    return not never and tenure.belief is not Belief.RETRACTED
