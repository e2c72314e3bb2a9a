"""A claim's organisation, unit and role -> a Post. Pure."""

from __future__ import annotations

from functools import lru_cache

from rules.model import Claim
from rules.spans.roles import understand
from state.fold.names import folded
from state.model import Post

MEMBER = "member"

# Read as posts by a claim, and not in the table of roles.
_MANY = frozenset({MEMBER, "co-head", "executive", "fellow", "trustee"})


@lru_cache(maxsize=1 << 12)
def seats(role_key: str) -> int | None:
    """Return how many people hold such a post at once; None is unbounded."""
    known = understand(role_key)
    if known is not None:
        return known.seats
    many = role_key in _MANY or role_key.startswith(("vice president", "co-"))
    return None if many else 1


def post_of(claim: Claim) -> Post | None:
    """Return the post that *claim* speaks of, or None when it names none."""
    if not claim.organization or not claim.role_key:
        return None
    role = claim.role or claim.role_key
    return _post(claim.organization, claim.unit, claim.role_key, role)


@lru_cache(maxsize=1 << 14)
def _post(organization: str, unit: str | None, role_key: str, role: str) -> Post:
    return Post(organization, unit, role_key, role, seats(role_key))


def member_of(organization: str) -> Post:
    """Return the post of merely belonging to *organization*."""
    return Post(organization, None, MEMBER, MEMBER, None)


@lru_cache(maxsize=1 << 14)
def post_key(post: Post) -> str:
    """Return the post's identity, blind to case, accents and hyphens."""
    parts = (post.organization, post.unit or "", post.role_key)
    return "|".join(folded(part) if part else "" for part in parts)


def words_match(post: Post, words: str) -> bool:
    """Whether every word asked for stands in the post's names, blind to hyphens."""
    return words_of(post).issuperset(folded(words).split())


@lru_cache(maxsize=1 << 14)
def words_of(post: Post) -> frozenset[str]:
    """Return the folded words of all the names of a post."""
    parts = (post.organization, post.unit or "", post.role, post.role_key)
    return frozenset(" ".join(folded(part) for part in parts if part).split())
