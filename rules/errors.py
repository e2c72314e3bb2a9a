"""What can go wrong in rules: one root, named for what failed."""

from __future__ import annotations


class RulesError(Exception):
    """Root of every error that `rules` raises on purpose."""


class RuleError(RulesError):
    """A rule file that cannot be used; *file* and *reason* name it for its author."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(f"{file}: {reason}")
        self.file = file
        self.reason = reason
