"""Rules of a request's life that no other module holds (办理规则): confirmation, other organs, orders."""

from __future__ import annotations

from datetime import date

from gongkai.rules.clocks import PAYMENT, REGULATION, SINCE
from gongkai.rules.legislation import article_text
from gongkai.rules.provision import Provision
from gongkai.rules.rule import Rule


def at(article: int, paragraph: int | None = None, item: int | None = None) -> Provision:
    """A place in the Regulation (条例)."""
    return Provision(REGULATION, article, paragraph, item)


STEPS = Rule(
    id="REQ-45-steps",
    title="登记、审核、办理、答复、归档",
    sentence=article_text(REGULATION, 45) or "",
    provisions=(at(45),),
    since=SINCE,
    note="各状态和动作见“申请的状态与动作”一页。",
)
CONFIRMATION = Rule(
    id="REQ-31-confirmation-term",
    title="与申请人确认的期限",
    sentence="以平常信函等无需签收的邮寄方式提交政府信息公开申请的，政府信息公开工作机构应当于收到申请的当日与申请人确认",
    provisions=(at(31, item=2),),
    since=SINCE,
    confirmed=False,
    note="平常信函按条例当日确认；互联网、传真的，条例没有写几日内确认，本程序定为 1 个工作日，可以在设置里改。",
)
CONTENT = Rule(
    id="REQ-29-content",
    title="申请应当包括的内容",
    sentence=article_text(REGULATION, 29, 2) or "",
    provisions=(at(29, 2),),
    since=SINCE,
    note="不要求申请人写用途。",
)
OTHER_ORGAN = Rule(
    id="REQ-33-other-organ",
    title="征求其他机关意见",
    sentence="行政机关征求第三方和其他机关意见所需时间不计算在前款规定的期限内。",
    provisions=(at(33, 3), at(34), at(11)),
    since=SINCE,
    confirmed=False,
    note="不是共同制作的其他机关，条例没有写提出意见的期限和逾期的效力；"
    "参照第三十四条，15个工作日、逾期视为同意公开，是对条文的理解，是否公开仍由本机关决定。",
)
TOLD_FIRST = Rule(
    id="REQ-32-told-first",
    title="先告知第三方，再公开",
    sentence="行政机关认为不公开可能对公共利益造成重大影响的，可以决定予以公开，"
    "并将决定公开的政府信息内容和理由书面告知第三方。",
    provisions=(at(32), at(15)),
    since=SINCE,
    confirmed=False,
    note="条例没有写告知在前，先告知第三方、再把信息交给申请人，是对条文的理解，使第三方来得及寻求救济。",
)
ASK_REASONS = Rule(
    id="REQ-35-reasons",
    title="要求说明理由",
    sentence="申请人申请公开政府信息的数量、频次明显超过合理范围，行政机关可以要求申请人说明理由。",
    provisions=(at(35),),
    since=SINCE,
    note="条例没有说等候说明理由的时间不计入期限，期限照常计算。",
)
RESPONSIBLE_ORGAN = Rule(
    id="REQ-36-responsible-organ",
    title="不归本机关负责公开",
    sentence="所申请公开信息不属于本行政机关负责公开的，告知申请人并说明理由；能够确定负责公开该政府信息的行政机关的，"
    "告知申请人该行政机关的名称、联系方式；",
    provisions=(at(36, item=5),),
    since=SINCE,
    note="代为转交须经申请人同意，不代替告知；转交后在收到的机关另算一件，本机关以告知结案。",
)
PARTS = Rule(
    id="REQ-36-parts",
    title="一件申请分给几个机关办",
    sentence="对政府信息公开申请，行政机关根据下列情况分别作出答复：",
    provisions=(at(36), at(11)),
    since=SINCE,
    confirmed=False,
    note="协办是内部工作，条例没有规定：由收到申请的机关合并答复、计一件；协办所用时间不暂停期限；"
    "须以自己名义答复的机关，按第三十六条第五项告知申请人向它提出，在那里另算一件。",
)
FEE_NOTICE = Rule(
    id="FEE-6-notice",
    title="收费通知",
    sentence="行政机关应当在申请处理期限内，按照申请人获取信息的途径向申请人发出收费通知，说明收费的依据、标准、数额、缴纳方式等。",
    provisions=PAYMENT.provisions,
    since=PAYMENT.since,
    confirmed=False,
    note="文意出自转载件，条文原文待核对。等候缴费期间答复期限停下，是对“缴费次日起重新计算”的理解。",
)
ORDERED = Rule(
    id="REM-70-redo",
    title="责令重新答复",
    sentence="行政行为有下列情形之一的，人民法院判决撤销或者部分撤销，并可以判决被告重新作出行政行为:",
    provisions=(
        Provision("litigation-law-2017", 70),
        Provision("litigation-law-2017", 72),
        Provision("review-law-2023", 64, 1),
        Provision("review-law-2023", 66),
    ),
    since=date(2019, 5, 15),
    confirmed=False,
    note="判决、决定写明期限的，按所写的日期，不延长、不暂停；没有写明的，"
    "自收到判决、决定之日起重新计算20个工作日，是对条文的理解。",
)
NOT_THE_SAME = Rule(
    id="REM-71-not-the-same",
    title="重新答复不得与原答复基本相同",
    sentence="人民法院判决被告重新作出行政行为的，被告不得以同一的事实和理由作出与原行政行为基本相同的行政行为。",
    provisions=(Provision("litigation-law-2017", 71), Provision("review-law-2023", 64, 2)),
    since=date(2019, 5, 15),
    note="因违反法定程序被撤销的除外（行政复议法第六十四条第二款）。办理结果和理由都相同的，本程序视为基本相同。",
)
CORRECTION = Rule(
    id="REQ-36-correction",
    title="更正已送达的答复",
    sentence="对政府信息公开申请，行政机关根据下列情况分别作出答复：",
    provisions=(at(36), at(45)),
    since=SINCE,
    confirmed=False,
    note="条例没有规定更正：更正的答复重新审核、签发、送达，原答复留存，救济期限随更正的答复告知。",
)
WITHDRAWAL = Rule(
    id="REQ-withdrawal",
    title="申请人撤回申请",
    sentence="（六）其他处理 3.其他",
    provisions=(Provision("report-format-2021", place="第三部分表格"),),
    confirmed=False,
    note="条例没有规定撤回；答复送达以前可以撤回，记为“其他处理——其他”。收到之日未定的，不计件。",
)
