"""What the numbers of the words are called and counted in (文字中的数的名称、单位)."""

from __future__ import annotations

NUMBER_LABELS: dict[str, str] = {
    "publications.total": "全年主动公开政府信息",
    "publications.portal": "通过政府网站发布的政府信息",
    "publications.new_media": "通过政务新媒体发布的政府信息",
    "publications.other": "通过其他渠道发布的政府信息",
    "publications.class.document": "政府网站发布：公开文件",
    "publications.class.interpretation": "政府网站发布：政策解读",
    "publications.class.budget": "政府网站发布：财政预决算信息",
    "publications.class.welfare": "政府网站发布：社会公益事业建设领域信息",
    "publications.class.project": "政府网站发布：重大建设项目和征地土地信息",
    "publications.class.key_other": "政府网站发布：年报、社会保障、食品药品等领域信息",
    "publications.class.bulletin": "政府网站发布：工作动态和便民信息",
    "documents.total": "制发文件",
    "documents.by_government": "以区政府名义印发的文件",
    "documents.by_government_office": "以区政府办公室名义印发的文件",
    "interpretations.total": "政策解读",
    "interpretations.not_text": "图解、视频等形式的政策解读",
    "gazette.issues": "政府公报期数",
    "gazette.copies": "政府公报册数",
    "catalogue.issues": "政府文件公开目录期数",
    "letters.mailbox": "领导信箱来信",
    "letters.complaint": "投诉举报",
    "letters.unanswered": "正在办理的来信和投诉",
    "supervision.items": "监管事项",
    "supervision.departments": "录入监管事项的部门",
    "supervision.inspections": "检查实施事项",
    "zones.total": "政务公开专区",
    "zones.kiosks": "政府信息查询一体机",
    "open_days.total": "政府开放日活动",
    "trainings.total": "培训班",
    "trainings.participants": "培训人次",
    "meetings.total": "会议",
    "inspections.total": "监督检查",
    "staff.disclosure": "政务公开专职人员",
    "staff.website": "政府网站管理人员",
    "appraisals.assessment": "工作考核",
    "appraisals.review": "社会评议",
    "appraisals.accountability": "责任追究",
    "fees.total_fen": "信息处理费",
}

_UNITS: dict[str, str] = {
    "interpretations": "篇", "gazette.issues": "期", "gazette.copies": "册", "catalogue.issues": "期",
    "supervision.items": "条", "supervision.inspections": "条", "supervision.departments": "个",
    "zones.total": "个", "zones.kiosks": "台", "open_days": "场", "trainings.total": "期",
    "trainings.participants": "人次", "meetings": "次", "inspections": "次", "staff": "人", "appraisals": "次",
    "fees.total_fen": "分", "documents": "件", "letters": "件", "publications": "条",
}  # fmt: skip


def unit_of(code: str) -> str:
    """What a number of the words is counted in (单位)."""
    return _UNITS.get(code) or _UNITS[code.partition(".")[0]]


# Kept in fen, as integers; read by people in yuan.
_IN_FEN = frozenset({"fees.total_fen"})


def read(code: str, value: str) -> str:
    """A number as a person reads it (读数): what is kept in fen, in yuan. A counted 0 stays a plain 0."""
    if code not in _IN_FEN or value == "0":
        return value
    from gongkai.rules.fees import in_yuan  # loaded when first needed: ADR 16

    return in_yuan(int(value))


def read_unit(code: str) -> str:
    """The unit a person reads a number of the words in (读数的单位)."""
    return "元" if code in _IN_FEN else unit_of(code)
