"""The forms of the channels (通知设置的表单): what is set, and how what was typed becomes a setting."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gongkai.foundation.message_settings import METHODS, SEALED
from gongkai.foundation.models import MessageSettings
from gongkai.web.desk.admin_forms import Field, Form, Option

_ON = (Option("on", "开通"), Option("off", "不开通"))
_KEPT = "已经保存，不显示。不改就空着；要删掉写一个减号 -"


def form_of(part: str, row: MessageSettings, given: Mapping[str, Any] | None) -> Form:
    """The form of a part, as it is or as it was sent."""
    fields = {"portal": _portal, "email": _email, "sms": _sms}[part](row)
    return Form(fields, given)


def _portal(row: MessageSettings) -> list[Field]:
    hint = "申请人打开门户用的网址，写在通知里。例如 https://www.example.gov.cn/"
    return [Field("portal_url", "门户网址", row.portal_url, "url", hint, required=False)]


def _on(name: str, on: bool) -> Field:
    return Field(name, "开通", "on" if on else "off", "select", options=_ON)


def _email(row: MessageSettings) -> list[Field]:
    ways = tuple(Option(value, label) for value, label in MessageSettings.Tls.choices)
    return [
        Field("smtp_host", "邮件服务器", row.smtp_host, hint="例如 smtp.example.gov.cn"),
        Field("smtp_tls", "加密", row.smtp_tls, "select", options=ways),
        Field("smtp_port", "端口", str(row.smtp_port), hint="465、587 或 25，照邮件服务器的说明"),
        Field("smtp_user", "账号", row.smtp_user, hint="转发服务器不要账号的，空着", required=False),
        Field(
            "smtp_password", "密码或授权码", "", "password", _secret_hint(row.smtp_password), required=False
        ),
        Field("sender", "发件地址", row.sender, "email", "申请人看到的寄件人，多数服务器要求与账号一致"),
        Field("sender_name", "发件人名称", row.sender_name, hint="例如 示范区政府信息公开", required=False),
        _on("email_on", row.email_on),
    ]


def _sms(row: MessageSettings) -> list[Field]:
    from gongkai.foundation.sms_gateway import EXAMPLE

    methods = tuple(Option(one, one) for one in METHODS)
    address = "https:// 开头；本机的网关可以用 http://127.0.0.1"
    headers = f"每行一个，例如 Authorization: Bearer abc。加密保存。{_secret_hint(row.sms_headers)}"
    body = f"{{{{phone}}}} 换成号码，{{{{text}}}} 换成文字。例如 {EXAMPLE}"
    success = "网关回答里的字段，例如 code = 0；不写的，回答 200 就算成功"
    return [
        Field("sms_url", "短信网关的网址", row.sms_url, "url", address),
        Field("sms_method", "方法", row.sms_method, "select", options=methods),
        Field("sms_headers", "请求头", "", "textarea", headers, required=False),
        Field("sms_body", "内容格式（JSON）", row.sms_body, "textarea", body),
        Field("sms_success", "怎样算成功", row.sms_success, hint=success, required=False),
        _on("sms_on", row.sms_on),
    ]


def _secret_hint(kept: str) -> str:
    return _KEPT if kept else ""


def values_of(part: str, form: Form) -> dict[str, Any]:
    """What the form says, by setting; None for a secret that is left as it is."""
    found: dict[str, Any] = {}
    for field in form.fields:
        name, text = (
            field.name,
            field.value if field.type in ("textarea", "password") else form.text(field.name),
        )
        if name in ("email_on", "sms_on"):
            found[name] = text == "on"
        elif name == "smtp_port":
            found[name] = int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0
        elif name in SEALED:
            found[name] = None if not text.strip() else "" if text.strip() == "-" else text
        else:
            found[name] = text
    return found
