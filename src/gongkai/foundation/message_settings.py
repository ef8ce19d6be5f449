"""How messages leave (通知设置): set by who runs the system, on record; off until they are."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from gongkai.foundation import ledger, personal
from gongkai.foundation.actors import Actor, NotAllowed
from gongkai.foundation.gateways import Gateway, Letter
from gongkai.foundation.kinds import Finding
from gongkai.foundation.locks import write_transaction
from gongkai.foundation.models import MessageSettings
from gongkai.foundation.models.messages import Channel
from gongkai.foundation.statements import run
from gongkai.rules.identifiers import IdentifierRefused, check_email, check_phone

CONFIGURED = "messages.configured"
PORTAL = ("portal_url",)
EMAIL = (
    "email_on", "smtp_host", "smtp_port", "smtp_tls", "smtp_user", "smtp_password", "sender", "sender_name",
)  # fmt: skip
SMS = ("sms_on", "sms_url", "sms_method", "sms_headers", "sms_body", "sms_success")
PARTS: dict[str, tuple[str, ...]] = {"portal": PORTAL, "email": EMAIL, "sms": SMS}
SEALED = ("smtp_password", "sms_headers")
METHODS = ("POST", "PUT")
# What the ledger says of a channel: where it goes, never with which words one gets in.
_TOLD = ("portal_url", "email_on", "smtp_host", "smtp_port", "smtp_tls", "sms_on", "sms_url")


class SettingsRefused(Exception):
    """Settings that cannot be; ``findings`` by field, each with its cure."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__("；".join(one.message for one in findings))
        self.findings = findings


def current() -> MessageSettings:
    """The settings as they are; the blank ones before anybody set them."""
    return MessageSettings.objects.filter(pk=1).first() or MessageSettings(pk=1)


def any_on() -> bool:
    """Whether anything is told at all (通知开通了没有); by hand, as every act asks this inside the lock."""
    rows = run("SELECT email_on, sms_on FROM foundation_messagesettings WHERE id = 1")
    return any(map(any, rows))


def require_manager(by: Actor) -> None:
    """Refuse whoever does not run the channels. Raises NotAllowed."""
    if not by.holds("account.manage"):
        raise NotAllowed("没有设置通知的权限。由区政府办公室负责人或运行维护人员办理。")


def configure(part: str, values: Mapping[str, Any], *, by: Actor, now: datetime) -> MessageSettings:
    """Set one part of ``PARTS`` (通知设置); what is not named stays. Raises SettingsRefused, NotAllowed.

    ``smtp_password`` and ``sms_headers`` come in clear and are kept sealed; None leaves them as they are.
    """
    require_manager(by)
    with write_transaction():
        row = current()
        before = {name: getattr(row, name) for name in PARTS[part]}
        for name in PARTS[part]:
            if values.get(name) is not None:
                setattr(row, name, sealed(name, values[name]) if name in SEALED else values[name])
        findings = problems(row, part)
        if findings:
            raise SettingsRefused(*findings)
        changed = sorted(name for name, value in before.items() if getattr(row, name) != value)
        if changed:
            row.latest_seq = ledger.next_seq()
            row.save()
            payload = {name: getattr(row, name) for name in PARTS[part] if name in _TOLD}
            ledger.append(
                CONFIGURED,
                subject=f"messages:{part}",
                actor=by.ref,
                now=now,
                payload={**payload, "changed": changed},
            )
    return row


def place(name: str) -> str:
    """The only place where a secret of the settings opens."""
    return f"messages {name}"


def sealed(name: str, words: str) -> str:
    """A secret of the settings as it is kept; "" for none."""
    return personal.seal(words, place=place(name)) if words else ""


def opened(row: MessageSettings, name: str) -> str:
    """A secret of the settings again. Raises personal.Unreadable."""
    kept = getattr(row, name)
    return personal.open_sealed(kept, place=place(name)) if kept else ""


def problems(row: MessageSettings, part: str) -> list[Finding]:
    """Everything wrong with a part that is on, and with what is written in one that is off."""
    if part == "portal":
        return [*_portal(row)]
    return [*(_email(row) if part == "email" else _sms(row))]


def _portal(row: MessageSettings):  # type: ignore[no-untyped-def]
    parts = urlsplit(row.portal_url)
    if row.portal_url and (parts.scheme not in ("http", "https") or not parts.hostname or parts.query):
        yield Finding("portal_url", "写门户的完整网址，例如 https://www.example.gov.cn/。")


def _email(row: MessageSettings):  # type: ignore[no-untyped-def]
    if row.sender:
        try:
            check_email(row.sender)
        except IdentifierRefused as wrong:
            yield Finding("sender", str(wrong))
    if not 1 <= row.smtp_port <= 65535:
        yield Finding("smtp_port", "端口是 1 到 65535 的数，例如 465。")
    if any(c.isspace() or c in "/@:" for c in row.smtp_host):
        yield Finding("smtp_host", "只写服务器的名称或地址，例如 smtp.example.gov.cn，端口写在下面。")
    if row.smtp_tls not in MessageSettings.Tls.values:
        yield Finding("smtp_tls", "从列出的加密方式里选一种。")
    if row.smtp_tls == "none" and row.smtp_password:
        yield Finding("smtp_tls", "不加密时密码会明文传出去；选一种加密，或者清空账号和密码。")
    if row.smtp_password and not row.smtp_user:
        yield Finding("smtp_user", "写了密码，没有写账号。")
    if row.email_on:
        if not row.smtp_host:
            yield Finding("smtp_host", "没有写。开通以前写上邮件服务器。")
        if not row.sender:
            yield Finding("sender", "没有写。开通以前写上发件地址。")


def _sms(row: MessageSettings):  # type: ignore[no-untyped-def]
    from gongkai.foundation import sms_gateway

    parts = urlsplit(row.sms_url)
    local = parts.scheme == "http" and parts.hostname in sms_gateway.LOCAL
    if row.sms_url and not ((parts.scheme == "https" and parts.hostname) or local):
        yield Finding("sms_url", "用 https:// 开头的网址；只有本机的网关可以用 http://127.0.0.1。")
    elif parts.username or parts.password or not row.sms_url.isascii() or not row.sms_url.isprintable():
        yield Finding("sms_url", "网址里不要写账号、密码和中文；凭证写在请求头里。")
    if row.sms_method not in METHODS:
        yield Finding("sms_method", f"方法从 {'、'.join(METHODS)} 里选。")
    for name, check in (("sms_headers", _headers), ("sms_body", _body), ("sms_success", _success)):
        try:
            check(row)
        except sms_gateway.BadTemplate as wrong:
            yield Finding(name, str(wrong))
    if row.sms_on and not row.sms_url:
        yield Finding("sms_url", "没有写。开通以前写上短信网关的网址。")
    if row.sms_on and not row.sms_body:
        yield Finding("sms_body", "没有写。开通以前照网关的说明写上内容格式。")


def _headers(row: MessageSettings) -> None:
    from gongkai.foundation.sms_gateway import headers_of

    headers_of(opened(row, "sms_headers"))


def _success(row: MessageSettings) -> None:
    from gongkai.foundation.sms_gateway import success_of

    success_of(row.sms_success)


def _body(row: MessageSettings) -> None:
    from gongkai.foundation.sms_gateway import EXAMPLE, BadTemplate, filled

    if not row.sms_body:
        return
    said = filled(row.sms_body, phone="⟦1⟧", text="⟦2⟧").decode()
    if "⟦1⟧" not in said or "⟦2⟧" not in said:
        raise BadTemplate(f"要有 {{{{phone}}}} 和 {{{{text}}}} 两处，例如 {EXAMPLE}")


def gateway(row: MessageSettings, channel: Channel) -> Gateway:
    """The way out of these settings, on or off. Raises personal.Unreadable."""
    if channel == Channel.EMAIL:
        from gongkai.foundation.smtp_gateway import SmtpGateway

        return SmtpGateway(
            row.smtp_host, row.smtp_port, row.smtp_tls, row.smtp_user, opened(row, "smtp_password"), row.sender,
            row.sender_name,
        )  # fmt: skip
    from gongkai.foundation.sms_gateway import SmsGateway, headers_of

    headers = headers_of(opened(row, "sms_headers"))
    return SmsGateway(row.sms_url, row.sms_method, headers, row.sms_body, row.sms_success)


def gateways() -> dict[Channel, Gateway]:
    """The ways out that are on (已开通的渠道)."""
    row = current()
    on = {Channel.EMAIL: row.email_on, Channel.SMS: row.sms_on}
    return {channel: gateway(row, channel) for channel, is_on in on.items() if is_on}


def try_out(channel: Channel, to: str, *, by: Actor, now: datetime) -> None:
    """Send one message at once with the settings as saved (发一封试试). Raises NotSent, SettingsRefused, NotAllowed."""
    import uuid

    require_manager(by)
    row = current()
    try:
        to = check_email(to) if channel == Channel.EMAIL else check_phone(to)
    except IdentifierRefused as wrong:
        raise SettingsRefused(Finding("to", str(wrong))) from wrong
    if not (row.smtp_host and row.sender if channel == Channel.EMAIL else row.sms_url and row.sms_body):
        raise SettingsRefused(Finding("to", "先写好上面的设置并保存，再试。"))
    identity = f"<{uuid.uuid4().hex}@{row.sender.partition('@')[2] or 'localhost'}>"
    text = "这是公开工作台的试发，收到就说明设置是对的。不用回复。"
    gateway(row, channel).send(Letter(identity, to, "试发：通知设置", text, now), seconds=20)
