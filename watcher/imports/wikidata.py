"""Rows out of Wikidata's entity JSON: posts held, and holders of organisations. Pure.

Read are P39 of a person and P169, P488, P1037 of an organisation, with P580 and P582;
what is ranked deprecated is passed over. Every name has to be in the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from watcher.imports.rows import BadRow, Parsed, RawRow, joined, without_blanks

_HELD = "P39"
_ROLES = {"P169": "chief executive officer", "P488": "chair", "P1037": "director"}
_SINCE, _UNTIL = "P580", "P582"
# Of what a post is: said with the statement, or of the post itself.
_OF_STATEMENT = ("P642", "P1001")
_OF_POST = ("P2389", "P361", "P1001")
_LANGUAGES = ("en", "en-gb", "en-us", "mul")
# Wikidata's precision of a time -> how much of YYYY-MM-DD is meant.
_LENGTHS = {9: 4, 10: 7, 11: 10}

Record = Mapping[str, Any]


class _NamelessError(Exception):
    """An item whose name is not in the file."""


def from_wikidata(entities: Mapping[str, Any]) -> Parsed:
    """Return a row for each statement of the entities that says who holds a post."""
    return joined(
        _row(entities, name, key, number, statement)
        for name, key, number, statement in _statements(entities)
    )


def _statements(
    entities: Mapping[str, Any],
) -> Iterator[tuple[str, str, int, Record]]:
    for name, entity in entities.items():
        claims = _object(_object(entity).get("claims"))
        for key in (_HELD, *_ROLES):
            for number, statement in enumerate(_list(claims.get(key))):
                if _counts(statement):
                    yield name, key, number, statement


def _counts(statement: Record) -> bool:
    """Whether it is not deprecated, and names somebody or something."""
    named = _object(statement.get("mainsnak")).get("snaktype") == "value"
    return named and statement.get("rank") != "deprecated"


def _row(
    entities: Mapping[str, Any], name: str, key: str, number: int, statement: Record
) -> RawRow | BadRow:
    where = f": {name}.{key}[{number}]"
    try:
        names = _held if key == _HELD else _holder
        facts = names(entities, name, key, statement)
    except _NamelessError as error:
        return BadRow(where, str(error), "has no label in this file; add its entity")
    dates = {"since": _date(statement, _SINCE), "until": _date(statement, _UNTIL)}
    if dates["since"] == "unknown":
        del dates["since"]
    return RawRow(
        where, without_blanks(facts | dates), {"since": _SINCE, "until": _UNTIL}
    )


def _holder(
    entities: Mapping[str, Any], name: str, key: str, statement: Record
) -> dict[str, object]:
    return {
        "organization": _label(entities, name),
        "role": _ROLES[key],
        "person": _label(entities, _item(_object(statement.get("mainsnak")))),
    }


def _held(
    entities: Mapping[str, Any], name: str, key: str, statement: Record
) -> dict[str, object]:
    post = _item(_object(statement.get("mainsnak")))
    role = _label(entities, post)
    body = _body(entities, post, statement)
    organization = _label(entities, body) if body else None
    for tail in (f" of {organization}", f" of the {organization}"):
        role = role.removesuffix(tail)
    person = _label(entities, name)
    return {"organization": organization, "role": role, "person": person}


def _body(entities: Mapping[str, Any], post: str, statement: Record) -> str | None:
    """Return the item that the post is of, by the statement first."""
    qualifiers = _object(statement.get("qualifiers"))
    for key in _OF_STATEMENT:
        for snak in _list(qualifiers.get(key)):
            return _item(snak)
    claims = _object(_object(entities.get(post)).get("claims"))
    for key in _OF_POST:
        for one in filter(_counts, _list(claims.get(key))):
            return _item(_object(one.get("mainsnak")))
    return None


def _date(statement: Record, key: str) -> str | None:
    """Return a qualifier's time at its precision; "unknown" when it only exists."""
    snaks = _list(_object(statement.get("qualifiers")).get(key))
    if not snaks or snaks[0].get("snaktype") == "novalue":
        return None
    value = _value(snaks[0])
    length = _LENGTHS.get(value.get("precision", 0))
    written = str(value.get("time", ""))
    return written.removeprefix("+")[:length] if length else "unknown"


def _label(entities: Mapping[str, Any], name: str) -> str:
    """Return an item's English name; raises _NamelessError."""
    labels = _object(_object(entities.get(name)).get("labels"))
    for language in _LANGUAGES:
        value = _object(labels.get(language)).get("value")
        if isinstance(value, str) and value.strip():
            return value
    raise _NamelessError(name)


def _item(snak: Record) -> str:
    value = _value(snak)
    return str(value.get("id") or f"Q{value.get('numeric-id', '?')}")


def _value(snak: Record) -> Record:
    return _object(_object(snak.get("datavalue")).get("value"))


def _object(value: object) -> Record:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[Record]:
    found = value if isinstance(value, list) else []
    return [one for one in found if isinstance(one, dict)]
