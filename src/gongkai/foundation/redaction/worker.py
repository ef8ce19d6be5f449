"""The worker (隔离的工作进程): one task over one file, with little memory and little time, then its end.

Whatever a file does to the libraries that draw it, it does to this process alone. Standard input: the length of a
header in four bytes, the header as JSON, the file. Standard output: the answer in the same form.
"""

from __future__ import annotations

import json
import resource
import struct
import sys

MOST_MEMORY = 2 * 1024 * 1024 * 1024
_LENGTH = struct.Struct(">I")


def packed(header: object, body: bytes) -> bytes:
    """A header and a body as they go through a pipe."""
    text = json.dumps(header, ensure_ascii=False).encode()
    return _LENGTH.pack(len(text)) + text + body


def unpacked(data: bytes) -> tuple[dict[str, object], bytes]:
    """A header and a body again. Raises ValueError for what is none."""
    if len(data) < _LENGTH.size:
        raise ValueError("no header")
    (length,) = _LENGTH.unpack_from(data)
    end = _LENGTH.size + length
    return json.loads(data[_LENGTH.size : end]), data[end:]


def main() -> int:
    """Do the one task."""
    header, content = unpacked(sys.stdin.buffer.read())
    seconds = int(str(header["seconds"]))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    from gongkai.foundation.redaction.model import RedactionRefused
    from gongkai.foundation.redaction.work import TASKS

    try:
        answer, body = TASKS[str(header["task"])](content, header["given"])  # type: ignore[arg-type]
        result = packed({"answer": answer}, body)
    except RedactionRefused as refusal:
        result = packed({"refused": str(refusal)}, b"")
    sys.stdout.buffer.write(result)
    return 0


if __name__ == "__main__":
    sys.exit(main())
