"""The pieces of the pack that are written from the record (由案卷生成的): application, course, account of the clock."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from gongkai.casework.applicants import PERSONAL, id_label
from gongkai.casework.filing_checks import DELIVERIES, FORMS
from gongkai.casework.given import ERASED
from gongkai.casework.lives import calendar_for
from gongkai.casework.models import Dossier
from gongkai.casework.queries import View, story
from gongkai.casework.told import details, names_of
from gongkai.foundation import organs
from gongkai.rules.applicants import APPLICANT_CLASSES
from gongkai.rules.citations import cite
from gongkai.rules.deadlines import Deadline
from gongkai.rules.documents import Block, Cell, Form, OfficialDocument, Paragraph, printed
from gongkai.rules.provision import Provision
from gongkai.rules.receipt import CHANNELS
from gongkai.rules.remedies.evidence import COURSE_BASIS
from gongkai.rules.requests.act import EFFECTS, ClockEffect
from gongkai.rules.requests.life import receipt
from gongkai.rules.requests.reply_clock import ReplyClock, reply_clock

_WEEKDAYS = "一二三四五六日"


def sheet(of: Dossier, code: str, title: str, blocks: tuple[Block, ...], day: date) -> OfficialDocument:
    """A document of the pack; its organ is the one that answered."""
    organ = organs.current_name(of.organ)
    return OfficialDocument(code=code, title=title, organ=organ, dated=day, blocks=blocks, signed=False)


def table(rows: Iterable[tuple[str, str]]) -> Form:
    """Labels with what they say; what says nothing is left out."""
    return Form((40, 116), tuple((Cell(a, label=True), Cell(b)) for a, b in rows if b))


def application(found: View, day: date) -> OfficialDocument:
    """The application as it was received (政府信息公开申请表), whole, for the court."""
    case, texts = found.case, found.texts
    known = [(f.label, texts[f.token]) for f in PERSONAL.values() if texts.get(f.token)]
    rows = [
        ("申请编号", case.number),
        ("申请人类别", APPLICANT_CLASSES[case.applicant_class].label),
        *(known or [("申请人", ERASED)]),
        *([("证件种类", id_label(case))] if id_label(case) else []),
        ("申请渠道", CHANNELS[case.channel].label),
        ("到达日期", printed(case.arrived_on)),
        ("收到日期", printed(case.received_on) if case.received_on else "没有确认"),
        ("所需信息的名称", texts.get("filing.title", "")),
        ("文号", texts.get("filing.document_number", "")),
        ("所需信息的描述", texts.get("filing.description", ERASED)),
        ("提供的形式", FORMS.get(case.form, case.form)),
        ("获取的方式", DELIVERIES.get(case.delivery, case.delivery)),
    ]
    note = Paragraph("本表由案卷登记的内容生成；申请书原件另附的，以原件为准。", "note")
    return sheet(case, "evidence-application", "政府信息公开申请表", (table(rows), note), day)


def course(found: View, day: date) -> OfficialDocument:
    """Every act on the case with its day (办理经过)."""
    names = names_of(found)
    came = "申请人" if found.case.filed_by == "public" else names.get(found.case.filed_by, "对接平台")
    lines = [(found.case.arrived_on, "申请到达", CHANNELS[found.case.channel].label, came)]
    for said in story(found):
        words = [*details(said, found.life, names)]
        if said.act.clock is not ClockEffect.NONE:
            words.append(EFFECTS[said.act.clock])
        who = names.get(said.row.actor, "申请人" if said.row.actor.startswith("applicant") else "系统")
        lines.append((said.row.on, said.act.label, "；".join(words), who))
    blocks = course_of(f"申请编号：{found.case.number}", COURSE_BASIS, lines)
    return sheet(found.case, "evidence-course", "政府信息公开申请办理经过", blocks, day)


def course_of(
    which: str, basis: tuple[Provision, ...], lines: Iterable[tuple[date, str, str, str]]
) -> tuple[Block, ...]:
    """A course: every act with its day, what was said and who did it, numbered; whose it is and why it is kept."""
    said = f"{which}。每一环节在办理时记入底账，见第六部分；依据：{cite(basis)}。"
    head = tuple(Cell(words, label=True) for words in ("序号", "日期", "环节", "内容", "经手"))
    rows = (
        tuple(map(Cell, (str(number), on.isoformat(), label, words, who)))
        for number, (on, label, words, who) in enumerate(lines, start=1)
    )
    return Paragraph(said), Form((12, 25, 28, 63, 28), (head, *rows), heads=1)


def clock(found: View, today: date) -> OfficialDocument:
    """The account of the reply clock, day by day, for every round (期限计算)."""
    received = receipt(found.life)
    blocks: list[Block] = [Paragraph(received.why)]
    calendar = calendar_for(found.case.organ)
    for place in range(1, len(found.life.rounds) + 1):
        until = replace(found.life, rounds=found.life.rounds[:place], archived_on=None)
        if len(found.life.rounds) > 1:
            blocks.append(Paragraph(_round_title(place, found), "heading"))
        blocks += _round(reply_clock(until, calendar, today))
    return sheet(found.case, "evidence-clock", "答复期限逐日计算", tuple(blocks), today)


def _round_title(place: int, found: View) -> str:
    order = found.life.rounds[place - 1].order
    return f"第 {place} 轮（{order.number}）" if order is not None and place > 1 else f"第 {place} 轮"


def _round(one: ReplyClock) -> list[Block]:
    said = [f"应于 {one.due} 前答复。"] if one.due else []
    if one.stopped_on is not None:
        late = f"，逾期 {one.late_by} 个工作日" if one.late_by else "，在期限内"
        said.append(f"实际于 {one.stopped_on} 答复{late}。")
    said += [one.note] if one.note else []
    blocks: list[Block] = [Paragraph("".join(said))] if said else []
    if one.account is not None:
        blocks += [*_account(one.account), *(Paragraph(note, "note") for note in one.account.notes)]
    return blocks


def _account(one: Deadline) -> list[Block]:
    head = tuple(Cell(words, label=True) for words in ("日期", "星期", "第几个工作日", "说明"))
    rows = [
        (
            Cell(day.date.isoformat()),
            Cell(_WEEKDAYS[day.date.weekday()]),
            Cell(str(day.n) if day.n else "不计"),
            Cell(day.why),
        )
        for day in one.trace
    ]
    return [Form((28, 14, 28, 86), (head, *rows), heads=1), Paragraph(f"依据：{one.provision}。", "note")]
