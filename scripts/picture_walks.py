"""The walks to the pages of ``make_pictures.py`` that no address opens: what a citizen fills in, a clerk does."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.sync_api import Page

# Checksum-valid and synthetic (GB 11643); nobody's.
_CARD, _OTHER_CARD = "110101199001010015", "110101199001010023"
_ASKED = "2020 年农村危房改造补助资金分配到各乡镇的情况，包括户数和金额。"
_MINUTES = (
    "关于危房改造补助对象核查情况的会议纪要",
    f"补助对象申请人甲乙，公民身份号码{_CARD}，",
    "联系电话 138 0000 0000，住示范镇示范村。",
    "会议同意按照规定拨付补助资金，由区住房和城乡建设局公示。",
)


def asked(page: Page, address: str) -> None:
    """The third question, written and not sent."""
    page.goto(f"{address}/apply/who/")
    page.get_by_label("个人（自然人）").check()
    page.get_by_label("本人、本单位申请").check()
    _go_on(page)
    page.fill("#f-name", "申请人甲")
    page.fill("#f-id_number", _CARD)
    _go_on(page)
    page.fill("#f-phone", "13800000000")
    _go_on(page)
    page.fill("#f-description", _ASKED)


def checked(page: Page, address: str) -> None:
    """The last look before it is sent."""
    asked(page, address)
    _go_on(page)
    page.select_option("#f-organ", index=1)
    _go_on(page)
    page.get_by_label("电子文件").check()
    page.get_by_label("网上查看、下载").check()
    _go_on(page)
    _go_on(page)
    page.get_by_role("heading", name="交之前，再看一遍").wait_for()


def filed(page: Page, address: str) -> None:
    """The receipt."""
    checked(page, address)
    page.get_by_label("以上内容属实", exact=False).check()
    page.get_by_role("button", name="提交申请").click()
    page.locator(".receipt-codes").wait_for()


def followed(page: Page, address: str) -> None:
    """A request that is handled, as its applicant follows it; a clerk entered it at the counter just before."""
    code, secret = _entered(page, address)
    page.goto(f"{address}/track/")
    page.fill("#f-code", code)
    page.fill("#f-secret", secret)
    page.locator("form.apply button").click()
    page.wait_for_url("**/track/case/")


def case_of(words: str) -> Callable[[Page, str], None]:
    """The walk to the case in the inbox whose request begins with these words."""

    def walk(page: Page, address: str) -> None:
        page.goto(f"{address}/desk/inbox/?scope=district")
        page.get_by_role("link", name=words).first.click()
        page.get_by_role("heading", name="期限账").wait_for()

    return walk


def supplement(page: Page, address: str) -> None:
    """An act filled in, with its letter looked at before it is done."""
    case_of("本村土地利用规划图")(page, address)
    page.goto(f"{page.url}acts/ask_supplement/")
    page.fill("#f-matters", "写明要哪一年的规划图，例如“2020 年”。")
    page.fill("#f-term_on", str(_today() + timedelta(days=14)))
    page.get_by_role("button", name="先看文书").click()
    page.locator(".official").wait_for()


def letters(page: Page, address: str) -> None:
    """The letters of a request that was answered."""
    case_of("乡村道路建设项目招标文件")(page, address)
    page.get_by_role("link", name="全部和表单").click()


def draft(page: Page, address: str) -> None:
    """The draft of a reply just decided."""
    case = _case_with_minutes(page, address)
    page.goto(f"{case}acts/decide/")
    page.get_by_role("radio", name="（一）予以公开").check()
    page.get_by_role("checkbox", name="可以公开，提供").check()
    page.get_by_label("理由", exact=True).fill("属于应当公开的信息，提供复制件。")
    page.fill("#f-access", "复制件一份，随本答复书邮寄")
    _press(page, "作出决定")
    page.goto(f"{case}draft/")


def redaction(page: Page, address: str) -> None:
    """A page with its boxes, found by words and by what looks like numbers of persons."""
    case = _case_with_minutes(page, address)
    page.goto(case)
    page.get_by_role("link", name=re.compile("涂黑后提供")).click()
    page.get_by_label("姓名、号码、地址").fill("申请人甲乙")
    page.get_by_role("button", name="找到的全部加框").click()
    page.get_by_role("button", name=re.compile("所有页的身份证")).click()
    page.locator("[data-board] rect").nth(2).wait_for()
    page.locator("[data-sheet] img").evaluate("image => image.decode()")
    page.evaluate("window.scrollTo(0, 0)")


def _go_on(page: Page) -> None:
    page.get_by_role("button", name="继续").click()
    page.wait_for_load_state()


def _press(page: Page, name: str) -> None:
    page.locator("form.panel").get_by_role("button", name=name, exact=True).click()
    page.locator(".said").wait_for()


def _entered(page: Page, address: str) -> tuple[str, str]:
    """A request taken at the counter and registered; the applicant's two codes. The case's page is open."""
    page.goto(f"{address}/desk/cases/new/")
    page.get_by_role("radio", name="当面").check()
    page.get_by_label("姓名或者名称").fill("申请人丙")
    page.get_by_label("证件号码", exact=False).first.fill(_OTHER_CARD)
    page.get_by_label("电话", exact=False).first.fill("13800000001")
    page.get_by_label("申请内容").fill("危房改造补助对象核查的会议纪要")
    page.locator("form.panel").get_by_role("button", name="录入", exact=True).click()
    page.locator(".receipt .code").first.wait_for()
    code, secret = page.locator(".receipt .code").all_inner_texts()
    page.get_by_role("link", name="打开案卷").click()
    page.get_by_role("link", name="登记", exact=True).click()
    _press(page, "登记")
    return code, secret


def _case_with_minutes(page: Page, address: str) -> str:
    """The address of a registered case that holds the information asked for."""
    _entered(page, address)
    case = page.url.partition("?")[0]
    page.goto(f"{case}files/new/")
    page.get_by_label("是什么材料").select_option(label="所申请的信息")
    page.set_input_files("#f-file", {"name": "纪要.pdf", "mimeType": "application/pdf", "buffer": _minutes()})
    _press(page, "放进案卷")
    return case


def _minutes() -> bytes:
    """One page of an official text with a person in it, set with the fonts of the installation."""
    import pylopdf_fonts_zh_cn
    import typst

    body = "\n\n".join(_MINUTES)
    source = f'#set page(paper: "a4", margin: 25mm)\n#set text(font: "Noto Serif SC", size: 14pt)\n{body}\n'
    return bytes(typst.compile(source.encode(), font_paths=[str(Path(pylopdf_fonts_zh_cn.__file__).parent)]))


def _today() -> date:
    return datetime.now(UTC).astimezone(ZoneInfo("Asia/Shanghai")).date()
