"""Golden story 15: an organ led vertically; the remedy names the department above, as the settings say."""

from __future__ import annotations

import pytest

from gongkai.casework.letter_settings import change_settings
from gongkai.foundation import organs
from gongkai.foundation.actors import COMMAND_LINE
from gongkai.foundation.models import Organ
from gongkai.foundation.organs import NewOrgan
from tests.apps.casework_support import LETTER_NEEDS, People, at, day, told
from tests.apps.golden.support import letter, letters_of, proven, rows, tables
from tests.conftest import NOW

NEEDS = {
    "letter_code": "示税公复",
    "leading_department": "示范市税务局",
    "court_name": "示范区人民法院",
    "review_channel": "",
}


@pytest.fixture
def tax(district) -> Organ:  # type: ignore[no-untyped-def]
    new = NewOrgan(
        "999005", "department", "示范区税务局", "区税务局", district.government, position=5, region="ningxia"
    )
    return organs.found(new, by=COMMAND_LINE, now=NOW)


def test_an_organ_led_vertically_names_the_department_above(tax: Organ) -> None:
    people = People(tax)
    assert tax.parent is not None
    change_settings(tax.parent, LETTER_NEEDS, by=COMMAND_LINE, now=at("2024-01-02"))
    change_settings(tax, NEEDS, by=COMMAND_LINE, now=at("2024-01-02"))
    story = told(people, "2024-11-01", description="2023 年个体工商户核定征收的定额公示表")
    story.registered("2024-11-01")
    refusal = {"outcome": "r10", "grounds": ("draft",), "reason": "该表是正在审议的过程稿，还没有定稿"}
    # From the 4th: 4–8, 11–15, 18–22, 25–29 November.
    assert story.case.due_on == day("2024-11-29")
    story.do("decide", "2024-11-14", **refusal).do("submit").do("sign", number="示税公复〔2024〕1号")
    story.do("send", method="post").do("prove_service", "2024-11-18", proof="挂号单 0004")

    assert letters_of(story.case) == [("reply-withheld-16", "示税公复〔2024〕1号", "2024-11-14")]
    letter(
        story.case, "reply-withheld-16",
        "示范区税务局", "第十六条第二款", refusal["reason"], "本机关决定不予公开",
        "应当先申请行政复议：可以自知道或者应当知道本答复之日起六十日内，向示范市税务局申请行政复议",
        "自收到行政复议决定书之日起十五日内，向示范区人民法院提起行政诉讼",
        without=("示范区人民政府", "示范市人民政府", "有管辖权", "review.example.cn"),
    )  # fmt: skip
    assert tables(tax, 2024) == rows("r1", "r10", "r24")
    proven(story.case, "register decide submit sign send prove_service")
