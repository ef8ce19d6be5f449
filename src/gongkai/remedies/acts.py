"""Going on with a remedy (登记进展): each act is one event of the record, with its own few columns.

An act only enters what has happened; putting right what was entered wrongly is a correction (更正).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gongkai.foundation import kinds, records
from gongkai.foundation.actors import Actor
from gongkai.foundation.kinds import Finding
from gongkai.foundation.records import RowRefused
from gongkai.remedies.models import Complaint, Lawsuit
from gongkai.remedies.queries import AnyRemedy
from gongkai.rules.remedies.complaints import asks_correction
from gongkai.rules.remedies.forms import FORMS, Track, column_of

_BOTH = ("reconsiderations", "lawsuits")


@dataclass(frozen=True, slots=True)
class RemedyAct:
    """One act (一个动作): what it enters, what it asks for (``needs`` must be given), and what follows."""

    id: str
    label: str
    what: str
    kinds: tuple[str, ...]
    needs: tuple[str, ...]
    also: tuple[str, ...]
    what_next: str


ACTS: dict[str, RemedyAct] = {
    act.id: act
    for act in (
        RemedyAct(
            "notice",
            "登记收到通知",
            "收到申请书（起诉状）副本和通知的日期，期限从次日起算。",
            _BOTH,
            ("notice_on",),
            ("accepted_on", "procedure", "case_number"),
            "期限已从收到之日的次日起算。在案卷里生成证据包，按期提交。",
        ),
        RemedyAct(
            "answer",
            "登记已提交",
            "书面答复（答辩状）和证据已经交出。",
            _BOTH,
            ("answered_on",),
            (),
            "已登记。等裁决，收到后登记决定；案件计入“尚未审结”。",
        ),
        RemedyAct(
            "decision",
            "登记裁决",
            "收到决定书、判决书或者裁定书；表四的一栏随裁决形式。",
            _BOTH,
            ("decision_form", "closed_on", "decision_received_on"),
            ("decision_number", "order_due_on"),
            "已登记，年报表四跟着变。责令重新答复的，接着按“重新办理”。",
        ),
        RemedyAct(
            "appeal",
            "登记上诉",
            "任何一方上诉的，案件到二审。",
            ("lawsuits",),
            ("appealed_on", "appealed_by"),
            ("case_number",),
            "案件到二审，没有审结，表四改计“尚未审结”。收到上诉状副本的，登记收到通知。",
        ),
        RemedyAct(
            "carried_out",
            "登记已重新答复",
            "没有案卷的，在这里登记重新答复的日期。",
            _BOTH,
            ("carried_out_on",),
            (),
            "已登记。这件办完了。",
        ),
        RemedyAct(
            "find",
            "登记认定和处理",
            "是不是属实；属实的督促整改或者通报批评。",
            ("complaints",),
            ("finding",),
            ("measure", "measure_number", "measure_due_on"),
            "已登记。把处理结果告知投诉人。",
        ),
        RemedyAct(
            "tell",
            "登记已告知",
            "处理结果已经告知投诉人。",
            ("complaints",),
            ("told_on",),
            (),
            "已登记。要整改的，到期核实。",
        ),
        RemedyAct(
            "correct",
            "登记整改到位",
            "被投诉的机关已经改正，核实过。",
            ("complaints",),
            ("corrected_on",),
            (),
            "已登记。可以办结。",
        ),
        RemedyAct(
            "close", "办结", "查证、处理、告知、整改都完了。", ("complaints",), ("closed_on",), (), "已办结。"
        ),
    )
}


def why_not(record: AnyRemedy, act: RemedyAct) -> str:
    """Why an act cannot be done with the record now; "" where it can."""
    if record.withdrawn_seq is not None:
        return "这条登记已经撤销，不能再办。"
    if isinstance(record, Complaint):
        return _not_complaint(record, act)
    closed = record.closed_on is not None
    if act.id in ("notice", "answer", "decision") and closed:
        return "已经审结。登记错了的用“更正”；上诉的先登记上诉。"
    done = {"notice": record.notice_on, "answer": record.answered_on}.get(act.id)
    if done is not None:
        return f"已经登记：{done}。写错了的用“更正”。"
    if act.id == "answer" and record.notice_on is None:
        return "先登记收到通知的日期，再登记提交。"
    if act.id == "appeal":
        return _not_appeal(record)
    if act.id == "carried_out":
        return _not_carried_out(record)
    return ""


def _not_appeal(record: AnyRemedy) -> str:
    if not isinstance(record, Lawsuit) or record.closed_on is None:
        return "一审还没有裁判，谈不上上诉。"
    if record.instance == "second":
        return "二审的裁判是终审，不能再上诉。"
    return "" if record.decision_form else "先用“更正”补上一审的裁判形式，再登记上诉。"


def _not_carried_out(record: AnyRemedy) -> str:
    assert not isinstance(record, Complaint)
    track: Track = "suit" if isinstance(record, Lawsuit) else "review"
    first = record.first_form if isinstance(record, Lawsuit) else ""
    code = first if record.decision_form == "appeal_dismissed" else record.decision_form
    if record.closed_on is None or not code or not FORMS[track][code].redo:
        return "没有责令重新答复的裁决。"
    return "已经登记过重新答复的日期。" if record.carried_out_on is not None else ""


def _not_complaint(record: Complaint, act: RemedyAct) -> str:
    if record.erased:
        return "个人信息已经删除，不能再办。"
    if record.closed_on is not None:
        return "已经办结。登记错了的用“更正”。"
    done = {"tell": record.told_on, "correct": record.corrected_on}.get(act.id)
    if done is not None or (act.id == "find" and record.finding):
        return f"已经登记{f'：{done}' if done is not None else ''}。写错了的用“更正”。"
    if act.id == "correct" and not asks_correction(record.measure):
        return "没有要求整改。"
    if act.id != "find" and not record.finding:
        return "先登记认定，再办这一步。"
    return ""


def available(record: AnyRemedy) -> list[tuple[RemedyAct, str]]:
    """The acts of the record's kind, each with why it cannot be done now ("" where it can)."""
    return [(act, why_not(record, act)) for act in ACTS.values() if record.KIND in act.kinds]


def go_on(
    record: AnyRemedy,
    act_id: str,
    values: Mapping[str, Any],
    *,
    by: Actor,
    now: datetime,
    based_on: int | None = None,
) -> AnyRemedy:
    """Do one act (登记一步进展). ``values`` are clean, by column code. Raises RowRefused, NotAllowed."""
    act = ACTS.get(act_id)
    if act is None or record.KIND not in act.kinds:
        raise RowRefused(Finding("", f"没有“{act_id}”这一步；从页面上列出的几步里选。"))
    record.refresh_from_db()
    reason = why_not(record, act)
    if reason:
        raise RowRefused(Finding("", reason))
    kind = kinds.get(record.KIND)
    lacking = [code for code in act.needs if values.get(code) in (None, "") and not _later(act, code, values)]
    if lacking:
        raise RowRefused(
            *(Finding(code, f"“{kind.column(code).label}”没有填；填好再登记。") for code in lacking)
        )
    own = {code: values[code] for code in (*act.needs, *act.also) if code in values}
    done = records.go_on(
        kind, record, {**own, **_follows(record, act, own)}, by=by, now=now, step=act.label, based_on=based_on
    )
    assert isinstance(done, type(record))
    return done


def _later(act: RemedyAct, code: str, values: Mapping[str, Any]) -> bool:
    """A case sent back is not concluded: no day of conclusion is asked for (发回重审)."""
    return act.id == "decision" and code == "closed_on" and values.get("decision_form") == "remanded"


def _follows(record: AnyRemedy, act: RemedyAct, own: Mapping[str, Any]) -> dict[str, Any]:
    """What an act settles beside what was filled in."""
    if act.id == "decision" and not isinstance(record, Complaint):
        if own.get("decision_form") == "remanded":
            return _begun_again("first") | {"first_form": "", "decision_form": ""}
        track: Track = "suit" if isinstance(record, Lawsuit) else "review"
        first = record.first_form if isinstance(record, Lawsuit) else ""
        code = str(own["decision_form"])
        known = code in FORMS[track]
        return {"result": column_of(track, code, first) if known else ""}
    if act.id == "appeal":
        assert isinstance(record, Lawsuit)
        return _begun_again("second") | {"first_form": record.decision_form, "decision_form": ""}
    return {}


def _begun_again(instance: str) -> dict[str, Any]:
    """The columns of an instance that is only beginning (新的审级): the ledger keeps what stood in them."""
    return {
        "instance": instance, "closed_on": None, "result": "", "notice_on": None, "answered_on": None, "accepted_on": None,
        "decision_number": "", "decision_received_on": None, "order_due_on": None, "procedure": "",
    }  # fmt: skip
