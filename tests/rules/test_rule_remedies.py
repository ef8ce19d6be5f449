"""The remedies paragraph before and after 2024, and who hears the reconsideration."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.rules.grounds import GROUNDS, WITHHOLDING
from gongkai.rules.outcomes import OUTCOMES
from gongkai.rules.remedy_notice import RemedyNotice, RemedyRefused, remedy_paragraph, review_authority

LAST_OLD, FIRST_NEW = date(2023, 12, 31), date(2024, 1, 1)
DISTRICT, CITY = "利通区人民政府", "吴忠市人民政府"


def notice(day: date, row: str, *grounds: str, kind: str = "department", **options: object) -> RemedyNotice:
    return remedy_paragraph(
        day,
        row,
        grounds,
        organ_kind=kind,
        government_name=DISTRICT,
        higher_government_name=CITY,
        **options,  # type: ignore[arg-type]
    )


def test_REM_23_review_first() -> None:
    """有下列情形之一的，申请人应当先向行政复议机关申请行政复议，对行政复议决定不服的，可以再依法向人民法
    院提起行政诉讼：
    （四）申请政府信息公开，行政机关不予公开；
    """
    assert notice(FIRST_NEW, "r10", "draft").review_first
    assert not notice(LAST_OLD, "r10", "draft").review_first
    for outcome in OUTCOMES.values():
        for ground in outcome.grounds:
            first = notice(FIRST_NEW, outcome.row, ground).review_first
            assert first == (GROUNDS[ground].provision.article in (14, 15, 16)) == (ground in WITHHOLDING)
    assert notice(FIRST_NEW, "r4", "not-found", "privacy").review_first, "the withheld part decides"
    text = notice(FIRST_NEW, "r10", "draft", court_name="吴忠市利通区人民法院").text
    assert text == (
        "如对本答复不服，应当先申请行政复议：可以自知道或者应当知道本答复之日起六十日内，"
        "向利通区人民政府申请行政复议；对行政复议决定不服的，可以自收到行政复议决定书之日起十五日内，"
        "向吴忠市利通区人民法院提起行政诉讼。"
    )


def test_REM_46_choice() -> None:
    """公民、法人或者其他组织直接向人民法院提起诉讼的，应当自知道或者应当知道作出行政行为之日起六个月内提
    出。
    """
    found = notice(FIRST_NEW, "r13", "not-found")
    assert "或者自知道或者应当知道本答复之日起六个月内，向有管辖权的人民法院提起行政诉讼" in found.text
    assert [(t.act, t.length, t.unit) for t in found.terms] == [("review", 60, "day"), ("suit", 6, "month")]
    assert "《中华人民共和国行政诉讼法》第四十六条第一款、第四十四条第一款" in found.provisions


def test_REM_20_sixty_days() -> None:
    """可以自知道或者应当知道该行政行为之日起六十日内提出行政复议申请"""
    for day, article in ((FIRST_NEW, "第二十条第一款"), (LAST_OLD, "第九条第一款")):
        found = notice(day, "r3", "provided")
        assert "六十日内" in found.text
        assert f"《中华人民共和国行政复议法》{article}" in found.provisions


def test_REM_45_fifteen_days() -> None:
    """公民、法人或者其他组织不服复议决定的，可以在收到复议决定书之日起十五日内向人民法院提起诉讼。"""
    found = notice(FIRST_NEW, "r5", "state-secret")
    assert [(t.act, t.length, t.unit) for t in found.terms] == [
        ("review", 60, "day"),
        ("suit-after-review", 15, "day"),
    ]
    assert "六个月" not in found.text
    assert "第四十五条" in found.provisions


def test_REM_24_authority() -> None:
    """县级以上地方各级人民政府管辖下列行政复议案件：
    （一）对本级人民政府工作部门作出的行政行为不服的；
    （二）对下一级人民政府作出的行政行为不服的；
    （三）对本级人民政府依法设立的派出机关作出的行政行为不服的；
    （四）对本级人民政府或者其工作部门管理的法律、法规、规章授权的组织作出的行政行为不服的。
    """
    for kind in ("office", "department", "institution", "township"):
        assert review_authority(FIRST_NEW, kind, DISTRICT, CITY) == DISTRICT
    assert review_authority(FIRST_NEW, "government", DISTRICT, CITY) == CITY
    with pytest.raises(RemedyRefused, match="应为：government（人民政府）"):
        review_authority(FIRST_NEW, "court", DISTRICT, CITY)
    with pytest.raises(RemedyRefused, match="缺上一级人民政府的名称"):
        review_authority(FIRST_NEW, "government", DISTRICT, " ")


def test_REM_12_authority_before() -> None:
    """对县级以上地方各级人民政府工作部门的具体行政行为不服的，由申请人选择，可以向该部门的本级人民政府申
    请行政复议，也可以向上一级主管部门申请行政复议。
    """
    assert review_authority(LAST_OLD, "department", DISTRICT, CITY) == f"{DISTRICT}或者上一级主管部门"
    assert review_authority(LAST_OLD, "township", DISTRICT, CITY) == DISTRICT
    assert review_authority(LAST_OLD, "government", DISTRICT, CITY) == CITY
    assert "第二十三条" not in notice(LAST_OLD, "r10", "draft").provisions


def test_REM_22_online_channel() -> None:
    """行政机关通过互联网渠道送达行政行为决定书的，应当同时提供提交行政复议申请书的互联网渠道。"""
    with pytest.raises(RemedyRefused, match="互联网渠道.*在设置里填写"):
        notice(FIRST_NEW, "r3", "provided", via_internet=True)
    channel = "https://xzfy.example.cn"
    found = notice(FIRST_NEW, "r3", "provided", via_internet=True, review_channel=channel)
    assert found.text.endswith(f"行政复议申请书可以通过互联网提交：{channel}。")
    assert "第二十二条第二款" in found.provisions
    assert "互联网" not in notice(LAST_OLD, "r3", "provided", via_internet=True).text


def test_REM_27_vertical() -> None:
    """对海关、金融、外汇管理等实行垂直领导的行政机关、税务和国家安全机关的行政行为不服的，向上一级主管部门申请行政复议。"""
    found = notice(FIRST_NEW, "r13", "not-found", higher_department_name="吴忠市税务局")
    assert found.review_authority == "吴忠市税务局" and "向吴忠市税务局申请行政复议" in found.text
    assert (
        "《中华人民共和国行政复议法》第二十七条" in found.provisions and "第二十四条" not in found.provisions
    )
    before = notice(LAST_OLD, "r13", "not-found", higher_department_name="吴忠市税务局")
    assert "向吴忠市税务局申请行政复议，或者" in before.text
    assert "第十二条第二款" in before.provisions and "第十二条第一款" not in before.provisions
    with pytest.raises(RemedyRefused, match="缺上一级主管部门的名称"):
        notice(FIRST_NEW, "r13", "not-found", higher_department_name=" ")
