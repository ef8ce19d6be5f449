"""What the record of a case says in a letter (案情的用语): passages not given, searches made, an earlier answer."""

from __future__ import annotations

from collections.abc import Iterable

from gongkai.rules.citations import cite
from gongkai.rules.documents import printed
from gongkai.rules.grounds import GROUNDS
from gongkai.rules.requests.facts import Answer, Life, Passage, Search
from gongkai.rules.requests.letters import reply_letter

_ORDERED_BY = {"reconsideration": "行政复议机关", "court": "人民法院", "superior": "上级机关"}


def passages_words(passages: Iterable[Passage]) -> str:
    """The passages that are not given, a line each, with ground and article (不予公开的部分和理由)."""
    lines = [
        f"{n}．{one.place}：{GROUNDS[one.ground].label}（{cite((GROUNDS[one.ground].provision,))}）"
        for n, one in enumerate(passages, 1)
    ]
    return "；\n".join(lines)


def searches_words(searches: Iterable[Search]) -> str:
    """The searches that were made, one after the other (检索情况): when, by whom, where, with what words."""
    return "；".join(
        f"{printed(one.on)}由{one.by}检索了{one.where}，检索词为“{one.words}”，"
        + (f"找到{one.found}份" if one.found else "没有找到")
        for one in searches
    )


def earlier_words(answer: Answer) -> str:
    """An answer already given, as a letter refers to it (此前的答复): number, title, day."""
    title = reply_letter(answer.outcome, answer.grounds).title.partition("（")[0]
    day = f"（{printed(answer.signed_on)}）" if answer.signed_on is not None else ""
    return f"{answer.number}《{title}》{day}"


def order_words(life: Life) -> str:
    """The judgment or decision that an answer obeys (责令答复的文书), "" where nobody ordered it."""
    order = life.round.order
    if order is None:
        return ""
    again = "重新" if len(life.rounds) > 1 else ""
    return f"依照{_ORDERED_BY[order.kind]}{order.number}文书，本机关对该申请{again}作出答复。"
