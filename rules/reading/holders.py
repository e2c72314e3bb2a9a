"""Holders named in passing: "Halden chief executive Tom Hale said"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rules.document import Sentence
from rules.reading.argument import Who
from rules.reading.claims import Clerk, Proposal
from rules.reading.items import Item, Sort
from rules.spans.roles import leads


def holders(
    clerk: Clerk, sentence: Sentence, items: Sequence[Item]
) -> Iterator[Proposal]:
    """Yield a HOLDS, or for "former" an old OUT, for each office beside a name."""
    for item in items:
        if item.sort is not Sort.PERSON or item.person is None:
            continue
        for office in item.offices:
            if office.role is not None and leads(office.role.key):
                yield clerk.passing(Who(item.person, item.offices), office, sentence)
