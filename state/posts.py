"""A claim's organisation, unit and role -> a Post. Pure."""

from __future__ import annotations

from rules.model import Claim
from state.model import Post
from state.names import folded

MEMBER = "member"

# Posts that many people hold at once, so that one coming ends nobody's tenure.
_MANY = frozenset(
    {
        "board member",
        "co-head",
        "director",
        "executive",
        "executive vice president",
        "fellow",
        "managing director",
        MEMBER,
        "minister",
        "partner",
        "professor",
        "senior vice president",
        "trustee",
        "vice chair",
        "vice president",
    }
)


def seats(role_key: str) -> int | None:
    """Return how many people hold such a post at once; None is unbounded."""
    many = role_key in _MANY or role_key.startswith(("vice president", "co-"))
    return None if many else 1


def post_of(claim: Claim) -> Post | None:
    """Return the post that *claim* speaks of, or None when it names none."""
    if not claim.organization or not claim.role_key:
        return None
    return Post(
        organization=claim.organization,
        unit=claim.unit,
        role_key=claim.role_key,
        role=claim.role or claim.role_key,
        seats=seats(claim.role_key),
    )


def member_of(organization: str) -> Post:
    """Return the post of merely belonging to *organization*."""
    return Post(organization, None, MEMBER, MEMBER, None)


def post_key(post: Post) -> str:
    """Return the post's identity, blind to case, accents and hyphens."""
    parts = (post.organization, post.unit or "", post.role_key)
    return "|".join(folded(part) if part else "" for part in parts)


def words_match(post: Post, words: str) -> bool:
    """Whether every word asked for stands in the post's names, blind to hyphens."""
    parts = (post.organization, post.unit or "", post.role, post.role_key)
    known = set(" ".join(folded(part) for part in parts if part).split())
    return all(word in known for word in folded(words).split())
