"""What a letter must contain (文书的要件), each with how its absence is told."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Element:
    """One element (要件). ``cure``: where it comes from, said when it is missing."""

    code: str
    label: str
    cure: str


ELEMENTS: dict[str, Element] = {
    e.code: e
    for e in (
        Element("number", "文号", "签发时按序取号：机关代字〔年〕号"),
        Element("addressee", "收件人", "填写申请人、第三方或者机关的名称"),
        Element("received", "收到申请之日", "先确认收到，填写收到之日"),
        Element("request", "申请内容（原文）", "照录申请人的原话，不改写"),
        Element("basis", "法律依据", "写明所依据的条、款、项"),
        Element("decision", "决定", "写明答复的结论"),
        Element("reason", "理由", "写明事实和适用条款的理由"),
        Element("remedy", "救济途径", "写明向谁、多少日内申请行政复议或者提起诉讼"),
        Element("seal", "落款", "机关名称，盖章"),
        Element("date", "成文日期", "写成 2021年10月15日"),
        Element("access", "获取的方式、途径和时间", "写明网址、地点或者附件、什么时候取"),
        Element("search", "检索情况", "写明检索了哪里、用什么词"),
        Element(
            "responsible", "负责公开的机关", "能确定的，写明机关名称、联系方式；不能确定的，写明不能确定"
        ),
        Element("passages", "不予公开的部分和理由", "逐处写明位置、理由和条款"),
        Element("earlier", "此前的答复", "写明此前答复的文号和日期"),
        Element("special", "依照办理的法律、行政法规", "写明特别规定和办理的地方"),
        Element("matters", "需要补正、说明的事项", "写明缺什么、怎样补"),
        Element("term", "期限", "写明到哪一天，逾期怎样"),
        Element("consequence", "逾期的后果", "写明逾期视为放弃、视为同意或者由本机关决定"),
        Element("new_due", "延长后的日期", "写明延长几个工作日、到哪一天"),
        Element("approved", "同意延期的人", "政府信息公开工作机构负责人同意的日期"),
        Element("content", "拟公开的内容", "写明涉及对方的内容，够对方判断，不多写"),
        Element("opinion", "意见栏", "留出同意、不同意和理由的填写处"),
        Element("part", "协办的内容", "写明哪一部分由对方办"),
        Element("standard", "收费标准和计算", "按件或者按量，逐档写明"),
        Element("amount", "收费数额", "由件数或者页数算出"),
        Element("payment", "缴纳方式", "写明账户或者缴款码、收到次日起 20 个工作日"),
        Element("query", "查询码", "写明编号和查询码；口令另给"),
        Element("due", "答复期限", "写明最迟到哪一天，算不出的写明缺哪个通知"),
        Element("signatures", "审核、签发意见", "经办、审核、签发各由一人，写明日期"),
        Element("document", "送达的文书", "写明名称、文号"),
        Element("signed_for", "签收人、签收日期", "留出签收的填写处；代收的写明关系"),
        Element("applicant", "申请人情况", "姓名或者名称、证件、联系方式；代理的写明代理人"),
        Element("form_wanted", "形式要求", "写明要什么形式、怎样取"),
        Element("original", "原文书", "写明原文书的文号、日期和改动之处"),
        Element("index", "目录", "逐件列出文件、日期、页数；归档的写指纹"),
    )
}
