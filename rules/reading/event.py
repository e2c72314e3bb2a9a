"""An event: one finding with its status."""

from __future__ import annotations

from dataclasses import dataclass

from rules.document import Sentence
from rules.reading.finding import Found
from rules.reading.status import Status


@dataclass(frozen=True, slots=True)
class Event:
    """One finding with its status. *borrowed*: its person stood a sentence later."""

    found: Found
    status: Status
    sentence: Sentence
    borrowed: bool = False
