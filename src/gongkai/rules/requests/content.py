"""What an application must contain (申请应当包括的内容, 条例 art 29): what is missing may be asked for once."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.rules.provision import Provision
from gongkai.rules.requests.law import CONTENT, at
from gongkai.rules.rule import implements


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing missing (缺什么), said so that a supplement can ask for it."""

    code: str
    matter: str
    provision: Provision


_GAPS: tuple[Gap, ...] = (
    Gap("name", "申请人的姓名或者名称", at(29, 2, 1)),
    Gap("identity", "申请人的身份证明", at(29, 2, 1)),
    Gap("contact", "申请人的联系方式：电话、地址、电子邮箱至少一种", at(29, 2, 1)),
    Gap("description", "所要信息的名称、文号，或者便于查询的其他特征", at(29, 2, 2)),
    Gap("form", "所要信息的形式，包括获取的方式、途径", at(29, 2, 3)),
    Gap("authority", "代理人的授权委托书和身份证明", at(29, 2, 1)),
)


@implements(CONTENT)
def missing_content(
    *,
    name: str,
    identity: bool,
    contact: str,
    description: str,
    form: str,
    by_agent: bool = False,
    authority: bool = False,
) -> tuple[Gap, ...]:
    """What an application lacks, in the order of the article. The purpose is never asked for (不问用途)."""
    held = {
        "name": bool(name.strip()),
        "identity": identity,
        "contact": bool(contact.strip()),
        "description": bool(description.strip()),
        "form": bool(form.strip()),
        "authority": authority or not by_agent,
    }
    return tuple(gap for gap in _GAPS if not held[gap.code])
