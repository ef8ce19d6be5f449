"""Rules of corrections and of proposals to publish (更正申请、转主动公开建议的规则)."""

from __future__ import annotations

from gongkai.rules.clocks import REGULATION, SINCE
from gongkai.rules.legislation import article_text
from gongkai.rules.provision import Provision
from gongkai.rules.requests.law import at
from gongkai.rules.rule import Rule, register

CORRECTION = Rule(
    id="REQ-41-correction",
    title="更正与自身相关的政府信息记录",
    sentence=article_text(REGULATION, 41) or "",
    provisions=(at(41),),
    since=SINCE,
    note="条例没有规定对更正、不予更正怎样救济，本程序的告知书不写救济途径，需确认；当事人依法享有的权利不受影响。",
)
VERIFIED = Rule(
    id="REQ-41-verified",
    title="审核属实才更正",
    sentence="有权更正的行政机关审核属实的，应当予以更正并告知申请人",
    provisions=(at(41),),
    since=SINCE,
    confirmed=False,
    note="决定与核实的结论须一致：记录不准确的予以更正，准确的、证据不足的不予更正并说明理由；"
    "核实和审核由不同的人承担，参照第四十五条。",
)
EVIDENCE = Rule(
    id="REQ-41-evidence",
    title="更正申请的证据",
    sentence="公民、法人或者其他组织有证据证明行政机关提供的与其自身相关的政府信息记录不准确的，可以要求行政机关更正。",
    provisions=(at(41),),
    since=SINCE,
    confirmed=False,
    note="条例没有写缺证据时怎样办：本程序先收下，告知补交什么、到哪一天，参照第三十条，需确认；不退回。",
)
TERM = Rule(
    id="REQ-41-term",
    title="更正申请的办理时间",
    sentence="有权更正的行政机关审核属实的，应当予以更正并告知申请人",
    provisions=(at(41), at(33, 2)),
    since=SINCE,
    confirmed=False,
    note="条例没有规定几日内办结。20 个工作日是参照第三十三条定的内部时间，初始值，可以在设置里改，需确认；"
    "网上、传真、平信来的，自与申请人确认之日的次日起算，参照第三十一条。",
)
SUGGESTION = Rule(
    id="REQ-44-suggestion",
    title="建议把依申请公开的信息纳入主动公开",
    sentence=article_text(REGULATION, 44, 2) or "",
    provisions=(at(44, 2),),
    since=SINCE,
    note="条例写的是申请人。申请人以外的人提出的，按第九条的建议收下，办法相同，登记为“未核对身份”。",
)
SAME = Rule(
    id="REQ-44-same",
    title="多个申请人申请相同政府信息",
    sentence=article_text(REGULATION, 44, 1) or "",
    provisions=(at(44, 1),),
    since=SINCE,
    confirmed=False,
    note="是不是相同的政府信息由人判断：文字相近、申请人不同只是提示；纳入主动公开是“可以”。",
)
PROMPTLY = Rule(
    id="REQ-44-promptly",
    title="及时主动公开",
    sentence="行政机关经审核认为属于主动公开范围的，应当及时主动公开。",
    provisions=(at(44, 2), at(26)),
    since=SINCE,
    confirmed=False,
    note="“及时”没有天数。审核 20 个工作日、同意以后 5 个工作日公开，是内部时间的初始值，可以在设置里改，需确认；"
    "第二十六条的 20 个工作日自信息形成、变更之日起算，不从建议起算。",
)
NOT_COUNTED = Rule(
    id="CNT-not-requests",
    title="更正申请、转主动公开建议不计入表三",
    sentence="三、收到和处理政府信息公开申请情况",
    provisions=(Provision("report-format-2021", place="第三部分表格"), at(27), at(41), at(44, 2)),
    confirmed=False,
    note="表三统计第二十七条的政府信息公开申请。第四十一条是要求更正，第四十四条第二款是建议，都不申请获取信息，"
    "不计入表三、表四的任何一格；各自另编号。30号文没有写这一条，是对条文的理解。",
)
for _rule in (CORRECTION, VERIFIED, EVIDENCE, SAME):
    register(_rule)
