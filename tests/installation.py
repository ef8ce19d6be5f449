"""A real installation for tests: a home of its own, its own database, the command line run as a program."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command did."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Its standard output, which must be JSON and nothing else."""
        return json.loads(self.out)


@dataclass(frozen=True, slots=True)
class Installation:
    """One home and its database."""

    home: Path
    database_url: str

    def run(self, *arguments: object, stdin: str | None = None, **environment: str) -> Ran:
        """Run ``gongkai`` with these arguments in this home."""
        done = subprocess.run(
            [sys.executable, "-m", "gongkai.cli.main", *map(str, arguments)],
            capture_output=True,
            text=True,
            check=False,
            input=stdin,
            env={**os.environ, **self.environment, **environment},
            timeout=900,
        )
        assert "Traceback" not in done.stderr, done.stderr
        return Ran(done.returncode, done.stdout, done.stderr)

    @property
    def environment(self) -> dict[str, str]:
        """What its commands read."""
        return {"GONGKAI_HOME": str(self.home), "DATABASE_URL": self.database_url, "COLUMNS": "100"}

    @contextmanager
    def served(self, workers: int = 1) -> Iterator[str]:
        """Its address, served by the program itself."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        command = [sys.executable, "-m", "gongkai.cli.main", "serve", "--port", str(port)]
        command += ["--workers", str(workers)]
        environment = {**os.environ, **self.environment}
        server = subprocess.Popen(
            command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        address = f"http://127.0.0.1:{port}"
        try:
            for _ in range(600):
                try:
                    urllib.request.urlopen(f"{address}/healthz", timeout=5)
                    break
                except (urllib.error.URLError, ConnectionError):
                    assert server.poll() is None, "the server ended"
                    time.sleep(0.2)
            yield address
        finally:
            server.terminate()
            server.wait(20)

    def write(self, name: str, content: str | bytes) -> Path:
        """A file to hand to a command."""
        path = self.home.parent / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path


@contextmanager
def fresh_installation(folder: Path) -> Iterator[Installation]:
    """An empty home on the database under test; a database on the server is dropped afterwards."""
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        yield Installation(folder / "home", "")
        return
    import psycopg

    name = f"gongkai_{uuid.uuid4().hex[:12]}"
    server = _server(url)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    try:
        parts = urlsplit(url)
        yield Installation(folder / "home", urlunsplit(parts._replace(path=f"/{name}")))
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _server(url: str) -> str:
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path="/postgres"))


@contextmanager
def shared_demonstration(base: Path) -> Iterator[Installation]:
    """The demonstration, built once for all the workers of a test run; tests only read it."""
    import fcntl

    base.mkdir(parents=True, exist_ok=True)
    card = base / "demonstration.json"
    with (base / "demonstration.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not card.exists():
            _build_shared(base, card)
        said = json.loads(card.read_text("utf-8"))
    yield Installation(Path(said["home"]), said["database_url"])


def _build_shared(base: Path, card: Path) -> None:
    url = os.environ.get("DATABASE_URL", "")
    if url:
        import psycopg

        # One name, so that a server which outlives the run keeps no more than one.
        name = "gongkai_demonstration_for_tests"
        with psycopg.connect(_server(url), autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            connection.execute(f'CREATE DATABASE "{name}"')
        url = urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
    installation = Installation(base / "demonstration-home", url)
    done = installation.run("demo", "--no-serve")
    assert done.status == 0, done.err
    card.write_text(
        json.dumps({"home": str(installation.home), "database_url": url, "out": done.out}), "utf-8"
    )


@contextmanager
def copy_of(original: Installation, folder: Path) -> Iterator[Installation]:
    """A copy of an installation that a test may change."""
    import shutil

    shutil.copytree(original.home, folder / "home")
    if not original.database_url:
        yield Installation(folder / "home", "")
        return
    import psycopg

    name, source = f"gongkai_{uuid.uuid4().hex[:12]}", urlsplit(original.database_url).path.lstrip("/")
    server = _server(original.database_url)
    with psycopg.connect(server, autocommit=True) as connection:
        # One copy at a time: a template may not be in use while it is copied.
        connection.execute("SELECT pg_advisory_lock(711)")
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}" STRATEGY file_copy')
    try:
        yield Installation(
            folder / "home", urlunsplit(urlsplit(original.database_url)._replace(path=f"/{name}"))
        )
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
