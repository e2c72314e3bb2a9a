"""What an article says against the state: for review, never told. Pure.

Someone shown in a post that they are known to have left, and a going told only as
history of who sits there now, move nobody; a person should look at them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from rules.model import Kind, Tense
from rules.when import When
from state.fold.holders import present
from state.fold.names import alike
from state.fold.posts import post_key, post_of
from state.fold.testimony import Testimony
from state.model import (
    Belief,
    Change,
    ChangeKind,
    ChangeStatus,
    EndState,
    MessageType,
    Post,
    Tenure,
)
from state.news.telling import (
    Direction,
    News,
    Side,
    Telling,
    change_id,
    quotes,
    rules_of,
)


def doubts(
    tenures: Iterable[Tenure], news: News, newest: Mapping[str, date]
) -> tuple[Telling, ...]:
    """Return a candidate for each contradiction in *news*, one per person and post."""
    known = tuple(tenures)
    folded = {claim for t in known for claim in t.claim_ids}
    found: dict[str, Telling] = {}
    for said in news.testimonies:
        telling = _doubt(said, known, news) if said.id not in folded else None
        if telling is not None and _newer(telling.change.post, news, newest):
            found.setdefault(telling.change.id, telling)
    return tuple(found.values())


def _newer(post: Post, news: News, newest: Mapping[str, date]) -> bool:
    known = newest.get(post_key(post))
    return known is None or news.clock >= known


def _doubt(said: Testimony, tenures: tuple[Tenure, ...], news: News) -> Telling | None:
    own = [t for t in tenures if same_post(said, t)]
    sitting = present(own, news.clock)
    person = said.claim.person or ""
    theirs = [t for t in own if alike(t.person, person)]
    sits = any(alike(t.person, person) for t in sitting)
    if said.claim.kind is Kind.OUT and sits and not said.current:
        return candidate(said, theirs[-1], Direction.OUT, (), news)
    if said.denial:
        return _denied(said, theirs, sitting, news)
    shown = said.claim.kind is Kind.HOLDS and said.claim.tense is Tense.PRESENT
    if shown and said.current and theirs and not sits:
        others = tuple(t.person for t in sitting)
        return candidate(said, theirs[-1], Direction.IN, others, news)
    return None


def _denied(
    said: Testimony, theirs: list[Tenure], sitting: tuple[Tenure, ...], news: News
) -> Telling | None:
    """Return a candidate when a coming or a going that we know of is denied."""
    there = any(alike(t.person, said.claim.person or "") for t in sitting)
    came = said.claim.kind is Kind.IN
    if (
        not theirs
        or there is not came
        or theirs[-1].end_state is EndState.NEVER_STARTED
    ):
        return None
    others = () if came else tuple(t.person for t in sitting)
    direction = Direction.OUT if came else Direction.IN
    return candidate(said, theirs[-1], direction, others, news)


def same_post(said: Testimony, tenure: Tenure) -> bool:
    """Whether a claim speaks of the post that a tenure is in."""
    post = post_of(said.claim)
    return post is not None and post_key(post) == post_key(tenure.post)


def candidate(
    said: Testimony,
    tenure: Tenure,
    direction: Direction,
    others: tuple[str, ...],
    news: News,
) -> Telling:
    """Return a candidate: *said* casts doubt on who is in the post of a tenure."""
    came = direction is Direction.IN
    side = Side(tenure.id, direction, tenure.person)
    status = ChangeStatus.CANDIDATE
    change = Change(
        id=change_id(tenure.post, (side,), f"{news.clock:%Y-%m}", status=status),
        type=MessageType.CHANGE,
        kind=ChangeKind.RETURN if came else ChangeKind.DEPARTURE,
        post=tenure.post,
        before=others if came else (tenure.person,),
        after=(tenure.person,) if came else (),
        effective=When(None, news.clock),
        belief=Belief.DISPUTED,
        quotes=quotes((said,)),
        recorded_at=news.recorded_at,
        status=status,
        rules=rules_of((said,)),
    )
    return Telling(change, (side,))
