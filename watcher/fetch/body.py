"""The body of one answer, unpacked by hand so that nothing outgrows its cap."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

from watcher.errors import FeedError

_EITHER_HEADER = 47  # zlib's word for: gzip or zlib, whichever the bytes begin with
_PACKED = frozenset({"gzip", "x-gzip", "deflate"})
_MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Caps:
    """How large a body may be: *wire* bytes as sent, *unpacked* bytes as read."""

    wire: int = 5 * _MB
    unpacked: int = 10 * _MB


class Body:
    """Bytes as they come, decoded; raises FeedError, naming *url*, at a cap."""

    def __init__(self, url: str, encoding: str, caps: Caps) -> None:
        self._url = url
        self._caps = caps
        self._unpacker = _unpacker(url, encoding)
        self._received = 0
        self._whole = bytearray()

    def expect(self, length: int) -> None:
        """Refuse beforehand what announces itself as longer than the cap."""
        if length > self._caps.wire:
            raise FeedError(self._url, f"sends more than {_size(self._caps.wire)}")

    def feed(self, chunk: bytes) -> None:
        """Take one more piece as it came over the wire."""
        self._received += len(chunk)
        self.expect(self._received)
        self._whole += self._unpacked(chunk)
        if len(self._whole) > self._caps.unpacked:
            limit = _size(self._caps.unpacked)
            raise FeedError(self._url, f"unpacks to more than {limit}")

    def end(self) -> bytes:
        """Return the whole body; a packed one must be complete and nothing more."""
        unpacker = self._unpacker
        if unpacker is not None and self._received:
            if not unpacker.eof:
                raise FeedError(self._url, "its packed body is cut short")
            if unpacker.unused_data:
                raise FeedError(self._url, "its packed body has bytes after its end")
        return bytes(self._whole)

    def _unpacked(self, chunk: bytes) -> bytes:
        if self._unpacker is None:
            return chunk
        # One byte over the cap is enough to know, and never 0, which means no limit.
        room = self._caps.unpacked + 1 - len(self._whole)
        try:
            return self._unpacker.decompress(chunk, room)
        except zlib.error as error:
            reason = "its body is not packed as its header says"
            raise FeedError(self._url, reason) from error


def _unpacker(url: str, encoding: str) -> zlib._Decompress | None:
    names = [name.strip().lower() for name in encoding.split(",")]
    named = [name for name in names if name not in {"", "identity"}]
    if not named:
        return None
    if len(named) > 1:
        raise FeedError(url, f"packs its body {len(named)} times")
    if named[0] not in _PACKED:
        raise FeedError(url, f"packs its body as {named[0][:20]!r}, not asked for")
    return zlib.decompressobj(_EITHER_HEADER)


def _size(count: int) -> str:
    return f"{count / _MB:g} MB"
