"""The wording of every letter: complete, cited rightly, quoted as given, of one piece whatever its grounds."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.rules.citations import uncited
from gongkai.rules.documents import OfficialDocument
from gongkai.rules.grounds import GROUNDS
from gongkai.rules.legislation import INSTRUMENTS, articles
from gongkai.rules.outcomes import OUTCOMES
from gongkai.rules.requests.answer_words import basis_words, decision_words, law_words
from gongkai.rules.requests.elements import ELEMENTS
from gongkai.rules.requests.facts import Life, Order, Round, Search
from gongkai.rules.requests.forms import ROOM
from gongkai.rules.requests.letter_compose import compose
from gongkai.rules.requests.letter_lint import Draft, Fault, lint
from gongkai.rules.requests.letter_templates import PLACED, PLACEHOLDER, WORDS, default_template
from gongkai.rules.requests.letters import LETTERS, must_hold, reply_letter
from gongkai.rules.requests.record_words import order_words, searches_words
from gongkai.rules.requests.template_check import check_template
from tests.formats.letter_samples import DATED, ORGAN, REQUEST, VALUES, grounds_of, remedy, sample, values_of

WORDED = [code for code, letter in LETTERS.items() if not letter.is_form]


def faults(code: str, document: OfficialDocument, values: dict[str, str]) -> tuple[Fault, ...]:
    return lint(Draft(code, values, document.text, DATED, grounds_of(code)))


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("code", list(LETTERS))
def test_a_complete_letter_has_no_fault(code: str) -> None:
    assert faults(code, sample(code), values_of(code)) == ()


@pytest.mark.parametrize(
    ("code", "element"),
    [(code, one) for code in LETTERS for one in must_hold(LETTERS[code], grounds_of(code))],
)
def test_each_missing_element_is_named(code: str, element: str) -> None:
    without = {one: value for one, value in values_of(code).items() if one != element}
    text = sample(code).text
    if element in ROOM:
        assert faults(code, sample(code), without) == (), "the form leaves room for a hand"
        text = squeezed(text).replace(squeezed(ROOM[element]), "")
    named = lint(Draft(code, without, text, DATED, grounds_of(code)))
    assert [fault.element for fault in named] == [element]
    assert named[0].message == f"缺{ELEMENTS[element].label}。{ELEMENTS[element].cure}。"


@pytest.mark.parametrize("code", WORDED)
def test_a_mark_stays_where_a_value_is_missing(code: str) -> None:
    for element in set(LETTERS[code].elements) - set(PLACED):
        without = {one: value for one, value in values_of(code).items() if one != element}
        document = sample(code, values=without)
        assert f"{{{{{element}}}}}" in document.text
        assert len(faults(code, document, without)) >= 2, "its absence and its mark"


@pytest.mark.parametrize("code", WORDED)
def test_the_first_wording_passes_its_own_check(code: str) -> None:
    text = default_template(code, grounds_of(code))
    assert check_template(code, text, grounds_of(code)) == ()
    assert "\n\n" not in text and uncited(text) == ()
    assert set(PLACEHOLDER.findall(text)) >= set(LETTERS[code].elements) - set(PLACED)


@given(st.sampled_from(WORDED), st.lists(st.sampled_from(list(GROUNDS)), max_size=5))
def test_whatever_grounds_meet_every_element_has_its_place_once(code: str, grounds: list[str]) -> None:
    text = default_template(code, grounds)
    found = PLACEHOLDER.findall(text)
    own = [one for one in found if one not in WORDS]
    assert sorted(own) == sorted(set(must_hold(LETTERS[code], grounds)) - set(PLACED))
    headings = [
        line[: line.index("、")] for line in text.splitlines() if re.match("[一二三四五六七八九十]+、", line)
    ]
    assert headings == list("一二三四五六七八九十")[: len(headings)]
    assert "remedy" not in found or text.endswith("{{remedy}}")


def test_several_grounds_make_one_letter() -> None:
    grounds = ("not-found", "other-organ")
    values = values_of("reply-not-held", grounds)
    document = sample("reply-not-held", grounds=grounds, values=values)
    kinds = [block.text for block in document.blocks if getattr(block, "kind", "") == "heading"]
    assert kinds == [
        "一、经检索没有的信息",
        "二、不属于本机关负责公开的信息",
        "三、依据和决定",
        "四、救济途径",
    ]
    assert lint(Draft("reply-not-held", values, document.text, DATED, grounds)) == ()
    partly = default_template("reply-partial", ("draft", "not-found", "other-organ"))
    assert partly.index("{{passages}}") < partly.index("{{search}}") < partly.index("{{responsible}}")
    assert partly.index("{{responsible}}") < partly.index("三、理由")


def test_what_is_filled_in_is_never_read_again() -> None:
    wicked = "“{{remedy}}”、{{you}}、{%x%}、#set、<b>、××路____"
    values = {**values_of("reply-provided"), "request": wicked, "access": "{{number}}见附件"}
    document = sample("reply-provided", values=values)
    assert f"“{wicked}”。" in document.text and "：{{number}}见附件。" in document.text
    marks = [fault.message for fault in faults("reply-provided", document, values)]
    assert len(marks) == 1 and "{{number}}" in marks[0], "a request may say so, the office may not"


@given(st.text(max_size=400))
def test_a_request_is_quoted_as_given(request_words: str) -> None:
    values = {**values_of("reply-provided"), "request": request_words}
    document = compose("reply-provided", values, organ=ORGAN, dated=DATED)
    assert squeezed(request_words) in squeezed(document.text)
    if request_words.strip():
        assert faults("reply-provided", document, values) == ()


def test_a_long_request_stands_in_paragraphs_of_its_own() -> None:
    words = "第一项。\n  第二项" + "，很长" * 3000 + "\n\n第三项"
    document = sample("reply-provided", values={**values_of("reply-provided"), "request": words})
    lead, first, *_ = [block for block in document.blocks if hasattr(block, "kind")]
    assert lead.text.endswith("申请公开的内容为：") and first.text == "“第一项。"
    quoted = [block.text for block in document.blocks if getattr(block, "kind", "") == "quote"]
    assert len(quoted) == 3 and quoted[-1] == "第三项”。"
    short = sample("reply-provided")
    assert f"申请公开的内容为：“{REQUEST}”。" in short.text


def test_a_value_of_several_lines_is_several_paragraphs() -> None:
    document = sample("supplement")
    texts = [block.text for block in document.blocks if hasattr(block, "kind")]
    assert texts[2:5] == VALUES["matters"].splitlines()
    stops = sample("reply-not-held", values={**values_of("reply-not-held"), "reason": "已经查清。"})
    assert "已经查清。" in stops.text and "。。" not in stops.text


def test_the_reader_is_addressed_as_what_he_is() -> None:
    assert "收到您提出的" in sample("receipt").text
    organisation = sample("receipt", to_organisation=True).text
    assert "收到你单位提出的" in organisation and "您" not in organisation
    assert "您" not in sample("consult-third-party").text
    assert decision_words("r13", ["not-found"], you="你单位") == "告知你单位该政府信息不存在"


def test_only_letters_of_a_series_bear_a_number() -> None:
    given_number = {**values_of("receipt"), "number": "示建公复〔2024〕1号"}
    assert sample("receipt", values=given_number).number == ""
    assert sample("reply-provided").number == VALUES["number"]


@pytest.mark.parametrize(
    ("row", "ground"), [(row, ground) for row, one in OUTCOMES.items() for ground in one.grounds]
)
def test_every_outcome_has_its_words_and_its_basis(row: str, ground: str) -> None:
    basis = basis_words(row, [ground])
    assert uncited(basis) == ()
    decision = decision_words(row, [ground])
    assert bool(decision) == (ground != "other") or row == "r4"
    code = reply_letter(row, [ground]).code
    values = {**values_of(code, (ground,)), **VALUES, "basis": basis, "decision": decision or "另行办理"}
    values |= {"remedy": remedy(row, (ground,))}
    document = compose(code, values, organ=ORGAN, dated=DATED, grounds=(ground,))
    assert lint(Draft(code, values, document.text, DATED, (ground,))) == ()


def test_a_letter_cites_what_it_rests_on_and_nothing_else() -> None:
    assert basis_words("r3", ["provided"]).endswith("第三十六条第（二）项")
    assert basis_words("r13", ["not-found"]).endswith("第三十六条第（四）项")
    assert basis_words("r10", ["draft"]).endswith("第十六条第二款、第三十六条第（三）项")
    assert basis_words("r4", ["draft", "privacy"]).endswith("第三十七条、第十六条第二款、第十五条")


@pytest.mark.parametrize("ground", list(GROUNDS))
def test_the_law_is_quoted_in_its_own_words(ground: str) -> None:
    statute = squeezed("".join(a.text for one in INSTRUMENTS for a in articles(one).values()))
    words = law_words("reply-partial", [ground])
    assert (words == "") == (GROUNDS[ground].provision.text() is None)
    for quoted in re.findall("规定：“(.*?)”", words):
        assert squeezed(quoted) in statute


def test_what_templates_say_the_law_says_is_what_it_says() -> None:
    """Words of an article that a first wording takes for the law's stand in that article."""
    said = {
        "reply-petition": (39, "以政府信息公开申请的形式进行信访、投诉、举报等活动"),
        "reply-publication": (39, "要求行政机关提供政府公报、报刊、书籍等公开出版物"),
        "reply-needs-processing": (38, "对现有政府信息进行加工、分析"),
        "reply-excessive": (35, "数量、频次明显超过合理范围"),
        "reply-partial": (37, "能够作区分处理"),
        "reply-not-supplemented": (30, "无正当理由逾期不补正"),
        "third-party-notice": (32, "决定公开的政府信息内容"),
        "consult-applicant": (33, "征求第三方和其他机关意见所需时间不计算在"),
        "supplement": (30, "答复期限自行政机关收到补正的申请之日起计算"),
    }
    for code, (article, words) in said.items():
        assert words in articles("regulation-2019")[(article, 0)].text
        own = default_template(code).replace("本机关", "行政机关").replace("{{you}}", "")
        head = words.removeprefix("要求行政机关").removeprefix("征求第三方和其他机关意见")
        assert head in own, code


def test_a_search_says_when_by_whom_where_and_with_what_words() -> None:
    searches = [Search(on=DATED, where="档案室", by="档案岗", words="危房", found=n) for n in (0, 2)]
    nothing, some = searches_words(searches).split("；")
    assert nothing.endswith("由档案岗检索了档案室，检索词为“危房”，没有找到") and some.endswith("找到2份")


def test_an_answer_names_the_order_it_obeys() -> None:
    order = Order(kind="reconsideration", number="示政复决〔2024〕5号", received_on=DATED)
    first = Life(channel="counter", arrived_on=DATED, rounds=(Round(order=order),))
    again = Life(channel="counter", arrived_on=DATED, rounds=(Round(), Round(order=order)))
    assert order_words(first) == "依照行政复议机关示政复决〔2024〕5号文书，本机关对该申请作出答复。"
    assert (
        "重新作出答复" in order_words(again) and order_words(Life(channel="counter", arrived_on=DATED)) == ""
    )
    values = values_of("reply-provided")
    said = {"organ": ORGAN, "dated": DATED, "order": order_words(again)}
    assert order_words(again) in compose("reply-provided", values, **said).text  # type: ignore[arg-type]
    long = {**values, "request": "一二三四五六七八九十" * 20}
    assert order_words(again) in compose("reply-provided", long, **said).text  # type: ignore[arg-type]
