"""Proving the cases: whatever is changed around the actions is found, and erasing a person breaks nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gongkai.casework import erasing
from gongkai.casework.files import add_file
from gongkai.casework.lives import life_of, texts_of
from gongkai.casework.models import (
    Applicant,
    Case,
    CaseAct,
    CaseFile,
    InformationRequest,
    PlatformToken,
    SealedText,
)
from gongkai.casework.platforms import issue_token, platform_for, revoke_token, tokens
from gongkai.casework.refusals import CaseworkRefused
from gongkai.casework.replaying import Notices, replay
from gongkai.foundation import ledger
from gongkai.foundation.actors import COMMAND_LINE, NotAllowed
from gongkai.foundation.models import LedgerEvent
from gongkai.foundation.verification import verify
from tests.apps.casework_support import People, Told, account, actor, at, day, table_three, told


@pytest.fixture
def people(district) -> People:  # type: ignore[no-untyped-def]
    return People(district.education)


@pytest.fixture
def case(people: People) -> Case:
    story = told(people, "2021-07-01").registered("2021-07-01")
    story.do("consult_third_party", "2021-07-02", whom="第三方甲", whom_name="某企业")
    add_file(
        story.case,
        b"%PDF-1.7",
        name="a.pdf",
        purpose="application",
        by=actor(people.clerk),
        now=at("2021-07-02"),
    )
    told(people, "2021-07-05")
    assert verify().breaks == ()
    return Case.objects.get(pk=story.case.pk)


def _delete_case(case: Case) -> None:
    for rows in (case.acts, case.sealed_texts, case.papers, case.letters, case.letter_numbers):
        rows.all().delete()
    InformationRequest.objects.filter(case=case).delete()
    Applicant.objects.filter(case=case).delete()
    case.delete()


TAMPERED: dict[str, tuple[Callable[[Case], object], str]] = {
    "due facts": (
        lambda c: Case.objects.filter(pk=c.pk).update(facts=c.facts.replace("2021-07-02", "2021-07-03")),
        "案情与底账记的指纹不符",
    ),
    "state": (lambda c: Case.objects.filter(pk=c.pk).update(state="served"), "状态或者收到之日与案情不符"),
    "number": (lambda c: Case.objects.filter(pk=c.pk).update(number="x"), "number 与底账"),
    "handler": (lambda c: Case.objects.filter(pk=c.pk).update(handler=None), "经办人与底账"),
    "latest": (lambda c: Case.objects.filter(pk=c.pk).update(latest_seq=1), "最后一次改动的编号"),
    "act day": (lambda c: c.acts.filter(place=2).update(on=day("2021-07-03")), "第 2 个动作与底账"),
    "act gone": (lambda c: c.acts.filter(place=2).delete(), "被删除了"),
    "act added": (
        lambda c: CaseAct.objects.create(
            case=c,
            place=3,
            act="withdraw",
            on=day("2021-07-03"),
            given="{}",
            actor="x",
            at=at("2021-07-03"),
            seq=999,
        ),
        "第 3 个动作在底账里没有事件",
    ),
    "text moved": (
        lambda c: c.sealed_texts.filter(token="applicant.name").update(
            sealed=SealedText.objects.get(case=c, token="filing.description").sealed
        ),
        "applicant.name：加密的内容被改过",
    ),
    "text gone": (lambda c: c.sealed_texts.filter(token="applicant.name").delete(), "文字与底账记的不符"),
    "paper gone": (lambda c: CaseFile.objects.all().delete(), "材料与底账记的不符"),
    "register": (
        lambda c: InformationRequest.objects.filter(case=c).update(outcome="r3", closed_on=day("2021-07-05")),
        "登记簿里的一行与案情不符",
    ),
    "register gone": (lambda c: InformationRequest.objects.filter(case=c).delete(), "登记簿里没有这件申请"),
    "case gone": (_delete_case, "案卷被删除了"),
}


@pytest.mark.parametrize("name", TAMPERED)
def test_what_is_changed_around_the_actions_is_found(case: Case, name: str) -> None:
    change, words = TAMPERED[name]
    change(case)
    found = [f"{b.place}：{b.message}" for b in verify().breaks]
    assert any(words in one for one in found), found


def test_replaying_the_acts_gives_the_life(case: Case) -> None:
    assert replay(case, Notices.load()) == life_of(case)


def test_erasing_a_person_leaves_counts_whole_and_the_ledger_proving(people: People) -> None:
    story: Told = told(people, "2021-07-01").registered("2021-07-01").answered("2021-07-05")
    before = table_three(people.organ, 2021)
    with pytest.raises(CaseworkRefused, match="还没有归档"):
        erasing.erase_person(story.case, reason="保管期满", by=COMMAND_LINE, now=at("2032-01-05"))
    story.do("archive", "2021-07-06", retention_class="ordinary")
    with pytest.raises(NotAllowed):
        erasing.erase_person(story.case, reason="保管期满", by=actor(people.clerk), now=at("2032-01-05"))
    assert erasing.erase_person(story.case, reason="保管期满", by=COMMAND_LINE, now=at("2032-01-05")) > 3
    assert texts_of(story.case) == {}
    assert Applicant.objects.get(case=story.case).identity_index == ""
    for event in LedgerEvent.objects.filter(subject=story.case.ref):
        assert ledger.open_personal(event) is None
    assert table_three(people.organ, 2021) == before
    assert verify().breaks == ()


def test_a_platforms_token_is_shown_once_and_revoked_at_once(people: People, district) -> None:  # type: ignore[no-untyped-def]
    operator = actor(account("运维", district.office, "operator"))
    issued = issue_token(district.government, "政务服务网", by=operator, now=at("2021-07-01"))
    assert issued.text not in str(PlatformToken.objects.values().get())
    platform = platform_for(issued.text)
    assert platform is not None and platform.ref == issued.token.ref
    story = told(people, "2021-07-01")
    assert platform.may("case.enter", people.organ) and not platform.may("record.read", people.organ)
    with pytest.raises(NotAllowed):
        story.do("register", as_=platform, handler=people.clerk.ref, applicant_class="natural")
    assert platform_for("gk_wrong") is None and platform_for("") is None
    with pytest.raises(NotAllowed):
        issue_token(district.government, "x", by=actor(people.head), now=at("2021-07-01"))
    with pytest.raises(CaseworkRefused, match="写明是哪个平台"):
        issue_token(district.government, " ", by=operator, now=at("2021-07-01"))
    assert tokens(operator) == [issued.token] and tokens(actor(people.clerk)) == []
    revoke_token(issued.token, reason="平台停用", by=operator, now=at("2021-07-02"))
    assert platform_for(issued.text) is None
    with pytest.raises(CaseworkRefused, match="已经吊销"):
        revoke_token(issued.token, reason="平台停用", by=operator, now=at("2021-07-02"))
    assert verify().breaks == ()
    PlatformToken.objects.update(revoked_at=None)
    assert [b.place for b in verify().breaks] == ["对接令牌“政务服务网”"]
