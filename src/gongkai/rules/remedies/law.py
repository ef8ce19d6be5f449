"""The rules of remedies that no other module holds (救济的规则): terms in each procedure, carrying out an order."""

from __future__ import annotations

from datetime import date

from gongkai.rules.clocks import REVIEW_SINCE, SINCE
from gongkai.rules.legislation import article_text
from gongkai.rules.provision import Provision
from gongkai.rules.rule import Rule, register

REVIEW_BEFORE, REVIEW_NOW = "review-law-2017", "review-law-2023"
LITIGATION, REGULATION = "litigation-law-2017", "regulation-2019"
LAST_BEFORE = date(2023, 12, 31)

ANSWER_BEFORE = Rule(
    id="REM-23-answer-before",
    title="行政复议答复的期限（修订前）",
    sentence="被申请人应当自收到申请书副本或者申请笔录复印件之日起十日内，提出书面答复，"
    "并提交当初作出具体行政行为的证据、依据和其他有关材料。",
    provisions=(Provision(REVIEW_BEFORE, 23, 1), Provision(REVIEW_BEFORE, 40, 2)),
    since=SINCE,
    until=LAST_BEFORE,
    confirmed=False,
    note="修订前第四十条第二款只把“五日”“七日”定为工作日，十日按日历日计算。"
    "2024年以前受理的按修订前的法律办理，是对新法施行日的理解。",
    examples=("2021-09-13 收到申请书副本，2021-09-23 前答复。",),
)
DEFENCE = Rule(
    id="REM-67-defence",
    title="提交证据和答辩状的期限",
    sentence="被告应当在收到起诉状副本之日起十五日内向人民法院提交作出行政行为的证据和所依据的规范性文件，并提出答辩状。",
    provisions=(Provision(LITIGATION, 67, 1),),
    since=SINCE,
    note="十五日是日历日；最后一日是法定休假日的，顺延。逾期不提供证据的后果见行政诉讼法第三十四条第二款。",
    examples=("2024-03-15 收到起诉状副本，十五日到周六 2024-03-30，顺延到 2024-04-01。",),
)
APPEAL = Rule(
    id="REM-85-appeal",
    title="上诉的期限",
    sentence="当事人不服人民法院第一审判决的，有权在判决书送达之日起十五日内向上一级人民法院提起上诉。"
    "当事人不服人民法院第一审裁定的，有权在裁定书送达之日起十日内向上一级人民法院提起上诉。",
    provisions=(Provision(LITIGATION, 85),),
    since=SINCE,
)
APPEAL_ANSWER = Rule(
    id="REM-174-appeal-answer",
    title="上诉答辩的期限",
    sentence="对方当事人在收到之日起十五日内提出答辩状。",
    provisions=(Provision("civil-procedure-2023", 174), Provision(LITIGATION, 101)),
    since=SINCE,
    confirmed=False,
    note="行政诉讼法没有写，适用民事诉讼法关于上诉的规定；民事诉讼法未收全文，条序和引文待核对。",
)
REVIEW_DECISION = Rule(
    id="REM-62-review-decision",
    title="行政复议机关作出决定的期限",
    sentence=article_text(REVIEW_NOW, 62) or "",
    provisions=(Provision(REVIEW_NOW, 62),),
    since=REVIEW_SINCE,
    note="是复议机关的期限，列出供参考；中止的时间程序不推算。",
)
REVIEW_DECISION_BEFORE = Rule(
    id="REM-31-review-decision-before",
    title="行政复议机关作出决定的期限（修订前）",
    sentence=article_text(REVIEW_BEFORE, 31, 1) or "",
    provisions=(Provision(REVIEW_BEFORE, 31, 1),),
    since=SINCE,
    until=LAST_BEFORE,
)
JUDGMENT = Rule(
    id="REM-81-judgment",
    title="一审判决的期限",
    sentence="人民法院应当在立案之日起六个月内作出第一审判决。",
    provisions=(Provision(LITIGATION, 81),),
    since=SINCE,
    note="是人民法院的期限，列出供参考。",
)
JUDGMENT_SIMPLE = Rule(
    id="REM-83-judgment-simple",
    title="一审判决的期限（简易程序）",
    sentence="适用简易程序审理的行政案件，由审判员一人独任审理，并应当在立案之日起四十五日内审结。",
    provisions=(Provision(LITIGATION, 83),),
    since=SINCE,
)
CARRY_OUT = Rule(
    id="REM-77-carry-out",
    title="履行复议决定和判决",
    sentence="被申请人应当履行行政复议决定书、调解书、意见书。",
    provisions=(Provision(REVIEW_NOW, 77, 1), Provision(LITIGATION, 94), Provision(REVIEW_BEFORE, 32, 1)),
    since=SINCE,
    confirmed=False,
    note="文书写明期限的按所写日期；没有写明的，自收到文书之日起重新计算20个工作日，是对条文的理解（见 REM-70-redo）。"
    "一审判决在上诉期内没有生效，期满没有人上诉的才履行。",
)
EVIDENCE = Rule(
    id="REM-34-evidence",
    title="被告负举证责任",
    sentence="被告对作出的行政行为负有举证责任，应当提供作出该行政行为的证据和所依据的规范性文件。\n"
    "被告不提供或者无正当理由逾期提供证据，视为没有相应证据。",
    provisions=(Provision(LITIGATION, 34), Provision(REVIEW_NOW, 44, 1), Provision(REVIEW_NOW, 70)),
    since=SINCE,
    note="复议中不按期提交的，视为行政行为没有证据、依据（行政复议法第七十条）。",
)
NO_COLLECTING = Rule(
    id="REM-35-no-collecting",
    title="不得自行收集证据",
    sentence="在诉讼过程中，被告及其诉讼代理人不得自行向原告、第三人和证人收集证据。",
    provisions=(Provision(LITIGATION, 35), Provision(REVIEW_NOW, 46, 1), Provision(REVIEW_BEFORE, 24)),
    since=SINCE,
    note="证据包只收答复以前和随答复形成的材料；其后形成的要经复议机构或者人民法院同意才能补充。",
)
for _rule in (
    ANSWER_BEFORE, DEFENCE, APPEAL, APPEAL_ANSWER, REVIEW_DECISION, REVIEW_DECISION_BEFORE, JUDGMENT, JUDGMENT_SIMPLE,
    CARRY_OUT, EVIDENCE, NO_COLLECTING,
):  # fmt: skip
    register(_rule)
