"""How a message leaves the house (发送渠道): one interface, and every reason why it may not leave."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

# A try ends after so many seconds, whatever the other side does: well within the background's lease.
SECONDS = 50.0


@dataclass(frozen=True, slots=True)
class Attached:
    """One file of a letter, opened."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Letter:
    """What is handed to a gateway (要发的信). ``message_id`` stays the same at every try."""

    message_id: str
    to: str
    subject: str
    text: str
    written_at: datetime
    attachments: tuple[Attached, ...] = ()


class Gateway(Protocol):
    """One way out (渠道). ``send`` returns when the other side has taken the letter over. Raises NotSent."""

    def send(self, letter: Letter, *, seconds: float = SECONDS) -> None:
        """Hand the letter over within so many seconds."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A reason why a letter did not leave (没发出的原因), without a word of whose it was.

    ``final``: trying again changes nothing. ``general``: the channel fails, not this letter. ``doubtful``:
    nobody knows whether it left.
    """

    words: str
    cure: str
    final: bool = False
    general: bool = False
    doubtful: bool = False


_CHECK = "核对通知设置，用“发一封试试”看原话"
FAILURES: dict[str, Failure] = {
    "no-answer": Failure(
        "邮件服务器没有回应", "等它恢复，会自动再发；一直这样的，核对地址和端口", general=True
    ),
    "tls": Failure("邮件服务器的加密方式或证书对不上", _CHECK, general=True),
    "sign-in": Failure("邮件服务器不接受账号或密码", _CHECK, general=True),
    "sender": Failure("邮件服务器不接受发件地址", _CHECK, general=True),
    "later": Failure("邮件服务器要求稍后再发", "会自动再发"),
    "recipient": Failure("收件地址不被接受", "与申请人核对地址；是服务器设置所致的，改好后再发", final=True),
    "content": Failure("邮件服务器不接受这封信", "问邮件服务器的管理人员，改好后再发", final=True),
    "broken-off": Failure("发送中断，不知道对方收到没有", "会自动再发一次，对方可能收到两次", doubtful=True),
    "sms-no-answer": Failure("短信网关没有回应", "等它恢复，会自动再发；一直这样的，核对地址", general=True),
    "sms-tls": Failure("短信网关的证书不被信任", _CHECK, general=True),
    "sms-moved": Failure("短信网关指向另一个地址", "在通知设置里写最后的地址", general=True),
    "sms-sign-in": Failure("短信网关不接受凭证", _CHECK, general=True),
    "sms-later": Failure("短信网关要求稍后再发", "会自动再发"),
    "sms-refused": Failure("短信网关没有接受", "会自动再发；一直这样的，用“发一条试试”看原话"),
    "sms-rejected": Failure("短信网关拒绝这条短信", "核对号码和内容格式，改好后再发", final=True),
    "unreadable": Failure("加密的内容或附件打不开", "把备份的密钥和文件放回，会自动再发"),
    "too-long": Failure("5 天没有发出，不再自动发", "查明原因后再发，或改用电话、信函告知", final=True),
}


class NotSent(Exception):
    """The letter did not leave; ``code`` of ``FAILURES``, ``answer``: the other side's number.

    The text is what the other side said: for the operator's own test alone, never kept, as it may quote the address.
    """

    def __init__(self, code: str, said: str = "", answer: int | None = None) -> None:
        super().__init__(said)
        self.code, self.answer = code, answer

    @property
    def failure(self) -> Failure:
        """The reason."""
        return FAILURES[self.code]


@contextmanager
def time_limit(seconds: float, find: Callable[[], socket.socket | None]) -> Iterator[None]:
    """Cut the connection that ``find`` names after so many seconds: a timeout of its own watches one answer alone."""

    def cut() -> None:
        line = find()
        if line is not None:
            try:
                line.shutdown(socket.SHUT_RDWR)
            except OSError:
                # It is closed already.
                return

    timer = threading.Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
