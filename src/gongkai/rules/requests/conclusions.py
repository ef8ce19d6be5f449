"""The conclusion of a reply in words (答复的结论), by outcome and grounds, after the articles' own wording."""

from __future__ import annotations

from collections.abc import Iterable

from gongkai.rules.citations import cite
from gongkai.rules.grounds import GROUNDS
from gongkai.rules.requests.facts import Passage, Search

_GRANTED = "予以公开"
_WORDS: dict[str, str] = {
    "already-public": "您申请公开的信息已经主动公开",
    "provided": _GRANTED,
    "special-access": "您申请公开的信息依照有关法律、行政法规的规定办理",
    "not-found": "经检索没有您申请公开的信息，该政府信息不存在",
    "other-organ": "您申请公开的信息不属于本机关负责公开",
    "needs-processing": "提供您申请公开的信息需要对现有政府信息进行加工、分析，不予提供",
    "still-unclear": "补正后申请内容仍不明确，无法提供",
    "petition": "您提出的事项不作为政府信息公开申请处理",
    "repeated": "本机关已经就相同的政府信息作出答复，不予重复处理",
    "public-publication": "您要求提供的是公开出版物，告知获取的途径",
    "excessive": "申请公开的数量、频次明显超过合理范围且理由不合理，不予处理",
    "reconfirm": "您要求确认或者重新出具已经获取的信息，不予处理",
    "not-supplemented": "您无正当理由逾期不补正，视为放弃申请，本机关不再处理该政府信息公开申请",
    "fee-unpaid": "您逾期未按收费通知要求缴纳费用，视为放弃申请，本机关不再处理该政府信息公开申请",
    "withdrawn": "您已经撤回申请，本机关不再办理",
    "other": "您的申请按其他情形处理",
}


def conclusion(outcome: str, grounds: Iterable[str]) -> str:
    """The conclusion as a clause without a final stop. Raises KeyError for a ground nobody defined."""
    if outcome == "r4":
        return "予以部分公开"
    said = ["不予公开" if GROUNDS[code].withholds else _WORDS[code] for code in grounds]
    return "；".join(dict.fromkeys(said))


def passages_words(passages: Iterable[Passage]) -> str:
    """The passages that are not given, each with its ground and article (不予公开的部分和理由)."""
    parts = [
        f"{one.place}，{GROUNDS[one.ground].label}（{cite((GROUNDS[one.ground].provision,))}）"
        for one in passages
    ]
    return "；".join(parts)


def searches_words(searches: Iterable[Search]) -> str:
    """The searches that were made, in one sentence each (检索情况)."""
    parts = [
        f"{one.on.year}年{one.on.month}月{one.on.day}日在{one.where}以“{one.words}”检索，"
        + (f"找到{one.found}份" if one.found else "没有找到")
        for one in searches
    ]
    return "；".join(parts)
