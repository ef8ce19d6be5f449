"""The statutory clocks (法定期限): how many working days, from what, under which provision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.rules.legislation import article_text
from gongkai.rules.provision import Provision
from gongkai.rules.rule import Rule, register

REGULATION = "regulation-2019"
SINCE = date(2019, 5, 15)
REVIEW_SINCE = date(2024, 1, 1)
FEE_SINCE = date(2021, 1, 1)


def _text(instrument: str, article: int, paragraph: int | None = None) -> str:
    return article_text(instrument, article, paragraph) or ""


REPLY = Rule(
    id="REQ-33-reply",
    title="答复期限",
    sentence="行政机关不能当场答复的，应当自收到申请之日起20个工作日内予以答复",
    provisions=(Provision(REGULATION, 33, 2),),
    since=SINCE,
    examples=("2021-09-13 收到，2021-10-15 前答复。",),
)
EXTENSION = Rule(
    id="REQ-33-extension",
    title="延长答复期限",
    sentence="需要延长答复期限的，应当经政府信息公开工作机构负责人同意并告知申请人，延长的期限最长不得超过20个工作日",
    provisions=(Provision(REGULATION, 33, 2),),
    since=SINCE,
    confirmed=False,
    note="只能延长一次、告知须在原期限内，是对条文的理解，条文没有写明。",
)
PAUSE = Rule(
    id="REQ-33-pause",
    title="征求意见所需时间不计算在内",
    sentence="行政机关征求第三方和其他机关意见所需时间不计算在前款规定的期限内。",
    provisions=(Provision(REGULATION, 33, 3),),
    since=SINCE,
    confirmed=False,
    note="自发出征求意见书的次日起，至收到意见或者意见期限届满之日止，是对“所需时间”的理解。",
    examples=("2021-09-13 收到，征求意见 2021-09-22 发出、2021-10-12 收到，2021-11-01 前答复。",),
)
RESTART = Rule(
    id="REQ-30-restart",
    title="补正后重新计算答复期限",
    sentence="答复期限自行政机关收到补正的申请之日起计算。",
    provisions=(Provision(REGULATION, 30),),
    since=SINCE,
)
SUPPLEMENT = Rule(
    id="REQ-30-supplement",
    title="告知补正的期限",
    sentence="自收到申请之日起7个工作日内一次性告知申请人作出补正，说明需要补正的事项和合理的补正期限。",
    provisions=(Provision(REGULATION, 30),),
    since=SINCE,
)
THIRD_PARTY = Rule(
    id="REQ-32-third-party",
    title="第三方提出意见的期限",
    sentence="第三方应当自收到征求意见书之日起15个工作日内提出意见。",
    provisions=(Provision(REGULATION, 32),),
    since=SINCE,
)
JOINT_ORGAN = Rule(
    id="REQ-34-joint-organ",
    title="共同制作机关提出意见的期限",
    sentence="被征求意见机关应当自收到征求意见书之日起15个工作日内提出意见，逾期未提出意见的视为同意公开。",
    provisions=(Provision(REGULATION, 34),),
    since=SINCE,
)
PUBLICATION = Rule(
    id="PUB-26-publication",
    title="主动公开的期限",
    sentence="属于主动公开范围的政府信息，应当自该政府信息形成或者变更之日起20个工作日内及时公开。"
    "法律、法规对政府信息公开的期限另有规定的，从其规定。",
    provisions=(Provision(REGULATION, 26),),
    since=SINCE,
)
PAYMENT = Rule(
    id="FEE-6-payment",
    title="缴纳信息处理费的期限",
    sentence="申请人应当在收到收费通知次日起20个工作日内缴纳费用，逾期未缴纳的视为放弃申请。",
    provisions=(Provision("fee-2020", 6),),
    since=FEE_SINCE,
    confirmed=False,
    note="文意出自转载件，条文原文待核对。",
)
PAID_RESTART = Rule(
    id="FEE-6-restart",
    title="缴费后重新计算答复期限",
    sentence="答复期限从申请人完成缴费次日起重新计算。",
    provisions=(Provision("fee-2020", 6),),
    since=FEE_SINCE,
    confirmed=False,
    note="凭记忆写下，条文原文待核对。",
)
REVIEW_ANSWER = Rule(
    id="REM-48-answer",
    title="行政复议答复的期限",
    sentence="被申请人应当自收到行政复议申请书副本或者行政复议申请笔录复印件之日起十日内，提出书面答复，"
    "并提交作出行政行为的证据、依据和其他有关材料。",
    provisions=(Provision("review-law-2023", 48), Provision("review-law-2023", 88, 2)),
    since=REVIEW_SINCE,
)
REVIEW_ANSWER_SIMPLE = Rule(
    id="REM-54-answer",
    title="行政复议答复的期限（简易程序）",
    sentence="被申请人应当自收到行政复议申请书副本或者行政复议申请笔录复印件之日起五日内，提出书面答复，"
    "并提交作出行政行为的证据、依据和其他有关材料。",
    provisions=(Provision("review-law-2023", 54, 1), Provision("review-law-2023", 88, 2)),
    since=REVIEW_SINCE,
)
FIRST_DAY = Rule(
    id="CAL-85-first-day",
    title="开始之日不计算在内",
    sentence="期间开始的时和日，不计算在期间内。",
    provisions=(Provision("civil-procedure-2023", 85, 2), Provision("litigation-law-2017", 101)),
    confirmed=False,
    note="条例没有写明首日是否计入；参照诉讼法的期间规定，国办公开办函〔2015〕207号也以诉讼法为参考。"
    "民事诉讼法未收全文，引文待核对。",
)
WORKING_DAY = Rule(
    id="CAL-working-day",
    title="工作日",
    sentence="全体公民放假的假日，如果适逢周六、周日，应当在工作日补假。",
    provisions=(Provision("holiday-decree-2024", 6), Provision("holiday-decree-2024", 7)),
    since=date(2025, 1, 1),
    note="每年的放假和调休上班按国务院办公厅的通知，2024年以前同样按各年通知；没有通知的年份不计算。",
)
REGIONAL_FESTIVAL = Rule(
    id="CAL-4-regional",
    title="少数民族习惯的节日",
    sentence="少数民族习惯的节日，由各少数民族聚居地区的地方人民政府，按照各该民族习惯，规定放假日期。",
    provisions=(Provision("holiday-decree-2024", 4),),
    note="2013年的文本第四条相同。没有地区通知的年份不计地区节日，期限只会偏早。",
)

for _rule in (RESTART, EXTENSION, PAUSE, PAID_RESTART, FIRST_DAY, WORKING_DAY, REGIONAL_FESTIVAL):
    register(_rule)


@dataclass(frozen=True, slots=True)
class Clock:
    """One clock (期限的种类). ``start`` names the day it runs from; ``reply`` may pause, restart, extend."""

    code: str
    label: str
    days: int
    start: str
    rule: Rule
    reply: bool = False


CLOCKS: dict[str, Clock] = {
    c.code: c
    for c in (
        Clock("reply", "答复", 20, "收到申请之日", REPLY, reply=True),
        Clock("supplement", "告知补正", 7, "收到申请之日", SUPPLEMENT),
        Clock("third-party", "第三方提出意见", 15, "第三方收到征求意见书之日", THIRD_PARTY),
        Clock("joint-organ", "共同制作机关提出意见", 15, "被征求意见机关收到征求意见书之日", JOINT_ORGAN),
        Clock("publication", "主动公开", 20, "信息形成或者变更之日", PUBLICATION),
        Clock("payment", "缴纳信息处理费", 20, "申请人收到收费通知之日", PAYMENT),
        Clock("review-answer", "行政复议书面答复", 10, "收到申请书副本之日", REVIEW_ANSWER),
        Clock(
            "review-answer-simple",
            "行政复议书面答复（简易程序）",
            5,
            "收到申请书副本之日",
            REVIEW_ANSWER_SIMPLE,
        ),
    )
}
for _clock in CLOCKS.values():
    register(_clock.rule)
