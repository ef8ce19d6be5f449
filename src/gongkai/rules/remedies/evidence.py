"""What goes before a court (证据包): its parts in order, and what each paper is to prove (证明目的)."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.rules.provision import Provision
from gongkai.rules.remedies.law import EVIDENCE, LITIGATION, NO_COLLECTING, REVIEW_NOW
from gongkai.rules.requests.law import at


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the pack (一组证据): folder, title, and what it proves."""

    code: str
    folder: str
    title: str
    proves: str


PARTS: dict[str, Part] = {
    part.code: part
    for part in (
        Part("application", "01 申请", "申请", "申请人提出申请的时间、方式和内容，本机关收到的日期"),
        Part("course", "02 办理经过", "办理经过", "登记、审核、办理、答复各环节的时间和经手岗位，程序合法"),
        Part("letters", "03 文书", "文书", "本机关作出的告知、征求意见、延期和答复，内容和理由"),
        Part("service", "04 送达凭据", "送达凭据", "文书送达的方式和日期"),
        Part("clock", "05 期限计算", "期限计算", "答复在法定期限内，逐日可以复核"),
        Part("ledger", "06 底账摘录", "底账摘录", "上述记录当时形成、没有改动"),
    )
}
# Where the papers of a case go, and what each kind is to prove.
PAPERS: dict[str, tuple[str, str]] = {
    "application": ("application", "申请人提出的申请原件，内容和形式要求"),
    "identity": ("application", "申请人的身份"),
    "authority": ("application", "代理人的权限"),
    "supplement": ("application", "申请人补正的内容和日期"),
    "reasons": ("application", "申请人说明的理由"),
    "payment": ("application", "申请人缴纳信息处理费的凭证"),
    "opinion": ("course", "第三方、其他机关的意见"),
    "part": ("course", "协助办理的机关随意见提供的材料"),
    "information": ("course", "所申请的信息，供审查其是否应当公开"),
    "other": ("course", "办理中形成的材料"),
    "letter": ("letters", "本机关作出的文书"),
    "proof": ("service", "文书送达的方式和日期"),
}
# The rules a court is told the pack rests on.
BASES: tuple[Provision, ...] = (
    Provision(LITIGATION, 34), Provision(LITIGATION, 67, 1), Provision(REVIEW_NOW, 44, 1), Provision(REVIEW_NOW, 48),
    Provision(REVIEW_NOW, 54, 1),
)  # fmt: skip
COURSE_BASIS: tuple[Provision, ...] = (at(45),)
RULES = (EVIDENCE, NO_COLLECTING)


def place_of(purpose: str) -> tuple[Part, str]:
    """The part a paper of that purpose goes to, and what it proves. Raises KeyError for an unknown purpose."""
    part, proves = PAPERS[purpose]
    return PARTS[part], proves
