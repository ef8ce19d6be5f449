"""Filing a correction or a proposal (提出更正申请、转主动公开建议): number, code, receipt, in one event."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from datetime import date, datetime

from gongkai.casework.codes import new_query_code, side_number, side_secret_of
from gongkai.casework.filing_checks import tidy
from gongkai.casework.lives import calendar_for, seal_texts
from gongkai.casework.models import Case, SideRequest
from gongkai.casework.readers import is_applicant
from gongkai.casework.refusals import CaseworkRefused
from gongkai.casework.side import lives
from gongkai.casework.side.proving import filed_payload
from gongkai.foundation import ledger
from gongkai.foundation.actors import Actor, NotAllowed, require
from gongkai.foundation.clock import SHANGHAI, legal_day
from gongkai.foundation.current_key import current_key
from gongkai.foundation.kinds import Finding
from gongkai.foundation.locks import write_transaction
from gongkai.foundation.models import Organ
from gongkai.rules.identifiers import ID_TYPES, IdentifierRefused, check_email, check_identity, check_phone
from gongkai.rules.side_requests.kinds import CONVERSION, CORRECTION, KINDS, PROPOSED
from gongkai.rules.side_requests.life import OWN, TRACKED, WAYS, begin

FILED = "side.filed"
_ONE_LINE = frozenset(
    {"name", "id_number", "phone", "email", "address", "agent_name", "agent_phone", "about_number"}
)
MOST: dict[str, int] = {
    "name": 100, "address": 300, "agent_name": 100, "record": 500, "wrong": 2000, "right": 2000, "evidence": 3000,
    "information": 3000, "grounds": 3000, "about_number": 60,
}  # fmt: skip
# What each kind cannot do without, with the cure.
_NEEDED: dict[str, dict[str, str]] = {
    CORRECTION: {
        "name": "没有填写姓名或者名称；照证件填写。",
        "record": "没有写哪一份记录；写明在哪里看到的、是什么记录。",
        "wrong": "没有写现在是怎样记的；照原样抄。",
        "right": "没有写应当是什么。",
        "evidence": "没有写有什么证据；写明是什么材料、能证明哪一点。文件提交以后在进度页上传。",
    },
    CONVERSION: {"information": "没有写是哪一条信息；写明名称、文号，或者答复的编号。"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SideFiling:
    """What comes in (提出的内容). A correction names person, record and evidence; a proposal the information.

    ``about_number``: the number of the request whose answer is meant; ``criteria``: of ``PROPOSED``.
    """

    kind: str
    name: str = ""
    id_type: str = ""
    id_number: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    agent_name: str = ""
    agent_phone: str = ""
    record: str = ""
    wrong: str = ""
    right: str = ""
    evidence: str = ""
    information: str = ""
    about_number: str = ""
    criteria: tuple[str, ...] = ()
    grounds: str = ""
    arrived_on: date | None = None


@dataclass(frozen=True, slots=True)
class SideReceipt:
    """What who filed is told (回执); the secret is derived anew and stored nowhere."""

    side: SideRequest
    number: str
    query_code: str
    secret: str
    repeated: bool = False


def receipt_of(side: SideRequest, *, repeated: bool = False) -> SideReceipt:
    """The receipt as it stands."""
    return SideReceipt(side, side.number, side.query_code, side_secret_of(side), repeated)


def file_side(
    organ: Organ,
    filing: SideFiling,
    *,
    by: Actor,
    now: datetime,
    channel: str = "online",
    about: Case | None = None,
    key: str = "",
) -> SideReceipt:
    """File one (提出). ``about``: the case proposed from, by its own applicant or the office.

    ``key``: the form it came by; the same one is answered with what it filed. Raises CaseworkRefused, NotAllowed.
    """
    _permit(organ, by, channel, about)
    today = legal_day(now)
    clean, findings = check(filing, channel=channel, today=today)
    if organ.ended_on is not None and today > organ.ended_on:
        findings.insert(0, Finding("organ", "这个机关已经撤并，向继续行使其职权的机关提出。"))
    digest = hashlib.sha256(f"{by.ref} {key}".encode()).hexdigest() if key else None
    with write_transaction():
        known = SideRequest.objects.filter(filing_key=digest).first() if digest else None
        if known is not None:
            return receipt_of(known, repeated=True)
        if findings:
            raise CaseworkRefused(*findings)
        return receipt_of(_file(organ, clean, by, now, channel, about, digest))


def _permit(organ: Organ, by: Actor, channel: str, about: Case | None) -> None:
    if channel == TRACKED:
        if about is None or not is_applicant(by, about):
            raise NotAllowed("在进度页提出建议，要先用查询码和口令打开自己的申请。")
    elif by.public:
        if channel != "online":
            raise NotAllowed("网上提交的不能代填其他渠道。")
    else:
        require(by, "case.enter", organ, "录入更正申请、建议")


def check(filing: SideFiling, *, channel: str, today: date) -> tuple[SideFiling, list[Finding]]:
    """The filing in its normal form, and everything wrong with it; on paper, something may be lacking."""
    filing = _tidied(filing)
    found = list(_content(filing, channel, today))
    changes: dict[str, str] = {}
    online, own = channel == "online", channel in (OWN, TRACKED)
    checks: dict[str, Callable[[], str]] = {
        "id_number": lambda: check_identity(filing.id_type, filing.id_number, today=today),
        "phone": lambda: check_phone(filing.phone),
        "email": lambda: check_email(filing.email),
        "agent_phone": lambda: check_phone(filing.agent_phone),
    }
    for name, ask in checks.items():
        if getattr(filing, name) and (name != "id_number" or filing.id_type in ID_TYPES):
            try:
                changes[name] = ask()
            except IdentifierRefused as wrong:
                found.append(Finding(name, str(wrong)))
    if filing.kind == CORRECTION and online and not own:
        if filing.id_type not in ID_TYPES:
            found.append(Finding("id_type", "还没有选证件；更正的是自己的记录，要核对身份。"))
        elif not filing.id_number:
            found.append(Finding("id_number", "没有填证件号码；更正的是自己的记录，要核对身份。"))
        if not (filing.phone or filing.email or filing.address):
            found.append(Finding("phone", "电话、电子邮箱、通信地址至少填一种，用来与您确认收到。"))
    return replace(filing, **changes), found  # type: ignore[arg-type]


def _tidied(filing: SideFiling) -> SideFiling:
    said = {f.name: getattr(filing, f.name) for f in fields(filing)}
    words = {name: tidy(value) for name, value in said.items() if isinstance(value, str)}
    # One line each: a name with a line break would break every letter.
    words |= {name: " ".join(words[name].split()) for name in _ONE_LINE}
    return replace(filing, **words)  # type: ignore[arg-type]


def _content(filing: SideFiling, channel: str, today: date) -> Iterator[Finding]:
    if filing.kind not in KINDS:
        yield Finding("kind", "从“更正申请”“转主动公开建议”里选一种。")
        return
    for name, message in _NEEDED[filing.kind].items():
        on_paper = channel != "online" and name == "evidence"
        if not getattr(filing, name) and not on_paper:
            yield Finding(name, message)
    for name, most in MOST.items():
        length = len(getattr(filing, name))
        if length > most:
            yield Finding(name, f"这一项有 {length} 个字，最多 {most} 个；写短一些，其余的作为附件交来。")
    if not set(filing.criteria) <= set(PROPOSED):
        yield Finding("criteria", "理由从列出的三项里选。")
    if channel not in WAYS:
        yield Finding("channel", f"收到渠道从这些里选：{'、'.join(WAYS.values())}。")
    if filing.arrived_on is not None and filing.arrived_on > today:
        yield Finding("arrived_on", f"到达日期 {filing.arrived_on} 还没有到，核对日期。")
    elif filing.arrived_on is not None and filing.arrived_on.year < today.year - 1:
        yield Finding("arrived_on", f"到达日期 {filing.arrived_on} 在一年以前，核对年份。")


def _file(
    organ: Organ,
    filing: SideFiling,
    by: Actor,
    now: datetime,
    channel: str,
    about: Case | None,
    key: str | None,
) -> SideRequest:
    today = legal_day(now)
    life = begin(filing.kind, channel, filing.arrived_on or today)
    year, seq = now.astimezone(SHANGHAI).year, ledger.next_seq()
    rows = SideRequest.objects.filter(organ=organ, kind=filing.kind, year=year).order_by("-serial")
    serial = (rows.values_list("serial", flat=True).first() or 0) + 1
    side = SideRequest(
        kind=filing.kind,
        organ=organ,
        year=year,
        serial=serial,
        number=side_number(organ, KINDS[filing.kind].series, year, serial),
        filed_at=now,
        filed_by=by.ref,
        channel=channel,
        arrived_on=life.arrived_on,
        about=about or _named(organ, filing.about_number),
        proven=channel == TRACKED,
        criteria=" ".join(filing.criteria),
        id_type=filing.id_type if filing.id_type in ID_TYPES else "",
        by_agent=bool(filing.agent_name),
        query_code=new_query_code(),
        key_number=current_key(),
        filing_key=key,
        entered_seq=seq,
        latest_seq=seq,
    )
    lives.put(side, life, calendar_for(organ), today)
    side.save(force_insert=True)
    texts = _texts(filing)
    seal_texts(side, texts)
    ledger.append(
        FILED, subject=side.ref, actor=by.ref, now=now, organ_code=organ.code,
        payload=filed_payload(side, texts), personal=texts,
    )  # fmt: skip
    return side


def _named(organ: Organ, number: str) -> Case | None:
    """The case of that number at this organ; whoever files is never told whether there is one."""
    return Case.objects.filter(organ=organ, number=number, voided_seq=None).first() if number else None


_PERSON = ("name", "id_number", "phone", "email", "address", "agent_name", "agent_phone")
_WORDS = ("record", "wrong", "right", "evidence", "information", "about_number", "grounds")


def _texts(filing: SideFiling) -> dict[str, str]:
    """Every word that is sealed, by token; blanks are left out."""
    said = {f"person.{name}": getattr(filing, name) for name in _PERSON}
    said |= {f"filing.{name}": getattr(filing, name) for name in _WORDS}
    return {name: words for name, words in said.items() if words}
