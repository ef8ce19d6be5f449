"""What the record of a correction or a proposal writes (由登记生成的): what was asked, the course, the days."""

from __future__ import annotations

from datetime import date

from gongkai.casework.applicants import OF_SIDES, id_label
from gongkai.casework.dossier.sheets import course_of, sheet, table
from gongkai.casework.given import ERASED
from gongkai.casework.side.queries import SideView, story
from gongkai.casework.side.told import acted_by, asked, details, filed_by, names_of
from gongkai.rules.documents import OfficialDocument, Paragraph, printed
from gongkai.rules.side_requests.kinds import CRITERIA, KINDS
from gongkai.rules.side_requests.life import WAYS, received_on


def application(found: SideView, day: date) -> OfficialDocument:
    """What was asked for, by whom and how it came (登记表), whole."""
    side, kind = found.side, KINDS[found.side.kind]
    received = received_on(found.life)
    rows = [
        ("编号", side.number),
        *_person(found),
        ("渠道", WAYS[side.channel]),
        ("到达日期", printed(side.arrived_on)),
        ("收到日期", printed(received) if received else "没有确认"),
        *_about(found),
        *(asked(found.texts) or [("提出的内容", ERASED)]),
        ("提出的理由", "；".join(CRITERIA[code][0] for code in side.criteria.split())),
    ]
    note = Paragraph("本表由登记的内容生成；申请书、建议书原件另附的，以原件为准。", "note")
    return sheet(side, "side-application", f"{kind.label}登记表", (table(rows), note), day)


def _person(found: SideView) -> list[tuple[str, str]]:
    """Who filed it; a proposal may name nobody, and what was erased is said to be."""
    side, person = found.side, KINDS[found.side.kind].person
    known = [(f.label, found.texts[f.token]) for f in OF_SIDES.values() if found.texts.get(f.token)]
    shown = [("证件种类", id_label(side))] if id_label(side) else []
    if known:
        return known + shown
    # Nobody files one without saying what is asked for: where that is gone, so is the name.
    return [(person, "没有留姓名" if asked(found.texts) else ERASED), *shown]


def _about(found: SideView) -> list[tuple[str, str]]:
    """The request whose answer is meant, and whether its own applicant asks."""
    side = found.side
    if side.about is None:
        return []
    proven = "，由它的申请人提出，凭查询码核对过" if side.proven else ""
    return [("是哪一件申请", f"{side.about.number}{proven}")]


def course(found: SideView, day: date) -> OfficialDocument:
    """Every act with its day (办理经过)."""
    side, names, kind = found.side, names_of(found), KINDS[found.side.kind]
    first = (side.arrived_on, "到达", WAYS[side.channel], filed_by(found, names))
    acts = (
        (said.row.on, said.act.label, "；".join(details(said, found, names)), acted_by(said, names))
        for said in story(found)
    )
    blocks = course_of(f"编号：{side.number}", (kind.provision,), (first, *acts))
    return sheet(side, "side-course", f"{kind.label}办理经过", blocks, day)


def clock(found: SideView, day: date) -> OfficialDocument:
    """From receipt to the telling; the law names no days, so the office's own term is said to be one (办理时间)."""
    stands, decision = found.clock, found.life.decision
    told = decision is not None and decision.told_on is not None
    rows = [
        ("到达", printed(found.side.arrived_on)),
        ("起算", printed(stands.started_on) if stands.started_on else "没有起算"),
        ("办结（内部时间）", printed(stands.due) if stands.due else "没有"),
        ("告知" if told else "撤回", printed(stands.stopped_on) if stands.stopped_on else "没有"),
        ("说明", f"{stands.note}{'，晚于这一天办结' if stands.overdue else ''}"),
    ]
    return sheet(found.side, "side-clock", "办理时间", (table([(a, b) for a, b in rows if b]),), day)
