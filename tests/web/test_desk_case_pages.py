"""The cases on the desk: inbox, case page, act page, and what is nobody else's business."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from gongkai.casework.models import Case, CaseAct
from gongkai.foundation.models import LedgerEvent
from gongkai.rules.requests.states import ACTS
from tests.conftest import District
from tests.web.desk_case_support import HOME, NOW, TODAY, Bureau
from tests.web.desk_support import page, send, signed_in, text


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)


@pytest.fixture
def bureau(district: District) -> Bureau:
    return Bureau(district)


@pytest.fixture
def desk(bureau: Bureau) -> Client:
    return bureau.signed_in(bureau.clerk)


def address(case: Case, rest: str = "") -> str:
    return f"{HOME}{case.number}/{rest}"


def test_the_earlier_answer_is_chosen_where_there_is_one(bureau: Bureau, desk: Client) -> None:
    case = bureau.registered("2021-09-13")
    form = address(case, "acts/decide/")
    assert 'name="earlier"' not in page(desk, form), "nothing answered before, nothing to choose"
    first = bureau.registered("2021-08-02")
    bureau.do(first, "decide", "2021-08-03", outcome="r10", grounds=("draft",), reason="属于过程稿。")
    bureau.do(first, "submit", "2021-08-03")
    bureau.do(first, "sign", "2021-08-03", bureau.head, number="示教公复〔2021〕1号")
    assert 'name="earlier"' not in page(desk, form), "signed, not sent"
    bureau.do(first, "send", "2021-08-04", method="post")
    shown = page(desk, form)
    assert f"{first.number}，2021-08-03 示教公复〔2021〕1号，" in shown and "申请人甲" not in shown
    sent = {"on": "2021-09-22", "outcome": "r17", "reason": "已经答复。", "seq": "", "earlier": first.number}
    assert desk.post(form, sent).status_code == 302
    draft = page(desk, address(case, "draft/"))
    assert (
        "示教公复〔2021〕1号《政府信息公开申请答复书》（2021年8月3日）" in draft
        and "缺此前的答复" not in draft
    )


# The inbox ---------------------------------------------------------------------------------------


def test_the_inbox_says_what_comes_next_and_by_when(bureau: Bureau, desk: Client) -> None:
    late, soon = bureau.registered("2021-08-20"), bureau.registered("2021-09-13")
    new = bureau.filed("2021-09-17", channel="online")
    shown = page(desk, "/desk/inbox/")
    places = [shown.index(one.number) for one in (new, late, soon)]
    assert places == sorted(places), "unconfirmed first, then what is overdue, then by day"
    assert "与申请人确认收到" in shown and "到达 5 天还没有确认" in shown
    assert "逾期 2 个工作日" in shown and "应于 9 月 17 日" in shown
    assert "看申请内容是否清楚" in shown and "申＊＊＊（自然人）" in shown and "申请人甲" not in shown
    assert '<b class="red late"><span class="sr">逾期</span>2</b>' in shown


def test_no_filter_hides_what_is_overdue(bureau: Bureau, desk: Client) -> None:
    late, soon = bureau.registered("2021-08-20"), bureau.registered("2021-09-13")
    shown = page(desk, "/desk/inbox/?scope=organ&state=in_review")
    assert late.number in shown and soon.number not in shown and "逾期 1" in shown
    found = page(desk, f"/desk/inbox/?q={soon.number[-4:]}")
    assert soon.number in found and late.number not in found and "逾期 1" in found
    assert "没有符合的申请" in page(desk, "/desk/inbox/?q=没有这个")


def test_an_empty_inbox_says_what_to_do(desk: Client) -> None:
    shown = page(desk, "/desk/inbox/")
    assert "没有等着办的申请" in shown and 'href="/desk/cases/new/"' in shown
    assert "还没有归档的申请" in page(desk, "/desk/inbox/?scope=archived")


def test_the_inbox_as_a_table_names_nobody(bureau: Bureau, desk: Client) -> None:
    case = bureau.registered()
    answer = desk.get("/desk/inbox/?scope=organ&export=xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[1][0] == case.number and rows[1][4].date().isoformat() == "2021-09-13"
    assert "申请人甲" not in str(rows) and "危房" not in str(rows)


def test_the_supervisor_reads_the_district_and_is_offered_no_act(bureau: Bureau) -> None:
    case = bureau.registered()
    seen = signed_in("supervisor", bureau.district.government)
    assert case.number in page(seen, "/desk/inbox/")
    shown = page(seen, address(case))
    assert "现在不能办" in shown and "办理<span" not in shown and "显示一次" not in shown
    assert seen.get(address(case, "acts/decide/")).status_code == 403
    assert seen.post(address(case, "reveal/"), {"token": "applicant.name", "reason": "看"}).status_code == 403


def test_another_organs_case_is_as_if_absent(bureau: Bureau) -> None:
    case = bureau.registered()
    civil = signed_in("unit_clerk", bureau.district.civil)
    assert case.number not in page(civil, "/desk/inbox/?scope=district")
    assert "没有符合的申请" in page(civil, f"/desk/inbox/?q={case.number}")
    for rest in ("", "acts/decide/", "reveal/", "files/new/", "receipt/"):
        assert civil.get(address(case, rest)).status_code == 404
        # Neither under an organ of one's own.
        own = f"/desk/organs/999003/cases/{case.number}/{rest}"
        assert civil.get(own).status_code == 404, own


@pytest.mark.parametrize("which", ["inbox", "case", "act", "today"])
def test_as_many_queries_for_one_case_as_for_five(bureau: Bureau, desk: Client, which: str) -> None:
    case = bureau.registered()
    places = {
        "inbox": "/desk/inbox/?scope=organ", "case": address(case), "act": address(case, "acts/decide/"),
        "today": "/desk/",
    }  # fmt: skip
    asked = []
    for more in (0, 4):
        for n in range(more):
            bureau.registered(f"2021-09-{14 + n}", description=f"第 {n} 件要的是完全不同的东西{n}")
        page(desk, places[which])
        with CaptureQueriesContext(connection) as seen:
            page(desk, places[which])
        asked.append(len(seen))
    # Today folds what happened lately into lines, and looks through more events for them.
    assert asked[0] == asked[1] and asked[0] < 140, asked


# The case ----------------------------------------------------------------------------------------


def test_the_case_page_leads_with_the_next_step(bureau: Bureau, desk: Client) -> None:
    case = bureau.registered()
    shown = page(desk, address(case))
    assert "下一步：看申请内容是否清楚" in shown and "最迟 9 月 23 日（周四）" in shown
    assert shown.count("btn--main") == 1, "one primary button"
    assert "剩 14 个工作日" in shown and "10 月 15 日（周五）前答复" in shown
    assert "申＊＊＊" in shown and "申请人甲" not in shown and "110101199001010015" not in shown
    assert "2020 年农村危房改造补助资金的分配表" in shown, "the words of the request"
    for label in ("登记检索", "告知补正", "征求第三方意见", "作出决定", "撤回申请"):
        assert label in shown
    assert "第20日" in shown and "补班" in shown and "国庆" in shown and "到期" in shown
    assert "2021 年：" in shown and "自然人" in shown


def test_a_pause_stands_in_the_account(bureau: Bureau, desk: Client) -> None:
    case = bureau.do(
        bureau.registered(),
        "consult_organ",
        "2021-09-16",
        whom="区财政局",
        jointly=True,
        content="资金分配表",
    )
    shown = page(desk, address(case))
    assert "等区财政局的意见" in shown or "登记区财政局收到征求意见书的日期" in shown
    assert "暂停中" in shown and "<em>暂停</em>" in shown and 'class="p"' in shown
    listed = page(desk, "/desk/inbox/")
    assert "答复期限：暂停中" in listed


def test_the_remedy_that_will_stand_in_the_letter(bureau: Bureau) -> None:
    case = bureau.drafted()
    shown = page(bureau.signed_in(bureau.clerk), address(case))
    assert "拟作的答复" in shown and "可以自知道或者应当知道本答复之日起六十日内" in shown
    assert (
        "示范区人民政府" in shown
        and "（不予公开，第十六条）" in shown
        and "reply-" not in shown
        and "第十六条" in shown
    )
    lead = page(bureau.signed_in(bureau.head), address(bureau.do(case, "submit", "2021-09-21"), "acts/sign/"))
    assert "答复里写的救济途径" in lead and "文号" in lead


def test_why_an_act_is_not_to_be_had(bureau: Bureau) -> None:
    case = bureau.do(bureau.drafted(), "submit", "2021-09-21")
    clerk = page(bureau.signed_in(bureau.clerk), address(case))
    assert "由" in clerk and "办理" in clerk and f"{address(case, 'acts/sign/')}" not in clerk
    # The lead may approve; one who handled this very case may not.
    handled = bureau.do(bureau.registered("2021-09-14"), "record_search", "2021-09-15", bureau.lead,
                        where="档案室", by="机构负责人", words="危房", found=1)  # fmt: skip
    handled = bureau.do(
        handled,
        "decide",
        "2021-09-16",
        outcome="r3",
        grounds=("provided",),
        reason="可以公开。",
        access="附后。",
    )
    handled = bureau.do(handled, "submit", "2021-09-17")
    shown = page(bureau.signed_in(bureau.lead), address(handled))
    assert "办理和审核应当由不同的人承担，这件申请自己办过另一项" in shown
    early = page(bureau.signed_in(bureau.clerk), address(bureau.registered("2021-09-01")))
    assert "补正告知的期限是 2021-09-10，2021-09-22 已经超过；按现有内容答复。" in early


def test_similar_and_repeated_requests_stand_beside(bureau: Bureau, desk: Client) -> None:
    first = bureau.registered("2021-09-01")
    second = bureau.filed("2021-09-13")
    shown = page(desk, address(second))
    assert first.number in shown and "文字相近 100%，同一申请人" in shown and "第 2 件" in shown


# Acts --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("act", sorted(ACTS))
def test_every_act_has_a_page(bureau: Bureau, act: str) -> None:
    case = bureau.registered()
    for who in (bureau.clerk, bureau.head, bureau.lead):
        answer = bureau.signed_in(who).get(address(case, f"acts/{act}/"))
        assert answer.status_code in (200, 403)
        if answer.status_code == 200:
            shown = answer.content.decode()
            assert ACTS[act].what_next in shown and "依据" not in shown[:10]
            assert "现在不能" in shown or ">办理结果" in shown or "哪一天" in shown
    assert bureau.signed_in(bureau.clerk).get(address(case, "acts/no-such/")).status_code == 404


def form(case: Case, **values: object) -> dict[str, object]:
    return {"seq": case.latest_seq, "on": TODAY.isoformat(), **values}


def test_asking_for_a_supplement(bureau: Bureau, desk: Client) -> None:
    case = bureau.registered()
    shown = page(desk, address(case, "acts/ask_supplement/"))
    assert (
        "停下，等申请人" in shown
        and "政府信息公开申请补正告知书（申请人）" in shown
        and "<code>" not in shown
    )
    assert "申请内容不够清楚，需要您补正" in shown
    wrong = text(
        desk.post(address(case, "acts/ask_supplement/"), form(case, matters="写明年度", term_on="明天")), 422
    )
    assert "有错误：" in wrong and "写的是“明天”" in wrong and "写明年度" in wrong and 'value="明天"' in wrong
    missing = text(desk.post(address(case, "acts/ask_supplement/"), form(case, term_on="2021-10-12")), 422)
    assert 'href="#f-matters"' in missing and "“需要补正的事项”没有填" in missing
    done = send(
        desk, address(case, "acts/ask_supplement/"), **form(case, matters="写明年度", term_on="2021-10-12")
    )
    assert done["Location"] == address(case)
    after = page(desk, address(case))
    assert "补正告知书已发出" in after and "待补正" in after and "下一步：等申请人补正" in after
    # The back button and a second click: the same page sent again is the same act.
    again = send(
        desk, address(case, "acts/ask_supplement/"), **form(case, matters="写明年度", term_on="2021-10-12")
    )
    assert again["Location"] == address(case) and CaseAct.objects.filter(case=case).count() == 2


def test_two_clerks_on_one_case(bureau: Bureau, desk: Client) -> None:
    case = bureau.registered()
    bureau.do(
        case, "record_search", "2021-09-22", bureau.other, where="档案室", by="档案员", words="危房", found=2
    )
    typed = form(case, where="台账", by="经办人", words="改造", found="1")
    shown = text(desk.post(address(case, "acts/record_search/"), typed), 409)
    assert "打开以后，单位经办人办了“登记检索”" in shown and "档案室" in shown
    assert 'value="台账"' in shown and 'value="改造"' in shown, "nothing typed is lost"
    fresh = Case.objects.get(pk=case.pk)
    assert f'name="seq" value="{fresh.latest_seq}"' in shown
    send(desk, address(case, "acts/record_search/"), **{**typed, "seq": fresh.latest_seq})
    assert CaseAct.objects.filter(case=case, act="record_search").count() == 2


def test_deciding_partial_disclosure(bureau: Bureau, desk: Client) -> None:
    case = bureau.registered()
    place = address(case, "acts/decide/")
    shown = page(desk, place)
    assert "（三）不予公开" in shown and "属于国家秘密" in shown and "逾期不补正" not in shown
    typed = {"outcome": "r4", "grounds-r4": ["draft"], "reason": "过程稿不公开，其余公开。",
             "passage-place": ["第 3 页附注", ""], "passage-ground": ["draft", ""]}  # fmt: skip
    more = text(desk.post(place, form(case, **typed, more="1")))
    assert "第 3 页附注" in more and 'id="p-place-4"' in more and not CaseAct.objects.filter(act="decide")
    unplaced = {**typed, "passage-place": [""], "passage-ground": [""]}
    wrong = text(desk.post(place, form(case, **unplaced)), 422)
    assert "部分公开要逐处写明哪里不公开" in wrong and "过程稿不公开，其余公开。" in wrong
    send(desk, place, **form(case, **typed))
    after = page(desk, address(case))
    assert "起草答复" in after and "第 3 页附注" in after and "部分公开" in after


def test_not_held_needs_a_search(bureau: Bureau, desk: Client) -> None:
    case = bureau.registered()
    place = address(case, "acts/decide/")
    typed = {"outcome": "r13", "grounds-r13": ["not-found"], "reason": "经检索没有。"}
    wrong = text(desk.post(place, form(case, **typed)), 422)
    assert "没有检索记录；先“登记检索”" in wrong and f"{address(case, 'acts/record_search/')}" in wrong
    case = bureau.do(case, "record_search", "2021-09-22", where="档案室", by="档案员", words="危房", found=0)
    assert "检索记录 1 条" in page(desk, place)
    send(desk, place, **form(case, **typed))


def test_a_third_party_and_its_opinion(bureau: Bureau, desk: Client) -> None:
    case = bureau.registered()
    unsaid = form(case, whom="第三方甲", whom_name="某公司", content="合同第 2 页")
    wrong = text(desk.post(address(case, "acts/consult_third_party/"), unsaid), 422)
    assert "“第三方是”没有填" in wrong and 'href="#f-party"' in wrong and 'value="某公司"' in wrong
    send(desk, address(case, "acts/consult_third_party/"),
         **form(case, whom="第三方甲", party="organisation", whom_name="某公司", whom_contact="某路 1 号",
                content="合同第 2 页"))  # fmt: skip
    case = Case.objects.get(pk=case.pk)
    event = LedgerEvent.objects.filter(kind="case.act").latest("seq")
    assert "某公司" not in event.payload and "第三方甲" in event.payload
    send(desk, address(case, "acts/record_reached/"), **form(case, consultation="0"))
    case = Case.objects.get(pk=case.pk)
    wrong = text(desk.post(address(case, "acts/record_opinion/"), form(case, consultation="0")), 422)
    assert "“同意公开”没有填" in wrong and 'href="#f-agrees"' in wrong
    send(
        desk,
        address(case, "acts/record_opinion/"),
        **form(case, consultation="0", agrees="no", reasonable="1"),
    )
    assert "override" in page(desk, address(case, "acts/decide/")), "the public interest is asked for now"


def test_from_the_draft_to_the_archive(bureau: Bureau, desk: Client) -> None:
    case = bureau.drafted()
    head = bureau.signed_in(bureau.head)

    def do(client: Client, act: str, **values: object) -> str:
        now = Case.objects.get(pk=case.pk)
        send(client, address(case, f"acts/{act}/"), **form(now, **values))
        return page(client, address(case))

    assert "已送审" in do(desk, "submit")
    assert case.number in page(head, "/desk/inbox/") and case.number in page(head, "/desk/")
    assert "已退回" in do(head, "return", reason="理由写细一点。")
    assert "理由写细一点。" in page(desk, address(case))
    do(desk, "submit")
    assert "已签发" in do(head, "sign", number="示教公复〔2021〕1号")
    do(desk, "send", method="post")
    assert "第 6 个工作日答复" in page(desk, address(case))
    do(desk, "prove_service", proof="挂号单 001")
    archived = do(desk, "archive", retention_class="disputed")
    assert "已经归档" in archived and case.number in page(desk, "/desk/inbox/?scope=archived")
    # The next letter of the series is offered by itself.
    other = bureau.do(bureau.drafted("2021-09-14"), "submit", "2021-09-21")
    assert "示教公复〔2021〕2号" in page(head, address(other, "acts/sign/"))


# The person --------------------------------------------------------------------------------------


def test_one_thing_is_revealed_with_a_reason_on_record(bureau: Bureau, desk: Client) -> None:
    case = bureau.registered()
    wrong = text(desk.post(address(case, "reveal/"), {"token": "applicant.phone", "reason": ""}), 422)
    assert "写明为什么要看" in wrong and "13800000000" not in wrong
    shown = text(desk.post(address(case, "reveal/"), {"token": "applicant.phone", "reason": "电话确认"}))
    assert "13800000000" in shown and "110101199001010015" not in shown
    event = LedgerEvent.objects.latest("seq")
    assert event.kind == "case.revealed" and "13800000000" not in event.payload
    assert "13800000000" not in page(desk, address(case))
