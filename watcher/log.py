"""The log: one set-up, one place that redacts. Words go to stderr, never to stdout.

Text on a terminal, one JSON object a line otherwise.
"""

from __future__ import annotations

import logging
import os
import re
import sys
from collections.abc import MutableMapping
from typing import Any, TextIO

import structlog

from watcher.fetch.urls import redact
from watcher.printable import printable

_URL = re.compile(r"\bhttps?://[^\s'\"<>]+")
_LONGEST = 8000


def set_up(stream: TextIO | None = None) -> None:
    """Send the log to *stream* (stderr when None)."""
    out = stream or sys.stderr
    logging.getLogger("apscheduler").setLevel(logging.CRITICAL)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            redacted,
            _renderer(out),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=lambda *_: structlog.PrintLogger(stream or sys.stderr),
        cache_logger_on_first_use=False,
    )


def redacted(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Strip credentials and queries from URLs, and control characters from all."""
    return {key: _safe(value) for key, value in event.items()}


def _safe(value: object) -> object:
    if value is None or isinstance(value, (bool, int, float)):
        return value
    return printable(_URL.sub(_redact, str(value)))[:_LONGEST]


def _redact(match: re.Match[str]) -> str:
    return redact(match.group())


def _renderer(out: TextIO) -> Any:
    if not out.isatty():
        return structlog.processors.JSONRenderer(ensure_ascii=False)
    return structlog.dev.ConsoleRenderer(colors="NO_COLOR" not in os.environ)
