"""The kinds of record of reconsideration and lawsuits, declared once each (复议诉讼的记录种类)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gongkai.foundation.kinds import Choice, Column, Finding, Kind
from gongkai.foundation.records import Entry
from gongkai.remedies.complaint_kind import COMPLAINTS
from gongkai.remedies.models import Lawsuit, Result
from gongkai.remedies.models.proceedings import Procedure
from gongkai.rules.provision import Provision
from gongkai.rules.remedies.forms import COLUMNS, FORMS, Track, column_of, form_of

APPEALED_BY = {"organ": "本机关", "applicant": "原告", "both": "双方"}
# What must not lie before what, with the words of the message.
_ORDER = (
    ("filed_on", "closed_on", "提起日期", "审结日期"),
    ("filed_on", "accepted_on", "提起日期", "受理（立案）日期"),
    ("filed_on", "notice_on", "提起日期", "收到答复（应诉）通知的日期"),
    ("notice_on", "answered_on", "收到答复（应诉）通知的日期", "提交答复（答辩）的日期"),
    ("closed_on", "decision_received_on", "审结日期", "收到决定书（判决书）的日期"),
    ("decision_received_on", "carried_out_on", "收到决定书（判决书）的日期", "重新答复的日期"),
)


def _choices(pairs: Any) -> tuple[Choice, ...]:
    return tuple(Choice(code, str(label)) for code, label in pairs)


def _checked(track: Track) -> Any:
    def check(values: Mapping[str, Any]) -> list[Finding]:
        return [*_days(values), *_outcome(track, values)]

    return check


def _days(values: Mapping[str, Any]) -> list[Finding]:
    found = []
    for first, second, first_words, second_words in _ORDER:
        a, b = values.get(first), values.get(second)
        if a is not None and b is not None and b < a:
            found.append(Finding(second, f"{second_words} {b} 早于{first_words} {a}，核对两个日期。"))
    return found


def _outcome(track: Track, values: Mapping[str, Any]) -> list[Finding]:
    closed, result, code = values.get("closed_on"), values.get("result"), values.get("decision_form") or ""
    first = values.get("first_form") or ""
    if code:
        return _formed(track, values, closed, result, code, first)
    findings = []
    if closed is not None and not result:
        findings.append(Finding("result", "已经审结的要选结果：结果维持、结果纠正或其他结果。"))
    if result and closed is None:
        findings.append(Finding("closed_on", "选了结果，还要写审结日期；尚未审结的两项都空着。"))
    return findings


def _formed(
    track: Track, values: Mapping[str, Any], closed: Any, result: Any, code: str, first: str
) -> list[Finding]:
    form = form_of(track, code)
    if form.second and values.get("instance") != "second":
        return [Finding("decision_form", f"“{form.label}”是二审的裁判；审级选二审，或者另选一种。")]
    if code == "appeal_dismissed" and not first:
        return [Finding("first_form", "维持原判的，写明一审的裁判形式，结果随它。")]
    column = column_of(track, code, first)
    if not column:
        why = f"“{form.label}”没有审结，审结日期和结果空着。"
        return [Finding("closed_on", why)] if closed is not None or result else []
    if closed is None:
        return [Finding("closed_on", "选了裁决形式，还要写审结日期（决定书、判决书的日期）。")]
    if result and result != column:
        words = f"“{form.label}”计入“{COLUMNS[column]}”，与所选的“{COLUMNS[result]}”不合；结果空着，按裁决形式计。"
        return [Finding("result", words)]
    if values.get("order_due_on") and not form.redo and not (first and form_of(track, first).redo):
        return [
            Finding("order_due_on", f"“{form.label}”没有责令重新答复，期限空着；责令了的，另选一种裁决形式。")
        ]
    return []


def _prepared(track: Track) -> Any:
    def prepare(entry: Entry, attributes: dict[str, Any]) -> dict[str, Any]:
        code = attributes["decision_form"]
        if code and attributes["closed_on"] is not None:
            # The column of table four follows from the form, and is never chosen against it.
            attributes["result"] = column_of(track, code, attributes.get("first_form") or "")
        return attributes

    return prepare


def _common(track: Track, *, paper: str, decision: str) -> tuple[Column, ...]:
    return (
        Column("filed_on", "提起日期", "date", example="2021-05-10"),
        Column("closed_on", "审结日期", "date", required=False, help=f"{decision}上的日期"),
        Column(
            "result", "结果", "choice", required=False, choices=_choices(Result.choices), help="选了裁决形式的不用填"
        ),
        Column("case_number", "案号", "text", required=False, max_length=100),
        Column("request_number", "对应的申请编号", "text", required=False, max_length=48, help="案卷页上的编号"),
        Column("accepted_on", "受理（立案）日期", "date", required=False, listed=False),
        Column("notice_on", "收到通知的日期", "date", required=False, listed=False, help=f"收到{paper}的日期，期限从次日起算"),
        Column("procedure", "审理程序", "choice", required=False, listed=False, choices=_choices(Procedure.choices)),
        Column("answered_on", "提交答复（答辩）的日期", "date", required=False, listed=False),
        Column(
            "decision_form", "裁决形式", "choice", required=False,
            choices=tuple(Choice(form.code, form.label) for form in FORMS[track].values()),
            help="表四的一栏随它；责令重新答复的由它定",
        ),
        Column("decision_number", f"{decision}文号", "text", required=False, max_length=100, listed=False),
        Column("decision_received_on", f"收到{decision}的日期", "date", required=False, listed=False),
        Column("order_due_on", "责令重新答复的期限", "date", required=False, listed=False, future=True),
        Column("carried_out_on", "重新答复的日期", "date", required=False, listed=False,
               help="对应的申请有案卷的，随案卷计，不用填"),
    )  # fmt: skip


RECONSIDERATIONS = Kind(
    code="reconsiderations",
    label="行政复议",
    model="remedies.Reconsideration",
    provision=Provision("regulation-2019", 51),
    purpose="因政府信息公开被申请的行政复议；没有审结的，结果和审结日期空着",
    columns=(
        *_common("review", paper="申请书副本和答复通知", decision="决定书"),
        Column("review_organ", "复议机关", "text", required=False, max_length=100),
    ),
    title=lambda r: r.title,
    date_column="filed_on",
    validate=_checked("review"),
    prepare=_prepared("review"),
    search=("case_number", "request_number"),
)

LAWSUITS = Kind(
    code="lawsuits",
    label="行政诉讼",
    model="remedies.Lawsuit",
    provision=Provision("regulation-2019", 51),
    purpose="因政府信息公开被提起的行政诉讼，一审、二审是一条；没有审结的，结果和审结日期空着",
    columns=(
        Column("track", "起诉方式", "choice", choices=_choices(Lawsuit.Track.choices)),
        *_common("suit", paper="起诉状副本和应诉通知", decision="判决书"),
        Column("court", "受理法院", "text", required=False, max_length=100),
        Column("review_number", "此前的复议案号", "text", required=False, max_length=100, listed=False),
        Column("instance", "审级", "choice", required=False, listed=False, choices=_choices(Lawsuit.Instance.choices)),
        Column("appealed_on", "上诉日期", "date", required=False, listed=False),
        Column("appealed_by", "谁上诉的", "choice", required=False, listed=False, choices=_choices(APPEALED_BY.items())),
        Column(
            "first_form", "一审的裁判形式", "choice", required=False, listed=False,
            choices=tuple(Choice(form.code, form.label) for form in FORMS["suit"].values() if not form.second),
            help="上诉以后才填",
        ),
    ),
    title=lambda r: r.title,
    date_column="filed_on",
    validate=_checked("suit"),
    prepare=_prepared("suit"),
    search=("case_number", "request_number"),
)  # fmt: skip

KINDS = (RECONSIDERATIONS, LAWSUITS, COMPLAINTS)
