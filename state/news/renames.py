"""Teams that have another name now, told when somebody leads them. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from state.fold.belief import belief_of
from state.fold.holders import present
from state.fold.names import folded
from state.fold.posts import post_key
from state.fold.testimony import RENAMED, Testimony
from state.model import Change, ChangeKind, MessageType, Tenure
from state.news.telling import News, Telling, change_id, quotes, rules_of


def renames(tenures: Iterable[Tenure], news: News) -> list[Telling]:
    """Return one telling per renamed team that has a holder; its id says it once."""
    said = [t for t in news.testimonies if t.strong and t.claim.cause == RENAMED]
    known = tuple(tenures)
    found: dict[str, tuple[Tenure, Testimony]] = {}
    for testimony in said:
        names = {folded(testimony.claim.unit or ""), folded(testimony.claim.into or "")}
        for tenure in present(known, news.clock):
            if folded(tenure.post.unit or "") in names:
                found.setdefault(post_key(tenure.post), (tenure, testimony))
    return [_telling(tenure, t, known, news) for tenure, t in found.values()]


def _telling(
    tenure: Tenure, said: Testimony, tenures: tuple[Tenure, ...], news: News
) -> Telling:
    post, new = tenure.post, said.claim.into or ""
    own = [t for t in tenures if post_key(t.post) == post_key(post)]
    holders = tuple(t.person for t in present(own, news.clock))
    change = Change(
        id=change_id(post, (), f"renamed {folded(new)}"),
        type=MessageType.CHANGE,
        kind=ChangeKind.RENAMED,
        post=post,
        before=holders,
        after=holders,
        effective=said.claim.when,
        belief=belief_of([said]),
        quotes=quotes([said]),
        recorded_at=news.recorded_at,
        rules=rules_of([said]),
        cause=f"now called {new}",
    )
    return Telling(change, ())
