"""The questions of a correction and of a proposal (更正申请、转主动公开建议的各步), and the draft between them.

As in ``apply_steps``: every question is an address, the answers lie sealed in the visitor's session.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gongkai.casework.filing_checks import tidy
from gongkai.casework.side.filing import SideFiling
from gongkai.foundation import personal
from gongkai.rules.identifiers import NATURAL
from gongkai.rules.side_requests.kinds import CONVERSION, CORRECTION, PROPOSED

ORGANISATION_ID = "unified-credit-code"
ID_CHOICES = (*NATURAL, ORGANISATION_ID)


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing a question asks. ``kind``: text, long, id-type, organ or criteria; ``optional`` may stay blank."""

    name: str
    label: str
    hint: str = ""
    kind: str = "text"
    optional: bool = False
    complete: str = ""
    mode: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One page of the questions. ``hint``: below its heading; ``law``: the article it rests on."""

    code: str
    title: str
    asks: tuple[Ask, ...]
    hint: str = ""
    law: str = ""

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of what it asks."""
        return tuple(one.name for one in self.asks)


_NAME = "照证件写"
_PHONE = Ask("phone", "电话", "手机，或者带区号的固定电话", complete="tel", mode="tel")
_EMAIL = Ask("email", "电子邮箱", complete="email", mode="email")
_ORGAN = Ask("organ", "单位", kind="organ")
_41 = "《条例》第四十一条"
_44 = "《条例》第四十四条"
FLOWS: dict[str, dict[str, Step]] = {
    kind: {s.code: s for s in steps}
    for kind, steps in (
        (CORRECTION, (
            Step("person", "您是谁？", (
                Ask("name", "姓名或者单位名称", _NAME, complete="name"),
                Ask("id_type", "证件", kind="id-type"),
                Ask("id_number", "证件号码", "用来核对记录是不是您的，加密保存，只有办理的人能看"),
                Ask("agent_name", "代理人姓名", "代别人提出的填写；授权委托书提交以后在进度页交", optional=True),
                Ask("agent_phone", "代理人电话", optional=True, mode="tel"),
            ), "只能要求更正与自己相关的记录。", _41),
            Step("contact", "怎么联系您？", (
                _PHONE, _EMAIL, Ask("address", "通信地址", "要邮寄告知书的填写，写到门牌号", complete="street-address"),
            ), "至少填一种。我们用它与您确认收到，告知结果。"),
            Step("record", "哪一份记录不准确？", (
                Ask("record", "哪一份记录", "在哪份文件、哪个系统、哪次答复里看到的", "long"),
                Ask("wrong", "现在是怎样记的", "照原样抄", "long"),
                Ask("right", "应当是什么", kind="long"),
            ), law=_41),
            Step("evidence", "有什么证据？", (
                Ask("evidence", "证据", "写明是什么材料、能证明哪一点，例如 户口簿，证明姓名用字。文件提交以后上传", "long"),
            ), "有证据证明记录不准确的，可以要求更正。", _41),
            Step("organ", "向哪个单位提出？", (_ORGAN,),
                 "提供这份记录的单位。不归它管的，由它转送，或者告诉您该找谁。", _41),
        )),
        (CONVERSION, (
            Step("what", "建议公开哪一条信息？", (
                Ask("information", "哪一条信息", "名称、文号，或者能认出它的特征", "long"),
                Ask("about_number", "申请编号", "答复书、回执上的编号；知道的填上", optional=True),
            ), "已经答复过的信息。自己申请的，从“查进度”进去提出更简单。", _44),
            Step("why", "为什么应当公开？", (
                Ask("criteria", "符合哪一项", "可以选几项", "criteria", optional=True),
                Ask("grounds", "想说的话", "例如 涉及哪些人、为什么大家都需要知道", "long", optional=True),
            ), law=_44),
            Step("organ", "向哪个单位建议？", (_ORGAN,), "答复过这条信息的单位。", _44),
            Step("contact", "怎么告诉您结果？", (
                Ask("name", "称呼", optional=True, complete="name"),
                Ask("phone", "电话", optional=True, complete="tel", mode="tel"),
                Ask("email", "电子邮箱", optional=True, complete="email", mode="email"),
            ), "都可以不填：凭查询码和口令，网上看得到结果。"),
        )),
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Draft:
    """What has been answered so far. ``key``: the one under which it is filed, once."""

    kind: str
    key: str
    values: dict[str, str]

    def filing(self) -> SideFiling:
        """The draft as a filing."""
        names = {name for step in FLOWS[self.kind].values() for name in step.fields} - {"organ", "criteria"}
        criteria = tuple(self.values.get("criteria", "").split())
        words = {name: self.values.get(name, "") for name in names}
        return SideFiling(kind=self.kind, criteria=criteria, **words)  # type: ignore[arg-type]

    def with_sent(self, step: Step, sent: Mapping[str, Any]) -> Draft:
        """The draft with what this question sent, tidied of what nobody sees."""
        values = {name: tidy(sent.get(name, "")) for name in step.fields}
        if "criteria" in step.fields:
            ticked = sent.getlist("criteria")  # type: ignore[attr-defined]
            values["criteria"] = " ".join(code for code in PROPOSED if code in ticked)
        return Draft(self.kind, self.key, {**self.values, **values})


def draft_of(session: Any, kind: str) -> Draft:
    """The visitor's draft of a kind; a new one where there is none, or its key is gone."""
    kept = session.get(_place(kind))
    if isinstance(kept, dict) and isinstance(kept.get("key"), str):
        try:
            opened = personal.open_sealed(kept["sealed"], place=_sealed_at(kind, kept["key"]))
            return Draft(kind, kept["key"], json.loads(opened))
        except personal.Unreadable:
            pass
    return Draft(kind, secrets.token_urlsafe(18), {})


def keep(session: Any, draft: Draft) -> None:
    """Put the draft back, sealed."""
    text = json.dumps(draft.values, ensure_ascii=False)
    sealed = personal.seal(text, place=_sealed_at(draft.kind, draft.key))
    session[_place(draft.kind)] = {"key": draft.key, "sealed": sealed}


def forget(session: Any, kind: str) -> None:
    """Nothing of the draft stays (清除)."""
    session.pop(_place(kind), None)


def _place(kind: str) -> str:
    return f"side {kind}"


def _sealed_at(kind: str, key: str) -> str:
    return f"side draft {kind} {key}"
