"""One remedy on its page (一件复议、诉讼、投诉): what comes next, its clock, its case, its history, its acts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse

from gongkai.crossings.evidence.taking import may_take
from gongkai.crossings.remedies import binding_form, case_of, rows_of
from gongkai.foundation import kinds, organs
from gongkai.foundation.kinds import Kind
from gongkai.foundation.models import Organ
from gongkai.foundation.records import values_of
from gongkai.remedies import acts
from gongkai.remedies.erasing import why_not as why_not_erase
from gongkai.remedies.lives import proceeding_of
from gongkai.remedies.models import Complaint, Lawsuit
from gongkai.remedies.queries import AnyRemedy, Row, beside, calendar_for, remedy_for
from gongkai.rules.citations import cite
from gongkai.rules.remedies import law
from gongkai.rules.remedies.forms import FORMS, Track
from gongkai.rules.remedies.steps import WHOSE, RemedyStep, answer_due
from gongkai.web.clock import today
from gongkai.web.desk.frame import page
from gongkai.web.desk.history import history
from gongkai.web.desk.record_views import places, shown_value
from gongkai.web.desk.remedy_words import OTHERS, address, called, clock_of, form_label, state_of
from gongkai.web.desk.tasks import spoken

_ERASING_LAW = "《中华人民共和国个人信息保护法》第四十七条"


@dataclass(frozen=True, slots=True)
class Button:
    """One thing to do with a remedy (一个动作), or why it cannot be done."""

    label: str
    href: str
    words: str = ""
    why_not: str = ""


def remedy_or_404(request: Any, organ: Organ, kind: str, pk: int) -> AnyRemedy:
    """A remedy the reader may see; another organ's is as if absent."""
    record = remedy_for(request.actor, organ, kind, pk)
    if record is None:
        raise Http404
    return record


def head(request: Any, record: AnyRemedy) -> dict[str, Any]:
    """What every page of a remedy knows."""
    return {
        "organ": record.organ,
        "organ_name": organs.current_name(record.organ),
        "kind": kinds.get(record.KIND),
        "record": record,
        "title": called(record),
        "state": state_of(record),
        "home": address(record),
    }


def remedy_page(request: Any, organ: Organ, kind: str, pk: int) -> HttpResponse:
    """The page of a remedy."""
    record = remedy_or_404(request, organ, kind, pk)
    day = today(request)
    row = rows_of([record], day)[0]
    found = kinds.get(record.KIND)
    buttons = _buttons(request, record)
    case = case_of(request.actor, record)
    context = {
        **head(request, record),
        "next": _next(row, record, day),
        "main": _main(request, row, record, buttons),
        "acts": [one for one in buttons if not one.why_not],
        "closed": [one for one in buttons if one.why_not],
        "values": _values(found, record),
        "due": row.step.due if row.step is not None else None,
        "answered": _answered(record),
        "case": case,
        "evidence": case is not None and may_take(request.actor, case),
        "beside": [
            (kinds.get(one.KIND).label, called(one), state_of(one), address(one))
            for one in beside(request.actor, record)
        ],
        "counted": places(found, record, request) if not isinstance(record, Complaint) else [],
        "may_correct": request.actor.may("record.correct", organ)
        and record.withdrawn_seq is None
        and not _erased(record),
        "may_erase": isinstance(record, Complaint)
        and request.actor.may("account.manage", organ)
        and not why_not_erase(record),
        "erased": _erased(record),
        "history": history(record.ref, kind=found),
        "form": form_label(record),
        "form_law": _form_law(record),
        "complaint": isinstance(record, Complaint),
        "redo": not isinstance(record, Complaint) and _redo(record),
        "no_collecting": law.NO_COLLECTING,
    }
    return page(request, "desk/remedy.html", context)


def _erased(record: AnyRemedy) -> bool:
    return isinstance(record, Complaint) and record.erased


def _values(kind: Kind, record: AnyRemedy) -> list[tuple[Any, str]]:
    values = values_of(kind, record)
    known = [(column, shown_value(column, values[column.code])) for column in kind.columns]
    return [(column, text) for column, text in known if text]


def _next(row: Row, record: AnyRemedy, day: Any) -> dict[str, str]:
    """The panel of the next step (下一步)."""
    step = row.step
    if _erased(record):
        kept = "投诉人和投诉的内容已经删除，不能恢复；什么时候、为什么，在沿革里。日期、认定和处理保留。"
        return {"title": "个人信息已删除", "words": kept, "tone": "calm", "law": _ERASING_LAW}
    if record.withdrawn_seq is not None:
        return {"title": "已经撤销登记", "words": "不计入任何一格，也没有要办的。", "tone": "calm", "law": ""}
    if step is None:
        return {
            "title": "没有要办的",
            "words": "这一件办完了。上诉、申请再审另有期限的，收到文书再登记。",
            "tone": "ok",
            "law": "",
        }
    until = f"，最迟 {spoken(step.day, day)}" if step.day else ""
    clock = clock_of(row, calendar_for(record.organ), day)
    others = step.whose in OTHERS
    words = [f"等{WHOSE[step.whose]}。" if others else f"{clock.words}。" if step.due is not None else ""]
    words.append(step.due.why if step.due is not None else "")
    words.append(step.due.note if step.due is not None and step.day is None else "")
    words.append(step.note)
    return {
        "title": f"{'现在：' if others else '下一步：'}{step.sentence}{until}",
        "words": "".join(words),
        "law": step.due.provision if step.due is not None else "",
        "tone": _tone(step, row, clock.tone),
    }


def _tone(step: RemedyStep, row: Row, tone: str) -> str:
    if row.overdue:
        return "bad"
    if step.whose in OTHERS:
        return "calm"
    return "near" if tone == "near" else ""


def _buttons(request: Any, record: AnyRemedy) -> list[Button]:
    """Every act of the record's kind, with why it cannot be done now or by this person."""
    place = [record.organ.code, record.KIND, record.pk]
    enters = request.actor.may("record.enter", record.organ)
    found = []
    for act, reason in acts.available(record):
        why = reason or ("" if enters else "由本单位登记记录的人办理。")
        found.append(Button(act.label, reverse("desk:remedy-act", args=[*place, act.id]), act.what, why))
    if not isinstance(record, Complaint):
        why = _why_not_redo(request, record)
        words = "案卷按裁决重新办理：文书编号、期限、能不能作同样的答复，都随裁决。"
        found.append(Button("按裁决重新办理案卷", reverse("desk:remedy-redo", args=place), words, why))
    return found


def _why_not_redo(request: Any, record: AnyRemedy) -> str:
    if not _redo(record):
        return "没有责令重新答复的裁决。"
    if case_of(request.actor, record) is None:
        return "没有对应的案卷；办完以后按“登记已重新答复”。"
    if not request.actor.may("case.handle", record.organ):
        return "由办理申请的人办理。"
    row = rows_of([record], today(request))[0]
    return "" if row.step is not None and row.step.act in ("redo", "appeal") else "已经按裁决重新答复。"


def _redo(record: AnyRemedy) -> bool:
    assert not isinstance(record, Complaint)
    form = binding_form(record)
    return form is not None and form.redo


def _main(request: Any, row: Row, record: AnyRemedy, buttons: list[Button]) -> list[Button]:
    """The buttons of the next step: the act itself; where the case is to be taken up, that."""
    step = row.step
    if step is None or not step.act:
        return []
    wanted = {"redo": "remedy-redo"}.get(step.act, "remedy-act")
    args = [record.organ.code, record.KIND, record.pk, *([] if step.act == "redo" else [step.act])]
    href = reverse(f"desk:{wanted}", args=args)
    found = [one for one in buttons if one.href == href and not one.why_not]
    if step.act == "redo" and not found:
        found = [one for one in buttons if one.label == "登记已重新答复" and not one.why_not]
    return found


def _answered(record: AnyRemedy) -> str:
    """Whether the answer was handed in within its term (按期提交了没有); "" while it was not."""
    if isinstance(record, Complaint) or record.answered_on is None:
        return ""
    due = answer_due(proceeding_of(record), calendar_for(record.organ))
    if due is None or due.day is None:
        return f"{record.answered_on} 提交。"
    late = record.answered_on > due.day
    return f"{record.answered_on} 提交，{'晚于' if late else '在'}期限 {due.day}{'' if late else ' 以内'}。"


def _form_law(record: AnyRemedy) -> str:
    if isinstance(record, Complaint) or not record.decision_form:
        return ""
    track: Track = "suit" if isinstance(record, Lawsuit) else "review"
    form = FORMS[track][record.decision_form]
    place = form.provision(record.accepted_on or record.filed_on)
    return cite((place,)) if place is not None else "提起时的法律没有这种形式，核对裁决形式。"
