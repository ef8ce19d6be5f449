#!/usr/bin/env python3
"""A PostgreSQL for the tests: prints its DATABASE_URL.

``TEST_DATABASE_URL`` if given; else the local server, over its socket or 127.0.0.1; else a cluster of
its own in FOLDER, reached over a socket there and ended by ``--stop FOLDER``. Exit status 3 where none
can be had. ``--probe`` only says whether one could be had.
"""

from __future__ import annotations

import argparse
import getpass
import glob
import os
import pwd
import secrets
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import quote

import psycopg

SOCKETS = ("/var/run/postgresql", "/tmp")
NONE_TO_BE_HAD = 3
OLDEST = 140000


def may_create(**where: str) -> bool:
    """Whether a server answers there, is new enough and lets us create databases."""
    try:
        with psycopg.connect(dbname="postgres", connect_timeout=3, **where) as connection:
            row = connection.execute(
                "SELECT (rolsuper OR rolcreatedb) FROM pg_roles WHERE rolname = current_user"
            ).fetchone()
            return bool(row and row[0]) and connection.info.server_version >= OLDEST
    except psycopg.Error:
        return False


def url_of(user: str, host: str) -> str:
    """The address of a test database of its own: two checkouts must not meet in one."""
    name = f"gongkai_{secrets.token_hex(4)}"
    if host.startswith("/"):
        return f"postgresql://{quote(user)}@/{name}?host={quote(host, safe='')}"
    return f"postgresql://{quote(user)}@{host}:5432/{name}"


def local_server() -> str | None:
    """The address of the server that runs on this machine, where it lets us in without a password."""
    for user in dict.fromkeys((getpass.getuser(), "postgres")):
        for host in (*(s for s in SOCKETS if os.path.exists(f"{s}/.s.PGSQL.5432")), "127.0.0.1"):
            if may_create(user=user, host=host):
                return url_of(user, host)
    return None


def programs() -> Path | None:
    """The folder with initdb and pg_ctl, the newest version first."""
    found = sorted(
        (Path(p).parent for p in glob.glob("/usr/lib/postgresql/*/bin/initdb")),
        key=lambda p: int(p.parent.name) if p.parent.name.isdigit() else 0,
        reverse=True,
    )
    on_path = shutil.which("initdb")
    if on_path:
        found.append(Path(on_path).resolve().parent)
    return found[0] if found else None


def server_user() -> str | None:
    """Whom the cluster runs as: PostgreSQL refuses to run as root. None where there is nobody."""
    if os.geteuid() != 0:
        return getpass.getuser()
    for name in ("postgres", "nobody"):
        try:
            pwd.getpwnam(name)
        except KeyError:
            continue
        return name
    return None


def run(command: list[str], user: str) -> None:
    """Run one of PostgreSQL's programs as ``user``; its words only where it fails."""
    identity = (
        {} if os.geteuid() != 0 else {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []}
    )
    done = subprocess.run(
        command,
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"},
        **identity,  # type: ignore[call-overload]
    )
    if done.returncode != 0:
        raise OSError(done.stdout.strip()[-2000:])


def own_cluster(folder: Path, binaries: Path, user: str) -> str:
    """Make and start a cluster in a new temporary folder, noted in ``folder`` for ``stop``."""
    # Directly under /tmp: a socket's path may not be longer than 107 bytes.
    home = Path(tempfile.mkdtemp(prefix="gongkai-pg-", dir="/tmp"))
    (folder / "postgres").write_text(f"{home}\n{binaries}\n{user}\n", "utf-8")
    if os.geteuid() == 0:
        shutil.chown(home, user)
    data = home / "data"
    # Same order on every machine, and nothing here need outlive a power cut.
    initdb = [str(binaries / "initdb"), "-D", str(data), "-U", "postgres", "-A", "trust", "-E", "UTF8"]
    run([*initdb, "--locale=C", "--no-sync"], user)
    settings = f"-c listen_addresses= -k {home} -c fsync=off -c full_page_writes=off -c max_connections=60"
    starting = [str(binaries / "pg_ctl"), "-D", str(data), "-l", str(home / "log"), "-w", "-t", "60"]
    # The server must not hold our output open, or whoever reads the address would wait for its end.
    run([*starting, "-o", settings, "start"], user)
    return url_of("postgres", str(home))


def stop(folder: Path) -> None:
    """End and remove the cluster noted in ``folder``, if there is one."""
    note = folder / "postgres"
    if not note.exists():
        return
    home, binaries, user = note.read_text("utf-8").split("\n")[:3]
    if Path(home, "data", "postmaster.pid").exists():
        run([f"{binaries}/pg_ctl", "-D", f"{home}/data", "-m", "immediate", "-w", "stop"], user)
    shutil.rmtree(home, ignore_errors=True)
    note.unlink()


def say_none(reason: str) -> int:
    """Nothing to be had: why, and the cure."""
    print(
        f"找不到能用的 PostgreSQL（{reason}）。装一个：apt-get install postgresql；"
        "或把 TEST_DATABASE_URL 设成 postgresql://用户:口令@主机/库名，该用户要能建库。\n"
        f"No usable PostgreSQL ({reason}). Install one: apt-get install postgresql; or set TEST_DATABASE_URL "
        "to a server where the user may create databases.",
        file=sys.stderr,
    )
    return NONE_TO_BE_HAD


def main() -> int:
    """Print the address, probe, or stop."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", nargs="?", type=Path, metavar="FOLDER")
    parser.add_argument("--probe", action="store_true")
    parser.add_argument("--stop", action="store_true")
    arguments = parser.parse_args()
    if arguments.stop:
        stop(arguments.folder)
        return 0
    url = os.environ.get("TEST_DATABASE_URL") or local_server()
    binaries, user = programs(), server_user()
    if url:
        print(url)
        return 0
    if binaries is None:
        return say_none("没有安装")
    if user is None:
        return say_none("root 不能运行它，又没有 postgres 用户")
    if arguments.probe:
        print(binaries)
        return 0
    if arguments.folder is None:
        parser.error("FOLDER is needed to start a cluster")
    try:
        print(own_cluster(arguments.folder, binaries, user))
    except OSError as error:
        stop(arguments.folder)
        return say_none(str(error))
    return 0


if __name__ == "__main__":
    sys.exit(main())
