"""The status address: /healthz, /readyz and /metrics, from a thread of its own.

A thread, so that it answers while the loop waits for the ledger, and tells of a loop
that hangs. It reads plain values only.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from socket import AF_INET, AF_INET6
from typing import Any

from watcher.clock import Clock
from watcher.errors import HealthError
from watcher.health.metrics import exposition
from watcher.health.vitals import Vitals

SLOWEST = 5.0  # seconds that a client may take for a line
MOST_CLIENTS = 32


@contextmanager
def serving(host: str, port: int, vitals: Vitals, clock: Clock) -> Iterator[int]:
    """Answer at *host* (an IP address) and *port*; give the port that is used.

    Raises HealthError when the address cannot be had.
    """

    class Handler(_Handler):
        known = vitals
        time = clock

    class Server(_Server):
        address_family = AF_INET6 if ip_address(host).version == 6 else AF_INET  # noqa: PLR2004  IPv6

    try:
        server = Server((host, port), Handler)
    except OSError as error:
        raise HealthError(f"{host}:{port}", error.strerror or str(error)) from error
    thread = threading.Thread(target=server.serve_forever, args=(0.1,), daemon=True)
    thread.start()
    try:
        yield int(server.server_address[1])
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Server(ThreadingHTTPServer):
    """A thread for each client, but only so many; the rest are shown out."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._room = threading.BoundedSemaphore(MOST_CLIENTS)

    def process_request(self, request: Any, client_address: Any) -> None:
        if self._room.acquire(blocking=False):
            super().process_request(request, client_address)
        else:
            self.shutdown_request(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._room.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a client that broke off: it is not our fault."""


class _Handler(BaseHTTPRequestHandler):
    known: Vitals
    time: Clock
    timeout = SLOWEST
    server_version = "watcher"
    sys_version = ""

    def do_GET(self) -> None:
        match self.path.partition("?")[0]:
            case "/healthz":
                self._verdict(self.known.unhealthy())
            case "/readyz":
                self._verdict(self.known.unready())
            case "/metrics":
                self._send(HTTPStatus.OK, exposition(self.known, self.time.now()))
            case _:
                self._send(HTTPStatus.NOT_FOUND, b"not here\n")

    def _verdict(self, fault: str | None) -> None:
        status = HTTPStatus.SERVICE_UNAVAILABLE if fault else HTTPStatus.OK
        self._send(status, f"{fault or 'ok'}\n".encode())

    def _send(self, status: HTTPStatus, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: Any) -> None:
        """Keep the log for what the watcher does."""
