"""A real mail server and a real SMS gateway for tests: what they took, and how they misbehave when told to."""

from __future__ import annotations

import email
import email.policy
import json
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword


class Taken:
    """What the server took over; ``answers`` to each command override its consent."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.to: list[str] = []
        self.answers: dict[str, str] = {}
        self.slow = 0.0

    async def handle_MAIL(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        envelope.mail_from = address
        return self.answers.get("MAIL", "250 OK")

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        said = self.answers.get("RCPT", "250 OK")
        if said.startswith("250"):
            envelope.rcpt_tos.append(address)
        return said

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.slow:
            import asyncio

            await asyncio.sleep(self.slow)
        said = self.answers.get("DATA", "250 taken")
        if said.startswith("250"):
            parsed = email.message_from_bytes(envelope.content, policy=email.policy.default)
            assert isinstance(parsed, EmailMessage)
            self.letters.append(parsed)
            self.to += envelope.rcpt_tos
        return said


def free_port() -> int:
    """A port of this machine that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def mail_server(port: int = 0, **more: Any) -> Iterator[tuple[Taken, int]]:
    """A server on this machine, with what it took and its port."""
    taken, port = Taken(), port or free_port()
    controller = Controller(taken, hostname="127.0.0.1", port=port, **more)
    controller.start()
    try:
        yield taken, port
    finally:
        controller.stop()


def checks_password(server: Any, session: Any, envelope: Any, mechanism: str, given: Any) -> AuthResult:
    """Lets in sender with secret alone."""
    right = isinstance(given, LoginPassword) and (given.login, given.password) == (b"sender", b"secret")
    return AuthResult(success=right, handled=False)


def certificate(folder: Path) -> tuple[Path, ssl.SSLContext]:
    """A certificate for localhost that signs itself: its file, and the server's context."""
    from datetime import UTC, datetime, timedelta

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    both = folder / "server.pem"
    both.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(both)
    return both, context


class SmsServer(ThreadingHTTPServer):
    """A gateway: what it was sent, and what it answers."""

    # A test that ends may leave a slow answer behind.
    daemon_threads, block_on_close = True, False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _SmsHandler)
        self.taken: list[tuple[dict[str, str], Any]] = []
        self.status, self.body, self.location, self.slow = 200, '{"code": 0}', "", 0.0

    @property
    def url(self) -> str:
        """Where it is asked."""
        return f"http://127.0.0.1:{self.server_address[1]}/send?v=1"


class _SmsHandler(BaseHTTPRequestHandler):
    server: SmsServer

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        self.server.taken.append((dict(self.headers), json.loads(self.rfile.read(length))))
        time.sleep(self.server.slow)
        self.send_response(self.server.status)
        if self.server.location:
            self.send_header("Location", self.server.location)
        self.end_headers()
        self.wfile.write(self.server.body.encode())

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        return


@contextmanager
def sms_server() -> Iterator[SmsServer]:
    """A gateway on this machine."""
    server = SmsServer()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
