"""The forms somebody else fills in and gives back (由对方填回的): proof of service, opinion on disclosure."""

from __future__ import annotations

from gongkai.rules.documents import Block, Form, Paragraph
from gongkai.rules.requests.forms.boxes import DAY, Filled, box, label

OPINION = "是否同意公开"
SIGNED_FOR = "受送达人\n签名或者盖章"
CONFIRMATION_DETAILS = {
    "letter": "征求意见书文号",
    "term": "提出意见的期限",
    "contact": "送回的地址、联系人、电话",
}
PROOF_DETAILS = {"case_number": "登记编号", "method": "送达方式", "place": "送达地点", "remark": "备注"}
_CHOICES = "□同意公开　　　□同意公开一部分　　　□不同意公开"
_WAYS = "□直接送达　　　□委托其他行政机关代为送达"


def confirmation(filled: Filled) -> tuple[Block, ...]:
    """The opinion of a third party or an organ (征求意见确认函), filled in by them and sent back."""
    get = filled.get
    rows = (
        (label("征求意见的机关"), box(filled.organ), label("征求意见日期"), box(filled.day)),
        (label("征求意见书文号"), box(get("letter")), label("提出意见的期限"), box(get("term"))),
        (label("被征求意见方"), box(get("addressee"), 3)),
        (label("拟公开的内容"), box(get("content"), 3, height=44)),
        (label(OPINION), box(get("opinion") or _CHOICES, 3, height=14)),
        (label("不同意公开的\n内容和理由"), box("", 3, height=56)),
        (label("被征求意见方\n签名或者盖章"), box("", 3, height=28, foot=DAY)),
        (label("送回的地址、\n联系人、电话"), box(get("contact"), 3, height=12)),
    )
    note = (
        "填写说明：同意公开一部分的，写明不同意公开的内容和理由；写不下的可以另附页，并在附页上签名或者盖章。"
    )
    return Form((34, 46, 34, 42), rows), Paragraph(note, "note")


def service_proof(filled: Filled) -> tuple[Block, ...]:
    """The proof of service (送达回证)."""
    get = filled.get
    hour = f"{DAY}　　时"
    rows = (
        (label("送达机关"), box(filled.organ), label("发出日期"), box(filled.day)),
        (label("受送达人"), box(get("addressee")), label("登记编号"), box(get("case_number"))),
        (label("送达的文书\n（名称、文号）"), box(get("document"), 3, height=30)),
        (label("送达方式"), box(get("method") or _WAYS, 3)),
        (label("送达地点"), box(get("place"), 3, height=14)),
        (label(SIGNED_FOR), box(get("signed_for"), 3, height=30, foot=hour)),
        (label("代收人签名、\n与受送达人的关系"), box("", 3, height=30, foot=hour)),
        (label("送达人签名"), box("", 3, height=24, foot=DAY)),
        (label("备注"), box(get("remark"), 3, height=26)),
    )
    note = (
        "填写说明：由受送达人本人签收，法人或者其他组织由其法定代表人、负责人或者负责收件的人签收；"
        "由他人代收的，写明与受送达人的关系。"
    )
    return Form((38, 44, 28, 46), rows), Paragraph(note, "note")
