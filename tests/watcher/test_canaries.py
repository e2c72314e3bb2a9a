"""A secret, wherever one can stand, is found in no log, file, error or message."""

from __future__ import annotations

import base64
import contextlib
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

CANARY = "kanarie7Zq"
# As it stands, in another case of letters, and inside the header of a log-in.
TRACES = (
    CANARY.lower(),
    *(base64.b64encode(b"x" * n + CANARY.encode())[n + 1 : -4].decode().lower()
      for n in range(3)),
)  # fmt: skip
TOLD = "Quarry Bank named Ana Reyes as its new chief executive on Tuesday."
MAYBE = "Mia Lund may become chief executive of Quarry Bank, people said on Tuesday."
FAILURES = {
    "refusing": (401, f"no, {CANARY}"),
    "cross": (400, f"no, {CANARY}"),
    "broken": (500, "oops"),
    "busy": (429, "later", ("Retry-After", "1")),
    "elsewhere": (302, "there", ("Location", f"/other?token={CANARY}")),
    "garbage": (200, "<rss"),
}
AT = "2025-06-04T12:{:02}"


def config(port: int, mail: int) -> str:
    return f"""
[network]
allow = ["127.0.0.0/8"]
timeout = "2s"
[judge]
url = "http://127.0.0.1:{port}/judge"
model = "small"
api_key = "{CANARY}"
[[feeds]]
url = "http://reader:{CANARY}@127.0.0.1:{port}/feed"
name = "Private"
full_text = false
[[feeds]]
url = "http://localhost:{port}/feed?token={CANARY}&page=1"
name = "Tokened"
full_text = false
[[organizations]]
name = "Quarry Bank"
[[channels]]
name = "terminal"
type = "console"
[[channels]]
name = "files"
type = "feedfile"
path = "out"
[[channels]]
name = "desk"
type = "webhook"
url = "http://127.0.0.1:{port}/hook?key={CANARY}"
secret = "{CANARY}"
[[channels]]
name = "mail"
type = "email"
host = "127.0.0.1"
port = {mail}
security = "none"
user = "watch"
password = "{CANARY}"
sender = "watch@harbour.example"
to = ["ana@harbour.example"]
timeout = 2
[[channels]]
name = "chat"
type = "apprise"
urls = ["json://reader:{CANARY}@127.0.0.1:{port}/chat?+X-Key={CANARY}&-q={CANARY}"]
"""


@dataclass
class World:
    """Feeds, a hook, a chat, a judge and a mail server that do as they are told."""

    home: Path
    server: HTTPServer
    mood: str = "well"
    rounds: int = 0
    outside: list[str] = field(default_factory=list)

    def answer(self, request: Request) -> Response:
        body = request.get_data(as_text=True)
        if request.path in {"/hook", "/chat"} or "judge" in request.path:
            self.outside.append(body)
        if self.mood == "slow":
            time.sleep(2.5)
        if self.mood in {"well", "slow"}:
            return self.well(request)
        status, body, *more = FAILURES[self.mood]
        return Response(f"{body} {request.url}", status, dict(more))

    def well(self, request: Request) -> Response:
        if not request.path.startswith("/feed"):
            return Response("{}", mimetype="application/json")
        items = "".join(
            f"<item><title>{n} {self.rounds}</title><guid>{n}{self.rounds}</guid>"
            f"<pubDate>Wed, 04 Jun 2025 08:00:00 GMT</pubDate>"
            f"<description>{escape(text)}</description></item>"
            for n, text in enumerate((self.story(), MAYBE))
        )
        feed = f'<rss version="2.0"><channel><title>N</title>{items}</channel></rss>'
        return Response(feed, mimetype="application/rss+xml")

    def story(self) -> str:
        name = ("Ana", "Bea", "Mia", "Ida", "Eva", "Lea", "Tea", "Ada", "Ina")
        return TOLD.replace("Ana", name[self.rounds % len(name)])

    def watcher(self, *arguments: str) -> str:
        """Run a command; what it says goes outside, whatever comes of it."""
        clean = {k: v for k, v in os.environ.items() if not k.startswith("WATCHER_")}
        done = subprocess.run(
            [sys.executable, "-m", "watcher", *arguments],
            cwd=self.home,
            env=clean,
            capture_output=True,
            text=True,
            check=False,
            timeout=100,
        )
        self.outside += (done.stdout, done.stderr)
        return done.stdout + done.stderr

    def poll(self, mood: str) -> None:
        self.mood = mood
        at = AT.format(self.rounds * 5)
        said = self.watcher("run", "--once", "--now", "--at", at)
        assert "Traceback" not in said
        self.rounds += 1

    def files(self) -> Iterator[tuple[str, str]]:
        """Every file beside the config, as text in lower case."""
        for file in sorted(self.home.rglob("*")):
            if file.is_file() and file.name != "watcher.toml":
                yield file.name, file.read_bytes().decode("latin-1").lower()


@contextlib.contextmanager
def mail_server(world: World) -> Iterator[int]:
    """Refuses each log-in, and says in its answer what it was given."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def talk(client: socket.socket) -> None:
            with client, contextlib.suppress(OSError):
                client.sendall(b"220 here\r\n")
                while line := client.recv(4096):
                    verb = line[:4].upper()
                    if verb == b"EHLO":
                        client.sendall(b"250-here\r\n250 AUTH PLAIN LOGIN\r\n")
                    else:
                        client.sendall(f"535 not {CANARY}\r\n".encode())

        def serve() -> None:
            with contextlib.suppress(OSError):
                while True:
                    talk(listening.accept()[0])

        threading.Thread(target=serve, daemon=True).start()
        try:
            yield listening.getsockname()[1]
        finally:
            listening.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def world(tmp_path: Path, httpserver: HTTPServer) -> Iterator[World]:
    made = World(tmp_path, httpserver)
    httpserver.expect_request("").respond_with_handler(made.answer)
    for path in ("/feed", "/hook", "/chat", "/judge/chat/completions"):
        httpserver.expect_request(path).respond_with_handler(made.answer)
    with mail_server(made) as mail:
        (tmp_path / "watcher.toml").write_text(config(httpserver.port, mail))
        yield made


def leaks(world: World) -> list[str]:
    """Where a trace of the canary is, with what stands around it."""
    said = [("outside", text.lower()) for text in world.outside]
    return [
        f"{name}: ...{text[max(0, text.index(trace) - 90) :][:140]}"
        for name, text in (*said, *world.files())
        for trace in TRACES
        if trace in text
    ]


MOODS = ("well", *FAILURES, "slow")
QUESTIONS = (
    ("check",), ("check", "--json"), ("feeds",), ("feeds", "--json"), ("who",),
    ("log", "--json"), ("log", "--candidates"), ("doctor",), ("alerts", "list"),
    ("alerts", "list", "--json"), ("alerts", "test"), ("export",), ("rules", "list"),
    ("show", "zzz"), ("backup", "copy.db"), ("replay",),
)  # fmt: skip


@pytest.mark.timeout(300)
def test_no_secret_is_found_anywhere(world: World) -> None:
    for mood in MOODS:
        world.poll(mood)
    for question in QUESTIONS:
        world.watcher(*question)
    assert any("Ana Reyes" in text for text in world.outside)
    assert any("not delivered" in text for text in world.outside)
    assert {"watcher.db", "out.json", "out.atom", "copy.db"} <= {
        name for name, _ in world.files()
    }
    assert leaks(world) == []


WRONGS = (
    ("api_key", "api_kay"),
    ("secret", "secrt"),
    ("password", "pasword"),
    ("urls = [", "urlz = ["),
    (f'secret = "{CANARY}"', f'secret = ["{CANARY}"]'),
    (f'password = "{CANARY}"', f'password = {{ word = "{CANARY}" }}'),
    (f'password = "{CANARY}"', f"password = {CANARY}"),
    ("json://reader", "nobody-knows://reader"),
    ("http://reader", "gopher://reader"),
    ("hook?key=", "hook?key= "),
    ("/judge", "/ju dge"),
)


@pytest.mark.parametrize(("right", "wrong"), WRONGS)
def test_what_is_wrong_with_a_secret_is_said_without_it(
    world: World, right: str, wrong: str
) -> None:
    file = world.home / "watcher.toml"
    text = file.read_text()
    assert right in text
    file.write_text(text.replace(right, wrong, 1))
    said = world.watcher("check")
    assert said.startswith("watcher: ")
    assert "watcher.toml" in said
    assert leaks(world) == []


def test_a_template_that_fails_does_not_tell_what_stands_in_it(world: World) -> None:
    folder = world.home / "words"
    folder.mkdir()
    (folder / "alert.txt").write_text(f"{{# {CANARY} #}}{{% if {CANARY} %}}")
    file = world.home / "watcher.toml"
    file.write_text('templates = "words"\n' + file.read_text())
    said = world.watcher("check")
    assert "alert.txt" in said
    assert CANARY not in said
