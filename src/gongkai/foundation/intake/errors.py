"""Why a file cannot be taken in (不能接收的原因)."""

from __future__ import annotations

import errno

_REASONS = {
    errno.ENOENT: "没有这个文件",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EISDIR: "是文件夹",
    errno.ENOTDIR: "路径里有一段不是文件夹",
    errno.ENOSPC: "磁盘满了",
    errno.EROFS: "磁盘是只读的",
    errno.ENAMETOOLONG: "文件名太长",
}


class FileRefused(Exception):
    """A file that cannot be read as a table of this kind; the message says why and the cure."""


def reason(error: OSError) -> str:
    """Why the system refused a file, in words; the system's own words where we have none."""
    return _REASONS.get(error.errno or 0, error.strerror or str(error))
