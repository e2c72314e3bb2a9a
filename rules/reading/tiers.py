"""Tiers: what of an article may alert, what waits for review, what is only context."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from rules.document import Part
from rules.model import (
    Claim,
    Currency,
    Kind,
    Modality,
    Polarity,
    Tier,
    Watchlist,
)
from rules.reading.claims import Proposal
from rules.rule import Rule
from rules.spans.roles import leads

Decided = tuple[Tier, str]
_HISTORY = "history"
_RANKS = ("vice president", "senior vice president", "executive vice president")


class Tiers:
    """Decides the tier of every draft of one article."""

    def __init__(self, watchlist: Watchlist, drafts: Sequence[Proposal]) -> None:
        self._open = watchlist.open
        self._people = frozenset(person.name for person in watchlist.people)
        self._organizations = frozenset(o.name for o in watchlist.organizations)
        self._drafts = tuple(d for d in drafts if not _outlived(d, drafts))

    def decided(self) -> Iterator[tuple[Claim, str]]:
        """Yield every claim with its tier, and why."""
        for draft in self._drafts:
            tier, why = self._tier(draft)
            yield replace(draft.claim, tier=tier), why

    def _tier(self, draft: Proposal) -> Decided:
        reason = self._nobodys(draft.claim) or _context(draft.claim)
        reason = reason or self._overruled(draft)
        if reason == _HISTORY and self._perhaps(draft):
            return Tier.CANDIDATE, "told as known, and perhaps it is the news"
        if reason:
            return Tier.CONTEXT, reason
        if self._mere_rank(draft.claim):
            return Tier.CONTEXT, "a rank beside the post that is left"
        if self._gone_before(draft.claim):
            return Tier.CONTEXT, "the article tells an earlier end of it"
        doubt = self._doubt(draft)
        if doubt:
            return Tier.CANDIDATE, doubt
        return self._voiced(draft)

    def _voiced(self, draft: Proposal) -> Decided:
        """Return the tier that the readers' agreement, or the rule's record, gives."""
        if draft.rule is None:
            return Tier.CONTEXT, "a title beside a name"
        agreed = self._agreed(draft)
        if agreed:
            return Tier.ALERT, agreed
        if draft.rule.earned:
            return Tier.ALERT, f"rule {draft.rule.id} has earned it"
        return Tier.CANDIDATE, f"only rule {draft.rule.id} says so"

    def _overruled(self, draft: Proposal) -> str:
        """Return what the frames see around the words that a pattern matches, or ""."""
        if _reader(draft.rule) != "patterns":
            return ""
        whole = [
            _context(other.claim)
            for other in self._drafts
            if other.rule is not None and _reader(other.rule) == "frames"
            if other.claim.evidence == draft.claim.evidence
            and other.claim.kind is draft.claim.kind
            and _one_post(other.claim, draft.claim)
        ]
        return whole[0] if whole and all(whole) else ""

    def _agreed(self, draft: Proposal) -> str:
        """Return who says the same by other means, or ""."""
        for other in self._drafts:
            if other.claim.kind is not draft.claim.kind or _context(other.claim):
                continue
            if other.rule is None or not _one_post(other.claim, draft.claim):
                continue
            if _reader(other.rule) != _reader(draft.rule):
                return "both readers say so"
            if Part.HEADLINE in {other.part, draft.part} and other.part != draft.part:
                return "headline and text say so"
        return ""

    def _perhaps(self, draft: Proposal) -> bool:
        """Whether the opening of the article mentions it, with post and house."""
        claim, opening = draft.claim, draft.part is not Part.BODY
        named = bool(claim.organization and claim.role_key)
        former = claim.votes == ("apposition",)
        return draft.loose and opening and named and not former

    def _doubt(self, draft: Proposal) -> str:
        """Return why the claim may not alert alone, or ""."""
        claim = draft.claim
        if claim.organization is None:
            return "no organisation is named"
        if claim.role is None and not self._counts(claim):
            return "no post is named"
        if self._unborne(draft):
            return "the headline says so, and the text does not bear it out"
        if draft.passing and not self._supported(draft):
            return "told in passing, and nothing else in the article says so"
        return "; ".join(draft.doubts)

    def _unborne(self, draft: Proposal) -> bool:
        """Whether a headline's word is in the text a rumour, a denial or an "if"."""
        if draft.part is not Part.HEADLINE:
            return False
        below = [
            other.claim
            for other in self._drafts
            if other.part is not Part.HEADLINE and other.rule is not None
            if other.claim.kind is draft.claim.kind
            and _one_post(other.claim, draft.claim)
        ]
        return any(map(_unreal, below)) and not any(not _context(c) for c in below)

    def _counts(self, claim: Claim) -> bool:
        """Whether somebody without a post counts: watched, or leaving with leaders."""
        if claim.person in self._people and claim.kind is Kind.OUT:
            return claim.cause != "dismissed" or self._tied(claim)
        return any(
            other.claim.evidence == claim.evidence
            and other.claim.kind is claim.kind
            and other.claim.votes == claim.votes
            and other.claim.role_key is not None
            and leads(other.claim.role_key)
            for other in self._drafts
        )

    def _tied(self, claim: Claim) -> bool:
        """Whether the article gives the person any post at the organisation."""
        return any(
            other.claim.role_key is not None
            and other.claim.person == claim.person
            and other.claim.organization == claim.organization
            for other in self._drafts
        )

    def _nobodys(self, claim: Claim) -> str:
        """Return why nobody watches what the claim is about, or ""."""
        if claim.person in self._people:
            return ""
        if claim.role_key and not leads(claim.role_key):
            return f"a {claim.role} leads nothing"
        if self._open or claim.organization is None:
            return ""
        watched = claim.organization in self._organizations
        return "" if watched else f"{claim.organization} is not watched"

    def _supported(self, draft: Proposal) -> bool:
        """Whether another sentence says so too, or shows the person in the post.

        Of somebody else than the article's news is about, both readers are enough.
        """
        claim = draft.claim
        if self._among_news(draft) and self._agreed(draft):
            return True
        kinds = {claim.kind, Kind.HOLDS} if claim.kind is Kind.IN else {claim.kind}
        return any(
            other.claim.kind in kinds
            and other.claim.evidence != claim.evidence
            and _one_post(other.claim, claim)
            and not _context_but_held(other.claim)
            and not other.passing
            for other in self._drafts
        )

    def _among_news(self, draft: Proposal) -> bool:
        """Whether the article's opening tells other people's changes of this house."""
        return any(
            other.part is not Part.BODY
            and other.claim.kind is not Kind.HOLDS
            and not _context(other.claim)
            and other.claim.organization == draft.claim.organization
            and other.claim.person != draft.claim.person
            for other in self._drafts
        )

    def _mere_rank(self, claim: Claim) -> bool:
        """Whether a vice president leaves who, the article says, heads a team."""
        rank = (claim.role_key or "").startswith(_RANKS) and claim.unit is None
        return rank and any(
            other.claim.kind is claim.kind is Kind.OUT
            and other.claim.person == claim.person
            and other.claim.unit is not None
            and not _context(other.claim)
            for other in self._drafts
        )

    def _gone_before(self, claim: Claim) -> bool:
        """Whether a death ends a post that the article says was left long before."""
        return claim.cause == "died" and any(
            other.claim.kind is Kind.OUT
            and other.claim.currency is Currency.BACKGROUND
            and other.claim.when.known
            and other.claim.person == claim.person
            for other in self._drafts
        )


def _reader(rule: Rule | None) -> str:
    """Return which of the two readers reads the rule."""
    return "patterns" if rule is not None and rule.patterns else "frames"


def _outlived(draft: Proposal, drafts: Sequence[Proposal]) -> bool:
    """Whether a title beside a name is one that the article says is given up."""
    claim = draft.claim
    if claim.kind is not Kind.HOLDS or claim.votes != ("apposition",):
        return False
    others = [d.claim for d in drafts if _one_post(d.claim, claim)]
    gone = any(c.kind is Kind.OUT and _happened(c) for c in others)
    back = any(c.kind is Kind.IN and _happened(c) for c in others)
    return gone and not back


def _unreal(claim: Claim) -> bool:
    doubtful = claim.modality in {Modality.RUMOURED, Modality.HYPOTHETICAL}
    return doubtful or claim.polarity is Polarity.DENIED


def _happened(claim: Claim) -> bool:
    real = claim.modality is Modality.ASSERTED
    return real and claim.polarity is Polarity.AFFIRMED


def _one_post(one: Claim, other: Claim) -> bool:
    """Whether two claims may speak of one person in one post."""
    if one.person != other.person:
        return False
    if (
        one.organization
        and other.organization
        and one.organization != other.organization
    ):
        return False
    keys = {one.role_key, other.role_key} - {None}
    return len(keys) < 2 or "head" in keys  # noqa: PLR2004  two wordings of one post


def _context_but_held(claim: Claim) -> bool:
    return claim.kind is not Kind.HOLDS and bool(_context(claim))


def _context(claim: Claim) -> str:
    """Return why the claim is no news whatever it is about, or ""."""
    if claim.kind is Kind.HOLDS:
        return "somebody who holds a post, no change"
    if claim.polarity is Polarity.DENIED:
        return "denied"
    if claim.modality in {Modality.RUMOURED, Modality.HYPOTHETICAL}:
        return str(claim.modality)
    if claim.currency is Currency.BACKGROUND:
        return _HISTORY
    return ""
