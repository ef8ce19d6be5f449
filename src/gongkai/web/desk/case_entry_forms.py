"""The form of a request that came on paper (录入表单): what was typed, read into a filing; nothing typed is lost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import QueryDict

from gongkai.casework.file_checks import MOST_BYTES, media_type_of
from gongkai.casework.filing_checks import DELIVERIES, FORMS, AgentGiven, ApplicantGiven, Filing, check
from gongkai.casework.refusals import CaseworkRefused
from gongkai.foundation.kinds import Finding
from gongkai.rules.applicants import APPLICANT_CLASSES
from gongkai.rules.identifiers import ID_TYPES
from gongkai.rules.receipt import CHANNELS
from gongkai.web.desk.record_forms import clean_name

Option = tuple[str, str]
# What each channel means for the day of receipt (art 31), said where it is chosen.
CHANNEL_HINTS: dict[str, str] = {
    "counter": "提交的那一天就是收到申请之日",
    "registered_mail": "挂号信、特快专递：签收的那一天就是收到申请之日",
    "ordinary_mail": "不用签收的信：收到当天与申请人确认，确认的那一天才是收到申请之日",
    "fax": "双方确认的那一天才是收到申请之日",
    "misdirected": "寄到别的科室、个人后转来：实际收到当天与申请人确认，确认的那一天才是收到申请之日",
}
SCANS: tuple[tuple[str, str], ...] = (
    ("application", "申请书扫描件"),
    ("identity", "身份证明"),
    ("authority", "授权委托书"),
)
_LABELS: dict[str, tuple[str, str]] = {
    "organ": ("收到申请的机关", "申请写给谁、由谁答复"),
    "channel": ("怎样来的", ""),
    "arrived_on": ("哪一天到的", "当面的写提交那天，签收的写签收那天，其他写实际收到那天"),
    "confirmed_on": ("哪一天确认的", "还没有确认的空着；确认以前期限不起算，这件排在待办的最上面"),
    "confirmed_how": ("怎样确认的", "谁用什么方式与谁确认了什么。例如 经办人电话联系申请人，确认申请已收到"),
    "applicant.class": ("申请人类别", "年报表三的六类之一"),
    "applicant.name": ("姓名或者名称", "照证件写"),
    "applicant.id_type": ("证件", "纸面上没有的可以空着，需要时在补正里要"),
    "applicant.id_number": ("证件号码", "加密保存，页面上只显示头尾"),
    "applicant.phone": ("电话", ""),
    "applicant.email": ("电子邮箱", ""),
    "applicant.address": ("通信地址", "要邮寄答复的必填"),
    "applicant.representative": ("法定代表人或者联系人", "单位申请的写"),
    "agent.name": ("代理人姓名", ""),
    "agent.id_type": ("代理人证件", ""),
    "agent.id_number": ("代理人证件号码", ""),
    "agent.phone": ("代理人电话", ""),
    "title": ("所要信息的名称", "申请书上写了名称的照抄"),
    "document_number": ("文号", ""),
    "description": ("申请内容", "照抄申请人的原话，不改写、不概括。用途不用问、不用写"),
    "form": ("要什么形式", ""),
    "delivery": ("怎样取", ""),
}
_REQUIRED = frozenset({"organ", "channel", "arrived_on", "applicant.class", "applicant.name", "description"})
_LONG = frozenset({"description"})
_OF_APPLICANT = ("name", "id_type", "id_number", "phone", "email", "address", "representative")
_OF_AGENT = ("name", "id_type", "id_number", "phone")
SECTIONS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("came", "收到", ("organ", "channel", "arrived_on")),
    ("confirmed", "与申请人确认收到", ("confirmed_on", "confirmed_how")),
    ("who", "申请人", (
        "applicant.class", "applicant.name", "applicant.representative", "applicant.id_type",
        "applicant.id_number", "applicant.phone", "applicant.email", "applicant.address",
    )),
    ("agent", "代理人", ("agent.name", "agent.id_type", "agent.id_number", "agent.phone")),
    ("what", "要什么信息", ("title", "document_number", "description", "form", "delivery")),
)  # fmt: skip
# What a section says below its heading.
REMARKS: dict[str, str] = {
    "confirmed": "平常信函、传真、寄至别处转来的才填；当面提交和签收的不用确认。",
    "agent": "本人申请的全部空着。",
}


@dataclass(frozen=True, slots=True)
class EntryField:
    """One field of the entry form."""

    code: str
    label: str
    hint: str
    required: bool
    kind: str
    value: str
    error: str
    options: tuple[tuple[str, str, str], ...]

    @property
    def id(self) -> str:
        """Its id on the page; a dot would not do in a style's selector."""
        return self.code.replace(".", "-")

    @property
    def described(self) -> str:
        """The ids of what stands beside the field."""
        ids = [f"hint-{self.id}"] if self.hint else []
        return " ".join([*ids, *([f"error-{self.id}"] if self.error else [])])


@dataclass(frozen=True, slots=True)
class Section:
    """A group of fields with its heading."""

    id: str
    label: str
    remark: str
    fields: tuple[EntryField, ...]


def options_of(code: str, places: Iterable[Option]) -> list[tuple[str, str, str]]:
    """What may be chosen: value, label, hint."""
    match code:
        case "organ":
            return [(value, label, "") for value, label in places]
        case "channel":
            return [(c, CHANNELS[c].label, hint) for c, hint in CHANNEL_HINTS.items()]
        case "applicant.class":
            return [(c.code, c.printed.replace("/", "："), "") for c in APPLICANT_CLASSES.values()]
        case "applicant.id_type" | "agent.id_type":
            return [(t.code, t.label, "") for t in ID_TYPES.values()]
        case "form":
            return [(value, label, "") for value, label in FORMS.items()]
        case "delivery":
            return [(value, label, "") for value, label in DELIVERIES.items()]
    return []


def sections(raw: dict[str, str], wrong: Iterable[Finding], places: list[Option]) -> list[Section]:
    """The form with what was typed and what is wrong with it."""
    errors: dict[str, str] = {}
    for one in wrong:
        errors[one.column] = errors.get(one.column, "") + one.message
    return [
        Section(id_, label, REMARKS.get(id_, ""), tuple(_field(code, raw, errors, places) for code in codes))
        for id_, label, codes in SECTIONS
    ]


def _field(code: str, raw: dict[str, str], errors: dict[str, str], places: list[Option]) -> EntryField:
    label, hint = _LABELS[code]
    options = tuple(options_of(code, places))
    value = raw.get(code, "")
    kind = "select" if options else "long" if code in _LONG else "text"
    if code == "channel":
        kind = "radio"
    elif code.endswith("_on") and (value == "" or _day(value) is not None):
        kind = "date"
    return EntryField(code, label, hint, code in _REQUIRED, kind, value, errors.get(code, ""), options)


def typed(posted: QueryDict) -> dict[str, str]:
    """What was typed, by field."""
    return {code: posted.get(code, "") for _, _, codes in SECTIONS for code in codes}


def raw_of(filing: Filing) -> dict[str, str]:
    """A filing as the form would have been typed; how and when it came is for the clerk to state."""
    agent = filing.agent
    return {
        "applicant.class": filing.applicant.applicant_class,
        **{f"applicant.{name}": getattr(filing.applicant, name) for name in _OF_APPLICANT},
        **({f"agent.{name}": getattr(agent, name) for name in _OF_AGENT} if agent is not None else {}),
        **{name: getattr(filing, name) for name in ("title", "document_number", "description")},
        "form": filing.form,
        "delivery": filing.delivery,
    }


@dataclass(frozen=True, slots=True)
class Entered:
    """A filing as it was typed, with what was confirmed (录入的申请)."""

    filing: Filing
    channel: str
    confirmed_on: date | None
    confirmed_how: str


def entered(raw: dict[str, str], day: date) -> tuple[Entered, list[Finding]]:
    """The filing, and everything wrong with it, all at once."""
    filing = _filing(raw)
    wrong = []
    for code in ("arrived_on", "confirmed_on"):
        text = raw[code].strip()
        if text and _day(text) is None:
            wrong.append(Finding(code, f"“{_LABELS[code][0]}”写的是“{text}”，应是日期，如 2021-10-15。"))
        elif code == "arrived_on" and not text:
            wrong.append(Finding(code, "没有写哪一天到的；照收件章、签收单写。"))
    channel = raw["channel"] if raw["channel"] in CHANNEL_HINTS else ""
    _, found = check(filing, channel=channel, today=day)
    wrong += [_at_home(one) for one in found if not (one.column == "arrived_on" and wrong)]
    result = Entered(filing, channel, _day(raw["confirmed_on"].strip()), raw["confirmed_how"].strip())
    return result, [*wrong, *_confirmation(result, raw, day)]


def _at_home(finding: Finding) -> Finding:
    """The application's finding in the words of this form."""
    if finding.column == "channel":
        return Finding("channel", "没有选怎样来的；照信封、收件登记选一种。")
    if finding.column == "applicant.class":
        return Finding("applicant.class", "没有选申请人类别；从六类里选一类。")
    return finding


def _filing(raw: dict[str, str]) -> Filing:
    agent = {name: raw[f"agent.{name}"] for name in _OF_AGENT}
    return Filing(
        applicant=ApplicantGiven(
            applicant_class=raw["applicant.class"],
            **{name: raw[f"applicant.{name}"] for name in _OF_APPLICANT},
        ),
        description=raw["description"],
        title=raw["title"],
        document_number=raw["document_number"],
        form=raw["form"],
        delivery=raw["delivery"],
        agent=AgentGiven(**agent) if any(text.strip() for text in agent.values()) else None,
        arrived_on=_day(raw["arrived_on"].strip()),
    )


def _confirmation(found: Entered, raw: dict[str, str], day: date) -> list[Finding]:
    """What was confirmed must hold before anything is entered."""
    on, how = found.confirmed_on, found.confirmed_how
    if not (raw["confirmed_on"].strip() or how) or not found.channel:
        return []
    if not CHANNELS[found.channel].confirmation:
        label = CHANNELS[found.channel].label
        return [Finding("confirmed_on", f"“{label}”不用确认收到；“与申请人确认收到”两项空着。")]
    wrong = []
    if on is None and not raw["confirmed_on"].strip():
        wrong.append(Finding("confirmed_on", "写了怎样确认的，还要写哪一天确认的。"))
    if on is not None and on > day:
        wrong.append(Finding("confirmed_on", f"确认的日期 {on} 还没有到，核对日期。"))
    arrived = found.filing.arrived_on
    if on is not None and arrived is not None and on < arrived:
        wrong.append(Finding("confirmed_on", f"确认的日期 {on} 早于到达的日期 {arrived}，核对两个日期。"))
    if not how:
        wrong.append(Finding("confirmed_how", "写了哪一天确认的，还要写谁怎样与申请人确认的。"))
    elif len(how) > 500:
        wrong.append(Finding("confirmed_how", f"这一项有 {len(how)} 个字，最多 500 个；写短一些。"))
    return wrong


def scans(uploads: Any) -> tuple[list[tuple[str, str, bytes]], list[Finding]]:
    """The scans that came with the form: purpose, name, content; and what is wrong with each."""
    found, wrong = [], []
    for purpose, _ in SCANS:
        upload = uploads.get(purpose)
        if upload is None:
            continue
        name = clean_name(upload.name or "")
        if (upload.size or 0) > MOST_BYTES:
            # Told before a byte of it is read.
            limit = MOST_BYTES // 1024 // 1024
            wrong.append(Finding(purpose, f"“{name}”超过 {limit} MB；压缩图片或者分成几份，录入以后再放。"))
            continue
        content = upload.read()
        try:
            media_type_of(content, name)
        except CaseworkRefused as refused:
            wrong.append(Finding(purpose, str(refused)))
        else:
            found.append((purpose, name, content))
    return found, wrong


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
