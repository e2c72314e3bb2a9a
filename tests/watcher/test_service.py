"""The service as its supervisor sees it: a real process, its signals, its socket."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from state.ledger import Ledger
from watcher.health.check import stamp_of
from watcher.heartbeat import PERIOD
from watcher.supervisor import Supervisor

PATIENCE = 30.0
HEARTBEAT = PERIOD.total_seconds()
TODAY = format_datetime(datetime.now(UTC))
ITEM = f"""<item><title>Ms Berg appointed</title><guid>1</guid><description>Acme
Foods has appointed Anna Berg as chief executive officer.</description>
<pubDate>{TODAY}</pubDate></item>"""
RSS = f'<rss version="2.0"><channel><title>T</title>{ITEM}</channel></rss>'


class Site:
    """Serves one feed at every path but /slow, which never answers; a hook hangs."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.posted: list[str] = []
        self.end = threading.Event()
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append(self.path)
                if self.path == "/slow":
                    site.end.wait(PATIENCE)
                self.send_response(200)
                self.send_header("Content-Type", "application/rss+xml")
                self.end_headers()
                self.wfile.write(RSS.encode())

            def do_POST(self) -> None:
                site.posted.append(self.path)
                if self.path == "/hang":
                    site.end.wait(PATIENCE)
                self.rfile.read(int(self.headers["Content-Length"]))
                self.send_response(200)
                self.end_headers()

            def log_message(self, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    thread = threading.Thread(target=site.server.serve_forever)
    thread.start()
    yield site
    site.end.set()
    site.server.shutdown()
    thread.join()
    site.server.server_close()


class Running:
    """A watcher of its own process in *folder*, and what it says to its supervisor."""

    def __init__(self, folder: Path, address: str) -> None:
        self.folder = folder
        self.heard: list[str] = []
        self.ear = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.ear.bind("\0" + address[1:] if address.startswith("@") else address)
        environ = {**os.environ, "NOTIFY_SOCKET": address}
        self.log = (folder / "log").open("w+")
        self.process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "watcher",
                "run",
                "--config",
                folder / "watcher.toml",
            ],
            env=environ,
            stdout=subprocess.DEVNULL,
            stderr=self.log,
        )

    def hears(self, word: str) -> None:
        """Wait until the supervisor is told *word*; what came before is dropped."""
        self.ear.settimeout(PATIENCE)
        while not any(word in one for one in self.heard):
            self.heard += self.ear.recv(4096).decode().split("\n")
        self.heard = self.heard[self.heard.index(word) + 1 :]

    def logged(self) -> str:
        return (self.folder / "log").read_text()

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE)


@contextmanager
def running(folder: Path, address: str | None = None) -> Iterator[Running]:
    one = Running(folder, address or str(folder / "notify"))
    try:
        yield one
    finally:
        one.process.kill()
        one.process.wait()
        one.ear.close()
        one.log.close()


def until(true: Any) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


def config(folder: Path, site: Site, *paths: str, rest: str = "") -> None:
    feeds = [
        f'[[feeds]]\nurl = "{site.url}{path}"\nfull_text = false\n' for path in paths
    ]
    text = '[network]\nallow = ["127.0.0.0/8"]\nper_host_gap = "1s"\n'
    (folder / "watcher.toml").write_text(text + "\n".join(feeds) + rest)


def hook(site: Site, path: str) -> str:
    return (
        f'\n[[channels]]\nname = "desk"\ntype = "webhook"\nurl = "{site.url}{path}"\n'
    )


def test_the_supervisor_hears_that_it_is_ready_alive_and_stopping(
    tmp_path: Path, site: Site
) -> None:
    config(tmp_path, site, "/a")
    with running(tmp_path) as one:
        one.hears("READY=1")
        one.hears("STATUS=watching 1 feeds")
        one.hears("WATCHDOG=1")
        assert one.stop() == 0
        one.hears("STOPPING=1")
    assert stamp_of(tmp_path / "watcher.db").exists()


def test_a_socket_without_a_file_is_heard_too(tmp_path: Path, site: Site) -> None:
    config(tmp_path, site, "/a")
    with running(tmp_path, f"@watcher-test-{os.getpid()}") as one:
        one.hears("READY=1")
        assert one.stop() == 0


@pytest.mark.parametrize("address", [None, "/nowhere/notify", "@nobody-listens"])
def test_nobody_to_tell_is_no_fault(address: str | None) -> None:
    Supervisor(address).ready("watching")


def test_a_reload_watches_what_the_new_config_names(tmp_path: Path, site: Site) -> None:
    config(tmp_path, site, "/a")
    with running(tmp_path) as one:
        one.hears("READY=1")
        until(lambda: "/a" in site.asked)
        config(tmp_path, site, "/a", "/b")
        one.process.send_signal(signal.SIGHUP)
        one.hears("RELOADING=1")
        one.hears("STATUS=watching 2 feeds")
        until(lambda: "/b" in site.asked)
        assert one.stop() == 0
    assert site.asked.count("/a") == 1


def test_a_bad_config_keeps_the_old_one_and_is_told_once(
    tmp_path: Path, site: Site
) -> None:
    config(tmp_path, site, "/a")
    with running(tmp_path) as one:
        one.hears("READY=1")
        with (tmp_path / "watcher.toml").open("a") as file:
            file.write("intervall = 3\n")
        one.process.send_signal(signal.SIGHUP)
        one.hears("RELOADING=1")
        one.hears("STATUS=watching 1 feeds")
        assert one.stop() == 0
        errors = [x for x in one.logged().splitlines() if '"error"' in x]
    assert len(errors) == 1
    assert "watcher.toml:7: feeds[0].intervall: unknown" in errors[0]


def test_a_ledger_cannot_be_swapped_by_a_reload(tmp_path: Path, site: Site) -> None:
    config(tmp_path, site, "/a")
    with running(tmp_path) as one:
        one.hears("READY=1")
        text = (tmp_path / "watcher.toml").read_text()
        (tmp_path / "watcher.toml").write_text('ledger = "other.db"\n' + text)
        one.process.send_signal(signal.SIGHUP)
        one.hears("RELOADING=1")
        one.hears("STATUS=watching 1 feeds")
        assert one.stop() == 0
        assert "watcher.toml:1: ledger: cannot change while running" in one.logged()
    assert not (tmp_path / "other.db").exists()


def test_a_reload_sends_nothing_again(tmp_path: Path, site: Site) -> None:
    config(tmp_path, site, "/a", rest=hook(site, "/hook"))
    with running(tmp_path) as one:
        one.hears("READY=1")
        until(lambda: site.posted)
        for feeds in (2, 3):
            paths = [f"/{number}" for number in range(feeds)]
            config(tmp_path, site, *paths, rest=hook(site, "/hook"))
            one.process.send_signal(signal.SIGHUP)
            one.hears("RELOADING=1")
            one.hears(f"STATUS=watching {feeds} feeds")
        until(lambda: "/2" in site.asked)
        assert one.stop() == 0
    assert site.posted == ["/hook"]


def test_a_loop_that_hangs_falls_silent_and_goes_on_when_it_is_started_again(
    tmp_path: Path, site: Site
) -> None:
    config(tmp_path, site, "/a", rest=hook(site, "/hook"))
    good = (tmp_path / "watcher.toml").read_text()
    with running(tmp_path) as one:
        one.hears("WATCHDOG=1")
        until(lambda: site.posted)
        # Nobody ever writes into this pipe: reading it holds up the loop for ever.
        os.mkfifo(tmp_path / "pipe")
        (tmp_path / "pipe").rename(tmp_path / "watcher.toml")
        one.process.send_signal(signal.SIGHUP)
        one.hears("RELOADING=1")
        one.heard.clear()
        one.ear.settimeout(HEARTBEAT + 3)
        with pytest.raises(TimeoutError):
            one.ear.recv(4096)
        assert one.process.poll() is None
    (tmp_path / "watcher.toml").unlink()
    (tmp_path / "watcher.toml").write_text(good)
    (tmp_path / "notify").unlink()
    with running(tmp_path) as one:
        one.hears("WATCHDOG=1")
        assert one.stop() == 0
    assert site.posted == ["/hook"]


@pytest.mark.parametrize("gone", ["removed", "a folder"])
def test_a_config_that_cannot_be_read_keeps_the_old_one(
    tmp_path: Path, site: Site, gone: str
) -> None:
    config(tmp_path, site, "/a")
    with running(tmp_path) as one:
        one.hears("READY=1")
        (tmp_path / "watcher.toml").unlink()
        if gone == "a folder":
            (tmp_path / "watcher.toml").mkdir()
        one.process.send_signal(signal.SIGHUP)
        one.hears("RELOADING=1")
        one.hears("READY=1")
        assert one.stop() == 0
        assert one.logged().count("config not taken over, the old one stays") == 1
        assert "Traceback" not in one.logged()


def test_a_slow_feed_and_a_hanging_channel_do_not_hold_up_the_stop(
    tmp_path: Path, site: Site
) -> None:
    config(tmp_path, site, "/a", "/slow", rest=hook(site, "/hang"))
    with running(tmp_path) as one:
        until(lambda: "/slow" in site.asked and site.posted)
        one.process.send_signal(signal.SIGTERM)
        assert one.process.wait(10) == 0
    with Ledger.open(tmp_path / "watcher.db", create=False) as ledger:
        letters = ledger.letters(["pending", "sending"])
    assert [letter.channel for letter in letters] == ["desk"]


def test_while_the_ledger_is_locked_health_and_metrics_are_told_all_the_same(
    tmp_path: Path, site: Site
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    config(tmp_path, site, "/a", rest=f'[health]\nlisten = "127.0.0.1:{port}"\n')
    with running(tmp_path) as one:
        one.hears("WATCHDOG=1")
        with closing(sqlite3.connect(tmp_path / "watcher.db")) as other:
            other.execute("BEGIN EXCLUSIVE")
            for path in ("healthz", "metrics"):
                with urlopen(f"http://127.0.0.1:{port}/{path}", timeout=1) as answer:
                    assert answer.status == 200
            other.rollback()
        assert one.stop() == 0


def test_a_running_watcher_tells_its_health_and_its_ping_is_asked_for(
    tmp_path: Path, site: Site
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    health = f'[health]\nlisten = "127.0.0.1:{port}"\nping = "{site.url}/ping"\n'
    config(tmp_path, site, "/a", rest=health)
    command = [sys.executable, "-m", "watcher", "healthcheck", "--config"]
    command.append(str(tmp_path / "watcher.toml"))
    assert subprocess.run(command, capture_output=True, check=False).returncode == 1
    with running(tmp_path) as one:
        until(lambda: "/ping" in site.asked)
        done = subprocess.run(command, capture_output=True, check=False)
        assert (done.returncode, done.stdout) == (0, b"ok\n")
        with urlopen(f"http://127.0.0.1:{port}/metrics") as answer:
            text = answer.read().decode()
        assert one.stop() == 0
    assert 'watcher_polls_total{outcome="ok"} 1.0' in text
    assert "watcher_articles_total 1.0" in text
