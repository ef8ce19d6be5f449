"""What stands in front of a sealed file (密封文件的文件头): which cipher, which data key; read without opening it."""

from __future__ import annotations

FILE_MARK = b"GKSEAL1\n"
# The mark, a cipher's name and a number are much shorter than this.
HEAD = 64


def written(cipher: str, number: int) -> bytes:
    """The head of a file sealed so."""
    return FILE_MARK + f"{cipher}:{number}\n".encode()


def sealed_under(head: bytes) -> str:
    """``cipher:number`` of a sealed file, by its first bytes; "" for a plain one."""
    if not head.startswith(FILE_MARK):
        return ""
    return head[len(FILE_MARK) : HEAD].partition(b"\n")[0].decode("ascii", "replace")


def key_of(label: str) -> int | None:
    """The number of the data key in such a label; None where it names none."""
    number = label.rpartition(":")[2]
    return int(number) if number.isdigit() else None
