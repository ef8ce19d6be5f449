"""Mail by SMTP (邮件): the standard library's client, step by step, so that each refusal is told apart."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from gongkai.foundation.gateways import SECONDS, Letter, NotSent, time_limit

_ANSWER_SECONDS = 20.0
_CLOSING = 421


@dataclass(frozen=True, slots=True)
class SmtpGateway:
    """One mail server (邮件服务器). ``tls``: ``tls``, ``starttls`` or ``none``."""

    host: str
    port: int
    tls: str
    user: str
    password: str
    sender: str
    sender_name: str

    def send(self, letter: Letter, *, seconds: float = SECONDS) -> None:
        """Hand the letter to the server. Raises NotSent."""
        content = self.message(letter).as_bytes(policy=SMTP)
        client = self._client(seconds)
        try:
            with time_limit(seconds, lambda: client.sock):
                self._greet(client)
                self._address(client, letter.to)
                self._hand_over(client, content)
        finally:
            client.close()

    def message(self, letter: Letter) -> EmailMessage:
        """The letter as it is sent."""
        name, _, domain = self.sender.partition("@")
        message = EmailMessage()
        message["From"] = Address(self.sender_name, name, domain)
        message["To"] = letter.to
        message["Subject"] = letter.subject
        message["Date"] = format_datetime(letter.written_at)
        message["Message-ID"] = letter.message_id
        # No holiday answer comes back for it (RFC 3834).
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(letter.text)
        for one in letter.attachments:
            kind, _, subtype = one.media_type.partition("/")
            message.add_attachment(one.content, maintype=kind, subtype=subtype, filename=one.name)
        return message

    def _client(self, seconds: float) -> smtplib.SMTP:
        wait = min(seconds, _ANSWER_SECONDS)
        if self.tls == "tls":
            client: smtplib.SMTP = smtplib.SMTP_SSL(timeout=wait, context=ssl.create_default_context())
        else:
            client = smtplib.SMTP(timeout=wait)
        # The name the certificate must bear; the class sets it only where its constructor connects.
        client._host = self.host  # type: ignore[attr-defined]
        return client

    def _greet(self, client: smtplib.SMTP) -> None:
        with _before_the_letter():
            code, said = client.connect(self.host, self.port)
            if code != 220:
                raise smtplib.SMTPConnectError(code, said)
            if self.tls == "starttls":
                try:
                    client.starttls(context=ssl.create_default_context())
                except (smtplib.SMTPNotSupportedError, smtplib.SMTPResponseException) as refused:
                    raise NotSent("tls", str(refused)) from refused
            if self.user:
                self._sign_in(client)

    def _sign_in(self, client: smtplib.SMTP) -> None:
        try:
            client.login(self.user, self.password)
        except smtplib.SMTPResponseException as refused:
            raise _answered(refused.smtp_code, refused.smtp_error, "sign-in") from refused
        except smtplib.SMTPNotSupportedError as refused:
            raise NotSent("sign-in", str(refused)) from refused

    def _address(self, client: smtplib.SMTP, to: str) -> None:
        with _before_the_letter():
            client.ehlo_or_helo_if_needed()
            _accepted(client.mail(self.sender), "sender")
            _accepted(client.rcpt(to), "recipient")

    def _hand_over(self, client: smtplib.SMTP, content: bytes) -> None:
        try:
            _accepted(client.data(content), "content")
        except smtplib.SMTPDataError as refused:
            raise _answered(refused.smtp_code, refused.smtp_error, "content") from refused
        except (OSError, smtplib.SMTPException) as broken:
            # Between the last byte and the answer nobody knows.
            raise NotSent("broken-off", _said(broken)) from broken
        try:
            client.quit()
        except (OSError, smtplib.SMTPException):
            # The letter is theirs already.
            return


@contextmanager
def _before_the_letter() -> Iterator[None]:
    """What goes wrong here goes wrong with the server, whatever the letter."""
    try:
        yield
    except ssl.SSLError as refused:
        raise NotSent("tls", _said(refused)) from refused
    except smtplib.SMTPResponseException as refused:
        raise _answered(refused.smtp_code, refused.smtp_error, "no-answer") from refused
    except (OSError, smtplib.SMTPException) as silent:
        raise NotSent("no-answer", _said(silent)) from silent


def _accepted(answer: tuple[int, bytes], refusal: str) -> None:
    code, said = answer
    if not 200 <= code < 300:
        raise _answered(code, said, refusal)


def _answered(code: int, said: bytes | str, refusal: str) -> NotSent:
    """4xx: later, 5xx: as it is (RFC 5321, 4.2.1); a server that closes is no more to be asked."""
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    if code == _CLOSING:
        refusal = "no-answer"
    elif 400 <= code < 500:
        refusal = "later"
    return NotSent(refusal, words, code)


def _said(error: Exception) -> str:
    return str(error) or type(error).__name__
