"""The reference page of rules (规则一览), drawn from the catalogue; never written by hand."""

from __future__ import annotations

from gongkai.rules.catalogue import grouped
from gongkai.rules.citations import cite
from gongkai.rules.legislation import INSTRUMENTS, Instrument
from gongkai.rules.provision import Provision
from gongkai.rules.rule import Rule

GENERATED = "<!-- 本页由程序生成，改动写在代码里。 -->"


def pages() -> dict[str, str]:
    """Every page by file name."""
    return {"rules.md": rules_page()}


def rules_page() -> str:
    """Every rule with its sentence, citation, quoted text and days, as Markdown."""
    groups = grouped()
    rules = [rule for chosen in groups.values() for rule in chosen]
    open_questions = sum(not rule.confirmed for rule in rules)
    parts = ["# 规则一览", GENERATED, f"共 {len(rules)} 条规则，其中 {open_questions} 条待核对。"]
    for heading, chosen in groups.items():
        parts.append(f"## {heading}")
        parts += [_rule(rule) for rule in chosen]
    parts.append(instruments_section())
    return "\n\n".join(parts) + "\n"


def instruments_section() -> str:
    """The legal texts cited, with number and dates, as a Markdown table."""
    head = "| 标题 | 文号 | 发布、修订 | 施行 | 收录全文 | 说明 |\n| --- | --- | --- | --- | --- | --- |"
    return "\n".join(["## 法律文本\n", head, *(_instrument(i) for i in INSTRUMENTS.values())])


def _rule(rule: Rule) -> str:
    heading, sentence = f"### {rule.id} {rule.title}", f"> {_quoted(rule.sentence)}"
    body = [
        f"- 依据：{cite(rule.provisions)}",
        f"- 适用：{_span(rule)}",
        f"- 核对：{'已核对' if rule.confirmed else '待核对'}",
    ]
    if rule.note:
        body.append(f"- 说明：{rule.note}")
    body += [f"- 例：{example}" for example in rule.examples]
    return "\n\n".join([heading, sentence, "\n".join(body), *_texts(rule)])


def _texts(rule: Rule) -> list[str]:
    """The words of the provisions, where they say more than the sentence."""
    found = []
    for provision in rule.provisions:
        text = provision.text()
        if text and text != rule.sentence:
            found.append(f"{_label(provision)}：\n\n> {_quoted(text)}")
    return found


def _label(provision: Provision) -> str:
    issued = provision.source.issued_on
    version = f"（{issued.year}年文本）" if issued and provision.source.file else ""
    return provision.citation() + version


def _quoted(text: str) -> str:
    return text.replace("\n", "\n>\n> ")


def _span(rule: Rule) -> str:
    since = f"{rule.since} 起" if rule.since else "没有起始日"
    return f"{since}，至 {rule.until}" if rule.until else since


def _instrument(instrument: Instrument) -> str:
    until = f"，至 {instrument.in_force_until}" if instrument.in_force_until else ""
    cells = (
        f"《{instrument.title}》",
        instrument.number or "—",
        str(instrument.issued_on or "待核对"),
        f"{instrument.in_force_from or '待核对'}{until}",
        "是" if instrument.file else "否",
        instrument.note or "—",
    )
    return f"| {' | '.join(cells)} |"
