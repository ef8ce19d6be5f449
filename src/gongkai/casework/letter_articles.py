"""What a letter rests on where its kind alone does not say it (文书所依据的条文): fees, consultations, objections."""

from __future__ import annotations

from gongkai.rules.consultations import consequence
from gongkai.rules.fees import STANDARDS as FEE_STANDARDS
from gongkai.rules.grounds import REGULATION
from gongkai.rules.provision import Provision
from gongkai.rules.requests.facts import Answer, Consultation, Life
from gongkai.rules.requests.letters import LETTERS

_REGULATION = "《中华人民共和国政府信息公开条例》"
_MADE_TOGETHER, _COORDINATED = 34, 11


def provisions_of(code: str, life: Life, asked: Consultation | None) -> tuple[Provision, ...]:
    """The provisions of a letter that is no reply (依据); ``asked``: the consultation it sends."""
    own, notice = LETTERS[code].provisions, life.round.fee_notice
    if code == "consult-joint-organ" and asked is not None:
        # Article 34 is for those who made the information together; of others art 33 ¶3 and art 11 speak.
        other = _COORDINATED if asked.jointly else _MADE_TOGETHER
        return tuple(one for one in own if one.article != other)
    if code == "fee-notice" and notice is not None:
        # The notice states the basis of its standard: the article by which this fee was reckoned.
        return tuple(sorted((*own, *FEE_STANDARDS[notice.method].provisions), key=_placed))
    return own


def _placed(provision: Provision) -> tuple[bool, int]:
    """The Regulation first, then what was made under it, by articles."""
    return provision.instrument != REGULATION, provision.article or 0


def over_objection(answer: Answer, asked: Consultation | None, you: str) -> str:
    """Why it is disclosed all the same (art 32): for the public interest, or the objection has no good reason."""
    if answer.override:
        return f"本机关认为不公开可能对公共利益造成重大影响。{answer.override}"
    if asked is not None and asked.objects and not asked.reasonable:
        return f"本机关认为{you}不同意公开没有合理的理由。{answer.reason}"
    return answer.reason


def silence(code: str, asked: Consultation | None) -> str:
    """What follows if the one asked does not answer in time (逾期的后果)."""
    if code == "consult-third-party":
        return f"逾期未提出意见的，由本机关依照{_REGULATION}的规定决定是否公开"
    if asked is not None and not asked.jointly:
        # Of organs that did not make it the Regulation is silent: the letter says that art 34 is followed.
        return f"逾期未提出意见的，参照{_REGULATION}第三十四条视为同意公开，是否公开由本机关决定"
    return consequence("joint-organ", None).words.rstrip("。")
