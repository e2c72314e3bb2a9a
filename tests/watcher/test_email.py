"""Mail goes to each recipient once, in threads, and nothing in it can do harm."""

from __future__ import annotations

import asyncio
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from shutil import which

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from rules.model import Article, Claim, Evidence, Kind, Reading, Tier
from rules.when import When
from state.ledger import Ledger
from state.model import Source
from watcher.alert import Alert
from watcher.channels.email import EmailChannel
from watcher.clock import FixedClock
from watcher.config.settings import ChannelSpec
from watcher.deliver import Delivered, deliver
from watcher.destinations import destinations
from watcher.errors import DeliveryError
from watcher.fetch.http import Client

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
STATES = ("pending", "delivered", "dead", "skipped")
NEWS = Alert(
    "c0ffee01",
    "Halden: Ana Prieto named chief executive officer",
    "Halden: Ana Prieto named chief executive officer\n  on 2026-03-02",
    {},
)


@dataclass
class Postbox:
    """Takes mail, refuses the recipients of *refused* with these words."""

    refused: dict[str, str] = field(default_factory=dict)
    at_data: str = "250 taken"
    mails: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802  the server's own name and form
        self, server: SMTP, session: Session, envelope: Envelope, address: str, _: list
    ) -> str:
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 known"

    async def handle_DATA(  # noqa: N802  the server's own name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        if self.at_data.startswith("250"):
            self.mails.append(message_from_bytes(envelope.content, policy=default))
            self.recipients += envelope.rcpt_tos
        return self.at_data


@contextmanager
def office(box: Postbox, tls: ssl.SSLContext | None = None) -> Iterator[int]:
    """Run a real mail server on loopback; yields its port. With *tls* it insists."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    more = {"tls_context": tls, "require_starttls": True} if tls else {}
    controller = Controller(box, hostname="127.0.0.1", port=port, **more)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


def spec_for(port: int, *to: str, **more: object) -> ChannelSpec:
    options = {
        "host": "127.0.0.1",
        "port": port,
        "security": "none",
        "sender": "watch@harbour.example",
        "to": list(to or ("ana@harbour.example",)),
        "timeout": 2,
        **more,
    }
    return ChannelSpec("desk", "email", options)


def send(spec: ChannelSpec, alert: Alert = NEWS) -> None:
    async def go() -> None:
        async with Client(None, user_agent="test") as client:
            await EmailChannel(spec, client).send(alert)

    asyncio.run(go())


def test_a_mail_has_text_and_html_and_the_same_id_on_every_repeat() -> None:
    box = Postbox()
    with office(box) as port:
        send(spec_for(port))
        send(spec_for(port))
    first, again = box.mails
    assert first["Message-ID"] == again["Message-ID"] == "<c0ffee01@harbour.example>"
    assert first["Subject"] == NEWS.headline
    assert NEWS.headline in first.get_body(("plain",)).get_content()
    html = first.get_body(("html",)).get_content().replace("\r\n", "\n")
    assert f"<pre>{NEWS.text}" in html


def test_a_retraction_lands_under_the_alert_it_takes_back() -> None:
    box = Postbox()
    back = Alert("c0ffee02", "Halden: retraction", "…", {}, follows=NEWS.id)
    with office(box) as port:
        send(spec_for(port))
        send(spec_for(port), back)
    alert, retraction = box.mails
    assert retraction["In-Reply-To"] == alert["Message-ID"]
    assert retraction["References"] == alert["Message-ID"]
    assert alert["In-Reply-To"] is None


@pytest.mark.parametrize("breaks", ["\r\n", "\n", "\r", "\x0b", "\u2028"])
def test_a_line_break_in_a_name_makes_no_header(breaks: str) -> None:
    box = Postbox()
    evil = Alert("c0ffee03", f"Halden{breaks}Bcc: all@harbour.example", "…", {})
    with office(box) as port:
        send(spec_for(port), evil)
    (mail,) = box.mails
    assert mail["Bcc"] is None
    assert mail["Subject"] == "Halden Bcc: all@harbour.example"
    assert box.recipients == ["ana@harbour.example"]


def test_markup_and_turned_text_are_inert_in_both_parts() -> None:
    box = Postbox()
    said = "<script>alert(1)</script> \x1b]0;x\x07 \u202egnp.exe"
    with office(box) as port:
        send(spec_for(port), Alert("c0ffee04", said, said, {}))
    (mail,) = box.mails
    html = mail.get_body(("html",)).get_content()
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    for part in (html, mail.get_body(("plain",)).get_content(), mail["Subject"]):
        assert not {"\x1b", "\x07", "\u202e"} & set(part)


def test_a_subject_ends_somewhere() -> None:
    box = Postbox()
    with office(box) as port:
        send(spec_for(port), Alert("c0ffee05", "x" * 1_000_000, "short", {}))
    assert len(box.mails[0]["Subject"]) == 200


def test_one_of_three_recipients_refused_leaves_the_others_one_mail_each() -> None:
    people = [f"{name}@harbour.example" for name in ("ana", "raj", "mia")]
    box = Postbox(refused={people[1]: "550 no such user"})
    with office(box) as port:
        specs = destinations([spec_for(port, *people)])
        assert [spec.name for spec in specs] == [f"desk/{one}" for one in people]
        send(specs[0])
        with pytest.raises(DeliveryError, match="no such user") as refused:
            send(specs[1])
        send(specs[2])
    assert refused.value.permanent
    assert box.recipients == [people[0], people[2]]


def recorded(ledger: Ledger, channels: list[str]) -> None:
    """One change on its way to *channels*."""
    quote = "Ana Prieto was named chief executive of Halden."
    article = Article("a1", "", quote, NOON, "http://a.test/1")
    claim = Claim(
        kind=Kind.IN,
        person="Ana Prieto",
        organization="Halden",
        unit=None,
        role="chief executive officer",
        role_key="ceo",
        evidence=Evidence(article.id, 0, len(quote), quote),
        when=When.day(NOON.date()),
        tier=Tier.ALERT,
        votes=("named",),
    )
    source = Source("Post", "Post")
    reading = Reading(article, (claim,))
    ledger.record(reading, feed="f", source=source, now=NOON, channels=channels)


def drained(ledger: Ledger, specs: Sequence[ChannelSpec], now: datetime) -> Delivered:
    async def go() -> Delivered:
        async with Client(None, user_agent="test") as client:
            channels = {spec.name: EmailChannel(spec, client) for spec in specs}
            return await deliver(ledger, channels, FixedClock(now), lambda: 0.5)

    return asyncio.run(go())


def test_of_three_recipients_each_is_told_once_whatever_the_others_do(
    tmp_path: Path,
) -> None:
    people = [f"{name}@harbour.example" for name in ("ana", "raj", "mia")]
    box = Postbox(refused={people[1]: "550 no such user", people[2]: "421 later"})
    with office(box) as port, Ledger.open(tmp_path / "a.db") as ledger:
        specs = destinations([spec_for(port, *people)])
        recorded(ledger, [spec.name for spec in specs])
        assert drained(ledger, specs, NOON) == Delivered(sent=1, put_off=1, dead=1)
        del box.refused[people[2]]
        for hours in range(1, 30, 7):
            drained(ledger, specs, NOON + timedelta(hours=hours))
        states = {one.channel: one.state for one in ledger.letters(STATES)}
    # The third line is the notice of the dead one, to the first who can be told.
    assert box.recipients.count(people[1]) == 0
    assert box.recipients.count(people[2]) == 1
    told = [mail["To"] for mail in box.mails if "Halden" in mail["Subject"]]
    assert sorted(told) == sorted([people[0], people[2]])
    assert [states[spec.name] for spec in specs] == ["delivered", "dead", "delivered"]


def test_a_server_that_closes_with_421_gets_the_mail_later_and_once(
    tmp_path: Path,
) -> None:
    box = Postbox(at_data="421 closing, try later")
    with office(box) as port, Ledger.open(tmp_path / "a.db") as ledger:
        specs = [spec_for(port)]
        recorded(ledger, ["desk"])
        assert drained(ledger, specs, NOON) == Delivered(put_off=1)
        box.at_data = "250 taken"
        later = [drained(ledger, specs, NOON + timedelta(hours=h)) for h in (1, 2)]
    assert later == [Delivered(sent=1), Delivered()]
    assert len(box.mails) == 1


@pytest.mark.parametrize(
    ("answer", "permanent"),
    [
        ("421 closing, try later", False),
        ("451 busy", False),
        ("552 too big", True),
    ],
)
def test_a_5xx_is_for_good_and_a_4xx_is_not(answer: str, permanent: bool) -> None:
    box = Postbox(at_data=answer)
    with office(box) as port, pytest.raises(DeliveryError) as refused:
        send(spec_for(port))
    assert refused.value.permanent is permanent
    assert answer[:3] in refused.value.reason


def test_a_recipient_that_is_only_busy_is_tried_again() -> None:
    box = Postbox(refused={"ana@harbour.example": "450 greylisted"})
    with office(box) as port, pytest.raises(DeliveryError, match="450") as busy:
        send(spec_for(port))
    assert not busy.value.permanent


def test_a_server_that_takes_the_mail_and_then_hangs_has_taken_it() -> None:
    with _hanging(after_data=b"250 taken\r\n") as port:
        send(spec_for(port))


def test_a_server_that_never_says_that_it_took_it_is_tried_again() -> None:
    with _hanging(b"") as port, pytest.raises(DeliveryError, match="mail") as unsure:
        send(spec_for(port, timeout=1))
    assert not unsure.value.permanent


def test_nobody_listening_is_tried_again() -> None:
    with pytest.raises(DeliveryError, match="mail server") as gone:
        send(spec_for(9))
    assert not gone.value.permanent


def test_a_server_without_starttls_gets_no_mail_and_no_password() -> None:
    box = Postbox()
    with office(box) as port:
        login = {"user": "ana", "password": "hidden-key"}
        spec = spec_for(port, security="starttls", **login)
        with pytest.raises(DeliveryError) as refused:
            send(spec)
    assert not refused.value.permanent
    assert "hidden-key" not in str(refused.value) + repr(spec)
    assert box.mails == []


@pytest.mark.skipif(which("openssl") is None, reason="needs openssl")
def test_starttls_is_used_and_the_certificate_is_checked(tmp_path: Path) -> None:
    shown = _certificate(tmp_path)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(shown, tmp_path / "key.pem")
    box = Postbox()
    with office(box, tls) as port:
        send(spec_for(port, security="starttls", ca=shown.read_text()))
        with pytest.raises(DeliveryError, match=r"(?i)certificate") as unknown:
            send(spec_for(port, security="starttls"))
    assert len(box.mails) == 1
    assert not unknown.value.permanent


def _certificate(place: Path) -> Path:
    """Write key.pem and a certificate of its own for 127.0.0.1."""
    words = (
        "req -x509 -newkey rsa:2048 -nodes -days 2 -keyout key.pem -out cert.pem "
        "-subj /CN=mail -addext subjectAltName=IP:127.0.0.1"
    )
    subprocess.run(["openssl", *words.split()], cwd=place, check=True, timeout=60,
                   capture_output=True)  # fmt: skip
    return place / "cert.pem"


def test_the_users_own_template_takes_the_place_of_the_shipped_one(
    tmp_path: Path,
) -> None:
    (tmp_path / "alert.txt").write_text("NEW: {{ headline }}")
    box = Postbox()
    with office(box) as port:
        spec = spec_for(port)
        own = ChannelSpec(spec.name, spec.type, spec.options, tmp_path)
        send(own)
    assert box.mails[0].get_body(("plain",)).get_content().startswith("NEW: Halden")


@contextmanager
def _hanging(after_data: bytes) -> Iterator[int]:
    """Run a server that says *after_data* to the mail, and then nothing any more."""
    over = threading.Event()

    def serve(listener: socket.socket) -> None:
        with listener.accept()[0] as peer, peer.makefile("rb") as lines:
            peer.sendall(b"220 ready\r\n")
            for line in lines:
                if line[:4].upper() == b"DATA":
                    peer.sendall(b"354 go on\r\n")
                    for words in lines:
                        if words == b".\r\n":
                            break
                    peer.sendall(after_data)
                    over.wait(20)
                    return
                peer.sendall(b"250 ok\r\n")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve, args=(listener,))
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            over.set()
            thread.join()
