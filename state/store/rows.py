"""Between the ledger's rows and the nouns: one pair of functions a noun. No SQL."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from rules.model import (
    Attribution,
    Capacity,
    Claim,
    Currency,
    Evidence,
    Kind,
    Modality,
    Polarity,
    Tense,
    Tier,
)
from rules.when import When
from state.fold.names import folded
from state.fold.posts import post_key
from state.fold.testimony import Testimony
from state.model import (
    Belief,
    Change,
    ChangeKind,
    ChangeStatus,
    EndState,
    MessageType,
    Post,
    Quote,
    Source,
    StartingTenure,
    Step,
    Tenure,
)

Row = dict[str, Any]

# Feeds give the year 1 and the year 9999 as dates; beyond them no sum of days exists.
_FIRST_DAY, _LAST_DAY = date(1900, 1, 1), date(2999, 12, 31)


def cleaned(text: str) -> str:
    """Return *text* as SQLite can keep it, as long as before: offsets stay true."""
    return text.encode("utf-8", "replace").decode().replace("\0", " ")


def stamp(moment: datetime) -> str:
    """Return a moment as text in UTC that sorts as it should."""
    try:
        return moment.astimezone(UTC).isoformat(timespec="microseconds")
    except OverflowError:  # the year 1 or 9999, moved by its zone
        return moment.replace(tzinfo=UTC).isoformat(timespec="microseconds")


def moment_of(text: str | None) -> datetime | None:
    """Return the moment that `stamp` wrote, or None."""
    return datetime.fromisoformat(text) if text else None


def clock_of(moment: datetime) -> date:
    """Return the day of an article, kept within the years that news comes from."""
    return min(max(moment.astimezone(UTC).date(), _FIRST_DAY), _LAST_DAY)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def when_of(row: Row, name: str) -> When:
    """Return the range kept in the two columns *name*_earliest and *name*_latest."""
    return _range(row[f"{name}_earliest"], row[f"{name}_latest"])


@lru_cache(maxsize=1 << 14)
def _range(earliest: str | None, latest: str | None) -> When:
    return When(_day(earliest), _day(latest))


def when_row(name: str, when: When) -> Row:
    """Return the two columns of a range."""
    return {
        f"{name}_earliest": _iso(when.earliest),
        f"{name}_latest": _iso(when.latest),
    }


def _text(value: str | None) -> str | None:
    return cleaned(value) if value is not None else None


def organization_key(organization: str | None) -> str | None:
    """Return the key that an organisation's claims and posts are found by."""
    return folded(organization) if organization else None


def claim_row(claim: Claim) -> Row:
    """Return the columns of a claim, but for its revision."""
    evidence = claim.evidence
    return {
        "id": claim.id,
        "organization_key": organization_key(_text(claim.organization)),
        "kind": claim.kind.value,
        "person": _text(claim.person),
        "organization": _text(claim.organization),
        "unit": _text(claim.unit),
        "role": _text(claim.role),
        "role_key": _text(claim.role_key),
        "capacity": claim.capacity.value,
        "polarity": claim.polarity.value,
        "modality": claim.modality.value,
        "tense": claim.tense.value,
        "currency": claim.currency.value,
        "attribution": claim.attribution.value,
        **when_row("when", claim.when),
        "replaces": _text(claim.replaces),
        "into_unit": _text(claim.into),
        "cause": _text(claim.cause),
        "tier": claim.tier.value,
        "confidence": claim.confidence,
        "votes": json.dumps(claim.votes),
        "quote": cleaned(evidence.quote),
        "quote_start": evidence.start,
        "quote_end": evidence.end,
    }


def claim_of(row: Row) -> Claim:
    """Return the claim of a row that also has its article_id."""
    return Claim(
        kind=Kind(row["kind"]),
        person=_shared(row["person"]),
        organization=_shared(row["organization"]),
        unit=_shared(row["unit"]),
        role=_shared(row["role"]),
        role_key=_shared(row["role_key"]),
        evidence=Evidence(
            row["article_id"], row["quote_start"], row["quote_end"], row["quote"]
        ),
        capacity=Capacity(row["capacity"]),
        polarity=Polarity(row["polarity"]),
        modality=Modality(row["modality"]),
        tense=Tense(row["tense"]),
        currency=Currency(row["currency"]),
        attribution=Attribution(row["attribution"]),
        when=when_of(row, "when"),
        replaces=_shared(row["replaces"]),
        into=_shared(row["into_unit"]),
        cause=_shared(row["cause"]),
        tier=Tier(row["tier"]),
        confidence=row["confidence"],
        votes=_votes(row["votes"]),
    )


def _shared(text: str | None) -> str | None:
    """Return *text*, one object for all claims that say it: a writer holds many."""
    return sys.intern(text) if text is not None else None


@lru_cache(maxsize=1024)
def _votes(array: str) -> tuple[str, ...]:
    return tuple(json.loads(array))


_source = lru_cache(maxsize=1024)(Source)


def testimony_of(row: Row) -> Testimony:
    """Return a claim's row, joined with its article and source, as the fold has it."""
    seen = row["published"] or row["first_seen_at"]
    return Testimony(
        claim=claim_of(row),
        source=_source(row["source"], row["owner"], row["source_kind"]),
        url=row["url"],
        clock=clock_of(datetime.fromisoformat(seen)),
        kept_id=row["id"],
    )


def post_row(post: Post) -> Row:
    """Return the columns of a post."""
    return {
        "key": post_key(post),
        "organization_key": organization_key(post.organization),
        "organization": post.organization,
        "unit": post.unit,
        "role_key": post.role_key,
        "role": post.role,
        "seats": post.seats,
    }


def post_of_row(row: Row) -> Post:
    """Return the post of a row."""
    return Post(
        row["organization"], row["unit"], row["role_key"], row["role"], row["seats"]
    )


def baseline_of(row: Row) -> StartingTenure:
    """Return a starting tenure of a row joined with its post."""
    until = When.parse(row["until"]) if row["until"] is not None else None
    since = When.parse(row["since"])
    capacity = Capacity(row["capacity"])
    return StartingTenure(post_of_row(row), row["person"], since, until, capacity)


def tenure_row(tenure: Tenure) -> Row:
    """Return the facts of a tenure, but for its post, version and evidence."""
    return {
        "id": tenure.id,
        "person": tenure.person,
        **when_row("start", tenure.start),
        "start_planned": int(tenure.start_planned),
        **when_row("end", tenure.end),
        "end_state": tenure.end_state.value,
        "end_cause": tenure.end_cause,
        "capacity": tenure.capacity.value,
        "belief": tenure.belief.value,
        "away": str(tenure.away) if tenure.away is not None else None,
    }


def tenure_of(row: Row) -> Tenure:
    """Return the tenure of a row joined with its post."""
    return Tenure(
        id=row["id"],
        post=post_of_row(row),
        person=row["person"],
        start=when_of(row, "start"),
        end=when_of(row, "end"),
        end_state=EndState(row["end_state"]),
        capacity=Capacity(row["capacity"]),
        belief=Belief(row["belief"]),
        end_cause=row["end_cause"],
        last_seen=_day(row["last_seen"]),
        claim_ids=_ids(row["claim_ids"]),
        start_planned=bool(row["start_planned"]),
        away=When.parse(row["away"]) if row["away"] is not None else None,
    )


def _ids(array: str) -> tuple[str, ...]:
    return tuple(json.loads(array)) if array != "[]" else ()


def change_row(change: Change) -> Row:
    """Return the columns of a change, but for its post, article and sources."""
    steps = [[s.person, str(s.start), str(s.end)] for s in change.between]
    return {
        "id": change.id,
        "type": change.type.value,
        "kind": change.kind.value,
        "before": json.dumps(change.before, ensure_ascii=False),
        "after": json.dumps(change.after, ensure_ascii=False),
        "between_steps": json.dumps(steps, ensure_ascii=False),
        **when_row("effective", change.effective),
        "effective": str(change.effective),
        "belief": change.belief.value,
        "quotes": json.dumps([_quote(q) for q in change.quotes], ensure_ascii=False),
        "rules": json.dumps(change.rules),
        "capacity": change.capacity.value,
        "cause": change.cause,
        "supersedes": change.supersedes,
        "moved_from": _origin_row(change.moved_from),
        "status": change.status.value,
        "recorded_at": stamp(change.recorded_at),
    }


def _origin_row(post: Post | None) -> str | None:
    return json.dumps(asdict(post), ensure_ascii=False) if post is not None else None


def _quote(quote: Quote) -> dict[str, str]:
    return {"text": quote.text, "url": quote.url, "source": quote.source}


def change_of(row: Row) -> Change:
    """Return the change of a row joined with its post."""
    steps = json.loads(row["between_steps"])
    return Change(
        id=row["id"],
        type=MessageType(row["type"]),
        kind=ChangeKind(row["kind"]),
        post=post_of_row(row),
        before=tuple(json.loads(row["before"])),
        after=tuple(json.loads(row["after"])),
        effective=when_of(row, "effective"),
        belief=Belief(row["belief"]),
        quotes=tuple(Quote(**quote) for quote in json.loads(row["quotes"])),
        recorded_at=datetime.fromisoformat(row["recorded_at"]),
        between=tuple(Step(p, When.parse(a), When.parse(b)) for p, a, b in steps),
        status=ChangeStatus(row["status"]),
        rules=tuple(json.loads(row["rules"])),
        capacity=Capacity(row["capacity"]),
        cause=row["cause"],
        supersedes=row["supersedes"],
        moved_from=Post(**json.loads(row["moved_from"])) if row["moved_from"] else None,
        sources=row["sources"],
    )
