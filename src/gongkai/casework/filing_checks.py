"""What a filing must hold before it is taken (提交前的核对), each finding by its field, with the cure."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from gongkai.foundation.kinds import Finding
from gongkai.rules.applicants import APPLICANT_CLASSES
from gongkai.rules.identifiers import (
    ID_TYPES,
    IdentifierRefused,
    check_email,
    check_id_type,
    check_identity,
    check_phone,
)
from gongkai.rules.receipt import CHANNELS

FORMS: dict[str, str] = {"electronic": "电子文件", "paper": "纸质"}
DELIVERIES: dict[str, str] = {
    "online": "网上查看、下载",
    "email": "电子邮件",
    "post": "邮寄",
    "pickup": "当面领取",
}
MOST: dict[str, int] = {
    "applicant.name": 100,
    "applicant.address": 300,
    "applicant.representative": 100,
    "agent.name": 100,
    "title": 300,
    "document_number": 100,
    "description": 5000,
}
_KEPT_CONTROLS = "\n\t"


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicantGiven:
    """The applicant as written (申请人). ``representative``: an organisation's (法定代表人、联系人)."""

    applicant_class: str
    name: str = ""
    id_type: str = ""
    id_number: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    representative: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentGiven:
    """Who acts for the applicant (代理人)."""

    name: str
    id_type: str = ""
    id_number: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """A filing as it comes in (申请的内容, 条例 art 29); the purpose is never asked for.

    ``arrived_on``: the day a letter, a fax or a visit came, today by default. ``confirmed``: organ or platform
    has confirmed with the applicant on that day (art 31).
    """

    applicant: ApplicantGiven
    description: str
    title: str = ""
    document_number: str = ""
    form: str = "electronic"
    delivery: str = "online"
    agent: AgentGiven | None = None
    arrived_on: date | None = None
    confirmed: bool = False


def tidy(written: str) -> str:
    """The words without invisible, direction and control characters, composed, without blanks around them."""
    if written.isprintable():  # None of those characters, nor a line break: nearly always.
        return unicodedata.normalize("NFC", written).strip()
    plain = unicodedata.normalize("NFC", written.replace("\r\n", "\n").replace("\r", "\n"))
    kept = (
        c for c in plain if c in _KEPT_CONTROLS or unicodedata.category(c) not in ("Cf", "Cc", "Co", "Cs")
    )
    return "".join(kept).strip()


def tidied(filing: Filing) -> Filing:
    """The filing with every word tidied."""
    applicant = replace(filing.applicant, **_tidied_fields(filing.applicant))
    agent = replace(filing.agent, **_tidied_fields(filing.agent)) if filing.agent else None
    return replace(
        filing,
        applicant=applicant,
        agent=agent,
        description=tidy(filing.description),
        title=tidy(filing.title),
        document_number=tidy(filing.document_number),
        form=tidy(filing.form),
        delivery=tidy(filing.delivery),
    )


def _tidied_fields(given: ApplicantGiven | AgentGiven) -> dict[str, str]:
    names = given.__dataclass_fields__
    # One line each: a name with a line break would break every letter.
    return {name: " ".join(tidy(getattr(given, name)).split()) for name in names}


def check(filing: Filing, *, channel: str, today: date) -> tuple[Filing, list[Finding]]:
    """The filing in its normal form, and everything wrong with it.

    What comes by the web must be whole; what came on paper may lack something, which a supplement asks for.
    """
    filing = tidied(filing)
    online = channel == "online"
    applicant, findings = _applicant(filing.applicant, online, today)
    agent, agent_findings = _agent(filing.agent, today)
    filing = replace(filing, applicant=applicant, agent=agent)
    findings += agent_findings
    findings += [
        *_content(filing),
        *_lengths(filing),
        *_ways(filing, online),
        *_arrival(filing, channel, today),
    ]
    return filing, findings


def _try(column: str, ask: Callable[[], str], findings: list[Finding], otherwise: str) -> str:
    try:
        return ask()
    except IdentifierRefused as wrong:
        findings.append(Finding(column, str(wrong)))
        return otherwise


def _applicant(given: ApplicantGiven, online: bool, today: date) -> tuple[ApplicantGiven, list[Finding]]:
    found: list[Finding] = []
    class_ = APPLICANT_CLASSES.get(given.applicant_class)
    if class_ is None:
        labels = "、".join(f"{c.code}（{c.label}）" for c in APPLICANT_CLASSES.values())
        found.append(Finding("applicant.class", f"申请人类别从这些里选：{labels}。"))
    if not given.name:
        found.append(Finding("applicant.name", "没有填写姓名或者名称；照证件填写。"))
    if class_ is not None and (online or given.id_type not in ("", "other")):
        _try(
            "applicant.id_type",
            lambda: check_id_type(given.id_type, organisation=class_.organisation),
            found,
            "",
        )
    number, phone, email = given.id_number, given.phone, given.email
    if given.id_type in ID_TYPES and (online or number):
        number = _try(
            "applicant.id_number", lambda: check_identity(given.id_type, number, today=today), found, number
        )
    if phone:
        phone = _try("applicant.phone", lambda: check_phone(given.phone), found, phone)
    if email:
        email = _try("applicant.email", lambda: check_email(given.email), found, email)
    if online and not (phone or email or given.address):
        found.append(Finding("applicant.phone", "电话、电子邮箱、通信地址至少填一种，用来与您确认收到。"))
    return replace(given, id_number=number, phone=phone, email=email), found


def _agent(given: AgentGiven | None, today: date) -> tuple[AgentGiven | None, list[Finding]]:
    if given is None:
        return None, []
    found: list[Finding] = []
    if not given.name:
        found.append(Finding("agent.name", "没有填写代理人的姓名；不是代理申请的，选“本人申请”。"))
    number, phone = given.id_number, given.phone
    if given.id_type and given.id_type not in ID_TYPES:
        found.append(Finding("agent.id_type", "没有这种证件；从列出的证件里选。"))
    elif given.id_type and number:
        number = _try(
            "agent.id_number", lambda: check_identity(given.id_type, number, today=today), found, number
        )
    if phone:
        phone = _try("agent.phone", lambda: check_phone(given.phone), found, phone)
    return replace(given, id_number=number, phone=phone), found


def _content(filing: Filing) -> Iterator[Finding]:
    if not filing.description:
        yield Finding("description", "没有写要什么信息；写明名称、文号，或者便于查询的其他特征。")


def _lengths(filing: Filing) -> Iterator[Finding]:
    for column, most in MOST.items():
        owner, _, name = column.rpartition(".")
        holder = {"applicant": filing.applicant, "agent": filing.agent, "": filing}[owner]
        words = getattr(holder, name) if holder is not None else ""
        if len(words) > most:
            cure = "写短一些，其余的作为附件交来" if column == "description" else "核对后写短一些"
            yield Finding(column, f"这一项有 {len(words)} 个字，最多 {most} 个；{cure}。")


def _ways(filing: Filing, online: bool) -> Iterator[Finding]:
    if filing.form not in FORMS and (online or filing.form):
        yield Finding("form", f"所要信息的形式从这些里选：{_named(FORMS)}。")
    if filing.delivery not in DELIVERIES and (online or filing.delivery):
        yield Finding("delivery", f"获取方式从这些里选：{_named(DELIVERIES)}。")
    if filing.delivery == "email" and not filing.applicant.email:
        yield Finding("applicant.email", "选了电子邮件答复，填写电子邮箱；或者改选别的获取方式。")
    if filing.delivery == "post" and not filing.applicant.address:
        yield Finding("applicant.address", "选了邮寄，填写通信地址；或者改选别的获取方式。")


def _named(choices: dict[str, str]) -> str:
    return "、".join(f"{code}（{label}）" for code, label in choices.items())


def _arrival(filing: Filing, channel: str, today: date) -> Iterator[Finding]:
    if channel not in CHANNELS:
        labels = "、".join(f"{c.code}（{c.label}）" for c in CHANNELS.values())
        yield Finding("channel", f"收到渠道从这些里选：{labels}。")
    if filing.arrived_on is None:
        return
    if filing.arrived_on > today:
        yield Finding("arrived_on", f"到达日期 {filing.arrived_on} 还没有到，核对日期。")
    elif filing.arrived_on.year < today.year - 1:
        yield Finding("arrived_on", f"到达日期 {filing.arrived_on} 在一年以前，核对年份。")


def personal_texts(filing: Filing) -> dict[str, str]:
    """Every word of a filing that is sealed, by token; blanks are left out."""
    said = {
        "filing.description": filing.description,
        "filing.title": filing.title,
        "filing.document_number": filing.document_number,
    }
    for name in ("name", "id_number", "phone", "email", "address", "representative"):
        said[f"applicant.{name}"] = getattr(filing.applicant, name)
    if filing.agent is not None:
        said["agent.id_type"] = filing.agent.id_type
        for name in ("name", "id_number", "phone"):
            said[f"agent.{name}"] = getattr(filing.agent, name)
    return {name: words for name, words in said.items() if words}
