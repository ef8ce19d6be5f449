"""What a platform sends to file a request (提交申请的内容): read by hand, so that each field says its cure."""

from __future__ import annotations

from typing import Any

from gongkai.casework.filing_checks import DELIVERIES, FORMS, AgentGiven, ApplicantGiven, Filing
from gongkai.rules.applicants import APPLICANT_CLASSES
from gongkai.rules.identifiers import ID_TYPES

_TEXT: dict[str, Any] = {"type": "string"}
_PERSON = ("name", "id_type", "id_number", "phone")
_APPLICANT = (*_PERSON, "email", "address", "representative")


def _one_of(choices: dict[str, str]) -> dict[str, Any]:
    said = "；".join(f"{code} {label}" for code, label in choices.items())
    return {"type": "string", "enum": list(choices), "description": said}


_ID_TYPE = _one_of({t.code: t.label for t in ID_TYPES.values()})
_SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["organ", "applicant", "description"],
    "properties": {
        "organ": {"type": "string", "description": "机关代码，见 /api/v1/organs"},
        "applicant": {
            "type": "object",
            "required": ["class", "name", "id_type", "id_number"],
            "description": "申请人；phone、email、address 至少填一种",
            "properties": {
                "class": _one_of({c.code: c.printed for c in APPLICANT_CLASSES.values()}),
                **dict.fromkeys(_APPLICANT, _TEXT),
                "id_type": _ID_TYPE,
            },
        },
        "agent": {
            "type": "object",
            "nullable": True,
            "description": "代理人；本人申请的不填",
            "properties": {**dict.fromkeys(_PERSON, _TEXT), "id_type": _ID_TYPE},
        },
        "description": {"type": "string", "maxLength": 5000, "description": "要什么信息；不用写用途"},
        "title": {"type": "string", "nullable": True, "maxLength": 300},
        "document_number": {"type": "string", "nullable": True, "maxLength": 100},
        "form": {**_one_of(FORMS), "default": "electronic"},
        "delivery": {**_one_of(DELIVERIES), "default": "online"},
        "confirmed": {
            "type": "boolean",
            "default": False,
            "description": "平台已与申请人确认（条例第三十一条）",
        },
    },
}
REQUEST_BODY: dict[str, Any] = {"required": True, "content": {"application/json": {"schema": _SCHEMA}}}


class _Reader:
    """The values of the body, and what is wrong with their types, by the field's full name."""

    def __init__(self) -> None:
        self.wrong: dict[str, str] = {}

    def text(self, holder: dict[str, Any], name: str, lead: str = "", default: str = "") -> str:
        value = holder.get(name)
        if value is None:
            return default
        if isinstance(value, str):
            return value
        self.wrong[lead + name] = "应是文字，用引号括起来。"
        return ""

    def part(self, sent: dict[str, Any], name: str) -> dict[str, Any] | None:
        value = sent.get(name)
        if value is None or isinstance(value, dict):
            return value
        self.wrong[name] = "应是一个 JSON 对象，字段见 /api/v1/docs。"
        return {}


def organ_code_of(sent: dict[str, Any]) -> str:
    """The code of the organ asked (向哪个机关); "" where it is none."""
    code = sent.get("organ")
    return code.strip()[:40] if isinstance(code, str) else ""


def filing_from(sent: dict[str, Any]) -> tuple[Filing | None, dict[str, str]]:
    """The filing, or what is wrong with the shape of the body, by field."""
    read = _Reader()
    applicant = read.part(sent, "applicant")
    if applicant is None:
        read.wrong["applicant"] = "没有写申请人；写明类别、姓名或者名称、证件和联系方式。"
        applicant = {}
    agent = read.part(sent, "agent")
    confirmed = sent.get("confirmed", False)
    if not isinstance(confirmed, bool):
        read.wrong["confirmed"] = "应是 true 或者 false。"
    filing = Filing(
        applicant=ApplicantGiven(
            applicant_class=read.text(applicant, "class", "applicant."),
            **{name: read.text(applicant, name, "applicant.") for name in _APPLICANT},
        ),
        agent=AgentGiven(**{n: read.text(agent, n, "agent.") for n in _PERSON})
        if agent is not None
        else None,
        description=read.text(sent, "description"),
        title=read.text(sent, "title"),
        document_number=read.text(sent, "document_number"),
        form=read.text(sent, "form", default="electronic"),
        delivery=read.text(sent, "delivery", default="online"),
        confirmed=confirmed is True,
    )
    return (None if read.wrong else filing), read.wrong
