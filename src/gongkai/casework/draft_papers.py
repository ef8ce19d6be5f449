"""Papers handed in before the request is filed (提交以前的材料): checked, sealed, held beside the kept files for a day.

No table knows of them: the visitor's draft names them, their bytes open with the draft's key alone, and what was
never filed is cleared away.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from gongkai.casework import files
from gongkai.casework.file_checks import MOST_BYTES, media_type_of
from gongkai.casework.filing import Filing, Idempotency, Receipt, file_request
from gongkai.casework.readers import applicant_of
from gongkai.casework.refusals import refused
from gongkai.foundation import personal, seal_marks
from gongkai.foundation.actors import Actor
from gongkai.foundation.locks import write_transaction
from gongkai.foundation.models import Organ

PURPOSES: dict[str, str] = {
    "identity": "身份证明",
    "authority": "授权委托书、监护关系证明",
    "other": "补充材料",
}
MOST_PAPERS = 5
MOST_TOGETHER = 50 * 1024 * 1024
# Strangers fill no disk: beyond this nothing is held, and the papers are handed in after filing.
MOST_HELD = 2 * 1024 * 1024 * 1024
_SECONDS = 24 * 3600
_FOLDER = ".drafts"
_NAME = 200


@dataclass(frozen=True, slots=True)
class DraftPaper:
    """A paper of a request not filed yet (还没提交的材料). ``token``: where it lies, guessed by nobody."""

    token: str
    purpose: str
    name: str
    size: int


def hold(
    content: bytes, *, name: str, purpose: str, key: str, beside: Sequence[DraftPaper] = ()
) -> DraftPaper:
    """Hold a paper sealed under the draft's key, for a day. Raises CaseworkRefused for what cannot be taken.

    ``beside``: what the draft holds already.
    """
    if purpose not in PURPOSES:
        raise refused("purpose", f"还没有选是什么材料；从这些里选：{'、'.join(PURPOSES.values())}。")
    media_type_of(content, name)
    if len(beside) >= MOST_PAPERS:
        raise refused("file", f"最多附 {MOST_PAPERS} 份；先去掉一份，或者合并成一个 PDF。")
    if sum(one.size for one in beside) + len(content) > MOST_TOGETHER:
        most = MOST_TOGETHER // 1024 // 1024
        raise refused("file", f"几份合起来超过 {most} MB；压缩图片，或者提交以后在看进度的页面再交。")
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True)
    if _clear(folder) + len(content) > MOST_HELD:
        raise refused("file", "现在暂时不能附材料；先提交申请，提交以后在看进度的页面再交。")
    token = secrets.token_hex(24)
    (folder / token).write_bytes(personal.seal_bytes(content, place=_place(key, token)))
    plain = " ".join("".join(c for c in name if c.isprintable()).split())
    return DraftPaper(token, purpose, plain[-_NAME:] or "材料", len(content))


def read(paper: DraftPaper, key: str) -> bytes | None:
    """Its bytes; None once it was cleared away, or where the draft is another's."""
    try:
        return personal.open_bytes(_path(paper).read_bytes(), place=_place(key, paper.token))
    except (OSError, personal.Unreadable):
        return None


def is_held(paper: DraftPaper) -> bool:
    """Whether it still lies there."""
    return _path(paper).is_file()


def heads() -> Iterator[str]:
    """Cipher and data key of each paper that is held (草稿材料用的密钥)."""
    for path in _folder().glob("*"):
        try:
            with path.open("rb") as file:
                yield seal_marks.sealed_under(file.read(seal_marks.HEAD))
        except FileNotFoundError:
            continue


def drop(*papers: DraftPaper) -> None:
    """Take papers out (去掉); nothing of them stays."""
    for paper in papers:
        _path(paper).unlink(missing_ok=True)


def file_with_papers(
    organ: Organ,
    filing: Filing,
    papers: Sequence[DraftPaper],
    *,
    key: str,
    by: Actor,
    now: datetime,
    idempotency: Idempotency,
) -> Receipt:
    """File the request and put its papers into the case (带材料提交): all of it, or nothing.

    Raises CaseworkRefused, also where a paper was cleared away meanwhile; KeyReused, NotAllowed.
    """
    with write_transaction():
        receipt = file_request(organ, filing, by=by, now=now, idempotency=idempotency)
        if not receipt.repeated:
            for paper in papers:
                _put(receipt, paper, key, now)
    drop(*papers)
    return receipt


def _put(receipt: Receipt, paper: DraftPaper, key: str, now: datetime) -> None:
    content = read(paper, key)
    if content is None:
        raise refused("papers", f"“{paper.name}”放了一天以上，已经清除；去掉这一份，重新选文件。")
    by = applicant_of(receipt.case)
    files.add_file(receipt.case, content, name=paper.name, purpose=paper.purpose, by=by, now=now)


def _place(key: str, token: str) -> str:
    return f"draft {key} {token}"


def _folder() -> Path:
    return Path(settings.GONGKAI_FILES) / _FOLDER


def _path(paper: DraftPaper) -> Path:
    return _folder() / paper.token


def _clear(folder: Path) -> int:
    """Clear away what was held too long; how many bytes are left."""
    # A file's age is the disk's own; nothing of the record depends on this clock.
    oldest, left = time.time() - _SECONDS, 0
    for path in folder.iterdir():
        try:
            known = path.stat()
            if known.st_mtime < oldest:
                path.unlink()
            else:
                left += known.st_size
        except FileNotFoundError:
            continue
    return left


__all__ = [
    "MOST_BYTES",
    "MOST_PAPERS",
    "MOST_TOGETHER",
    "PURPOSES",
    "DraftPaper",
    "drop",
    "file_with_papers",
    "heads",
    "hold",
    "is_held",
    "read",
]
