"""What an act needs to be told (动作的填写项), each with its label and kind of value."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to fill in (填写项). ``kind``: date, text, long, count, flag, choice, grounds, passages."""

    code: str
    label: str
    kind: str
    help: str = ""


def _field(code: str, label: str, kind: str, help: str = "") -> Field:  # noqa: A002
    return Field(code, label, kind, help)


FIELDS: dict[str, Field] = {
    f.code: f
    for f in (
        _field("confirmed_how", "怎样确认的", "text", "电话、当面或者网上；写明号码的后四位和接听的人是谁"),
        _field("tried_how", "怎样联系的", "text", "拨打的时间和结果"),
        _field("applicant_class", "申请人类别", "choice", "表三的六类之一"),
        _field("handler", "经办人", "choice"),
        _field("matters", "需要补正的事项", "long", "写明缺什么、怎样补"),
        _field("term_on", "期限的最后一日", "date"),
        _field("justified", "逾期有正当理由", "flag"),
        _field("whom", "征求谁的意见", "text", "机关写全称；第三方写代号，名称加密另存"),
        _field("party", "第三方是", "choice", "文书里称“您”还是“你单位”，由此而定"),
        _field("jointly", "由两家共同制作", "flag", "不是共同制作、只是内容涉及的，不选"),
        _field("consultation", "哪一份征求意见书", "choice"),
        _field("agrees", "同意公开", "flag"),
        _field("reasonable", "理由合理", "flag", "由本机关判断，写入审批"),
        _field("days", "延长几个工作日", "count", "1 到 20"),
        _field("reason", "理由", "long"),
        _field("until", "延迟到哪一天", "date", "工作日"),
        _field("organ", "机关名称", "text", "写全称；本区的机关，协办和代转会出现在它的待办里"),
        _field("contact", "联系方式", "text"),
        _field("consent", "申请人同意", "flag"),
        _field("part", "哪一部分", "choice"),
        _field("what", "哪些内容", "long"),
        _field("method", "方式", "choice"),
        _field("count", "件数或者页数", "count"),
        _field("where", "检索了哪里", "text", "档案室、系统、台账"),
        _field("by", "谁检索的", "text", "写岗位"),
        _field("words", "检索词", "text"),
        _field("found", "找到几份", "count"),
        _field("outcome", "办理结果", "choice", "表三的一格"),
        _field("grounds", "理由和条款", "grounds", "可以选几项"),
        _field("passages", "不予公开的部分", "passages", "逐处写明位置和理由"),
        _field("override", "公共利益的理由", "long", "第三方不同意而决定公开的，必填"),
        _field("opinion", "意见", "long"),
        _field("number", "文号", "text", "机关代字〔年〕号"),
        _field("proof", "送达凭据", "text", "回证、挂号单号或者系统发送记录"),
        _field("signed_for_on", "签收日期", "date", "直接送达、委托送达必填"),
        _field("order_kind", "谁作出的", "choice", "行政复议机关、人民法院、上级机关"),
        _field("order_number", "文书编号", "text"),
        _field("bars_same", "认定原答复事实、理由不成立", "flag", "只因程序违法的不选"),
        _field("retention_class", "保管期限类别", "choice"),
    )
}
