"""Outcomes of a request (办理结果): the leaf rows of table three, a closed tree."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from gongkai.rules.citations import cite
from gongkai.rules.grounds import GROUNDS, NEEDS, WITHHOLDING
from gongkai.rules.legislation import article_text
from gongkai.rules.provision import Provision
from gongkai.rules.rule import Rule, register

REGULATION = "regulation-2019"
_FORM = Provision("report-format-2021", place="第三部分表格")
_SINCE = date(2019, 5, 15)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One outcome (办理结果), a leaf row of table three.

    ``grounds`` is the closed list to choose from: several may apply, at least one must.
    """

    row: str
    number: str
    label: str
    group: str
    grounds: tuple[str, ...]
    rule: Rule

    @property
    def printed(self) -> str:
        """As the form prints it, below its group: （三）不予公开/1.属于国家秘密."""
        own = f"{self.number}{self.label}"
        return f"{self.group}/{own}" if self.group else own

    @property
    def provisions(self) -> tuple[Provision, ...]:
        """The articles it rests on."""
        return self.rule.provisions

    def citation(self) -> str:
        """The articles as a letter cites them."""
        return cite(self.provisions)


class OutcomeRefused(ValueError):
    """An outcome or ground that is not in the list; the message names the cure."""


def _at(article: int, paragraph: int | None = None, item: int | None = None) -> Provision:
    return Provision(REGULATION, article, paragraph, item)


_WITHHELD = "（三）不予公开"
_UNABLE = "（四）无法提供"
_NOT_HANDLED = "（五）不予处理"
_OTHER = "（六）其他处理"
_STABILITY = ("national-security", "public-security", "economic-security", "social-stability")
_THIRD = ("trade-secret", "privacy", "third-party-other")
_INTERNAL = ("personnel", "logistics", "internal-workflow")
_PROCESS = ("discussion-record", "draft", "consultation-letter", "report-for-instruction")
# What the part that is not given may be, beside withheld: the whole request counts as 部分公开 all the same.
_PARTLY = ("not-government-information", "special-access", "not-found", "other-organ", "needs-processing")
_NO_ARTICLE = "条例没有对应的条文，由年度报告格式设定。"

# Row, printed number, label, group, grounds, provisions, note.
_Row = tuple[str, str, str, str, tuple[str, ...], tuple[Provision, ...], str]
_ROWS: tuple[_Row, ...] = (
    ("r3", "（一）", "予以公开", "", ("already-public", "provided"), (_at(36, item=1), _at(36, item=2)), ""),
    (
        "r4",
        "（二）",
        "部分公开（区分处理的，只计这一情形，不计其他情形）",
        "",
        (*WITHHOLDING, *_PARTLY),
        (_at(37),),
        "不予公开部分的理由可以有几种；另有内容不存在、不归本机关的，也记在这里。",
    ),
    ("r5", "1.", "属于国家秘密", _WITHHELD, ("state-secret",), (_at(14), _at(36, item=3)), ""),
    (
        "r6",
        "2.",
        "其他法律行政法规禁止公开",
        _WITHHELD,
        ("forbidden-by-law",),
        (_at(14), _at(36, item=3)),
        "",
    ),
    ("r7", "3.", "危及“三安全一稳定”", _WITHHELD, _STABILITY, (_at(14), _at(36, item=3)), ""),
    ("r8", "4.", "保护第三方合法权益", _WITHHELD, _THIRD, (_at(15), _at(32), _at(36, item=3)), ""),
    ("r9", "5.", "属于三类内部事务信息", _WITHHELD, _INTERNAL, (_at(16, 1), _at(36, item=3)), ""),
    ("r10", "6.", "属于四类过程性信息", _WITHHELD, _PROCESS, (_at(16, 2), _at(36, item=3)), ""),
    ("r11", "7.", "属于行政执法案卷", _WITHHELD, ("enforcement-file",), (_at(16, 2), _at(36, item=3)), ""),
    ("r12", "8.", "属于行政查询事项", _WITHHELD, ("special-access",), (_at(36, item=7),), ""),
    (
        "r13",
        "1.",
        "本机关不掌握相关政府信息",
        _UNABLE,
        ("not-found", "other-organ"),
        (_at(36, item=4), _at(36, item=5)),
        "",
    ),
    ("r14", "2.", "没有现成信息需要另行制作", _UNABLE, ("needs-processing",), (_at(38),), ""),
    ("r15", "3.", "补正后申请内容仍不明确", _UNABLE, ("still-unclear",), (_at(30), _at(29, 2)), ""),
    ("r16", "1.", "信访举报投诉类申请", _NOT_HANDLED, ("petition",), (_at(39, 1),), ""),
    ("r17", "2.", "重复申请", _NOT_HANDLED, ("repeated",), (_at(36, item=6),), ""),
    ("r18", "3.", "要求提供公开出版物", _NOT_HANDLED, ("public-publication",), (_at(39, 2),), ""),
    ("r19", "4.", "无正当理由大量反复申请", _NOT_HANDLED, ("excessive",), (_at(35),), ""),
    (
        "r20",
        "5.",
        "要求行政机关确认或重新出具已获取信息",
        _NOT_HANDLED,
        ("reconfirm",),
        (_FORM,),
        _NO_ARTICLE,
    ),
    (
        "r21",
        "1.",
        "申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
        _OTHER,
        ("not-supplemented",),
        (_at(30),),
        "",
    ),
    (
        "r22",
        "2.",
        "申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
        _OTHER,
        ("fee-unpaid",),
        (Provision("fee-2020", 6), _at(42)),
        "",
    ),
    ("r23", "3.", "其他", _OTHER, ("withdrawn", "other"), (_FORM,), _NO_ARTICLE),
)


def _sentence(label: str, provision: Provision) -> str:
    """The words of the article; the form's own label where there are none."""
    if provision.article is None:
        return label
    text = article_text(provision.instrument, provision.article, provision.paragraph, provision.item)
    return text or label


def _outcome(row: _Row) -> Outcome:
    code, number, label, group, grounds, provisions, note = row
    rule = Rule(
        id=f"OUT-{code}",
        title=f"办理结果：{label}",
        sentence=_sentence(label, provisions[0]),
        provisions=provisions,
        since=date(2021, 1, 1) if provisions[0].instrument == "fee-2020" else _SINCE,
        confirmed=note != _NO_ARTICLE,
        note=note,
    )
    return Outcome(code, number, label, group, grounds, register(rule))


OUTCOMES: dict[str, Outcome] = {row[0]: _outcome(row) for row in _ROWS}


def check_grounds(row: str, grounds: Iterable[str]) -> tuple[str, ...]:
    """The grounds chosen for an outcome, each once. Raises OutcomeRefused for one that does not belong."""
    outcome = OUTCOMES.get(row)
    if outcome is None:
        raise OutcomeRefused(f"没有“{row}”这个办理结果，应为 r3 到 r23 之一。")
    chosen = tuple(dict.fromkeys(grounds))
    allowed = "、".join(f"{code}（{GROUNDS[code].label}）" for code in outcome.grounds)
    wrong = [code for code in chosen if code not in outcome.grounds]
    if wrong:
        raise OutcomeRefused(f"“{outcome.label}”的理由不能是“{'、'.join(wrong)}”，应为：{allowed}。")
    if not chosen:
        raise OutcomeRefused(f"“{outcome.label}”没有写理由，从这些里选：{allowed}。")
    return chosen


def needed(row: str, grounds: Iterable[str]) -> dict[str, str]:
    """What the case must hold before it closes so (应当具备的材料), by key, in words."""
    keys = (key for code in check_grounds(row, grounds) for key in GROUNDS[code].needs)
    return {key: NEEDS[key] for key in dict.fromkeys(keys)}
