"""What went wrong on the way to a server, in one line. Pure; knows no HTTP library.

A library's own words are not passed on where they may carry an address with its
password, or run over several lines.
"""

from __future__ import annotations

import os
import socket
import ssl
from collections.abc import Iterator

_LONGEST = 120

# OpenSSL's numbers for why a certificate is not believed.
_CERTIFICATE = {
    10: "expired",
    9: "not valid yet",
    18: "self-signed",
    19: "signed by an authority that is not known",
    20: "signed by an authority that is not known",
    21: "signed by an authority that is not known",
    62: "for another host",
    64: "for another address",
}


def reason(error: BaseException) -> str:
    """Return the plainest cause found in *error* and what led to it."""
    causes = tuple(_chain(error))
    for cause in causes:
        if isinstance(cause, ssl.SSLError):
            return _tls(cause)
        if isinstance(cause, socket.gaierror):
            return "its host name has no address"
        if isinstance(cause, UnicodeError):
            return "its address or header cannot be written"
    for cause in reversed(causes):
        if isinstance(cause, OSError) and cause.errno:
            return os.strerror(cause.errno).lower()
    return one_line(str(error)) or type(error).__name__


def one_line(text: str) -> str:
    """Return *text* printable, on one line and short."""
    return "".join(m if m.isprintable() else " " for m in text).strip()[:_LONGEST]


def _tls(error: ssl.SSLError) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        why = _CERTIFICATE.get(error.verify_code, one_line(error.verify_message))
        return f"its certificate is {why}"
    if error.reason in {"WRONG_VERSION_NUMBER", "HTTP_REQUEST", "RECORD_LAYER_FAILURE"}:
        return "does not speak TLS on this port"
    name = (error.reason or "failure").replace("_", " ").lower()
    return f"TLS failed: {name}"


def _chain(error: BaseException) -> Iterator[BaseException]:
    """Yield *error*, then what led to it, the nearest first."""
    seen: set[int] = set()
    link: BaseException | None = error
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        yield link
        link = link.__cause__ or link.__context__
