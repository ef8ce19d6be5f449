"""Files between upload and entry (暂存): held beside the kept files for a day; nothing is in the database yet."""

from __future__ import annotations

import hashlib
import os
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core import signing

from gongkai.foundation import files
from gongkai.foundation.models import StoredFile

_SALT = "held"
_SECONDS = 24 * 3600
_FOLDER = ".uploads"


@dataclass(frozen=True, slots=True)
class Held:
    """A file that was uploaded and not entered yet: its name and the digest it lies under."""

    name: str
    digest: str

    @property
    def token(self) -> str:
        """The file as a form carries it, signed."""
        return signing.dumps([self.name, self.digest], salt=_SALT)

    @property
    def path(self) -> Path:
        """Where it lies meanwhile."""
        return _folder() / self.digest

    def read(self) -> bytes | None:
        """Its bytes; None once it was cleared away."""
        try:
            return self.path.read_bytes()
        except OSError:
            return None

    def keep(self) -> StoredFile | None:
        """Keep it for good, now that what it belongs to is entered; None once it was cleared away."""
        content = self.read()
        if content is None:
            return None
        return files.keep(content, name=self.name, media_type="application/octet-stream")


def kept(held: Held | None) -> StoredFile | None:
    """What was held, kept for good; None where nothing was."""
    return held.keep() if held is not None else None


def _folder() -> Path:
    return Path(settings.GONGKAI_FILES) / _FOLDER


def hold(content: bytes, name: str) -> Held:
    """Hold a file for a day, and clear away what was held longer."""
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True)
    _clear(folder)
    held = Held(name, hashlib.sha256(content).hexdigest())
    handle, temporary = tempfile.mkstemp(dir=folder, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.replace(temporary, held.path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return held


def _clear(folder: Path) -> None:
    # A file's age is the disk's own; nothing of the record depends on this clock.
    oldest = time.time() - _SECONDS
    for path in folder.iterdir():
        try:
            if path.stat().st_mtime < oldest:
                path.unlink()
        except FileNotFoundError:
            continue


def held_of(token: str) -> Held | None:
    """The file that a form carries; None where there is none, the token is not ours, or it was cleared away."""
    try:
        name, digest = signing.loads(token, salt=_SALT, max_age=_SECONDS)
    except (signing.BadSignature, ValueError):
        return None
    held = Held(str(name), str(digest))
    return held if held.path.is_file() else None
