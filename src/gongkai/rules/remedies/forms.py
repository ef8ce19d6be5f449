"""Forms of decision (裁决形式): each with its article, its column of table four, and what it asks of the organ."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from gongkai.rules.clocks import REVIEW_SINCE, SINCE
from gongkai.rules.provision import Provision
from gongkai.rules.remedies.law import LITIGATION, REVIEW_BEFORE, REVIEW_NOW
from gongkai.rules.rule import Rule, implements

Track = Literal["review", "suit"]
COLUMNS: dict[str, str] = {"upheld": "结果维持", "corrected": "结果纠正", "other": "其他结果"}
_REGULATION_2007 = "review-regulation-2007"

FORMS_RULE = Rule(
    id="REM-forms",
    title="裁决形式计入表四的哪一栏",
    sentence="结果维持、结果纠正、其他结果、尚未审结",
    provisions=(Provision("report-format-2021", place="第四部分表格"),),
    since=SINCE,
    confirmed=False,
    note="格式没有写裁决形式与各栏的对应；维持和驳回请求计入结果维持，变更、撤销、确认违法或者无效、责令履行计入结果纠正，"
    "不予受理、驳回申请（起诉）、终止、撤诉、调解计入其他结果，是本程序的理解，待主管部门确认。"
    "二审维持原判的，随一审的一栏；发回重审的，尚未审结。",
)


class FormRefused(ValueError):
    """A form of decision that does not exist in that procedure; the message names those there are."""


@dataclass(frozen=True, slots=True)
class DecisionForm:
    """One form of decision (一种裁决形式).

    ``column``: of table four; "" where it concludes nothing (发回重审) or follows the first instance (维持原判).
    ``redo``: the organ must answer anew or at last; ``bars_same``: not with the same facts and grounds.
    ``before``: its place in the law of 2017, ``now`` in the one of 2023 or in the litigation law; None: not known there.
    ``ruling``: a ruling (裁定), appealed within ten days. ``second``: of the second instance.
    """

    code: str
    track: Track
    label: str
    column: str
    now: Provision | None
    before: Provision | None = None
    redo: bool = False
    bars_same: bool = False
    ruling: bool = False
    second: bool = False
    note: str = ""

    def provision(self, day: date) -> Provision | None:
        """The article it rests on in a procedure begun on that day."""
        if self.track == "suit" or day >= REVIEW_SINCE:
            return self.now
        return self.before


def _review(
    code: str, label: str, column: str, now: int | tuple[int, int | None, int | None] | None,
    before: Provision | None = None, *, redo: bool = False, bars: bool = False, note: str = "",
) -> DecisionForm:  # fmt: skip
    place = None
    if now is not None:
        place = Provision(REVIEW_NOW, *(now if isinstance(now, tuple) else (now, None, None)))
    return DecisionForm(code, "review", label, column, place, before, redo, bars, note=note)


def _28(item: int) -> Provision:
    return Provision(REVIEW_BEFORE, 28, 1, item)


def _suit(
    code: str, label: str, column: str, article: int, item: int | None = None, *, redo: bool = False,
    bars: bool = False, ruling: bool = False, second: bool = False, note: str = "",
) -> DecisionForm:  # fmt: skip
    place = Provision(LITIGATION, article, 1 if item else None, item)
    return DecisionForm(code, "suit", label, column, place, None, redo, bars, ruling, second, note)


_PROCEDURE = "只因违反法定程序撤销的，可以作出同样的答复。"

REVIEW_FORMS: tuple[DecisionForm, ...] = (
    _review("maintained", "维持", "upheld", 68, _28(1)),
    _review("claim_dismissed", "驳回复议请求", "upheld", 69, Provision(_REGULATION_2007, 48)),
    _review("modified", "变更", "corrected", 63, _28(3)),
    _review("annulled", "撤销、部分撤销", "corrected", 64, _28(3)),
    _review("annulled_redo", "撤销、部分撤销，责令重新作出", "corrected", 64, _28(3), redo=True, bars=True),
    _review(
        "annulled_redo_procedure", "撤销、部分撤销（违反法定程序），责令重新作出", "corrected", (64, 2, None), None,
        redo=True, note=_PROCEDURE,
    ),
    _review("unlawful", "确认违法", "corrected", 65, _28(3)),
    _review("unlawful_redo", "确认违法，责令重新作出", "corrected", None, _28(3), redo=True, bars=True,
            note="只见于修订前的法律。"),
    _review("perform", "责令限期履行（答复）", "corrected", 66, _28(2), redo=True),
    _review("invalid", "确认无效", "corrected", 67, None),
    _review("not_accepted", "不予受理", "other", (30, 2, None), Provision(REVIEW_BEFORE, 17, 1)),
    _review("abandoned", "逾期不补正，视为放弃", "other", (31, 2, None), Provision(_REGULATION_2007, 29)),
    _review("dismissed", "驳回复议申请", "other", 33, Provision(_REGULATION_2007, 48)),
    _review("ended", "终止（撤回申请等）", "other", 41, Provision(REVIEW_BEFORE, 25)),
    _review("settled", "和解后终止", "other", 74, Provision(_REGULATION_2007, 40)),
    _review("mediated", "调解书", "other", 73, Provision(_REGULATION_2007, 50),
            note="调解书写明重新答复的，在案卷里按“责令后重新办理”登记。"),
)  # fmt: skip

SUIT_FORMS: tuple[DecisionForm, ...] = (
    _suit("claim_dismissed", "判决驳回诉讼请求", "upheld", 69),
    _suit("annulled", "判决撤销、部分撤销", "corrected", 70),
    _suit("annulled_redo", "判决撤销、部分撤销，责令重新作出", "corrected", 70, redo=True, bars=True),
    _suit(
        "annulled_redo_procedure", "判决撤销、部分撤销（违反法定程序），责令重新作出", "corrected", 70, 3, redo=True,
        note=_PROCEDURE + "依据是司法解释，待核对。",
    ),
    _suit("perform", "判决限期履行（答复）", "corrected", 72, redo=True),
    _suit("payment", "判决履行给付义务", "corrected", 73),
    _suit("unlawful", "判决确认违法", "corrected", 74),
    _suit("invalid", "判决确认无效", "corrected", 75),
    _suit("modified", "判决变更", "corrected", 77),
    _suit("not_filed", "裁定不予立案", "other", 51, ruling=True),
    _suit("case_dismissed", "裁定驳回起诉", "other", 49, ruling=True),
    _suit("withdrawn", "裁定准许撤诉、按撤诉处理", "other", 62, ruling=True),
    _suit("mediated", "调解书", "other", 60),
    _suit("ended", "裁定移送、终结诉讼", "other", 101, ruling=True),
    _suit("appeal_dismissed", "二审驳回上诉，维持原判", "", 89, 1, second=True, note="计入一审的一栏。"),
    _suit("remanded", "二审发回重审", "", 89, 3, second=True, ruling=True, note="没有审结，回到一审。"),
)  # fmt: skip

FORMS: dict[Track, dict[str, DecisionForm]] = {
    "review": {form.code: form for form in REVIEW_FORMS},
    "suit": {form.code: form for form in SUIT_FORMS},
}


def form_of(track: Track, code: str) -> DecisionForm:
    """The form of that code. Raises FormRefused."""
    found = FORMS[track].get(code)
    if found is None:
        known = "、".join(form.label for form in FORMS[track].values())
        raise FormRefused(f"没有“{code}”这种裁决形式，应为：{known}。")
    return found


@implements(FORMS_RULE)
def column_of(track: Track, code: str, first: str = "") -> str:
    """The column of table four (计入表四的一栏); "" where the case is not concluded.

    ``first``: the form of the first instance, which a dismissed appeal leaves standing. Raises FormRefused.
    """
    form = form_of(track, code)
    return form_of(track, first).column if form.code == "appeal_dismissed" and first else form.column


def standing(track: Track, code: str, first: str = "") -> DecisionForm:
    """The form that binds the organ in the end (生效的裁决): the first instance's where the appeal was dismissed."""
    form = form_of(track, code)
    return form_of(track, first) if form.code == "appeal_dismissed" and first else form


def known_on(track: Track, day: date) -> Iterable[DecisionForm]:
    """The forms of a procedure begun on that day, in the order they are offered."""
    return [form for form in FORMS[track].values() if form.provision(day) is not None]
