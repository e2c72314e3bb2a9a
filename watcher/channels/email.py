"""The e-mail channel: text and HTML by SMTP, threaded under the alert they correct."""

from __future__ import annotations

import asyncio
import contextlib
import smtplib
import ssl
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from watcher.alert import Alert
from watcher.errors import DeliveryError
from watcher.escape import as_header
from watcher.rendering import Renderer

if TYPE_CHECKING:
    from watcher.config.settings import ChannelSpec
    from watcher.fetch.http import Client

_REFUSED = 500
_Security = Literal["starttls", "tls", "none"]


def mail_address(value: str) -> str:
    """Return a mail address unchanged; raises ValueError on anything else."""
    try:
        address = Address(addr_spec=value)
    except (ValueError, IndexError):
        raise ValueError("is not a mail address") from None
    if not address.domain or not value.isprintable() or " " in value:
        raise ValueError("is not a mail address")
    return value


MailAddress = Annotated[str, AfterValidator(mail_address)]


class EmailChannel:
    """Sends alerts by the user's own mail server, to each recipient on their own."""

    MANY = "to"

    class Options(BaseModel):
        """The keys beside name and type. *timeout* is in seconds, for each answer."""

        model_config = ConfigDict(
            extra="forbid", strict=True, hide_input_in_errors=True
        )

        host: str
        port: int = 587
        security: _Security = "starttls"
        user: str | None = None
        password: str | None = None
        ca: str | None = None
        sender: MailAddress
        to: Annotated[list[MailAddress], Field(min_length=1)]
        timeout: Annotated[int, Field(ge=1, le=120)] = 30

    @staticmethod
    def label(recipient: str) -> str:
        """Return what tells this recipient's deliveries from the others'."""
        return recipient

    def __init__(self, spec: ChannelSpec, _client: Client) -> None:
        self._name = spec.name
        self._renderer = Renderer(spec.templates)
        self._options = self.Options.model_validate(dict(spec.options))

    async def send(self, alert: Alert) -> None:
        """Mail *alert*; raises DeliveryError unless the server took it."""
        mail = self.mail(alert)
        try:
            await asyncio.to_thread(self._hand_over, mail)
        except smtplib.SMTPException as error:
            raise self._failure(error) from error
        except (OSError, ValueError) as error:
            raise DeliveryError(self._name, f"mail server: {error}") from error

    def mail(self, alert: Alert) -> EmailMessage:
        """Return *alert* as a mail: the same Message-ID on every repeat."""
        mail = EmailMessage(policy=SMTP)
        mail["Subject"] = as_header(alert.headline)
        mail["From"] = self._options.sender
        mail["To"] = ", ".join(self._options.to)
        mail["Message-ID"] = self._message_id(alert.id)
        mail["Auto-Submitted"] = "auto-generated"
        if alert.follows:
            mail["In-Reply-To"] = mail["References"] = self._message_id(alert.follows)
        mail.set_content(self._renderer.render("alert.txt", alert))
        html = self._renderer.render("alert.html", alert)
        mail.add_alternative(html, subtype="html")
        return mail

    def _message_id(self, alert_id: str) -> str:
        return f"<{alert_id}@{self._options.sender.rpartition('@')[2]}>"

    def _hand_over(self, mail: EmailMessage) -> None:
        """Give the server the mail; what it does after taking it cannot undo that."""
        server = self._connected()
        try:
            self._greet(server)
            server.send_message(mail)
            if server.sock is not None:
                server.sock.settimeout(1.0)
            with contextlib.suppress(smtplib.SMTPException, OSError):
                server.quit()
        finally:
            server.close()

    def _connected(self) -> smtplib.SMTP:
        own = self._options
        if own.security == "tls":
            return smtplib.SMTP_SSL(
                own.host, own.port, timeout=own.timeout, context=self._trust()
            )
        return smtplib.SMTP(own.host, own.port, timeout=own.timeout)

    def _greet(self, server: smtplib.SMTP) -> None:
        own = self._options
        if own.security == "starttls":
            server.starttls(context=self._trust())
        if own.user is not None:
            server.login(own.user, own.password or "")

    def _trust(self) -> ssl.SSLContext:
        return ssl.create_default_context(cadata=self._options.ca)

    def _failure(self, error: smtplib.SMTPException) -> DeliveryError:
        """Tell what is refused for good from what may be taken later.

        A refused log-in is for the user to mend: the mails wait.
        """
        answers = _answers(error)
        code = min((code for code, _ in answers), default=0)
        said = "; ".join(f"{code} {words}" for code, words in answers) or str(error)
        final = code >= _REFUSED and not isinstance(
            error, (smtplib.SMTPAuthenticationError, smtplib.SMTPConnectError)
        )
        reason = f"mail server: {as_header(self._without_secrets(said))}"
        return DeliveryError(self._name, reason, permanent=final)

    def _without_secrets(self, said: str) -> str:
        """Return a server's words without the password, if it says that again."""
        password = self._options.password
        return said.replace(password, "***") if password else said


def _answers(error: smtplib.SMTPException) -> list[tuple[int, str]]:
    """Return what the server answered, code and words, to each that it refused."""
    found: list[tuple[int, bytes | str]]
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        found = list(error.recipients.values())
    elif isinstance(error, smtplib.SMTPResponseException):
        found = [(error.smtp_code, error.smtp_error)]
    else:
        found = []
    return [(code, _words(said)) for code, said in found]


def _words(said: bytes | str) -> str:
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else said
