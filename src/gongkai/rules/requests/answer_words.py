"""What an answer says in set words (答复的用语): its decision, its legal basis, the words of the provisions."""

from __future__ import annotations

import re
from collections.abc import Iterable

from gongkai.rules.citations import cite
from gongkai.rules.grounds import GROUNDS
from gongkai.rules.outcomes import OUTCOMES, check_grounds
from gongkai.rules.provision import Provision
from gongkai.rules.requests.letters import LETTERS

PERSON, ORGANISATION = "您", "你单位"
_WITHHELD = "本机关决定不予公开"
_PARTLY = "本机关决定部分公开"
_NOT_HANDLED = "本机关不予处理"
_ABANDONED = "视为放弃申请，本机关不再处理该政府信息公开申请"
# ``{you}`` is how the applicant is addressed. A ground that only the office can word has none.
_DECISIONS: dict[str, str] = {
    "already-public": "现将获取该政府信息的方式、途径告知{you}",
    "provided": "本机关决定予以公开",
    "special-access": "请{you}依照有关法律、行政法规的规定办理",
    "not-found": "告知{you}该政府信息不存在",
    "other-organ": "告知{you}该政府信息不属于本机关负责公开",
    "needs-processing": "本机关不予提供",
    "still-unclear": "本机关无法提供所申请公开的信息",
    "petition": "本机关不作为政府信息公开申请处理",
    "repeated": "本机关不予重复处理",
    "public-publication": "本机关不予处理，现将获取的途径告知{you}",
    "excessive": _NOT_HANDLED,
    "reconfirm": _NOT_HANDLED,
    "not-supplemented": _ABANDONED,
    "fee-unpaid": _ABANDONED,
    "withdrawn": "本机关不再办理该政府信息公开申请",
}
_ITEM = re.compile(r"^[（(][一二三四五六七八九十]+[）)]|[；;。]$")


def decision_words(outcome: str, grounds: Iterable[str], *, you: str = PERSON) -> str:
    """The conclusion as the letter prints it (决定), "" where only the office can word it (其他情形).

    It ends without a full stop and follows 根据……的规定. Raises OutcomeRefused for a choice not in the list.
    """
    chosen = check_grounds(outcome, grounds)
    if outcome == "r4":
        return _PARTLY
    said = (_WITHHELD if GROUNDS[code].withholds else _DECISIONS.get(code, "") for code in chosen)
    return "；".join(dict.fromkeys(filter(None, said))).format(you=you)


def basis_words(outcome: str, grounds: Iterable[str]) -> str:
    """The articles this answer rests on (法律依据): those of its grounds, not of the row's other grounds.

    Raises OutcomeRefused for a choice not in the list.
    """
    chosen = check_grounds(outcome, grounds)
    own = [GROUNDS[code].provision for code in chosen]
    if outcome == "r4":
        return cite([*OUTCOMES[outcome].provisions, *own])
    others = {GROUNDS[code].provision for code in OUTCOMES[outcome].grounds} - set(own)
    return cite([*own, *(p for p in OUTCOMES[outcome].provisions if p not in others)])


def law_words(code: str, grounds: Iterable[str] = ()) -> str:
    """The words of the provisions a letter applies, quoted, a line for each (条文原文); "" where no text is held.

    Those of its grounds; where it names none, of the letter itself.
    """
    chosen = [GROUNDS[one].provision for one in grounds if one in GROUNDS]
    return "\n".join(filter(None, map(_quoted, dict.fromkeys(chosen or LETTERS[code].provisions))))


def _quoted(provision: Provision) -> str:
    words = provision.text()
    if not words:
        return ""
    plain = words.replace("\n", "") if provision.item is None else _ITEM.sub("", words)
    return f"{provision.citation()}规定：“{plain}”" + ("。" if plain[-1] not in "。" else "")
