"""The form of an act (动作表单), made from the act's fields; it keeps what was typed, and reads it by kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from django.db.models import Q
from django.http import QueryDict

from gongkai.casework.earlier import earlier_answers
from gongkai.casework.letter_numbers import letter_code, next_number
from gongkai.casework.models import Case
from gongkai.casework.queries import View
from gongkai.casework.redacting import passages_from
from gongkai.casework.told import FEE_METHODS, ORDER_KINDS, label_of
from gongkai.foundation import organs
from gongkai.foundation.kinds import Finding
from gongkai.foundation.models import Account, Organ, RoleHolding
from gongkai.remedies.queries import disputed
from gongkai.rules import roles, service
from gongkai.rules.applicants import APPLICANT_CLASSES
from gongkai.rules.citations import cite
from gongkai.rules.grounds import GROUNDS, NEEDS
from gongkai.rules.outcomes import OUTCOMES
from gongkai.rules.requests.act import Act
from gongkai.rules.requests.decisions import BY_LAPSE
from gongkai.rules.requests.facts import PARTIES
from gongkai.rules.requests.retention import CLASSES, retention_class

Option = tuple[str, str]
# Words that an act may carry beside what the law's table asks for.
EXTRA_OF: dict[str, tuple[str, ...]] = {
    "consult_third_party": ("whom_name", "whom_contact", "content"),
    "consult_organ": ("content",),
    "tell_third_party": ("content",),
    "decide": ("access", "earlier"),
    "correct": ("access", "earlier"),
    "receive_supplement": ("note",),
}
_LONG_EXTRAS = frozenset({"content", "access", "note"})
# Without these the letter of the act cannot leave.
_NEEDED_EXTRAS = frozenset({"content", "whom_name"})
# Flags that hold unless somebody says otherwise.
_TRUE_AT_FIRST = frozenset({"jointly", "bars_same"})
_PASSAGES, _MOST_PASSAGES = 3, 40
MOST = {"text": 200, "long": 20_000}


@dataclass(frozen=True, slots=True)
class FormField:
    """One field as the form draws it: ``kind`` says how, ``value`` is what was typed, ``required`` by the law."""

    code: str
    label: str
    kind: str
    hint: str
    required: bool
    value: str = ""
    error: str = ""
    options: tuple[Option, ...] = ()
    longest: int = 200
    suggested: tuple[str, ...] = ()
    ticks: tuple[tuple[str, str, str, bool], ...] = ()

    @property
    def described(self) -> str:
        """The ids of what stands beside the field."""
        ids = [f"hint-{self.code}"] if self.hint else []
        return " ".join([*ids, *([f"error-{self.code}"] if self.error else [])])

    @property
    def input_type(self) -> str:
        """A date that is none stays as text, or the browser would drop it."""
        return (
            "date" if self.kind == "date" and (not self.value or day_of(self.value) is not None) else "text"
        )


@dataclass(frozen=True, slots=True)
class Leaf:
    """One outcome of table three with its grounds (办理结果的一格)."""

    row: str
    number: str
    label: str
    chosen: bool
    law: str
    grounds: tuple[tuple[str, str, str, bool], ...]
    needs: tuple[str, ...]
    partial: bool


@dataclass(frozen=True, slots=True)
class ActForm:
    """The form of one act: its fields, the outcomes where it decides, the passages."""

    fields: list[FormField]
    leaves: list[tuple[str, list[Leaf]]] = field(default_factory=list)
    passages: list[tuple[int, str, str]] = field(default_factory=list)
    passage_grounds: tuple[Option, ...] = ()
    outcome_error: str = ""
    grounds_error: str = ""
    passages_error: str = ""

    @property
    def decides(self) -> bool:
        """Whether an outcome is chosen here."""
        return bool(self.leaves)


def act_form(
    act: Act, found: View, by: Account, today: date, posted: QueryDict | None, wrong: Sequence[Finding] = ()
) -> ActForm:
    """The form as somebody first sees it, or with what was typed and what is wrong with it."""
    errors: dict[str, str] = {}
    for one in wrong:
        errors[one.column] = errors.get(one.column, "") + one.message
    raw = posted if posted is not None else _first_values(act, found, by, today)
    simple = [f for f in act.fields if f.kind not in ("grounds", "passages") and f.code != "outcome"]
    fields = [
        FormField(
            f.code, _label(act, f.code, f.label), _kind(f.kind, f.code in act.needs),
            _HINTS.get((act.id, f.code), f.help), f.code in act.needs,
            raw.get(f.code, ""), errors.get(f.code, ""), tuple(_options(f.code, act, found, today)),
            MOST.get(f.kind, 200), suggested_organs(f.code, act, found.case),
        )
        for f in simple
        if not _useless(f.code, found)
    ]  # fmt: skip
    fields += [
        FormField(code, label_of(code, act.id), "long" if code in _LONG_EXTRAS else "text",
                  _EXTRA_HINTS.get(code, ""), code in _NEEDED_EXTRAS,
                  raw.get(code, ""), errors.get(code, ""), options, 2_000 if code in _LONG_EXTRAS else 200)
        for code, options in _extras(act, found.case)
    ]  # fmt: skip
    day = FormField(
        "on",
        DAY_LABELS.get(act.id, "哪一天办的"),
        "date",
        _HINT_OFDAY_LABELS,
        True,
        raw.get("on", ""),
        errors.get("on", ""),
    )
    if "outcome" not in act.needs:
        return ActForm([day, *fields])
    return ActForm(
        [day, *fields], _leaves(raw), _passages(raw, _from_boxes(found) if posted is None else ()), _withheld_options(),
        errors.get("outcome", ""), errors.get("grounds", ""), errors.get("passages", ""),
    )  # fmt: skip


def _extras(act: Act, case: Case) -> list[tuple[str, tuple[Option, ...]]]:
    """The words an act carries beside the law's, with what there is to choose; nothing to choose, nothing asked."""
    found: list[tuple[str, tuple[Option, ...]]] = []
    for code in EXTRA_OF.get(act.id, ()):
        if code != "earlier":
            found.append((code, ()))
        elif offered := earlier_answers(case):
            found.append((code, tuple((one.case.number, one.label) for one in offered)))
    return found


_HINT_OFDAY_LABELS = "今天办的不用改。补记前几天办的，写实际的那一天"
DAY_LABELS: dict[str, str] = {
    "confirm": "哪一天确认的", "receive_supplement": "哪一天收到的", "record_reached": "对方哪一天收到的",
    "record_opinion": "哪一天收到意见", "fee_reached": "申请人哪一天收到的", "record_payment": "哪一天缴的",
    "receive_reasons": "哪一天收到的", "part_answered": "哪一天收到的", "send": "哪一天发出的",
    "note_order": "哪一天收到文书", "reopen": "哪一天收到文书", "withdraw": "哪一天撤回的",
}  # fmt: skip
_EXTRA_HINTS: dict[str, str] = {
    "whom_name": "加密保存，只印在征求意见书上",
    "whom_contact": "地址或者电话，加密保存",
    "content": "写明涉及对方的内容，够对方判断就行",
    "access": "写进答复书：网址、附件、领取的地点和时间。予以公开、部分公开、已主动公开的写；现在不写的，在草稿里补",
    "earlier": "按重复申请、要求确认已获取信息答复的才选；文号和日期由那一件的案卷写进答复书。"
    "系统以前的答复，空着，在草稿里写",
    "note": "照录申请人补正的话，答复书里照这样引用",
}


# What a field wants in this act, where it is another thing than elsewhere.
_HINTS: dict[tuple[str, str], str] = {
    ("ask_supplement", "term_on"): "补正的合理期限，由本机关定；没有正当理由逾期不补正的，视为放弃申请",
    ("ask_reasons", "matters"): "写明数量、频次怎样超过合理范围，要申请人说明什么",
    ("ask_reasons", "term_on"): "给申请人留够说明的时间；答复期限照常计算",
    ("decide", "reason"): "写明事实和适用的条款；答复书要写理由的，照这里印",
    ("return", "reason"): "写明哪里要改、怎样改，经办人照着改",
    ("propose_extension", "reason"): "印在延期告知书里",
    ("send", "consent"): "电子送达要先得到申请人同意",
}


def _label(act: Act, code: str, label: str) -> str:
    """The field's label in the words of this act."""
    if code == "reason" and act.id == "return":
        return "退回的原因"
    if code == "matters" and act.id == "ask_reasons":
        return "需要说明的事项"
    if code == "method":
        return "计收方式" if act.id == "issue_fee" else "送达方式"
    return label


def _kind(kind: str, needed: bool) -> str:
    """A flag that must be answered is a choice of two; one that may be is a box to tick."""
    return "yesno" if kind == "flag" and needed else kind


def _useless(code: str, found: View) -> bool:
    """The public interest is weighed only where a third party objects."""
    return code == "override" and not any(c.objects for c in found.life.round.consultations)


def _first_values(act: Act, found: View, by: Account, today: date) -> dict[str, str]:
    values = {"on": today.isoformat()}
    values |= {code: "1" for code in _TRUE_AT_FIRST if code in (*act.needs, *act.also)}
    case = found.case
    match act.id:
        case "register":
            values |= {"applicant_class": case.applicant_class, "handler": by.ref}
        case "sign":
            values["number"] = _next_number(case, today)
        case "archive":
            values["retention_class"] = retention_class(found.life, disputed=disputed(found.case.number)).code
        case "consult_third_party":
            so_far = sum(c.kind == "third-party" for c in found.life.round.consultations)
            values["whom"] = f"第三方{'甲乙丙丁戊己庚辛壬癸'[so_far % 10]}"
        case "issue_fee":
            values["count"] = "1"
    return values


def _next_number(case: Case, today: date) -> str:
    """The number that follows in the organ's series; "" where it has no 机关代字 yet."""
    code = letter_code(case.organ)
    return next_number(case.organ, code, today.year) if code else ""


def _options(code: str, act: Act, found: View, today: date) -> list[Option]:
    round_ = found.life.round
    match code:
        case "applicant_class":
            return [(c.code, c.printed.replace("/", "：")) for c in APPLICANT_CLASSES.values()]
        case "handler":
            return handlers(found.case, today)
        case "consultation":
            untold = act.id == "tell_third_party"
            return [
                (str(n), f"{c.whom}，{c.sent_on} 发出")
                for n, c in enumerate(round_.consultations)
                if (c.objects and c.told_on is None if untold else c.open)
            ]
        case "part":
            return [(str(n), f"{p.organ}，{p.due_on} 前回复") for n, p in enumerate(round_.parts) if p.open]
        case "method":
            return list((FEE_METHODS if act.id == "issue_fee" else service.METHODS).items())
        case "party":
            return list(PARTIES.items())
        case "order_kind":
            return list(ORDER_KINDS.items())
        case "retention_class":
            return [(c.code, f"{c.label}，{c.years} 年（{c.why}）") for c in CLASSES.values()]
    return []


_ORGAN_FIELDS = {"assign_part": "organ", "forward": "organ", "consult_organ": "whom"}


def suggested_organs(code: str, act: Act, case: Case) -> tuple[str, ...]:
    """The other organs of the district, by full name, for acts that name one; any other may be written."""
    if _ORGAN_FIELDS.get(act.id) != code:
        return ()
    district = case.organ.parent_id or case.organ_id
    family = Q(pk=district) | Q(parent=district)
    rows = Organ.objects.filter(family, ended_on=None).exclude(pk=case.organ_id)
    return tuple(organs.current_names(rows).values())


def handlers(case: Case, today: date) -> list[Option]:
    """Who may handle the case (可以经办的人): those who hold such a role at the organ, or its office, today."""
    return handlers_at(case.organ, today)


def handlers_at(organ: Organ, today: date) -> list[Option]:
    """Who may handle cases of an organ today."""
    able = [role.code for role in roles.permitting("case.handle")]
    places = [organ.pk]
    if organ.kind == "government":
        places += list(organ.units.filter(kind="office").values_list("pk", flat=True))
    rows = RoleHolding.objects.filter(
        Q(until_on__isnull=True) | Q(until_on__gte=today),
        organ_id__in=places, role__in=able, from_on__lte=today, account__is_active=True,
    )  # fmt: skip
    people = Account.objects.filter(roles__in=rows).distinct().order_by("display_name", "pk")
    return [(one.ref, one.display_name) for one in people]


def _leaves(raw: Mapping[str, str]) -> list[tuple[str, list[Leaf]]]:
    """The outcomes grouped as table three prints them; those that only silence or withdrawal bring left out."""
    shown = [o for o in OUTCOMES.values() if o.row not in BY_LAPSE]
    groups = groupby(shown, key=lambda o: o.group or "（一）（二）公开")
    return [(label, [_leaf(o.row, raw) for o in members]) for label, members in groups]


def _leaf(row: str, raw: Mapping[str, str]) -> Leaf:
    outcome = OUTCOMES[row]
    codes = [code for code in outcome.grounds if code != "withdrawn"]
    chosen = set(_list(raw, f"grounds-{row}"))
    grounds = tuple(
        (
            code,
            GROUNDS[code].label,
            short(cite((GROUNDS[code].provision,))),
            code in chosen or len(codes) == 1,
        )
        for code in codes
    )
    needs = dict.fromkeys(key for code in codes for key in GROUNDS[code].needs) if len(codes) < 3 else ()
    return Leaf(
        row, outcome.number, outcome.label, raw.get("outcome") == row, short(outcome.citation()), grounds,
        tuple(NEEDS[key] for key in needs), row == "r4",
    )  # fmt: skip


def short(citation: str) -> str:
    """A citation as a list of many says it: the Regulation by its short name."""
    return citation.replace("《中华人民共和国政府信息公开条例》", "条例")


def _list(raw: Mapping[str, str], name: str) -> list[str]:
    return raw.getlist(name) if isinstance(raw, QueryDict) else []


def _from_boxes(found: View) -> tuple[tuple[str, str], ...]:
    """The passages that were blackened already, of the file that stands for each paper."""
    latest = {row.source_id: row for row in found.case.redactions.select_related("source")}
    return tuple((one.place, one.ground) for row in latest.values() for one in passages_from(row))


def _passages(raw: Mapping[str, str], suggested: tuple[tuple[str, str], ...]) -> list[tuple[int, str, str]]:
    """The rows for passages: those typed, or taken from the boxes, and some blank ones."""
    places, grounds = _list(raw, "passage-place"), _list(raw, "passage-ground")
    typed = [(p, g) for p, g in zip(places, grounds, strict=False) if p.strip() or g]
    filled = (typed or list(suggested))[:_MOST_PASSAGES]
    blank = _PASSAGES if not filled or raw.get("more") else 1
    return [(n, place, ground) for n, (place, ground) in enumerate([*filled, *[("", "")] * blank], 1)]


def _withheld_options() -> tuple[Option, ...]:
    return tuple((code, GROUNDS[code].label) for code in OUTCOMES["r4"].grounds)


def day_of(text: str) -> date | None:
    """A date as it was typed; None for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
