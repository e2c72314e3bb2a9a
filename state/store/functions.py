"""Functions of our own that the ledger's SQL calls: what is packed, unpacked."""

from __future__ import annotations

import json
import zlib

from sqlite_utils import Database


def packed(text: str) -> bytes:
    """Return a text as it is stored."""
    return zlib.compress(text.encode())


def unpacked(text: bytes) -> str:
    """Return the text that was stored; raises zlib.error when it is damaged."""
    return zlib.decompress(text).decode()


def legible(text: bytes) -> str:
    """Return the text that was stored, or nothing of one that is damaged."""
    try:
        return unpacked(text)
    except (zlib.error, UnicodeDecodeError):
        return ""


def people_in(before: str, after: str, between: str) -> str:
    """Return the names in a change's three columns of JSON, each once."""
    steps = (person for person, *_ in json.loads(between))
    names = dict.fromkeys((*json.loads(before), *json.loads(after), *steps))
    return ", ".join(names)


def texts_in(quotes: str) -> str:
    """Return the sentences in a change's column of quotes."""
    return " ".join(quote["text"] for quote in json.loads(quotes))


def teach(database: Database) -> Database:
    """Let SQL on this connection call the functions that take columns apart."""
    for function in (legible, people_in, texts_in):
        database.register_function(function, deterministic=True)
    return database
