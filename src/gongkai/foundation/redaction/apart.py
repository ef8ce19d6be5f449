"""Running the work in a process of its own (隔离运行): a file that hangs or breaks its reader stops nobody else."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import gongkai
from gongkai.foundation.redaction.model import RedactionRefused
from gongkai.foundation.redaction.worker import packed, unpacked

SECONDS: dict[str, int] = {"look": 30, "preview": 30, "search": 120, "issue": 300}
_STUCK = (
    "这份文件处理不了：用的时间或者内存太多，可能有过大的图片或者已经损坏。打印成 PDF 另存一份，再放进案卷。"
)


def run(task: str, content: bytes, **given: Any) -> tuple[dict[str, Any], bytes]:
    """A task of ``work`` over a file, in a process of its own. Raises RedactionRefused."""
    seconds = SECONDS[task]
    request = packed({"task": task, "given": given, "seconds": seconds}, content)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "gongkai.foundation.redaction.worker"],
            input=request,
            capture_output=True,
            timeout=seconds,
            env=_environment(),
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise RedactionRefused(_STUCK) from late
    if done.returncode != 0:
        # What the worker said may hold words of the file: it is not logged.
        raise RedactionRefused(_STUCK)
    header, body = unpacked(done.stdout)
    if "refused" in header:
        raise RedactionRefused(str(header["refused"]))
    answer: dict[str, Any] = header["answer"]  # type: ignore[assignment]
    return answer, body


def _environment() -> dict[str, str]:
    """Only what Python needs to find this very code: no keys, no addresses."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "LANG", "LC_ALL", "HOME")}
    return {**kept, "PYTHONPATH": str(Path(gongkai.__file__).parent.parent), "PYTHONUTF8": "1"}
