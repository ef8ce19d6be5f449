"""How long a closed correction or proposal is kept (保管期限): a class for each kind, as first values."""

from __future__ import annotations

from datetime import date

from gongkai.rules.provision import Provision
from gongkai.rules.requests.retention import CLASSES, RetentionClass
from gongkai.rules.rule import Rule, implements
from gongkai.rules.side_requests.kinds import CONVERSION, CORRECTION

RETENTION = Rule(
    id="ARC-14-side-retention",
    title="更正申请、转主动公开建议的保管期限",
    sentence="应当归档的材料，按照国家有关规定定期向本单位档案机构或者档案工作人员移交，集中管理，任何个人不得拒绝归档或者据为己有。",
    provisions=(Provision("archives-law-2020", 14),),
    since=date(2021, 1, 1),
    confirmed=False,
    note="没有文件写明保管多少年：更正申请 30 年、转主动公开建议 10 年，是初始值，需确认；引起复议、诉讼、投诉的，"
    "按依申请公开有争议的一类，取较长的。以同级档案主管部门批准的保管期限表为准，可以在设置里改。",
)
# By kind: the code of the class is the kind's.
SIDE_CLASSES: dict[str, RetentionClass] = {
    c.code: c
    for c in (
        RetentionClass(CORRECTION, "更正申请", 30, "记着个人的记录为什么改、为什么不改"),
        RetentionClass(CONVERSION, "转主动公开建议", 10, "公开了什么，登记簿里另有"),
    )
}


@implements(RETENTION)
def retention_classes(kind: str, *, disputed: bool = False) -> tuple[RetentionClass, ...]:
    """The classes a closed one falls into; the longest term counts. Raises KeyError for an unknown kind."""
    own = SIDE_CLASSES[kind]
    return (own, CLASSES["disputed"]) if disputed else (own,)
