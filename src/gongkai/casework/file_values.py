"""Elements of the forms that stay in the file (入卷表单的要件): the applicant, signatures, room for a hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from gongkai.casework.filing_checks import DELIVERIES, FORMS
from gongkai.casework.letter_matter import Matter
from gongkai.foundation.models import Account
from gongkai.rules.applicants import APPLICANT_CLASSES
from gongkai.rules.documents import printed
from gongkai.rules.identifiers import ID_TYPES
from gongkai.rules.requests.leaving import answer_letter

# Room for somebody's hand: printed empty, filled in with a pen.
OPINION = "□同意公开　□不同意公开，理由："
SIGNED_FOR = "签收人（代收的写明与受送达人的关系）：　　　　签收日期：　　　年　　月　　日"
_LABELS: dict[str, str] = {
    "applicant.name": "姓名或者名称",
    "applicant.id_number": "证件号码",
    "applicant.phone": "联系电话",
    "applicant.email": "电子邮箱",
    "applicant.address": "通信地址",
    "applicant.representative": "法定代表人或者联系人",
    "agent.name": "代理人",
    "agent.id_number": "代理人证件号码",
    "agent.phone": "代理人电话",
}


def _applicant(matter: Matter, code: str) -> str:
    case = matter.case
    known = ID_TYPES.get(case.applicant.id_type)
    parts = [f"类别：{APPLICANT_CLASSES[case.applicant_class].label}"]
    for token, label in _LABELS.items():
        words = matter.texts.get(token)
        if words:
            kind = f"（{known.label}）" if token == "applicant.id_number" and known else ""
            parts.append(f"{label}：{words}{kind}")
    return "；".join(parts) if len(parts) > 1 else ""


def _form_wanted(matter: Matter, code: str) -> str:
    form, delivery = FORMS.get(matter.case.form, ""), DELIVERIES.get(matter.case.delivery, "")
    return "，".join(one for one in (form, delivery) if one) or "没有写明"


def _signatures(matter: Matter, code: str) -> str:
    """Who handled, submitted and approved, from the acts; what is still to come stays blank for a hand."""
    names = {a.ref: a.display_name for a in Account.objects.filter(pk__in=_accounts(matter))}
    said = []
    for label, act in (("经办", "decide"), ("送审", "submit"), ("签发", "sign")):
        found = matter.last(act)
        said.append(f"{label}：{names.get(found.actor, '')} {printed(found.on)}" if found else f"{label}：")
    return "　".join(said)


def _accounts(matter: Matter) -> list[int]:
    refs = {one.actor for one in matter.acts if one.actor.startswith("account:")}
    return [int(ref.partition(":")[2]) for ref in refs]


def _document(matter: Matter, code: str) -> str:
    answer, letter = matter.life.round.answer, answer_letter(matter.life)
    if answer is None or letter is None or not answer.number:
        return ""
    return f"{answer.number}《{letter.title.partition('（')[0]}》"


VALUES: Mapping[str, Callable[[Matter, str], str]] = {
    "applicant": _applicant,
    "form_wanted": _form_wanted,
    "signatures": _signatures,
    "document": _document,
    "opinion": lambda matter, code: OPINION,
    "signed_for": lambda matter, code: SIGNED_FOR,
    "index": lambda matter, code: "",
}
