"""What is exported is what Popolo's own schemas ask for (popolo-spec, draft 03).

Told here in our words: which fields a record must have, of what type, and how dates
are written. Every reference leads to a record of the same document.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from rules.model import Capacity
from rules.when import When
from state.model import EndState, Post, Tenure
from watcher.exports.popolo import document

DATE = {"type": "string", "pattern": r"^[0-9]{4}(-[0-9]{2}){0,2}$"}
TEXT = {"type": "string", "minLength": 1}


def record(required: str, **optional: Any) -> dict[str, Any]:
    fields = dict.fromkeys(required.split(), TEXT) | optional
    return {"type": "object", "required": required.split(), "properties": fields}


SCHEMA = {
    "type": "object",
    "required": ["persons", "organizations", "posts", "memberships"],
    "properties": {
        "persons": {"type": "array", "items": record("id name")},
        "organizations": {
            "type": "array",
            "items": record("id name", parent_id=TEXT, classification=TEXT),
        },
        "posts": {"type": "array", "items": record("id label role organization_id")},
        "memberships": {
            "type": "array",
            "items": record(
                "id person_id organization_id post_id role",
                start_date=DATE,
                end_date=DATE,
            ),
        },
    },
}
DAYS = st.dates(date(1990, 1, 1), date(2030, 1, 1))


@st.composite
def whens(draw: Any) -> When:
    first, span = draw(DAYS), draw(st.sampled_from((0, 1, 27, 364, 900)))
    last = first + timedelta(days=span)
    return When(
        draw(st.sampled_from((None, first))), draw(st.sampled_from((None, last)))
    )


@st.composite
def tenures(draw: Any) -> Tenure:
    unit = draw(st.sampled_from((None, "vision", "safety")))
    firm = draw(st.sampled_from(("Halden", "Orbis Bank")))
    return Tenure(
        id=draw(st.uuids()).hex,
        post=Post(firm, unit, "head", "head"),
        person=draw(st.sampled_from(("Ann Poe", "Bo Lind", "Léa Ümit"))),
        start=draw(whens()),
        end=draw(whens()),
        end_state=draw(st.sampled_from(EndState)),
        capacity=draw(st.sampled_from(Capacity)),
    )


@given(st.lists(tenures(), max_size=8))
def test_every_export_is_popolo(known: list[Tenure]) -> None:
    Draft202012Validator(SCHEMA).validate(document(known))


@given(st.lists(tenures(), max_size=8))
def test_every_reference_leads_to_a_record(known: list[Tenure]) -> None:
    made = document(known)
    ids = {one["id"] for records in made.values() for one in records}
    assert len(ids) == sum(map(len, made.values()))
    references = {
        value
        for records in made.values()
        for one in records
        for name, value in one.items()
        if name.endswith("_id")
    }
    assert references <= ids
    assert len(made["memberships"]) == len(known)
