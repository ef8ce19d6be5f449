"""The grounds on which something may be blackened (涂黑的理由, 条例 art 37), with the short marks that boxes bear."""

from __future__ import annotations

from gongkai.rules.grounds import GROUNDS, WITHHOLDING
from gongkai.rules.provision import chinese_number

# What the partial answer withholds (arts 14 to 16), and what is no government information at all (art 37).
REDACTABLE: tuple[str, ...] = (*WITHHOLDING, "not-government-information")

_SHORT: dict[str, str] = {
    "state-secret": "国家秘密",
    "forbidden-by-law": "法律禁止公开",
    "national-security": "国家安全",
    "public-security": "公共安全",
    "economic-security": "经济安全",
    "social-stability": "社会稳定",
    "trade-secret": "商业秘密",
    "privacy": "个人隐私",
    "third-party-other": "第三方权益",
    "personnel": "人事管理",
    "logistics": "后勤管理",
    "internal-workflow": "内部工作流程",
    "discussion-record": "讨论记录",
    "draft": "过程稿",
    "consultation-letter": "磋商信函",
    "report-for-instruction": "请示报告",
    "enforcement-file": "执法案卷",
    "not-government-information": "非政府信息",
}


def short_label(code: str) -> str:
    """A ground in a few characters, as a box and a list say it. Raises KeyError for one that is not redactable."""
    return _SHORT[code]


def article_label(code: str) -> str:
    """The article of a ground as a box says it (第十五条)."""
    article = GROUNDS[code].provision.article
    return f"第{chinese_number(article)}条" if article is not None else ""


def marks(code: str) -> tuple[str, ...]:
    """What a box may bear, the longest first (框里的字): label and article, the article, its number."""
    article = GROUNDS[code].provision.article
    return (f"{short_label(code)} {article_label(code)}", article_label(code), f"{article}条")
