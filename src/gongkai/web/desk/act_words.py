"""What each act on a filing will be, for whom, and whether it can be taken back (动作的后果), in words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Consequences:
    """What is said before an act; ``title`` is the verb that the button repeats."""

    title: str
    what: str
    whom: str
    back: str
    reason_label: str = ""
    reason_hint: str = ""


CONSEQUENCES: dict[str, Consequences] = {
    "open": Consequences(
        "开始填报",
        "表格由登记的记录数出，文字先由记录起草；以后记录变了，表格和没有手改的文字跟着变。",
        "本单位的人可以改文字、写说明，区政府办公室能看到进度。",
        "能。没有报送、封存以前，什么都可以改。",
    ),
    "submit": Consequences(
        "报送",
        "报送以后文字和说明不能再改；记录仍按实际登记，变了会在核对里显出来。",
        "区政府办公室会看到“等接收”。",
        "自己不能撤回。要改的，由区政府办公室退回。",
    ),
    "return": Consequences(
        "退回",
        "状态改为“已退回”，填报单位改好后再报送。",
        "填报单位在“今日”和这份年报上看到原因。",
        "不能撤回；填报单位再报送，就回到“已报送”。",
        "退回的原因",
        "写哪一格、错在哪里、怎样改。填报单位照着改。",
    ),
    "accept": Consequences(
        "接收",
        "状态改为“已接收”，单位负责人可以封存、发布。",
        "填报单位能看到已经接收。",
        "能。封存以前，可以退回并写原因。",
    ),
    "seal": Consequences(
        "封存",
        "表格、文字、核对结果、说明和每个数的来源，连同此刻底账的末号，一起算出指纹固定下来；"
        "同时生成 PDF、Word、Excel 成品。",
        "还不公开；发布以后公众看到的就是这一份。",
        "发布以前能撤回封存，要写原因；封存过的这一版永远留在底账里。",
    ),
    "publish": Consequences(
        "发布",
        "封存的这一版原样公开，一个字也不变。",
        "所有人：门户上有网页、PDF、Word、Excel 和数据，并进入公开日志。",
        "不能撤回。以后发现错了，用“更正”：新版和旧版并排公开。",
    ),
    "unseal": Consequences(
        "撤回封存",
        "这一版作废，不会发布；文字和说明又可以改，改好后重新封存成新的一版。",
        "还没有公开，公众看不到。",
        "不能恢复这一版；它的内容、指纹和撤回的原因留在底账里。",
        "撤回的原因",
        "例如“封存后发现教育局漏登一件申请”。记入底账，也印在下一版上。",
    ),
    "correct": Consequences(
        "更正",
        "可以改文字、写说明，记录按实际更正；改好后封存、发布成新的一版。",
        "已发布的那一版照旧公开；新版发布后排在它前面，两版和不同之处都公开。",
        "开始以后要走完：封存、发布新版才结束更正。",
        "更正的原因",
        "和新版一起公开，例如“漏计申请一件，涉及表三 2 格”。",
    ),
}
CONSEQUENCES["seal_government"] = CONSEQUENCES["seal"]
