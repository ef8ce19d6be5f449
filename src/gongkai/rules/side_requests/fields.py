"""What an act on a correction or a proposal needs to be told (动作的填写项)."""

from __future__ import annotations

from gongkai.rules.requests.fields import FIELDS as OF_REQUESTS
from gongkai.rules.requests.fields import Field

# Places and numbers that are public or an organ's: no personal data.
OPEN = frozenset({"organ", "contact", "number", "title", "access", "publication"})

FIELDS: dict[str, Field] = {
    f.code: f
    for f in (
        *(
            OF_REQUESTS[code]
            for code in ("confirmed_how", "tried_how", "handler", "term_on", "organ", "contact")
        ),
        Field("matters", "要补交什么证据", "long", "写明要证明哪一点、什么样的材料能证明、怎样交"),
        Field("evidence", "补交的证据", "long", "写明是什么、证明什么；文件放在“材料”"),
        Field("where", "核实了哪里", "text", "档案、系统、台账；向哪个单位核对过"),
        Field("found", "核实的情况", "long", "原来怎样记的、依据是什么、与申请人的证据是否一致"),
        Field("result", "结论", "choice"),
        Field("criteria", "属于主动公开范围的理由", "checks", "结论是“属于主动公开范围”的，至少选一项"),
        Field("clear", "没有第十四、十五、十六条不予公开的情形", "flag", "按公开审查的程序看过"),
        Field("outcome", "办理结果", "choice"),
        Field("reason", "理由", "long", "写进告知书"),
        Field("opinion", "意见", "long"),
        Field("number", "文号", "text", "告知书编文号的填，机关代字〔年〕号；不编的空着"),
        Field("done", "怎样更正的", "long", "原来的记载、更正后的记载、在哪里更正"),
        Field("title", "公开的标题", "text"),
        Field("access", "在哪里看", "text", "网址，或者目录的索引号和查阅的地点"),
        Field("publication", "主动公开登记号", "text", "在登记簿里登记过的填，例如 publications:7"),
        Field("method", "怎样告知的", "choice"),
        Field("proof", "告知的凭据", "text", "回证、挂号单号或者系统发送记录"),
        Field("why", "原因", "text"),
    )
}
METHODS: dict[str, str] = {
    "online": "网上（凭查询码看）",
    "post": "邮寄",
    "direct": "当面交给",
    "email": "电子邮件",
}
