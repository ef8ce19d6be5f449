"""Roles (职责) of a district, what each may do, and which acts need different people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from gongkai.rules.provision import Provision
from gongkai.rules.rule import Rule, register


class Permission(StrEnum):
    """What a role may do (权限). Read permissions end in ``.read``."""

    RECORD_READ = "record.read"
    RECORD_ENTER = "record.enter"
    RECORD_CORRECT = "record.correct"
    FILING_READ = "filing.read"
    FILING_PREPARE = "filing.prepare"
    FILING_SUBMIT = "filing.submit"
    FILING_RETURN = "filing.return"
    REPORT_COMPILE = "report.compile"
    REPORT_SEAL = "report.seal"
    REPORT_PUBLISH = "report.publish"
    CASE_ENTER = "case.enter"
    CASE_HANDLE = "case.handle"
    CASE_APPROVE = "case.approve"
    CASE_EXTEND = "case.extend"
    REVIEW_FIRST = "review.first"
    REVIEW_SECOND = "review.second"
    REVIEW_FINAL = "review.final"
    REVIEW_SECRECY = "review.secrecy"
    REVIEW_LEGAL = "review.legal"
    PUBLICATION_RELEASE = "publication.release"
    REMINDER_SEND = "reminder.send"
    ORGAN_MANAGE = "organ.manage"
    ACCOUNT_MANAGE = "account.manage"
    NOTICE_LOAD = "notice.load"
    SYSTEM_OPERATE = "system.operate"
    LEDGER_VERIFY = "ledger.verify"
    EVERYTHING_READ = "everything.read"
    PUBLIC_READ = "public.read"


@dataclass(frozen=True, slots=True)
class Role:
    """One role (职责), held at an organ and for a term.

    ``district``: what it permits reaches every organ of the district, not the holder's organ alone.
    """

    code: str
    label: str
    purpose: str
    permissions: frozenset[Permission]
    district: bool = False


@dataclass(frozen=True, slots=True)
class Separation:
    """Two acts on the same thing that one person may not both do (不相容的工作)."""

    first: Permission
    second: Permission
    why: str
    rule: Rule


_P = Permission
_OWN_READING = {_P.RECORD_READ, _P.FILING_READ, _P.PUBLIC_READ}
_RECORDS = _OWN_READING | {_P.RECORD_ENTER, _P.RECORD_CORRECT}


def _role(code: str, label: str, purpose: str, may: set[Permission], district: bool = False) -> Role:
    return Role(code, label, purpose, frozenset(may), district)


ROLES: dict[str, Role] = {
    role.code: role
    for role in (
        _role(
            "operator",
            "运行维护人员",
            "建立机关、开立账号、载入放假通知、备份和升级；不接触内容",
            {
                _P.ORGAN_MANAGE,
                _P.ACCOUNT_MANAGE,
                _P.NOTICE_LOAD,
                _P.SYSTEM_OPERATE,
                _P.LEDGER_VERIFY,
                _P.PUBLIC_READ,
            },
            district=True,
        ),
        _role(
            "office_head",
            "政府信息公开工作主管部门负责人",
            "审签、发布年度报告，退回报送，批准延期",
            _OWN_READING
            | {
                _P.FILING_SUBMIT,
                _P.FILING_RETURN,
                _P.REPORT_COMPILE,
                _P.REPORT_SEAL,
                _P.REPORT_PUBLISH,
                _P.CASE_APPROVE,
                _P.CASE_EXTEND,
                _P.REMINDER_SEND,
                _P.ORGAN_MANAGE,
                _P.ACCOUNT_MANAGE,
                _P.NOTICE_LOAD,
                _P.LEDGER_VERIFY,
            },
            district=True,
        ),
        _role(
            "office_clerk",
            "政府信息公开工作主管部门经办人",
            "登记本级政府的记录，汇总各单位的报送",
            _RECORDS
            | {
                _P.FILING_PREPARE,
                _P.FILING_RETURN,
                _P.REPORT_COMPILE,
                _P.CASE_ENTER,
                _P.CASE_HANDLE,
                _P.REMINDER_SEND,
                _P.ORGAN_MANAGE,
                _P.LEDGER_VERIFY,
                _P.PUBLICATION_RELEASE,
            },
            district=True,
        ),
        _role(
            "unit_head",
            "单位负责人",
            "批准本单位的答复和报送，审签、发布本单位的年度报告",
            _OWN_READING | {_P.FILING_SUBMIT, _P.CASE_APPROVE, _P.REPORT_SEAL, _P.REPORT_PUBLISH},
        ),
        _role(
            "disclosure_lead",
            "政府信息公开工作机构负责人",
            "批准延长答复期限，审核本单位的报送",
            _RECORDS
            | {
                _P.FILING_PREPARE,
                _P.FILING_SUBMIT,
                _P.CASE_HANDLE,
                _P.CASE_APPROVE,
                _P.CASE_EXTEND,
                _P.PUBLICATION_RELEASE,
            },
        ),
        _role(
            "unit_clerk",
            "单位经办人",
            "登记本单位的记录，办理申请",
            _RECORDS | {_P.FILING_PREPARE, _P.CASE_ENTER, _P.CASE_HANDLE},
        ),
        _role("reviewer_first", "初审人", "拟公开信息的初审", _OWN_READING | {_P.REVIEW_FIRST}),
        _role("reviewer_second", "复审人", "拟公开信息的复审", _OWN_READING | {_P.REVIEW_SECOND}),
        _role("reviewer_final", "终审人", "拟公开信息的终审", _OWN_READING | {_P.REVIEW_FINAL}),
        _role("secrecy_reviewer", "保密审查人", "逐项进行保密审查", _OWN_READING | {_P.REVIEW_SECRECY}),
        _role("legal_reviewer", "合法性审核人", "文件和答复的合法性审核", _OWN_READING | {_P.REVIEW_LEGAL}),
        _role(
            "supervisor",
            "监督人员",
            "查看全部，不改动任何内容",
            {_P.EVERYTHING_READ, _P.LEDGER_VERIFY, _P.PUBLIC_READ},
            district=True,
        ),
        _role("kiosk", "查询一体机", "政务公开专区的终端，只看已公开的信息", {_P.PUBLIC_READ}),
        _role(
            "linked_platform",
            "对接平台",
            "政务服务平台代为提交申请、查询办理进度",
            {_P.CASE_ENTER, _P.PUBLIC_READ},
            district=True,
        ),
    )
}

THREE_REVIEWS = Rule(
    id="ROL-17-three-reviews",
    title="三审由不同的人承担",
    sentence="行政机关应当建立健全政府信息公开审查机制，明确审查的程序和责任。",
    provisions=(Provision("regulation-2019", 17, 1),),
    confirmed=False,
    note="三审制是各地做法；各审由不同的人承担，是对“明确审查的程序和责任”的理解。",
)
SECRECY_REVIEW = Rule(
    id="ROL-42-secrecy-review",
    title="先审查、后公开",
    sentence="机关、单位应当健全信息公开保密审查工作机制，明确审查机构，规范审查程序，按照先审查、后公开的原则，"
    "对拟公开的信息逐项进行保密审查。",
    provisions=(Provision("secrecy-regulation-2024", 42), Provision("regulation-2019", 17, 2)),
    confirmed=False,
    note="审查人与发布人分开，是对“先审查、后公开”的理解。",
)
EXTENSION_APPROVER = Rule(
    id="ROL-33-extension-approver",
    title="延期由工作机构负责人同意",
    sentence="需要延长答复期限的，应当经政府信息公开工作机构负责人同意并告知申请人",
    provisions=(Provision("regulation-2019", 33, 2),),
)
ANSWER_APPROVAL = Rule(
    id="ROL-45-answer-approval",
    title="答复的审核与办理分开",
    sentence="行政机关应当建立健全政府信息公开申请登记、审核、办理、答复、归档的工作制度，加强工作规范。",
    provisions=(Provision("regulation-2019", 45),),
    confirmed=False,
    note="审核人与办理人分开，是对“审核、办理”分列的理解。",
)
SUPERVISION = Rule(
    id="ROL-47-supervision",
    title="主管部门的监督与被监督单位的报送分开",
    sentence="政府信息公开工作主管部门应当加强对政府信息公开工作的日常指导和监督检查，"
    "对行政机关未按照要求开展政府信息公开工作的，予以督促整改或者通报批评",
    provisions=(Provision("regulation-2019", 47, 1), Provision("regulation-2019", 49)),
    confirmed=False,
    note="报送人与退回人分开，是对“监督检查”的理解。",
)
for _rule in (THREE_REVIEWS, SECRECY_REVIEW, EXTENSION_APPROVER, ANSWER_APPROVAL, SUPERVISION):
    register(_rule)

SEPARATIONS: tuple[Separation, ...] = (
    Separation(_P.REVIEW_FIRST, _P.REVIEW_SECOND, "初审和复审应当由不同的人承担", THREE_REVIEWS),
    Separation(_P.REVIEW_SECOND, _P.REVIEW_FINAL, "复审和终审应当由不同的人承担", THREE_REVIEWS),
    Separation(_P.REVIEW_FIRST, _P.REVIEW_FINAL, "初审和终审应当由不同的人承担", THREE_REVIEWS),
    Separation(_P.REVIEW_SECRECY, _P.PUBLICATION_RELEASE, "保密审查和发布应当由不同的人承担", SECRECY_REVIEW),
    Separation(_P.RECORD_ENTER, _P.REVIEW_FINAL, "登记和终审应当由不同的人承担", THREE_REVIEWS),
    Separation(_P.CASE_HANDLE, _P.CASE_APPROVE, "办理和审核应当由不同的人承担", ANSWER_APPROVAL),
    Separation(_P.FILING_PREPARE, _P.FILING_SUBMIT, "填报和批准报送应当由不同的人承担", SUPERVISION),
    Separation(_P.FILING_SUBMIT, _P.FILING_RETURN, "报送和退回应当由不同的人承担", SUPERVISION),
    Separation(_P.REPORT_COMPILE, _P.REPORT_SEAL, "编制和审签应当由不同的人承担", SUPERVISION),
)


def may(roles: Iterable[str], permission: str) -> bool:
    """Whether any of the roles permits the act. Raises ValueError for a permission or role nobody defined."""
    wanted = Permission(permission)
    granted = {p for code in roles for p in _named(code).permissions}
    if wanted in granted:
        return True
    return wanted.value.endswith(".read") and Permission.EVERYTHING_READ in granted


# What is signed or sealed binds the organ: who does it proves twice who they are.
SIGNING = frozenset({_P.FILING_SUBMIT, _P.REPORT_SEAL, _P.REPORT_PUBLISH, _P.REVIEW_FINAL, _P.CASE_APPROVE})


def signs(roles: Iterable[str]) -> bool:
    """Whether any of the roles signs or seals, and so needs a second factor at sign-in (双因子)."""
    return any(_named(code).permissions & SIGNING for code in roles)


def permitting(permission: str) -> tuple[Role, ...]:
    """The roles that permit an act, for the message to those who lack it."""
    return tuple(role for role in ROLES.values() if may((role.code,), permission))


def separated(done: Iterable[str], wanted: str) -> Separation | None:
    """The separation that forbids an act to somebody who already did ``done`` on the same thing, if any."""
    permission, before = Permission(wanted), {Permission(p) for p in done}
    for separation in SEPARATIONS:
        pair = {separation.first, separation.second}
        if permission in pair and (pair - {permission}) & before:
            return separation
    return None


def _named(code: str) -> Role:
    role = ROLES.get(code)
    if role is None:
        raise ValueError(f"no role {code!r}")
    return role
