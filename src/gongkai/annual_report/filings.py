"""The acts on a year's filing (年报填报): open, write, explain, submit, return, accept, chase."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from gongkai.annual_report.compile import CompiledReport, compile_report, finding_hash
from gongkai.annual_report.models import Chase, CollectionRound, Explanation, Filing, FilingText
from gongkai.foundation import ledger, organs
from gongkai.foundation.actors import Actor, require
from gongkai.foundation.clock import legal_day
from gongkai.foundation.locks import write_transaction
from gongkai.foundation.models import LedgerEvent, Organ
from gongkai.foundation.models.organs import OrganKind
from gongkai.rules import roles
from gongkai.rules.report.checks import CheckResult
from gongkai.rules.report.checks.model import CHECKS
from gongkai.rules.report.filing_states import STATES, TRANSITIONS, Transition, due_on
from gongkai.rules.report.forms import form_for
from gongkai.rules.roles import Permission

SECTIONS = ("preface", "lead", *(f"overview.{i}" for i in range(5)), "problems", "other")
LONGEST_TEXT = 20_000
# Who did these prepared the filing; who approves it must be somebody else.
_PREPARING = ("filing.opened", "filing.written")


class FilingRefused(Exception):
    """An act on a filing that cannot be; the message names the cure."""


class TextConflict(FilingRefused):
    """Somebody else wrote the section meanwhile; both texts are here and nothing is lost."""

    def __init__(self, section: str, theirs: str, ours: str, seq: int) -> None:
        super().__init__("打开以后，别人改过这一部分。两份并排在下面，选一份或合起来，再存一次。")
        self.section, self.theirs, self.ours, self.seq = section, theirs, ours, seq


def open_filing(organ: Organ, year: int, *, by: Actor, now: datetime) -> Filing:
    """Open the filing of an organ and year (开始填报), once. Raises FilingRefused, NoForm, NotAllowed."""
    require(by, "filing.prepare", organ, "填报年度报告")
    form = form_for(year)
    if organ.kind == OrganKind.OFFICE:
        raise FilingRefused("政府办公室的记录并入本级政府的年度报告，不单独填报。打开本级政府的这一份。")
    with write_transaction():
        if Filing.objects.filter(organ=organ, year=year).exists():
            name = organs.name_in(organ, year)
            raise FilingRefused(f"{name}{year} 年的年度报告已经在填报，一年只有一份。打开已有的这一份继续。")
        seq = ledger.next_seq()
        filing = Filing.objects.create(
            organ=organ, year=year, form=form.version, opened_seq=seq, latest_seq=seq
        )
        event("filing.opened", filing, by, now, {"form": form.version})
    return filing


def write_text(
    filing: Filing, section: str, text: str, *, by: Actor, now: datetime, based_on: int | None = None
) -> None:
    """Write a section by hand in place of its draft (手写文字); empty text goes back to the draft.

    ``based_on``: the event of the text that the writer had before them, 0 for the draft. Raises
    TextConflict where another has written since; FilingRefused, NotAllowed.
    """
    require(by, "filing.prepare", filing.organ, "填报年度报告")
    if section not in SECTIONS:
        raise FilingRefused(f"没有“{section}”这一部分，应为{'、'.join(SECTIONS)}之一。")
    text = text.replace("\r\n", "\n").strip()
    if len(text) > LONGEST_TEXT:
        raise FilingRefused(f"这一部分有 {len(text)} 个字，最多 {LONGEST_TEXT} 个，写短一些。")
    with write_transaction():
        filing = editable(filing)
        known = FilingText.objects.filter(filing=filing, section=section).first()
        if based_on is not None:
            _refuse_conflict(filing, section, known, text, based_on)
        seq = ledger.next_seq()
        if text:
            FilingText.objects.update_or_create(
                filing=filing, section=section, defaults={"text": text, "latest_seq": seq}
            )
        elif known is not None:
            known.delete()
        touch(filing, seq)
        event("filing.written", filing, by, now, {"section": section, "text": text})


def _refuse_conflict(
    filing: Filing, section: str, known: FilingText | None, text: str, based_on: int
) -> None:
    here = known.latest_seq if known is not None else 0
    if here == based_on:
        return
    theirs = known.text if known is not None else ""
    if theirs != text:
        raise TextConflict(section, theirs, text, here)


def explain(filing: Filing, check_id: str, text: str, *, by: Actor, now: datetime) -> None:
    """Explain a warning by name (说明); empty text takes the explanation back. Raises FilingRefused."""
    if check_id not in CHECKS:
        raise FilingRefused(f"没有“{check_id}”这项核对。")
    text = text.replace("\r\n", "\n").strip()
    if len(text) > 1000:
        raise FilingRefused(f"说明有 {len(text)} 个字，最多 1000 个，写短一些。")
    _require_author(by, filing.organ)
    with write_transaction():
        filing = editable(filing)
        if not text:
            Explanation.objects.filter(filing=filing, check_id=check_id).delete()
        else:
            compiled = compile_report(filing.organ, filing.year, reader=by, today=legal_day(now))
            check = _failing(compiled, check_id)
            Explanation.objects.update_or_create(
                filing=filing,
                check_id=check_id,
                defaults={
                    "finding": finding_hash(check),
                    "text": text,
                    "by_name": by.name,
                    "by_organ": organs.current_name(filing.organ),
                    "on": legal_day(now),
                    "latest_seq": ledger.next_seq(),
                },
            )
        touch(filing, ledger.next_seq())
        event("filing.explained", filing, by, now, {"check": check_id, "text": text})


def _require_author(by: Actor, organ: Organ) -> None:
    """Who prepares the report or who seals it may explain."""
    if not by.may("report.seal", organ):
        require(by, "filing.prepare", organ, "说明核对结果")


def _failing(compiled: CompiledReport, check_id: str) -> CheckResult:
    check = next((c for c in compiled.checks if c.id == check_id), None)
    if check is None or check.status != "fail":
        raise FilingRefused(f"{check_id} 现在没有发现不符，不用说明。")
    if check.level == "error":
        raise FilingRefused(f"{check_id} 是错误，不能用说明代替，要改正：{check.message}")
    return check


def submit(filing: Filing, *, by: Actor, now: datetime) -> Filing:
    """Hand the filing in (报送). Raises FilingRefused while an error stands or a warning is unexplained."""
    require(by, "filing.submit", filing.organ, "报送年度报告")
    with write_transaction():
        filing = begin(filing, TRANSITIONS["submit"], by)
        refuse_findings(compile_report(filing.organ, filing.year, reader=by, today=legal_day(now)))
        filing.submitted_on = legal_day(now)
        return move(filing, TRANSITIONS["submit"], by, now, "filing.submitted", fields=("submitted_on",))


def give_back(filing: Filing, reason: str, *, by: Actor, now: datetime) -> Filing:
    """Give a handed-in filing back with the reason (退回). Raises FilingRefused, NotAllowed."""
    require(by, "filing.return", filing.organ, "退回年度报告")
    reason = reason.strip()
    if not reason:
        raise FilingRefused("写明退回的原因：哪一格、错在哪里、怎样改，填报单位照着改。")
    with write_transaction():
        filing = begin(filing, TRANSITIONS["return"], by)
        return move(filing, TRANSITIONS["return"], by, now, "filing.returned", reason=reason)


def accept(filing: Filing, *, by: Actor, now: datetime) -> Filing:
    """Accept a handed-in filing (接收). Raises FilingRefused, NotAllowed."""
    require(by, "filing.return", filing.organ, "接收年度报告")
    with write_transaction():
        filing = begin(filing, TRANSITIONS["accept"], by)
        return move(filing, TRANSITIONS["accept"], by, now, "filing.accepted")


def set_round(
    government: Organ, year: int, units_due_on: date, *, by: Actor, now: datetime
) -> CollectionRound:
    """Set by which day the units hand in (安排报送). Raises FilingRefused for a day past the statutory one."""
    require(by, "reminder.send", government, "安排报送")
    form_for(year)
    last = due_on(year, government=False)
    if units_due_on > last:
        raise FilingRefused(f"报送日期 {units_due_on} 晚于法定的 {last}，写 {last} 或更早的一天。")
    if units_due_on.year < year:
        raise FilingRefused(f"报送日期 {units_due_on} 早于 {year} 年，核对年份。")
    with write_transaction():
        row, _ = CollectionRound.objects.update_or_create(
            government=government,
            year=year,
            defaults={"units_due_on": units_due_on, "latest_seq": ledger.next_seq()},
        )
        ledger.append(
            "round.set",
            subject=f"organ:{government.code}",
            actor=by.ref,
            now=now,
            organ_code=government.code,
            payload={"year": year, "units_due_on": units_due_on.isoformat()},
        )
    return row


def chase(organ: Organ, year: int, text: str, *, by: Actor, now: datetime) -> Chase:
    """Remind a unit of its report (催办), whether it has begun or not. Raises FilingRefused."""
    require(by, "reminder.send", organ, "催办")
    text = text.strip()
    if not text:
        raise FilingRefused("写明催什么、最迟哪一天，例如“1 月 31 日前报送 2021 年年度报告”。")
    with write_transaction():
        filing = Filing.objects.filter(organ=organ, year=year).first()
        if filing is not None and filing.state not in ("open", "returned"):
            raise FilingRefused(f"{organs.current_name(organ)}的年度报告{filing.label}，不用再催。")
        row = Chase.objects.create(
            organ=organ,
            year=year,
            text=text[:1000],
            by_name=by.name,
            on=legal_day(now),
            event_seq=ledger.next_seq(),
        )
        ledger.append(
            "filing.chased",
            subject=f"organ:{organ.code}",
            actor=by.ref,
            now=now,
            organ_code=organ.code,
            payload={"year": year, "text": row.text},
        )
    return row


# What every act shares ---------------------------------------------------------------------------


def begin(filing: Filing, transition: Transition, by: Actor) -> Filing:
    """The filing as it is now, under the lock. Raises FilingRefused where its state or the person forbids it."""
    filing = Filing.objects.select_related("organ__parent").get(pk=filing.pk)
    if filing.state not in transition.sources:
        raise FilingRefused(f"这份年报{filing.label}，现在不能{transition.label}。打开它看下一步。")
    said = forbidden(filing, transition, by)
    if said:
        raise FilingRefused(said)
    return filing


def forbidden(filing: Filing, transition: Transition, by: Actor) -> str:
    """Why the act is for somebody else (不相容的工作): this person did another step; empty where nothing forbids."""
    found = roles.separated(done_by(filing, by), transition.permission) if not by.server else None
    if found is None:
        return ""
    return f"{found.why}：这份年报的另一步是本人办的，由另一位有权限的人{transition.label}。"


def done_by(filing: Filing, by: Actor) -> set[str]:
    """The permissions that this person has used on the filing since it was last given back or opened."""
    events = list(LedgerEvent.objects.filter(subject=filing.ref, actor=by.ref).values_list("kind", flat=True))
    done: set[str] = set()
    if any(kind in _PREPARING for kind in events):
        done |= {Permission.FILING_PREPARE, Permission.REPORT_COMPILE}
    if "filing.submitted" in events:
        done.add(Permission.FILING_SUBMIT)
    if "filing.returned" in events or "filing.accepted" in events:
        done.add(Permission.FILING_RETURN)
    return done


def move(
    filing: Filing,
    transition: Transition,
    by: Actor,
    now: datetime,
    kind: str,
    *,
    reason: str = "",
    values: dict[str, Any] | None = None,
    fields: Iterable[str] = (),
) -> Filing:
    """Put the filing into the transition's target state, with its one event."""
    filing.state, filing.reason = transition.target, reason
    touch(filing, ledger.next_seq(), "state", "reason", *fields)
    event(kind, filing, by, now, {**({"reason": reason} if reason else {}), **(values or {})})
    return filing


def refuse_findings(compiled: CompiledReport) -> None:
    """Refuse while an error stands, or a warning that nobody has explained. Raises FilingRefused."""
    errors = compiled.errors()
    if errors:
        said = "\n".join(f"{check.id} {check.message}" for check in errors)
        raise FilingRefused(f"还有 {len(errors)} 项错误要改正：\n{said}")
    unexplained = compiled.unexplained()
    if unexplained:
        said = "\n".join(f"{check.id} {check.message}" for check in unexplained)
        raise FilingRefused(f"还有 {len(unexplained)} 项提醒要署名说明：\n{said}")


def editable(filing: Filing) -> Filing:
    """The filing as it is now. Raises FilingRefused where its words may no longer change."""
    fresh = Filing.objects.select_related("organ__parent").get(pk=filing.pk)
    if not fresh.editable:
        cure = "要改的，由区政府办公室退回。" if not fresh.government else "要改的，先更正或撤回封存。"
        raise FilingRefused(f"这份年报{STATES[fresh.state]}，不能再改。{cure}")
    return fresh


def touch(filing: Filing, seq: int, *fields: str) -> None:
    """Note the filing's latest event."""
    filing.latest_seq = seq
    filing.save(update_fields=["latest_seq", *fields])


def event(kind: str, filing: Filing, by: Actor, now: datetime, values: dict[str, Any]) -> LedgerEvent:
    """The one event of an act on a filing."""
    return ledger.append(
        kind,
        subject=filing.ref,
        actor=by.ref,
        now=now,
        organ_code=filing.organ.code,
        payload={"year": filing.year, **values},
    )
