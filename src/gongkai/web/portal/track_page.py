"""The course of a request as one page says it (进度页): one sentence, the steps, the account, the remedies."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from gongkai.casework import files, notifying
from gongkai.casework.given import from_json
from gongkai.casework.given import words as opened_words
from gongkai.casework.lives import calendar_for, life_of, texts_of
from gongkai.casework.models import Case, CaseFile
from gongkai.casework.readers import applicant_of
from gongkai.casework.tracking import Tracking, tracking
from gongkai.foundation.models import Organ
from gongkai.rules.remedy_notice import RemedyRefused, review_authority
from gongkai.rules.requests.states import STATES
from gongkai.web.portal.catalogue import Names
from gongkai.web.portal.day_words import ruler, said, weeks

# What an applicant hands in; the other kinds are the office's.
PAPERS: dict[str, str] = {
    "identity": "身份证明",
    "authority": "授权委托书、监护关系证明",
    "supplement": "补正材料",
    "reasons": "申请数量较多的理由说明",
    "payment": "缴费凭证",
    "other": "其他",
}
_TITLE = 40
_WAITED_FOR = {"third-party": "第三方", "joint-organ": "其他机关"}


def course(case: Case, today: date) -> dict[str, Any]:
    """Everything the page needs, after code and secret let the visitor in."""
    found, texts = tracking(case, today), texts_of(case)
    head, words, look = _sentence(found, today)
    own = Names()
    context: dict[str, Any] = {
        "case": case,
        "found": found,
        # The rule speaks to the office.
        "clock_note": found.clock.note.replace("等申请人", "等您"),
        "title": title_of(texts),
        "asked": texts.get("filing.description", ""),
        "head": head,
        "words": words,
        "look": look,
        "until": said(found.awaited.until, today) if found.awaited and found.awaited.until else "",
        "may": found.may,
        "papers": _papers(case),
        "kinds": PAPERS if STATES[case.state].open and case.voided_seq is None else {},
        "organ_name": own.now(case.organ),
        "late": _late(found, own, today),
        "fee": _fee(found),
        "matters": _asked(case, "ask_supplement", texts),
        "reasons": _reasons(found, texts, today),
        "remedies": _remedies(found, own, today),
        "supplement_late": _supplement_late(found, today),
        "has_day": _has_day(found),
        "notices": _notices(case),
        "reply": next((one for one in reversed(found.letters) if one.served), None),
        "may_propose": may_propose(case),
    }
    return context if case.voided_seq is not None else {**context, **_account(found, today)}


def _notices(case: Case) -> str:
    """Whether the applicant is told of each step: ``told``, ``stopped``, or "" where there is no way."""
    if notifying.stopped(case):
        return "stopped"
    return "told" if notifying.told_of(case) else ""


def _account(found: Tracking, today: date) -> dict[str, Any]:
    """The clock day by day (期限账), and how it was moved."""
    clock, calendar = found.clock, calendar_for(found.case.organ)
    context: dict[str, Any] = {}
    if clock.account is not None:
        start = "收到" if clock.account.start == found.case.received_on else "起算"
        context = {
            "weeks": weeks(clock.account, calendar, start_word=start, today=today),
            "ruler": ruler(clock.account, calendar, today),
            "trace": clock.account.trace,
            "provision": clock.account.provision,
        }
    if clock.first_due and clock.due and clock.first_due != clock.due:
        context["moved"] = (said(clock.first_due, today), said(clock.due, today))
    return context


def may_propose(case: Case) -> bool:
    """Whether what was given may be proposed for everybody (条例 art 44 ¶2): answered, and given in whole or part."""
    answer = life_of(case).round.answer
    served = case.state in ("sent", "served", "archived") and case.voided_seq is None
    return served and answer is not None and answer.discloses


def title_of(texts: dict[str, str]) -> str:
    """What the request is called: its title, else its first words."""
    words = texts.get("filing.title") or texts.get("filing.description", "")
    first = words.strip().partition("\n")[0]
    return first if len(first) <= _TITLE else f"{first[:_TITLE]}……"


def _sentence(found: Tracking, today: date) -> tuple[str, str, str]:
    """The one sentence, what it means now, and how the panel looks."""
    clock, awaited = found.clock, found.awaited
    if found.case.voided_seq is not None:
        return "这件登记已经撤销", "它是误登记的，不再办理。有疑问的，打电话报申请编号。", "calm"
    yours = awaited is not None and awaited.whose == "applicant"
    rest = "现在不需要您做什么。" if not yours else ""
    if clock.status == "not-started":
        return _not_started(found, today)
    if clock.status == "waits":
        until = said(awaited.until, today) if awaited and awaited.until else ""
        day = f"，最后一天是 {until}" if until else ""
        return f"{found.now}{day}", "这段时间不算进我们的答复期限。", "near"
    if clock.status == "ended":
        return found.now, "这件申请已经办结。", "calm"
    if clock.status == "stopped":
        late = f"比期限晚了 {clock.late_by} 个工作日。" if clock.late_by else "在期限以内。"
        on = said(clock.stopped_on, today) if clock.stopped_on else ""
        return f"已于 {on}答复", f"{late}答复和有关材料在下面取。", "ok"
    if clock.due is None:
        return f"{found.now}，答复日期待定", f"{clock.note}{rest}", "calm"
    if clock.overdue:
        days = f" {-clock.left} 个工作日" if clock.left else ""
        words = "逾期不等于不办，我们仍然要答复您。您也可以现在就寻求救济，办法在下面。"
        return f"已经逾期{days}，应于 {said(clock.due, today)}答复", words, "bad"
    left = f"还剩 {clock.left} 个工作日。" if clock.left is not None else ""
    if clock.status == "paused":
        whom = "、".join(dict.fromkeys(_WAITED_FOR.get(one.kind, "对方") for one in clock.waiting))
        head = f"暂停中：等{whom}的意见，期限暂到 {said(clock.due, today)}"
        return head, f"等意见的这些天不算进期限。{rest}", "calm"
    return f"{found.now}，最迟 {said(clock.due, today)}答复", f"{left}{rest}", ""


def _not_started(found: Tracking, today: date) -> tuple[str, str, str]:
    awaited = found.awaited
    until = said(awaited.until, today) if awaited is not None and awaited.until is not None else ""
    words = "确认的那一天就是收到申请之日，20 个工作日的答复期限从次日起算。"
    if awaited is not None and awaited.overdue:
        since = f"提交以来已经 {found.delay_days} 天，" if found.delay_days else ""
        cure = f"{since}已经列给政府信息公开工作主管部门督促。您也可以打电话催促，报申请编号。{words}"
        return f"还没有与您确认收到，应于 {until}前联系您", cure, "near"
    day = f"，最迟 {until}联系您" if until else ""
    return f"{found.now}{day}", words, "calm"


def _has_day(found: Tracking) -> bool:
    """Whether there is a day to put into a calendar."""
    if found.case.voided_seq is not None:
        return False
    awaited = found.awaited
    if found.clock.status in ("running", "paused") and found.clock.due is not None:
        return True
    return (
        awaited is not None
        and awaited.until is not None
        and (awaited.whose == "applicant" or found.clock.status == "not-started")
    )


def _papers(case: Case) -> list[dict[str, Any]]:
    labels = dict(CaseFile.Purpose.choices)
    by = applicant_of(case)
    return [
        {"place": one.place, "label": PAPERS.get(one.purpose) or labels[one.purpose], "at": one.added_at,
         "theirs": one.added_by != by.ref}
        for one in files.papers_of(by, case)
    ]  # fmt: skip


def _fee(found: Tracking) -> dict[str, Any] | None:
    notice = found.life.round.fee_notice
    if notice is None or not notice.open:
        return None
    fen = Decimal(notice.fee.amount_fen)
    return {
        "amount": format(fen / 100, "f"),
        "steps": notice.fee.steps,
        "claimed_on": notice.claimed_on,
        "may": "claim_payment" in found.may,
    }


def _supplement_late(found: Tracking, today: date) -> bool:
    """Whether the term to supplement has passed: a good reason is told to a person, who decides."""
    supplement = found.life.round.supplement
    return supplement is not None and supplement.received_on is None and today > supplement.due_on


def _asked(case: Case, act: str, texts: dict[str, str]) -> str:
    """What the office asked of the applicant, in its own words."""
    row = case.acts.filter(act=act).order_by("-place").first()
    return opened_words(str(from_json(row.given).get("matters", "")), texts) if row is not None else ""


def _reasons(found: Tracking, texts: dict[str, str], today: date) -> dict[str, Any] | None:
    """What is asked of an applicant who must state reasons, and whether they have (条例 art 35)."""
    asked = found.life.round.reasons
    if asked is None or "state_reasons" not in found.may:
        return None
    return {
        "matters": _asked(found.case, "ask_reasons", texts),
        "until": said(asked.due_on, today),
        "stated_on": asked.stated_on,
        "late": today > asked.due_on,
    }


def _remedies(found: Tracking, names: Names, today: date) -> dict[str, Any] | None:
    """Which remedies stand open and until when, counted from service (条例 art 51)."""
    if found.remedies is None:
        return None
    return {
        "found": found.remedies,
        "authority": _authority(found.case.organ, names, found.remedies.answer.decided_on),
        "days": [
            (one, *(said(day, today) if day else "" for day in (one.until, one.at_least)))
            for one in found.remedies.remedies
        ],
    }


def _authority(organ: Organ, names: Names, on: date) -> str:
    """Who hears a reconsideration of the organ's acts (复议机关)."""
    above = names.now(organ.parent) if organ.parent is not None else ""
    try:
        return review_authority(on, organ.kind, above, "")
    except RemedyRefused:
        return "上一级人民政府"


def _late(found: Tracking, names: Names, today: date) -> dict[str, str] | None:
    """What to do if no answer comes in time (条例 art 51)."""
    due = found.clock.due
    if due is None or found.case.voided_seq is not None or found.clock.status not in ("running", "paused"):
        return None
    return {
        "from": said(due + timedelta(days=1), today),
        "authority": _authority(found.case.organ, names, today),
        "over": "1" if found.clock.overdue else "",
    }
