"""What can go wrong in the moving parts: one root, each error names what failed."""

from __future__ import annotations

from functools import partial
from pathlib import Path


class WatcherError(Exception):
    """Root of every error that `watcher` raises on purpose."""


class ConfigError(WatcherError):
    """A config that cannot be used. Prints as `file:line: key: reason`."""

    def __init__(
        self,
        file: Path | str,
        reason: str,
        *,
        line: int | None = None,
        key: str | None = None,
    ) -> None:
        place = f"{file}:{line}" if line else f"{file}"
        super().__init__(": ".join(part for part in (place, key, reason) if part))
        self.file = file
        self.line = line
        self.key = key
        self.reason = reason


class FeedError(WatcherError):
    """One feed (or article page) that could not be fetched or understood.

    *url* is redacted: no credentials, no query. *retry_after* is in seconds, when the
    server named it; *gone* is its word that the feed will not come back; *status* is
    its answer's, None when it gave none.
    """

    def __init__(
        self,
        url: str,
        reason: str,
        *,
        retry_after: float | None = None,
        gone: bool = False,
        status: int | None = None,
    ) -> None:
        super().__init__(f"{url}: {reason}")
        self.url = url
        self.reason = reason
        self.retry_after = retry_after
        self.gone = gone
        self.status = status

    def __reduce__(self) -> tuple[partial[FeedError], tuple[str, str]]:
        # It crosses from a child process; the built-in way forgets the keywords.
        rebuild = partial(
            FeedError,
            retry_after=self.retry_after,
            gone=self.gone,
            status=self.status,
        )
        return rebuild, (self.url, self.reason)


class ListError(WatcherError):
    """A list of feeds that cannot be read or written; names the file."""

    def __init__(self, file: Path | str, reason: str) -> None:
        super().__init__(f"{file}: {reason}")
        self.file = file
        self.reason = reason


class HealthError(WatcherError):
    """A status address that cannot be had; names it."""

    def __init__(self, address: str, reason: str) -> None:
        super().__init__(f"[health] listen = {address}: {reason}")
        self.address = address
        self.reason = reason


class JudgeError(WatcherError):
    """What the judge remembers cannot be kept; names the file."""


class CageError(WatcherError):
    """A caged call that ran out of time or memory, died, or raised; *reason* says."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class DeliveryError(WatcherError):
    """A message that a channel did not take.

    *permanent* means that sending it again cannot help; *retry_after* is in seconds.
    """

    def __init__(
        self,
        channel: str,
        reason: str,
        *,
        permanent: bool = False,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(f"{channel}: {reason}")
        self.channel = channel
        self.reason = reason
        self.permanent = permanent
        self.retry_after = retry_after


class TemplateFileError(WatcherError):
    """A template that cannot be used; names it."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"template {name}: {reason}")
        self.name = name
        self.reason = reason


class AlreadyRunningError(WatcherError):
    """Another watcher holds this ledger; *pid* is its process id when known."""

    def __init__(self, path: Path | str, pid: int | None) -> None:
        who = f"process {pid}" if pid else "another process"
        super().__init__(f"{path}: {who} is already running on this ledger")
        self.path = path
        self.pid = pid
