"""What the ledger says of one thing, in sentences (沿革): who, when, what, why."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from gongkai.foundation import kinds
from gongkai.foundation.kinds import Kind
from gongkai.foundation.models import Account, LedgerEvent
from gongkai.rules import roles
from gongkai.rules.report.narrative import SECTION_LABELS
from gongkai.rules.requests.states import ACTS

SENTENCES: dict[str, str] = {
    "record.entered": "登记",
    "record.corrected": "更正",
    "record.continued": "登记进展",
    "record.withdrawn": "撤销登记",
    "filing.opened": "开始填报",
    "filing.written": "改文字",
    "filing.explained": "署名说明",
    "filing.submitted": "报送",
    "filing.returned": "退回",
    "filing.accepted": "接收",
    "filing.chased": "催办",
    "filing.unsealed": "撤回封存",
    "filing.correction_begun": "开始更正",
    "report.sealed": "封存",
    "report.published": "发布",
    "round.set": "安排报送日期",
    "organ.founded": "建立机关",
    "organ.renamed": "更名",
    "organ.merged": "合并",
    "organ.abolished": "撤销机关",
    "organ.described": "改机关联系方式",
    "account.opened": "开立账号",
    "account.signed_in": "登录",
    "account.locked": "密码错误过多，锁定",
    "account.password_changed": "改密码",
    "account.password_reset": "重置密码",
    "account.second_factor_set": "绑定动态口令",
    "account.second_factor_passed": "动态口令通过",
    "account.closed": "停用账号",
    "account.reopened": "启用账号",
    "account.handed_over": "交接全部职责",
    "role.given": "任职",
    "role.ended": "离任",
    "notice.loaded": "载入放假通知",
    "person.erased": "删除个人信息",
    "personal.resealed": "更换密钥，重新加密",
    "keys.added": "换上新的数据密钥",
    "keys.retired": "停用旧的数据密钥",
    "case.filed": "新的申请",
    "case.act": "办理",
    "case.file_added": "放进材料",
    "case.forward_taken": "接下转来的申请",
    "case.forward_settled": "转来的申请不登记",
    "case.corrected": "更正申请人信息",
    "case.voided": "撤销登记",
    "case.redacted": "涂黑后提供",
    "case.revealed": "查看申请人信息",
    "case.evidence_taken": "生成证据包",
    "complaint.revealed": "查看投诉人",
    "case.paper_opened": "打开身份材料",
    "case.draft_saved": "改答复草稿",
    "case.letter_issued": "补出文书",
    "case.letter_kept": "存文书原件",
    "case.form_made": "生成表单",
    "letters.settings_changed": "改文书设置",
    "letters.template_saved": "改文书模板",
    "side.filed": "新的更正申请、建议",
    "side.act": "办理",
    "side.file_added": "放进材料",
    "side.voided": "撤销登记",
    "side.revealed": "查看提出的人的信息",
    "cases.handed_over": "交接申请",
    "cases.recounted": "放假通知改变期限",
    "platform.token_issued": "发对接令牌",
    "platform.token_revoked": "吊销对接令牌",
    "case.notices_stopped": "停止通知",
    "case.notices_resumed": "恢复通知",
    "archive.term_set": "定保管期限",
    "archive.packed": "生成归档包",
    "archive.package_opened": "取出归档包",
    "archive.destruction_proposed": "列入销毁清册",
    "archive.destruction_withdrawn": "撤回销毁清册",
    "archive.destroyed": "期满销毁",
    "messages.configured": "改通知设置",
    "messages.retried": "再发通知",
    "messages.dismissed": "停发通知",
}


_THINGS = {
    "case": "案卷",
    "letter-settings": "文书设置",
    "letter-template": "文书模板",
    "side": "更正、转主动公开",
    "platform": "对接平台",
    "filing": "年度报告",
    "account": "账号",
    "organ": "机关",
    "notice": "放假通知",
    "messages": "通知",
    "destruction": "销毁清册",
    "package": "归档包",
}
_NOT_ACCOUNTS = {
    "command-line": "命令行",
    "system": "系统",
    "public": "网上提交",
    "applicant": "申请人",
    "side-person": "提出的人",
}
# So many events are looked through for one line of what happened lately: an import is one line.
_RUN = 30


@dataclass(frozen=True, slots=True)
class Line:
    """One event as a page tells it."""

    seq: int
    at: datetime
    what: str
    who: str
    detail: str
    organ_code: str = ""
    thing: str = ""
    of_record: bool = False


def history(subject: str, *, kind: Kind | None = None, most: int = 50) -> list[Line]:
    """The events of one subject, newest first. ``kind`` names the columns that a correction changed."""
    events = list(LedgerEvent.objects.filter(subject=subject).order_by("-seq")[: most + 1])
    # What only looked at it tells no values; a change is told against the event before it that does.
    telling = [event for event in events if "values" in json.loads(event.payload)] if kind else []
    before = {later.seq: earlier for later, earlier in zip(telling, telling[1:], strict=False)}
    return lines(events[:most], kind=kind, before=before)


def lines(
    events: Iterable[LedgerEvent], *, kind: Kind | None = None, before: dict[int, LedgerEvent] | None = None
) -> list[Line]:
    """Events as sentences, with the people's names of today."""
    found = list(events)
    names = _names(found)
    return [
        Line(
            event.seq,
            event.recorded_at,
            SENTENCES.get(event.kind, event.kind),
            names.get(event.actor) or _NOT_ACCOUNTS.get(event.actor.partition(":")[0], event.actor),
            _detail(event, kind, (before or {}).get(event.seq)),
            event.organ_code,
            _thing(event.subject),
            event.kind.startswith("record."),
        )
        for event in found
    ]


def lately(organ_code: str, *, most: int = 8) -> list[Line]:
    """The last things that happened at an organ; a run of the same act by the same person is one line."""
    events = LedgerEvent.objects.filter(organ_code=organ_code).order_by("-seq")[: most * _RUN]
    found: list[Line] = []
    runs: list[int] = []
    for line in map(_by_its_act, lines(events)):
        last = found[-1] if found else None
        if last is not None and (last.what, last.who, last.thing) == (line.what, line.who, line.thing):
            runs[-1] += 1
            continue
        if len(found) == most:
            break
        found.append(line)
        runs.append(1)
    return [
        replace(line, what=f"{line.what} {n} {'条' if line.of_record else '次'}", detail="")
        if n > 1
        else line
        for line, n in zip(found, runs, strict=True)
    ]


def _by_its_act(line: Line) -> Line:
    """An act on a case under its own name: 送审, not 办理."""
    return (
        replace(line, what=line.detail, detail="")
        if line.what == SENTENCES["case.act"] and line.detail
        else line
    )


def _thing(subject: str) -> str:
    """What an event is about, in a word."""
    prefix = subject.partition(":")[0]
    try:
        return kinds.get(prefix).label
    except KeyError:
        return _THINGS.get(prefix, "")


def _names(events: list[LedgerEvent]) -> dict[str, str]:
    refs = {event.actor for event in events if event.actor.startswith("account:")}
    ids = [int(ref.partition(":")[2]) for ref in refs]
    return {
        f"account:{pk}": name
        for pk, name in Account.objects.filter(pk__in=ids).values_list("pk", "display_name")
    }


def _detail(event: LedgerEvent, kind: Kind | None, before: LedgerEvent | None) -> str:
    said: dict[str, Any] = json.loads(event.payload)
    parts = []
    if kind is not None and before is not None and "values" in said:
        old = json.loads(before.payload).get("values", {})
        for column in kind.columns:
            was, is_ = old.get(column.code, ""), said["values"].get(column.code, "")
            if was != is_ and not column.personal:
                parts.append(f"{column.label}：{_value(column, was)} → {_value(column, is_)}")
    if said.get("role") in roles.ROLES:
        parts.append(roles.ROLES[said["role"]].label)
    if said.get("section"):
        parts.append(SECTION_LABELS.get(said["section"], said["section"]))
    if said.get("check"):
        parts.append(f"{said['check']} {said.get('text', '')}")
    if said.get("edition"):
        parts.append(f"第 {said['edition']} 版")
    if said.get("units_due_on"):
        parts.append(f"{said['year']} 年的，{said['units_due_on']} 前")
    if said.get("step"):
        parts.insert(0, said["step"])
    if event.kind == "case.act" and said.get("act") in ACTS:
        parts.append(ACTS[said["act"]].label)
    if event.kind == "case.filed" and said.get("number"):
        parts.append(said["number"])
    if said.get("moved") is not None or said.get("cases") is not None:
        files = said.get("moved") or [*(said.get("cases") or ()), *said.get("sides", ())]
        parts.append(f"{len(files)} 件")
    if event.kind == "personal.resealed":
        many = f"{len(said['files'])} 个文件" if "files" in said else f"{said.get('texts', 0)} 处"
        parts.append(f"{said.get('place', '')}{many}，第 {said.get('data_key')} 号密钥")
    if event.kind in ("keys.added", "keys.retired"):
        parts.append(f"第 {said.get('data_key')} 号密钥")
    if said.get("reason"):
        parts.append(f"原因：{said['reason']}")
    return "；".join(parts)


def _value(column: Any, value: Any) -> str:
    if value == "":
        return "空"
    chosen = column.choice(str(value)) if column.choices else None
    return chosen.label if chosen else str(value)
