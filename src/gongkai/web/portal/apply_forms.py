"""What was typed into one question (一步的填写): tidied, checked by the law's own checks, said in the visitor's words."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from gongkai.casework import draft_papers, filing_checks
from gongkai.casework.filing_checks import DELIVERIES, FORMS
from gongkai.foundation.kinds import Finding
from gongkai.foundation.models import Organ
from gongkai.foundation.personal import mask_email, mask_number
from gongkai.rules.applicants import APPLICANT_CLASSES
from gongkai.rules.identifiers import ID_TYPES, NATURAL
from gongkai.web.portal.apply_steps import FIELD_OF, ORGANISATION_ID, STEPS, Draft, Step

# A select or a radio cannot send anything else, so that only what was left out need be said.
_CHOOSE: dict[str, tuple[frozenset[str], str]] = {
    "class": (frozenset(APPLICANT_CLASSES), "还没有选。选一类，自然人就是个人。"),
    "by": (frozenset({"self", "agent"}), "还没有选。自己的事选“本人、本单位申请”。"),
    "form": (frozenset(FORMS), "还没有选。选要电子文件还是纸质。"),
    "delivery": (frozenset(DELIVERIES), "还没有选。选怎么拿到答复。"),
}
_LABELS = {
    "name": "姓名或者名称",
    "representative": "法定代表人或者联系人",
    "agent_name": "代理人姓名",
    "address": "通信地址",
    "description": "要什么信息",
    "title": "文件名称",
}
_NOT_PERSONAL = {"email": "电子邮箱", "address": "通信地址"}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend (要改的一处): the step and the field it stands at."""

    step: str
    field: str
    message: str


def typed(step: Step, sent: Mapping[str, str], draft: Draft) -> Draft:
    """The draft with what this question sent, as it was typed."""
    values = {**draft.values, **{name: sent.get(name, "") for name in step.fields}}
    if step.code == "who" and values["class"] != draft.values.get("class"):
        # A person's card does not belong to a company: the kind of document is chosen anew.
        values["id_type"] = ""
    if step.code == "person" and Draft(draft.key, values).organisation:
        values["id_type"] = ORGANISATION_ID
    return replace(draft, values=values)


def tidied(draft: Draft, step: Step) -> Draft:
    """The draft without invisible characters and blanks around the words.

    Where characters that nobody sees were taken out of this question's words, the last look says so.
    """
    values = {name: filing_checks.tidy(words) for name, words in draft.values.items()}
    labels = {
        _LABELS[name] for name in step.fields if name in _LABELS and _hidden(draft.values.get(name, ""))
    }
    others = set(values.get("cleaned", "").split()) - {_LABELS.get(name) for name in step.fields}
    values["cleaned"] = " ".join(sorted(labels | others))
    return replace(
        draft, values={name: words for name, words in values.items() if words or name != "cleaned"}
    )


def _hidden(words: str) -> bool:
    """Whether there is something in the words that no page shows: invisible, turning, control characters."""
    plain = unicodedata.normalize("NFC", words.replace("\r\n", "\n").replace("\r", "\n"))
    return filing_checks.tidy(words) != plain.strip()


def problems(draft: Draft, today: date, *steps: str) -> list[Problem]:
    """What is to be mended in these questions, in their order."""
    _, findings = filing_checks.check(draft.filing(), channel="online", today=today)
    found: dict[tuple[str, str], str] = {}
    for code in steps:
        for field in STEPS[code].fields:
            message = _own(field, draft, today)
            if message:
                found[code, field] = message
    for finding in findings:
        code, field = _at(finding, draft)
        if code in steps:
            found.setdefault((code, field), _worded(field, finding))
    order = [(code, field) for code in steps for field in STEPS[code].fields]
    return [Problem(code, field, found[code, field]) for code, field in order if (code, field) in found]


def _own(field: str, draft: Draft, today: date) -> str:
    """What this page asks in its own words."""
    value = draft.values.get(field, "")
    if field in _CHOOSE:
        allowed, words = _CHOOSE[field]
        return "" if value in allowed else words
    if field == "id_type" and not draft.organisation:
        return "" if value in NATURAL else "还没有选证件。没有这些证件的，带上能证明身份的材料到窗口提交。"
    if field == "organ":
        return _organ(value, today)
    if field == "papers":
        gone = [one.name for one in draft.papers if not draft_papers.is_held(one)]
        return f"“{'”、“'.join(gone)}”放了一天以上，已经清除；去掉，重新选文件。" if gone else ""
    if draft.by_agent and field in ("agent_id_type", "agent_id_number") and not value:
        return "没有填代理人的证件；代理申请要核对代理人的身份。"
    return ""


def _organ(code: str, today: date) -> str:
    organ = Organ.objects.filter(code=code).first() if code else None
    if organ is None:
        return "还没有选单位。拿不准的，选列表里的第一个，由它转办或者告诉您。"
    if organ.ended_on is not None and today > organ.ended_on:
        return "这个单位已经撤并，选继续行使其职权的单位。"
    return ""


def _at(finding: Finding, draft: Draft) -> tuple[str, str]:
    """Where a finding is mended: a way of delivery that lacks an address is said at both places."""
    code, field = FIELD_OF.get(finding.column, ("what", "description"))
    missing = field in _NOT_PERSONAL and not draft.values.get(field) and "选了" in finding.message
    return ("how", "delivery") if missing else (code, field)


def _worded(field: str, finding: Finding) -> str:
    if field == "delivery":
        wanted = "电子邮箱" if finding.column.endswith("email") else "通信地址"
        return f"选了这种方式，前面还没有填{wanted}。回到“怎么联系您”补上，或者改选别的方式。"
    return finding.message


def answers(draft: Draft, organ_name: str) -> list[tuple[str, str, str, str]]:
    """The last look (核对): label, what was answered, the question it belongs to, a small note."""
    said = draft.values
    class_ = APPLICANT_CLASSES.get(said.get("class", ""))
    whole = "法人或者其他组织：" if class_ is not None and class_.organisation else "个人（"
    end = "" if class_ is None or class_.organisation else "）"
    rows = [
        ("您是", f"{whole}{class_.label}{end}" if class_ else "", "who", ""),
        ("姓名或者名称", said.get("name", ""), "person", ""),
        ("证件", _document(said.get("id_type", ""), said.get("id_number", "")), "person", ""),
    ]
    if draft.organisation:
        rows.append(("法定代表人或者联系人", said.get("representative", ""), "person", ""))
    if draft.by_agent:
        document = _document(said.get("agent_id_type", ""), said.get("agent_id_number", ""))
        agent = f"{said.get('agent_name', '')}　{document}".strip()
        rows.append(("代理人", agent, "person", ""))
    from_ = filing_checks.personal_texts(draft.filing())
    rows += [
        ("联系电话", _masked("phone", from_), "contact", ""),
        ("电子邮箱", _masked("email", from_), "contact", ""),
        ("通信地址", said.get("address", ""), "contact", ""),
        ("要什么信息", said.get("description", ""), "what", ""),
    ]
    rows += [(label, said[name], "what", "") for name, label in _NAMED if said.get(name)]
    rows += [
        ("向哪个单位", organ_name, "organ", "送错单位的，由收到的单位告知您该找谁"),
        ("怎么给您", _ways(said), "how", ""),
        ("附的材料", _papers(draft), "papers", _lacking(draft)),
    ]
    return rows


def _papers(draft: Draft) -> str:
    return "\n".join(f"{draft_papers.PURPOSES[one.purpose]}：{one.name}" for one in draft.papers) or "没有附"


def _lacking(draft: Draft) -> str:
    """What an agent still owes: said, not asked for twice."""
    if draft.by_agent and all(one.purpose != "authority" for one in draft.papers):
        return "代理申请的，还要交授权委托书或者监护关系证明；现在附上，或者提交以后在看进度的页面交"
    return ""


_NAMED = (("title", "文件名称"), ("document_number", "文号"))


def _document(id_type: str, number: str) -> str:
    label = ID_TYPES[id_type].label if id_type in ID_TYPES else ""
    return f"{label}　{mask_number(number)}".strip()


def _masked(name: str, texts: Mapping[str, str]) -> str:
    value = texts.get(f"applicant.{name}", "")
    return mask_email(value) if name == "email" else mask_number(value)


def _ways(said: Mapping[str, str]) -> str:
    form, delivery = FORMS.get(said.get("form", ""), ""), DELIVERIES.get(said.get("delivery", ""), "")
    return "，".join(filter(None, (form, delivery)))
