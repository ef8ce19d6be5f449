"""Requests with a whole life (依申请公开): three of 2021, and running ones in every stage around today."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from gongkai.casework import acts
from gongkai.casework.filing import ApplicantGiven, Filing, file_request
from gongkai.casework.keeping import keep_letters
from gongkai.casework.letter_numbers import next_number
from gongkai.casework.letter_settings import change_settings
from gongkai.casework.models import Case
from gongkai.demonstration.units import GOVERNMENT, OFFICE, unit
from gongkai.foundation.actors import PUBLIC, Actor
from gongkai.foundation.clock import SHANGHAI
from gongkai.foundation.models import Organ

# Checksum-valid and synthetic (GB 11643, GB 32100); nobody's.
_CARDS = ("110101199001010015", "110101199001010023", "110101199001010031")
_CREDIT_CODE = "91640302MA0000000U"
_NAMES = ("申请人甲", "申请人乙", "申请人丙")
_GRANT: Mapping[str, Any] = {
    "outcome": "r3",
    "grounds": ("provided",),
    "reason": "属于可以公开的政府信息，予以公开。",
    "access": "纸质复制件一份，随本答复书邮寄",
}
_PETITION: Mapping[str, Any] = {
    "outcome": "r16",
    "grounds": ("petition",),
    "reason": "申请内容是要求查处邻里建房纠纷，属于投诉举报，已告知向综合执法局提出。",
}
_SEARCH: Mapping[str, Any] = {
    "where": "档案室、公文系统",
    "by": "经办人",
    "words": "老旧小区改造",
    "found": 2,
}
_ASKED: Mapping[str, Any] = {
    "whom": "第三方甲",
    "party": "organisation",
    "whom_name": "某物业服务公司",
    "content": "分配名单中由该公司管理的小区的房号和租金标准",
}
# What stands in the letters: the 机关代字 of each organ, and what the district's government sets for all.
_CODES: Mapping[str, str] = {
    OFFICE: "利政公复",
    unit("自然资源局").code: "利自然公复",
    unit("住房城乡建设和交通局").code: "利住建公复",
    unit("教育局").code: "利教公复",
    unit("古城镇").code: "利古城公复",
}
_PAYMENT = "持本通知书到政府非税收入代收银行的网点缴纳，以财政票据为凭"
# Who approves is not who handles.
_APPROVED_BY_HEAD = frozenset({"sign", "approve_extension"})


@dataclass(frozen=True, slots=True)
class Step:
    """One act of a life: what, on which day, with what."""

    act: str
    on: date
    given: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Story:
    """One request from its filing on. ``code``: the 机关代字 of its letters; ``person``: which applicant."""

    organ: str
    channel: str
    on: date
    description: str
    steps: tuple[Step, ...]
    code: str = "利政公复"
    person: int = 0
    company: bool = False

    @property
    def applicant_class(self) -> str:
        """The column of table three."""
        return "enterprise" if self.company else "natural"


def answered(on: date, decision: Mapping[str, Any], served: date, method: str = "post") -> tuple[Step, ...]:
    """Decided and handed up on one day, signed, sent and served on another (作出到送达)."""
    return (
        Step("decide", on, decision),
        Step("submit", on),
        Step("sign", served),
        Step("send", served, {"method": method}),
        Step("prove_service", served, {"proof": "挂号信收据，存卷"}),
    )


def stories_2021() -> tuple[Story, ...]:
    """The three of 2021, in the order they came."""
    first, second, third = date(2021, 3, 22), date(2021, 6, 9), date(2021, 9, 13)
    return (
        Story(
            OFFICE, "online", first, "老旧小区改造 2021 年度计划和资金安排",
            (
                Step("confirm", first, {"confirmed_how": "电话确认，尾号 0000，本人接听"}),
                Step("register", first),
                Step("record_search", date(2021, 3, 29), _SEARCH),
                *answered(date(2021, 4, 1), _GRANT, date(2021, 4, 6)),
                Step("archive", date(2021, 4, 20), {"retention_class": "ordinary"}),
            ),
        ),
        Story(
            unit("自然资源局").code, "registered_mail", second, "本村土地征收的批准文件",
            (
                Step("register", second),
                *answered(date(2021, 6, 23), _GRANT, date(2021, 6, 28)),
                Step("archive", date(2021, 7, 12), {"retention_class": "ordinary"}),
            ),
            code="利自然公复", person=1,
        ),
        Story(
            OFFICE, "counter", third, "要求查处邻里建房纠纷",
            (
                Step("register", third),
                *answered(date(2021, 9, 23), _PETITION, date(2021, 9, 27)),
                Step("archive", date(2021, 10, 11), {"retention_class": "ordinary"}),
            ),
            person=2,
        ),
    )  # fmt: skip


def stories_running(today: date) -> tuple[Story, ...]:
    """Running ones, one for each stage, over the days before today."""

    def back(days: int) -> date:
        return today - timedelta(days=days)

    land, housing = unit("自然资源局").code, unit("住房城乡建设和交通局").code
    asked = {"matters": "写明要哪一年、哪一个村的规划图", "term_on": today + timedelta(days=12)}
    return (
        Story(OFFICE, "online", back(1), "政务服务大厅 2 号窗口的收费依据", ()),
        Story(land, "online", back(4), "本村土地利用规划图", (
            Step("confirm", back(4), {"confirmed_how": "电话确认，尾号 0000，本人接听"}),
            Step("register", back(4)),
        ), code="利自然公复", company=True),
        Story(land, "counter", back(6), "规划图", (
            Step("register", back(6)), Step("ask_supplement", back(5), asked),
        ), code="利自然公复", person=1),
        Story(housing, "registered_mail", back(8), "公共租赁住房最近一批分配名单", (
            Step("register", back(8)),
            Step("consult_third_party", back(6), _ASKED),
        ), code="利住建公复", person=2),
        Story(housing, "counter", back(12), "小区停车位的规划审批文件", (
            Step("register", back(12)),
            Step("decide", back(2), _GRANT), Step("submit", back(1)),
        ), code="利住建公复"),
        Story(OFFICE, "counter", back(16), "乡村道路建设项目招标文件", (
            Step("register", back(16)),
            Step("decide", back(3), _GRANT), Step("submit", back(2)),
            Step("sign", back(1)), Step("send", back(1), {"method": "post"}),
        ), person=1),
        Story(OFFICE, "counter", back(20), "学区划分的会议纪要", (
            Step("register", back(20)), Step("withdraw", back(15), {"reason": "已在网站上找到"}),
        ), person=2),
        # For who tries the demonstration: a clerk's first act, a head's signature.
        Story(unit("教育局").code, "online", back(1), "新学年小学新增学位的计划", (), person=1),
        Story(OFFICE, "counter", back(9), "区政府大院对外开放停车位的安排", (
            Step("register", back(9)),
            Step("decide", back(2), _GRANT), Step("submit", back(1)),
        ), person=2),
    )  # fmt: skip


def set_letters(places: Mapping[str, Organ], *, by: Actor, now: datetime) -> None:
    """What the letters of the district need beside the record."""
    shared = {"higher_government": "吴忠市人民政府", "payment": _PAYMENT, "letter_code": "利政公复"}
    change_settings(places[GOVERNMENT], shared, by=by, now=now)
    for code, letter_code in _CODES.items():
        change_settings(places[code], {"letter_code": letter_code}, by=by, now=now)


def live(story: Story, places: Mapping[str, Organ], actors: Callable[[str, date], Actor]) -> Case:
    """File the request and carry it on, each act on its day, by those whose it is."""
    organ = places[story.organ]
    applicant = ApplicantGiven(
        applicant_class=story.applicant_class,
        name="某农业发展有限公司" if story.company else _NAMES[story.person],
        id_type="unified-credit-code" if story.company else "identity-card",
        id_number=_CREDIT_CODE if story.company else _CARDS[story.person],
        phone="13800000000",
        address="利通区某街道某号",
    )
    by = PUBLIC if story.channel == "online" else actors("office-clerk", story.on)
    filing = Filing(applicant=applicant, description=story.description, delivery="post", form="paper")
    case = file_request(organ, filing, by=by, now=_at(story.on, 9), channel=story.channel).case
    for step in story.steps:
        person = actors("office-head" if step.act in _APPROVED_BY_HEAD else "office-clerk", step.on)
        case = acts.act(
            case, step.act, _given(story, step, case, actors), by=person, now=_at(step.on, 15), on=step.on
        )
        keep_letters(case, now=_at(step.on, 15))
    return case


def _given(story: Story, step: Step, case: Case, actors: Callable[[str, date], Actor]) -> dict[str, Any]:
    given = dict(step.given)
    if step.act == "register":
        given |= {
            "handler": actors("office-clerk", step.on).ref,
            "applicant_class": story.applicant_class,
        }
    if step.act == "sign":
        given["number"] = next_number(case.organ, story.code, step.on.year)
    return given


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), SHANGHAI)
