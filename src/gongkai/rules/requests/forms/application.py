"""The application form (申请表): what art 29 asks for and nothing else; never a purpose."""

from __future__ import annotations

from gongkai.rules.documents import Block, Form, Paragraph
from gongkai.rules.requests.forms.boxes import DAY, Filled, Row, box, label

FORM_WANTED = "获取政府信息的方式、途径"
DETAILS: dict[str, str] = {
    "name": "姓名",
    "work_unit": "工作单位",
    "id_kind": "证件名称",
    "id_number": "证件号码",
    "phone": "联系电话",
    "postcode": "邮政编码",
    "address": "联系地址",
    "email": "电子邮箱",
    "fax": "传真",
    "org_name": "法人或者其他组织：名称",
    "credit_code": "法人或者其他组织：统一社会信用代码",
    "legal_representative": "法人或者其他组织：法定代表人（负责人）",
    "contact_person": "法人或者其他组织：联系人",
    "org_phone": "法人或者其他组织：联系电话",
    "org_address": "法人或者其他组织：联系地址",
    "org_email": "法人或者其他组织：电子邮箱",
    "org_class": "法人或者其他组织：类别",
    "agent": "代理人：姓名",
    "agent_id": "代理人：证件号码",
    "agent_phone": "代理人：联系电话",
    "help": "所需帮助",
    "electronic": "是否同意电子送达",
}
_WIDTHS = (9, 21, 25, 31, 25, 45)
_CLASSES = "□商业企业　□科研机构　□社会公益组织\n□法律服务机构　□其他"
_WAYS = (
    "形式：□纸质文件　□电子数据　□其他：\n"
    "途径：□当面领取　□邮寄　□电子邮件　□网上查看　□当场查阅、抄录　□其他："
)
_NOTES = (
    "填写说明：1．申请人附身份证明；委托他人代为申请的，附授权委托书和代理人的身份证明。",
    "2．所需的政府信息，写明名称、文号，或者便于行政机关查询的其他特征性描述。一张表宜只申请一项内容，写不下的可以另附页。",
    "3．不必写明用途。采用书面形式确有困难的，可以口头提出，由政府信息公开工作机构代为填写。",
)


def application(filled: Filled) -> tuple[Block, ...]:
    """The form, blank or filled in (申请表)."""
    applicant = _applicant(filled)
    asked = (
        (
            label("所需的政府信息", rows=4),
            label("名称、文号或者其他特征性描述"),
            box(filled.get("request"), 4, height=26),
        ),
        (label(FORM_WANTED), box(filled.get("form_wanted") or _WAYS, 4, height=10)),
        (label("电子送达"), box(filled.get("electronic") or "□同意以电子方式送达　　□不同意", 4)),
        (label("所需帮助"), box(filled.get("help") or "□阅读困难　□视听障碍　□其他：", 4)),
    )
    signed = (
        label("申请人\n签名或者盖章", 2),
        box("", 2, height=16),
        label("申请日期"),
        box(filled.get("date") or DAY),
    )
    form = Form(_WIDTHS, (*applicant, *asked, signed))
    return (form, *(Paragraph(words, "note") for words in _NOTES))


def _applicant(filled: Filled) -> tuple[Row, ...]:
    """The applicant's boxes; what came as one piece of text stays one."""
    given = filled.get("applicant")
    if given and (not filled.details or "\n" in given):
        return ((label("申请人"), box(given, 5, height=30)),)
    get = filled.get
    person = get("name") or ("" if get("org_name") else given)
    pairs = (
        (label("公民", rows=4), *_pair("姓名", person), *_pair("工作单位", get("work_unit"))),
        (*_pair("证件名称", get("id_kind")), *_pair("证件号码", get("id_number"))),
        (*_pair("联系电话", get("phone")), *_pair("邮政编码", get("postcode"))),
        (label("联系地址、电子邮箱"), box(_joined(get("address"), get("email"), get("fax")), 3)),
    )
    organisation = (
        (label("法人或者其他组织", rows=5), label("名称"), box(get("org_name"), 3)),
        (
            *_pair("法定代表人\n（负责人）", get("legal_representative")),
            *_pair("统一社会信用代码", get("credit_code")),
        ),
        (*_pair("联系人", get("contact_person")), *_pair("联系电话", get("org_phone"))),
        (label("联系地址、电子邮箱"), box(_joined(get("org_address"), get("org_email")), 3)),
        (label("类别"), box(get("org_class") or _CLASSES, 3)),
    )
    agent = (
        (label("代理人", rows=2), *_pair("姓名", get("agent")), *_pair("联系电话", get("agent_phone"))),
        (label("证件号码"), box(get("agent_id"), 3)),
    )
    rows: tuple[Row, ...] = (*pairs, *organisation, *agent)
    return ((label("申请人信息", rows=len(rows)), *rows[0]), *rows[1:])


def _pair(heading: str, value: str) -> Row:
    return label(heading), box(value)


def _joined(*values: str) -> str:
    return "；".join(filter(None, values))
